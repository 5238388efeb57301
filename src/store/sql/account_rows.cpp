#include "store/sql/account_rows.hpp"

namespace sluice::store {

const std::string subscriber_columns =
    "s.subscriber_id, s.code, s.contact, s.organization, s.country, s.region, s.pop, s.category, s.email, s.language, "
    "s.model, s.cycle_day, s.first_charge, s.threshold_day, s.invoicing, s.suspension, s.credit_suspension, "
    "s.payment_terms, s.credit_limit, s.due_day, s.block_after, s.ladder, s.promise_days, s.promise_pause, "
    "s.promise_limit, s.lead_days, s.order_days, s.charge_retries, s.charge_cap, s.charge_month_cap";
const std::string unit_columns =
    "u.id, u.code, u.name, u.model, u.cycle_day, u.first_charge, u.threshold_day, u.invoicing, u.suspension, "
    "u.credit_suspension";
const std::string sub_service_columns =
    "b.subscriber_id, b.id, b.unit_id, b.code, b.status, b.suspend_reason, b.suspended_for, b.grid_boundary, "
    "b.grid_day, b.grid_period, "
    "b.started_on, b.restarted, b.billed_to, b.changed_on, b.cancel_on, b.waive_installments, b.change_on, "
    "b.change_product_id, b.change_price_id, b.price_move_on, b.price_move_as_of, b.price_move_known, b.model, "
    "b.cycle_day, "
    "b.first_charge, "
    "b.threshold_day, b.invoicing, b.suspension, b.credit_suspension";
const std::string item_columns =
    "i.type, i.id, i.product_id, i.price_id, i.quantity, i.serial, "
    "i.starts_on, i.ends_on, i.running, i.parts_charged, i.waived";
const std::string span_columns = "p.from_date, p.to_date, p.stops_billing";
const std::string line_columns =
    "l.id, l.sub_service_id, l.item_id, l.product_id, l.price_id, l.kind, l.billing_date, l.period_start, "
    "l.period_end, "
    "l.days, l.of_days, l.quantity, l.unit_price, l.proration, l.first_part, l.last_part, l.of_parts, "
    "l.credits_line_id, l.discount_id, "
    "l.revision, l.rounding, l.currency, l.amount, l.net, l.tax, l.gross";
const std::string line_tax_columns = "t.tax_id, t.code, t.name, t.rate, t.included, t.amount";

customers::Subscriber read_subscriber(Query& row) {
    customers::Subscriber subscriber{.id = row.get<customers::SubscriberId>()};
    subscriber.code = row.get<std::string>();
    subscriber.contact = row.get<std::string>();
    subscriber.organization = row.get<std::string>();
    subscriber.country = row.get<std::string>();
    subscriber.region = row.get<std::string>();
    subscriber.pop = row.get<std::string>();
    subscriber.category = row.get<std::string>();
    subscriber.email = row.get<std::string>();
    subscriber.language = row.get<std::string>();
    subscriber.billing = read_settings(row);
    subscriber.payment = read_payment_settings(row);
    return subscriber;
}

customers::Unit read_unit(Query& row) {
    customers::Unit unit{.id = row.get<customers::UnitId>()};
    unit.code = row.get<std::string>();
    unit.name = row.get<std::string>();
    unit.billing = read_settings(row);
    return unit;
}

subscriptions::SubService read_sub_service(Query& row) {
    const auto subscriber = row.get<customers::SubscriberId>();
    const auto id = row.get<subscriptions::SubServiceId>();
    subscriptions::SubService sub{.id = id, .subscriber = subscriber, .changed_on = Date::from_days(0)};
    sub.unit = row.get<std::optional<customers::UnitId>>();
    sub.code = row.get<std::string>();
    sub.status = read_enum<subscriptions::Status>(status_names, row);
    sub.suspend_reason = row.get<std::string>();
    sub.suspended_for = read_enum<subscriptions::SuspendedFor>(suspended_for_names, row);
    const auto boundary = row.get<std::optional<Date>>();
    const auto day = row.get<std::optional<std::int32_t>>();
    const auto period = row.get<std::optional<std::string_view>>();
    if (boundary) {
        const auto length = PeriodLength::parse(period.value_or(""));
        check(day && length, "a stored grid is whole");
        sub.grid = Grid::restore(*boundary, *day, *length);
    }
    sub.started_on = row.get<std::optional<Date>>();
    sub.restarted = row.get<bool>();
    sub.billed_to = row.get<std::optional<Date>>();
    sub.changed_on = row.get<Date>();
    sub.cancel_on = row.get<std::optional<Date>>();
    sub.waive_installments = row.get<bool>();
    const auto change_on = row.get<std::optional<Date>>();
    const auto change_product = row.get<std::optional<catalog::ProductId>>();
    const auto change_price = row.get<std::optional<catalog::PriceId>>();
    if (change_on) {
        check(change_product && change_price, "a stored change of service is whole");
        sub.service_change = {*change_on, *change_product, *change_price};
    }
    const auto move_on = row.get<std::optional<Date>>();
    const auto move_as_of = row.get<std::optional<Date>>();
    const auto move_known = row.get<std::optional<catalog::PriceId>>();
    if (move_on) {
        check(move_as_of && move_known, "a stored price move is whole");
        sub.price_move = {*move_on, *move_as_of, *move_known};
    }
    sub.billing = read_settings(row);
    return sub;
}

subscriptions::Item read_item(Query& row) {
    const auto type = read_enum<catalog::ProductType>(product_type_names, row);
    const auto id = row.get<subscriptions::ItemId>();
    const auto product = row.get<catalog::ProductId>();
    const auto price = row.get<catalog::PriceId>();
    subscriptions::Item item{.id = id, .type = type, .product = product, .price = price};
    item.quantity = row.get<std::int64_t>();
    item.serial = row.get<std::string>();
    item.starts_on = row.get<std::optional<Date>>();
    item.ends_on = row.get<std::optional<Date>>();
    item.running = row.get<bool>();
    item.parts_charged = row.get<std::int32_t>();
    item.waived = row.get<bool>();
    return item;
}

subscriptions::SuspendedSpan read_span(Query& row) {
    const auto from = row.get<Date>();
    const auto to = row.get<std::optional<Date>>();
    return {from, to, row.get<bool>()};
}

invoicing::Line read_line(Query& row) {
    const auto id = row.get<charging::LineId>();
    const auto sub_service = row.get<subscriptions::SubServiceId>();
    const auto item = row.get<subscriptions::ItemId>();
    const auto product = row.get<catalog::ProductId>();
    const auto price = row.get<catalog::PriceId>();
    const auto kind = read_enum<charging::ChargeKind>(kind_names, row);
    const auto billing_date = row.get<std::optional<Date>>();
    const auto start = row.get<std::optional<Date>>();
    const auto end = row.get<std::optional<Date>>();
    const auto days = row.get<std::int32_t>();
    const auto of_days = row.get<std::int32_t>();
    const auto quantity = row.get<std::int64_t>();
    const auto unit_price = row.get<Decimal>();
    const auto proration = read_enum<charging::Proration>(proration_names, row);
    const auto first = row.get<std::optional<std::int32_t>>();
    const auto last = row.get<std::optional<std::int32_t>>();
    const auto of = row.get<std::optional<std::int32_t>>();
    const auto credits = row.get<std::optional<charging::LineId>>();
    const auto discount = row.get<std::optional<catalog::DiscountId>>();
    const auto revision = row.get<std::int32_t>();
    const auto rounding = read_enum<Rounding>(rounding_names, row);
    const auto currency = read_currency(row);
    charging::Charge charge{.id = id,
                            .sub_service = sub_service,
                            .item = item,
                            .product = product,
                            .price = price,
                            .kind = discount ? charging::ChargeKind::discount : kind,
                            .billing_date = billing_date,
                            .period = start && end ? std::optional(Period{*start, *end}) : std::nullopt,
                            .days = days,
                            .of_days = of_days,
                            .quantity = quantity,
                            .unit_price = unit_price,
                            .proration = proration,
                            .rounding = rounding,
                            .parts = std::nullopt,
                            .credits = credits,
                            .discount = discount,
                            .revision = revision,
                            .amount = row.money(currency)};
    if (first && last && of) charge.parts = {*first, *last, *of};
    const auto net = row.money(currency);
    const auto tax = row.money(currency);
    return {std::move(charge), {}, net, tax, row.money(currency)};
}

taxes::LineTax read_line_tax(Query& row, Currency currency) {
    const auto id = row.get<catalog::TaxId>();
    auto code = row.get<std::string>();
    auto name = row.get<std::string>();
    const auto rate = row.get<Decimal>();
    const auto included = row.get<bool>();
    return {id, std::move(code), std::move(name), rate, included, row.money(currency)};
}

}  // namespace sluice::store
