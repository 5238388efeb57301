// Debtors: what they can spend and owe, the time they are given, and the collection of a day.
#include <functional>
#include <utility>

#include "app/collection_run.hpp"
#include "app/debtors.hpp"
#include "app/forecast.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/resources/jobs_json.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object json_of(const collection::Hold& hold) {
    const bool is_exemption = hold.kind == collection::Hold::Kind::exemption;
    return {{"id", hold.id.text()},
            {"kind", is_exemption ? "exemption" : "promised_date"},
            {"since", hold.since.text()},
            {"until", api::json_of(hold.until)},
            {"reason", hold.reason}};
}

json::object json_of(const collection::Plan& plan) {
    json::array parts;
    for (const auto& part : plan.parts)
        parts.push_back(json::object{{"due", part.due.text()}, {"amount", api::json_of(part.amount)}});
    return {{"id", plan.id.text()},
            {"date", plan.date.text()},
            {"parts", std::move(parts)},
            {"documents", static_cast<std::int64_t>(plan.documents.size())}};
}

json::object json_of(const collection::Promise& promise) {
    return {{"id", promise.id.text()},
            {"date", promise.date.text()},
            {"until", promise.until.text()},
            {"amount", api::json_of(promise.amount)}};
}

json::object json_of(const app::Forecast& forecast) {
    return {{"month_end", forecast.month_end.text()},
            {"this_month", api::json_of(forecast.this_month)},
            {"next_month_end", forecast.next_month_end.text()},
            {"next_month", api::json_of(forecast.next_month)},
            {"recommended", api::json_of(forecast.recommended())}};
}

// The oldest ones, and what all come to.
void add_debts(json::object& funds, const collection::Debtor& debtor) {
    static constexpr std::size_t most = 100;
    json::array oldest;
    Money total = Money::zero(debtor.purse.balance.currency());
    const auto debts = collection::debts_that_count(debtor);
    for (const auto& debt : debts) {
        total += debt.open;
        if (oldest.size() < most)
            oldest.push_back(
                json::object{{"number", debt.number}, {"due", debt.due.text()}, {"open", api::json_of(debt.open)}});
    }
    funds["debts"] = std::move(oldest);
    funds["debt_count"] = debts.size();
    funds["debt_total"] = api::json_of(total);
}

json::array waiting_json(Desk& desk, customers::SubscriberId subscriber) {
    json::array waiting;
    for (const auto& service : desk.store().waiting_services(subscriber, subscriber))
        waiting.push_back(json::object{{"code", service.code},
                                       {"suspended_for", subscriptions::name_of(service.cause)},
                                       {"since", service.changed_on.text()}});
    return waiting;
}

json::array wallets_json(Desk& desk, customers::SubscriberId subscriber) {
    json::array wallets;
    for (const auto& [wallet, code] : desk.store().wallets(subscriber)) {
        const json::value of = json::string(code);
        wallets.push_back(json::object{{"id", wallet.id.text()},
                                       {"unit", wallet.unit ? of : json::value(nullptr)},
                                       {"sub_service", wallet.sub_service ? of : json::value(nullptr)},
                                       {"amount", api::json_of(wallet.amount)}});
    }
    return wallets;
}

http::Response get_funds(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto& op = desk.op();
    const Date today = desk.today();
    const auto rules = customers::resolve_payment(op, subscriber);
    const auto debtor = desk.store().debtor(subscriber, op.currency);
    const auto& purse = debtor.purse;
    const bool promise_holds = purse.promised_until && today <= *purse.promised_until;
    json::value available = nullptr;
    if (rules.is_limited()) available = api::json_of(invoicing::available(rules, purse, today));
    json::array holds;
    for (const auto& hold : debtor.holds) holds.push_back(json_of(hold));
    IdSource ids(0, desk.engine().parts().node);  // for lines that are thrown away
    json::object funds{{"subscriber", subscriber.code},
                       {"terms", customers::name_of(rules.terms)},
                       {"balance", api::json_of(purse.balance)},
                       {"unbilled", api::json_of(purse.unbilled)},
                       {"credit_limit", api::json_of(rules.credit_limit)},
                       {"promised", api::json_of(promise_holds ? purse.promised : Money::zero(op.currency))},
                       {"available", std::move(available)},
                       {"blocked", invoicing::is_blocked(rules, purse, today)},
                       {"held", collection::is_held(debtor, today)},
                       {"ladder", rules.ladder},
                       {"holds", std::move(holds)},
                       {"plan", debtor.plan ? json::value(json_of(*debtor.plan)) : json::value(nullptr)},
                       {"promise", debtor.promise ? json::value(json_of(*debtor.promise)) : json::value(nullptr)},
                       {"wallets", wallets_json(desk, subscriber.id)},
                       {"waiting", waiting_json(desk, subscriber.id)},
                       {"forecast", json_of(app::forecast(desk.store(), ids, op, desk.catalog(), subscriber, today))}};
    add_debts(funds, debtor);
    return ok(funds);
}

