#include "serve/cli/cli.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <ostream>
#include <set>

#include "serve/cli/add_command.hpp"
#include "serve/cli/outbox_commands.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::serve {
namespace {

// On a store of this machine, never through a server.
bool is_local(const CLI::App& command) {
    const auto name = command.get_name();
    return name == "serve" || name == "migrate" || name == "backup" || name == "restore";
}

// They are taken before and after the name of the command.
void where_options(CLI::App& command, Where& where) {
    const std::string group = "Where";
    command.add_option("--db", where.db, "The store, as sqlite:PATH or postgresql://… (or SLUICE_DB)")->group(group);
    command.add_option("--server", where.server, "A server instead, as https://… (or SLUICE_SERVER)")->group(group);
    command.add_option("--key", where.key, "The API key for the server (or SLUICE_KEY)")->group(group);
    command.add_option("--operator", where.op, "Only this operator, by its code")->group(group);
    for (auto* sub : command.get_subcommands([](const CLI::App*) { return true; }))
        if (!is_local(*sub)) where_options(*sub, where);
}

void add_simulate(CLI::App& app, Chosen& chosen) {
    const auto options = std::make_shared<SimulateOptions>();
    auto& command =
        add_command(app, chosen, "simulate", "Run a scenario file on a throw-away store and show what comes out",
                    "  sluice simulate tests/scenarios/01-greentower.yaml\n"
                    "  sluice simulate --json FILE\n"
                    "  sluice simulate --check tests/scenarios/*.yaml",
                    options, simulate);
    command.add_option("FILE", options->files, "Scenario files, YAML or JSON")->required();
    command.add_flag("--check", options->check, "Compare with `expect`; exit status 1 if anything differs");
    command.add_flag("--json", options->json, "Print JSON, nothing else on standard output");
}

void add_import(CLI::App& app, Chosen& chosen) {
    const auto options = std::make_shared<ImportOptions>();
    auto& command = add_command(app, chosen, "import", "Import an operator with subscribers, units and sub-services",
                                "  sluice import demo/metro-fiber --as-of 2026-04-01 --db sqlite:sluice.db\n"
                                "  sluice import DIR --as-of 2026-04-01 --db sqlite:sluice.db --partial",
                                options, import_operator);
    command.add_option("DIR", options->directory, "Holds operator.yaml, subscribers.csv, units.csv, sub_services.csv")
        ->required();
    command.add_option("--as-of", options->as_of, "Date of the import, as 2026-04-01")->required();
    command.add_flag("--partial", options->partial,
                     "Import the good rows, write the bad ones to the rejects directory");
    command.add_option("--rejects", options->rejects, "Where --partial writes rejected rows")->capture_default_str();
    command.add_flag("--json", options->json, "Print JSON instead of text");
}

void add_bill(CLI::App& app, Chosen& chosen) {
    const auto options = std::make_shared<BillOptions>();
    auto& command = add_command(app, chosen, "bill", "Bill everything that is due up to and including a date",
                                "  sluice bill --through 2026-07-31 --db sqlite:sluice.db\n"
                                "  sluice bill --through 2026-07-31 --db sqlite:sluice.db --dry-run",
                                options, bill);
    command.add_option("--through", options->through, "Last date to bill, as 2026-07-31")->required();
    command.add_flag("--dry-run", options->dry_run, "Show the same, store nothing");
    command.add_flag("--compare", options->compare, "Say what is different from the same dates before, and why");
    command.add_option("--workers", options->workers, "Batches billed side by side; more than one needs PostgreSQL")
        ->check(CLI::Range(1, 64));
    json_option(command, *options);
}

// Those of the options that a command takes.
void correction_options(CLI::App& command, CorrectionOptions& options, const std::set<std::string>& taken) {
    const auto add = [&](const char* name, std::string& value, const char* description) {
        if (taken.contains(name)) command.add_option(name, value, description);
    };
    add("--amount", options.amount, "As 20.00; all there is, unless said");
    add("--fee", options.fee, "What is kept of it; by the operator's rule, unless said");
    add("--method", options.method, "As cash or bank");
    add("--reference", options.reference, "By which it is found again");
    add("--reason", options.reason, "In words");
    if (taken.contains("--through"))
        command
            .add_option("--through", options.through,
                        "gateway: it gives the money back; manual: somebody has to, as `payouts` shows")
            ->check(CLI::IsMember({"gateway", "manual"}));
    add("--date", options.date, "As 2026-02-28; today, unless said");
    json_option(command, options);
}

void add_documents(CLI::App& app, Chosen& chosen) {
    const auto list = std::make_shared<DocumentsOptions>();
    auto& command = add_command(app, chosen, "documents", "List invoices and credit notes, or show one",
                                "  sluice documents --db sqlite:sluice.db --operator metro --limit 20\n"
                                "  sluice documents --db sqlite:sluice.db --operator metro --subscriber S000009\n"
                                "  sluice documents show INV-2026-000001 --db sqlite:sluice.db --operator metro",
                                list, list_documents);
    command.add_option("--subscriber", list->subscriber, "Only this subscriber, by code");
    command.add_option("--limit", list->limit, "At most so many")->check(CLI::Range(1, 100'000))->capture_default_str();
    json_option(command, *list);
    const auto show = std::make_shared<DocumentsOptions>();
    auto& shown = add_command(command, chosen, "show", "Show one document with its lines",
                              "  sluice documents show INV-2026-000001 --db sqlite:sluice.db --operator metro", show,
                              show_document);
    shown.add_option("NUMBER", show->number, "The document's number")->required();
    json_option(shown, *show);
    const auto note = std::make_shared<CorrectionOptions>();
    auto& credit = add_command(
        command, chosen, "credit", "Issue a credit note for lines of an invoice",
        "  sluice documents credit INV-2026-000001 --line 2 --reason \"Never installed\" --db sqlite:sluice.db\n"
        "  sluice documents credit INV-2026-000001 --line 1=10.00 --line 3 --db sqlite:sluice.db",
        note, credit_document);
    credit.add_option("NUMBER", note->name, "The invoice's number")->required();
    credit.add_option("--line", note->lines, "Which line, from 1, as 2; or a part of it, as 2=10.00; all, unless said");
    correction_options(credit, *note, {"--reason", "--date"});
    const auto debt = std::make_shared<CorrectionOptions>();
    auto& write_off =
        add_command(command, chosen, "write-off", "Give up what is open of an invoice",
                    "  sluice documents write-off INV-2026-000001 --reason \"Moved away\" --db sqlite:sluice.db", debt,
                    write_off_document);
    write_off.add_option("NUMBER", debt->name, "The invoice's number")->required();
    correction_options(write_off, *debt, {"--amount", "--reason", "--date"});
}

void add_payments(CLI::App& app, Chosen& chosen) {
    const auto list = std::make_shared<PaymentsOptions>();
    auto& command = add_command(app, chosen, "payments", "List payments; record one, give it back",
                                "  sluice payments --subscriber S000009 --db sqlite:sluice.db --operator metro\n"
                                "  sluice payments record S000009 50.00 --method cash --db sqlite:sluice.db",
                                list, list_payments);
    command.add_option("--subscriber", list->subscriber, "Only this subscriber, by code");
    command.add_option("--method", list->method, "Only those that came in this way");
    command.add_option("--limit", list->limit, "At most so many")->check(CLI::Range(1, 100'000))->capture_default_str();
    json_option(command, *list);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         const std::set<std::string>& taken, int (*carry_out)(Session&, const CorrectionOptions&)) {
        const auto options = std::make_shared<CorrectionOptions>();
        auto& sub =
            add_command(command, chosen, name, description,
                        "  sluice payments " + name + " " + example + " --db sqlite:sluice.db", options, carry_out);
        const bool is_new = name == "record";
        sub.add_option(is_new ? "SUBSCRIBER" : "PAYMENT", options->name,
                       is_new ? "Who paid, by code" : "The payment's id")
            ->required();
        if (is_new) sub.add_option("AMOUNT", options->amount, "As 50.00")->required();
        correction_options(sub, *options, taken);
    };
    add("show", "Show one with what it pays and what went back", "pay_6h0w7mrpqmg09", {}, show_payment);
    add("record", "Record money that came in; it pays the oldest debt first", "S000009 50.00 --method cash",
        {"--method", "--reference", "--date"}, record_payment);
    const auto transfer = std::make_shared<CorrectionOptions>();
    auto& sub = add_command(command, chosen, "transfer", "Make what one subscriber has paid ahead another one's",
                            "  sluice payments transfer S000009 S000010 --amount 20.00 --db sqlite:sluice.db", transfer,
                            transfer_money);
    sub.add_option("FROM", transfer->name, "Whose money it is, by code")->required();
    sub.add_option("TO", transfer->to, "Who gets it, by code")->required();
    correction_options(sub, *transfer, {"--amount", "--reference", "--date"});
    const auto add_wallet = [&](const std::string& name, const std::string& description,
                                int (*carry_out)(Session&, const CorrectionOptions&)) {
        const auto options = std::make_shared<CorrectionOptions>();
        auto& wallet =
            add_command(command, chosen, name, description,
                        "  sluice payments " + name + " S000009 --unit flat-1 --amount 20.00 --db sqlite:sluice.db",
                        options, carry_out);
        wallet.add_option("SUBSCRIBER", options->name, "Whose money it is, by code")->required();
        auto* unit = wallet.add_option("--unit", options->unit, "The unit that it is for, by code");
        wallet.add_option("--sub-service", options->sub_service, "Or the sub-service, by code")->excludes(unit);
        correction_options(wallet, *options, {"--amount", "--date"});
    };
    add_wallet("set-aside", "Keep what is paid ahead for one unit or sub-service", set_aside);
    add_wallet("release", "Take it out again: it pays what is open", release_wallet);
    add("refund", "Give back what nothing was charged against", "pay_6h0w7mrpqmg09 --amount 20.00",
        {"--amount", "--fee", "--method", "--reference", "--through", "--date"}, refund_payment);
    add("charge-back", "The payer's bank took it back: what it paid is open again",
        "pay_6h0w7mrpqmg09 --reference \"dispute 4711\"", {"--amount", "--reference", "--date"}, charge_back_payment);
}

void add_explain(CLI::App& app, Chosen& chosen) {
    const auto options = std::make_shared<ExplainOptions>();
    auto& command = add_command(app, chosen, "explain", "Explain in words and numbers how a line's amount came about",
                                "  sluice explain INV-2026-000003/1 --db sqlite:sluice.db --operator greentower\n"
                                "  sluice explain line_01m2xv8ykc000 --subscriber greentower --db sqlite:sluice.db",
                                options, explain_line);
    command.add_option("LINE", options->line, "NUMBER/position of a document's line, or a line's id")->required();
    command.add_option("--subscriber", options->subscriber, "Whose line it is, when it is named by its id");
    json_option(command, *options);
}

void add_export(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("export", "Write data as CSV to standard output");
    command->require_subcommand(1);
    const auto options = std::make_shared<CommonOptions>();
    auto& documents = add_command(
        *command, chosen, "documents", "All documents: date,type,number,subscriber,unit,lines,net,tax,total",
        "  sluice export documents --db sqlite:sluice.db --operator metro > documents.csv", options, export_documents);
    json_option(documents, *options);
}

void add_parked(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("parked", "Accounts that could not be billed");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description,
                         int (*carry_out)(Session&, const ParkedOptions&)) {
        const auto options = std::make_shared<ParkedOptions>();
        auto& sub = add_command(*command, chosen, name, description,
                                "  sluice parked " + name + " --db sqlite:sluice.db", options, carry_out);
        auto* subscriber = sub.add_option("SUBSCRIBER", options->subscriber, "The account, by its subscriber's code");
        if (name == "show") subscriber->required();
        if (name == "list") sub.remove_option(subscriber);
        json_option(sub, *options);
    };
    add("list", "List them with their reasons", list_parked);
    add("show", "Show one with its reason and facts", show_parked);
    add("replay", "Bill one (or all) of them again", replay_parked);
}

void add_collection(CLI::App& app, Chosen& chosen) {
    const std::string on = " --db sqlite:sluice.db --operator metro";
    const auto of_subscriber = [&](CLI::App& parent, const char* name, const char* description,
                                   const std::string& example, int (*carry_out)(Session&, const DebtorOptions&)) {
        const auto options = std::make_shared<DebtorOptions>();
        auto& command = add_command(parent, chosen, name, description, "  sluice " + example + on, options, carry_out);
        command.add_option("SUBSCRIBER", options->subscriber, "By code")->required();
        json_option(command, *options);
        return std::pair<CLI::App*, DebtorOptions*>(&command, options.get());
    };
    const auto dated = [](const std::pair<CLI::App*, DebtorOptions*>& command) {
        command.first->add_option("--date", command.second->date, "As 2026-02-28; today, unless said");
    };
    of_subscriber(app, "funds", "Show what a subscriber can spend, owes and will need", "funds S000009", show_funds);

    const auto preview = std::make_shared<CollectionOptions>();
    auto& collection = add_command(
        app, chosen, "collection", "See and do what is done about debts",
        "  sluice collection" + on + "\n  sluice collection --date 2026-03-01" + on + "\n  sluice collection run" + on,
        preview, preview_collection);
    collection.add_option("--date", preview->date, "As 2026-03-01; today, unless said");
    json_option(collection, *preview);
    const auto run = std::make_shared<CollectionOptions>();
    auto& running = add_command(collection, chosen, "run", "Remind, charge late fees, suspend and resume, as of a day",
                                "  sluice collection run" + on, run, run_collection);
    running.add_option("--date", run->date, "As 2026-03-01; today, unless said");
    json_option(running, *run);

    const auto hold =
        of_subscriber(collection, "hold", "Do nothing about a subscriber's debts for some time",
                      "collection hold S000009 --until 2026-03-10 --reason 'Pays on payday'", hold_collection);
    hold.first->add_option("--until", hold.second->until, "The last day, as 2026-03-10; for good, unless said");
    hold.first->add_option("--reason", hold.second->reason, "In words");
    dated(hold);
    const auto release = of_subscriber(collection, "release", "End a hold",
                                       "collection release S000009 hold_6h0w7mrpqmg0g", release_collection);
    release.first->add_option("HOLD", release.second->id, "Its id, as `sluice funds` shows it")->required();
    const auto plan = of_subscriber(collection, "plan", "Agree on dated parts of all that is open",
                                    "collection plan S000009 2026-03-15=20.00 2026-04-15=20.00", agree_on_plan);
    plan.first->add_option("PART", plan.second->parts, "Date and amount, as 2026-03-15=20.00")->required();
    dated(plan);
    const auto ended = of_subscriber(collection, "end-plan", "End a payment plan",
                                     "collection end-plan S000009 plan_6h0w7mrpqmg0h", end_plan);
    ended.first->add_option("PLAN", ended.second->id, "Its id, as `sluice funds` shows it")->required();
    const auto promise = of_subscriber(collection, "promise", "Lend an amount for some days on a promise to pay",
                                       "collection promise S000009 --amount 40.00 --days 7", promise_payment);
    promise.first->add_option("--amount", promise.second->amount, "As 40.00; the limit of the settings, unless said");
    promise.first->add_option("--days", promise.second->days, "As many as the settings allow, unless said")
        ->check(CLI::Range(1, 60));
    dated(promise);
}

void add_statements(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("statements", "Bank statements: money that came in, and whose it is");
    command->require_subcommand(1);
    const auto options = std::make_shared<StatementsOptions>();
    auto& import =
        add_command(*command, chosen, "import", "Import files of a bank; payments that are known are recorded at once",
                    "  sluice statements import 2026-02-10.xml --db sqlite:sluice.db --operator metro\n"
                    "  sluice statements import --preview 2026-02-10.sta --db sqlite:sluice.db --operator metro\n"
                    "  sluice statements import february.csv --mapping bank.yaml --db sqlite:sluice.db",
                    options, import_statements);
    import.add_option("FILE", options->files, "camt.053, MT940 or CSV")->required();
    import.add_option("--format", options->format, "What the files are, unless they look like it")
        ->check(CLI::IsMember({"camt", "mt940", "csv"}));
    import.add_option("--mapping", options->mapping, "A YAML file that says what the columns of a CSV file are");
    import.add_flag("--preview", options->preview, "Show what would come of it, store nothing");
    json_option(import, *options);
    const auto listed = std::make_shared<StatementsOptions>();
    auto& list =
        add_command(*command, chosen, "list", "List the files that were imported, newest first",
                    "  sluice statements list --db sqlite:sluice.db --operator metro", listed, list_statements);
    list.add_option("--limit", listed->limit, "At most so many")->check(CLI::Range(1, 100'000))->capture_default_str();
    json_option(list, *listed);
    const auto found = std::make_shared<StatementsOptions>();
    auto& lines = add_command(*command, chosen, "lines", "List bank lines, and whose they are",
                              "  sluice statements lines --state unmatched --db sqlite:sluice.db --operator metro\n"
                              "  sluice statements lines --subscriber S000009 --db sqlite:sluice.db --operator metro",
                              found, list_bank_lines);
    lines.add_option("--state", found->state, "unmatched (they wait for a clerk), matched or set_aside")
        ->check(CLI::IsMember({"unmatched", "matched", "set_aside"}));
    lines.add_option("--statement", found->statement, "Only of this imported file, by its id");
    lines.add_option("--subscriber", found->subscriber, "Only this subscriber's, by code");
    lines.add_option("--limit", found->limit, "At most so many")->check(CLI::Range(1, 100'000))->capture_default_str();
    json_option(lines, *found);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const BankLineOptions&)) {
        const auto wish = std::make_shared<BankLineOptions>();
        auto& sub = add_command(*command, chosen, name, description,
                                "  sluice statements " + name + " bankline_6h0w7mrpqmg0g" + example +
                                    " --db sqlite:sluice.db --operator metro",
                                wish, carry_out);
        sub.add_option("LINE", wish->line, "The line's id")->required();
        if (name == "assign") sub.add_option("SUBSCRIBER", wish->subscriber, "Whose it is, by code")->required();
        if (name == "set-aside") sub.add_option("--reason", wish->reason, "What it is")->required();
        json_option(sub, *wish);
    };
    add("assign", "Say whose a line is, and record the payment", " S000009", assign_bank_line);
    add("set-aside", "Set a line aside that is no subscriber's payment", " --reason interest", set_aside_bank_line);
    add("take-back", "Take back a line that was set aside or assigned: it waits again", "", take_back_bank_line);
}

void add_api_keys(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("api-keys", "Keys for the REST API");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const ApiKeyOptions&)) {
        const auto options = std::make_shared<ApiKeyOptions>();
        auto& sub =
            add_command(*command, chosen, name, description, "  sluice api-keys " + name + example, options, carry_out);
        if (name == "revoke") sub.add_option("KEY", options->id, "Its id, key_… (not the key itself)")->required();
        if (name == "create") {
            sub.add_option("NAME", options->name, "Who or what uses it")->required();
            sub.add_option("--role", options->role, "viewer, clerk or owner")
                ->check(CLI::IsMember({"viewer", "clerk", "owner"}))
                ->required();
        }
        if (name != "revoke") json_option(sub, *options);
    };
    add("list", "List them, revoked ones too", " --db sqlite:sluice.db", list_api_keys);
    add("create", "Make one of an operator, or without --operator one of the whole installation; it is shown once",
        " \"web shop\" --role clerk --operator metro --db sqlite:sluice.db", create_api_key);
    add("revoke", "End one", " key_01m2xv8ykc000 --db sqlite:sluice.db", revoke_api_key);
}

void add_jobs(CLI::App& app, Chosen& chosen) {
    const auto list = std::make_shared<JobsOptions>();
    auto& command = add_command(app, chosen, "jobs", "What the server does by itself: when, and how it went",
                                "  sluice jobs --db sqlite:sluice.db --operator metro\n"
                                "  sluice jobs set billing --hour 3 --enable --db sqlite:sluice.db --operator metro",
                                list, list_jobs);
    json_option(command, *list);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const JobsOptions&)) {
        const auto options = std::make_shared<JobsOptions>();
        auto& sub = add_command(command, chosen, name, description,
                                "  sluice jobs " + name + example + " --db sqlite:sluice.db --operator metro", options,
                                carry_out);
        sub.add_option("TASK", options->task, "Which one, as billing")->required();
        if (name == "set") {
            sub.add_option("--hour", options->hour, "From which hour of the operator's clocks on, 0 to 23")
                ->check(CLI::Range(0, 23));
            sub.add_flag("--enable", options->enable, "Do it by itself, each day");
            sub.add_flag("--disable", options->disable, "Do it only when asked");
            sub.add_flag("--compare", options->compare,
                         "Billing: say for each run what is different from the same dates before, and why");
            sub.add_flag("--no-compare", options->no_compare, "Billing: do not; it takes longer");
        }
        json_option(sub, *options);
    };
    add("set", "Say when a task is done by itself, or that it is not", " billing --hour 3 --enable", set_job);
    add("run", "Do one now, for today", " billing", run_job);
}

void add_outbox(CLI::App& app, Chosen& chosen) {
    const AddOutboxCommand add = [&chosen](CLI::App& parent, const std::string& name, const std::string& description,
                                           const std::string& examples,
                                           std::function<int(Session&)> action) -> CLI::App& {
        auto* command = parent.add_subcommand(name, description);
        command->footer("Examples:\n" + examples + "\n");
        command->callback([&chosen, action = std::move(action)] { chosen = action; });
        return *command;
    };
    add_webhooks(app, add);
    add_mail(app, add);
}

void add_commands(CLI::App& app, Chosen& chosen, Where& where) {
    add_serve(app, chosen, where);
    add_simulate(app, chosen);
    add_import(app, chosen);
    add_operators(app, chosen);
    add_policies(app, chosen);
    add_bill(app, chosen);
    add_documents(app, chosen);
    add_payments(app, chosen);
    add_explain(app, chosen);
    add_export(app, chosen);
    add_parked(app, chosen);
    add_statements(app, chosen);
    add_collection(app, chosen);
    add_automatic_payments(app, chosen);
    add_payouts(app, chosen);
    add_api_keys(app, chosen);
    add_users(app, chosen);
    add_payment_methods(app, chosen);
    add_checkouts(app, chosen);
    add_jobs(app, chosen);
    add_cash(app, chosen);
    add_cheques(app, chosen);
    add_pro_formas(app, chosen);
    add_advance_payments(app, chosen);
    add_discounts(app, chosen);
    add_promo_codes(app, chosen);
    add_saved_methods(app, chosen);
    add_outbox(app, chosen);
    const auto balances = std::make_shared<CommonOptions>();
    json_option(add_command(app, chosen, "balances", "List what subscribers owe or have paid ahead",
                            "  sluice balances --db sqlite:sluice.db --operator metro", balances, list_balances),
                *balances);
    const auto verify = std::make_shared<CommonOptions>();
    json_option(
        add_command(app, chosen, "verify", "Re-derive documents, balances, numbers and periods from the stored facts",
                    "  sluice verify --db sqlite:sluice.db", verify, verify_books),
        *verify);
    add_migrate(app, chosen, where);
    add_copy(app, chosen);
    add_copies(app, chosen, where);
    where_options(app, where);
}

int carry_out(const Chosen& chosen, const Parts& parts, const Where& where) {
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const auto unix_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    Session session{.parts = parts,
                    .ids = IdSource(unix_ms, parts.node),
                    .where = where,
                    .progress_on_terminal = ::isatty(STDERR_FILENO) != 0};
    try {
        const int status = chosen(session);
        parts.out.flush();
        if (!parts.out) throw app::StoreFailure("standard output could not be written");
        return status;
    } catch (const BadInput& error) {
        parts.err << "sluice: " << error.what() << '\n';
        return exit_bad_input;
    } catch (const InputError& error) {
        parts.err << "sluice: " << error.what() << '\n';
        return exit_bad_input;
    } catch (const std::exception& failure) {
        parts.err << "sluice: " << failure.what() << '\n';
        return exit_failed;
    }
}

}  // namespace

int run_cli(int argc, const char* const* argv, const Parts& parts) {
    CLI::App app("Sluice: billing for those who sell access and capacity", "sluice");
    app.footer(
        "Examples:\n"
        "  sluice simulate tests/scenarios/01-greentower.yaml\n"
        "  sluice import demo/metro-fiber --as-of 2026-04-01 --db sqlite:sluice.db\n"
        "  sluice bill --through 2026-07-31 --db sqlite:sluice.db\n"
        "  sluice bill --through 2026-07-31 --server https://billing.example.com --key slk_…\n"
        "  sluice serve --db sqlite:sluice.db\n"
        "Exit status: 0 done, 1 something was found (differences, findings, parked accounts), 2 bad input, 3 failure.\n"
        "Every command has --help.\n");
    app.set_version_flag("--version", "sluice " SLUICE_VERSION);
    app.require_subcommand(1);
    Chosen chosen;
    Where where;
    add_commands(app, chosen, where);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) {
        return app.exit(help, parts.out, parts.err);
    } catch (const CLI::ParseError& error) {
        app.exit(error, parts.out, parts.err);
        return exit_bad_input;
    }
    return carry_out(chosen, parts, where);
}

}  // namespace sluice::serve
