// Operators and their settings: seen, changed and made.
#include <functional>
#include <map>
#include <ostream>
#include <set>

#include "domain/customers/payment_terms.hpp"
#include "serve/api/desk.hpp"
#include "serve/api/encode.hpp"
#include "serve/cli/add_command.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/settings_files.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

const std::string operators = "/api/v1/operators";

struct OperatorOptions : CommonOptions {
    std::string code;
    std::string name;
    std::string currency;
    std::string time_zone;
    int due_days = -1;  // as it is
    std::string terms;
    std::string credit_limit;
    int due_day = 0;       // as it is
    int block_after = -1;  // as it is
    std::string ladder;
    std::vector<std::string> holidays;
    std::vector<std::string> no_holidays;
    std::string file;
};

std::string address_of(const std::string& code) { return operators + "/" + api::segment(code); }

void put(json::object& body, std::string_view key, const std::string& text) {
    if (!text.empty()) body[key] = text;
}

// Each setting by its name in files, as "due_days", "payment.terms", "ladder gentle" or "holiday 2026-12-25".
void each_setting(const json::object& op, const std::function<void(const std::string&, const std::string&)>& action) {
    for (const auto& member : op) {
        const std::string name(member.key());
        if (name == "ladders")
            for (const auto& each : list_in(op, name)) {
                json::object steps;
                for (const auto& step : as_object(each))
                    if (step.key() != "code") steps[step.key()] = step.value();
                action("ladder " + text_in(as_object(each), "code"), setting_text(steps));
            }
        else if (name == "holidays")
            for (const auto& date : list_in(op, name)) action("holiday " + setting_text(date), "yes");
        else if (name == "billing" || name == "payment")
            for (const auto& setting : object_in(op, name))
                action(name + "." + std::string(setting.key()), setting_text(setting.value()));
        else
            action(name, setting_text(member.value()));
    }
}

Table settings_table() { return Table({{"setting"}, {"value"}}); }

std::string general_text(const json::object& op) {
    auto table = settings_table();
    for (const char* name :
         {"currency", "time_zone", "rounding", "due_days", "refund_fee", "invoice_number", "credit_note_number"})
        table.row({name, setting_text(op.at(name))});
    return table.text("  ");
}

std::string group_text(const json::object& settings) {
    auto table = settings_table();
    for (const auto& setting : settings) table.row({std::string(setting.key()), setting_text(setting.value())});
    return table.text("  ");
}

std::string ladders_text(const json::object& op) {
    const auto standard = customers::standard_ladder();
    Table table({{"ladder"},
                 {"reminders"},
                 {"late fee", Align::right},
                 {""},
                 {"suspend", Align::right},
                 {"terminate", Align::right},
                 {"waits for working days"}});
    bool has_standard = false;
    const auto row = [&](const json::object& ladder) {
        has_standard = has_standard || text_in(ladder, "code") == standard.code;
        table.row({text_in(ladder, "code"), setting_text(ladder.at("reminders")),
                   setting_text(ladder.at("late_fee_after")), text_in(ladder, "late_fee"),
                   setting_text(ladder.at("suspend_after")), setting_text(ladder.at("terminate_after")),
                   setting_text(ladder.at("spares_weekends"))});
    };
    for (const auto& ladder : list_in(op, "ladders")) row(as_object(ladder));
    if (!has_standard) row(api::json_of(standard));
    return table.text("  ");
}

std::string holidays_text(const json::object& op) {
    static constexpr std::size_t in_a_line = 8;
    std::string text;
    std::size_t shown = 0;
    for (const auto& date : list_in(op, "holidays"))
        text += (shown++ % in_a_line == 0 ? (text.empty() ? "  " : "\n  ") : ", ") + setting_text(date);
    return (text.empty() ? "  none" : text) + "\n";
}

std::string operator_text(const json::object& op) {
    const auto through = text_in(op, "billed_through");
    return text_in(op, "code") + ", " + text_in(op, "name") + ", " +
           (through.empty() ? "not billed yet" : "billed through " + through) + "\n" + general_text(op) + "Billing\n" +
           group_text(object_in(op, "billing")) + "Payment\n" + group_text(object_in(op, "payment")) +
           "Ladders of collection, in days after the due date\n" + ladders_text(op) + "Holidays\n" + holidays_text(op) +
           "What is \"-\" is not set: the default holds.\n";
}

