#include "app/explain.hpp"

#include <boost/json.hpp>
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

// Where the API explains the line: "INV-2026-000003/1", the first line of that document; or by its id.
std::string address_of(const ExplainOptions& options) {
    const auto& line = options.line;
    if (charging::LineId::parse(line)) {
        if (options.subscriber.empty())
            throw BadInput("a line that is named by its id needs its subscriber: --subscriber CODE");
        return "/api/v1/subscribers/" + api::segment(options.subscriber) + "/lines/" + line + "/explanation";
    }
    const auto slash = line.rfind('/');
    const auto position = slash == std::string::npos ? "" : line.substr(slash + 1);
    const bool is_number = !position.empty() && position.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || slash == 0)
        throw BadInput("\"" + line +
                       "\" is no line; write a document's number and the line's position, as INV-2026-000001/1, or a "
                       "line's id, as line_0000000000001, with --subscriber CODE");
    return "/api/v1/documents/" + api::segment(line.substr(0, slash)) + "/lines/" + position + "/explanation";
}

app::Explanation explanation_in(const json::object& answer) {
    app::Explanation explanation{.line = text_in(answer, "line"), .steps = {}, .agrees = is_set(answer, "agrees")};
    for (const auto& each : list_in(answer, "steps")) {
        const auto& step = as_object(each);
        explanation.steps.push_back(
            {text_in(step, "label"), text_in(step, "value"), text_in(step, "remark"), is_set(step, "agrees")});
    }
    return explanation;
}

}  // namespace

int explain_line(Session& session, const ExplainOptions& options) {
    const auto address = address_of(options);
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto answer = client->get(address, op.code);
    const auto explanation = explanation_in(as_object(answer));
    session.parts.out << (options.json ? pretty(answer) : app::text(explanation));
    return explanation.agrees ? exit_done : exit_found_something;
}

}  // namespace sluice::serve
