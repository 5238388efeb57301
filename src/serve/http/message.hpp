// A request and its answer, as the rest of Sluice sees them: no library of HTTP shows through.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::serve::http {

struct Request {
    std::string method;                                        // "GET"
    std::string target;                                        // as sent: "/api/v1/subscribers?limit=10"
    std::vector<std::pair<std::string, std::string>> headers;  // as sent, in order
    std::string body;
    std::string peer;     // address of the client; behind a trusted proxy the one that it names
    std::string id;       // of this request, in logs and in the answer's X-Request-Id
    bool secure = false;  // came over TLS

    // The value of the first header of that name, whatever its case; empty when there is none.
    std::string_view header(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};  // beside Content-Type and Content-Length
};

// Gives the answer to one request: called exactly once, from any thread.
using Answer = std::function<void(Response)>;

// What a server serves.
class Service {
public:
    virtual ~Service() = default;
    // Called on an I/O thread: long work belongs elsewhere.
    virtual void handle(Request request, Answer answer) = 0;
    // The largest body, in bytes, that a request with this head may have.
    virtual std::uint64_t body_limit(std::string_view method, std::string_view target) const = 0;
    // The answer to a request that is not one, or is refused before its body is read: 400, 408, 413, 414, 417, 431 …
    virtual Response refuse(int status, std::string_view detail, const std::string& request_id) const = 0;
};

}  // namespace sluice::serve::http
