// Reading documents back, alone and with their lines.
#pragma once

#include <span>
#include <vector>

#include "app/ports/stored.hpp"
#include "domain/payments/allocate.hpp"
#include "store/sql/page_keys.hpp"

namespace sluice::store {

extern const std::string document_columns;  // of documents d, with what document_joins adds
extern const std::string document_joins;    // of subscribers s, units u and open documents o to documents d
extern const std::string line_count_column;

app::StoredDocument read_document(Query& row);  // without its lines

extern const std::string open_document_columns;  // of open_documents o
payments::OpenDocument read_open_document(Query& row, Currency currency);

// The documents of these keys, in their order. Keys of no document are passed over.
std::vector<app::StoredDocument> read_documents(Connection& db, std::span<const RowKey> keys, bool with_lines);

// Fills in the lines, in order of printing, with their taxes: two queries for a page of documents, however many these
// are.
void load_lines(Connection& db, std::span<app::StoredDocument> documents);

// Fills in the taxes of lines that were read without. A subscriber's, each.
void load_taxes(Connection& db, customers::SubscriberId subscriber, std::span<invoicing::Line* const> lines);

}  // namespace sluice::store
