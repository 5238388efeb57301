// Money and debts of one account meeting: credits pay the oldest debts, and the states of the documents follow.
#pragma once

#include "app/ports/store.hpp"

namespace sluice::app {

// Collects what comes of paying: allocations, debts that are new or paid, credits that are new or used up.
class Settlement {
public:
    Settlement(std::vector<payments::OpenCredit> credits, std::vector<payments::OpenDocument> documents);

    void add(payments::OpenCredit credit);
    void add(payments::OpenDocument document);
    // Lets credits pay documents, oldest debt first.
    void pay();

    // Puts the result into `account`, the states of its own new documents included.
    void store_into(BilledAccount& account) const;

private:
    std::vector<payments::OpenCredit> stored_credits_;
    std::vector<payments::OpenCredit> credits_;
    std::vector<payments::OpenDocument> documents_;
    std::vector<payments::Allocation> allocations_;
};

}  // namespace sluice::app
