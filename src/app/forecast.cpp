#include "app/forecast.hpp"

#include "app/purses.hpp"

namespace sluice::app {
namespace {

Date last_of_month(Date date, int months_later) { return Date::clamped(date.months_since_year_0() + months_later, 31); }

}  // namespace

namespace {

Money sum_of(const std::vector<invoicing::Line>& lines, Currency currency) {
    Money sum = Money::zero(currency);
    for (const auto& line : lines) sum += line.gross;
    return sum;
}

}  // namespace

Forecast forecast(Store& store, IdSource& ids, const customers::Operator& op, const catalog::Catalog& catalog,
                  const customers::Subscriber& subscriber, Date date) {
    const auto purse = purse_of(store, subscriber, op.currency);
    const charging::Book book{catalog, op.currency, op.rounding, ids};
    // Charged anew by then, whether on a document or waiting for one.
    const auto charged_by = [&](Date through) {
        Money sum = Money::zero(op.currency);
        for (auto& facts : store.due_accounts(op.id, through, subscriber.id, subscriber.id)) {
            auto& pending = facts.account.pending_lines;
            sum -= sum_of(pending, op.currency);
            const auto proposal = invoicing::decide(op, book, facts.account, through);
            sum += sum_of(pending, op.currency);
            for (const auto& draft : proposal.drafts) sum += draft.total;
            for (const auto& lines : proposal.waiting) sum += sum_of(lines, op.currency);
        }
        return sum;
    };
    const Date month_end = last_of_month(date, 0);
    const Date next_month_end = last_of_month(date, 1);
    const Money this_month = charged_by(month_end);
    return {.month_end = month_end,
            .next_month_end = next_month_end,
            .this_month = purse.unbilled + this_month,
            .next_month = charged_by(next_month_end) - this_month,
            .balance = purse.balance};
}

}  // namespace sluice::app
