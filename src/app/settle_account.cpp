#include "app/settle_account.hpp"

#include <algorithm>

namespace sluice::app {
namespace {

bool same(const payments::OpenCredit& a, const payments::OpenCredit& b) { return a.from == b.from && a.id == b.id; }

}  // namespace

Settlement::Settlement(std::vector<payments::OpenCredit> credits, std::vector<payments::OpenDocument> documents)
    : stored_credits_(credits), credits_(std::move(credits)), documents_(std::move(documents)) {}

void Settlement::add(payments::OpenCredit credit) { credits_.push_back(credit); }

void Settlement::add(payments::OpenDocument document) { documents_.push_back(document); }

void Settlement::pay() {
    if (credits_.empty() || documents_.empty()) return;
    for (auto& allocation : payments::allocate(credits_, documents_)) {
        // A credit that pays a document in two steps is one allocation, not two.
        const auto earlier = std::find_if(allocations_.begin(), allocations_.end(), [&](const auto& other) {
            return other.from == allocation.from && other.credit == allocation.credit &&
                   other.document == allocation.document;
        });
        if (earlier == allocations_.end())
            allocations_.push_back(allocation);
        else
            earlier->amount += allocation.amount;
    }
}

void Settlement::store_into(BilledAccount& account) const {
    account.allocations = allocations_;
    for (const auto& document : documents_) {
        const bool paid_now = std::any_of(allocations_.begin(), allocations_.end(),
                                          [&](const auto& allocation) { return allocation.document == document.id; });
        const auto issued_now = std::find_if(account.documents.begin(), account.documents.end(),
                                             [&](const auto& other) { return other.id == document.id; });
        if (issued_now != account.documents.end()) {
            issued_now->state = invoicing::state_of(document.total, document.total - document.open);
            if (!document.open.is_zero()) account.new_debts.push_back(document);
        } else if (paid_now) {
            account.paid_debts.push_back(document);
        }
    }
    for (const auto& credit : credits_) {
        const bool stored = std::any_of(stored_credits_.begin(), stored_credits_.end(),
                                        [&](const auto& other) { return same(credit, other); });
        if (stored && credit.left.is_zero()) account.used_up_credits.push_back(credit);
        if (!stored && !credit.left.is_zero()) account.new_credits.push_back(credit);
    }
}

}  // namespace sluice::app