std::string changes_text(const json::object& before, const json::object& after) {
    struct Change {
        std::string before = "-";
        std::string after = "-";
    };
    std::map<std::string, Change> changes;
    each_setting(before, [&](const std::string& name, const std::string& text) { changes[name].before = text; });
    each_setting(after, [&](const std::string& name, const std::string& text) { changes[name].after = text; });
    Table table({{"setting"}, {"before"}, {"after"}});
    for (const auto& [name, change] : changes)
        if (change.before != change.after) table.row({name, change.before, change.after});
    return table.text("  ");
}

json::array holidays_of(const OperatorOptions& options, const json::object& present) {
    std::set<std::string> dates;
    for (const auto& date : list_in(present, "holidays")) dates.insert(setting_text(date));
    for (const auto& text : options.holidays) dates.insert(date_option("--holiday", text).text());
    for (const auto& text : options.no_holidays)
        if (dates.erase(date_option("--no-holiday", text).text()) == 0)
            throw BadInput("--no-holiday: " + text + " is none; `sluice operators show` lists them");
    json::array holidays;
    for (const auto& date : dates) holidays.emplace_back(date);
    return holidays;
}

json::object payment_of(const OperatorOptions& options, const json::object& present) {
    json::object payment;
    put(payment, "terms", options.terms);
    put(payment, "ladder", options.ladder);
    if (!options.credit_limit.empty())
        payment["credit_limit"] =
            json::object{{"amount", options.credit_limit}, {"currency", text_in(present, "currency")}};
    if (options.due_day > 0) payment["due_day"] = options.due_day;
    if (options.block_after >= 0) payment["block_after"] = options.block_after;
    return payment;
}

// What the options say, apart from the file.
json::object said(const OperatorOptions& options, const json::object& present) {
    json::object wish;
    put(wish, "name", options.name);
    if (options.due_days >= 0) wish["due_days"] = options.due_days;
    if (!options.holidays.empty() || !options.no_holidays.empty()) wish["holidays"] = holidays_of(options, present);
    if (const auto said = payment_of(options, present); !said.empty()) {
        auto payment = object_in(present, "payment");  // it is replaced as a whole
        for (const auto& setting : said) payment[setting.key()] = setting.value();
        wish["payment"] = std::move(payment);
    }
    return wish;
}

// The file as the API takes it: without what only answers have. No refund fee is null in answers, {} in requests.
SettingsFile operator_file(const std::string& file) {
    auto read = read_settings_file(file);
    read.settings.erase("id");
    read.settings.erase("billed_through");
    if (const auto* fee = read.settings.if_contains("refund_fee"); fee && fee->is_null())
        read.settings["refund_fee"] = json::object{};
    return read;
}

// So that what cannot be changed may stand in a file as it is.
void leave_out_what_is_so(json::object& wish, const json::object& present) {
    for (const auto& member : present)
        if (const auto* wanted = wish.if_contains(member.key()); wanted && *wanted == member.value())
            wish.erase(member.key());
}

int list_operators(Session& session, const OperatorOptions& options) {
    const auto client = session.client();
    Table table({{"operator"}, {"name"}, {"currency"}, {"time zone"}, {"billed through"}});
    json::array items;
    client->each(operators, {}, [&](const json::object& op) {
        const auto through = text_in(op, "billed_through");
        table.row({text_in(op, "code"), text_in(op, "name"), text_in(op, "currency"), text_in(op, "time_zone"),
                   through.empty() ? "never" : through});
        items.push_back(op);
    });
    session.parts.out << (options.json ? pretty(json::object{{"items", std::move(items)}, {"next", nullptr}})
                                       : table.text());
    return exit_done;
}

int show_operator(Session& session, const OperatorOptions& options) {
    const auto client = session.client();
    const auto read = client->read(address_of(selected_operator(*client, session.where).code));
    session.parts.out << (options.json ? pretty(file_of(read)) : operator_text(as_object(read.body)));
    return exit_done;
}

int set_operator(Session& session, const OperatorOptions& options) {
    const auto file = options.file.empty() ? SettingsFile{} : operator_file(options.file);
    const auto client = session.client();
    const auto address = address_of(selected_operator(*client, session.where).code);
    const auto read = client->read(address);
    const auto& present = as_object(read.body);
    auto wish = options.file.empty() ? said(options, present) : file.settings;
    if (wish.empty())
        throw BadInput("say what is to be changed, as with --due-days 30, or --file FILE; --help tells all");
    leave_out_what_is_so(wish, present);
    const auto after =
        wish.empty() ? read.body : client->patch(address, {}, wish, file.etag.empty() ? read.etag : file.etag);
    const auto code = text_in(present, "code");
    if (options.json)
        session.parts.out << pretty(after);
    else if (after == read.body)
        session.parts.out << code << " is so already: nothing is changed.\n";
    else
        session.parts.out << code << " is changed; it holds from now on:\n" << changes_text(present, as_object(after));
    return exit_done;
}

