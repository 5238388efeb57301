#include "app/cash_desk.hpp"

#include "app/words.hpp"
#include "domain/invoicing/document.hpp"

namespace sluice::app {
namespace {

Refused<Refusal> refuse(RefusalCode code, std::string message) { return {Refusal{code, std::move(message)}}; }

std::optional<Refusal> refuse_not_positive(Money amount) {
    if (amount.is_positive()) return std::nullopt;
    return Refusal{RefusalCode::amount_not_allowed, "an amount of " + words(amount) + "; it must be above zero"};
}

}  // namespace

Result<CashShiftId, Refusal> CashDesk::open(const std::string& desk, const std::string& clerk, Money float_amount) {
    if (float_amount.is_negative())
        return refuse(RefusalCode::amount_not_allowed, "a float of " + words(float_amount) + "; it cannot be negative");
    Transaction transaction(store_);
    const auto op = tools_.commands.op().id;
    store_.hold(op);
    if (const auto other = store_.open_cash_shift(op, desk))
        return refuse(RefusalCode::cash_desk_in_use, "the desk \"" + desk + "\" has an open shift of " +
                                                         other->shift.clerk + " (" + other->shift.id.text() +
                                                         "); close it first");
    const CashShift shift{.id = tools_.ids.next<CashShiftId>(),
                          .op = op,
                          .desk = desk,
                          .clerk = clerk,
                          .date = tools_.today,
                          .float_amount = float_amount,
                          .opened_at = tools_.now,
                          .opened_by = tools_.actor};
    store_.add_cash_shift(shift);
    store_.add_event(op, {EventType::cash_shift_opened, std::nullopt, shift.id.value()});
    transaction.commit();
    return shift.id;
}

Result<CashShiftRow, Refusal> CashDesk::hold(CashShiftId id) {
    const auto op = tools_.commands.op().id;
    store_.hold_cash_shift(op, id);
    auto row = store_.find_cash_shift(op, id);
    if (!row) return refuse(RefusalCode::unknown_cash_shift, "there is no cash shift " + id.text());
    if (row->shift.closing)
        return refuse(RefusalCode::cash_shift_closed,
                      "the shift of " + row->shift.clerk + " at \"" + row->shift.desk + "\" is closed; open a new one");
    return std::move(*row);
}

std::optional<Refusal> CashDesk::refuse_without(const CashShiftRow& row, Money amount) const {
    const Money there = row.sums.expected(row.shift.float_amount);
    if (amount <= there) return std::nullopt;
    return Refusal{RefusalCode::not_enough_cash, words(amount) + " is asked for, but only " + words(there) +
                                                     " is in the till of \"" + row.shift.desk + "\""};
}

CashMovement CashDesk::movement(const CashShift& shift, CashMovementKind kind, Money amount) {
    return {.id = tools_.ids.next<CashMovementId>(),
            .op = shift.op,
            .shift = shift.id,
            .kind = kind,
            .at = tools_.now,
            .actor = tools_.actor,
            .date = tools_.today,
            .amount = amount};
}

Result<CashMovementId, Refusal> CashDesk::take(CashShiftId id, const Taken& taken) {
    Transaction transaction(store_);
    const auto payment =
        tools_.commands.take_payment(tools_.today, taken.subscriber, taken.amount, taken.method, taken.reference);
    if (!payment) return Refused{payment.refusal()};
    const auto row = hold(id);
    if (!row) return Refused{row.refusal()};
    const auto paid = store_.find_payment(row.value().shift.op, *payment);
    check(paid.has_value(), "a payment that was recorded is there");
    auto made = movement(row.value().shift, CashMovementKind::payment, taken.amount);
    made.subscriber = paid->payment.subscriber;
    made.payment = *payment;
    const auto year = tools_.today.year();
    const auto sequence = store_.take_receipt_number(made.op, year);
    made.receipt = CashReceipt{year, sequence, invoicing::format_number(receipt_pattern, year, sequence)};
    store_.add_cash_movement(made);
    transaction.commit();
    return made.id;
}

Result<CashMovementId, Refusal> CashDesk::pay_out(CashShiftId id, const RefundRequest& request) {
    Transaction transaction(store_);
    const auto op = tools_.commands.op().id;
    const auto done = tools_.commands.corrections().refund(tools_.today, request);
    if (!done) return Refused{done.refusal()};
    const auto row = hold(id);
    if (!row) return Refused{row.refusal()};
    const auto paid = store_.find_payment(op, request.payment);
    check(paid.has_value(), "a payment stays");
    for (const auto& refund : paid->refunds) {
        if (refund.id != *done) continue;
        auto made = movement(row.value().shift, CashMovementKind::refund, refund.amount - refund.fee);
        if (auto refusal = refuse_without(row.value(), made.amount)) return Refused{std::move(*refusal)};
        made.subscriber = refund.subscriber;
        made.payment = refund.payment;
        made.refund = refund.id;
        store_.add_cash_movement(made);
        transaction.commit();
        return made.id;
    }
    fail_promise("a refund that was made is with its payment", __FILE__, __LINE__);
}

Result<CashMovementId, Refusal> CashDesk::move(CashShiftId id, CashMovementKind kind, Money amount,
                                               const std::string& reason) {
    check(kind == CashMovementKind::cash_in || kind == CashMovementKind::cash_out, "only what is nobody's is moved");
    if (auto refusal = refuse_not_positive(amount)) return Refused{std::move(*refusal)};
    Transaction transaction(store_);
    const auto row = hold(id);
    if (!row) return Refused{row.refusal()};
    if (kind == CashMovementKind::cash_out)
        if (auto refusal = refuse_without(row.value(), amount)) return Refused{std::move(*refusal)};
    auto made = movement(row.value().shift, kind, amount);
    made.reason = reason;
    store_.add_cash_movement(made);
    transaction.commit();
    return made.id;
}

Result<CashShiftId, Refusal> CashDesk::close(CashShiftId id, Money counted, const std::string& explanation) {
    if (counted.is_negative())
        return refuse(RefusalCode::amount_not_allowed, words(counted) + " cannot have been counted");
    Transaction transaction(store_);
    auto row = hold(id);
    if (!row) return Refused{row.refusal()};
    auto shift = row.value().shift;
    const Money expected = row.value().sums.expected(shift.float_amount);
    if (counted != expected && explanation.empty())
        return refuse(RefusalCode::difference_not_explained,
                      "the till should hold " + words(expected) + ", and " + words(counted) +
                          " was counted; count again, or explain the difference of " + words(counted - expected));
    shift.closing = ShiftClosing{tools_.now, tools_.actor, expected, counted, explanation};
    store_.close_cash_shift(shift);
    store_.add_event(shift.op, {EventType::cash_shift_closed, std::nullopt, shift.id.value()});
    transaction.commit();
    return shift.id;
}

Cheques Commands::cheques() { return {store_, *this, ids_}; }

Result<ChequeId, Refusal> Cheques::receive(Date date, const Received& received) {
    Transaction transaction(store_);
    const auto op = commands_.op().id;
    const auto payment =
        commands_.take_payment(date, received.subscriber, received.amount, received.method, received.number);
    if (!payment) return Refused{payment.refusal()};
    const auto paid = store_.find_payment(op, *payment);
    check(paid.has_value(), "a payment that was recorded is there");
    const Cheque cheque{.id = ids_.next<ChequeId>(),
                        .subscriber = paid->payment.subscriber,
                        .op = op,
                        .payment = *payment,
                        .number = received.number,
                        .bank = received.bank,
                        .date = date,
                        .amount = received.amount};
    store_.add_cheque(cheque);
    store_.add_event(op, {EventType::cheque_received, cheque.subscriber, cheque.id.value()});
    transaction.commit();
    return cheque.id;
}

Result<ChequeId, Refusal> Cheques::find(const std::string& subscriber, const std::string& number) {
    const auto op = commands_.op().id;
    const auto payer = store_.find_subscriber(op, subscriber);
    std::vector<ChequeId> found;
    if (payer) {
        ChequeQuery query{.subscriber = payer->id};
        for (auto page = store_.cheques(op, query); !page.empty(); page = store_.cheques(op, query)) {
            for (const auto& row : page)
                if (row.cheque.number == number) found.push_back(row.cheque.id);
            query.before = page.back().cheque.id;
        }
    }
    if (found.size() == 1) return found.front();
    return refuse(RefusalCode::unknown_cheque,
                  subscriber + " has " + (found.empty() ? "no cheque" : "several cheques") + " \"" + number + "\"");
}

Result<ChequeRow, Refusal> Cheques::hold(Date date, ChequeId id) {
    const auto op = commands_.op().id;
    auto row = store_.find_cheque(op, id);
    if (!row) return refuse(RefusalCode::unknown_cheque, "there is no cheque " + id.text());
    store_.hold(op, row->subscriber_code);
    row = store_.find_cheque(op, id);
    check(row.has_value(), "a cheque stays");
    const auto& cheque = row->cheque;
    if (cheque.state != ChequeState::received)
        return refuse(RefusalCode::cheque_settled, "the cheque " + cheque.number + " has " +
                                                       std::string(name_of(cheque.state)) + " already, on " +
                                                       cheque.settled_on->text());
    if (date < cheque.date)
        return refuse(RefusalCode::date_not_allowed,
                      date.text() + " is before the cheque was received, on " + cheque.date.text());
    return std::move(*row);
}

Result<ChequeId, Refusal> Cheques::clear(Date date, ChequeId id) {
    Transaction transaction(store_);
    const auto row = hold(date, id);
    if (!row) return Refused{row.refusal()};
    auto cheque = row.value().cheque;
    cheque.state = ChequeState::cleared;
    cheque.settled_on = date;
    store_.update_cheque(cheque);
    store_.add_event(cheque.op, {EventType::cheque_cleared, cheque.subscriber, cheque.id.value()});
    transaction.commit();
    return id;
}

Result<ChequeId, Refusal> Cheques::bounce(Date date, ChequeId id, const std::string& reason) {
    Transaction transaction(store_);
    const auto row = hold(date, id);
    if (!row) return Refused{row.refusal()};
    auto cheque = row.value().cheque;
    const auto back = commands_.corrections().charge_back(
        date, {.payment = cheque.payment, .reference = "cheque " + cheque.number + ": " + reason});
    if (!back) return Refused{back.refusal()};
    cheque.state = ChequeState::bounced;
    cheque.settled_on = date;
    cheque.refund = *back;
    cheque.reason = reason;
    store_.update_cheque(cheque);
    store_.add_event(cheque.op, {EventType::cheque_bounced, cheque.subscriber, cheque.id.value()});
    transaction.commit();
    return id;
}

}  // namespace sluice::app
