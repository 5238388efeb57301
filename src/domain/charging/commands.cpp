#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "domain/charging/billing.hpp"
#include "domain/rating/rate.hpp"
#include "values/check.hpp"

namespace sluice::charging {

using catalog::Mode;
using subscriptions::Item;
using subscriptions::ItemId;
using subscriptions::Status;

namespace {

constexpr Date end_of_time = Date::from_days(std::numeric_limits<std::int32_t>::max() / 2);

bool same_calendar(const catalog::Product& a, const catalog::Product& b) {
    return a.length == b.length && a.timing == b.timing;
}

}  // namespace

// Catches up with the days before `date`, then lets what was scheduled for `date` take effect.
std::optional<CommandRefusal> SubServiceBilling::begin(Date date) {
    if (date < sub_.changed_on) return CommandRefusal::before_an_earlier_command;
    bill_through(date.plus_days(-1));
    start_of_day(date);
    sub_.changed_on = date;
    if (sub_.status == Status::cancelled) return CommandRefusal::cancelled;
    return std::nullopt;
}

std::optional<CommandRefusal> SubServiceBilling::refuse_terms() const {
    switch (customers::refuse(terms_).value_or(customers::TermsRefusal{-1})) {
        case customers::TermsRefusal::pro_rata_needs_a_cycle_day:
            return CommandRefusal::pro_rata_needs_a_cycle_day;
        case customers::TermsRefusal::threshold_needs_a_threshold_day:
            return CommandRefusal::threshold_needs_a_threshold_day;
    }
    return std::nullopt;
}

Grid SubServiceBilling::grid_from(Date date, PeriodLength length) const {
    if (terms_.model == customers::Model::pro_rata && length.is_in_months())
        return Grid::from_cycle_day(date, terms_.cycle_day.value(), length);
    return Grid::from_anchor(date, length);
}

CommandResult SubServiceBilling::activate(Date date) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.status != Status::inactive) return Refused{CommandRefusal::already_active};
    if (const auto refusal = refuse_terms()) return Refused{*refusal};
    sub_.status = Status::active;
    sub_.grid = grid_from(date, *product(sub_.main()).length);
    sub_.started_on = date;
    sub_.billed_to = date;
    for (auto& item : sub_.items)
        if (!item.ends_on) item.starts_on = date;
    // In arrears no period is charged today that would bring the next part of what another system has begun to charge.
    if (!in_advance())
        for (auto& item : sub_.items)
            if (product(item).mode == Mode::installments && item.parts_charged > 0) charge_installment(date, item);
    return Done{};
}

CommandResult SubServiceBilling::take_over(Date date, const TakenOver& taken_over) {
    const bool in_service = taken_over.status != Status::inactive && taken_over.status != Status::cancelled;
    if (in_service) {
        if (!taken_over.activated_on) return Refused{CommandRefusal::import_needs_activated_on};
        if (*taken_over.activated_on > date) return Refused{CommandRefusal::activated_after_the_import};
        if (taken_over.charged_to && *taken_over.charged_to < *taken_over.activated_on)
            return Refused{CommandRefusal::charged_before_activation};
        if (!in_advance() && taken_over.charged_to && *taken_over.charged_to > date)
            return Refused{CommandRefusal::charged_ahead_in_arrears};
        if (const auto refusal = refuse_terms()) return Refused{*refusal};
    }
    sub_.changed_on = date;
    sub_.status = taken_over.status;
    for (auto& item : sub_.items)
        if (product(item).mode == Mode::once || item.is_main()) item.parts_charged = 1;
    if (sub_.status == Status::cancelled) sub_.cancel_on = date;
    if (!in_service) return Done{};
    sub_.grid = grid_from(*taken_over.activated_on, *product(sub_.main()).length);
    sub_.started_on = taken_over.activated_on;
    sub_.billed_to = taken_over.charged_to.value_or(*taken_over.activated_on);
    for (auto& item : sub_.items) {
        item.running = recurs(item);
        // A first instalment falls due like that of an item added on the date of import.
        const bool counts_from_now = product(item).mode == Mode::installments && item.parts_charged == 0;
        item.starts_on = counts_from_now ? date : *sub_.billed_to;
    }
    if (sub_.status == Status::suspended)
        sub_.suspended_spans.push_back(
            {std::min(date, *sub_.billed_to), std::nullopt, terms_.suspension_stops_billing});
    if (in_advance()) charge_as_elsewhere(date);
    return Done{};
}

