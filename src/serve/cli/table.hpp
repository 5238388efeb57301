// Tables for people: columns as wide as their widest cell, numbers to the right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::serve {

class Table {
public:
    enum class Align { left, right };
    struct Column {
        std::string title;
        Align align = Align::left;
    };

    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void row(std::vector<std::string> cells);
    // A line across, before totals.
    void rule() { rows_.emplace_back(); }
    std::string text(std::string_view indent = "") const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;  // an empty one is a rule
};

// Characters, not bytes: code points of UTF-8.
std::size_t width_of(std::string_view utf8);

}  // namespace sluice::serve
