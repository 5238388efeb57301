#include "domain/charging/billing.hpp"

#include <algorithm>
#include <span>

#include "domain/rating/rate.hpp"
#include "values/check.hpp"

namespace sluice::charging {

using catalog::Mode;
using subscriptions::Status;
using subscriptions::SubService;

SubServiceBilling::SubServiceBilling(const Book& book, const customers::Terms& terms, SubService& sub_service,
                                     std::vector<OpenCharge> open, std::vector<DiscountClaim> claims)
    : book_(book), terms_(terms), sub_(sub_service), open_(std::move(open)), claims_(std::move(claims)) {}

std::optional<Date> SubServiceBilling::next_billing_date() const {
    if (sub_.status == Status::inactive || sub_.status == Status::cancelled) return std::nullopt;
    std::optional<Date> next;
    const auto consider = [&](std::optional<Date> date) {
        if (date && (!next || *date < *next)) next = date;
    };
    consider(sub_.cancel_on);
    if (sub_.service_change) consider(sub_.service_change->on);
    if (sub_.price_move) consider(sub_.price_move->on);
    if (!in_advance())
        consider(sub_.grid->period_covering(*sub_.billed_to).end);
    else if (sub_.is_billable())
        consider(sub_.billed_to);
    if (sub_.is_billable())
        for (const auto& item : sub_.items)
            if (waits_for_first_charge(item)) consider(item.starts_on);
    if (next && *next < sub_.changed_on) next = sub_.changed_on;
    return next;
}

bool SubServiceBilling::waits_for_first_charge(const Item& item) const {
    if (!item.came_to_be()) return false;
    if (item.is_main()) return item.parts_charged == 0;
    if (recurs(item)) return !item.running;
    return item.parts_charged == 0 && !item.waived;
}

void SubServiceBilling::bill_through(Date date) {
    for (auto next = next_billing_date(); next && *next <= date; next = next_billing_date()) {
        start_of_day(*next);
        end_of_day(*next);
        const auto after = next_billing_date();
        check(!after || *after > *next, "billing a date leaves nothing due on it");
    }
}

// What was scheduled for a date takes effect before that date's commands.
void SubServiceBilling::start_of_day(Date date) {
    if (sub_.status == Status::inactive || sub_.status == Status::cancelled) return;
    if (sub_.cancel_on && *sub_.cancel_on <= date) {
        finish(date, false, sub_.waive_installments);
        return;
    }
    // What was charged ahead since the change was ordered stays charged: the change waits for its end.
    if (sub_.service_change && in_advance() && *sub_.billed_to > sub_.service_change->on)
        sub_.service_change->on = *sub_.billed_to;
    if (sub_.service_change && sub_.service_change->on <= date) {
        const auto change = *sub_.service_change;
        apply_change(date, book_.catalog.product(change.product), change.price);
    }
}

void SubServiceBilling::end_of_day(Date date) {
    if (sub_.status == Status::inactive || sub_.status == Status::cancelled) return;
    close_ended_periods(date);
    if (sub_.price_move && sub_.price_move->on <= date) apply_price_move(*sub_.price_move);
    if (!sub_.is_billable()) return;
    const bool restarting = sub_.restarted && sub_.billed_to == sub_.started_on;
    const Date charged_before = *sub_.billed_to;
    const auto periods = in_advance() ? open_periods(date) : std::vector<ChargedPeriod>{};
    for (auto& item : sub_.items) charge_item(date, item, charged_before, periods, restarting);
    std::erase_if(sub_.suspended_spans, [&](const auto& span) { return span.to && *span.to <= *sub_.billed_to; });
}

// Advances billed_to over every period that starts by `date`; the first one of a grid may be a partial one.
std::vector<SubServiceBilling::ChargedPeriod> SubServiceBilling::open_periods(Date date) {
    using customers::FirstCharge;
    std::vector<ChargedPeriod> periods;
    const auto open = [&](Proration proration) {
        const Period full = sub_.grid->period_covering(*sub_.billed_to);
        periods.push_back({{*sub_.billed_to, full.end}, full, proration});
        sub_.billed_to = full.end;
    };
    const bool starts_off_grid = sub_.billed_to == sub_.started_on && !sub_.grid->is_boundary(*sub_.started_on);
    if (starts_off_grid && *sub_.billed_to <= date) {
        const auto first = terms_.first_charge;
        const bool threshold_reached =
            first == FirstCharge::threshold && sub_.started_on->day_of_month() >= terms_.threshold_day.value_or(1);
        open(first == FirstCharge::full ? Proration::whole_price : Proration::by_days);
        if (first == FirstCharge::partial_plus_full || threshold_reached) open(Proration::by_days);
    }
    while (*sub_.billed_to <= date) open(Proration::by_days);
    return periods;
}

void SubServiceBilling::charge_item(Date date, Item& item, Date charged_before, std::span<const ChargedPeriod> periods,
                                    bool restarting) {
    if (!item.starts_on || *item.starts_on > date) return;
    if (recurs(item) && item.came_to_be()) {
        if (in_advance()) charge_periods(date, item, charged_before, periods);
        item.running = true;
    }
    // One part each time that new periods are charged, however many of them it is.
    const bool new_period_charged = !periods.empty() && !restarting;
    if (item.is_main() && item.parts_charged == 0 && item.came_to_be()) {
        item.parts_charged = 1;
        auto fee = blank(date, item, ChargeKind::setup_fee);
        fee.unit_price = book_.catalog.price(item.price).setup_fee;
        fee.amount = settle(rating::in_full(fee.unit_price, 1), book_.currency, book_.rounding);
        fee.quantity = 1;
        if (!fee.unit_price.is_zero()) charge(std::move(fee));
    } else if (product(item).mode == Mode::once && !item.is_main() && item.parts_charged == 0 && item.came_to_be()) {
        item.parts_charged = 1;
        auto once = blank(date, item, ChargeKind::once);
        once.amount = settle(rating::in_full(once.unit_price, once.quantity), book_.currency, book_.rounding);
        charge(std::move(once));
    } else if (product(item).mode == Mode::installments) {
        const bool first_part = item.parts_charged == 0 && item.came_to_be();
        if (first_part || (item.parts_charged > 0 && new_period_charged)) charge_installment(date, item);
    }
}

// In advance: the item's share of each period that is opened; a newcomer first catches up with its sub-service.
void SubServiceBilling::charge_periods(Date date, const Item& item, Date charged_before,
                                       std::span<const ChargedPeriod> periods) {
    for (Date from = *item.starts_on; !item.running && !item.ends_on && from < charged_before;) {
        const Period full = sub_.grid->period_covering(from);
        const Period span = overlap({from, full.end}, {from, charged_before});
        charge_period(date, item, span, span.days(), full, Proration::by_days);
        from = full.end;
    }
    for (const auto& period : periods) {
        const Period there{*item.starts_on, item.ends_on.value_or(period.span.end)};
        const Period span = overlap(period.span, there);
        if (span.empty()) continue;
        const auto proration = span == period.span ? period.proration : Proration::by_days;
        charge_period(date, item, span, span.days(), period.full, proration);
    }
}

// The next part, if there is one left.
void SubServiceBilling::charge_installment(Date date, Item& item) {
    const auto of = product(item).installments;
    if (item.parts_charged >= of || item.waived) return;
    const auto part = ++item.parts_charged;
    auto line = blank(date, item, ChargeKind::installment);
    const Money total = settle(rating::in_full(line.unit_price, line.quantity), book_.currency, book_.rounding);
    line.parts = Parts{part, part, of};
    line.amount = rating::installment(total, part, part, of);
    charge(std::move(line));
}

// In advance, on the day of an import that lies behind: charges the periods begun before `date` that a command of that
// very day would else leave out.
void SubServiceBilling::charge_missed_periods(Date date) {
    if (!in_advance() || !sub_.is_billable() || *sub_.billed_to >= date) return;
    const Date charged_before = *sub_.billed_to;
    const auto periods = open_periods(date.plus_days(-1));
    for (const auto& item : sub_.items)
        if (recurs(item) && item.came_to_be()) charge_periods(date, item, charged_before, periods);
}

// Arrears: charges the periods that have ended by `date`. True if the main service had any day in them.
bool SubServiceBilling::charge_ended_periods(Date date) {
    bool served = false;
    for (;;) {
        const Period full = sub_.grid->period_covering(*sub_.billed_to);
        if (full.end > date) return served;
        served = close_span(date, {*sub_.billed_to, full.end}, full) || served;
        sub_.billed_to = full.end;
    }
}

// Arrears: the same, with the instalments that new periods bring.
void SubServiceBilling::close_ended_periods(Date date) {
    if (in_advance()) return;
    const bool served = charge_ended_periods(date);
    if (!served || !sub_.is_billable()) return;  // parts wait for the first period charged after resuming
    for (auto& item : sub_.items)
        if (item.parts_charged > 0 && product(item).mode == Mode::installments) charge_installment(date, item);
}

// Arrears: charges the days from the last boundary to `date`.
void SubServiceBilling::charge_begun_period(Date date) {
    if (*sub_.billed_to >= date) return;
    close_span(date, {*sub_.billed_to, date}, sub_.grid->period_covering(*sub_.billed_to));
    sub_.billed_to = date;
}

// Arrears: charges each recurring item for its own days of `span`, less those suspended. True if the main service had
// any.
bool SubServiceBilling::close_span(Date date, Period span, Period full) {
    const auto suspended_days = [&](Period within) {
        std::int32_t days = 0;
        for (const auto& suspended : sub_.suspended_spans) {
            const Period common = overlap(within, {suspended.from, suspended.to.value_or(within.end)});
            if (suspended.stops_billing && !common.empty()) days += common.days();
        }
        return days;
    };
    bool served = false;
    for (const auto& item : sub_.items) {
        if (!recurs(item) || !item.starts_on) continue;
        const Period there = overlap(span, {*item.starts_on, item.ends_on.value_or(span.end)});
        if (there.empty()) continue;
        const auto days = there.days() - suspended_days(there);
        if (days <= 0) continue;
        charge_period(date, item, there, days, full, Proration::by_days);
        served = served || item.is_main();
    }
    return served;
}

void SubServiceBilling::charge_period(Date date, const Item& item, Period span, std::int32_t days, Period full,
                                      Proration proration) {
    auto line = blank(date, item, ChargeKind::recurring);
    line.period = span;
    for (const auto& open : open_) {
        if (open.charge.item != item.id || overlap(*open.charge.period, span).empty()) continue;
        check(is_credited(open, overlap(*open.charge.period, span)), "no day of an item is charged twice");
        if (open.charge.period->start == span.start) ++line.revision;
    }
    line.days = days;
    line.of_days = full.days();
    line.proration = proration;
    const auto exact = proration == Proration::whole_price
                           ? rating::in_full(line.unit_price, line.quantity)
                           : rating::prorated(line.unit_price, line.quantity, days, full.days());
    line.amount = settle(exact, book_.currency, book_.rounding);
    charges_.push_back(line);
    const Money discounted = discount_latest(span.end);
    open_.push_back({.charge = std::move(line), .credited = Money::zero(book_.currency), .discounted = discounted});
}

Charge SubServiceBilling::blank(Date date, const Item& item, ChargeKind kind) const {
    return {.id = book_.ids.next<LineId>(),
            .sub_service = sub_.id,
            .item = item.id,
            .product = item.product,
            .price = item.price,
            .kind = kind,
            .billing_date = date,
            .period = std::nullopt,
            .quantity = item.quantity,
            .unit_price = book_.catalog.price(item.price).price,
            .rounding = book_.rounding,
            .amount = Money::zero(book_.currency)};
}

}  // namespace sluice::charging
