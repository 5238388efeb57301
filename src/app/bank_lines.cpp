#include "app/bank_lines.hpp"

#include "app/corrections.hpp"
#include "app/import_bank_statement.hpp"
#include "app/resume_waiting.hpp"

namespace sluice::app {
namespace {

std::optional<Refusal> refuse_unless_unmatched(const BankLineRow& row) {
    switch (row.stored.state) {
        case BankLineState::unmatched:
            return std::nullopt;
        case BankLineState::matched:
            return Refusal{RefusalCode::bank_line_matched, "the line is subscriber \"" + row.subscriber_code +
                                                               "\"'s already, as payment " +
                                                               row.stored.payment->text()};
        case BankLineState::set_aside:
            return Refusal{RefusalCode::bank_line_set_aside,
                           "the line is set aside (" + row.stored.reason + "); take it back first"};
    }
    fail_promise("a bank line is in one of three states", __FILE__, __LINE__);
}

}  // namespace

BankLineRow BankLines::hold(payments::BankLineId line) {
    auto row = store_.hold_bank_line(op_.id, line);
    check(row.has_value(), "a bank line that a clerk works on is there");
    return std::move(*row);
}

// The account first and then the line, as imports hold them.
Result<payments::PaymentId, Refusal> BankLines::assign(payments::BankLineId id, const std::string& subscriber,
                                                       Date today) {
    Transaction transaction(store_);
    store_.hold(op_.id, subscriber);
    auto row = hold(id);
    if (auto refusal = refuse_unless_unmatched(row)) return Refused{*refusal};
    auto& stored = row.stored;
    if (stored.line.amount.currency() != op_.currency)
        return Refused{Refusal{RefusalCode::bank_line_in_other_currency,
                               "the line is in " + std::string(stored.line.amount.currency().code()) +
                                   ", and payments are in " + std::string(op_.currency.code()) +
                                   "; record the payment as what was exchanged, and set the line aside"}};
    const auto payer = store_.find_subscriber(op_.id, subscriber);
    if (!payer)
        return Refused{Refusal{RefusalCode::unknown_subscriber, "there is no subscriber \"" + subscriber + "\""}};
    AccountPayments account(store_.payment_facts(*payer, op_.currency));
    const auto payment = account.record(hasher_, ids_, payment_of(stored.line));
    store_.add(op_.id, payment);
    const auto paid = account.billed();
    store_.save(op_.id, std::span(&paid, 1));
    stored.state = BankLineState::matched;
    stored.by = payments::MatchedBy::clerk;
    stored.subscriber = payer->id;
    stored.payment = payment.id;
    store_.update_bank_line(op_.id, stored);
    if (!stored.line.payer_account.empty()) {
        const PayerAccount learned{stored.line.payer_account, payer->id};
        store_.learn(op_.id, std::span(&learned, 1));
    }
    store_.add_events(op_.id, account.events(paid));
    store_.add_event(op_.id, {EventType::bank_line_assigned, payer->id, id.value()});
    resume_waiting(store_, hasher_, ids_, op_, {&payer->id, 1}, today);
    transaction.commit();
    return payment.id;
}

Result<Done, Refusal> BankLines::set_aside(payments::BankLineId id, const std::string& reason) {
    Transaction transaction(store_);
    auto row = hold(id);
    if (auto refusal = refuse_unless_unmatched(row)) return Refused{*refusal};
    row.stored.state = BankLineState::set_aside;
    row.stored.reason = reason;
    store_.update_bank_line(op_.id, row.stored);
    store_.add_event(op_.id, {EventType::bank_line_set_aside, std::nullopt, id.value()});
    transaction.commit();
    return Done{};
}

Result<Done, Refusal> BankLines::take_back(payments::BankLineId id, Date today) {
    Transaction transaction(store_);
    if (const auto seen = store_.find_bank_line(op_.id, id); seen && !seen->subscriber_code.empty())
        store_.hold(op_.id, seen->subscriber_code);
    auto row = hold(id);
    auto& stored = row.stored;
    if (stored.state == BankLineState::unmatched)
        return Refused{Refusal{RefusalCode::bank_line_not_set_aside, "the line waits for a clerk already"}};
    if (stored.state == BankLineState::matched)
        if (auto refusal = undo_payment(row, today)) return Refused{*refusal};
    const auto subscriber = stored.subscriber;
    stored.state = BankLineState::unmatched;
    stored.reason.clear();
    stored.by.reset();
    stored.subscriber.reset();
    stored.payment.reset();
    store_.update_bank_line(op_.id, stored);
    store_.add_event(op_.id, {EventType::bank_line_taken_back, subscriber, id.value()});
    transaction.commit();
    return Done{};
}

// What has gone back to the payer in part was theirs: the rest is not somebody else's line.
std::optional<Refusal> BankLines::undo_payment(const BankLineRow& row, Date today) {
    const auto paid = store_.find_payment(op_.id, *row.stored.payment);
    check(paid.has_value(), "a matched line has a payment");
    if (!paid->refunds.empty())
        return Refusal{RefusalCode::bank_line_matched,
                       "the line is subscriber \"" + row.subscriber_code + "\"'s, and something of its payment " +
                           row.stored.payment->text() + " has gone back already; transfer what is left of it"};
    const auto catalog = store_.catalog(op_.id);
    const auto undone = Corrections(store_, hasher_, ids_, op_, catalog)
                            .charge_back(std::max(today, paid->payment.date),
                                         {.payment = paid->payment.id, .reference = "taken back from the bank line"});
    if (!undone) return undone.refusal();
    if (!row.stored.line.payer_account.empty())
        store_.unlearn(op_.id, {row.stored.line.payer_account, *row.stored.subscriber});
    return std::nullopt;
}

}  // namespace sluice::app
