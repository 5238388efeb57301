#include "serve/scenario/read_setup.hpp"

#include <algorithm>

#include "values/zone.hpp"

namespace sluice::serve {
namespace {

using catalog::Mode;
using catalog::ProductType;
using customers::BillingSettings;

// What is in a file's catalogue has been sold from the beginning on.
const Date from_the_beginning = *Date::parse("1900-01-01");

customers::Policy read_policy(const Node& node, const std::string& path) {
    Fields fields(node, path);
    customers::Policy policy;
    if (const auto* when = fields.take("when")) {
        Fields conditions(*when, path + ".when");
        policy.region = conditions.text_or("region", "");
        policy.pop = conditions.text_or("pop", "");
        policy.category = conditions.text_or("category", "");
        conditions.done();
    }
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

customers::Operator read_operator(const Node& node, IdSource& ids) {
    Fields fields(node, "operator");
    auto code = fields.code("code");
    auto name = fields.text("name");
    const auto currency_code = fields.text("currency");
    const auto currency = Currency::from_code(currency_code);
    if (!currency)
        fields.fail("currency", "\"" + currency_code + "\" is no ISO 4217 currency; write three capitals, as EUR");
    customers::Operator op{.id = ids.next<customers::OperatorId>(),
                           .code = std::move(code),
                           .name = std::move(name),
                           .currency = *currency};
    op.time_zone = fields.text("time_zone");
    if (!Zone::named(op.time_zone))
        fields.fail("time_zone", "\"" + op.time_zone + "\" is no IANA time zone; write one as Europe/Warsaw");
    op.rounding = fields.word<Rounding>("rounding", {"half_up", "half_even"}).value_or(Rounding::half_up);
    op.due_days = static_cast<std::int32_t>(fields.integer("due_days", 0, 365).value_or(14));
    op.invoice_number = number_pattern(fields, "invoice_number", op.invoice_number);
    op.credit_note_number = number_pattern(fields, "credit_note_number", op.credit_note_number);
    if (op.invoice_number == op.credit_note_number)
        fields.fail("credit_note_number", "must differ from invoice_number, or numbers would be given twice");
    if (const auto* billing = fields.take("billing")) {
        Fields settings(*billing, "operator.billing");
        op.billing = read_billing_settings(settings);
        settings.done();
    }
    for (const auto& [path, policy] : fields.take_list("policies")) op.policies.push_back(read_policy(*policy, path));
    fields.done();
    return op;
}

class CatalogReader {
public:
    CatalogReader(app::OperatorSetup& setup, IdSource& ids) : setup_(setup), ids_(ids) {}

    void read(Fields& fields) {
        for (const auto& [path, node] : fields.take_list("taxes")) read_tax(Fields(*node, path));
        for (const auto& [path, node] : fields.take_list("services"))
            read_product(Fields(*node, path), ProductType::service);
        for (const auto& [path, node] : fields.take_list("add_ons"))
            read_product(Fields(*node, path), ProductType::add_on);
        for (const auto& [path, node] : fields.take_list("cpes")) read_product(Fields(*node, path), ProductType::cpe);
    }

private:
    void read_tax(Fields fields) {
        catalog::TaxRule rule{.id = ids_.next<catalog::TaxId>()};
        rule.code = fields.code("code");
        rule.name = fields.text_or("name", rule.code);
        rule.rate = fields.decimal("rate");
        if (rule.rate > Decimal::whole(1000)) fields.fail("rate", "is more than 1000 percent");
        rule.included = fields.boolean("included").value_or(false);
        rule.country = fields.text_or("country", "");
        rule.region = fields.text_or("region", "");
        rule.valid_from = fields.date("valid_from");
        fields.done();
        for (const auto& other : setup_.taxes)
            if (other.code == rule.code && other.country == rule.country && other.region == rule.region &&
                other.valid_from == rule.valid_from)
                fields.fail("code",
                            "there is a tax \"" + rule.code + "\" for the same country, region and date already");
        setup_.taxes.push_back(std::move(rule));
    }

    void read_product(Fields fields, ProductType type) {
        catalog::Product product{.id = ids_.next<catalog::ProductId>(), .type = type};
        product.code = fields.code("code");
        product.name = fields.text_or("name", product.code);
        for (const auto& other : setup_.products)
            if (other.type == type && other.code == product.code)
                fields.fail("code", "there is another one \"" + product.code + "\" already");
        catalog::PriceVersion price{.id = ids_.next<catalog::PriceId>(),
                                    .product = product.id,
                                    .version = 1,
                                    .valid_from = from_the_beginning,
                                    .price = fields.decimal("price"),
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
            price.setup_fee = fields.optional_decimal("setup_fee").value_or(Decimal{});
        } else {
            const auto mode = fields.word<Mode>("mode", {"recurring", "once", "installments"});
            if (!mode) fields.fail("mode", "is missing; write recurring, once or installments");
            product.mode = *mode;
            const auto installments = fields.integer("installments", 1, 1200);
            if (installments.has_value() != (product.mode == Mode::installments))
                fields.fail("installments", "a number of instalments goes with mode installments, and only with it");
            product.installments = static_cast<std::int32_t>(installments.value_or(0));
        }
        read_tax_codes(fields, product);
        fields.done();
        setup_.products.push_back(std::move(product));
        setup_.prices.push_back(price);
    }

    void read_tax_codes(Fields& fields, catalog::Product& product) {
        for (const auto& [path, node] : fields.take_list("taxes")) {
            const bool known = node->kind == Node::Kind::text &&
                               std::any_of(setup_.taxes.begin(), setup_.taxes.end(),
                                           [&, text = node->text](const auto& rule) { return rule.code == text; });
            if (!known)
                throw InputError(node->line, path, "unknown tax \"" + node->text + "\"; it is not in catalog.taxes");
            const auto& codes = product.tax_codes;
            if (std::find(codes.begin(), codes.end(), node->text) != codes.end())
                throw InputError(node->line, path, "tax \"" + node->text + "\" is named twice");
            product.tax_codes.push_back(node->text);
        }
    }

    app::OperatorSetup& setup_;
    IdSource& ids_;
};

}  // namespace

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

app::OperatorSetup read_setup(Fields& file, IdSource& ids) {
    const auto* op = file.take("operator");
    if (!op) file.fail("operator", "is missing");
    app::OperatorSetup setup{.op = read_operator(*op, ids), .products = {}, .prices = {}, .taxes = {}};
    if (const auto* catalog = file.take("catalog")) {
        Fields fields(*catalog, "catalog");
        CatalogReader(setup, ids).read(fields);
        fields.done();
    }
    return setup;
}

app::OperatorSetup read_operator_file(const std::string& path, IdSource& ids) {
    const Node node = parse_yaml(read_text_file(path));
    Fields file(node, "");
    auto setup = read_setup(file, ids);
    file.done();
    return setup;
}

}  // namespace sluice::serve
