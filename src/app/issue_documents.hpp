// Drafts become documents: frozen, numbered without gaps, booked, and set against what the subscriber has paid ahead.
#pragma once

#include <map>

#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"
#include "app/settle_account.hpp"
#include "domain/invoicing/decide.hpp"

namespace sluice::app {

// What one account has in wallets, and the units of the sub-services that its documents are about.
struct SetAside {
    std::vector<invoicing::Wallet> wallets = {};
    std::map<subscriptions::SubServiceId, std::optional<customers::UnitId>> units = {};
};

// For one transaction: it holds the series of numbers from the first one on that it takes.
class Issuer {
public:
    Issuer(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op)
        : store_(store), hasher_(hasher), ids_(ids), op_(op) {}

    // A draft as a document, with the customer as of now, still without its number.
    invoicing::Document document_of(const customers::Subscriber& subscriber, invoicing::Draft draft);
    // Numbers and books a document of `billed.documents`.
    void issue(BilledAccount& billed, invoicing::Document& document);
    // The same for all of them, each set against what is set aside for it, then the account's credits and debts.
    void issue_all(BilledAccount& billed, Settlement& settlement, SetAside* set_aside);
    // After the last document.
    void save_numbers();

private:
    void pay_from_wallets(BilledAccount& billed, const invoicing::Document& document, Settlement& settlement,
                          SetAside& set_aside);
    std::int64_t next_number(invoicing::DocumentType type, std::int32_t year);

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    const customers::Operator& op_;
    std::map<std::pair<invoicing::DocumentType, std::int32_t>, std::int64_t> next_;
};

}  // namespace sluice::app
