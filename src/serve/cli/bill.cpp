#include <ostream>

#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

constexpr const char* on_ctrl_c =
    "\nStopping after the batch that is being billed. What is billed stays billed, and the next `sluice bill` goes on "
    "from\nthere. Ctrl-C once more leaves at once: a server then goes on by itself.\n";

struct Run {
    std::string op;
    json::object bill_run;  // as the API answers
};

// As exact as an estimate is.
std::string time_text(std::int64_t seconds) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    if (seconds < 2 * minute) return std::to_string(seconds) + " s";
    if (seconds < 2 * hour) return std::to_string(seconds / minute) + " min";
    return std::to_string(seconds / hour) + " h " + std::to_string(seconds % hour / minute) + " min";
}

// Nothing of what is not known, which an older server never tells.
std::string rate_text(const json::object& progress) {
    const auto known = [&](std::string_view member) {
        const auto* value = progress.if_contains(member);
        return value ? value->if_int64() : nullptr;
    };
    std::string text;
    if (const auto* rate = known("per_second")) text += ", " + std::to_string(*rate) + " sub-services a second";
    if (const auto* seconds = known("seconds_left")) text += ", about " + time_text(*seconds) + " left";
    return text;
}

std::string progress_text(const std::string& op, const json::object& bill_run) {
    const auto& at = object_in(bill_run, "progress");
    return op + ": billing " + text_in(at, "date") + ", " + std::to_string(number_in(at, "sub_services")) +
           " sub-services billed (" + std::to_string(number_in(at, "due_at_start")) + " were due at the start), " +
           std::to_string(number_in(at, "documents")) + " documents" + rate_text(at);
}

std::string title(const BillOptions& options, bool cancelled) {
    if (cancelled) return "Cancelled before its end. Billed so far, through ";
    return options.dry_run ? "Dry run, nothing is stored. This would be billed through " : "Billed through ";
}

std::string runs_text(const std::vector<Run>& runs) {
    using Align = Table::Align;
    Table table({{"operator"},
                 {"invoices", Align::right},
                 {"credit notes", Align::right},
                 {"lines", Align::right},
                 {""},
                 {"net", Align::right},
                 {"tax", Align::right},
                 {"total", Align::right},
                 {"parked", Align::right}});
    for (const auto& [op, run] : runs) {
        const auto& totals = object_in(run, "totals");
        table.row({op, std::to_string(number_in(totals, "invoices")), std::to_string(number_in(totals, "credit_notes")),
                   std::to_string(number_in(totals, "lines")), currency_in(totals, "total"), amount_in(totals, "net"),
                   amount_in(totals, "tax"), amount_in(totals, "total"), std::to_string(number_in(run, "parked"))});
    }
    return table.text("  ");
}

std::string parked_text(const Run& run) {
    std::string out;
    const auto& accounts = list_in(run.bill_run, "parked_accounts");
    for (const auto& each : accounts) {
        const auto& account = as_object(each);
        out += "parked: " + run.op + " " + text_in(account, "subscriber") + " on " + text_in(account, "date") + ": " +
               text_in(account, "reason") + "\n";
    }
    const auto more = number_in(run.bill_run, "parked") - static_cast<std::int64_t>(accounts.size());
    return more > 0 ? out + "parked: " + run.op + " … and " + std::to_string(more) + " more\n" : out;
}

// Nothing where it was not asked for.
std::string comparison_text(const Run& run) {
    const auto* comparison = run.bill_run.if_contains("comparison");
    const auto* asked = run.bill_run.if_contains("compare");
    if (!asked || !asked->as_bool() || text_in(run.bill_run, "state") != "finished") return "";
    if (!comparison || !comparison->is_object())
        return run.op +
               ": there is nothing to compare with; it is the first run, or its dates were all billed already\n";
    const auto& all = comparison->as_object();
    const auto side = [&](std::string_view name) {
        const auto& of = object_in(all, name);
        return amount_in(of, "total") + " (" + text_in(of, "from") + " to " + text_in(of, "to") + ")";
    };
    using Align = Table::Align;
    Table table({{"cause"}, {"sub-services", Align::right}, {""}, {"amount", Align::right}});
    for (const auto& each : list_in(all, "causes")) {
        const auto& cause = as_object(each);
        table.row({text_in(cause, "cause"), std::to_string(number_in(cause, "sub_services")),
                   currency_in(cause, "amount"), amount_in(cause, "amount")});
    }
    table.row({"together", "", currency_in(all, "difference"), amount_in(all, "difference")});
    return run.op + ": " + side("now") + " against " + side("before") + "; " +
           std::to_string(number_in(all, "unchanged")) + " of " + std::to_string(number_in(all, "sub_services")) +
           " sub-services as before\n" + table.text("  ");
}

void print(std::ostream& out, const BillOptions& options, const std::vector<Run>& runs, bool cancelled, bool parked) {
    if (options.json) {
        json::array items;
        for (const auto& [op, run] : runs) {
            auto item = json::object{{"operator", op}};
            for (const auto& [member, value] : run) item[member] = value;
            items.push_back(std::move(item));
        }
        out << pretty(json::object{{"items", std::move(items)}});
        return;
    }
    out << title(options, cancelled) << options.through << "\n" << runs_text(runs);
    for (const auto& run : runs) out << comparison_text(run);
    for (const auto& run : runs) out << parked_text(run);
    if (parked) out << "Accounts are parked: see `sluice parked list`, and `sluice parked replay` when mended.\n";
}

}  // namespace

namespace {

json::object request_of(const BillOptions& options) {
    json::object request{{"through", options.through}, {"dry_run", options.dry_run}};
    if (options.workers != 1) request["workers"] = options.workers;
    if (options.compare) request["compare"] = true;
    return request;
}

}  // namespace

int bill(Session& session, const BillOptions& options) {
    date_option("--through", options.through);
    const auto client = session.client();
    const auto operators = selected_operators(*client, session.where);
    if (operators.empty()) throw no_operator();
    std::vector<Run> runs;
    bool cancelled = false;
    bool parked = false;
    for (const auto& op : operators) {
        ProgressLine progress(session.parts.err, session.progress_on_terminal);
        runs.push_back({op.code, client->carry_out(
                                     "/api/v1/bill-runs", op.code, request_of(options),
                                     [&](const json::object& run) { progress.show(progress_text(op.code, run)); },
                                     [&] { session.parts.err << on_ctrl_c << std::flush; })});
        const auto& run = runs.back().bill_run;
        if (text_in(run, "state") == "failed")
            throw std::runtime_error("the bill run of " + op.code + " failed: " + text_in(run, "error") +
                                     ". What it had billed stays billed; mend the cause and bill again");
        parked = parked || number_in(run, "parked") > 0;
        cancelled = text_in(run, "state") == "cancelled";
        if (cancelled) break;
    }
    print(session.parts.out, options, runs, cancelled, parked);
    if (cancelled)
        session.parts.err << "sluice: the bill run of " << runs.back().op
                          << " was cancelled; bill again to go on from there\n";
    return parked || cancelled ? exit_found_something : exit_done;
}

}  // namespace sluice::serve