// One line for each item and period that another system has charged and that is not over on `date`.
void SubServiceBilling::charge_as_elsewhere(Date date) {
    const Period charged{*sub_.started_on, *sub_.billed_to};
    const auto claims = std::exchange(claims_, {});  // what that system has taken off, nobody knows
    for (const auto& item : sub_.items) {
        if (!recurs(item)) continue;
        for (Date from = date; from < charged.end;) {
            const Period full = sub_.grid->period_covering(from);
            const Period span = overlap(full, charged);
            charge_period(date, item, span, span.days(), full, Proration::by_days);
            charges_.back().billing_date.reset();
            open_.back().charge.billing_date.reset();
            from = full.end;
        }
    }
    claims_ = claims;
}

CommandResult SubServiceBilling::suspend(Date date, std::string reason, subscriptions::SuspendedFor cause) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.status == Status::suspended) return Refused{CommandRefusal::already_suspended};
    if (sub_.status == Status::inactive) return Refused{CommandRefusal::not_active};
    charge_missed_periods(date);
    sub_.status = Status::suspended;
    sub_.suspend_reason = std::move(reason);
    sub_.suspended_for = cause;
    const bool stops_billing = terms_.suspension_stops_billing || cause == subscriptions::SuspendedFor::funds;
    sub_.suspended_spans.push_back({date, std::nullopt, stops_billing});
    // What was added today and is not billed yet waits for the resumption.
    if (stops_billing)
        for (auto& item : sub_.items)
            if (!item.ends_on && waits_for_first_charge(item)) item.starts_on.reset();
    return Done{};
}

CommandResult SubServiceBilling::resume(Date date) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.status != Status::suspended) return Refused{CommandRefusal::not_suspended};
    if (sub_.is_suspended_without_billing()) {
        credit_suspended_days(date);
        if (in_advance() && *sub_.billed_to < date) sub_.billed_to = date;
        // What waited counts from the resumption.
        for (auto& item : sub_.items)
            if (!item.ends_on && !item.starts_on) item.starts_on = date;
    }
    if (!sub_.suspended_spans.empty()) sub_.suspended_spans.back().to = date;
    sub_.status = Status::active;
    sub_.suspend_reason.clear();
    sub_.suspended_for = subscriptions::SuspendedFor::request;
    return Done{};
}

CommandResult SubServiceBilling::exhaust_data(Date date) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.status != Status::active) return Refused{CommandRefusal::not_active};
    sub_.status = Status::data_exhausted;
    return Done{};
}

CommandResult SubServiceBilling::restore_data(Date date) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.status != Status::data_exhausted) return Refused{CommandRefusal::data_not_exhausted};
    sub_.status = Status::active;
    return Done{};
}

CommandResult SubServiceBilling::cancel(Date date, Cancellation how) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.status != Status::inactive) charge_missed_periods(date);
    if (how.at == CancelAt::now || sub_.status == Status::inactive) {
        finish(date, how.credit, how.waive_installments);
        return Done{};
    }
    const Date end = in_advance() ? *sub_.billed_to : next_boundary(date);
    if (end <= date) {
        finish(date, false, how.waive_installments);
    } else {
        sub_.cancel_on = end;
        sub_.waive_installments = how.waive_installments;
    }
    return Done{};
}

// Ends the sub-service on `date`.
void SubServiceBilling::finish(Date date, bool credit_the_rest, bool waive_installments) {
    // A sub-service that is cancelled on the day on which its first period would start is not billed at all.
    const bool never_billed =
        sub_.status == Status::inactive ||
        (sub_.billed_to == sub_.started_on && !sub_.restarted && (in_advance() || date == sub_.started_on));
    if (!never_billed) {
        credit_suspended_days(date);
        if (in_advance()) {
            if (credit_the_rest)
                for (const auto& item : sub_.items)
                    if (recurs(item)) credit(date, item, {date, end_of_time});
        } else {
            charge_ended_periods(date);
            charge_begun_period(date);
        }
        if (!waive_installments) charge_outstanding_installments(date);
    }
    if (sub_.status == Status::suspended && !sub_.suspended_spans.empty()) sub_.suspended_spans.back().to = date;
    for (auto& item : sub_.items)
        if (product(item).mode == Mode::installments && item.parts_charged < product(item).installments)
            item.waived = true;
    sub_.status = Status::cancelled;
    sub_.cancel_on = date;
    sub_.service_change.reset();
    sub_.price_move.reset();
}

