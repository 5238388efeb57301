// For tests of the HTTP server: a service that does what the test says, and a server of it.
#pragma once

#include <functional>
#include <string>

#include "serve/http/server.hpp"
#include "support/http_client.hpp"

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
    serve::http::Response refuse(int status, std::string_view detail, const std::string&) const override {
        return {status, "text/plain", std::string(detail)};
    }

private:
    Handler handler_;
};

// A server on a free port of the loopback, started.
struct RunningServer {
    explicit RunningServer(ScriptedService::Handler handler = {}, serve::http::ServerOptions options = {})
        : service(std::move(handler)), server(with_free_port(std::move(options)), service) {
        server.start();
    }
    static serve::http::ServerOptions with_free_port(serve::http::ServerOptions options) {
        options.port = 0;
        return options;
    }
    HttpClient client() const { return HttpClient(server.port()); }

    ScriptedService service;
    serve::http::Server server;
};

}  // namespace sluice::test
