#include <ostream>

#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::string count(const json::object& progress, const std::string& member, const std::string& words) {
    return std::to_string(number_in(progress, member)) + " " + words;
}

void print(std::ostream& out, const std::string& op, const json::object& verification) {
    const auto& findings = list_in(verification, "findings");
    for (const auto& each : findings) {
        const auto& finding = as_object(each);
        out << op << ": " << text_in(finding, "where") << ": " << text_in(finding, "message") << " ["
            << text_in(finding, "code") << "]\n";
    }
    const auto& at = object_in(verification, "progress");
    out << op << ": " << count(at, "accounts", "accounts") << ", " << count(at, "documents", "documents") << ", "
        << count(at, "lines", "lines") << ", " << count(at, "entries", "journal entries") << " verified: "
        << (findings.empty() ? std::string("all is well") : std::to_string(findings.size()) + " findings, see above")
        << '\n';
}

}  // namespace

int verify_books(Session& session, const CommonOptions& options) {
    const auto client = session.client();
    json::array items;
    bool sound = true;
    for (const auto& op : selected_operators(*client, session.where)) {
        const auto verification = [&] {
            ProgressLine progress(session.parts.err, session.progress_on_terminal);
            return client->carry_out("/api/v1/verifications", op.code, nullptr, [&](const json::object& so_far) {
                const auto& at = object_in(so_far, "progress");
                progress.show(op.code + ": verified " + count(at, "accounts", "accounts") + ", " +
                              count(at, "documents", "documents"));
            });
        }();
        if (text_in(verification, "state") != "finished")
            throw std::runtime_error("the verification of " + op.code + " failed: " + text_in(verification, "error"));
        sound = sound && is_set(verification, "sound");
        if (!options.json) {
            print(session.parts.out, op.code, verification);
            continue;
        }
        auto item = json::object{{"operator", op.code}};
        for (const auto& [member, value] : verification) item[member] = value;
        items.push_back(std::move(item));
    }
    if (options.json) session.parts.out << pretty(json::object{{"items", std::move(items)}});
    return sound ? exit_done : exit_found_something;
}

}  // namespace sluice::serve
