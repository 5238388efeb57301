// What a bench has found: printed as a table, a column for each thing that was measured, and kept as JSON.
#pragma once

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

    // REQUIRES: the same figures for each.
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

    std::string bench_;
    std::string store_;
    std::vector<Measured> measured_;
};

}  // namespace sluice::bench
