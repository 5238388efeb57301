#include "app/corrections.hpp"

#include <algorithm>

#include "app/document_events.hpp"
#include "app/issue_documents.hpp"
#include "app/journal.hpp"
#include "app/resume_waiting.hpp"
#include "app/words.hpp"
#include "domain/invoicing/print_order.hpp"

namespace sluice::app {
namespace {

using charging::ChargeKind;
using invoicing::Document;
using invoicing::Line;
using From = payments::OpenCredit::From;

Refused<Refusal> refuse(RefusalCode code, std::string message) { return {Refusal{code, std::move(message)}}; }

// An amount that is asked for, or all there is. `there_is` says how much, and of what.
Result<Money, Refusal> amount_of(const std::optional<Money>& asked, Money most, const std::string& there_is) {
    const Money amount = asked.value_or(most);
    if (!most.is_positive()) return refuse(RefusalCode::amount_not_allowed, there_is);
    if (!amount.is_positive())
        return refuse(RefusalCode::amount_not_allowed, words(amount) + " is asked for; it must be above zero");
    if (amount > most) return refuse(RefusalCode::amount_not_allowed, words(amount) + " is asked for, but " + there_is);
    return amount;
}

Money left_of(const PaymentRow& row) {
    Money left = row.payment.amount;
    for (const auto& paid : row.paid) left -= paid.amount;
    for (const auto& refund : row.refunds) left -= refund.amount;
    return left;
}

// Credits of a line by amount are told apart by their number, those of days by the days.
std::int32_t next_revision(std::span<const Line> credits, subscriptions::ItemId item) {
    return static_cast<std::int32_t>(std::count_if(credits.begin(), credits.end(), [&](const Line& credit) {
        return credit.charge.item == item && !credit.charge.period;
    }));
}

Line credit_of(const Line& line, Money amount, Date date, charging::LineId id, std::span<const Line> credits,
               Rounding rounding) {
    auto charge = line.charge;
    charge.id = id;
    charge.kind = ChargeKind::credit;
    charge.billing_date = date;
    charge.period.reset();
    charge.days = 0;
    charge.of_days = 0;
    charge.proration = charging::Proration::by_days;
    charge.rounding = rounding;
    charge.parts.reset();
    charge.discount.reset();
    charge.credits = line.charge.id;
    charge.revision = next_revision(credits, charge.item);
    charge.amount = -amount;
    std::vector<const Line*> earlier;
    for (const auto& credit : credits)
        if (credit.charge.credits == line.charge.id) earlier.push_back(&credit);
    return taxes::assess_credit(std::move(charge), line, earlier, rounding);
}

Money left_of(const Line& line, std::span<const Line> credits) {
    Money left = line.charge.amount;
    for (const auto& credit : credits)
        if (credit.charge.credits == line.charge.id) left += credit.charge.amount;
    return left;
}

}  // namespace

Result<PaymentRow, Refusal> Corrections::hold_payment(Date date, payments::PaymentId id) {
    auto row = store_.find_payment(op_.id, id);
    if (!row) return refuse(RefusalCode::unknown_payment, "there is no payment \"" + id.text() + "\"");
    store_.hold(op_.id, row->subscriber_code);
    row = store_.find_payment(op_.id, id);
    check(row.has_value(), "a payment stays");
    if (date < row->payment.date)
        return refuse(RefusalCode::date_not_allowed,
                      date.text() + " is before the payment, which is of " + row->payment.date.text());
    return std::move(*row);
}

Result<StoredDocument, Refusal> Corrections::hold_invoice(Date date, const std::string& number) {
    auto stored = store_.find_document(op_.id, number);
    if (!stored) return refuse(RefusalCode::unknown_document, "there is no document \"" + number + "\"");
    store_.hold(op_.id, stored->subscriber_code);
    const auto& document = stored->document;
    if (document.type != invoicing::DocumentType::invoice)
        return refuse(RefusalCode::document_not_allowed, number + " is a credit note; only invoices can be corrected");
    if (date < document.date)
        return refuse(RefusalCode::date_not_allowed,
                      date.text() + " is before " + number + ", which is of " + document.date.text());
    return std::move(*stored);
}

Result<payments::RefundId, Refusal> Corrections::refund(Date date, const RefundRequest& request) {
    Transaction transaction(store_);
    auto paid = hold_payment(date, request.payment);
    if (!paid) return Refused{paid.refusal()};
    const auto& payment = paid.value().payment;
    const auto subscriber = store_.find_subscriber(op_.id, paid.value().subscriber_code);
    check(subscriber.has_value(), "a payment has a payer");
    auto facts = store_.account_facts(*subscriber, op_.currency);
    const Money most = std::min(left_of(paid.value()), free_credit(date, subscriber->id, facts.head.balance));
    const auto amount =
        amount_of(request.amount, most,
                  most.is_positive() ? "only " + words(most) + " of the payment is not needed for what was charged"
                                     : "nothing of the payment is left: all of it is needed for what was charged");
    if (!amount) return Refused{amount.refusal()};
    const Money by_rule = op_.refund_fee ? payments::refund_fee(*op_.refund_fee, amount.value(), op_.rounding)
                                         : Money::zero(op_.currency);
    const Money fee = request.fee.value_or(by_rule);
    if (fee.is_negative() || fee >= amount.value())
        return refuse(RefusalCode::amount_not_allowed,
                      "the fee of " + words(fee) + " leaves nothing to pay out of " + words(amount.value()));
    const payments::Refund refund{ids_.next<payments::RefundId>(),
                                  subscriber->id,
                                  payment.id,
                                  payments::RefundKind::refund,
                                  date,
                                  amount.value(),
                                  fee,
                                  request.method.empty() ? payment.method : request.method,
                                  request.reference,
                                  request.wallet};
    save(paid.value(), std::move(facts), refund);
    transaction.commit();
    return refund.id;
}

Money Corrections::free_credit(Date date, customers::SubscriberId subscriber, Money balance) {
    const charging::Book book{catalog_, op_.currency, op_.rounding, ids_};
    Money due = Money::zero(op_.currency);
    for (auto& facts : store_.due_accounts(op_.id, date, subscriber, subscriber))
        for (const auto& draft : invoicing::decide(op_, book, facts.account, date).drafts) due += draft.total;
    return balance - std::max(due, Money::zero(op_.currency));
}

Result<payments::RefundId, Refusal> Corrections::charge_back(Date date, const ChargeBackRequest& request) {
    Transaction transaction(store_);
    auto paid = hold_payment(date, request.payment);
    if (!paid) return Refused{paid.refusal()};
    const auto& payment = paid.value().payment;
    Money most = payment.amount;
    for (const auto& refund : paid.value().refunds) most -= refund.amount;
    const auto amount = amount_of(request.amount, most,
                                  most.is_positive() ? "only " + words(most) + " of the payment has not gone back yet"
                                                     : "all of the payment has gone back already");
    if (!amount) return Refused{amount.refusal()};
    const auto subscriber = store_.find_subscriber(op_.id, paid.value().subscriber_code);
    check(subscriber.has_value(), "a payment has a payer");
    const payments::Refund refund{ids_.next<payments::RefundId>(),   subscriber->id, payment.id,
                                  payments::RefundKind::charge_back, date,           amount.value(),
                                  Money::zero(op_.currency),         payment.method, request.reference};
    save(paid.value(), store_.account_facts(*subscriber, op_.currency), refund);
    transaction.commit();
    return refund.id;
}

void Corrections::save(const PaymentRow& paid, BillingFacts facts, payments::Refund refund) {
    const bool is_refund = refund.kind == payments::RefundKind::refund;
    BilledAccount billed{.subscriber = refund.subscriber, .head = facts.head};
    auto entry = ledger::entry_of_refund({.id = ids_.next_after<ledger::EntryId>(billed.head.last_entry),
                                          .subscriber = refund.subscriber,
                                          .date = refund.date,
                                          .source = is_refund ? ledger::Source::refund : ledger::Source::charge_back,
                                          .source_id = refund.id.value()},
                                         refund.amount, refund.fee,
                                         refund.wallet ? ledger::Account::wallet : ledger::Account::cash);
    billed.entries.push_back(append(hasher_, billed.head, std::move(entry), nullptr));
    Settlement settlement(std::move(facts.open_credits), std::move(facts.open_documents));
    settlement.take_back({From::payment, paid.payment.id.value(), left_of(paid)}, store_.uses(paid.payment),
                         refund.amount);
    settlement.store_into(billed);
    const auto wallet = refund.wallet;
    billed.refunds.push_back(std::move(refund));
    store_.save(op_.id, std::span(&billed, 1));
    // Of what is set aside the wallet's own event tells.
    if (!wallet)
        store_.add_event(op_.id, {is_refund ? EventType::payment_refunded : EventType::payment_charged_back,
                                  billed.subscriber, paid.payment.id.value()});
    store_.add_events(op_.id, document_events(billed));
}

Result<std::vector<Line>, Refusal> Corrections::credit_lines(Date date, const Document& document,
                                                             std::vector<LineCredit> wishes) {
    const bool all = wishes.empty();
    if (all)
        for (std::size_t i = 1; i <= document.lines.size(); ++i) wishes.push_back({.position = i});
    std::vector<subscriptions::ItemId> items;
    for (const auto& line : document.lines) items.push_back(line.charge.item);
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    auto credits = store_.credits_of(document.subscriber, items);
    const auto known = credits.size();
    for (const auto& wish : wishes) {
        const auto place = "line " + std::to_string(wish.position) + " of " + document.number;
        if (wish.position < 1 || wish.position > document.lines.size())
            return refuse(RefusalCode::unknown_line, "there is no " + place + ", which has " +
                                                         std::to_string(document.lines.size()) +
                                                         (document.lines.size() == 1 ? " line" : " lines"));
        const auto& line = document.lines[wish.position - 1];
        const Money left = left_of(line, credits);
        if (all && !left.is_positive()) continue;
        if (line.charge.takes_back())
            return refuse(RefusalCode::document_not_allowed, place + " gives back already; it cannot be credited");
        const auto amount = amount_of(wish.amount, left,
                                      left.is_positive() ? "only " + words(left) + " of " + place + " is left"
                                                         : "nothing of " + place + " is left to credit");
        if (!amount) return Refused{amount.refusal()};
        credits.push_back(credit_of(line, amount.value(), date, ids_.next<charging::LineId>(), credits, op_.rounding));
    }
    if (credits.size() == known)
        return refuse(RefusalCode::amount_not_allowed, "nothing of " + document.number + " is left to credit");
    std::vector<Line> lines(credits.begin() + static_cast<std::ptrdiff_t>(known), credits.end());
    std::sort(lines.begin(), lines.end(), [&](const Line& one, const Line& other) {
        const auto rank = [&](const Line& line) {
            return invoicing::printing_rank(line.charge, catalog_.product(line.charge.product).type);
        };
        return rank(one) < rank(other);
    });
    return lines;
}

Result<invoicing::DocumentId, Refusal> Corrections::credit(Date date, const CreditNoteRequest& request) {
    Transaction transaction(store_);
    const auto corrected = hold_invoice(date, request.document);
    if (!corrected) return Refused{corrected.refusal()};
    const auto& document = corrected.value().document;
    auto lines = credit_lines(date, document, request.lines);
    if (!lines) return Refused{lines.refusal()};
    const auto subscriber = store_.find_subscriber(op_.id, corrected.value().subscriber_code);
    check(subscriber.has_value(), "a document has a subscriber");
    const Money nothing = Money::zero(op_.currency);
    invoicing::Draft draft{date, document.unit, std::move(lines.value()), nothing, nothing, nothing};
    for (const auto& line : draft.lines) {
        draft.net += line.net;
        draft.tax += line.tax;
        draft.total += line.gross;
    }
    auto facts = store_.account_facts(*subscriber, op_.currency);
    BilledAccount billed{.subscriber = subscriber->id, .head = facts.head};
    Issuer issuer(store_, hasher_, ids_, op_);
    auto& note = billed.documents.emplace_back(issuer.document_of(*subscriber, std::move(draft)));
    note.reason = request.reason;
    store_.save_ahead(op_.id, {}, std::span(&billed, 1));
    issuer.issue(billed, note);
    Settlement settlement(std::move(facts.open_credits), std::move(facts.open_documents));
    settlement.pay({From::credit_note, note.id.value(), -note.total}, document.id);
    settlement.store_into(billed);
    store_.save(op_.id, std::span(&billed, 1));
    issuer.save_numbers();
    store_.add_events(op_.id, document_events(billed));
    resume_waiting(store_, hasher_, ids_, op_, {&billed.subscriber, 1}, date);
    transaction.commit();
    return billed.documents.front().id;
}

Result<payments::WriteOffId, Refusal> Corrections::write_off(Date date, const WriteOffRequest& request) {
    Transaction transaction(store_);
    const auto corrected = hold_invoice(date, request.document);
    if (!corrected) return Refused{corrected.refusal()};
    const auto& document = corrected.value().document;
    const auto subscriber = store_.find_subscriber(op_.id, corrected.value().subscriber_code);
    check(subscriber.has_value(), "a document has a subscriber");
    auto facts = store_.account_facts(*subscriber, op_.currency);
    Money open = Money::zero(op_.currency);
    for (const auto& debt : facts.open_documents)
        if (debt.id == document.id) open = debt.open;
    const auto amount = amount_of(request.amount, open,
                                  open.is_positive() ? "only " + words(open) + " of " + document.number + " is open"
                                                     : document.number + " is paid");
    if (!amount) return Refused{amount.refusal()};
    const payments::WriteOff given_up{
        ids_.next<payments::WriteOffId>(), subscriber->id, document.id, date, amount.value(), request.reason};
    BilledAccount billed{.subscriber = subscriber->id, .head = facts.head};
    auto entry = ledger::entry_of_write_off({.id = ids_.next_after<ledger::EntryId>(billed.head.last_entry),
                                             .subscriber = subscriber->id,
                                             .date = date,
                                             .source = ledger::Source::write_off,
                                             .source_id = given_up.id.value()},
                                            given_up.amount);
    billed.entries.push_back(append(hasher_, billed.head, std::move(entry), nullptr));
    Settlement settlement(std::move(facts.open_credits), std::move(facts.open_documents));
    settlement.pay({From::write_off, given_up.id.value(), given_up.amount}, document.id);
    settlement.store_into(billed);
    billed.write_offs.push_back(given_up);
    store_.save(op_.id, std::span(&billed, 1));
    store_.add_event(op_.id, {EventType::document_written_off, subscriber->id, document.id.value()});
    store_.add_events(op_.id, document_events(billed));
    resume_waiting(store_, hasher_, ids_, op_, {&billed.subscriber, 1}, date);
    transaction.commit();
    return given_up.id;
}

}  // namespace sluice::app
