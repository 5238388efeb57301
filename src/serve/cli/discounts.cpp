// Discounts and promo codes, from the command line.
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string discounts = "/api/v1/discounts";
const std::string promo_codes = "/api/v1/promo-codes";
const std::string grants = "/api/v1/discount-grants";

json::object amount_json(const std::string& amount, const OperatorFacts& op) {
    return {{"amount", amount}, {"currency", op.currency.code()}};
}

void put(json::object& body, std::string_view key, const std::string& text) {
    if (!text.empty()) body[key] = text;
}

void put_date(json::object& body, std::string_view key, const std::string& option, const std::string& text) {
    if (!text.empty()) body[key] = date_option(option, text).text();
}

std::string takes(const json::object& discount) {
    const auto percent = text_in(discount, "percent");
    return percent.empty() ? amount_in(discount, "fixed") + " " + currency_in(discount, "fixed") : percent + " %";
}

std::string span_text(const json::object& of) {
    const auto from = text_in(of, "starts_on");
    const auto to = text_in(of, "ends_on");
    if (from.empty() && to.empty()) return {};
    return (from.empty() ? "" : "from " + from) + (from.empty() || to.empty() ? "" : " ") +
           (to.empty() ? "" : "before " + to);
}

std::string joined(const json::object& all) {
    std::string text;
    for (const auto& member : all)
        text += (text.empty() ? "" : ", ") + std::string(member.key()) + " " + text_in(all, member.key());
    return text;
}

std::string limit_text(const json::object& code, std::string_view key) {
    const auto* limit = code.if_contains(key);
    return limit && limit->is_int64() ? std::to_string(limit->as_int64()) : "any";
}

std::string discount_text(const json::object& discount) {
    return text_in(discount, "code") + ": " + takes(discount) + ", " + text_in(discount, "charges") + " charges, " +
           text_in(discount, "combines") + (is_set(discount, "automatic") ? ", automatic" : ", granted") +
           (span_text(discount).empty() ? "" : ", " + span_text(discount));
}

std::string code_text(const json::object& code) {
    return text_in(code, "code") + ": " + text_in(code, "discount") + ", redeemed " +
           std::to_string(number_in(code, "uses")) + " of " + limit_text(code, "max_uses") + " times" +
           (span_text(code).empty() ? "" : ", " + span_text(code));
}

std::string grant_text(const json::object& grant) {
    const auto sub_service = text_in(grant, "sub_service");
    const auto revoked = text_in(grant, "revoked_on");
    return text_in(grant, "id") + ": " + text_in(grant, "discount") + " for " + text_in(grant, "subscriber") +
           (sub_service.empty() ? "" : "/" + sub_service) + " from " + text_in(grant, "granted_on") +
           (revoked.empty() ? "" : " before " + revoked);
}

int show(Session& session, const DiscountOptions& options, const json::value& answer,
         std::string (*text)(const json::object&)) {
    if (options.json)
        session.parts.out << pretty(answer);
    else
        session.parts.out << text(as_object(answer)) << '\n';
    return exit_done;
}

int list(Session& session, const DiscountOptions& options, const std::string& path, Table table,
         const std::function<void(Table&, const json::object&)>& row, const std::string& none) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::array items;
    const auto next = client->each(
        path, op.code,
        [&](const json::object& item) {
            row(table, item);
            items.push_back(item);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? none + "\n" : table.text());
    return exit_done;
}

// "S000009" or "S000009/net".
json::object whose(const std::string& text) {
    const auto slash = text.find('/');
    json::object body{{"subscriber", text.substr(0, slash)}};
    if (slash != std::string::npos) body["sub_service"] = text.substr(slash + 1);
    return body;
}

}  // namespace

int list_discounts(Session& session, const DiscountOptions& options) {
    return list(
        session, options, discounts,
        Table({{"discount"}, {"name"}, {"takes", Table::Align::right}, {"of"}, {"charges"}, {"for"}, {"when"}, {""}}),
        [](Table& table, const json::object& discount) {
            table.row({text_in(discount, "code"), text_in(discount, "name"), takes(discount),
                       joined(discount.at("applies_to").as_object()), text_in(discount, "charges"),
                       joined(discount.at("when").as_object()), span_text(discount),
                       text_in(discount, "combines") + (is_set(discount, "automatic") ? ", automatic" : "")});
        },
        "No discounts.");
}