std::string funds_of(Desk& desk) { return "/api/v1/subscribers/" + segment(desk.path("subscriber")) + "/funds"; }

http::Response hold_collection(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto until = fields.date("until");
    const auto held = desk.commands().debtors().hold(desk.command_date(desk.call().body.as_object()), subscriber.code,
                                                     until, fields.text_or("reason", ""));
    if (!held) throw refused(held.refusal());
    for (const auto& hold : desk.store().debtor(subscriber, desk.op().currency).holds)
        if (hold.id == held.value()) return created(json_of(hold), funds_of(desk));
    fail_promise("a hold that was placed is there", __FILE__, __LINE__);
}

// What the path names; a Problem when its id is none.
template <typename IdType>
IdType id_in_path(Desk& desk, std::string_view parameter, const char* code, const std::string& what) {
    const auto id = IdType::parse(desk.path(parameter));
    if (!id) throw not_found(code, "there is no " + what + " \"" + desk.path(parameter) + "\"");
    return *id;
}

http::Response gone(const Result<Done, app::Refusal>& done, const char* code) {
    if (!done) throw not_found(code, done.refusal().message);
    return {.status = 204};
}

http::Response release_collection(Desk& desk) {
    const auto hold = id_in_path<collection::HoldId>(desk, "hold", "unknown_hold", "collection hold");
    return gone(desk.commands().debtors().release(desk.subscriber().code, hold), "unknown_hold");
}

http::Response agree_on_payment_plan(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto agreed = desk.commands().debtors().agree_on_plan(
        desk.command_date(desk.call().body.as_object()), subscriber.code, read_plan_parts(fields, desk.op().currency));
    if (!agreed) throw refused(agreed.refusal());
    const auto debtor = desk.store().debtor(subscriber, desk.op().currency);
    check(debtor.plan && debtor.plan->id == agreed.value(), "a plan that was agreed on is there");
    return created(json_of(*debtor.plan), funds_of(desk));
}

http::Response end_payment_plan(Desk& desk) {
    const auto plan = id_in_path<collection::PlanId>(desk, "plan", "unknown_plan", "payment plan");
    return gone(desk.commands().debtors().end_plan(desk.today(), desk.subscriber().code, plan), "unknown_plan");
}

http::Response promise_payment(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    std::optional<Money> amount;
    if (fields.has("amount")) amount = read_money(fields, "amount", desk.op().currency);
    std::optional<int> days;
    if (const auto said = fields.integer("days", 1, 60)) days = static_cast<int>(*said);
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto promised = desk.commands().debtors().promise(date, subscriber.code, amount, days);
    if (!promised) throw refused(promised.refusal());
    return created(json_of(desk.store().promises(subscriber.id, desk.op().currency, 1).front()), funds_of(desk));
}

app::WalletRequest wallet_request(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    if (fields.has("unit") == fields.has("sub_service"))
        throw invalid_request({{"body", "unit", "name a unit or a sub_service, and not both"}});
    return {.subscriber = desk.subscriber().code,
            .unit = fields.text_or("unit", ""),
            .sub_service = fields.text_or("sub_service", ""),
            .amount =
                fields.has("amount") ? std::optional(read_money(fields, "amount", desk.op().currency)) : std::nullopt};
}

// What money moves between.
struct Sides {
    Money balance;
    Money wallet;
};

Sides sides_of(Desk& desk, const app::WalletRequest& request) {
    const auto subscriber = desk.subscriber();
    const auto currency = desk.op().currency;
    Sides sides{desk.store().debtor(subscriber, currency).purse.balance, Money::zero(currency)};
    for (const auto& [wallet, code] : desk.store().wallets(subscriber.id))
        if (code == (wallet.unit ? request.unit : request.sub_service)) sides.wallet = wallet.amount;
    return sides;
}

json::object before_and_after(Money before, Money after) {
    return {{"before", api::json_of(before)}, {"after", api::json_of(after)}};
}

// The command itself, in a transaction that is not kept. `move` tells what it pays.
http::Response preview_move(Desk& desk, const app::WalletRequest& request, const std::function<json::array()>& move) {
    const auto before = sides_of(desk, request);
    app::Transaction not_kept(desk.store());
    auto pays = move();
    const auto after = sides_of(desk, request);
    const auto moved = after.wallet - before.wallet;
    return ok(json::object{{"object", "wallet_preview"},
                           {"amount", api::json_of(moved.is_negative() ? -moved : moved)},
                           {"balance", before_and_after(before.balance, after.balance)},
                           {"wallet", before_and_after(before.wallet, after.wallet)},
                           {"pays", std::move(pays)}});
}

