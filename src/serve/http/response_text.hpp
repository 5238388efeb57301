// The head of an answer as bytes.
#pragma once

#include <string>
#include <string_view>

#include "serve/http/message.hpp"

namespace sluice::serve::http {

struct Framing {
    std::string_view request_id;
    std::string_view date;
    bool keeps_alive = true;
    bool to_http_1_0 = false;  // where keeping the connection is not the rule and is said
};

// Whether an answer of that status has a body at all.
bool status_has_body(int status);

// Appends everything up to the body. What the server says itself (length, connection, date, request id) a response
// cannot say; control characters become spaces, so that no value can begin a header of its own.
void append_head(std::string& out, const Response& response, const Framing& framing);

}  // namespace sluice::serve::http
