#include "serve/http/response_text.hpp"

#include <array>
#include <ostream>  // which the next one forgets

#include <boost/beast/http/status.hpp>

#include "serve/http/text.hpp"

namespace sluice::serve::http {
namespace {

constexpr std::array<std::string_view, 8> said_by_the_server{"connection", "content-length", "content-type",
                                                             "date",       "keep-alive",     "transfer-encoding",
                                                             "upgrade",    "x-request-id"};

bool is_said_by_the_server(std::string_view name) {
    for (const auto said : said_by_the_server)
        if (equal_ignoring_case(said, name)) return true;
    return false;
}

void append_value(std::string& out, std::string_view value) {
    const auto begin = out.size();
    out.append(value);
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), is_control, ' ');
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    append_value(out, value);
    out.append("\r\n");
}

void append_status_line(std::string& out, int status) {
    if (status == 200) {
        out.append("HTTP/1.1 200 OK\r\n");
        return;
    }
    const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    out.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason.data(), reason.size());
    out.append("\r\n");
}

void append_length(std::string& out, std::size_t length) {
    out.append("Content-Length: ").append(std::to_string(length)).append("\r\n");
}

}  // namespace

bool status_has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out, const Response& response, const Framing& framing) {
    append_status_line(out, response.status);
    append_field(out, "Date", framing.date);
    if (status_has_body(response.status)) {
        if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
        append_length(out, response.body.size());
    }
    append_field(out, "X-Request-Id", framing.request_id);
    for (const auto& [name, value] : response.headers)
        if (is_token(name) && !is_said_by_the_server(name)) append_field(out, name, value);
    if (!framing.keeps_alive)
        out.append("Connection: close\r\n");
    else if (framing.to_http_1_0)
        out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
}

}  // namespace sluice::serve::http
