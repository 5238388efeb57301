// Payments through gateways, at work in an engine.
#pragma once

#include <memory>

#include "app/checkouts.hpp"
#include "serve/engine/engine.hpp"

namespace sluice::serve {

// Use cases for one operator, with a connection to gateways of their own or with `http`; for one thread.
class CheckoutsAtWork {
public:
    CheckoutsAtWork(Engine& engine, customers::OperatorId op, app::Occasion occasion,
                    std::shared_ptr<app::HttpClient> http = nullptr);

    const app::CheckoutTools& tools() const { return tools_; }
    app::Checkouts& operator*() { return checkouts_; }
    app::Checkouts* operator->() { return &checkouts_; }

private:
    std::shared_ptr<app::HttpClient> http_;
    app::CheckoutTools tools_;
    app::Checkouts checkouts_;
};

}  // namespace sluice::serve