int create_discount(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"code", options.code},
                      {"charges", options.charges},
                      {"combines", options.stacks ? "stacks" : "best_of"},
                      {"automatic", options.automatic},
                      {"priority", options.priority}};
    put(body, "name", options.name);
    put(body, "percent", options.percent);
    if (!options.fixed.empty()) body["fixed"] = amount_json(options.fixed, op);
    json::object scope;
    put(scope, "type", options.type);
    put(scope, "product", options.product);
    put(scope, "kind", options.kind);
    body["applies_to"] = std::move(scope);
    json::object whom;
    put(whom, "region", options.region);
    put(whom, "pop", options.pop);
    put(whom, "category", options.category);
    body["when"] = std::move(whom);
    put_date(body, "starts_on", "--from", options.from);
    put_date(body, "ends_on", "--to", options.to);
    if (options.periods > 0) body["periods"] = options.periods;
    return show(session, options, client->post(discounts, op.code, body), discount_text);
}

int show_discount(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show(session, options, client->get(discounts + "/" + api::segment(options.code), op.code), discount_text);
}

int end_discount(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    put_date(body, "ends_on", "DATE", options.to);
    return show(session, options, client->post(discounts + "/" + api::segment(options.code) + "/end", op.code, body),
                discount_text);
}

int remove_discount(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    client->remove(discounts + "/" + api::segment(options.code), op.code);
    session.parts.out << "Discount " << options.code << " is removed.\n";
    return exit_done;
}

int grant_discount(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = whose(options.whose);
    body["discount"] = options.code;
    put(body, "reason", options.reason);
    put_date(body, "date", "--date", options.date);
    return show(session, options, client->post(grants, op.code, body), grant_text);
}

int revoke_discount(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    put_date(body, "date", "--date", options.date);
    return show(session, options, client->post(grants + "/" + api::segment(options.code) + "/revoke", op.code, body),
                grant_text);
}

int list_discount_grants(Session& session, const DiscountOptions& options) {
    std::string filter;
    if (!options.whose.empty()) filter = "?subscriber=" + api::segment(options.whose);
    if (!options.code.empty()) filter += (filter.empty() ? "?discount=" : "&discount=") + api::segment(options.code);
    return list(
        session, options, grants + filter,
        Table({{"grant"}, {"subscriber"}, {"sub-service"}, {"discount"}, {"from"}, {"before"}, {"reason"}}),
        [](Table& table, const json::object& grant) {
            table.row({text_in(grant, "id"), text_in(grant, "subscriber"), text_in(grant, "sub_service"),
                       text_in(grant, "discount"), text_in(grant, "granted_on"), text_in(grant, "revoked_on"),
                       text_in(grant, "reason")});
        },
        "Nothing was granted.");
}

int list_promo_codes(Session& session, const DiscountOptions& options) {
    using Align = Table::Align;
    return list(
        session, options, promo_codes,
        Table({{"code"},
               {"discount"},
               {"redeemed", Align::right},
               {"at most", Align::right},
               {"by one", Align::right},
               {"when"}}),
        [](Table& table, const json::object& code) {
            table.row({text_in(code, "code"), text_in(code, "discount"), std::to_string(number_in(code, "uses")),
                       limit_text(code, "max_uses"), limit_text(code, "max_uses_per_subscriber"), span_text(code)});
        },
        "No promo codes.");
}

int create_promo_code(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"code", options.code}, {"discount", options.product}};
    if (options.max_uses > 0) body["max_uses"] = options.max_uses;
    if (options.max_uses_per_subscriber > 0) body["max_uses_per_subscriber"] = options.max_uses_per_subscriber;
    put_date(body, "starts_on", "--from", options.from);
    put_date(body, "ends_on", "--to", options.to);
    return show(session, options, client->post(promo_codes, op.code, body), code_text);
}

int show_promo_code(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show(session, options, client->get(promo_codes + "/" + api::segment(options.code), op.code), code_text);
}

int end_promo_code(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    put_date(body, "ends_on", "DATE", options.to);
    return show(session, options, client->post(promo_codes + "/" + api::segment(options.code) + "/end", op.code, body),
                code_text);
}

int redeem_promo_code(Session& session, const DiscountOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = whose(options.whose);
    put_date(body, "date", "--date", options.date);
    return show(session, options,
                client->post(promo_codes + "/" + api::segment(options.code) + "/redeem", op.code, body), grant_text);
}

}  // namespace sluice::serve
