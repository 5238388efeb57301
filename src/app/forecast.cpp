#include "app/forecast.hpp"

#include "app/purses.hpp"

namespace sluice::app {
namespace {

Date last_of_month(Date date, int months_later) { return Date::clamped(date.months_since_year_0() + months_later, 31); }

}  // namespace

Date last_of_next_month(Date date) { return last_of_month(date, 1); }

void for_each_charged(const customers::Operator& op, const charging::Book& book, invoicing::AccountFacts& facts,
                      Date through, const std::function<void(const invoicing::Line& line, bool is_new)>& visit) {
    const auto each = [&](const std::vector<invoicing::Line>& lines, bool is_new) {
        for (const auto& line : lines) visit(line, is_new);
    };
    each(facts.pending_lines, false);
    const auto proposal = invoicing::decide(op, book, facts, through);
    each(facts.pending_lines, true);
    for (const auto& draft : proposal.drafts) each(draft.lines, true);
    for (const auto& lines : proposal.waiting) each(lines, true);
}

Forecast forecast(Store& store, IdSource& ids, const customers::Operator& op, const catalog::Catalog& catalog,
                  const customers::Subscriber& subscriber, Date date) {
    const auto purse = purse_of(store, subscriber, op.currency);
    const charging::Book book{catalog, op.currency, op.rounding, ids};
    // Charged anew by then, whether on a document or waiting for one.
    const auto charged_by = [&](Date through) {
        Money sum = Money::zero(op.currency);
        for (auto& facts : store.due_accounts(op.id, through, subscriber.id, subscriber.id))
            for_each_charged(op, book, facts.account, through, [&](const invoicing::Line& line, bool is_new) {
                sum += is_new ? line.gross : -line.gross;
            });
        return sum;
    };
    const Date month_end = last_of_month(date, 0);
    const Date next_month_end = last_of_next_month(date);
    const Money this_month = charged_by(month_end);
    return {.month_end = month_end,
            .next_month_end = next_month_end,
            .this_month = purse.unbilled + this_month,
            .next_month = charged_by(next_month_end) - this_month,
            .balance = purse.balance};
}

}  // namespace sluice::app
