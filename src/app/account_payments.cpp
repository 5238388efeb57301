#include "app/account_payments.hpp"

#include <algorithm>

#include "app/document_events.hpp"
#include "app/journal.hpp"

namespace sluice::app {

AccountPayments::AccountPayments(BillingFacts facts)
    : billed_{.subscriber = facts.account.subscriber.id, .head = facts.head},
      settlement_(std::move(facts.open_credits), std::move(facts.open_documents)) {}

payments::Payment AccountPayments::record(const Hasher& hasher, IdSource& ids, const NewPayment& payment) {
    check(payment.amount.is_positive(), "a payment is above zero");
    const payments::Payment recorded{ids.next<payments::PaymentId>(),
                                     billed_.subscriber,
                                     payment.date,
                                     payment.amount,
                                     payment.method,
                                     payment.reference,
                                     payment.wallet};
    auto entry =
        ledger::entry_of_payment({.id = ids.next_after<ledger::EntryId>(billed_.head.last_entry),
                                  .subscriber = billed_.subscriber,
                                  .date = payment.date,
                                  .source = ledger::Source::payment,
                                  .source_id = recorded.id.value()},
                                 payment.amount, payment.wallet ? ledger::Account::wallet : ledger::Account::cash);
    billed_.entries.push_back(append(hasher, billed_.head, std::move(entry), nullptr));
    settlement_.add({payments::OpenCredit::From::payment, recorded.id.value(), payment.amount});
    settlement_.pay();
    if (payment.wallet)
        recorded_.push_back({EventType::wallet_changed, billed_.subscriber, payment.wallet->value()});
    else
        recorded_.push_back({EventType::payment_recorded, billed_.subscriber, recorded.id.value()});
    return recorded;
}

bool AccountPayments::has_debt_of(Money amount) const {
    const auto documents = settlement_.documents();
    return std::any_of(documents.begin(), documents.end(),
                       [&](const auto& document) { return document.open == amount; });
}

BilledAccount AccountPayments::billed() const {
    auto billed = billed_;
    settlement_.store_into(billed);
    return billed;
}

std::vector<NewEvent> AccountPayments::events(const BilledAccount& billed) const {
    auto events = recorded_;
    const auto of_documents = document_events(billed);
    events.insert(events.end(), of_documents.begin(), of_documents.end());
    return events;
}

}  // namespace sluice::app
