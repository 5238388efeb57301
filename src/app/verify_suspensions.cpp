// Nobody who has paid stays suspended.
#include <algorithm>

#include "app/verify_account.hpp"
#include "domain/charging/billing.hpp"

namespace sluice::app {
namespace {

using subscriptions::Status;
using subscriptions::SubService;
using subscriptions::SuspendedFor;

invoicing::Wanted unbilled_of(const Account& account) {
    invoicing::Wanted unbilled;
    for (const auto& line : account.history.lines) {
        const auto& charge = line.line.charge;
        if (line.document || !charge.billing_date) continue;
        for (const auto& sub : account.history.sub_services)
            if (sub.id == charge.sub_service)
                unbilled.try_emplace({sub.id, sub.unit}, Money::zero(account.op.currency)).first->second +=
                    line.line.gross;
    }
    return unbilled;
}

invoicing::Purse purse_of(const Account& account) {
    const auto& history = account.history;
    const auto nothing = Money::zero(account.op.currency);
    invoicing::Purse purse{
        .balance = history.head ? history.head->balance : nothing, .unbilled = nothing, .promised = nothing};
    for (const auto& line : history.lines)
        if (!line.document && line.line.charge.billing_date) purse.unbilled += line.line.gross;
    for (const auto& debt : history.open_documents)
        if (!purse.oldest_due || debt.due < *purse.oldest_due) purse.oldest_due = debt.due;
    purse.wallets = history.wallets;
    if (!purse.wallets.empty()) invoicing::reserve(purse, unbilled_of(account));
    return purse;
}

// The day on which it could have resumed for the last time: of the suspension for funds, after which it never costs
// more; for debt, when money moved last.
Date last_chance(const Account& account, const SubService& sub_service) {
    const auto& entries = account.history.entries;
    if (sub_service.suspended_for == SuspendedFor::funds || entries.empty()) return sub_service.changed_on;
    return std::max(sub_service.changed_on, entries.back().header.date);
}

Money cost_of_resuming(const Account& account, const SubService& sub_service, Date date) {
    IdSource no_ids(0, 0);
    const charging::Book book{account.catalog, account.op.currency, account.op.rounding, no_ids};
    const customers::Terms terms;  // do not matter on the grid that there is
    auto state = sub_service;
    charging::SubServiceBilling billing(book, terms, state, {});
    Money cost = Money::zero(account.op.currency);
    if (!billing.resume(date)) return cost;
    billing.bill_through(date);
    for (const auto& line : invoicing::assess_all(billing.take_charges(), {}, book, account.history.subscriber))
        cost += line.gross;
    return cost;
}

}  // namespace

void verify_suspensions(const Account& account, Findings& findings) {
    const auto rules = customers::resolve_payment(account.op, account.history.subscriber);
    for (const auto& sub : account.history.sub_services) {
        if (sub.status != Status::suspended || sub.suspended_for == SuspendedFor::request) continue;
        findings.guard(account.path(sub), [&] {
            const bool for_debt = sub.suspended_for == SuspendedFor::debt;
            if (for_debt ? !account.history.open_documents.empty() : !rules.is_limited()) return;
            const auto purse = purse_of(account);
            const Date date = last_chance(account, sub);
            const Money cost = cost_of_resuming(account, sub, date);
            // Where the terms are limited, who has paid a debt may still lack what going on costs.
            const bool can_go_on = !rules.is_limited() || !cost.is_positive() ||
                                   invoicing::can_pay(rules, purse, date, {sub.id, sub.unit}, cost);
            if (for_debt && can_go_on)
                findings.add("suspended_though_paid", account.path(sub),
                             "is suspended for debt, and nothing is open any more");
            if (!for_debt && can_go_on && cost.is_positive())
                findings.add("suspended_though_funded", account.path(sub),
                             "is suspended for want of " + words(cost) + ", and " +
                                 words(invoicing::available(rules, purse, date)) + " is available" +
                                 (purse.wallets.empty() ? "" : ", beside what is set aside"));
        });
    }
}

}  // namespace sluice::app
