// The command line. It knows use cases and how to show what comes of them; which store and which hash, main() tells it.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "app/ports/copies.hpp"
#include "app/ports/credentials.hpp"
#include "app/ports/gateway.hpp"
#include "app/ports/hasher.hpp"
#include "app/ports/http_client.hpp"
#include "app/ports/mailer.hpp"
#include "app/ports/moving.hpp"
#include "app/ports/schema.hpp"
#include "app/ports/secret_box.hpp"
#include "app/ports/sign_on.hpp"
#include "app/ports/store.hpp"

namespace sluice::serve {

// Exit statuses of every command.
enum ExitStatus : int {
    exit_done = 0,
    exit_found_something = 1,  // differences, findings of verify, parked accounts
    exit_bad_input = 2,
    exit_failed = 3,  // the store or the machine: nothing half-done stays
};

struct Parts {
    // Opens the store at an address such as "sqlite:PATH"; must_exist refuses to make a new one. Throws
    // app::StoreFailure.
    std::function<std::unique_ptr<app::Store>(const std::string& address, bool must_exist)> open_store;
    // The same for a program that reads while it writes.
    std::function<std::unique_ptr<app::Database>(const std::string& address, bool must_exist)> open_database;
    app::Migrate migrate;
    app::MoveStore move_store;
    app::BackUp back_up;
    app::Restore restore;
    std::function<std::unique_ptr<app::HttpClient>()> http_client;
    std::function<std::unique_ptr<app::Mailer>()> mailer;
    std::unique_ptr<app::Hasher> hasher;
    std::shared_ptr<const app::Credentials> credentials;
    std::function<std::string(std::size_t bytes)> random_bytes;  // good enough for secrets
    app::Gateways gateways;
    std::shared_ptr<app::SignOn> sign_on;
    // For secrets in the store: with a key, or with a file that holds one or is to hold one.
    std::function<std::unique_ptr<app::SecretBox>(std::string key, std::string key_file)> secret_box;
    int node;  // 0..1023, for ids
    std::ostream& out;
    std::ostream& err;
};

int run_cli(int argc, const char* const* argv, const Parts& parts);

}  // namespace sluice::serve
