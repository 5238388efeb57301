// The keys of one map: each is read once, by the type that is expected there; done() refuses those nobody asked for.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "serve/yaml/node.hpp"
#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/money.hpp"

namespace sluice::serve {

class Fields {
public:
    // `path` is how messages name this map, for example "catalog.services[2]".
    Fields(const Node& node, std::string path);

    bool has(std::string_view key) const { return find(key) != nullptr; }
    int line() const { return node_.line; }
    int line_of(std::string_view key) const;
    const std::string& path() const { return path_; }

    // Null when the key is missing or empty.
    const Node* take(std::string_view key);
    std::vector<std::pair<std::string, const Node*>> take_list(std::string_view key);  // with the path of each element

    std::string text(std::string_view key);  // at least one character, at most 200
    std::string text_or(std::string_view key, std::string fallback);
    std::string code(std::string_view key);  // 1 to 64 of letters, digits and . _ : -
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    std::optional<bool> boolean(std::string_view key);
    Decimal decimal(std::string_view key, bool may_be_negative = false);
    std::optional<Decimal> optional_decimal(std::string_view key, bool may_be_negative = false);
    std::optional<Date> date(std::string_view key);
    // The position of the word among `words`; nothing when the key is missing.
    std::optional<std::size_t> one_of(std::string_view key, std::initializer_list<std::string_view> words);

    template <typename Enum>
    std::optional<Enum> word(std::string_view key, std::initializer_list<std::string_view> words) {
        const auto at = one_of(key, words);
        return at ? std::optional(static_cast<Enum>(*at)) : std::nullopt;
    }

    // Throws for the first key that was not taken: it is unknown here.
    void done() const;

    [[noreturn]] void fail(std::string_view key, const std::string& what) const;

private:
    const Node* find(std::string_view key) const;
    const std::string* scalar(std::string_view key);

    const Node& node_;
    std::string path_;
    std::set<std::string, std::less<>> taken_;
};

// 1 to 64 of letters, digits and . _ : -
bool is_code(std::string_view text);

}  // namespace sluice::serve
