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
    // Lets one credit pay this document before any other, as much of it as is open.
    void pay(payments::OpenCredit credit, invoicing::DocumentId document);
    // Takes `amount` away from a credit, of which `credit.left` pays for nothing: that first, then what it pays of
    // documents, the youngest debt first. REQUIRES: so much is left and in use.
    void take_back(payments::OpenCredit credit, std::vector<payments::Use> uses, Money amount);
    // As far as they are paid now; those that are paid in full too.
    std::span<const payments::OpenDocument> documents() const { return documents_; }

    // Puts the result into `account`, the states of its own new documents included.
    void store_into(BilledAccount& account) const;

private:
    payments::OpenDocument& open_document(const payments::OpenDocument& document);
    void record(const payments::Allocation& allocation);

    std::vector<payments::OpenCredit> stored_credits_;
    std::vector<payments::OpenCredit> credits_;
    std::vector<payments::OpenDocument> documents_;
    std::vector<payments::Allocation> allocations_;
    std::vector<payments::Allocation> cut_;
    std::vector<invoicing::DocumentId> opened_again_;  // that were paid in full
};

}  // namespace sluice::app
