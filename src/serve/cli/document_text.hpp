// Documents for people.
#pragma once

#include <string>

#include "app/ports/store.hpp"

namespace sluice::serve {

// Head, lines and total of one document.
std::string document_text(const app::StoredDocument& stored, const catalog::Catalog& catalog, Date as_of);

// "issued", "paid", "overdue since 2026-01-24" …
std::string state_text(const invoicing::Document& document, Date as_of);

}  // namespace sluice::serve
