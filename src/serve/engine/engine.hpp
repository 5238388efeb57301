// What serves requests behind the face: the store with its one writer and its readers, operators in memory, long work.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "app/commands.hpp"
#include "app/ports/credentials.hpp"
#include "app/ports/gateway.hpp"
#include "app/ports/hasher.hpp"
#include "app/ports/mailer.hpp"
#include "app/ports/secret_box.hpp"
#include "app/ports/sign_on.hpp"
#include "serve/engine/jobs.hpp"
#include "serve/engine/operator_books.hpp"
#include "serve/engine/readers.hpp"
#include "serve/engine/scheduler.hpp"
#include "serve/engine/writer.hpp"

namespace sluice::serve {

// What the engine takes from outside.
struct EngineParts {
    std::function<std::unique_ptr<app::Store>(const std::string& address, bool must_exist)> open_store;
    const app::Hasher* hasher;
    std::function<Instant()> now;
    std::function<std::string(std::size_t bytes)> random_bytes;  // for secrets
    int node;                                                    // 0..1023, for ids
    std::size_t max_group = Writer::usual_group;
    app::Gateways gateways = {};
    std::shared_ptr<app::SecretBox> secrets = {};
    std::function<std::unique_ptr<app::HttpClient>()> http_client = {};
    std::function<std::unique_ptr<app::Mailer>()> mailer = {};
    std::shared_ptr<const app::Credentials> credentials = {};
    std::shared_ptr<app::SignOn> sign_on = {};
    std::string public_url = {};                // of this server, for links that others get; empty: nobody has said
    bool webhooks_to_private_networks = false;  // and by plain http
    int charges_at_once = 64;                   // of a run of automatic payments
};

// What has been sent by this process, and what waits in the store, as it was counted last.
struct OutboxFigures {
    std::atomic<std::uint64_t> webhooks_delivered = 0;
    std::atomic<std::uint64_t> webhooks_failed = 0;
    std::atomic<std::int64_t> webhooks_waiting = 0;
    std::atomic<std::uint64_t> messages_sent = 0;
    std::atomic<std::uint64_t> messages_failed = 0;
    std::atomic<std::int64_t> messages_waiting = 0;
};

class Engine {
public:
    Engine(std::unique_ptr<app::Database> database, EngineParts parts);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    Writer& writer() { return writer_; }
    Readers& readers() { return readers_; }
    OperatorBooks& books() { return books_; }
    Jobs& jobs() { return jobs_; }
    Scheduler& scheduler() { return scheduler_; }
    const EngineParts& parts() const { return parts_; }
    OutboxFigures& outbox() { return outbox_; }
    Instant now() const { return parts_.now(); }

    // One more store that writes, for a thread of its own; null where only one can write.
    std::unique_ptr<app::Store> open_writer() { return database_->open_writer(); }
    bool has_many_writers() const { return database_->has_many_writers(); }
    IdSource ids_of(app::Store& writer) const;

    // For the writing thread alone.
    IdSource& ids() { return ids_; }
    app::Commands& commands(app::Store& store, const OperatorBook& book);
    // REQUIRED after a command has changed the catalogue: what is kept must not outlive a change that may be undone.
    void drop_commands() { commands_.clear(); }

    // Operators and API keys are kept in memory by the face, which wants to know when there are others.
    void on_operators_changed(std::function<void()> action) { operators_changed_ = std::move(action); }
    void operators_changed() {
        if (operators_changed_) operators_changed_();
    }

    // Ends long work at its next step and writes what waits.
    void close();

private:
    struct KeptCommands {
        std::int64_t revision;
        app::Commands commands;
    };

    std::unique_ptr<app::Database> database_;
    EngineParts parts_;
    OutboxFigures outbox_;
    std::function<void()> operators_changed_;
    IdSource ids_;
    std::unordered_map<customers::OperatorId, KeptCommands> commands_;
    OperatorBooks books_;
    Readers readers_;
    Writer writer_;
    Jobs jobs_;
    Scheduler scheduler_;
};

}  // namespace sluice::serve
