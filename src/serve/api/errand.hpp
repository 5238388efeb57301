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

private:
    const Call& call_;
    const http::Request& request_;
    Engine& engine_;
};

}  // namespace sluice::serve::api
