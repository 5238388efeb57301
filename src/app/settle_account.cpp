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
    for (const auto& allocation : payments::allocate(credits_, documents_)) record(allocation);
}

void Settlement::pay(payments::OpenCredit credit, invoicing::DocumentId document) {
    const auto debt =
        std::find_if(documents_.begin(), documents_.end(), [&](const auto& other) { return other.id == document; });
    if (debt != documents_.end()) {
        const Money amount = std::min(credit.left, debt->open);
        debt->open -= amount;
        credit.left -= amount;
        if (amount.is_positive()) record({credit.from, credit.id, document, amount});
    }
    add(credit);
    pay();
}

// A credit that pays a document in two steps is one allocation, not two.
void Settlement::record(const payments::Allocation& allocation) {
    const auto earlier = std::find_if(allocations_.begin(), allocations_.end(), [&](const auto& other) {
        return other.from == allocation.from && other.credit == allocation.credit &&
               other.document == allocation.document;
    });
    if (earlier == allocations_.end())
        allocations_.push_back(allocation);
    else
        earlier->amount += allocation.amount;
}

void Settlement::take_back(payments::OpenCredit credit, std::vector<payments::Use> uses, Money amount) {
    const Money unused = std::min(credit.left, amount);
    for (auto& open : credits_)
        if (same(open, credit)) open.left -= unused;
    Money missing = amount - unused;
    std::sort(uses.begin(), uses.end(), [](const payments::Use& a, const payments::Use& b) {
        return payments::is_older(b.document, a.document);
    });
    for (const auto& use : uses) {
        if (missing.is_zero()) break;
        const Money freed = std::min(use.amount, missing);
        missing -= freed;
        cut_.push_back({credit.from, credit.id, use.document.id, use.amount - freed});
        open_document(use.document).open += freed;
    }
    check(missing.is_zero(), "no more is taken from a credit than it is worth");
    pay();
}

// The document among those with a debt, where it may not have been.
payments::OpenDocument& Settlement::open_document(const payments::OpenDocument& document) {
    const auto known =
        std::find_if(documents_.begin(), documents_.end(), [&](const auto& other) { return other.id == document.id; });
    if (known != documents_.end()) return *known;
    opened_again_.push_back(document.id);
    return documents_.emplace_back(document);
}

void Settlement::store_into(BilledAccount& account) const {
    const auto has = [](const auto& all, auto&& is) { return std::any_of(all.begin(), all.end(), is); };
    account.allocations = allocations_;
    account.cut_allocations = cut_;
    for (const auto& document : documents_) {
        const auto is_of_it = [&](const payments::Allocation& allocation) {
            return allocation.document == document.id;
        };
        const auto issued_now = std::find_if(account.documents.begin(), account.documents.end(),
                                             [&](const auto& other) { return other.id == document.id; });
        const bool opened_now = has(opened_again_, [&](auto id) { return id == document.id; });
        if (issued_now != account.documents.end())
            issued_now->state = invoicing::state_of(document.total, document.total - document.open);
        if (issued_now != account.documents.end() || opened_now) {
            if (!document.open.is_zero()) account.new_debts.push_back(document);
        } else if (has(allocations_, is_of_it) || has(cut_, is_of_it)) {
            account.paid_debts.push_back(document);
        }
    }
    for (const auto& credit : credits_) {
        const bool stored = has(stored_credits_, [&](const auto& other) { return same(credit, other); });
        if (stored && credit.left.is_zero()) account.used_up_credits.push_back(credit);
        if (!stored && !credit.left.is_zero()) account.new_credits.push_back(credit);
    }
}

}  // namespace sluice::app
