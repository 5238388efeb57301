#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/document_text.hpp"
#include "serve/cli/table.hpp"
#include "serve/csv/csv_writer.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

// By date, then in the order of issue.
constexpr const char* documents_by_date = "/api/v1/documents?sort=date";

// The list as the API answers it, page after page in one.
void print_list(Session& session, Client& client, const std::string& list, const std::string& op,
                std::int64_t most = INT64_MAX) {
    json::array items;
    auto next = client.each(
        list, op, [&](const json::object& item) { items.push_back(item); }, most);
    session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", std::move(next)}});
}

}  // namespace

int list_documents(Session& session, const DocumentsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto list = std::string(documents_by_date);
    if (!options.subscriber.empty()) list += "&subscriber=" + api::segment(options.subscriber);
    if (options.json) {
        print_list(session, *client, list, op.code, options.limit);
        return exit_done;
    }
    Table table({{"number"},
                 {"date"},
                 {"due"},
                 {"subscriber"},
                 {"unit"},
                 {"name"},
                 {"lines", Align::right},
                 {"net", Align::right},
                 {"tax", Align::right},
                 {"total", Align::right},
                 {"state"}});
    Money total = Money::zero(op.currency);
    std::int64_t shown = 0;
    const auto next = client->each(
        list, op.code,
        [&](const json::object& d) {
            ++shown;
            total += money_in(d, "total");
            table.row({text_in(d, "number"), text_in(d, "date"), text_in(d, "due"), text_in(d, "subscriber"),
                       text_in(d, "unit"), addressee(d), std::to_string(number_in(d, "line_count")),
                       amount_in(d, "net"), amount_in(d, "tax"), amount_in(d, "total"), state_text(d)});
        },
        options.limit);
    auto& out = session.parts.out;
    if (shown == 0) {
        out << "No documents yet. `sluice bill --through DATE` makes them.\n";
        return exit_done;
    }
    table.rule();
    table.row({std::to_string(shown) + (shown == 1 ? " document" : " documents"), "", "", "", "", "", "", "",
               std::string(op.currency.code()), total.text(), ""});
    out << op.name << "\n" << table.text();
    if (!next.is_null())
        out << "There are more; show them with --limit N, or all of them with `sluice export documents`.\n";
    return exit_done;
}

int show_document(Session& session, const DocumentsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto document = client->get("/api/v1/documents/" + api::segment(options.number), op.code);
    session.parts.out << (options.json ? pretty(document) : document_text(as_object(document)));
    return exit_done;
}

// As CSV, one row a document.
int export_documents(Session& session, const CommonOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    if (options.json) {
        print_list(session, *client, documents_by_date, op.code);
        return exit_done;
    }
    CsvWriter csv(session.parts.out);
    csv.row({"date", "type", "number", "subscriber", "unit", "lines", "net", "tax", "total"});
    client->each(documents_by_date, op.code, [&](const json::object& d) {
        csv.row({text_in(d, "date"), text_in(d, "type"), text_in(d, "number"), text_in(d, "subscriber"),
                 text_in(d, "unit"), std::to_string(number_in(d, "line_count")), amount_in(d, "net"),
                 amount_in(d, "tax"), amount_in(d, "total")});
    });
    return exit_done;
}

int list_balances(Session& session, const CommonOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const std::string list = "/api/v1/balances?sort=created";
    if (options.json) {
        print_list(session, *client, list, op.code);
        return exit_done;
    }
    Table table({{"subscriber"}, {"name"}, {"balance", Align::right}, {""}});
    Money sum = Money::zero(op.currency);
    bool any = false;
    client->each(list, op.code, [&](const json::object& row) {
        any = true;
        sum += money_in(row, "balance");
        table.row(
            {text_in(row, "subscriber"), text_in(row, "name"), amount_in(row, "balance"), currency_in(row, "balance")});
    });
    if (!any) {
        session.parts.out << "No subscribers yet.\n";
        return exit_done;
    }
    table.rule();
    table.row({"sum", "", sum.text(), std::string(op.currency.code())});
    session.parts.out << op.name << ": balances (negative: the subscriber owes)\n" << table.text("  ");
    return exit_done;
}

}  // namespace sluice::serve
