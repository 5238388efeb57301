// Where the rows of an import come from, table by table, as text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sluice::app {

enum class ImportTable { subscribers, units, sub_services };

struct ImportRow {
    std::int64_t line = 0;                     // where it begins, from 1
    std::span<const std::string_view> fields;  // in the order of the file; valid until the next row
    std::string_view fault;                    // what is wrong with its form; empty when it is well-formed
    std::int64_t fault_line = 0;               // where that is
};

// Failures of the world (a disk that cannot be read or written) are exceptions.
class ImportSource {
public:
    virtual ~ImportSource() = default;

    virtual std::string file_of(ImportTable table) const = 0;
    // Begins with a table; false when there is none.
    virtual bool open(ImportTable table) = 0;
    // The next row, the names of the columns first; null after the last one.
    virtual const ImportRow* next() = 0;
    // Keeps the row that next() gave last, with the reason why it was not imported.
    virtual void set_aside(std::string_view reason) = 0;

    virtual std::int64_t bytes_read() const = 0;  // of all tables so far
    virtual std::int64_t bytes_total() const = 0;
};

}  // namespace sluice::app
