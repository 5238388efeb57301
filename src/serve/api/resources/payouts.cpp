// Refunds whose money has to reach the payer.
#include "app/payouts.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/errand.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/engine/checkout_tools.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object json_of(const app::PayoutRow& row) {
    const auto& payout = row.payout;
    return {{"id", payout.id.text()},
            {"subscriber", row.subscriber_code},
            {"name", row.name},
            {"payment", payout.payment.text()},
            {"refund", payout.refund.text()},
            {"method", row.method},
            {"through", app::name_of(payout.through)},
            {"state", app::name_of(payout.state)},
            {"amount", api::json_of(payout.amount)},
            {"reference", payout.reference},
            {"message", payout.message},
            {"created_at", api::json_of(payout.created_at)},
            {"done_at", api::json_of(payout.done_at)}};
}

app::PayoutId payout_in(const std::string& text) {
    const auto id = app::PayoutId::parse(text);
    if (!id) throw not_found("unknown_payout", "there is no payout " + text);
    return *id;
}

http::Response answer(const Result<app::PayoutRow, app::Refusal>& result) {
    if (result) return ok(json_of(*result));
    if (result.refusal().code == app::RefusalCode::unknown_payout)
        throw not_found("unknown_payout", result.refusal().message);
    throw refused(result.refusal());
}

http::Response list_payouts(Desk& desk) {
    const auto paging = paging_of(desk);
    app::PayoutQuery query{.subscriber = desk.subscriber_in_query(), .limit = paging.limit + 1};
    if (const auto state = desk.query("state")) query.state = app::parse_payout_state(*state);
    if (paging.after) query.before = app::PayoutId{paging.after->id};
    app::Page<app::PayoutRow> page{.rows = desk.store().payouts().list(desk.op_id(), query)};
    if (std::ssize(page.rows) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().payout.id.value()};
    }
    return ok(page_json(desk, page, [](const app::PayoutRow& row) { return json_of(row); }));
}

http::Response get_payout(Desk& desk) {
    const auto found = desk.store().payouts().find(desk.op_id(), payout_in(desk.path("payout")));
    if (!found) throw not_found("unknown_payout", "there is no payout " + desk.path("payout"));
    return ok(json_of(*found));
}

http::Response pay_payout(Desk& desk) {
    app::Books books{desk.store(), desk.commands(), desk.ids()};
    const auto& body = desk.call().body.as_object();
    const auto* reference = body.if_contains("reference");
    return answer(app::pay_payout(books, payout_in(desk.path("payout")),
                                  reference ? std::string(reference->as_string()) : "", desk.call().now));
}

http::Response cancel_payout(Desk& desk) {
    app::Books books{desk.store(), desk.commands(), desk.ids()};
    return answer(app::cancel_payout(books, payout_in(desk.path("payout")), desk.today(), desk.call().now));
}

http::Response query_payout(Errand& errand) {
    const CheckoutsAtWork at_work(errand.engine(), *errand.call().op,
                                  {errand.call().now, errand.call().principal->actor()});
    return answer(app::query_payout(at_work.tools(), payout_in(errand.path("payout"))));
}

}  // namespace

void add_payouts(Handlers& handlers) {
    handlers["list_payouts"] = {Runs::in_pool, list_payouts};
    handlers["get_payout"] = {Runs::at_once, get_payout};
    handlers["pay_payout"] = {Runs::in_writer, pay_payout};
    handlers["cancel_payout"] = {Runs::in_writer, cancel_payout};
    handlers["query_payout"] = outside(query_payout);
}

}  // namespace sluice::serve::api
