#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>

#include "serve/api/description.hpp"
#include "serve/text/utf8.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 32;

// What Boost.JSON's parser calls as it reads. Its own handler takes the last of two equal keys without a word.
class Builder {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    Builder() { stack_.reset(); }
    json::value release() { return stack_.release(); }
    const std::string& complaint() const { return complaint_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t n, json::error_code&) {
        stack_.push_array(n);
        return true;
    }
    bool on_object_begin(json::error_code&) {
        first_key_.push_back(keys_.size());
        return true;
    }
    bool on_object_end(std::size_t n, json::error_code& error) {
        if (has_key_twice()) return fail(error);
        stack_.push_object(n);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view last_part, std::size_t, json::error_code&) {
        key_.append(last_part.data(), last_part.size());
        keys_.push_back(std::move(key_));
        key_.clear();
        stack_.push_key(last_part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view last_part, std::size_t, json::error_code&) {
        stack_.push_string(last_part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
        stack_.push_uint64(number);
        return true;
    }
    // Boost's own double can be off by a little.
    bool on_double(double, json::string_view text, json::error_code& error) {
        double number = 0;
        const auto [stopped, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc{} || stopped != text.data() + text.size()) {
            complaint_ = "the number " + shown(text) + " is too large or too small";
            return fail(error);
        }
        stack_.push_double(number);
        return true;
    }
    bool on_bool(bool value, json::error_code&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    static bool fail(json::error_code& error) {
        error = json::error::exception;
        return false;
    }

    // Looks at the keys of the innermost object and forgets them.
    bool has_key_twice() {
        const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first_key_.back());
        first_key_.pop_back();
        std::sort(begin, keys_.end());
        const auto twice = std::adjacent_find(begin, keys_.end());
        const bool found = twice != keys_.end();
        if (found) complaint_ = "the key \"" + shown(*twice) + "\" stands twice in the object that ends";
        keys_.erase(begin, keys_.end());
        return found;
    }

    json::value_stack stack_;
    std::string key_;
    std::vector<std::string> keys_;       // of all objects that are open
    std::vector<std::size_t> first_key_;  // of each of them, in keys_
    std::string complaint_;
};

std::string reason(const json::error_code& error) {
    if (error == json::error::incomplete) return "the text ends too early";
    if (error == json::error::too_deep) return "lists and objects are nested deeper than 32 levels";
    if (error == json::error::exponent_overflow) return "there is a number that is too large";
    if (error == json::error::illegal_leading_surrogate || error == json::error::illegal_trailing_surrogate)
        return "there is a \\u that stands for half a character";
    if (error == json::error::expected_hex_digit || error == json::error::expected_utf16_escape)
        return "there is a \\u without its digits";
    return "there is something that does not belong";
}

// " at line 3, column 7"; columns count characters.
std::string place(std::string_view text, std::size_t at) {
    const auto before = text.substr(0, at);
    const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return " at line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ", column " +
           std::to_string(1 + code_points(before.substr(line_start)));
}

}  // namespace

std::variant<json::value, std::string> parse_json(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return std::string("there is no JSON: the text is empty");
    if (!is_utf8(text)) return std::string("there are bytes that are not UTF-8");
    json::parse_options options;
    options.max_depth = max_depth;
    json::basic_parser<Builder> parser(options);
    json::error_code error;
    const auto read = parser.write_some(false, text.data(), text.size(), error);
    if (error && !parser.handler().complaint().empty()) return parser.handler().complaint() + place(text, read);
    if (error) return reason(error) + place(text, read);
    if (read < text.size()) return "there is more behind the end of the JSON value" + place(text, read);
    return parser.handler().release();
}

}  // namespace sluice::serve::api
