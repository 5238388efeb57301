// What a bench has found: printed as tables, a column for each thing that was measured, and kept as JSON. Things of
// which other figures are told begin another table.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sluice::bench {

// "documents_per_second": as it stands in JSON, and with spaces in the table.
struct Figure {
    std::string name;
    double value;
    int decimals = 0;
};

class Report {
public:
    Report(std::string bench, std::string store) : bench_(std::move(bench)), store_(std::move(store)) {}

    void add(std::string what, std::vector<Figure> figures) {
        measured_.push_back({std::move(what), std::move(figures)});
    }
    void print() const;
    // Nothing when `file` is empty.
    void write_json(const std::string& file) const;

private:
    struct Measured {
        std::string what;
        std::vector<Figure> figures;
    };
    void print_table(std::span<const Measured> measured) const;

    std::string bench_;
    std::string store_;
    std::vector<Measured> measured_;
};

}  // namespace sluice::bench
