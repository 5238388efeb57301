#include "app/forecast.hpp"

#include "app/purses.hpp"

namespace sluice::app {
namespace {

Date last_of_month(Date date, int months_later) { return Date::clamped(date.months_since_year_0() + months_later, 31); }

}  // namespace

Date last_of_next_month(Date date) { return last_of_month(date, 1); }

void add_charged(ChargedAhead& ahead, const customers::Operator& op, const charging::Book& book,
                 invoicing::AccountFacts& facts, Date through, std::vector<invoicing::Wallet> wallets) {
    std::unordered_map<subscriptions::SubServiceId, std::optional<customers::UnitId>> units;
    for (const auto& sub : facts.sub_services) units.emplace(sub.state.id, sub.state.unit);
    invoicing::Wanted charged;
    const auto add = [&](const std::vector<invoicing::Line>& lines, bool is_new) {
        for (const auto& line : lines) {
            const auto sub_service = line.charge.sub_service;
            auto& sum = charged.try_emplace({sub_service, units[sub_service]}, Money::zero(op.currency)).first->second;
            sum += is_new ? line.gross : -line.gross;
        }
    };
    add(facts.pending_lines, false);
    const auto proposal = invoicing::decide(op, book, facts, through);
    add(facts.pending_lines, true);
    for (const auto& draft : proposal.drafts) add(draft.lines, true);
    for (const auto& lines : proposal.waiting) add(lines, true);
    for (auto& [whom, amount] : charged) {
        for (const auto& taken : invoicing::take(wallets, whom, amount)) amount -= taken.amount;
        ahead.all += amount;
        ahead.of.try_emplace(whom.sub_service, Money::zero(op.currency)).first->second += amount;
    }
}

Forecast forecast(Store& store, IdSource& ids, const customers::Operator& op, const catalog::Catalog& catalog,
                  const customers::Subscriber& subscriber, Date date) {
    const auto purse = purse_of(store, subscriber, op.currency);
    const charging::Book book{catalog, op.currency, op.rounding, ids};
    // Charged anew by then, whether on a document or waiting for one.
    const auto charged_by = [&](Date through) {
        ChargedAhead ahead{.all = Money::zero(op.currency)};
        for (auto& facts : store.due_accounts(op.id, through, subscriber.id, subscriber.id))
            add_charged(ahead, op, book, facts.account, through, purse.wallets);
        return ahead.all;
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
