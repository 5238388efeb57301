// Invoices and credit notes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/customers.hpp"
#include "domain/taxes/assess.hpp"

namespace sluice::invoicing {

struct DocumentTag {
    static constexpr std::string_view prefix = "doc";
};
using DocumentId = Id<DocumentTag>;
using Line = taxes::TaxedCharge;

enum class DocumentType { invoice, credit_note };

// draft → issued → partially_paid → paid, and void. Overdue is no state: it is issued or partially_paid, past the due
// date.
enum class DocumentState { draft, issued, partially_paid, paid, voided };

// As it was printed. Ids grow in the order of issue.  Always: the totals are the sums of the lines.
struct Document {
    DocumentId id;
    customers::SubscriberId subscriber;
    DocumentType type;
    std::int32_t year;      // the number counts within operator, type and year …
    std::int64_t sequence;  // … from 1, without gaps
    std::string number;
    Date date;
    Date due;
    Currency currency;
    std::optional<customers::UnitId> unit;  // when all lines belong to it
    // The customer as of issue: later changes do not touch the document.
    std::string contact;
    std::string organization;
    std::string country;
    std::string region;
    Money net;
    Money tax;
    Money total;
    DocumentState state;
    std::vector<Line> lines;
    std::string reason = {};  // why a clerk issued it; empty: a bill run did
};

// "INV-{year}-{number}" → "INV-2026-000001": the number with at least six digits.
// REQUIRES: a pattern that is_number_pattern() accepts.
std::string format_number(std::string_view pattern, std::int32_t year, std::int64_t sequence);
// {year} and {number} once each, at most 40 characters, letters, digits, '-', '/' and '.' around them.
bool is_number_pattern(std::string_view pattern);

// What a payment state follows from.
DocumentState state_of(Money total, Money paid);

// Issued or partially paid, past its due date.
bool is_overdue(const Document& document, Date today);

std::string_view name_of(DocumentType type);    // "invoice", "credit_note"
std::string_view name_of(DocumentState state);  // "draft", "issued", "partially_paid", "paid", "void"
std::optional<DocumentState> parse_state(std::string_view name);

}  // namespace sluice::invoicing
