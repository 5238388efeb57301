// A service for tests of the HTTP server: what it does with a request, the test says.
#pragma once

#include <functional>
#include <string>

#include "serve/http/message.hpp"

namespace sluice::test {

class ScriptedService : public serve::http::Service {
public:
    using Handler = std::function<void(serve::http::Request, serve::http::Answer)>;

    // Without a script it tells what it was asked: "GET /target body".
    ScriptedService() = default;
    explicit ScriptedService(Handler handler) : handler_(std::move(handler)) {}

    void handle(serve::http::Request request, serve::http::Answer answer) override {
        if (handler_) return handler_(std::move(request), std::move(answer));
        answer({200, "text/plain", request.method + " " + request.target + " " + request.body});
    }
    std::uint64_t body_limit(std::string_view, std::string_view target) const override {
        return target.starts_with("/large") ? 64 * 1024 * 1024 : 1024;
    }
    serve::http::Response refuse(int status, std::string_view detail) const override {
        return {status, "text/plain", std::string(detail)};
    }

private:
    Handler handler_;
};

}  // namespace sluice::test
