#include "report.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "measuring.hpp"

namespace sluice::bench {
namespace {

// "1,234,567.89"
std::string text_of(const Figure& figure) {
    char digits[64];
    std::snprintf(digits, sizeof digits, "%.*f", figure.decimals, figure.value);
    std::string text = digits;
    const auto point = std::min(text.find('.'), text.size());
    for (auto at = static_cast<std::ptrdiff_t>(point) - 3; at > (text.front() == '-' ? 1 : 0); at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string heading_of(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

// As it is rounded in the table; nothing in it is to be escaped.
std::string json_of(const Figure& figure) {
    char number[64];
    std::snprintf(number, sizeof number, "%.*f", figure.decimals, figure.value);
    return "\"" + figure.name + "\": " + number;
}

}  // namespace

void Report::print() const {
    const auto names_differ = [](const Measured& one, const Measured& other) {
        return !std::equal(one.figures.begin(), one.figures.end(), other.figures.begin(), other.figures.end(),
                           [](const Figure& a, const Figure& b) { return a.name == b.name; });
    };
    for (auto begin = measured_.begin(); begin != measured_.end();) {
        auto end = std::adjacent_find(begin, measured_.end(), names_differ);
        if (end != measured_.end()) ++end;
        print_table({begin, end});
        begin = end;
    }
}

void Report::print_table(std::span<const Measured> table) const {
    std::printf("\n%-36s", (bench_ + ", " + store_).c_str());
    for (const auto& measured : table) std::printf("  %16s", measured.what.c_str());
    for (std::size_t row = 0; row < table.front().figures.size(); ++row) {
        std::printf("\n%-36s", heading_of(table.front().figures[row].name).c_str());
        for (const auto& measured : table) std::printf("  %16s", text_of(measured.figures[row]).c_str());
    }
    std::printf("\n");
}

void Report::write_json(const std::string& file) const {
    if (file.empty()) return;
    std::ofstream out(file);
    out << "{\"bench\": \"" << bench_ << "\", \"store\": \"" << store_ << "\", \"measured\": [";
    for (const auto& measured : measured_) {
        out << (&measured == measured_.data() ? "\n" : ",\n") << "  {\"what\": \"" << measured.what << '"';
        for (const auto& figure : measured.figures) out << ", " << json_of(figure);
        out << '}';
    }
    out << "\n]}\n";
    expect(out.good(), "figures can be written to " + file);
}

}  // namespace sluice::bench
