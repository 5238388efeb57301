#include "house/rules.hpp"

namespace sluice::house {
namespace {

bool belongs_to_a_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Walks through a source and sorts each character into code, a string or neither.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Source read() {
        while (at_ < text_.size()) {
            if (rest().starts_with("//"))
                skip_to(text_.find('\n', at_));
            else if (rest().starts_with("/*"))
                skip_to(past(text_.find("*/", at_ + 2), 2));
            else if (rest().starts_with("R\"") && !follows_a_word())
                raw_string();
            else if (here() == '"')
                literal('"', true);
            else if (here() == '\'' && !follows_a_word())  // else it separates the digits of a number
                literal('\'', false);
            else
                take(here(), ' ');
        }
        return std::move(found_);
    }

private:
    char here() const { return text_[at_]; }
    std::string_view rest() const { return text_.substr(at_); }
    bool follows_a_word() const { return at_ > 0 && belongs_to_a_word(text_[at_ - 1]); }
    std::size_t past(std::size_t position, std::size_t more) const {
        return position == std::string_view::npos ? text_.size() : position + more;
    }

    void take(char code, char string) {
        const bool line_ends = here() == '\n';
        found_.code += line_ends ? '\n' : code;
        found_.strings += line_ends ? '\n' : string;
        ++at_;
    }
    void skip_to(std::size_t end) {
        while (at_ < end && at_ < text_.size()) take(' ', ' ');
    }
    void inside_to(std::size_t end, bool is_string) {
        while (at_ < end && at_ < text_.size()) take(' ', is_string ? here() : ' ');
    }

    void literal(char quote, bool is_string) {
        take(quote, ' ');
        std::size_t end = at_;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
        inside_to(end, is_string);
        if (at_ < text_.size()) take(here(), ' ');
    }

    void raw_string() {
        const auto open = text_.find('(', at_);
        if (open == std::string_view::npos) return skip_to(text_.size());
        const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
        skip_to(open + 1);
        const auto end = text_.find(close, at_);
        inside_to(end, true);
        skip_to(past(end, close.size()));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Source found_;
};

}  // namespace

Source take_apart(std::string_view text) { return Reader(text).read(); }

}  // namespace sluice::house