int create_operator(Session& session, const OperatorOptions& options) {
    auto body = options.file.empty() ? json::object{} : operator_file(options.file).settings;
    body["code"] = options.code;
    put(body, "name", options.name);
    put(body, "currency", options.currency);
    put(body, "time_zone", options.time_zone);
    session.where.fill_in();
    // As an import does, it makes the store when there is none.
    if (session.where.server.empty()) session.parts.open_store(session.where.db, false);
    const auto answer = session.client()->post(operators, {}, body);
    if (options.json)
        session.parts.out << pretty(answer);
    else
        session.parts.out << "Made " << options.code << ":\n" << operator_text(as_object(answer));
    return exit_done;
}

void set_options(CLI::App& command, OperatorOptions& options) {
    auto* file =
        command.add_option("--file", options.file,
                           "JSON of what is to be changed, - for standard input. It is the way for whatever has "
                           "no option here; `billing`, `payment`, `ladders` and `holidays` are replaced as a "
                           "whole, so begin with what `show --json` prints");
    const std::vector<CLI::Option*> flags{
        command.add_option("--name", options.name, "As it stands on documents"),
        command.add_option("--due-days", options.due_days, "A document is due this many days after its date")
            ->check(CLI::Range(0, 365)),
        command.add_option("--terms", options.terms, "How subscribers pay, unless something else is said of them")
            ->check(CLI::IsMember({"invoice", "prepaid", "credit_limit", "unlimited_postpaid"})),
        command.add_option("--credit-limit", options.credit_limit, "How far below zero balances may fall, as 50.00"),
        command.add_option("--due-day", options.due_day, "Day of the month on which monthly invoices are due")
            ->check(CLI::Range(1, 28)),
        command.add_option("--block-after", options.block_after, "Days after it on which the credit limit is blocked")
            ->check(CLI::Range(0, 365)),
        command.add_option("--ladder", options.ladder, "What is done about debts: a ladder's code, standard or none"),
        command.add_option("--holiday", options.holidays, "One more day without work, as 2026-12-25"),
        command.add_option("--no-holiday", options.no_holidays, "One that is none after all")};
    for (auto* flag : flags) flag->excludes(file);
}

}  // namespace

void add_operators(CLI::App& app, Chosen& chosen) {
    const std::string on = " --db sqlite:sluice.db";
    const auto listed = std::make_shared<OperatorOptions>();
    auto& command = add_command(app, chosen, "operators", "List the operators of a store; see, change or make one",
                                "  sluice operators" + on + "\n  sluice operators show" + on + " --operator metro",
                                listed, list_operators);
    json_option(command, *listed);
    const auto shown = std::make_shared<OperatorOptions>();
    json_option(add_command(command, chosen, "show", "Show an operator's settings",
                            "  sluice operators show" + on + " --operator metro\n  sluice operators show --json" + on +
                                " --operator metro > metro.json",
                            shown, show_operator),
                *shown);
    const auto changed = std::make_shared<OperatorOptions>();
    auto& set = add_command(
        command, chosen, "set", "Change an operator's settings, and show what they were; currency and time zone stay",
        "  sluice operators set --due-days 30 --ladder standard" + on +
            " --operator metro\n  sluice operators set --holiday 2026-12-25 --holiday 2026-12-26" + on +
            " --operator metro\n  sluice operators set --file metro.json" + on + " --operator metro",
        changed, set_operator);
    set_options(set, *changed);
    json_option(set, *changed);
    const auto made = std::make_shared<OperatorOptions>();
    auto& create =
        add_command(command, chosen, "create",
                    "Make an operator without catalogue and subscribers; in a new store, if there is none",
                    "  sluice operators create metro --name \"Metro Fiber\" --currency EUR --time-zone Europe/Warsaw" +
                        on + "\n  sluice operators create lake --name \"Lake Fiber\" --file metro.json" + on,
                    made, create_operator);
    create.add_option("CODE", made->code, "By which it is named from now on")->required();
    create.add_option("--name", made->name, "As it stands on documents");
    create.add_option("--currency", made->currency, "As EUR; it stays");
    create.add_option("--time-zone", made->time_zone, "As Europe/Warsaw; it stays");
    create.add_option("--file", made->file,
                      "JSON of all the rest, - for standard input, as `show --json` prints it of another operator");
    json_option(create, *made);
}

}  // namespace sluice::serve
