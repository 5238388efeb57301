#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string api_keys = "/api/v1/api-keys";

std::string owner_of(const json::object& key) {
    const auto op = text_in(key, "operator");
    return op.empty() ? "(platform)" : op;
}

std::string day_of(const json::object& key, std::string_view member) { return text_in(key, member).substr(0, 10); }

}  // namespace

int list_api_keys(Session& session, const ApiKeyOptions& options) {
    const auto client = session.client();
    Table table({{"key"}, {"name"}, {"role"}, {"operator"}, {"created"}, {"revoked"}});
    json::array items;
    client->each(api_keys, session.where.op, [&](const json::object& key) {
        table.row({text_in(key, "id"), text_in(key, "name"), text_in(key, "role"), owner_of(key),
                   day_of(key, "created_at"), day_of(key, "revoked_at")});
        items.push_back(key);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
    else
        session.parts.out << (items.empty() ? "No keys yet. `sluice api-keys create NAME` makes one.\n" : table.text());
    return exit_done;
}

// The key alone goes to standard output, so that a script can take it from there.
int create_api_key(Session& session, const ApiKeyOptions& options) {
    const auto client = session.client();
    const auto answer =
        client->post(api_keys, session.where.op, json::object{{"name", options.name}, {"role", options.role}});
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto& key = as_object(answer);
    session.parts.out << text_in(key, "key") << '\n';
    session.parts.err << "sluice: this is the key " << text_in(key, "id") << " of " << owner_of(key)
                      << ", shown only now. Keep it safe.\n";
    return exit_done;
}

int revoke_api_key(Session& session, const ApiKeyOptions& options) {
    const auto client = session.client();
    client->remove(api_keys + "/" + api::segment(options.id), session.where.op);
    session.parts.out << "Revoked " << options.id << ": it opens nothing any more.\n";
    return exit_done;
}

}  // namespace sluice::serve