http::Response set_aside(Desk& desk) {
    const auto request = wallet_request(desk);
    const auto date = desk.command_date(desk.call().body.as_object());
    if (desk.is_set("preview"))
        return preview_move(desk, request, [&] {
            if (const auto filled = desk.commands().set_aside(date, request); !filled) throw refused(filled.refusal());
            return json::array();
        });
    const auto wallet = desk.commands().set_aside(date, request);
    if (!wallet) throw refused(wallet.refusal());
    for (auto& one : wallets_json(desk, desk.subscriber().id))
        if (one.at("id").as_string() == wallet.value().text()) return created(one.as_object(), funds_of(desk));
    fail_promise("a wallet that was filled is there", __FILE__, __LINE__);
}

http::Response release_wallet(Desk& desk) {
    const auto request = wallet_request(desk);
    const auto release = [&] {
        const auto paid = desk.commands().release(desk.command_date(desk.call().body.as_object()), request);
        if (!paid) throw refused(paid.refusal());
        auto row = desk.store().find_payment(desk.op_id(), paid.value());
        check(row.has_value(), "a payment that was recorded is there");
        return std::pair(paid.value(), api::json_of(*row));
    };
    if (desk.is_set("preview"))
        return preview_move(desk, request, [&] { return release().second.at("paid").as_array(); });
    const auto [payment, row] = release();
    return created(row, "/api/v1/payments/" + payment.text());
}

http::Response list_collection_steps(Desk& desk) {
    const auto paging = paging_of(desk);
    auto after = paging.after ? std::optional(customers::SubscriberId{paging.after->id}) : std::nullopt;
    app::Page<app::PlannedStep> page{
        .rows =
            app::planned_steps(desk.store(), desk.op(), desk.date("date").value_or(desk.today()), after, paging.limit)};
    if (after) page.next = app::Position{.key = {}, .id = after->value()};
    return ok(page_json(desk, page, [](const app::PlannedStep& planned) {
        return json::object{
            {"subscriber", planned.subscriber_code},
            {"name", planned.name},
            {"step", collection::name_of(planned.step.kind)},
            {"cause", planned.cause ? json::value(subscriptions::name_of(*planned.cause)) : json::value(nullptr)},
            {"document", planned.number},
            {"due", planned.step.due.text()},
            {"days", planned.step.days},
            {"open", api::json_of(planned.open)}};
    }));
}

json::object collection_run_json(const app::Job& job) {
    auto object = job_json(job);
    object["date"] = json::parse(job.request).at("date");
    auto progress = json::parse(job.progress).as_object();
    if (progress.empty())
        progress = {{"debtors", 0},   {"reminders", 0},  {"late_fees", 0},
                    {"suspended", 0}, {"terminated", 0}, {"resumed", 0}};
    object["progress"] = std::move(progress);
    return object;
}

http::Response start_collection_run(Desk& desk) {
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto job = start_job(desk, app::JobKind::collection_run, desk.op_id(),
                               json::serialize(json::object{{"date", date.text()}}));
    return accepted(collection_run_json(job), "/api/v1/collection-runs/" + id_of(job));
}

http::Response list_collection_runs(Desk& desk) {
    return ok(page_json(desk, jobs_page(desk, app::JobKind::collection_run), collection_run_json));
}

http::Response get_collection_run(Desk& desk) {
    return ok(collection_run_json(job_in_path(desk, app::JobKind::collection_run, "collection_run")));
}

}  // namespace

void add_collection(Handlers& handlers) {
    handlers["get_funds"] = {Runs::in_pool, get_funds};
    handlers["hold_collection"] = {Runs::in_writer, hold_collection};
    handlers["release_collection"] = {Runs::in_writer, release_collection};
    handlers["agree_on_payment_plan"] = {Runs::in_writer, agree_on_payment_plan};
    handlers["end_payment_plan"] = {Runs::in_writer, end_payment_plan};
    handlers["promise_payment"] = {Runs::in_writer, promise_payment};
    handlers["set_aside"] = {Runs::in_writer, set_aside};
    handlers["release_wallet"] = {Runs::in_writer, release_wallet};
    handlers["list_collection_steps"] = {Runs::in_pool, list_collection_steps};
    handlers["list_collection_runs"] = {Runs::in_pool, list_collection_runs};
    handlers["start_collection_run"] = {Runs::in_writer, start_collection_run};
    handlers["get_collection_run"] = {Runs::at_once, get_collection_run};
}

}  // namespace sluice::serve::api
