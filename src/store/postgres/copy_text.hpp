// The text format of COPY, and of bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/sql/connection.hpp"

namespace sluice::store {

// One line: cells with tabs between them, nulls as \N, bytes as hexadecimal digits behind \x.
void append_copy_row(std::string& text, std::span<const Cell> cells);

// The bytes of pairs of hexadecimal digits in lower case, as PostgreSQL writes them.
std::string decode_hex(std::string_view digits);

}  // namespace sluice::store
