#include <boost/json.hpp>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

json::object summary_json(const app::BillingSummary& summary) {
    json::array parked;
    for (const auto& account : summary.parked)
        parked.push_back(json::object{
            {"subscriber", account.subscriber_code}, {"date", account.date.text()}, {"reason", account.reason}});
    const auto& totals = summary.totals;
    return {{"operator", summary.op.code},  {"through", summary.through.text()},
            {"invoices", totals.invoices},  {"credit_notes", totals.credit_notes},
            {"lines", totals.lines},        {"currency", summary.op.currency.code()},
            {"net", totals.net.text()},     {"tax", totals.tax.text()},
            {"total", totals.total.text()}, {"parked", std::move(parked)}};
}

std::string summary_text(const std::vector<app::BillingSummary>& summaries, Date through, bool dry_run) {
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
    for (const auto& [op, date, totals, parked] : summaries)
        table.row({op.code, std::to_string(totals.invoices), std::to_string(totals.credit_notes),
                   std::to_string(totals.lines), std::string(op.currency.code()), totals.net.text(), totals.tax.text(),
                   totals.total.text(), std::to_string(parked.size())});
    std::string out = (dry_run ? "Dry run, nothing is stored. This would be billed through " : "Billed through ") +
                      through.text() + "\n" + table.text("  ");
    for (const auto& summary : summaries)
        for (const auto& account : summary.parked)
            out += "parked: " + summary.op.code + " " + account.subscriber_code + " on " + account.date.text() + ": " +
                   account.reason + "\n";
    return out;
}

}  // namespace

int bill(Session& session, const BillOptions& options) {
    const Date through = date_option("--through", options.through);
    const auto store = session.parts.open_store(options.db, true);
    const auto operators = selected_operators(*store, options);
    if (operators.empty()) throw BadInput("there is no operator in this store; import one first with `sluice import`");
    std::vector<app::BillingSummary> summaries;
    {
        // A dry run is the run itself, in a transaction that is not kept.
        std::optional<app::Transaction> dry_run;
        if (options.dry_run) dry_run.emplace(*store);
        ProgressLine progress(session.parts.err, session.progress_on_terminal);
        for (const auto& op : operators) {
            const auto due = store->count_due(op.id, through);
            app::BillRun run(*store, *session.parts.hasher, session.ids, op);
            summaries.push_back(run.run(through, [&](const app::BillingProgress& at) {
                progress.show(op.code + ": billing " + at.date.text() + ", " + std::to_string(at.sub_services) +
                              " sub-services billed (" + std::to_string(due) + " were due at the start), " +
                              std::to_string(at.documents) + " documents");
            }));
        }
    }
    bool parked = false;
    for (const auto& summary : summaries) parked = parked || !summary.parked.empty();
    if (options.json) {
        json::array all;
        for (const auto& summary : summaries) all.push_back(summary_json(summary));
        session.parts.out << pretty(json::object{{"dry_run", options.dry_run}, {"operators", std::move(all)}});
    } else {
        session.parts.out << summary_text(summaries, through, options.dry_run);
        if (parked)
            session.parts.out
                << "Accounts are parked: see `sluice parked list`, and `sluice parked replay` when mended.\n";
    }
    return parked ? exit_found_something : exit_done;
}

}  // namespace sluice::serve
