#include <boost/json.hpp>
#include <map>
#include <ostream>

#include "app/import_operator.hpp"
#include "app/ports/staff_store.hpp"
#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/import/import_files.hpp"
#include "serve/json/documents_json.hpp"
#include "serve/scenario/read_setup.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

// What came of an import: `result` (null when nothing was stored), `problem_count` and `errors`, as the API has them.
json::object outcome_of(const customers::Operator& op, const app::ImportReport& report) {
    json::array errors;
    for (const auto& problem : report.problems)
        errors.push_back(json::object{
            {"file", problem.file}, {"line", problem.line}, {"column", problem.column}, {"message", text_of(problem)}});
    json::value result = nullptr;
    if (report.is_stored)
        result = {{"operator", op.code},   {"subscribers", report.subscribers},
                  {"units", report.units}, {"sub_services", report.sub_services},
                  {"items", report.items}, {"rejected", report.bad_rows[0] + report.bad_rows[1] + report.bad_rows[2]}};
    return {{"result", std::move(result)}, {"problem_count", report.problem_count}, {"errors", std::move(errors)}};
}

// In the audit log, as an import over the network is: told when it is done.
void tell(Session& session, app::Store& store, const ImportOptions& options, customers::OperatorId op) {
    const json::object request{
        {"directory", options.directory}, {"as_of", options.as_of}, {"partial", options.partial}};
    app::Transaction transaction(store);
    store.staff().add(
        app::AuditEntry{.id = session.ids.next<app::AuditId>(),
                        .op = op,
                        .at = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()),
                        .actor = app::ActorKind::program,
                        .actor_name = "sluice",
                        .address = {},
                        .operation = "start_import",
                        .request = json::serialize(request),
                        .status = 202});
    transaction.commit();
}

// Straight into a store of this machine: the files may be of any size.
json::object import_here(Session& session, const ImportOptions& options, Date as_of, const app::OperatorSetup& setup,
                         ImportFiles& files) {
    const auto store = session.parts.open_store(session.where.db, false);
    ProgressLine progress(session.parts.err, session.progress_on_terminal);
    const auto report = app::import_operator(
        *store, session.ids, setup, files,
        {.as_of = as_of, .partial = options.partial, .progress = [&](const app::ImportProgress& at) {
             const auto percent = at.bytes_total > 0 ? at.bytes * 100 / at.bytes_total : 100;
             progress.show("importing " + at.file + ": " + std::to_string(at.rows) + " rows, " +
                           std::to_string(percent) + " % of all");
         }});
    if (report.is_stored) tell(session, *store, options, setup.op.id);
    return outcome_of(setup.op, report);
}

// The rows that the server names are looked up in the files once more, and set aside as an import here would do it.
void set_aside(ImportFiles& files, const json::array& errors) {
    std::map<std::pair<std::string, std::int64_t>, std::string> reasons;
    for (const auto& each : errors) {
        const auto& error = as_object(each);
        const auto line = number_in(error, "line");
        auto message = text_in(error, "message");
        const auto place = text_in(error, "file") + ", line " + std::to_string(line) + ": ";
        if (message.starts_with(place)) message.erase(0, place.size());
        auto& reason = reasons[{text_in(error, "file"), line}];
        reason += (reason.empty() ? "" : " | ") + message;
    }
    for (const auto table : {app::ImportTable::subscribers, app::ImportTable::units, app::ImportTable::sub_services}) {
        if (!files.open(table)) continue;
        while (const auto* row = files.next()) {
            auto found = reasons.find({files.file_of(table), row->line});
            if (found == reasons.end()) found = reasons.find({files.file_of(table), row->fault_line});
            if (found != reasons.end()) files.set_aside(found->second);
        }
    }
}

json::object import_there(Session& session, const ImportOptions& options, ImportFiles& files) {
    const auto client = open_client(session.parts, session.where);
    const auto text_of_file = [&](const std::string& name) {
        const auto path = std::filesystem::path(options.directory) / name;
        return std::filesystem::exists(path) ? read_text_file(path.string()) : std::string();
    };
    const auto import = [&] {
        ProgressLine progress(session.parts.err, session.progress_on_terminal);
        return client->carry_out("/api/v1/imports", {},
                                 json::object{{"operator", text_of_file("operator.yaml")},
                                              {"subscribers", text_of_file("subscribers.csv")},
                                              {"units", text_of_file("units.csv")},
                                              {"sub_services", text_of_file("sub_services.csv")},
                                              {"as_of", options.as_of},
                                              {"partial", options.partial}},
                                 [&](const json::object& so_far) {
                                     const auto& at = object_in(so_far, "progress");
                                     progress.show("importing " + text_in(at, "file") + ": " +
                                                   std::to_string(number_in(at, "rows")) + " rows");
                                 });
    }();
    if (text_in(import, "state") != "finished")
        throw std::runtime_error("the import failed, nothing was stored: " + text_in(import, "error"));
    const auto& errors = list_in(import, "errors");
    if (!import.at("result").is_null()) set_aside(files, errors);
    return {{"result", import.at("result")}, {"problem_count", import.at("problem_count")}, {"errors", errors}};
}

void print(const Parts& parts, const customers::Operator& op, const json::object& outcome, const ImportFiles& files,
           const ImportOptions& options) {
    const auto& errors = list_in(outcome, "errors");
    const auto problems = number_in(outcome, "problem_count");
    for (const auto& error : errors) parts.err << text_in(as_object(error), "message") << '\n';
    const auto unshown = problems - static_cast<std::int64_t>(errors.size());
    if (unshown > 0) parts.err << "… and " << unshown << " more problems\n";
    if (outcome.at("result").is_null()) {
        parts.err << "sluice: nothing was imported: " << problems << (problems == 1 ? " problem" : " problems")
                  << " to mend first. With --partial the good rows are imported and the bad ones written to "
                  << options.rejects << "/.\n";
        return;
    }
    const auto& result = object_in(outcome, "result");
    parts.out << "Imported " << op.name << " (" << op.code << ") as of " << options.as_of << ": "
              << number_in(result, "subscribers") << " subscribers, " << number_in(result, "units") << " units, "
              << number_in(result, "sub_services") << " sub-services with " << number_in(result, "items")
              << " items.\n";
    for (const auto& path : files.rejects())
        parts.out << "Rejected rows, with their reasons: " << path.string() << '\n';
}

}  // namespace

int import_operator(Session& session, const ImportOptions& options) {
    const Date as_of = date_option("--as-of", options.as_of);
    session.where.fill_in();
    const auto operator_file = options.directory + "/operator.yaml";
    const auto setup = [&] {
        try {
            return read_operator_file(operator_file, session.ids);
        } catch (const InputError& error) {
            throw BadInput(error.text(operator_file));
        }
    }();
    ImportFiles files(options.directory, options.rejects);
    const auto outcome = session.where.server.empty() ? import_here(session, options, as_of, setup, files)
                                                      : import_there(session, options, files);
    if (options.json)
        session.parts.out << pretty(outcome);
    else
        print(session.parts, setup.op, outcome, files, options);
    return outcome.at("result").is_null() ? exit_bad_input : exit_done;
}

}  // namespace sluice::serve
