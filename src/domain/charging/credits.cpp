// Credits. Every one is computed from the line that charged it, and all credits of a line never exceed it.
// Source: billing rules, Life of a sub-service.
#include <algorithm>

#include "domain/charging/billing.hpp"
#include "values/check.hpp"

namespace sluice::charging {

bool SubServiceBilling::is_credited(const OpenCharge& open, Period span) const {
    // Parts whose credit would be zero, rounded or because the line is used up, make no credit line.
    if (open.credited == open.price()) return true;
    const auto left = without(span, open.credited_spans);
    return std::all_of(left.begin(), left.end(), [&](Period part) { return share_of(open, part).is_zero(); });
}

Money SubServiceBilling::share_of(const OpenCharge& open, Period part) const {
    const auto of_days = open.charge.period->days();
    return settle(Amount::of(open.price()).share(part.days(), of_days), book_.currency, book_.rounding);
}

void SubServiceBilling::credit(Date date, const Item& item, Period span) {
    // What was removed without a credit stays charged.
    if (item.ends_on) span.end = std::min(span.end, *item.ends_on);
    for (auto& open : open_) {
        // In arrears only days of service are charged, and only when they are over.
        const bool in_arrears = open.charge.billing_date && *open.charge.billing_date >= open.charge.period->end;
        if (open.charge.item != item.id || in_arrears) continue;
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
    line.rounding = book_.rounding;
    line.credits = charged.id;
    line.revision = revision;
    const Money credited = std::min(share_of(open, span), open.price() - open.credited);
    open.credited_spans.push_back(span);
    if (credited.is_zero()) return;
    open.credited += credited;
    line.amount = -credited;
    charges_.push_back(std::move(line));
}

// What was charged for the days of the present suspension, up to `date`.
void SubServiceBilling::credit_suspended_days(Date date) {
    if (!terms_.credit_suspension || !sub_.is_suspended_without_billing()) return;
    check(!sub_.suspended_spans.empty(), "a suspended sub-service knows since when");
    const Period suspended{sub_.suspended_spans.back().from, date};
    if (suspended.empty()) return;
    for (const auto& item : sub_.items)
        if (recurs(item)) credit(date, item, suspended);
}

}  // namespace sluice::charging
