// Writes RFC 4180 rows, with LF as line end. What it writes, CsvReader reads back as it was.
#pragma once

#include <initializer_list>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace sluice::serve {

class CsvWriter {
public:
    explicit CsvWriter(std::ostream& out) : out_(out) {}

    // Throws std::runtime_error when the stream takes no more.  REQUIRES: at least one field.
    void row(std::span<const std::string_view> fields);
    void row(std::initializer_list<std::string_view> fields) { row(std::span(fields.begin(), fields.size())); }

private:
    void append(std::string_view field);

    std::ostream& out_;
    std::string line_;
};

}  // namespace sluice::serve
