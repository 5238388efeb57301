#include "serve/csv/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "serve/text/utf8.hpp"
#include "values/check.hpp"

namespace sluice::serve {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

std::string_view message(CsvFault fault) {
    switch (fault) {
        case CsvFault::quote_not_closed:
            return "a quote is opened and never closed; close it, and write quotes inside of a quoted field twice";
        case CsvFault::quote_in_plain_field:
            return "a quote stands inside of a field that is not quoted; put the field in quotes and double the quote";
        case CsvFault::text_after_quote:
            return "there is text after a closing quote; write quotes inside of a quoted field twice";
        case CsvFault::stray_carriage_return:
            return "a carriage return stands without a line feed; end lines with LF or CRLF";
        case CsvFault::nul_character:
            return "there is a NUL character; save the file as UTF-8 text";
        case CsvFault::not_utf8:
            return "there are bytes that are not UTF-8; save the file as UTF-8 text";
        case CsvFault::field_too_long:
            return "a field is longer than 64 KiB; a quote may be missing";
        case CsvFault::row_too_long:
            return "the row is longer than 1 MiB; a quote may be missing";
        case CsvFault::too_many_columns:
            return "the row has more than 200 columns; a line end may be missing";
    }
    fail_promise("a fault has a message", __FILE__, __LINE__);
}

CsvReader::CsvReader(std::istream& in, const CsvLimits& limits) : in_(&in), limits_(limits) {
    buffer_.resize(limits_.block_bytes);
    refill();
    skip_byte_order_mark();
}

CsvReader::CsvReader(std::string_view bytes, const CsvLimits& limits) : limits_(limits), block_(bytes) {
    skip_byte_order_mark();
}

bool CsvReader::refill() {
    if (!in_) return false;
    before_block_ += static_cast<std::int64_t>(block_.size());
    in_->read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    if (in_->bad()) throw std::runtime_error("the file cannot be read to its end");
    block_ = std::string_view(buffer_).substr(0, static_cast<std::size_t>(in_->gcount()));
    at_ = 0;
    return !block_.empty();
}

void CsvReader::skip_byte_order_mark() {
    if (block_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

const CsvRow* CsvReader::next() {
    do {
        row_.line = line_;
        row_.fault.reset();
        text_.clear();
        ends_.clear();
        field_start_ = 0;
        was_quoted_ = false;
        if (!read_row()) return nullptr;
    } while (text_.empty() && ends_.size() == 1 && !was_quoted_ && !row_.fault);
    finish_row();
    return &row_;
}

// False when there is nothing left to read.
bool CsvReader::read_row() {
    if (at_end()) return false;
    state_ = State::field_start;
    while (!at_end()) {
        if (state_ == State::quoted)
            read_inside_quotes();
        else if (read_outside_quotes())
            return true;
    }
    if (state_ == State::quoted) blame(CsvFault::quote_not_closed, quote_line_);
    end_field();
    return true;
}

// True at the end of the row.
bool CsvReader::read_outside_quotes() {
    const char next = block_[at_];
    if (next == limits_.separator) {
        ++at_;
        end_field();
        state_ = State::field_start;
    } else if (next == '\n') {
        ++at_;
        ++line_;
        end_field();
        return true;
    } else if (next == '\r') {
        return end_at_carriage_return();
    } else if (next == '"' && state_ == State::field_start) {
        ++at_;
        quote_line_ = line_;
        was_quoted_ = true;
        state_ = State::quoted;
    } else if (next == '"' && state_ == State::after_quote) {
        // The quote before was no end: two quotes stand for one.
        ++at_;
        keep("\"");
        state_ = State::quoted;
    } else if (next == '"') {
        ++at_;
        blame(CsvFault::quote_in_plain_field, line_);
        keep("\"");
    } else {
        if (state_ == State::after_quote) blame(CsvFault::text_after_quote, line_);
        state_ = State::plain;
        const std::array<char, 5> stops{limits_.separator, '"', '\r', '\n', '\0'};
        keep_run(stops.data());
    }
    return false;
}

void CsvReader::read_inside_quotes() {
    if (block_[at_] == '"') {
        ++at_;
        state_ = State::after_quote;
    } else {
        keep_run("\"");
    }
}

bool CsvReader::end_at_carriage_return() {
    ++at_;
    if (!at_end() && block_[at_] != '\n') {
        blame(CsvFault::stray_carriage_return, line_);
        state_ = State::plain;
        keep("\r");
        return false;
    }
    if (!at_end()) {
        ++at_;
        ++line_;
    }
    end_field();
    return true;
}

// Keeps what stands before the next of the four (or one) characters, as far as the block goes.
void CsvReader::keep_run(const char* stops) {
    const auto rest = block_.substr(at_);
    const auto stop = std::find_if(rest.begin(), rest.end(),
                                   [stops](char c) { return c != '\0' && std::strchr(stops, c) != nullptr; });
    const auto run = rest.substr(0, static_cast<std::size_t>(stop - rest.begin()));
    line_ += std::count(run.begin(), run.end(), '\n');
    keep(run);
    at_ += run.size();
}

void CsvReader::keep(std::string_view bytes) {
    if (ends_.size() >= limits_.columns) return;
    const auto field_room = limits_.field_bytes - (text_.size() - field_start_);
    const auto row_room = limits_.row_bytes - text_.size();
    if (bytes.size() > field_room) blame(CsvFault::field_too_long, line_);
    if (bytes.size() > row_room) blame(CsvFault::row_too_long, line_);
    text_.append(bytes.substr(0, std::min(field_room, row_room)));
}

void CsvReader::end_field() {
    if (ends_.size() >= limits_.columns) return blame(CsvFault::too_many_columns, line_);
    ends_.push_back(text_.size());
    field_start_ = text_.size();
}

void CsvReader::finish_row() {
    row_.fields.clear();
    std::size_t start = 0;
    for (const auto end : ends_) {
        const auto field = std::string_view(text_).substr(start, end - start);
        if (field.find('\0') != std::string_view::npos) blame(CsvFault::nul_character, row_.line);
        if (!is_utf8(field)) blame(CsvFault::not_utf8, row_.line);
        row_.fields.push_back(field);
        start = end;
    }
}

void CsvReader::blame(CsvFault fault, std::int64_t line) {
    if (row_.fault) return;
    row_.fault = fault;
    row_.fault_line = line;
}

}  // namespace sluice::serve
