#include "domain/invoicing/wallet.hpp"

#include <algorithm>

namespace sluice::invoicing {
namespace {

bool is_own(const Wallet& wallet, const ChargedFor& whom) { return wallet.sub_service == whom.sub_service; }
bool is_of_unit(const Wallet& wallet, const ChargedFor& whom) { return whom.unit && wallet.unit == whom.unit; }

}  // namespace

Money held_for(const std::vector<Wallet>& wallets, const ChargedFor& whom, Currency currency) {
    Money held = Money::zero(currency);
    for (const auto& wallet : wallets)
        if (is_own(wallet, whom) || is_of_unit(wallet, whom)) held += wallet.amount;
    return held;
}

std::vector<Taken> take(std::vector<Wallet>& wallets, const ChargedFor& whom, Money wanted) {
    std::vector<Taken> taken;
    for (const auto is_his : {is_own, is_of_unit})
        for (auto& wallet : wallets) {
            if (!is_his(wallet, whom)) continue;
            const Money amount = std::min(wallet.amount, wanted);
            if (!amount.is_positive()) continue;
            wallet.amount -= amount;
            wanted -= amount;
            taken.push_back({wallet.id, amount});
        }
    return taken;
}

Money covered(std::vector<Wallet> wallets, const Wanted& wanted, Currency currency) {
    Money sum = Money::zero(currency);
    for (const auto& [whom, amount] : wanted)
        for (const auto& taken : take(wallets, whom, amount)) sum += taken.amount;
    return sum;
}

}  // namespace sluice::invoicing
