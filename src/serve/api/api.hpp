// The API behind the HTTP server: finds the operation, lets in who may, checks what is asked, and has it carried out
// where it belongs.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <mutex>

#include "serve/api/admission.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/observe.hpp"

namespace sluice::serve::api {

class Api final : public http::Service {
public:
    // Throws std::logic_error when the description and the handlers do not name the same operations.
    Api(Engine& engine, Log& log, int pool_threads);
    ~Api() override;

    void handle(http::Request request, http::Answer answer) override;
    // Answers this program itself, which has opened the store and so may do what a platform's owner may: no key is
    // asked for. Waits for the answer; throws app::StoreFailure with the reason that others find in the log only.
    http::Response call(http::Request request);
    std::uint64_t body_limit(std::string_view method, std::string_view target) const override;
    http::Response refuse(int status, std::string_view detail, const std::string& request_id) const override;

    // When there is no key yet: makes the platform owner's and gives its secret, the only time that it is there.
    std::optional<std::string> first_key();
    // Reads the keys and operators again: the engine tells of changes that this process makes, of others' nobody does.
    void reload();
    const Description& description() const { return description_; }

private:
    struct Exchange;
    using Shared = std::shared_ptr<Exchange>;

    Shared exchange_for(const http::Request& request, http::Answer answer) const;
    void begin(const Shared& exchange, http::Request& request);
    void admit(const Shared& exchange, http::Request& request);
    void dispatch(const Shared& exchange, const Handler& handler);
    void answer_open(const Shared& exchange);
    void run_reading(const Shared& exchange, const Handler& handler);
    void run_writing(const Shared& exchange, const Handler& handler);
    void run_outside(const Shared& exchange, const Handler& handler);
    bool replayed(Exchange& exchange);
    void keep_answer(const Exchange& exchange);
    bool keeps_answer(const Exchange& exchange) const;
    bool replay_kept(Exchange& exchange, app::Store& store) const;
    app::Hash hash_of(const Exchange& exchange) const;
    static http::Response guarded(const Exchange& exchange, const std::function<http::Response()>& answer);
    std::optional<std::string> shown(const Exchange& exchange, app::Store& store) const;
    void add_audit_entry(const Exchange& exchange, app::Store& store, std::optional<std::string> before,
                         const std::optional<Principal>& actor, int status,
                         const std::optional<std::string>& told = std::nullopt);
    void audit_errand(const Exchange& exchange, const Errand& errand);
    void write(Exchange& exchange, const Handler& handler, app::Store& store);
    http::Response answer_of(Exchange& exchange, const Handler& handler, Desk& desk);
    void finish(Exchange& exchange);

    Engine& engine_;
    Log& log_;
    Description description_;
    Handlers handlers_;
    Keyring keyring_;
    Admission admission_;
    Metrics metrics_;
    boost::asio::thread_pool pool_;
    boost::asio::thread_pool errands_;
    boost::asio::thread_pool hashing_;
    std::atomic<int> hashing_waits_ = 0;
    std::mutex reloading_;
};

}  // namespace sluice::serve::api
