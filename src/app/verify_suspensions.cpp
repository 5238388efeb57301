// Nobody who has paid stays suspended.
#include "app/verify_account.hpp"
#include "domain/charging/billing.hpp"

namespace sluice::app {
namespace {

using subscriptions::Status;
using subscriptions::SubService;
using subscriptions::SuspendedFor;

invoicing::Purse purse_of(const Account& account) {
    const auto& history = account.history;
    const auto nothing = Money::zero(account.op.currency);
    invoicing::Purse purse{
        .balance = history.head ? history.head->balance : nothing, .unbilled = nothing, .promised = nothing};
    for (const auto& line : history.lines)
        if (!line.document && line.line.charge.billing_date) purse.unbilled += line.line.gross;
    for (const auto& debt : history.open_documents)
        if (!purse.oldest_due || debt.due < *purse.oldest_due) purse.oldest_due = debt.due;
    return purse;
}

// What resuming would have cost on the day of the suspension: it never becomes more.
Money cost_of_resuming(const Account& account, const SubService& sub_service) {
    IdSource no_ids(0, 0);
    const charging::Book book{account.catalog, account.op.currency, account.op.rounding, no_ids};
    const customers::Terms terms;  // do not matter on the grid that there is
    auto state = sub_service;
    charging::SubServiceBilling billing(book, terms, state, {});
    Money cost = Money::zero(account.op.currency);
    if (!billing.resume(state.changed_on)) return cost;
    billing.bill_through(state.changed_on);
    for (const auto& line : invoicing::assess_all(billing.take_charges(), {}, book, account.history.subscriber))
        cost += line.gross;
    return cost;
}

}  // namespace

void verify_suspensions(const Account& account, Findings& findings) {
    const auto rules = customers::resolve_payment(account.op, account.history.subscriber);
    for (const auto& sub : account.history.sub_services) {
        if (sub.status != Status::suspended) continue;
        findings.guard(account.path(sub), [&] {
            if (sub.suspended_for == SuspendedFor::debt && account.history.open_documents.empty())
                findings.add("suspended_though_paid", account.path(sub),
                             "is suspended for debt, and nothing is open any more");
            if (sub.suspended_for != SuspendedFor::funds || !rules.is_limited()) return;
            const Money at_hand = invoicing::available(rules, purse_of(account), sub.changed_on);
            const Money cost = cost_of_resuming(account, sub);
            if (cost.is_positive() && cost <= at_hand)
                findings.add("suspended_though_funded", account.path(sub),
                             "is suspended for want of " + words(cost) + ", and " + words(at_hand) + " is available");
        });
    }
}

}  // namespace sluice::app
