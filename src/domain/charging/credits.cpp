// Credits. Every one is computed from the line that charged it, and all credits of a line never exceed it.
// Source: billing rules, Life of a sub-service.
#include <algorithm>

#include "domain/charging/billing.hpp"
#include "values/check.hpp"

namespace sluice::charging {

bool SubServiceBilling::is_credited(const OpenCharge& open, Period span) {
    // A line of zero has nothing to credit, and gets no credits.
    return open.charge.amount.is_zero() || without(span, open.credited_spans).empty();
}

void SubServiceBilling::credit(Date date, const Item& item, Period span) {
    // What was removed without a credit stays charged.
    if (item.ends_on) span.end = std::min(span.end, *item.ends_on);
    for (auto& open : open_) {
        if (open.charge.item != item.id) continue;
        const Period common = overlap(*open.charge.period, span);
        if (common.empty()) continue;
        for (const auto& part : without(common, open.credited_spans)) credit_charge(date, open, part);
    }
}

void SubServiceBilling::credit_charge(Date date, OpenCharge& open, Period span) {
    const auto& charged = open.charge;
    const auto of_days = charged.period->days();
    std::int32_t revision = 0;
    for (const auto& other : open_)
        for (const auto& spans : other.credited_spans)
            if (other.charge.item == charged.item && spans.start == span.start) ++revision;
    auto line = charged;
    line.id = book_.ids.next<LineId>();
    line.kind = ChargeKind::credit;
    line.billing_date = date;
    line.period = span;
    line.days = span.days();
    line.of_days = of_days;
    line.proration = Proration::by_days;
    line.credits = charged.id;
    line.revision = revision;
    const Money share = settle(Amount::of(charged.amount).share(span.days(), of_days), book_.currency, book_.rounding);
    const Money credited = std::min(share, charged.amount - open.credited);
    open.credited_spans.push_back(span);
    if (credited.is_zero()) return;
    open.credited += credited;
    line.amount = -credited;
    charges_.push_back(std::move(line));
}

// What was charged for the days of the present suspension, up to `date`.
void SubServiceBilling::credit_suspended_days(Date date) {
    if (!terms_.credit_suspension || !in_advance() || !sub_.is_suspended_without_billing()) return;
    check(!sub_.suspended_spans.empty(), "a suspended sub-service knows since when");
    const Period suspended{sub_.suspended_spans.back().from, date};
    if (suspended.empty()) return;
    for (const auto& item : sub_.items)
        if (recurs(item)) credit(date, item, suspended);
}

}  // namespace sluice::charging
