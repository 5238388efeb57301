#include "app/verify.hpp"

#include <boost/json.hpp>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

json::object report_json(const customers::Operator& op, const app::VerifyReport& report) {
    json::array findings;
    for (const auto& finding : report.findings)
        findings.push_back(
            json::object{{"code", finding.code}, {"where", finding.where}, {"message", finding.message}});
    return {{"operator", op.code},   {"accounts", report.accounts}, {"documents", report.documents},
            {"lines", report.lines}, {"entries", report.entries},   {"findings", std::move(findings)}};
}

}  // namespace

int verify_books(Session& session, const StoreOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    auto& out = session.parts.out;
    json::array reports;
    bool sound = true;
    for (const auto& op : selected_operators(*store, options)) {
        app::VerifyReport report;
        {
            ProgressLine progress(session.parts.err, session.progress_on_terminal);
            report = app::verify(*store, *session.parts.hasher, op, [&](const app::VerifyReport& so_far) {
                progress.show(op.code + ": verified " + std::to_string(so_far.accounts) + " accounts, " +
                              std::to_string(so_far.documents) + " documents");
            });
        }
        sound = sound && report.findings.empty();
        if (options.json) {
            reports.push_back(report_json(op, report));
            continue;
        }
        for (const auto& finding : report.findings)
            out << op.code << ": " << finding.where << ": " << finding.message << " [" << finding.code << "]\n";
        out << op.code << ": " << report.accounts << " accounts, " << report.documents << " documents, " << report.lines
            << " lines, " << report.entries << " journal entries verified: "
            << (report.findings.empty() ? std::string("all is well")
                                        : std::to_string(report.findings.size()) + " findings, see above")
            << '\n';
    }
    if (options.json) out << pretty(json::object{{"sound", sound}, {"operators", std::move(reports)}});
    return sound ? exit_done : exit_found_something;
}

}  // namespace sluice::serve
