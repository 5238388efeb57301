#include <algorithm>
#include <boost/json.hpp>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::vector<app::ParkedAccount> parked_of(app::Store& store, const customers::Operator& op,
                                          const ParkedOptions& options) {
    auto parked = store.parked_accounts(op.id);
    if (options.subscriber.empty()) return parked;
    std::erase_if(parked, [&](const auto& account) { return account.subscriber_code != options.subscriber; });
    if (parked.empty())
        throw BadInput("account \"" + options.subscriber +
                       "\" is not parked; `sluice parked list` shows those that are");
    return parked;
}

json::value parse_facts(const std::string& facts) {
    boost::system::error_code error;
    auto value = json::parse(facts, error);
    return error ? json::value(json::string(facts)) : value;
}

}  // namespace

int list_parked(Session& session, const ParkedOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    Table table({{"operator"}, {"subscriber"}, {"date"}, {"reason"}});
    json::array all;
    for (const auto& op : selected_operators(*store, options))
        for (const auto& account : store->parked_accounts(op.id)) {
            table.row({op.code, account.subscriber_code, account.date.text(), account.reason});
            all.push_back(json::object{{"operator", op.code},
                                       {"subscriber", account.subscriber_code},
                                       {"date", account.date.text()},
                                       {"reason", account.reason}});
        }
    const bool any = !all.empty();
    if (options.json)
        session.parts.out << pretty(json::object{{"parked", std::move(all)}});
    else
        session.parts.out << (any ? table.text() : "No account is parked.\n");
    return any ? exit_found_something : exit_done;
}

int show_parked(Session& session, const ParkedOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    const auto op = selected_operator(*store, options);
    for (const auto& account : parked_of(*store, op, options)) {
        const json::object shown{{"operator", op.code},
                                 {"subscriber", account.subscriber_code},
                                 {"date", account.date.text()},
                                 {"reason", account.reason},
                                 {"facts", parse_facts(account.facts)}};
        if (options.json) {
            session.parts.out << pretty(shown);
            continue;
        }
        session.parts.out << "Account " << account.subscriber_code << " of " << op.code << " could not be billed on "
                          << account.date.text() << ":\n  " << account.reason << "\nFacts as they were loaded:\n"
                          << pretty(shown.at("facts"));
    }
    return exit_done;
}

int replay_parked(Session& session, const ParkedOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    bool still_parked = false;
    std::size_t tried = 0;
    for (const auto& op : selected_operators(*store, options)) {
        if (!options.subscriber.empty() && options.op.empty()) selected_operator(*store, options);
        app::BillRun run(*store, *session.parts.hasher, session.ids, op);
        for (const auto& account : parked_of(*store, op, options)) {
            ++tried;
            const auto reason = run.replay(account);
            still_parked = still_parked || reason.has_value();
            session.parts.out << op.code << " " << account.subscriber_code
                              << (reason ? ": still parked: " + *reason : std::string(": billed, no longer parked"))
                              << '\n';
        }
    }
    if (tried == 0) session.parts.out << "No account is parked.\n";
    return still_parked ? exit_found_something : exit_done;
}

}  // namespace sluice::serve
