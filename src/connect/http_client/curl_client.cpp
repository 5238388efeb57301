#include "connect/http_client/curl_client.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "connect/http_client/public_address.hpp"

namespace sluice::connect {
namespace {

constexpr long connect_seconds = 10;
// A server that says nothing for so long is gone: no single request is long work.
constexpr long silent_seconds = 60;

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

struct Headers {
    ~Headers() { curl_slist_free_all(list); }
    Headers() = default;
    Headers(const Headers&) = delete;
    Headers& operator=(const Headers&) = delete;
    void add(const std::string& header) {
        auto* longer = curl_slist_append(list, header.c_str());
        if (!longer) throw app::HttpFailure("there is no memory for a request");
        list = longer;
    }

    curl_slist* list = nullptr;
};

struct Body {
    std::string& text;
    std::size_t most;
};

// What is too much is read and dropped, so that the connection stays good.
std::size_t take(const char* bytes, std::size_t, std::size_t count, void* to) {
    auto& body = *static_cast<Body*>(to);
    const auto room = body.most == 0 ? count : body.most - std::min(body.most, body.text.size());
    body.text.append(bytes, std::min(count, room));
    return count;
}

// Asked with the address itself, right before it is connected to: what a name led to earlier counts for nothing.
curl_socket_t open_public(void* refused, curlsocktype, curl_sockaddr* address) {
    if (!is_public_address(address->addr)) {
        *static_cast<bool*>(refused) = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

class CurlClient final : public app::HttpClient {
public:
    CurlClient() : easy_(make_handle()) {}

    app::HttpReply send(const app::HttpRequest& request) override {
        auto* easy = easy_.get();
        curl_easy_reset(easy);  // all but the connection
        std::array<char, CURL_ERROR_SIZE> error{};
        Headers headers;
        headers.add("Expect:");  // a body is sent at once, whatever its size
        for (const auto& [name, value] : request.headers) headers.add(name + ": " + value);
        app::HttpReply reply{};
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect_seconds);
        curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, silent_seconds);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT, request.longest_seconds);
        // What libcurl sends over a connection that it has kept, and that is closed at this moment, it sends again.
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.only_once ? 1L : 0L);
        // As other programs of OpenSSL take it: for a certificate that a house has signed itself.
        if (const char* authorities = std::getenv("SSL_CERT_FILE")) curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
        curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.list);
        if (!request.body.empty() || request.method == "POST") {
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
        }
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take);
        Body body{reply.body, request.most_bytes};
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
        bool is_private = false;
        if (request.public_only) {
            curl_easy_setopt(easy, CURLOPT_PROXY, "");
            curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &open_public);
            curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &is_private);
        }
        if (const auto code = curl_easy_perform(easy); code != CURLE_OK && is_private)
            throw app::HttpFailure("the address is of this machine or of a private network, which is not allowed");
        else if (code != CURLE_OK)
            throw app::HttpFailure(error[0] != '\0' ? error.data() : curl_easy_strerror(code));
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        reply.status = static_cast<int>(status);
        curl_header* etag = nullptr;
        if (curl_easy_header(easy, "ETag", 0, CURLH_HEADER, -1, &etag) == CURLHE_OK) reply.etag = etag->value;
        return reply;
    }

private:
    static Easy make_handle() {
        static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
        Easy easy(ready == CURLE_OK ? curl_easy_init() : nullptr, &curl_easy_cleanup);
        if (!easy) throw app::HttpFailure("libcurl does not start");
        return easy;
    }

    Easy easy_;
};

}  // namespace

std::unique_ptr<app::HttpClient> curl_client() { return std::make_unique<CurlClient>(); }

}  // namespace sluice::connect
