// What is sold: taxes, services, add-ons, CPEs and their price versions.
#include <map>

#include "app/ports/price_use_store.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"
#include "serve/scenario/read_setup.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using catalog::Product;
using catalog::ProductType;

// One kind of product: its words in operations, paths and parameters.
struct Kind {
    ProductType type;
    std::string singular;  // "add_on"
    std::string plural;    // "add_ons"
    std::string path;      // "/api/v1/add-ons"
};

http::Response list_taxes(Desk& desk) {
    const auto page = page_of(desk, desk.catalog().taxes());
    return ok(page_json(desk, page, [](const catalog::TaxRule& rule) { return json_of(rule); }));
}

http::Response create_tax(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    for (const auto& other : desk.catalog().taxes()) {
        const auto code = fields.code("code");
        const bool same = other.code == code && other.country == fields.text_or("country", "") &&
                          other.region == fields.text_or("region", "") && other.valid_from == fields.date("valid_from");
        if (same)
            throw Problem(409, "code_taken",
                          "there is a tax \"" + code + "\" for the same country, region and date already");
    }
    const auto rule = read_tax(fields, {}, desk.ids());
    fields.done();
    desk.store().add(desk.op_id(), rule);
    desk.add_event(app::EventType::tax_created, std::nullopt, rule.id.value());
    return ok(json_of(rule), 201);
}

json::object product_json(Desk& desk, const Product& product) {
    return json_of(desk.catalog(), product, desk.op().currency, desk.today());
}

http::Response list_products(Desk& desk, const Kind& kind) {
    std::vector<const Product*> products;
    for (const auto& product : desk.catalog().products())
        if (product.type == kind.type) products.push_back(&product);
    const auto page = page_of(desk, std::move(products));
    return ok(page_json(desk, page, [&](const Product* product) { return product_json(desk, *product); }));
}

http::Response create_product(Desk& desk, const Kind& kind) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto [product, price] =
        read_product(fields, kind.type, desk.op().currency, desk.catalog().taxes(), desk.ids());
    fields.done();
    if (desk.catalog().find(kind.type, product.code))
        throw Problem(409, "code_taken", "there is one \"" + product.code + "\" already");
    desk.store().add(desk.op_id(), product);
    desk.store().add(desk.op_id(), price);
    desk.add_event(app::EventType::product_created, std::nullopt, product.id.value());
    catalog::Catalog catalog;
    catalog.add(product);
    catalog.add(price);
    return created(json_of(catalog, product, desk.op().currency, desk.today()),
                   kind.path + "/" + segment(product.code));
}

http::Response get_product(Desk& desk, const Kind& kind) {
    return ok(product_json(desk, desk.product(kind.type, kind.singular)));
}

http::Response list_prices(Desk& desk, const Kind& kind) {
    const auto& product = desk.product(kind.type, kind.singular);
    std::vector<catalog::PriceVersion> versions;
    for (const auto& version : desk.catalog().prices())
        if (version.product == product.id) versions.push_back(version);
    std::map<catalog::PriceId, app::PriceUse> uses;
    for (const auto& use : desk.store().price_uses().price_uses(desk.op_id(), product.id)) uses.emplace(use.price, use);
    const auto page = page_of(desk, std::move(versions));
    return ok(page_json(desk, page, [&](const catalog::PriceVersion& version) {
        auto object = json_of(version, desk.op().currency);
        const auto use = uses.find(version.id);
        object["sub_services"] = use == uses.end() ? 0 : use->second.sub_services;
        object["items"] = use == uses.end() ? 0 : use->second.items;
        return object;
    }));
}

http::Response change_price(Desk& desk, const Kind& kind) {
    const auto& product = desk.product(kind.type, kind.singular);
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto price = read_price(fields, "price", desk.op().currency);
    const auto valid_from = fields.date("valid_from").value_or(desk.today());
    fields.done();
    app::Commands commands(desk.store(), *desk.engine().parts().hasher, desk.ids(), desk.op(), desk.catalog());
    const auto done = commands.change_price(valid_from, kind.type, product.code, price);
    if (!done) throw refused(done.refusal());
    return ok(json_of(*commands.catalog().latest_price(product.id), desk.op().currency), 201);
}

void add_products(Handlers& handlers, const Kind& kind) {
    const auto add = [&](const std::string& id, Runs runs, http::Response (*answer)(Desk&, const Kind&)) {
        handlers[id] = {runs, [kind, answer](Desk& desk) { return answer(desk, kind); }};
    };
    add("list_" + kind.plural, Runs::in_pool, list_products);
    add("create_" + kind.singular, Runs::in_writer, create_product);
    add("get_" + kind.singular, Runs::in_pool, get_product);
    add("list_" + kind.singular + "_prices", Runs::in_pool, list_prices);
    add("change_" + kind.singular + "_price", Runs::in_writer, change_price);
}

}  // namespace

void add_catalog(Handlers& handlers) {
    handlers["list_taxes"] = {Runs::in_pool, list_taxes};
    handlers["create_tax"] = {Runs::in_writer, create_tax};
    add_products(handlers, {ProductType::service, "service", "services", "/api/v1/services"});
    add_products(handlers, {ProductType::add_on, "add_on", "add_ons", "/api/v1/add-ons"});
    add_products(handlers, {ProductType::cpe, "cpe", "cpes", "/api/v1/cpes"});
}

}  // namespace sluice::serve::api