void SubServiceBilling::charge_outstanding_installments(Date date) {
    for (auto& item : sub_.items) {
        const auto of = product(item).installments;
        // An item of which nothing has fallen due, because it was added today or still waits, owes nothing.
        const bool begun = item.parts_charged > 0 || (item.starts_on && *item.starts_on < date && !item.ends_on);
        if (product(item).mode != Mode::installments || item.parts_charged >= of || item.waived || !begun) continue;
        auto line = blank(date, item, ChargeKind::installment);
        const Money total = settle(rating::in_full(line.unit_price, line.quantity), book_.currency, book_.rounding);
        line.parts = Parts{item.parts_charged + 1, of, of};
        line.amount = rating::installment(total, item.parts_charged + 1, of, of);
        item.parts_charged = of;
        charge(std::move(line));
    }
}

// The next boundary from which other conditions could hold: in advance the end of what is charged, or the boundary
// after it; in arrears the end of the current period, which on the day of activation has just begun and on a boundary
// just ended.
Date SubServiceBilling::next_boundary(Date date) const {
    if (!in_advance()) return sub_.grid->boundary_from(date == sub_.started_on ? date.plus_days(1) : date);
    return std::max(*sub_.billed_to, sub_.grid->boundary_from(date));
}

CommandResult SubServiceBilling::change_service(Date date, const catalog::Product& service, ChangeWhen when) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    if (sub_.cancel_on) return Refused{CommandRefusal::cancellation_scheduled};
    if (sub_.main().product == service.id) {
        // Choosing the present service again takes a change back that has not come about yet.
        if (!sub_.service_change || when == ChangeWhen::now) return Refused{CommandRefusal::service_already_held};
        sub_.service_change.reset();
        return Done{};
    }
    const auto* price = book_.catalog.price_on(service.id, date);
    if (!price) return Refused{CommandRefusal::service_not_sold_on_that_date};
    if (const auto refusal = refuse_terms()) return Refused{*refusal};
    const bool at_once = when == ChangeWhen::now || sub_.status == Status::inactive || next_boundary(date) == date;
    if (at_once)
        apply_change(date, service, price->id);
    else
        sub_.service_change = {next_boundary(date), service.id, price->id};
    return Done{};
}

void SubServiceBilling::apply_change(Date date, const catalog::Product& service, catalog::PriceId price) {
    sub_.service_change.reset();
    const auto& before = product(sub_.main());
    if (sub_.status == Status::inactive) return replace_main(date, service, price);
    if (same_calendar(before, service)) {
        if (in_advance()) credit(date, sub_.main(), {date, end_of_time});
        replace_main(date, service, price);
        if (!in_advance()) return;
        for (Date from = date; from < *sub_.billed_to;) {
            const Period full = sub_.grid->period_covering(from);
            const Period span = overlap({from, full.end}, {from, *sub_.billed_to});
            charge_period(date, sub_.main(), span, span.days(), full, Proration::by_days);
            from = full.end;
        }
        return;
    }
    if (in_advance()) {
        for (const auto& item : sub_.items)
            if (recurs(item)) credit(date, item, {date, end_of_time});
    } else {
        close_ended_periods(date);
        charge_begun_period(date);
    }
    replace_main(date, service, price);
    restart(date, *service.length);
}

void SubServiceBilling::replace_main(Date date, const catalog::Product& service, catalog::PriceId price) {
    Item& before = sub_.main();
    const auto starts_on = sub_.status == Status::inactive ? std::nullopt : std::optional<Date>(date);
    before.ends_on = date;
    const auto parts_charged = before.parts_charged;  // a setup fee that is still due stays due
    const auto discount_uses = before.discount_uses;  // the first periods of a sub-service come once
    sub_.items.push_back({.id = book_.ids.next<ItemId>(),
                          .type = catalog::ProductType::service,
                          .product = service.id,
                          .price = price,
                          .starts_on = starts_on,
                          .running = sub_.status != Status::inactive,
                          .parts_charged = parts_charged,
                          .discount_uses = discount_uses});
}

// A new grid from `date` on, as if activated then, for what is charged period by period.
void SubServiceBilling::restart(Date date, PeriodLength length) {
    sub_.grid = grid_from(date, length);
    sub_.started_on = date;
    sub_.restarted = true;
    sub_.billed_to = date;
    for (auto& item : sub_.items)
        if (recurs(item) && item.starts_on && !item.ends_on) {
            item.running = true;
            item.starts_on = std::min(*item.starts_on, date);
        }
    if (sub_.price_move) apply_price_move(*sub_.price_move);
}

