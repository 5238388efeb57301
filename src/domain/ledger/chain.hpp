// What the hash of a journal entry covers, so that no document, line or posting can be changed unnoticed.
#pragma once

#include <string>

#include "domain/invoicing/document.hpp"

namespace sluice::ledger {

// Field by field, each ended by a line feed. The state is not part of it: it follows from the allocations.
void append_canonical_text(std::string& text, const invoicing::Document& document);

}  // namespace sluice::ledger
