#include "serve/http/request_parser.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <limits>

#include "serve/http/text.hpp"

namespace sluice::serve::http {
namespace {

namespace beast = boost::beast;
using boost::asio::const_buffer;

constexpr std::size_t max_target_bytes = 8 * 1024;
constexpr std::size_t max_headers = 128;
constexpr std::uint64_t reserved_at_most = 1024 * 1024;  // what a client only announces takes no memory

std::string_view standard(beast::string_view text) { return {text.data(), text.size()}; }

bool is_visible_ascii(char c) { return c > 0x20 && c < 0x7f; }

bool is_authority(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) || std::string_view("-._~%!$&'()*+;=:[]").find(c) != std::string_view::npos;
    });
}

bool is_number(std::string_view text) {
    constexpr std::size_t digits_that_fit = std::numeric_limits<std::uint64_t>::digits10;
    return !text.empty() && text.size() <= digits_that_fit && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

RequestParser::RequestParser() {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // who calls us has measured the head
    body_limit(boost::none);                                  // asked for when the head is known
    request.headers.reserve(8);
}

std::optional<Refused> RequestParser::read_head(std::string_view head) {
    error_code ec;
    eager(false);
    put(const_buffer(head.data(), head.size()), ec);
    if (!ec && !is_header_done()) ec = beast::http::error::need_more;
    if (ec) return refused_for(ec);
    head_is_read_ = true;
    return std::nullopt;
}

std::optional<Refused> RequestParser::limit_body(std::uint64_t bytes) {
    if (body_bytes_to_come() > bytes) return Refused{413, "the body is larger than this resource takes"};
    body_limit(bytes);
    eager(true);
    return std::nullopt;
}

RequestParser::Progress RequestParser::read_body(std::string_view bytes) {
    // At least five bytes follow as long as a chunked body is not at its end, and Beast counts on seeing them together.
    const std::size_t fewest = chunked() ? 5 : 1;
    Progress progress;
    while (!is_done() && bytes.size() >= fewest) {
        error_code ec;
        const auto used = put(const_buffer(bytes.data(), bytes.size()), ec);
        progress.used += used;
        bytes.remove_prefix(used);
        if (ec == beast::http::error::need_more) break;
        if (ec) {
            progress.refused = refused_for(ec);
            break;
        }
    }
    return progress;
}

void RequestParser::on_request_impl(beast::http::verb, text method, text target, int version, error_code& ec) {
    version_ = version;
    request.method.assign(method.data(), method.size());
    if (target.size() > max_target_bytes) return refuse(414, "the target is longer than 8192 bytes", ec);
    if (const auto wrong = complaint_about_target(standard(target)); !wrong.empty()) refuse(400, wrong, ec);
}

std::string_view RequestParser::complaint_about_target(std::string_view target) {
    if (!std::all_of(target.begin(), target.end(), is_visible_ascii))
        return "the target holds bytes that are to be percent-encoded";
    if (target.find('#') != std::string_view::npos) return "the target holds a fragment";
    const bool as_it_is =
        target.starts_with('/') || request.method == "CONNECT" || (target == "*" && request.method == "OPTIONS");
    if (!as_it_is) return take_absolute_target(target);
    request.target.assign(target);
    return {};
}

// "http://host:80/path" → "/path". A client that speaks so believes we are a proxy; servers have to understand it.
std::string_view RequestParser::take_absolute_target(std::string_view target) {
    const auto scheme_ends = target.find("://");
    const auto scheme = target.substr(0, scheme_ends);
    if (scheme_ends == std::string_view::npos ||
        (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")))
        return "the target does not begin with a slash";
    target.remove_prefix(scheme_ends + 3);
    const auto authority_ends = std::min(target.find_first_of("/?"), target.size());
    authority_.assign(target.substr(0, authority_ends));
    target.remove_prefix(authority_ends);
    if (!is_authority(authority_)) return "the target's host is malformed";
    request.target.assign(target.starts_with('/') ? "" : "/").append(target);
    return {};
}

void RequestParser::on_field_impl(field id, text name, text value, error_code& ec) {
    if (head_is_read_) return;  // a trailer after a chunked body: nothing of ours may be said there
    if (request.headers.size() == max_headers) return refuse(431, "there are more than 128 headers", ec);
    const auto value_text = standard(value);
    if (const auto wrong = complaint_about_field(id, value_text); !wrong.empty()) return refuse(400, wrong, ec);
    if (id == field::expect && !equal_ignoring_case(value_text, "100-continue"))
        return refuse(417, "the only expectation that is met is 100-continue", ec);
    request.headers.emplace_back(standard(name), value_text);
}

std::string_view RequestParser::complaint_about_field(field id, std::string_view value) {
    switch (id) {
        case field::host:
            if (++hosts_ > 1) return "there are several Host headers";
            if (!is_authority(value)) return "the Host header is malformed";
            host_.assign(value);
            return {};
        case field::content_length:
            if (has_length_) return "there are several Content-Length headers";
            has_length_ = true;
            return is_number(value) ? "" : "Content-Length is not a number";
        case field::transfer_encoding:
            return equal_ignoring_case(value, "chunked") ? "" : "the only Transfer-Encoding taken is chunked";
        case field::expect:
            expects_continue_ = true;
            return {};
        default:
            return {};
    }
}

void RequestParser::on_header_impl(error_code& ec) {
    if (const auto wrong = complaint_about_head(); !wrong.empty()) refuse(400, wrong, ec);
}

std::string_view RequestParser::complaint_about_head() const {
    if (hosts_ == 0 && version_ == 11) return "there is no Host header";
    if (chunked() && version_ == 10) return "HTTP/1.0 knows no Transfer-Encoding";
    if (!authority_.empty() && hosts_ != 0 && !equal_ignoring_case(authority_, host_))
        return "the target and the Host header name different hosts";
    return {};
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& content_length, error_code&) {
    request.body.reserve(static_cast<std::size_t>(std::min(content_length.value_or(0), reserved_at_most)));
}

std::size_t RequestParser::on_body_impl(text body, error_code&) {
    request.body.append(body.data(), body.size());
    return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, text extensions, error_code& ec) {
    // A quoted extension may hold anything for Beast; a line end hidden there is read as one by others.
    if (std::any_of(extensions.begin(), extensions.end(), is_control))
        refuse(400, "a control character in a chunk extension", ec);
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, text body, error_code&) {
    request.body.append(body.data(), body.size());
    return body.size();
}

void RequestParser::refuse(int status, std::string_view detail, error_code& ec) {
    refused_ = Refused{status, detail};
    ec = beast::http::error::bad_field;
}

Refused RequestParser::refused_for(const error_code& ec) const {
    using beast::http::error;
    if (refused_) return *refused_;
    if (ec == error::body_limit) return {413, "the body is larger than this resource takes"};
    if (ec == error::bad_method) return {400, "the method is malformed"};
    if (ec == error::bad_target) return {400, "the target is malformed"};
    if (ec == error::bad_version) return {400, "the version of HTTP is malformed"};
    if (ec == error::bad_field) return {400, "the name of a header is malformed"};
    if (ec == error::bad_value) return {400, "the value of a header is malformed"};
    if (ec == error::bad_content_length || ec == error::bad_transfer_encoding)
        return {400, "Content-Length and Transfer-Encoding do not go together"};
    if (ec == error::bad_chunk || ec == error::bad_chunk_extension || ec == error::bad_line_ending)
        return {400, "a chunk of the body is malformed"};
    return {400, "the request is malformed"};
}

}  // namespace sluice::serve::http
