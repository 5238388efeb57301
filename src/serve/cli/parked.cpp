#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string parked_accounts = "/api/v1/parked-accounts";

std::string address_of(const std::string& subscriber) { return parked_accounts + "/" + api::segment(subscriber); }

}  // namespace

int list_parked(Session& session, const ParkedOptions& options) {
    const auto client = session.client();
    Table table({{"operator"}, {"subscriber"}, {"date"}, {"reason"}});
    json::array items;
    for (const auto& op : selected_operators(*client, session.where))
        client->each(parked_accounts, op.code, [&](const json::object& account) {
            table.row({op.code, text_in(account, "subscriber"), text_in(account, "date"), text_in(account, "reason")});
            items.push_back(json::object{{"operator", op.code},
                                         {"subscriber", account.at("subscriber")},
                                         {"date", account.at("date")},
                                         {"reason", account.at("reason")}});
        });
    const bool any = !items.empty();
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}});
    else
        session.parts.out << (any ? table.text() : "No account is parked.\n");
    return any ? exit_found_something : exit_done;
}

int show_parked(Session& session, const ParkedOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto answer = client->get(address_of(options.subscriber), op.code);
    const auto& account = as_object(answer);
    if (options.json)
        session.parts.out << pretty(answer);
    else
        session.parts.out << "Account " << text_in(account, "subscriber") << " of " << op.code
                          << " could not be billed on " << text_in(account, "date") << ":\n  "
                          << text_in(account, "reason") << "\nFacts as they were loaded:\n"
                          << pretty(account.at("facts"));
    return exit_done;
}

int replay_parked(Session& session, const ParkedOptions& options) {
    const auto client = session.client();
    bool still_parked = false;
    std::size_t tried = 0;
    const auto replay = [&](const OperatorFacts& op, const std::string& subscriber) {
        const auto answer = client->post(address_of(subscriber) + "/replay", op.code);
        const bool billed = is_set(as_object(answer), "billed");
        ++tried;
        still_parked = still_parked || !billed;
        session.parts.out << op.code << " " << subscriber
                          << (billed ? ": billed, no longer parked"
                                     : ": still parked: " + text_in(as_object(answer), "reason"))
                          << '\n';
    };
    if (!options.subscriber.empty()) {
        replay(selected_operator(*client, session.where), options.subscriber);
    } else {
        for (const auto& op : selected_operators(*client, session.where)) {
            std::vector<std::string> parked;
            client->each(parked_accounts, op.code,
                         [&](const json::object& account) { parked.push_back(text_in(account, "subscriber")); });
            for (const auto& subscriber : parked) replay(op, subscriber);
        }
    }
    if (tried == 0) session.parts.out << "No account is parked.\n";
    return still_parked ? exit_found_something : exit_done;
}

}  // namespace sluice::serve
