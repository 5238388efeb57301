// Discounts, promo codes, and what was granted.
#include "app/discounts.hpp"

#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/json/node_of.hpp"
#include "serve/scenario/read_discount.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(json::string(text));
}

json::value number_or_null(std::int64_t number) { return number == 0 ? json::value(nullptr) : json::value(number); }

json::object json_of(const catalog::Discount& discount, Currency currency) {
    json::object scope;
    if (discount.type) scope["type"] = catalog::name_of(*discount.type);
    if (!discount.product.empty()) scope["product"] = discount.product;
    if (!discount.kind.empty()) scope["kind"] = discount.kind;
    json::object whom;
    if (!discount.region.empty()) whom["region"] = discount.region;
    if (!discount.pop.empty()) whom["pop"] = discount.pop;
    if (!discount.category.empty()) whom["category"] = discount.category;
    return {{"id", discount.id.text()},
            {"code", discount.code},
            {"name", discount.name},
            {"percent", discount.percent ? json::value(json::string(discount.percent->text())) : json::value(nullptr)},
            {"fixed", discount.fixed ? json::value(price_json(*discount.fixed, currency)) : json::value(nullptr)},
            {"applies_to", std::move(scope)},
            {"charges", catalog::name_of(discount.charges)},
            {"when", std::move(whom)},
            {"starts_on", api::json_of(discount.starts_on)},
            {"ends_on", api::json_of(discount.ends_on)},
            {"periods", number_or_null(discount.periods)},
            {"priority", discount.priority},
            {"combines", catalog::name_of(discount.combines)},
            {"automatic", discount.automatic}};
}

json::object json_of(Desk& desk, const app::PromoCode& code) {
    const auto* discount = desk.catalog().find_discount(code.discount);
    check(discount != nullptr, "the discount of a promo code is in the catalogue");
    return {{"id", code.id.text()},
            {"code", code.code},
            {"discount", discount->code},
            {"max_uses", number_or_null(code.max_uses)},
            {"max_uses_per_subscriber", number_or_null(code.max_uses_per_subscriber)},
            {"starts_on", api::json_of(code.starts_on)},
            {"ends_on", api::json_of(code.ends_on)},
            {"uses", code.uses}};
}

json::object json_of(const app::DiscountGrantRow& row) {
    const auto& grant = row.grant;
    return {{"id", grant.id.text()},
            {"subscriber", row.subscriber_code},
            {"sub_service", text_or_null(row.sub_service_code)},
            {"discount", row.discount_code},
            {"granted_on", grant.granted_on.text()},
            {"revoked_on", api::json_of(grant.revoked_on)},
            {"reason", grant.reason},
            {"promo_code", text_or_null(row.promo_code)}};
}

const catalog::Discount& discount_in_path(Desk& desk) {
    const auto* discount = desk.catalog().find_discount(desk.path("discount"));
    if (!discount) throw not_found("unknown_discount", "there is no discount \"" + desk.path("discount") + "\"");
    return *discount;
}

app::PromoCode code_in_path(Desk& desk) {
    auto code = desk.store().find_promo_code(desk.op_id(), desk.path("promo_code"));
    if (!code) throw not_found("unknown_promo_code", "there is no promo code \"" + desk.path("promo_code") + "\"");
    return std::move(*code);
}

app::DiscountGrantRow grant_in_path(Desk& desk) {
    const auto id = subscriptions::DiscountGrantId::parse(desk.path("discount_grant"));
    auto row = id ? desk.store().find_grant(desk.op_id(), *id) : std::nullopt;
    if (!row) throw not_found("unknown_discount_grant", "there is no grant \"" + desk.path("discount_grant") + "\"");
    return std::move(*row);
}

// A command's result, or its refusal.
template <typename T>
T granted(const Result<T, app::Refusal>& result) {
    if (!result) throw refused(result.refusal());
    return result.value();
}

http::Response list_discounts(Desk& desk) {
    const auto page = page_of(desk, desk.catalog().discounts());
    const auto currency = desk.op().currency;
    return ok(page_json(desk, page, [&](const catalog::Discount& discount) { return json_of(discount, currency); }));
}

http::Response create_discount(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto currency = desk.op().currency;
    auto discount = read_discount(fields, currency);
    fields.done();
    discount.id = granted(desk.commands().discounts().create(discount));
    desk.catalog_changed();
    return created(json_of(discount, currency), "/api/v1/discounts/" + segment(discount.code));
}

http::Response get_discount(Desk& desk) { return ok(json_of(discount_in_path(desk), desk.op().currency)); }

http::Response remove_discount(Desk& desk) {
    const auto code = discount_in_path(desk).code;
    granted(desk.commands().discounts().remove(code));
    desk.catalog_changed();
    return {.status = 204};
}

