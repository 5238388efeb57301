// A streaming reader of RFC 4180 files: rows with their line numbers, in memory that does not grow with the file.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::serve {

struct CsvLimits {
    std::size_t field_bytes = 64 * 1024;
    std::size_t row_bytes = 1024 * 1024;
    std::size_t columns = 200;
    std::size_t block_bytes = 64 * 1024;  // read from a stream at a time; at least 3
    char separator = ',';                 // of fields; no quote and no end of a line
};

enum class CsvFault {
    quote_not_closed,
    quote_in_plain_field,
    text_after_quote,
    stray_carriage_return,
    nul_character,
    not_utf8,
    field_too_long,
    row_too_long,
    too_many_columns,
};
// What is wrong and what would be right.
std::string_view message(CsvFault fault);

struct CsvRow {
    std::int64_t line = 0;                 // where it begins, from 1
    std::vector<std::string_view> fields;  // valid until the next row; cut short when they are too long
    std::optional<CsvFault> fault;         // the first one; the rows after it are read all the same
    std::int64_t fault_line = 0;           // a quote that is not closed: where it was opened
};

// Reads UTF-8 with or without a byte order mark; lines end with LF or CRLF; empty lines are passed over.
// Throws std::runtime_error when the stream fails.
class CsvReader {
public:
    explicit CsvReader(std::istream& in, const CsvLimits& limits = {});
    // REQUIRES: `bytes` outlives the reader.
    explicit CsvReader(std::string_view bytes, const CsvLimits& limits = {});

    // The next row, good or faulty; null after the last one. The row stays as it is until the next call.
    const CsvRow* next();
    // How much of the input has been used up.
    std::int64_t bytes_read() const { return before_block_ + static_cast<std::int64_t>(at_); }

private:
    enum class State { field_start, plain, quoted, after_quote };

    bool refill();
    void skip_byte_order_mark();
    bool at_end() { return at_ == block_.size() && !refill(); }

    bool read_row();
    bool read_outside_quotes();
    void read_inside_quotes();
    bool end_at_carriage_return();
    void keep_run(const char* stops);
    void keep(std::string_view bytes);
    void end_field();
    void finish_row();
    void blame(CsvFault fault, std::int64_t line);

    std::istream* in_ = nullptr;
    CsvLimits limits_;
    std::string buffer_;
    std::string_view block_;
    std::size_t at_ = 0;
    std::int64_t before_block_ = 0;
    std::int64_t line_ = 1;

    State state_ = State::field_start;
    bool was_quoted_ = false;  // the row holds a quoted field, so it is no empty line
    std::int64_t quote_line_ = 0;
    std::string text_;               // of all fields of the row
    std::vector<std::size_t> ends_;  // of the fields in it
    std::size_t field_start_ = 0;
    CsvRow row_;
};

}  // namespace sluice::serve
