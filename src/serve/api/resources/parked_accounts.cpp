// Accounts that a bill run could not bill.
#include "app/bill_accounts.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object parked_json(const app::ParkedAccount& account) {
    return {{"subscriber", account.subscriber_code}, {"date", account.date.text()}, {"reason", account.reason}};
}

app::ParkedAccount parked_in_path(Desk& desk) {
    for (auto& account : desk.store().parked_accounts(desk.op_id()))
        if (account.subscriber_code == desk.path("subscriber")) return std::move(account);
    throw not_found("unknown_subscriber", "the account of \"" + desk.path("subscriber") + "\" is not parked");
}

http::Response list_parked_accounts(Desk& desk) {
    const auto page = page_of(desk, desk.store().parked_accounts(desk.op_id()));
    return ok(page_json(desk, page, parked_json));
}

http::Response get_parked_account(Desk& desk) {
    const auto account = parked_in_path(desk);
    auto body = parked_json(account);
    boost::system::error_code error;
    auto facts = json::parse(account.facts, error);
    body["facts"] = error || !facts.is_object() ? json::value(nullptr) : std::move(facts);
    return ok(body);
}

http::Response replay_parked_account(Desk& desk) {
    const auto account = parked_in_path(desk);
    app::BillRun run(desk.store(), *desk.engine().parts().hasher, desk.ids(), desk.op());
    const auto reason = run.replay(account);
    return ok(json::object{{"billed", !reason.has_value()}, {"reason", text_or_null(reason.value_or(""))}});
}

}  // namespace

void add_parked_accounts(Handlers& handlers) {
    handlers["list_parked_accounts"] = {Runs::in_pool, list_parked_accounts};
    handlers["get_parked_account"] = {Runs::in_pool, get_parked_account};
    handlers["replay_parked_account"] = {Runs::in_writer, replay_parked_account};
}

}  // namespace sluice::serve::api
