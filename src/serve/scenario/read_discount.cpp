#include "serve/scenario/read_discount.hpp"

#include <algorithm>

#include "serve/commands/read_command.hpp"

namespace sluice::serve {
namespace {

using catalog::Discount;

std::string inside(const Fields& fields, std::string_view key) {
    return fields.path() + (fields.path().empty() ? "" : ".") + std::string(key);
}

void read_scope(Fields& fields, Discount& discount) {
    const auto* node = fields.take("applies_to");
    if (!node) return;
    Fields scope(*node, inside(fields, "applies_to"));
    discount.type = scope.word<catalog::ProductType>("type", {"service", "add_on", "cpe"});
    if (scope.has("product") && scope.take("product")) discount.product = scope.code("product");
    discount.kind = scope.text_or("kind", "");
    if (!discount.product.empty() && !discount.type)
        scope.fail("type", "is missing: a product is named together with its type, service, add_on or cpe");
    if (!discount.kind.empty() && discount.type && *discount.type != catalog::ProductType::service)
        scope.fail("kind", "is of services; leave it out, or write type: service");
    scope.done();
}

void read_whom(Fields& fields, Discount& discount) {
    const auto* node = fields.take("when");
    if (!node) return;
    Fields whom(*node, inside(fields, "when"));
    discount.region = whom.text_or("region", "");
    discount.pop = whom.text_or("pop", "");
    discount.category = whom.text_or("category", "");
    whom.done();
}

}  // namespace

Discount read_discount(Fields& fields, Currency currency) {
    Discount discount{.id = catalog::DiscountId{0}};
    discount.code = fields.code("code");
    discount.name = fields.text_or("name", discount.code);
    if (fields.has("percent")) discount.percent = fields.optional_decimal("percent");
    if (fields.has("fixed") && fields.take("fixed")) discount.fixed = read_price(fields, "fixed", currency);
    if (discount.percent.has_value() == discount.fixed.has_value())
        fields.fail("percent", "or fixed: a discount is one of the two");
    if (discount.percent && (discount.percent->is_zero() || *discount.percent > Decimal::whole(100)))
        fields.fail("percent", "is " + discount.percent->text() + "; it must be above 0, and at most 100");
    if (discount.fixed && discount.fixed->is_zero()) fields.fail("fixed", "is 0; it must be above zero");
    read_scope(fields, discount);
    discount.charges =
        fields.word<catalog::DiscountedCharges>("charges", {"recurring", "one_time", "all"}).value_or(discount.charges);
    read_whom(fields, discount);
    discount.starts_on = fields.date("starts_on");
    discount.ends_on = fields.date("ends_on");
    discount.periods = static_cast<std::int32_t>(fields.integer("periods", 1, 1'200).value_or(0));
    discount.priority = static_cast<std::int32_t>(fields.integer("priority", 0, 1'000).value_or(0));
    discount.combines = fields.word<catalog::Combines>("combines", {"best_of", "stacks"}).value_or(discount.combines);
    discount.automatic = fields.boolean("automatic").value_or(false);
    return discount;
}

app::Discounts::NewCode read_promo_code(Fields& fields) {
    app::Discounts::NewCode code;
    code.code = fields.code("code");
    code.discount = fields.code("discount");
    code.max_uses = fields.integer("max_uses", 1, 1'000'000'000).value_or(0);
    code.max_uses_per_subscriber = fields.integer("max_uses_per_subscriber", 1, 1'000'000).value_or(0);
    code.starts_on = fields.date("starts_on");
    code.ends_on = fields.date("ends_on");
    return code;
}

void read_discounts(Fields& catalog, app::OperatorSetup& setup, IdSource& ids) {
    for (const auto& [path, node] : catalog.take_list("discounts")) {
        Fields fields(*node, path);
        auto discount = read_discount(fields, setup.op.currency);
        fields.done();
        discount.id = ids.next<catalog::DiscountId>();
        for (const auto& other : setup.discounts)
            if (other.code == discount.code) fields.fail("code", "there is another one \"" + other.code + "\" already");
        const auto is_it = [&](const auto& product) {
            return discount.type == product.type && discount.product == product.code;
        };
        if (!discount.product.empty() && std::none_of(setup.products.begin(), setup.products.end(), is_it))
            fields.fail("applies_to", "names a product \"" + discount.product + "\", which is not in the catalogue");
        setup.discounts.push_back(std::move(discount));
    }
    for (const auto& [path, node] : catalog.take_list("promo_codes")) {
        Fields fields(*node, path);
        const auto code = read_promo_code(fields);
        fields.done();
        const auto discount = std::find_if(setup.discounts.begin(), setup.discounts.end(),
                                           [&](const auto& known) { return known.code == code.discount; });
        if (discount == setup.discounts.end() || discount->automatic)
            fields.fail("discount", "\"" + code.discount + "\" is no discount of the catalogue that is granted");
        for (const auto& other : setup.promo_codes)
            if (other.code == code.code) fields.fail("code", "there is another one \"" + other.code + "\" already");
        setup.promo_codes.push_back({.id = ids.next<subscriptions::PromoCodeId>(),
                                     .code = code.code,
                                     .discount = discount->id,
                                     .max_uses = code.max_uses,
                                     .max_uses_per_subscriber = code.max_uses_per_subscriber,
                                     .starts_on = code.starts_on,
                                     .ends_on = code.ends_on});
    }
}

}  // namespace sluice::serve
