#include "serve/scenario/read_setup.hpp"

#include <algorithm>
#include <climits>

#include "serve/commands/read_command.hpp"
#include "serve/scenario/read_discount.hpp"
#include "values/zone.hpp"

namespace sluice::serve {
namespace {

using catalog::Mode;
using catalog::ProductType;
using customers::BillingSettings;

// What is in a file's catalogue has been sold from the beginning on.
const Date from_the_beginning = *Date::parse("1900-01-01");

std::string inside(const Fields& fields, std::string_view key) {
    return fields.path() + (fields.path().empty() ? "" : ".") + std::string(key);
}

customers::PaymentSettings payment_of(Fields& fields, Currency currency) {
    const auto* node = fields.take("payment");
    if (!node) return {};
    Fields settings(*node, inside(fields, "payment"));
    auto payment = read_payment_settings(settings, currency);
    settings.done();
    return payment;
}

std::optional<int> days_of(Fields& fields, std::string_view key, int most) {
    const auto days = fields.integer(key, 0, most);
    return days ? std::optional(static_cast<int>(*days)) : std::nullopt;
}

std::optional<std::vector<int>> read_retries(Fields& fields) {
    constexpr std::string_view key = "charge_retries";
    if (!fields.has(key) || !fields.take(key)) return std::nullopt;
    std::vector<int> days;
    for (const auto& [at, element] : fields.take_list(key)) {
        const auto day = Decimal::parse(element->text);
        if (!day || day->decimals() > 0 || *day < Decimal::whole(1) || *day > Decimal::whole(60))
            throw InputError(element->line, at, "\"" + element->text + "\" is no number of days from 1 to 60");
        days.push_back(std::stoi(element->text));
        if (days.size() > 1 && days[days.size() - 2] >= days.back())
            fields.fail(key, "are days that grow, as 1, 3 and 5");
    }
    return days;
}

customers::Ladder read_ladder(const Node& node, const std::string& path) {
    Fields fields(node, path);
    customers::Ladder ladder{.code = fields.code("code")};
    if (ladder.code == "none") fields.fail("code", "\"none\" means that there is no ladder; take another name");
    for (const auto& [at, element] : fields.take_list("reminders")) {
        const auto days = Decimal::parse(element->text);
        if (!days || days->decimals() > 0 || *days < Decimal::whole(-60) || *days > Decimal::whole(365))
            throw InputError(element->line, at, "\"" + element->text + "\" is no number of days from -60 to 365");
        ladder.reminders.push_back(std::stoi(element->text));
    }
    std::sort(ladder.reminders.begin(), ladder.reminders.end());
    if (std::adjacent_find(ladder.reminders.begin(), ladder.reminders.end()) != ladder.reminders.end())
        fields.fail("reminders", "names a day twice");
    ladder.late_fee_after = days_of(fields, "late_fee_after", 365);
    if (fields.has("late_fee") && fields.take("late_fee")) ladder.late_fee = fields.code("late_fee");
    if (ladder.late_fee_after.has_value() == ladder.late_fee.empty())
        fields.fail("late_fee", "and late_fee_after go together: an add-on, and the days after which it is charged");
    ladder.suspend_after = days_of(fields, "suspend_after", 365);
    ladder.terminate_after = days_of(fields, "terminate_after", 3'650);
    if (ladder.terminate_after && ladder.terminate_after < ladder.suspend_after.value_or(INT_MAX))
        fields.fail("terminate_after",
                    "comes before suspend_after, or without it; what is terminated was suspended first");
    ladder.spares_weekends = fields.boolean("spares_weekends").value_or(false);
    fields.done();
    return ladder;
}

void read_ladders(Fields& fields, customers::Operator& op) {
    op.ladders.clear();
    for (const auto& [path, node] : fields.take_list("ladders")) {
        op.ladders.push_back(read_ladder(*node, path));
        const auto same = [&](const auto& other) { return other.code == op.ladders.back().code; };
        if (std::count_if(op.ladders.begin(), op.ladders.end(), same) > 1)
            throw InputError(node->line, path, "there is another ladder \"" + op.ladders.back().code + "\" already");
    }
    std::sort(op.ladders.begin(), op.ladders.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
}

void read_holidays(Fields& fields, customers::Operator& op) {
    op.holidays.clear();
    for (const auto& [path, node] : fields.take_list("holidays")) {
        const auto date = Date::parse(node->text);
        if (!date) throw InputError(node->line, path, "\"" + node->text + "\" is no date; write it as 2026-12-25");
        op.holidays.push_back(*date);
    }
    std::sort(op.holidays.begin(), op.holidays.end());
    op.holidays.erase(std::unique(op.holidays.begin(), op.holidays.end()), op.holidays.end());
}

// A ladder that is named, and that there is none of, would do nothing in silence.
void check_ladder(const Fields& fields, const customers::Operator& op, const customers::PaymentSettings& payment) {
    if (payment.ladder && *payment.ladder != "none" && !customers::find_ladder(op, *payment.ladder))
        fields.fail("payment", "names a ladder \"" + *payment.ladder + "\", which the operator does not have");
}

customers::Policy read_policy(const Node& node, const std::string& path, const customers::Operator& op) {
    Fields fields(node, path);
    customers::Policy policy;
    if (const auto* when = fields.take("when")) {
        Fields conditions(*when, path + ".when");
        policy.region = conditions.text_or("region", "");
        policy.pop = conditions.text_or("pop", "");
        policy.category = conditions.text_or("category", "");
        conditions.done();
    }
    policy.payment = payment_of(fields, op.currency);
    check_ladder(fields, op, policy.payment);
    policy.settings = read_billing_settings(fields);
    fields.done();
    return policy;
}

std::string number_pattern(Fields& fields, std::string_view key, std::string fallback) {
    auto pattern = fields.text_or(key, std::move(fallback));
    if (!invoicing::is_number_pattern(pattern))
        fields.fail(key,
                    "\"" + pattern + "\" must hold {year} and {number} once each, between letters, digits, - / and .");
    return pattern;
}

void read_tax_codes(Fields& fields, const std::vector<catalog::TaxRule>& taxes, catalog::Product& product) {
    for (const auto& [path, node] : fields.take_list("taxes")) {
        const bool known = node->kind == Node::Kind::text &&
                           std::any_of(taxes.begin(), taxes.end(),
                                       [&, text = node->text](const auto& rule) { return rule.code == text; });
        if (!known)
            throw InputError(node->line, path, "unknown tax \"" + node->text + "\"; it is not in catalog.taxes");
        const auto& codes = product.tax_codes;
        if (std::find(codes.begin(), codes.end(), node->text) != codes.end())
            throw InputError(node->line, path, "tax \"" + node->text + "\" is named twice");
        product.tax_codes.push_back(node->text);
    }
}

// Nothing of both: no fee.
std::optional<customers::RefundFee> read_refund_fee(Fields& fields, Currency currency) {
    customers::RefundFee fee{.percent = Decimal::whole(0), .fixed = Money::zero(currency)};
    if (fields.has("percent")) fee.percent = fields.decimal("percent");
    if (fee.percent > Decimal::whole(100)) fields.fail("percent", "is more than 100 percent");
    if (fields.has("fixed")) fee.fixed = read_money(fields, "fixed", currency);
    if (fee.fixed.is_negative()) fields.fail("fixed", "is below zero");
    fee.order = fields.word<customers::FeeOrder>("order", {"percent_and_fixed", "fixed_first"}).value_or(fee.order);
    if (fee.percent == Decimal::whole(0) && fee.fixed.is_zero()) return std::nullopt;
    return fee;
}

}  // namespace

customers::Operator read_operator(Fields& fields, IdSource& ids) {
    auto code = fields.code("code");
    const auto currency_code = fields.text("currency");
    const auto currency = Currency::from_code(currency_code);
    if (!currency)
        fields.fail("currency", "\"" + currency_code + "\" is no ISO 4217 currency; write three capitals, as EUR");
    customers::Operator op{
        .id = ids.next<customers::OperatorId>(), .code = std::move(code), .name = {}, .currency = *currency};
    op.time_zone = fields.text("time_zone");
    if (!Zone::named(op.time_zone))
        fields.fail("time_zone", "\"" + op.time_zone + "\" is no IANA time zone; write one as Europe/Warsaw");
    if (!fields.has("name")) fields.fail("name", "is missing");
    read_operator_settings(fields, op);
    for (const auto& [path, policy] : fields.take_list("policies"))
        op.policies.push_back(read_policy(*policy, path, op));
    return op;
}

void read_operator_settings(Fields& fields, customers::Operator& op) {
    if (fields.has("name")) op.name = fields.text("name");
    op.rounding = fields.word<Rounding>("rounding", {"half_up", "half_even"}).value_or(op.rounding);
    op.due_days = static_cast<std::int32_t>(fields.integer("due_days", 0, 365).value_or(op.due_days));
    op.invoice_number = number_pattern(fields, "invoice_number", op.invoice_number);
    op.credit_note_number = number_pattern(fields, "credit_note_number", op.credit_note_number);
    if (op.invoice_number == op.credit_note_number)
        fields.fail("credit_note_number", "must differ from invoice_number, or numbers would be given twice");
    if (const auto* fee = fields.take("refund_fee")) {
        Fields settings(*fee, fields.path() + (fields.path().empty() ? "" : ".") + "refund_fee");
        op.refund_fee = read_refund_fee(settings, op.currency);
        settings.done();
    }
    if (const auto* billing = fields.take("billing")) {
        Fields settings(*billing, fields.path() + (fields.path().empty() ? "" : ".") + "billing");
        op.billing = read_billing_settings(settings);
        settings.done();
    }
    if (fields.has("ladders")) read_ladders(fields, op);
    if (fields.has("holidays")) read_holidays(fields, op);
    if (fields.has("payment")) op.payment = payment_of(fields, op.currency);
    check_ladder(fields, op, op.payment);
    for (const auto& policy : op.policies) check_ladder(fields, op, policy.payment);
}

catalog::TaxRule read_tax(Fields& fields, const std::vector<catalog::TaxRule>& known, IdSource& ids) {
    catalog::TaxRule rule{.id = ids.next<catalog::TaxId>()};
    rule.code = fields.code("code");
    rule.name = fields.text_or("name", rule.code);
    rule.rate = fields.decimal("rate");
    if (rule.rate > Decimal::whole(1000)) fields.fail("rate", "is more than 1000 percent");
    rule.included = fields.boolean("included").value_or(false);
    rule.country = fields.text_or("country", "");
    rule.region = fields.text_or("region", "");
    rule.valid_from = fields.date("valid_from");
    for (const auto& other : known)
        if (other.code == rule.code && other.country == rule.country && other.region == rule.region &&
            other.valid_from == rule.valid_from)
            fields.fail("code", "there is a tax \"" + rule.code + "\" for the same country, region and date already");
    return rule;
}

NewProduct read_product(Fields& fields, ProductType type, Currency currency, const std::vector<catalog::TaxRule>& taxes,
                        IdSource& ids) {
    catalog::Product product{.id = ids.next<catalog::ProductId>(), .type = type};
    product.code = fields.code("code");
    product.name = fields.text_or("name", product.code);
    catalog::PriceVersion price{.id = ids.next<catalog::PriceId>(),
                                .product = product.id,
                                .version = 1,
                                .valid_from = from_the_beginning,
                                .price = read_price(fields, "price", currency),
                                .setup_fee = {}};
    if (type == ProductType::service) {
        product.kind = fields.text_or("kind", "");
        const auto length = fields.text("period");
        product.length = PeriodLength::parse(length);
        if (!product.length)
            fields.fail("period",
                        "\"" + length + "\" is no period; write a number and day, week, month or year, as 1 month");
        product.timing =
            fields.word<catalog::Timing>("timing", {"advance", "arrears"}).value_or(catalog::Timing::advance);
        if (fields.has("setup_fee") && fields.take("setup_fee"))
            price.setup_fee = read_price(fields, "setup_fee", currency);
    } else {
        const auto mode = fields.word<Mode>("mode", {"recurring", "once", "installments"});
        if (!mode) fields.fail("mode", "is missing; write recurring, once or installments");
        product.mode = *mode;
        const auto installments = fields.integer("installments", 1, 1200);
        if (installments.has_value() != (product.mode == Mode::installments))
            fields.fail("installments", "a number of instalments goes with mode installments, and only with it");
        product.installments = static_cast<std::int32_t>(installments.value_or(0));
    }
    product.projected = fields.boolean("projected").value_or(true);
    read_tax_codes(fields, taxes, product);
    return {std::move(product), price};
}

std::vector<int> read_lead_days(Fields& fields) {
    std::vector<int> days;
    for (const auto& [at, element] : fields.take_list("lead_days")) {
        const auto read = Decimal::parse(element->text);
        if (!read || read->decimals() > 0 || read->is_negative() || *read > Decimal::whole(60))
            throw InputError(element->line, at, "\"" + element->text + "\" is no number of days from 0 to 60");
        days.push_back(std::stoi(element->text));
    }
    std::sort(days.begin(), days.end(), std::greater<>());
    if (std::adjacent_find(days.begin(), days.end()) != days.end()) fields.fail("lead_days", "names a day twice");
    return days;
}

customers::PaymentSettings read_payment_settings(Fields& fields, Currency currency) {
    using customers::PaymentTerms;
    customers::PaymentSettings settings;
    const auto limit = [&](std::string_view key) -> std::optional<Decimal> {
        if (!fields.has(key) || !fields.take(key)) return std::nullopt;
        const auto amount = read_money(fields, key, currency);
        if (amount.is_negative()) fields.fail(key, "is below zero");
        return Decimal::parse(amount.text());
    };
    settings.terms = fields.word<PaymentTerms>("terms", {"invoice", "prepaid", "credit_limit", "unlimited_postpaid"});
    settings.credit_limit = limit("credit_limit");
    if (settings.terms == PaymentTerms::unlimited_postpaid && settings.credit_limit)
        fields.fail("credit_limit", "does not go with unlimited_postpaid, which has no limit");
    if (const auto day = fields.integer("due_day", 1, 28)) settings.due_day = static_cast<int>(*day);
    settings.block_after = days_of(fields, "block_after", 365);
    if (fields.has("ladder") && fields.take("ladder")) settings.ladder = fields.code("ladder");
    settings.promise_days = days_of(fields, "promise_days", 60);
    settings.promise_pause = days_of(fields, "promise_pause", 365);
    settings.promise_limit = limit("promise_limit");
    if (fields.has("lead_days") && fields.take("lead_days")) settings.lead_days = read_lead_days(fields);
    if (const auto days = fields.integer("order_days", 1, 365)) settings.order_days = static_cast<int>(*days);
    settings.charge_retries = read_retries(fields);
    settings.charge_cap = limit("charge_cap");
    settings.charge_month_cap = limit("charge_month_cap");
    return settings;
}

BillingSettings read_billing_settings(Fields& fields) {
    BillingSettings settings;
    settings.model = fields.word<customers::Model>("model", {"cycle", "pro_rata"});
    if (const auto day = fields.integer("cycle_day", 1, 31)) settings.cycle_day = static_cast<int>(*day);
    settings.first_charge =
        fields.word<customers::FirstCharge>("first_charge", {"partial", "partial_plus_full", "full", "threshold"});
    if (const auto day = fields.integer("threshold_day", 1, 31)) settings.threshold_day = static_cast<int>(*day);
    settings.invoicing = fields.word<customers::Invoicing>("invoicing", {"independent", "merged", "merged_per_unit"});
    if (const auto suspension = fields.one_of("suspension", {"stop", "continue"}))
        settings.suspension_stops_billing = *suspension == 0;
    settings.credit_suspension = fields.boolean("credit_suspension");
    return settings;
}

namespace {

void read_products(Fields& catalog, std::string_view key, ProductType type, app::OperatorSetup& setup, IdSource& ids) {
    for (const auto& [path, node] : catalog.take_list(key)) {
        Fields fields(*node, path);
        auto read = read_product(fields, type, setup.op.currency, setup.taxes, ids);
        fields.done();
        for (const auto& other : setup.products)
            if (other.type == type && other.code == read.product.code)
                fields.fail("code", "there is another one \"" + other.code + "\" already");
        setup.products.push_back(std::move(read.product));
        setup.prices.push_back(read.price);
    }
}

void read_catalog(Fields& catalog, app::OperatorSetup& setup, IdSource& ids) {
    for (const auto& [path, node] : catalog.take_list("taxes")) {
        Fields fields(*node, path);
        setup.taxes.push_back(read_tax(fields, setup.taxes, ids));
        fields.done();
    }
    read_products(catalog, "services", ProductType::service, setup, ids);
    read_products(catalog, "add_ons", ProductType::add_on, setup, ids);
    read_products(catalog, "cpes", ProductType::cpe, setup, ids);
    read_discounts(catalog, setup, ids);
}

}  // namespace

app::OperatorSetup read_setup(Fields& file, IdSource& ids) {
    const auto* op = file.take("operator");
    if (!op) file.fail("operator", "is missing");
    Fields operator_fields(*op, "operator");
    app::OperatorSetup setup{.op = read_operator(operator_fields, ids), .products = {}, .prices = {}, .taxes = {}};
    operator_fields.done();
    if (const auto* catalog = file.take("catalog")) {
        Fields fields(*catalog, "catalog");
        read_catalog(fields, setup, ids);
        fields.done();
    }
    return setup;
}

app::OperatorSetup read_operator_text(const std::string& yaml, IdSource& ids) {
    const Node node = parse_yaml(yaml);
    Fields file(node, "");
    auto setup = read_setup(file, ids);
    file.done();
    return setup;
}

app::OperatorSetup read_operator_file(const std::string& path, IdSource& ids) {
    return read_operator_text(read_text_file(path), ids);
}

}  // namespace sluice::serve
