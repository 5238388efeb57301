// The formats of texts that descriptions may name; checked by the values that they will become.
#pragma once

#include <optional>
#include <string_view>

namespace sluice::serve::api {

// `plain`: one line without control characters. `multiline`: tabs and ends of lines are fine too. The others are plain.
enum class TextFormat { plain, multiline, date, instant, decimal, code, time_zone, currency };

// By the name in a description: "date", "date-time", "decimal", "code", "time-zone", "currency", "multiline"; "uri",
// "email" and "password" are plain: they say what a text is for, and nothing is checked.
std::optional<TextFormat> text_format_named(std::string_view name);

// What is wrong, to be said behind the text itself: "is no date; write …". Empty when nothing is.
std::string_view complaint(TextFormat format, std::string_view text);

}  // namespace sluice::serve::api
