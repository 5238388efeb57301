// Debtors: what they can spend and owe, what is agreed with them, and the collection of a day.
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

std::string address_of(const std::string& subscriber) { return "/api/v1/subscribers/" + api::segment(subscriber); }

json::object amount_json(const std::string& amount, const OperatorFacts& op) {
    return {{"amount", amount}, {"currency", op.currency.code()}};
}

void print_funds(std::ostream& out, const json::object& funds) {
    Table table({{""}, {"", Align::right}, {""}});
    const auto money = [&](const char* words, const char* member, const std::string& note = {}) {
        table.row({words, amount_in(funds, member), note});
    };
    money("balance", "balance", text_in(funds, "terms"));
    money("charged, on no document yet", "unbilled");
    if (!money_in(funds, "credit_limit").is_zero()) money("credit limit", "credit_limit");
    if (!money_in(funds, "promised").is_zero())
        money("promised", "promised", "until " + text_in(object_in(funds, "promise"), "until"));
    if (!funds.at("available").is_null())
        money("available", "available", is_set(funds, "blocked") ? "the credit limit is blocked" : "");
    const auto& forecast = object_in(funds, "forecast");
    table.row({"needed until " + text_in(forecast, "month_end"), amount_in(forecast, "this_month"), ""});
    table.row({"then until " + text_in(forecast, "next_month_end"), amount_in(forecast, "next_month"), ""});
    table.row({"recommended payment", amount_in(forecast, "recommended"), ""});
    out << text_in(funds, "subscriber") << ", in " << currency_in(funds, "balance") << '\n' << table.text("  ");
    static constexpr std::size_t most_debts = 20;
    std::size_t shown = 0;
    for (const auto& each : list_in(funds, "debts")) {
        if (shown++ == most_debts) break;
        const auto& debt = as_object(each);
        out << "  " << text_in(debt, "number") << ": " << amount_in(debt, "open") << " open, due "
            << text_in(debt, "due") << '\n';
    }
    if (const auto count = number_in(funds, "debt_count");
        count > std::ssize(list_in(funds, "debts")) || shown > most_debts)
        out << "  " << count << " documents are open, " << amount_in(funds, "debt_total")
            << " together; `sluice documents` lists them\n";
    for (const auto& each : list_in(funds, "wallets")) {
        const auto& wallet = as_object(each);
        out << "  " << amount_in(wallet, "amount") << " is set aside for " << text_in(wallet, "unit")
            << text_in(wallet, "sub_service") << '\n';
    }
    for (const auto& each : list_in(funds, "waiting")) {
        const auto& service = as_object(each);
        out << "  " << text_in(service, "code") << " is suspended for " << text_in(service, "suspended_for")
            << " since " << text_in(service, "since") << '\n';
    }
    for (const auto& each : list_in(funds, "holds")) {
        const auto& hold = as_object(each);
        const auto until = text_in(hold, "until");
        out << "  nothing is done about debts " << (until.empty() ? std::string("for good") : "until " + until) << " ("
            << text_in(hold, "id") << ") " << text_in(hold, "reason") << '\n';
    }
    if (!funds.at("plan").is_null()) {
        const auto& plan = object_in(funds, "plan");
        out << "  payment plan " << text_in(plan, "id") << ":";
        for (const auto& each : list_in(plan, "parts"))
            out << " " << amount_in(as_object(each), "amount") << " by " << text_in(as_object(each), "due");
        out << '\n';
    }
}

void add_date(json::object& body, const DebtorOptions& options) {
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
}

int show_after(Session& session, Client& client, const OperatorFacts& op, const DebtorOptions& options,
               const json::value& answer) {
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_funds(session.parts.out, as_object(client.get(address_of(options.subscriber) + "/funds", op.code)));
    return exit_done;
}

int agree(Session& session, const DebtorOptions& options, const std::string& on, const json::object& body) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show_after(session, *client, op, options, client->post(address_of(options.subscriber) + on, op.code, body));
}

