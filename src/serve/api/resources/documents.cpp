// Invoices and credit notes, their lines, and how each amount came about.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/resources/jobs_json.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::DocumentOrder;

DocumentOrder order_of(std::string_view name) {
    if (name == "due") return DocumentOrder::due;
    return name == "number" ? DocumentOrder::number : DocumentOrder::date;
}

http::Response list_documents(Desk& desk) {
    app::DocumentQuery query{.subscriber = desk.subscriber_in_query(),
                             .number_prefix = desk.query("q"),
                             .from = desk.date("from"),
                             .to = desk.date("to"),
                             .order = order_of(sort_of(desk).name),
                             .paging = paging_of(desk)};
    if (const auto type = desk.query("type"))
        query.type = *type == "invoice" ? invoicing::DocumentType::invoice : invoicing::DocumentType::credit_note;
    if (const auto state = desk.query("state")) query.state = invoicing::parse_state(*state);
    query.bill_run = bill_run_in_query(desk);
    query.due_from = desk.date("due_from");
    query.due_to = desk.date("due_to");
    query.is_open = desk.is_set("open");
    if (desk.query("overdue")) (desk.is_set("overdue") ? query.overdue_on : query.not_overdue_on) = desk.today();
    const auto today = desk.today();
    return ok(page_json(desk, desk.store().list(desk.op_id(), query),
                        [&](const app::StoredDocument& stored) { return json_of(stored, today); }));
}

// By number, or by id.
app::StoredDocument document_in_path(Desk& desk) {
    const auto& name = desk.path("document");
    const auto id = invoicing::DocumentId::parse(name);
    auto found = id ? desk.store().find_document(desk.op_id(), *id) : desk.store().find_document(desk.op_id(), name);
    if (!found) throw not_found("unknown_document", "there is no document \"" + name + "\"");
    return std::move(*found);
}

http::Response get_document(Desk& desk) { return ok(json_of(document_in_path(desk), desk.catalog(), desk.today())); }

http::Response issue_credit_note(Desk& desk) {
    const auto number = document_in_path(desk).document.number;
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto noted = desk.commands().corrections().credit(date, read_credit_note(fields, number, desk.op().currency));
    if (!noted) throw refused(noted.refusal());
    const auto note = desk.store().find_document(desk.op_id(), noted.value());
    check(note.has_value(), "a credit note that was issued is there");
    return created(json_of(*note, desk.catalog(), desk.today()), "/api/v1/documents/" + noted.value().text());
}

http::Response write_off_document(Desk& desk) {
    const auto number = document_in_path(desk).document.number;
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto given_up =
        desk.commands().corrections().write_off(date, read_write_off(fields, number, desk.op().currency));
    if (!given_up) throw refused(given_up.refusal());
    const auto document = desk.store().find_document(desk.op_id(), number);
    check(document.has_value(), "a document stays");
    return created(json_of(*document, desk.catalog(), desk.today()),
                   "/api/v1/documents/" + document->document.id.text());
}

http::Response explanation_of(Desk& desk, customers::SubscriberId subscriber, charging::LineId id) {
    const auto line = desk.store().find_line(desk.op_id(), subscriber, id);
    if (!line) throw not_found("unknown_line", "there is no line " + id.text());
    return ok(json_of(app::explain(desk.store(), desk.op(), *line)));
}

http::Response explain_line(Desk& desk) {
    const auto stored = document_in_path(desk);
    const auto position = std::stoull(desk.path("position"));
    const auto& lines = stored.document.lines;
    if (position > lines.size())
        throw not_found("unknown_line", "document " + stored.document.number + " has " + std::to_string(lines.size()) +
                                            (lines.size() == 1 ? " line" : " lines"));
    return explanation_of(desk, stored.document.subscriber, lines[position - 1].charge.id);
}

http::Response explain_line_of_subscriber(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto id = charging::LineId::parse(desk.path("line"));
    if (!id) throw not_found("unknown_line", "there is no line \"" + desk.path("line") + "\"");
    return explanation_of(desk, subscriber.id, *id);
}

http::Response list_pending_lines(Desk& desk) {
    const auto page = page_of(desk, desk.store().pending_lines(desk.subscriber().id));
    return ok(page_json(desk, page, [&](const app::PendingLine& pending) {
        return line_json(pending.line, pending.sub_service_code, 0, desk.catalog());
    }));
}

}  // namespace

void add_documents(Handlers& handlers) {
    handlers["list_documents"] = {Runs::in_pool, list_documents};
    handlers["get_document"] = {Runs::in_pool, get_document};
    handlers["issue_credit_note"] = {Runs::in_writer, issue_credit_note};
    handlers["write_off_document"] = {Runs::in_writer, write_off_document};
    handlers["explain_line"] = {Runs::in_pool, explain_line};
    handlers["explain_line_of_subscriber"] = {Runs::in_pool, explain_line_of_subscriber};
    handlers["list_pending_lines"] = {Runs::in_pool, list_pending_lines};
}

}  // namespace sluice::serve::api
