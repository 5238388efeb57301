#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string payouts = "/api/v1/payouts";

int post(Session& session, const PayoutOptions& options, const std::string& what, const json::value& body) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    const auto answer = client->post(payouts + "/" + api::segment(options.id) + "/" + what, op, body);
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto& payout = as_object(answer);
    session.parts.out << text_in(payout, "id") << ": " << amount_in(payout, "amount") << ' '
                      << currency_in(payout, "amount") << " to " << text_in(payout, "subscriber") << ", "
                      << text_in(payout, "through") << ", " << text_in(payout, "state") << '\n';
    if (const auto message = text_in(payout, "message"); !message.empty()) session.parts.out << "  " << message << '\n';
    return exit_done;
}

}  // namespace

int list_payouts(Session& session, const PayoutOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    Table table({{"payout"},
                 {"created"},
                 {"subscriber"},
                 {"name"},
                 {"came by"},
                 {"amount", Table::Align::right},
                 {"through"},
                 {"state"}});
    json::array items;
    client->each(payouts + (options.state.empty() ? "" : "?state=" + options.state), op,
                 [&](const json::object& payout) {
                     table.row({text_in(payout, "id"), text_in(payout, "created_at").substr(0, 16),
                                text_in(payout, "subscriber"), text_in(payout, "name"), text_in(payout, "method"),
                                amount_in(payout, "amount"), text_in(payout, "through"), text_in(payout, "state")});
                     items.push_back(payout);
                 });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}});
    else
        session.parts.out << (items.empty() ? "No payouts.\n" : table.text());
    return exit_done;
}

int pay_payout(Session& session, const PayoutOptions& options) {
    json::object body;
    if (!options.reference.empty()) body["reference"] = options.reference;
    return post(session, options, "pay", body);
}

int cancel_payout(Session& session, const PayoutOptions& options) { return post(session, options, "cancel", nullptr); }

int query_payout(Session& session, const PayoutOptions& options) { return post(session, options, "query", nullptr); }

}  // namespace sluice::serve
