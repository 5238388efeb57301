#include "serve/cli/table.hpp"

#include <algorithm>

#include "values/check.hpp"

namespace sluice::serve {

std::size_t width_of(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void Table::row(std::vector<std::string> cells) {
    check(cells.size() == columns_.size(), "a row of a table has a cell for each column");
    rows_.push_back(std::move(cells));
}

std::string Table::text(std::string_view indent) const {
    std::vector<std::size_t> widths;
    for (const auto& column : columns_) widths.push_back(width_of(column.title));
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));

    std::string out;
    const auto put = [&](const auto& cell_at) {
        std::string line(indent);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::string& cell = cell_at(i);
            const std::string padding(widths[i] - width_of(cell), ' ');
            line += (i == 0 ? "" : "  ") + (columns_[i].align == Align::right ? padding + cell : cell + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    };
    std::vector<std::string> rules;
    for (const auto width : widths) rules.emplace_back(width, '-');
    put([&](std::size_t i) -> const std::string& { return columns_[i].title; });
    put([&](std::size_t i) -> const std::string& { return rules[i]; });
    for (const auto& row : rows_)
        put([&](std::size_t i) -> const std::string& { return row.empty() ? rules[i] : row[i]; });
    return out;
}

}  // namespace sluice::serve
