// Arrays as texts, for databases that take many rows as one parameter a column.
#pragma once

#include <string>

#include "store/sql/connection.hpp"

namespace sluice::store {

// The next element, behind a brace or a comma: numbers and dates as they are, texts in quotes. The last brace is the
// caller's.
void append_element(std::string& array, const Cell& cell, bool is_text);

}  // namespace sluice::store
