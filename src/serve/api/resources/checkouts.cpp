// Being paid through gateways: checkouts, saved methods, and what gateways tell.
#include "app/gateway_settings.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/gateways_json.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/engine/checkout_tools.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

CheckoutsAtWork checkouts_at_work(Errand& errand) {
    return {errand.engine(), *errand.call().op, {errand.call().now, errand.call().principal->actor()}};
}

std::string text_or(const json::object& body, std::string_view name, const char* otherwise) {
    const auto* text = body.if_contains(name);
    return text ? std::string(text->as_string()) : otherwise;
}

// A document, an amount, or neither; never both.
app::PayWish pay_wish(Errand& errand) {
    const auto& body = errand.call().body.as_object();
    app::PayWish wish{.subscriber = errand.path("subscriber")};
    if (const auto* document = body.if_contains("document")) wish.document = std::string(document->as_string());
    if (body.contains("amount")) {
        if (wish.document)
            throw invalid_request({{"body", "amount", "goes without document, whose open amount is paid"}});
        const auto node = node_of(errand.call().body);
        Fields fields(node, "");
        wish.amount = read_money(fields, "amount", errand.read([](Desk& desk) { return desk.op().currency; }));
    }
    if (!errand.call().idempotency_key.empty()) wish.request_key = errand.call().idempotency_key;
    return wish;
}

// The path names the subscriber, and what is charged.
http::Response answer(const Result<app::CheckoutRow, app::Refusal>& result) {
    if (!result) {
        const auto code = result.refusal().code;
        if (code == app::RefusalCode::unknown_subscriber || code == app::RefusalCode::unknown_saved_method ||
            code == app::RefusalCode::unknown_checkout)
            throw not_found(std::string(app::name_of(result.refusal())), result.refusal().message);
        throw refused(result.refusal());
    }
    return created(json_of(*result), "/api/v1/checkouts/" + result->checkout.id.text());
}

http::Response begin_checkout(Errand& errand) {
    const auto& body = errand.call().body.as_object();
    app::BeginCheckout wish{.what = pay_wish(errand),
                            .method = std::string(body.at("payment_method").as_string()),
                            .save_method = body.contains("save_method") && body.at("save_method").as_bool(),
                            .return_url = std::string(body.at("return_url").as_string()),
                            .cancel_url = text_or(body, "cancel_url", "")};
    if (wish.cancel_url.empty()) wish.cancel_url = wish.return_url;
    if (!wish.what.document && !wish.what.amount && !wish.save_method)
        throw invalid_request({{"body", "amount", "is missing; say document, amount, or save_method alone"}});
    return answer(checkouts_at_work(errand)->begin(wish));
}

http::Response charge_saved_method(Errand& errand) {
    auto what = pay_wish(errand);
    if (!what.document && !what.amount)
        throw invalid_request({{"body", "amount", "is missing; say document or amount"}});
    const auto id = app::SavedMethodId::parse(errand.path("saved_method"));
    if (!id) throw not_found("unknown_saved_method", "there is no saved method " + errand.path("saved_method"));
    return answer(checkouts_at_work(errand)->charge({std::move(what), *id}));
}

app::CheckoutId checkout_in(const std::string& text) {
    const auto id = app::CheckoutId::parse(text);
    if (!id) throw not_found("unknown_checkout", "there is no checkout " + text);
    return *id;
}

http::Response query_checkout(Errand& errand) {
    auto response = answer(checkouts_at_work(errand)->query(checkout_in(errand.path("checkout"))));
    return {.status = 200, .body = std::move(response.body)};
}

http::Response get_checkout(Desk& desk) {
    const auto found = desk.store().find_checkout(desk.op_id(), checkout_in(desk.path("checkout")));
    if (!found) throw not_found("unknown_checkout", "there is no checkout " + desk.path("checkout"));
    return ok(json_of(*found));
}

http::Response list_checkouts(Desk& desk) {
    const auto paging = paging_of(desk);
    app::CheckoutQuery query{.subscriber = desk.subscriber_in_query(), .limit = paging.limit + 1};
    if (const auto state = desk.query("state")) query.state = app::parse_checkout_state(*state);
    if (paging.after) query.before = app::CheckoutId{paging.after->id};
    app::Page<app::CheckoutRow> page{.rows = desk.store().checkouts(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().checkout.id.value()};
    }
    return ok(page_json(desk, page, [](const app::CheckoutRow& row) { return json_of(row); }));
}

http::Response list_saved_methods(Desk& desk) {
    std::map<app::PaymentMethodId, std::string> codes;
    for (const auto& method : desk.store().payment_methods(desk.op_id())) codes.emplace(method.id, method.code);
    const auto page = page_of(desk, desk.store().saved_methods(desk.subscriber().id));
    return ok(
        page_json(desk, page, [&](const app::SavedMethod& saved) { return json_of(saved, codes.at(saved.method)); }));
}

http::Response remove_saved_method(Errand& errand) {
    const auto id = app::SavedMethodId::parse(errand.path("saved_method"));
    if (!id) throw not_found("unknown_saved_method", "there is no saved method " + errand.path("saved_method"));
    const auto done = checkouts_at_work(errand)->forget(errand.path("subscriber"), *id);
    if (!done) throw not_found(std::string(app::name_of(done.refusal())), done.refusal().message);
    return {.status = 204, .content_type = {}, .body = {}};
}

// Who knows neither operator nor method learns nothing of which of them there are: it is all a wrong signature.
std::optional<app::PaymentMethod> webhook_method(Errand& errand) {
    auto lease = errand.engine().readers().lend();
    for (const auto& op : lease.store().operators()) {
        if (op.code != errand.path("operator")) continue;
        for (auto& method : lease.store().payment_methods(op.id))
            if (method.code == errand.path("payment_method")) return std::move(method);
    }
    return std::nullopt;
}

http::Response receive_webhook(Errand& errand) {
    using app::WebhookRefusal;
    const auto refuse = [](WebhookRefusal refusal) {
        const bool is_malformed = refusal == WebhookRefusal::malformed;
        return Problem(is_malformed ? 400 : 401, is_malformed ? "invalid_request" : "signature_not_valid",
                       std::string(app::message(refusal)));
    };
    const auto method = webhook_method(errand);
    if (!method || method->sealed_settings.empty()) throw refuse(WebhookRefusal::signature_wrong);
    const auto& parts = errand.engine().parts();
    const auto* gateway = app::find_gateway(parts.gateways, method->gateway);
    check(gateway != nullptr, "a payment method's gateway is there");
    const auto& request = errand.request();
    const auto event = gateway->read_webhook(
        app::unseal(*parts.secrets, method->sealed_settings),
        [&](std::string_view name) { return request.header(name); }, request.body, errand.call().now);
    if (!event) throw refuse(event.refusal());
    CheckoutsAtWork(errand.engine(), method->op, {errand.call().now, "sluice"})->receive(*method, *event);
    return ok(json::object{{"received", true}});
}

}  // namespace

void add_checkouts(Handlers& handlers) {
    handlers["begin_checkout"] = outside(begin_checkout);
    handlers["list_checkouts"] = {Runs::in_pool, list_checkouts};
    handlers["get_checkout"] = {Runs::in_pool, get_checkout};
    handlers["query_checkout"] = outside(query_checkout);
    handlers["list_saved_methods"] = {Runs::in_pool, list_saved_methods};
    handlers["charge_saved_method"] = outside(charge_saved_method);
    handlers["remove_saved_method"] = outside(remove_saved_method);
    handlers["receive_webhook"] = outside(receive_webhook);
}

}  // namespace sluice::serve::api
