#include "app/import_operator.hpp"

#include <boost/json.hpp>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/import/import_files.hpp"
#include "serve/json/documents_json.hpp"
#include "serve/scenario/read_setup.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

json::object report_json(const customers::Operator& op, const app::ImportReport& report) {
    json::array problems;
    for (const auto& problem : report.problems)
        problems.push_back(json::object{{"file", problem.file},
                                        {"line", problem.line},
                                        {"column", problem.column},
                                        {"value", problem.value},
                                        {"wrong", problem.wrong},
                                        {"right", problem.right}});
    return {{"operator", op.code},
            {"stored", report.is_stored},
            {"subscribers", report.subscribers},
            {"units", report.units},
            {"sub_services", report.sub_services},
            {"items", report.items},
            {"problem_count", report.problem_count},
            {"problems", std::move(problems)}};
}

void print_report(const Parts& parts, const customers::Operator& op, const app::ImportReport& report,
                  const ImportFiles& files, const ImportOptions& options) {
    for (const auto& problem : report.problems) parts.err << text_of(problem) << '\n';
    const auto unshown = report.problem_count - static_cast<std::int64_t>(report.problems.size());
    if (unshown > 0) parts.err << "… and " << unshown << " more problems\n";
    if (!report.is_stored) {
        parts.err << "sluice: nothing was imported: " << report.problem_count
                  << (report.problem_count == 1 ? " problem" : " problems")
                  << " to mend first. With --partial the good rows are imported and the bad ones written to "
                  << options.rejects << "/.\n";
        return;
    }
    parts.out << "Imported " << op.name << " (" << op.code << ") as of " << options.as_of << ": " << report.subscribers
              << " subscribers, " << report.units << " units, " << report.sub_services << " sub-services with "
              << report.items << " items.\n";
    for (const auto& path : files.rejects())
        parts.out << "Rejected rows, with their reasons: " << path.string() << '\n';
}

}  // namespace

int import_operator(Session& session, const ImportOptions& options) {
    const Date as_of = date_option("--as-of", options.as_of);
    const auto& parts = session.parts;
    const auto operator_file = options.directory + "/operator.yaml";
    app::OperatorSetup setup = [&] {
        try {
            return read_operator_file(operator_file, session.ids);
        } catch (const InputError& error) {
            throw BadInput(error.text(operator_file));
        }
    }();
    ImportFiles files(options.directory, options.rejects);
    const auto store = parts.open_store(options.db, false);
    app::ImportReport report;
    {
        ProgressLine progress(parts.err, session.progress_on_terminal);
        report = app::import_operator(
            *store, session.ids, setup, files,
            {.as_of = as_of, .partial = options.partial, .progress = [&](const app::ImportProgress& at) {
                 const auto percent = at.bytes_total > 0 ? at.bytes * 100 / at.bytes_total : 100;
                 progress.show("importing " + at.file + ": " + std::to_string(at.rows) + " rows, " +
                               std::to_string(percent) + " % of all");
             }});
    }
    if (options.json)
        parts.out << pretty(report_json(setup.op, report));
    else
        print_report(parts, setup.op, report, files, options);
    return report.is_stored ? exit_done : exit_bad_input;
}

}  // namespace sluice::serve
