#include <CLI/CLI.hpp>
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/outbox_commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string endpoints = "/api/v1/webhook-endpoints";
const std::string deliveries = "/api/v1/webhook-deliveries";

struct WebhookOptions : CommonOptions {
    std::string id;
    std::string url;
    std::string description;
    std::vector<std::string> types;
    bool enable = false;
    bool disable = false;
    std::string state;
    std::string endpoint;
    std::int64_t after = -1;
    std::string from;
    std::int64_t limit = 100;
};

std::string op_of(Client& client, Session& session) { return selected_operator(client, session.where).code; }

std::string types_of(const json::object& endpoint) {
    std::string text;
    for (const auto& type : list_in(endpoint, "event_types"))
        (text += text.empty() ? "" : ", ") += std::string(type.as_string());
    return text.empty() ? "all" : text;
}

int print(Session& session, const WebhookOptions& options, const json::value& answer, const std::string& words) {
    session.parts.out << (options.json ? pretty(answer) : words + "\n");
    return exit_done;
}

json::object changes_in(const WebhookOptions& options) {
    json::object body;
    if (!options.url.empty()) body["url"] = options.url;
    if (!options.description.empty()) body["description"] = options.description;
    if (options.enable) body["enabled"] = true;
    if (options.disable) body["enabled"] = false;
    if (!options.types.empty()) {
        json::array types;
        for (const auto& type : options.types)
            if (type != "all") types.emplace_back(type);
        body["event_types"] = std::move(types);
    }
    return body;
}

