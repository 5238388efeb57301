#include "serve/http/head_scanner.hpp"

#include "serve/http/text.hpp"

namespace sluice::serve::http {

HeadScanner::State HeadScanner::scan(std::string_view bytes) {
    if (!bytes.empty() && bytes.front() != '\r' && !is_token_character(bytes.front()))
        return malformed("this is not an HTTP request");  // said before a line is complete: TLS on a plain port, say
    for (;;) {
        const auto end = bytes.find('\n', seen_);
        if (end == std::string_view::npos) {
            seen_ = bytes.size();
            return State::more;
        }
        auto line = bytes.substr(line_start_, end - line_start_);
        if (!line.ends_with('\r')) return malformed("a line of the head does not end with CR LF");
        line.remove_suffix(1);
        if (const auto wrong = complaint_about(line); !wrong.empty()) return malformed(wrong);
        line_start_ = seen_ = end + 1;
        ++lines_;
        if (line.empty()) return State::complete;
    }
}

std::string_view HeadScanner::complaint_about(std::string_view line) const {
    if (line.find('\r') != std::string_view::npos) return "CR inside a line of the head";
    if (lines_ == 0 && !line.ends_with(" HTTP/1.1") && !line.ends_with(" HTTP/1.0"))
        return "the request line does not end with HTTP/1.1 or HTTP/1.0";
    if (line.starts_with(' ') || line.starts_with('\t')) return "a header is folded over several lines";
    return {};
}

HeadScanner::State HeadScanner::malformed(std::string_view why) {
    wrong_ = why;
    return State::malformed;
}

}  // namespace sluice::serve::http
