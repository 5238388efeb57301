// The API of a server.
#include <chrono>
#include <thread>

#include "serve/cli/client.hpp"
#include "serve/cli/commands.hpp"

namespace sluice::serve {
namespace {

constexpr int tries = 5;

class RemoteClient final : public Client {
public:
    RemoteClient(std::unique_ptr<app::HttpClient> http, std::string server, std::string key)
        : http_(std::move(http)), server_(std::move(server)), key_(std::move(key)) {
        if (!server_.starts_with("http://") && !server_.starts_with("https://"))
            throw BadInput("--server: \"" + server_ + "\" is no address; write it as https://billing.example.com");
        while (server_.ends_with('/')) server_.pop_back();
        for (const char c : key_)
            if (c < '!' || c > '~') throw BadInput("--key: this is no key; one begins with slk_");
    }

private:
    http::Response send(http::Request request) override {
        app::HttpRequest sent{.method = std::move(request.method),
                              .url = server_ + request.target,
                              .headers = std::move(request.headers),
                              .body = std::move(request.body)};
        sent.headers.emplace_back("Authorization", "Bearer " + key_);
        for (int i = 1;; ++i) {
            auto reply = ask(sent);
            // 503 says that nothing was done, and that it is worth another try.
            if (reply.status != 503 || i == tries)
                return {.status = reply.status, .body = std::move(reply.body), .headers = {{"ETag", reply.etag}}};
            std::this_thread::sleep_for(std::chrono::seconds(1));
        }
    }
    app::HttpReply ask(const app::HttpRequest& request) {
        try {
            return http_->send(request);
        } catch (const app::HttpFailure& failure) {
            throw std::runtime_error(server_ + " does not answer: " + failure.what() +
                                     ". Is `sluice serve` running there, and is the address right?");
        }
    }

    std::unique_ptr<app::HttpClient> http_;
    std::string server_;
    std::string key_;
};

}  // namespace

std::unique_ptr<Client> remote_client(const Parts& parts, const std::string& server, const std::string& key) {
    return std::make_unique<RemoteClient>(parts.http_client(), server, key);
}

}  // namespace sluice::serve
