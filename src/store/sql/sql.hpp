// Statements that are put together piece by piece, each piece with its parameters.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "store/sql/query.hpp"

namespace sluice::store {

// REQUIRES: pieces are of this program; whatever comes from outside is a parameter.
class Sql {
public:
    Sql() = default;
    template <typename... Parameters>
    explicit Sql(std::string_view piece, const Parameters&... parameters) {
        add(piece, parameters...);
    }

    template <typename... Parameters>
    Sql& add(std::string_view piece, const Parameters&... parameters) & {
        text_ += piece;
        Texts texts;
        (keep(to_cell(texts, parameters)), ...);
        return *this;
    }
    Sql& add(const Sql& other) & {
        text_ += other.text_;
        values_.insert(values_.end(), other.values_.begin(), other.values_.end());
        return *this;
    }
    // A temporary stays one, so that no query is made of it, which it would not outlive.
    template <typename... Parts>
    Sql add(const Parts&... parts) && {
        add(parts...);
        return std::move(*this);
    }

    bool empty() const { return text_.empty(); }
    const std::string& text() const { return text_; }
    // Refers to this object.
    std::vector<Cell> cells() const {
        std::vector<Cell> cells;
        cells.reserve(values_.size());
        for (const auto& value : values_) std::visit([&](const auto& one) { cells.emplace_back(one); }, value);
        return cells;
    }

private:
    void keep(const Cell& cell) {
        if (const auto* number = std::get_if<std::int64_t>(&cell))
            values_.emplace_back(*number);
        else if (const auto* text = std::get_if<std::string_view>(&cell))
            values_.emplace_back(std::string(*text));
        else
            values_.emplace_back(Null{});
    }

    std::string text_;
    std::vector<std::variant<Null, std::int64_t, std::string>> values_;
};

static_assert(!std::is_constructible_v<Query, Connection&, decltype(std::declval<Sql>().add(""))>);

}  // namespace sluice::store
