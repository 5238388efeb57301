#include <boost/json.hpp>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/cli/document_text.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

constexpr std::int64_t page = 500;

app::DocumentFilter filter_of(app::Store& store, const customers::Operator& op, const DocumentsOptions& options) {
    app::DocumentFilter filter;
    if (!options.number.empty()) filter.number = options.number;
    if (options.subscriber.empty()) return filter;
    const auto subscriber = store.find_subscriber(op.id, options.subscriber);
    if (!subscriber) throw BadInput("--subscriber: there is no subscriber \"" + options.subscriber + "\"");
    filter.subscriber = subscriber->id;
    return filter;
}

}  // namespace

int list_documents(Session& session, const DocumentsOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    const auto op = selected_operator(*store, options);
    auto filter = filter_of(*store, op, options);
    filter.with_lines = options.json;
    const auto catalog = store->catalog(op.id);
    const Date today = session.today(op);
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
    json::array documents;
    Money total = Money::zero(op.currency);
    std::int64_t shown = 0;
    bool more = false;
    std::optional<std::pair<Date, invoicing::DocumentId>> after;
    while (!more) {
        const auto rows = store->documents(op.id, filter, after, page);
        if (rows.empty()) break;
        for (const auto& stored : rows) {
            if ((more = shown == options.limit)) break;
            ++shown;
            const auto& d = stored.document;
            total += d.total;
            after = {d.date, d.id};
            if (options.json) {
                documents.push_back(document_json(stored, catalog, today));
                continue;
            }
            table.row({d.number, d.date.text(), d.due.text(), stored.subscriber_code, stored.unit_code,
                       d.organization.empty() ? d.contact : d.organization, std::to_string(stored.line_count),
                       d.net.text(), d.tax.text(), d.total.text(), state_text(d, today)});
        }
    }
    if (options.json) {
        session.parts.out << pretty(json::object{{"documents", std::move(documents)}, {"more", more}});
        return exit_done;
    }
    if (shown == 0) {
        session.parts.out << "No documents yet. `sluice bill --through DATE` makes them.\n";
        return exit_done;
    }
    table.rule();
    table.row({std::to_string(shown) + (shown == 1 ? " document" : " documents"), "", "", "", "", "", "", "",
               std::string(op.currency.code()), total.text(), ""});
    session.parts.out << op.name << "\n" << table.text();
    if (more)
        session.parts.out
            << "There are more; show them with --limit N, or all of them with `sluice export documents`.\n";
    return exit_done;
}

int show_document(Session& session, const DocumentsOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    const auto op = selected_operator(*store, options);
    const auto found = store->documents(op.id, {.number = options.number, .with_lines = true}, std::nullopt, 1);
    if (found.empty()) throw BadInput("there is no document \"" + options.number + "\"; `sluice documents` lists them");
    const auto catalog = store->catalog(op.id);
    const auto today = session.today(op);
    session.parts.out << (options.json ? pretty(document_json(found.front(), catalog, today))
                                       : document_text(found.front(), catalog, today));
    return exit_done;
}

int list_balances(Session& session, const StoreOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    const auto op = selected_operator(*store, options);
    Table table({{"subscriber"}, {"name"}, {"balance", Align::right}, {""}});
    json::object balances;
    Money sum = Money::zero(op.currency);
    std::optional<customers::SubscriberId> after;
    for (;;) {
        const auto rows = store->balances(op.id, after, page);
        if (rows.empty()) break;
        for (const auto& balance : rows) {
            after = balance.subscriber;
            sum += balance.balance;
            if (options.json)
                balances[balance.subscriber_code] = balance.balance.text();
            else
                table.row(
                    {balance.subscriber_code, balance.name, balance.balance.text(), std::string(op.currency.code())});
        }
    }
    if (options.json) {
        session.parts.out << pretty(
            json::object{{"operator", op.code}, {"currency", op.currency.code()}, {"balances", std::move(balances)}});
        return exit_done;
    }
    if (!after) {
        session.parts.out << "No subscribers yet.\n";
        return exit_done;
    }
    table.rule();
    table.row({"sum", "", sum.text(), std::string(op.currency.code())});
    session.parts.out << op.name << ": balances (negative: the subscriber owes)\n" << table.text("  ");
    return exit_done;
}

int list_operators(Session& session, const StoreOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    Table table({{"operator"}, {"name"}, {"currency"}, {"time zone"}, {"billed through"}});
    json::array all;
    for (const auto& op : store->operators()) {
        const auto through = op.billed_through ? op.billed_through->text() : std::string("never");
        table.row({op.code, op.name, std::string(op.currency.code()), op.time_zone, through});
        all.push_back(json::object{
            {"code", op.code},
            {"name", op.name},
            {"currency", op.currency.code()},
            {"time_zone", op.time_zone},
            {"billed_through", op.billed_through ? json::value(json::string(through)) : json::value(nullptr)}});
    }
    session.parts.out << (options.json ? pretty(json::object{{"operators", std::move(all)}}) : table.text());
    return exit_done;
}

}  // namespace sluice::serve