Date ends_on(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto date = fields.date("ends_on");
    if (!date) fields.fail("ends_on", "is missing; write the first day without it, as 2026-07-01");
    fields.done();
    return *date;
}

http::Response end_discount(Desk& desk) {
    auto discount = discount_in_path(desk);
    const auto currency = desk.op().currency;
    discount.ends_on = ends_on(desk);
    granted(desk.commands().discounts().end(discount.code, *discount.ends_on));
    desk.catalog_changed();
    return ok(json_of(discount, currency));
}

http::Response list_promo_codes(Desk& desk) {
    const auto page = page_of(desk, desk.store().promo_codes(desk.op_id()));
    return ok(page_json(desk, page, [&](const app::PromoCode& code) { return json_of(desk, code); }));
}

http::Response create_promo_code(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto request = read_promo_code(fields);
    fields.done();
    const auto code = granted(desk.commands().discounts().create_code(request));
    return created(json_of(desk, code), "/api/v1/promo-codes/" + segment(code.code));
}

http::Response get_promo_code(Desk& desk) { return ok(json_of(desk, code_in_path(desk))); }

http::Response end_promo_code(Desk& desk) {
    const auto code = code_in_path(desk);
    return ok(json_of(desk, granted(desk.commands().discounts().end_code(code.code, ends_on(desk)))));
}

app::Discounts::Whose whose(Fields& fields) {
    app::Discounts::Whose whose{.subscriber = fields.code("subscriber")};
    if (fields.has("sub_service")) whose.sub_service = fields.code("sub_service");
    return whose;
}

http::Response made(Desk& desk, subscriptions::DiscountGrantId id) {
    const auto row = desk.store().find_grant(desk.op_id(), id);
    check(row.has_value(), "a grant that was made is there");
    return created(json_of(*row), "/api/v1/discount-grants/" + id.text());
}

http::Response redeem_promo_code(Desk& desk) {
    const auto code = code_in_path(desk).code;
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    return made(desk, granted(desk.commands().discounts().redeem(date, whose(fields), code)));
}

http::Response grant_discount(Desk& desk) {
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto to = whose(fields);
    const auto discount = fields.code("discount");
    return made(desk, granted(desk.commands().discounts().grant(date, to, discount, fields.text_or("reason", ""))));
}

http::Response list_discount_grants(Desk& desk) {
    const auto paging = paging_of(desk);
    app::DiscountGrantQuery query{.subscriber = desk.subscriber_in_query(), .limit = paging.limit + 1};
    if (const auto code = desk.query("discount")) {
        const auto* discount = desk.catalog().find_discount(*code);
        if (!discount) throw invalid_request({{"query", "discount", "names no discount: \"" + *code + "\""}});
        query.discount = discount->id;
    }
    if (paging.after) query.before = subscriptions::DiscountGrantId{paging.after->id};
    app::Page<app::DiscountGrantRow> page{.rows = desk.store().grants(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().grant.id.value()};
    }
    return ok(page_json(desk, page, [](const app::DiscountGrantRow& row) { return json_of(row); }));
}

http::Response get_discount_grant(Desk& desk) { return ok(json_of(grant_in_path(desk))); }

http::Response revoke_discount(Desk& desk) {
    static const json::object nothing;
    const auto id = grant_in_path(desk).grant.id;
    const auto* body = desk.call().body.if_object();
    granted(desk.commands().discounts().revoke(desk.command_date(body ? *body : nothing), id));
    return ok(json_of(grant_in_path(desk)));
}

}  // namespace

void add_discounts(Handlers& handlers) {
    handlers["list_discounts"] = {Runs::in_pool, list_discounts};
    handlers["create_discount"] = {Runs::in_writer, create_discount};
    handlers["get_discount"] = {Runs::at_once, get_discount};
    handlers["remove_discount"] = {Runs::in_writer, remove_discount};
    handlers["end_discount"] = {Runs::in_writer, end_discount};
    handlers["list_promo_codes"] = {Runs::in_pool, list_promo_codes};
    handlers["create_promo_code"] = {Runs::in_writer, create_promo_code};
    handlers["get_promo_code"] = {Runs::at_once, get_promo_code};
    handlers["end_promo_code"] = {Runs::in_writer, end_promo_code};
    handlers["redeem_promo_code"] = {Runs::in_writer, redeem_promo_code};
    handlers["list_discount_grants"] = {Runs::in_pool, list_discount_grants};
    handlers["grant_discount"] = {Runs::in_writer, grant_discount};
    handlers["get_discount_grant"] = {Runs::at_once, get_discount_grant};
    handlers["revoke_discount"] = {Runs::in_writer, revoke_discount};
}

}  // namespace sluice::serve::api
