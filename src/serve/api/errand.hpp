// One request that asks other machines: what it wants of the store it does in steps, each a transaction of its own, and
// between them it may wait as long as it takes.
#pragma once

#include "app/checkouts.hpp"
#include "serve/api/desk.hpp"

namespace sluice::serve::api {

class Errand {
public:
    Errand(const Call& call, const http::Request& request, Engine& engine)
        : call_(call), request_(request), engine_(engine) {}

    const Call& call() const { return call_; }
    const http::Request& request() const { return request_; }
    Engine& engine() { return engine_; }
    const std::string& path(std::string_view name) const { return call_.path.find(name)->second; }

    // Reads at one moment.
    template <typename Read>
    auto read(Read action) {
        auto lease = engine_.readers().lend();
        Desk desk(call_, engine_, lease.store());
        return action(desk);
    }

    // Writes in a transaction of its own; it may be carried out again, so that it must not depend on having run.
    template <typename Write>
    void write(Write action) {
        engine_.writer().run([&](app::Store& store) {
            store.set_occasion({call_.now, call_.principal ? call_.principal->actor() : "sign-in"});
            app::Transaction transaction(store);
            Desk desk(call_, engine_, store);
            action(desk);
            transaction.commit();
        });
    }
    // Done when the answer has left.
    void afterwards(std::function<void()> action) { afterwards_.push_back(std::move(action)); }
    std::vector<std::function<void()>> take_afterwards() { return std::move(afterwards_); }
    // Who it was, where the request bears neither key nor session.
    void set_actor(Principal actor) { actor_ = std::move(actor); }
    const std::optional<Principal>& actor() const { return actor_; }
    // What the audit log tells instead of the request's body, with the status that it tells; nothing told, nothing is
    // in the log of what reads alone.
    void tell(boost::json::object what, int status) { told_ = {std::move(what), status}; }
    const std::optional<std::pair<boost::json::object, int>>& told() const { return told_; }

private:
    const Call& call_;
    const http::Request& request_;
    Engine& engine_;
    std::vector<std::function<void()>> afterwards_;
    std::optional<Principal> actor_;
    std::optional<std::pair<boost::json::object, int>> told_;
};

}  // namespace sluice::serve::api
