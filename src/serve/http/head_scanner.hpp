// Finds where the head of a request ends, and refuses heads whose lines two readers could understand differently: what
// a proxy in front of us takes for one request must never be two to us (request smuggling).
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::serve::http {

class HeadScanner {
public:
    enum class State { more, complete, malformed };

    // REQUIRES: all bytes of the head that have come so far; those looked at before are not looked at again.
    State scan(std::string_view bytes);

    std::size_t length() const { return line_start_; }      // of a complete head, with the empty line at its end
    std::string_view complaint() const { return wrong_; }   // about a malformed one
    bool request_line_came() const { return lines_ != 0; }  // in full

private:
    State malformed(std::string_view why);
    std::string_view complaint_about(std::string_view line) const;

    std::size_t line_start_ = 0;
    std::size_t seen_ = 0;
    std::size_t lines_ = 0;
    std::string_view wrong_;
};

}  // namespace sluice::serve::http