int end(Session& session, const DebtorOptions& options, const std::string& what) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    client->remove(address_of(options.subscriber) + what + api::segment(options.id), op.code);
    return show_after(session, *client, op, options, json::object{{"id", options.id}, {"ended", true}});
}

}  // namespace

int show_funds(Session& session, const DebtorOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto answer = client->get(address_of(options.subscriber) + "/funds", op.code);
    return show_after(session, *client, op, options, answer);
}

int hold_collection(Session& session, const DebtorOptions& options) {
    json::object body;
    if (!options.until.empty()) body["until"] = date_option("--until", options.until).text();
    if (!options.reason.empty()) body["reason"] = options.reason;
    add_date(body, options);
    return agree(session, options, "/collection-holds", body);
}

int release_collection(Session& session, const DebtorOptions& options) {
    return end(session, options, "/collection-holds/");
}

int agree_on_plan(Session& session, const DebtorOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::array parts;
    for (const auto& text : options.parts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos)
            throw BadInput("\"" + text + "\" is no part; write its date and amount, as 2026-03-15=20.00");
        parts.push_back(json::object{{"due", date_option("PART", text.substr(0, equals)).text()},
                                     {"amount", amount_json(text.substr(equals + 1), op)}});
    }
    json::object body{{"parts", std::move(parts)}};
    add_date(body, options);
    return show_after(session, *client, op, options,
                      client->post(address_of(options.subscriber) + "/payment-plans", op.code, body));
}

int end_plan(Session& session, const DebtorOptions& options) { return end(session, options, "/payment-plans/"); }

int promise_payment(Session& session, const DebtorOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    if (!options.amount.empty()) body["amount"] = amount_json(options.amount, op);
    if (options.days > 0) body["days"] = options.days;
    add_date(body, options);
    return show_after(session, *client, op, options,
                      client->post(address_of(options.subscriber) + "/promised-payments", op.code, body));
}

int preview_collection(Session& session, const CollectionOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    std::string list = "/api/v1/collection-steps";
    if (!options.date.empty()) list += "?date=" + date_option("--date", options.date).text();
    Table table(
        {{"subscriber"}, {"name"}, {"step"}, {"document"}, {"due"}, {"days", Align::right}, {"open", Align::right}});
    json::array items;
    client->each(list, op.code, [&](const json::object& step) {
        const auto cause = text_in(step, "cause");
        table.row({text_in(step, "subscriber"), text_in(step, "name"),
                   text_in(step, "step") + (cause.empty() ? "" : " for " + cause), text_in(step, "document"),
                   text_in(step, "due"), std::to_string(number_in(step, "days")), amount_in(step, "open")});
        items.push_back(step);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}});
    else if (items.empty())
        session.parts.out << "Nothing is to be done.\n";
    else
        session.parts.out << table.text();
    return exit_done;
}

int run_collection(Session& session, const CollectionOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
    const auto run = [&] {
        ProgressLine progress(session.parts.err, session.progress_on_terminal);
        return client->carry_out("/api/v1/collection-runs", op.code, body, [&](const json::object& so_far) {
            progress.show(op.code + ": " + std::to_string(number_in(object_in(so_far, "progress"), "debtors")) +
                          " debtors looked at");
        });
    }();
    if (text_in(run, "state") != "finished")
        throw std::runtime_error("the collection of " + op.code + " failed: " + text_in(run, "error"));
    if (options.json) {
        session.parts.out << pretty(run);
        return exit_done;
    }
    const auto& done = object_in(run, "progress");
    const auto count = [&](const char* member) { return std::to_string(number_in(done, member)); };
    session.parts.out << op.code << ", " << text_in(run, "date") << ": " << count("debtors") << " debtors, "
                      << count("reminders") << " reminders, " << count("late_fees")
                      << " late fees; sub-services: " << count("suspended") << " suspended, " << count("terminated")
                      << " terminated, " << count("resumed") << " resumed\n";
    return exit_done;
}

}  // namespace sluice::serve
