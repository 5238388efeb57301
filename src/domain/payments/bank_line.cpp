#include "domain/payments/bank_line.hpp"

namespace sluice::payments {

std::string identity_of(const BankLine& line) {
    std::string identity;
    const auto add = [&](const std::string& field) { identity.append(field).push_back('\n'); };
    add(line.account);
    add(line.date.text());
    add(line.amount.text());
    add(std::string(line.amount.currency().code()));
    add(line.bank_reference);
    if (!line.bank_reference.empty()) return identity;
    add(line.reference);
    add(line.payer);
    add(line.payer_account);
    return identity;
}

}  // namespace sluice::payments
