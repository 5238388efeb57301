// Asking other machines over HTTP.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sluice::app {

struct HttpRequest {
    std::string method;  // "GET"
    std::string url;     // whole, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    long longest_seconds = 0;    // for the whole answer; 0: as long as something comes
    bool only_once = false;      // never sent again, whatever becomes of the connection
    bool public_only = false;    // not to addresses of this machine or of private networks, whatever names lead to them
    std::size_t most_bytes = 0;  // of the answer; what comes behind is dropped. 0: all of it
};

struct HttpReply {
    int status;
    std::string body;
    std::string etag = {};  // the header of that name; empty: none
};

// No answer came: the reason as a sentence.
class HttpFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class HttpClient {
public:
    virtual ~HttpClient() = default;
    // Any status is an answer; redirections are not followed. Certificates of https are verified. Throws HttpFailure.
    virtual HttpReply send(const HttpRequest& request) = 0;
};

}  // namespace sluice::app