int list_endpoints(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    Table table({{"endpoint"}, {"address"}, {"events"}, {"state"}, {"read through", Table::Align::right}});
    json::array items;
    client->each(endpoints, op_of(*client, session), [&](const json::object& endpoint) {
        table.row({text_in(endpoint, "id"), text_in(endpoint, "url"), types_of(endpoint),
                   is_set(endpoint, "enabled") ? "enabled" : "not enabled",
                   std::to_string(number_in(endpoint, "read_through"))});
        items.push_back(endpoint);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
    else
        session.parts.out << (items.empty() ? "No endpoints yet. `sluice webhooks create URL` makes one.\n"
                                            : table.text());
    return exit_done;
}

// The secret alone goes to standard output, so that a script can take it from there.
int print_secret(Session& session, const WebhookOptions& options, const json::value& answer) {
    if (options.json) return print(session, options, answer, {});
    session.parts.out << text_in(as_object(answer), "secret") << '\n';
    session.parts.err << "sluice: this is the secret of " << text_in(as_object(answer), "id")
                      << ", shown only now. Give it to the receiver.\n";
    return exit_done;
}

int create_endpoint(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    return print_secret(session, options, client->post(endpoints, op_of(*client, session), changes_in(options)));
}

int rotate_secret(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    return print_secret(
        session, options,
        client->post(endpoints + "/" + api::segment(options.id) + "/rotate-secret", op_of(*client, session)));
}

int show_endpoint(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    session.parts.out << pretty(client->get(endpoints + "/" + api::segment(options.id), op_of(*client, session)));
    return exit_done;
}

int update_endpoint(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    const auto answer =
        client->patch(endpoints + "/" + api::segment(options.id), op_of(*client, session), changes_in(options));
    return print(session, options, answer, "Changed " + options.id + ".");
}

int remove_endpoint(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    client->remove(endpoints + "/" + api::segment(options.id), op_of(*client, session));
    session.parts.out << "Removed " << options.id << ": nothing more is sent there.\n";
    return exit_done;
}

int test_endpoint(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    const auto answer = client->post(endpoints + "/" + api::segment(options.id) + "/test", op_of(*client, session));
    const auto delivery = text_in(as_object(answer), "id");
    return print(
        session, options, answer,
        "Waiting to be sent: " + delivery + ". `sluice webhooks delivery " + delivery + "` shows how it went.");
}

int replay_endpoint(Session& session, const WebhookOptions& options) {
    if ((options.after < 0) == options.from.empty()) throw BadInput("give either --after or --from");
    const auto client = session.client();
    json::object body;
    if (options.after >= 0) body["after"] = options.after;
    if (!options.from.empty()) body["from"] = date_option("--from", options.from).text();
    const auto answer =
        client->post(endpoints + "/" + api::segment(options.id) + "/replay", op_of(*client, session), body);
    return print(
        session, options, answer,
        "Events after number " + std::to_string(number_in(as_object(answer), "read_through")) + " are sent again.");
}

int list_deliveries(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    auto target = deliveries;
    const auto filter = [&](const char* name, const std::string& value) {
        if (!value.empty())
            target +=
                (target.find('?') == std::string::npos ? "?" : "&") + std::string(name) + "=" + api::segment(value);
    };
    filter("endpoint", options.endpoint);
    filter("state", options.state);
    Table table({{"delivery"},
                 {"event", Table::Align::right},
                 {"type"},
                 {"state"},
                 {"attempts", Table::Align::right},
                 {"next attempt"}});
    json::array items;
    const auto next = client->each(
        target, op_of(*client, session),
        [&](const json::object& delivery) {
            const auto& event = delivery.at("event");
            table.row({text_in(delivery, "id"), event.is_null() ? "test" : std::to_string(number_in(delivery, "event")),
                       text_in(delivery, "event_type"), text_in(delivery, "state"),
                       std::to_string(number_in(delivery, "attempts")), text_in(delivery, "next_attempt_at")});
            items.push_back(delivery);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No deliveries.\n" : table.text());
    return exit_done;
}

int show_delivery(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    const auto answer = client->get(deliveries + "/" + api::segment(options.id), op_of(*client, session));
    if (options.json) return print(session, options, answer, {});
    const auto& delivery = as_object(answer);
    session.parts.out << text_in(delivery, "id") << " " << text_in(delivery, "event_type") << ": "
                      << text_in(delivery, "state") << "\n";
    Table table({{"attempt", Table::Align::right}, {"at"}, {"ms", Table::Align::right}, {"status"}, {"reason"}});
    for (const auto& each : list_in(delivery, "log")) {
        const auto& attempt = as_object(each);
        table.row({std::to_string(number_in(attempt, "number")), text_in(attempt, "at"),
                   std::to_string(number_in(attempt, "milliseconds")),
                   attempt.at("status").is_null() ? "" : std::to_string(number_in(attempt, "status")),
                   text_in(attempt, "reason")});
    }
    session.parts.out << table.text() << text_in(delivery, "body") << "\n";
    return exit_done;
}

int replay_delivery(Session& session, const WebhookOptions& options) {
    const auto client = session.client();
    const auto answer = client->post(deliveries + "/" + api::segment(options.id) + "/replay", op_of(*client, session));
    return print(session, options, answer, options.id + " is sent again.");
}

void change_options(CLI::App& command, WebhookOptions& options) {
    command.add_option("--description", options.description, "Who or what it is");
    command.add_option("--event", options.types, "A type of events that it is told of, as payment.recorded; or all");
    command.add_flag("--enable", options.enable, "From now on it is told");
    command.add_flag("--disable", options.disable, "Nothing is sent until it is enabled again");
}

}  // namespace

void add_webhooks(CLI::App& app, const AddOutboxCommand& add_to) {
    auto* command = app.add_subcommand("webhooks", "Addresses that are told of events, and how that went");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const WebhookOptions&)) -> std::pair<CLI::App*, WebhookOptions*> {
        const auto options = std::make_shared<WebhookOptions>();
        auto& sub = add_to(*command, name, description, "  sluice webhooks " + name + example,
                           [options, carry_out](Session& session) { return carry_out(session, *options); });
        sub.add_flag("--json", options->json, "Print JSON instead of tables");
        return {&sub, options.get()};
    };
    const auto of = [&](const std::string& what, const std::pair<CLI::App*, WebhookOptions*>& made) {
        made.first->add_option(what, made.second->id, "Its id")->required();
        return made;
    };
    add("list", "List the endpoints", " --operator metro", list_endpoints);
    const auto made = add("create", "Have an address told of events; its secret is shown once",
                          " https://crm.example.com/sluice --event payment.recorded --operator metro", create_endpoint);
    made.first->add_option("URL", made.second->url, "The address, https://…")->required();
    change_options(*made.first, *made.second);
    of("ENDPOINT", add("show", "Show an endpoint", " endpoint_6h0w7mrpqmg30 --operator metro", show_endpoint));
    const auto changed = of("ENDPOINT", add("update", "Change an endpoint",
                                            " endpoint_6h0w7mrpqmg30 --disable --operator metro", update_endpoint));
    changed.first->add_option("--url", changed.second->url, "Another address");
    change_options(*changed.first, *changed.second);
    of("ENDPOINT",
       add("remove", "Send nothing more to an endpoint", " endpoint_6h0w7mrpqmg30 --operator metro", remove_endpoint));
    of("ENDPOINT", add("rotate-secret", "Replace the secret; for 24 hours the old one signs too",
                       " endpoint_6h0w7mrpqmg30 --operator metro", rotate_secret));
    of("ENDPOINT", add("test", "Send a test event", " endpoint_6h0w7mrpqmg30 --operator metro", test_endpoint));
    const auto again =
        of("ENDPOINT", add("replay", "Send events again, after a number or from a date on",
                           " endpoint_6h0w7mrpqmg30 --from 2026-02-01 --operator metro", replay_endpoint));
    again.first->add_option("--after", again.second->after, "The number of the last event that is not sent again");
    again.first->add_option("--from", again.second->from, "The first day");
    const auto found =
        add("deliveries", "Find deliveries, newest first", " --state given_up --operator metro", list_deliveries);
    found.first->add_option("--endpoint", found.second->endpoint, "Only of this endpoint");
    found.first->add_option("--state", found.second->state, "waiting, delivered or given_up");
    found.first->add_option("--limit", found.second->limit, "At most so many")->check(CLI::Range(1, 1'000'000));
    of("DELIVERY",
       add("delivery", "Show a delivery with its attempts", " delivery_6h0w7mrpqmg31 --operator metro", show_delivery));
    of("DELIVERY", add("replay-delivery", "Send one delivery again, now", " delivery_6h0w7mrpqmg31 --operator metro",
                       replay_delivery));
}

}  // namespace sluice::serve