CommandResult SubServiceBilling::move_to_current_price(Date date) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    const auto known = book_.ids.next<catalog::PriceId>();
    if (sub_.status == Status::inactive)
        apply_price_move({date, date, known});
    else
        sub_.price_move = {next_boundary(date), date, known};
    return Done{};
}

void SubServiceBilling::apply_price_move(subscriptions::PriceMove move) {
    sub_.price_move.reset();
    for (auto& item : sub_.items) {
        if (!recurs(item) || item.ends_on) continue;
        const auto* current = book_.catalog.price_on(item.product, move.as_of, move.known);
        if (current && current->version > book_.catalog.price(item.price).version) item.price = current->id;
    }
}

CommandResult SubServiceBilling::add_item(Date date, NewItem item) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    sub_.items.push_back({.id = book_.ids.next<ItemId>(),
                          .type = item.product.type,
                          .product = item.product.id,
                          .price = item.price.id,
                          .quantity = item.quantity,
                          .serial = std::move(item.serial),
                          .starts_on = sub_.is_billable() ? std::optional<Date>(date) : std::nullopt});
    return Done{};
}

CommandResult SubServiceBilling::remove_item(Date date, ItemId id, bool credit_the_rest, bool waive_installments) {
    if (const auto refusal = begin(date)) return Refused{*refusal};
    for (auto& item : sub_.items) {
        if (item.id != id) continue;
        if (item.ends_on) return Refused{CommandRefusal::item_not_held};
        if (credit_the_rest && in_advance() && recurs(item)) credit(date, item, {date, end_of_time});
        item.ends_on = date;
        item.waived = waive_installments;
        return Done{};
    }
    return Refused{CommandRefusal::item_not_held};
}

std::string_view name_of(CommandRefusal refusal) {
    static constexpr std::array<std::string_view, 17> names{"already_active",
                                                            "not_active",
                                                            "not_suspended",
                                                            "already_suspended",
                                                            "data_not_exhausted",
                                                            "cancelled",
                                                            "cancellation_scheduled",
                                                            "before_an_earlier_command",
                                                            "service_already_held",
                                                            "service_not_sold_on_that_date",
                                                            "item_not_held",
                                                            "pro_rata_needs_a_cycle_day",
                                                            "threshold_needs_a_threshold_day",
                                                            "import_needs_activated_on",
                                                            "activated_after_the_import",
                                                            "charged_before_activation",
                                                            "charged_ahead_in_arrears"};
    return names[static_cast<std::size_t>(refusal)];
}

std::string_view message(CommandRefusal refusal) {
    switch (refusal) {
        case CommandRefusal::already_active:
            return "the sub-service is activated already";
        case CommandRefusal::not_active:
            return "the sub-service is not active";
        case CommandRefusal::not_suspended:
            return "the sub-service is not suspended";
        case CommandRefusal::already_suspended:
            return "the sub-service is suspended already";
        case CommandRefusal::data_not_exhausted:
            return "the data of the sub-service is not exhausted";
        case CommandRefusal::cancelled:
            return "the sub-service is cancelled, which is final; add a new sub-service instead";
        case CommandRefusal::cancellation_scheduled:
            return "the cancellation of the sub-service is scheduled already";
        case CommandRefusal::before_an_earlier_command:
            return "the date lies before an earlier command to this sub-service; commands go in order of date";
        case CommandRefusal::service_already_held:
            return "the sub-service has that service already";
        case CommandRefusal::service_not_sold_on_that_date:
            return "the service has no price on that date";
        case CommandRefusal::item_not_held:
            return "the sub-service does not have that item (any more)";
        case CommandRefusal::pro_rata_needs_a_cycle_day:
            return message(customers::TermsRefusal::pro_rata_needs_a_cycle_day);
        case CommandRefusal::import_needs_activated_on:
            return "activated_on is needed for a sub-service that is active, suspended or data_exhausted";
        case CommandRefusal::activated_after_the_import:
            return "activated_on lies after the date of import";
        case CommandRefusal::charged_ahead_in_arrears:
            return "charged_to lies after the date of import, but a service in arrears is charged for days that are "
                   "over";
        case CommandRefusal::charged_before_activation:
            return "charged_to lies before activated_on";
        case CommandRefusal::threshold_needs_a_threshold_day:
            return message(customers::TermsRefusal::threshold_needs_a_threshold_day);
    }
    fail_promise("a refusal has a message", __FILE__, __LINE__);
}

}  // namespace sluice::charging
