// UTF-8, looked at byte by byte.
#pragma once

#include <string>
#include <string_view>

namespace sluice::serve {

// No overlong forms, no surrogates, nothing beyond U+10FFFF.
bool is_utf8(std::string_view text);

// How many characters (code points) the text has.  REQUIRES: is_utf8(text).
std::size_t code_points(std::string_view text);

// A character below U+0020 or U+007F; with `lines_allowed`, tab and the ends of lines are none.
bool has_control_character(std::string_view text, bool lines_allowed = false);

// The text as it can stand in a message: in one line, at most `max_characters` of it, "…" behind what was cut.
std::string shown(std::string_view text, std::size_t max_characters = 60);

}  // namespace sluice::serve
