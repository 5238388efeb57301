// From the bytes of one request to a Request. Beast knows the grammar; what it lets through and we do not is refused
// here. For the sources of the server only: Beast shows through.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "serve/http/message.hpp"

namespace sluice::serve::http {

// Why a request is not served: the status of the answer and a sentence.
struct Refused {
    int status = 400;
    std::string_view detail;
};

class RequestParser final : private boost::beast::http::basic_parser<true> {
public:
    RequestParser();

    // REQUIRES: a complete head, as HeadScanner gives it.
    std::optional<Refused> read_head(std::string_view head);
    // Whether the body may come. REQUIRES: the head was read.
    std::optional<Refused> limit_body(std::uint64_t bytes);

    struct Progress {
        std::size_t used = 0;
        std::optional<Refused> refused;
    };
    // Takes what it can of the body; what is left must be shown again, with more.
    Progress read_body(std::string_view bytes);

    bool complete() const { return is_done(); }
    bool keeps_alive() const { return keep_alive(); }
    bool is_http_1_0() const { return version_ == 10; }
    bool expects_continue() const { return expects_continue_; }
    std::uint64_t body_bytes_to_come() const { return content_length_remaining().value_or(0); }

    Request request;

private:
    using error_code = boost::beast::error_code;
    using text = boost::beast::string_view;
    using field = boost::beast::http::field;

    void on_request_impl(boost::beast::http::verb verb, text method, text target, int version, error_code& ec) override;
    void on_response_impl(int, text, int, error_code&) override {}
    void on_field_impl(field id, text name, text value, error_code& ec) override;
    void on_header_impl(error_code& ec) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& content_length, error_code& ec) override;
    std::size_t on_body_impl(text body, error_code& ec) override;
    void on_chunk_header_impl(std::uint64_t size, text extensions, error_code& ec) override;
    std::size_t on_chunk_body_impl(std::uint64_t remaining, text body, error_code& ec) override;
    void on_finish_impl(error_code&) override {}

    std::string_view complaint_about_target(std::string_view target);
    std::string_view take_absolute_target(std::string_view target);
    std::string_view complaint_about_field(field id, std::string_view value);
    std::string_view complaint_about_head() const;
    void refuse(int status, std::string_view detail, error_code& ec);
    Refused refused_for(const error_code& ec) const;

    std::optional<Refused> refused_;  // by us, not by Beast
    std::string host_;
    std::string authority_;  // of a target in absolute form
    int version_ = 11;
    int hosts_ = 0;
    bool has_length_ = false;
    bool head_is_read_ = false;
    bool expects_continue_ = false;
};

}  // namespace sluice::serve::http
