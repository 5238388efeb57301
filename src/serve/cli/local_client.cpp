// The API in this process: its handlers on a store that is opened here, without a socket.
#include "serve/api/api.hpp"
#include "serve/cli/client.hpp"
#include "serve/cli/commands.hpp"

namespace sluice::serve {
namespace {

class LocalClient final : public Client {
public:
    LocalClient(const Parts& parts, const std::string& db)
        : log_(api::Log::Format::text, "off"),
          engine_(parts.open_database(db, true), engine_parts(parts, db)),
          api_(engine_, log_, 1) {
        // What a server left unfinished stays with it: a command does what it says and nothing else.
        engine_.jobs().start();
    }
    ~LocalClient() override { engine_.close(); }
    LocalClient(const LocalClient&) = delete;
    LocalClient& operator=(const LocalClient&) = delete;

private:
    http::Response send(http::Request request) override { return api_.call(std::move(request)); }

    api::Log log_;
    Engine engine_;
    api::Api api_;
};

}  // namespace

std::unique_ptr<Client> local_client(const Parts& parts, const std::string& db) {
    return std::make_unique<LocalClient>(parts, db);
}

}  // namespace sluice::serve
