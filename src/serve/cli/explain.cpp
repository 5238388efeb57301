#include "app/explain.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

// "INV-2026-000003/1": the first line of that document.
std::optional<charging::LineId> line_of_document(app::Store& store, const ExplainOptions& options) {
    const auto slash = options.line.rfind('/');
    if (slash == std::string::npos) return std::nullopt;
    std::size_t position = 0;
    const auto* end = options.line.data() + options.line.size();
    const auto [stopped, error] = std::from_chars(options.line.data() + slash + 1, end, position);
    if (error != std::errc{} || stopped != end || position == 0) return std::nullopt;
    const auto op = selected_operator(store, options);
    const auto number = options.line.substr(0, slash);
    const auto documents = store.documents(op.id, {.number = number, .with_lines = true}, std::nullopt, 1);
    if (documents.empty()) throw BadInput("there is no document \"" + number + "\"; `sluice documents` lists them");
    const auto& lines = documents.front().document.lines;
    if (position > lines.size())
        throw BadInput(number + " has " + std::to_string(lines.size()) + " lines; there is none numbered " +
                       std::to_string(position));
    return lines[position - 1].charge.id;
}

json::object explanation_json(const app::Explanation& explanation) {
    json::array steps;
    for (const auto& step : explanation.steps)
        steps.push_back(json::object{
            {"label", step.label}, {"value", step.value}, {"remark", step.remark}, {"agrees", step.agrees}});
    return {{"line", explanation.line}, {"steps", std::move(steps)}, {"agrees", explanation.agrees}};
}

}  // namespace

int explain_line(Session& session, const ExplainOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    auto id = charging::LineId::parse(options.line);
    if (!id) id = line_of_document(*store, options);
    if (!id)
        throw BadInput("\"" + options.line +
                       "\" is no line; write a document's number and the line's position, as "
                       "INV-2026-000001/1, or a line's id, as line_0000000000001");
    const auto line = store->find_line(*id);
    if (!line) throw BadInput("there is no line \"" + options.line + "\" in this store");
    for (const auto& op : store->operators()) {
        if (op.id != line->op) continue;
        const auto explanation = app::explain(*store, op, *line);
        session.parts.out << (options.json ? pretty(explanation_json(explanation)) : app::text(explanation));
        return explanation.agrees ? exit_done : exit_found_something;
    }
    throw BadInput("the operator of line \"" + options.line + "\" is not in this store");
}

}  // namespace sluice::serve
