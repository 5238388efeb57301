// Lists for faces: filtered, sorted, page by page. A page begins after the position of the last row of the one before,
// so that its cost does not grow with how far one has read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/customers/customers.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/ledger/entry.hpp"
#include "domain/payments/allocate.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

// Where a row stands in its list: what it is sorted by (a code, a name, a date, an amount in minor units; empty when
// the list is sorted by creation), and its id for rows that are alike.
struct Position {
    std::string key;
    std::int64_t id = 0;
};

struct Paging {
    std::optional<Position> after = {};
    std::int64_t limit = 50;  // 1..500
    bool descending = false;
};

template <typename Row>
struct Page {
    std::vector<Row> rows = {};
    std::optional<Position> next = {};  // of the last row, when more rows follow
};

enum class SubscriberOrder { created, code, name, balance };
struct SubscriberQuery {
    std::string text = {};  // each of its words begins a word of code, contact or organization; empty: all
    std::optional<std::string> category = {};
    std::optional<std::string> region = {};
    std::optional<std::string> pop = {};
    SubscriberOrder order = SubscriberOrder::created;
    Paging paging = {};
};
struct SubscriberRow {
    customers::Subscriber subscriber;
    Money balance;  // positive: in credit
};

struct UnitRow {
    customers::Unit unit;
};

// In order of creation.
struct SubServiceQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<customers::UnitId> unit = {};
    std::optional<subscriptions::Status> status = {};
    std::optional<catalog::ProductId> service = {};
    std::optional<Date> due_by = {};  // something is due on or before
    Paging paging = {};
};
struct SubServiceRow {
    subscriptions::SubService sub_service;  // with its items
    std::string subscriber_code;
    std::string unit_code;  // empty: none
    std::optional<Date> next_billing_date;
};

enum class DocumentOrder { date, due, number };
struct DocumentQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<std::string> number_prefix = {};
    std::optional<invoicing::DocumentType> type = {};
    std::optional<invoicing::DocumentState> state = {};
    std::optional<Date> overdue_on = {};  // open, and due before this date
    std::optional<Date> from = {};        // document date, first day …
    std::optional<Date> to = {};          // … and last day
    bool with_lines = false;
    DocumentOrder order = DocumentOrder::date;
    Paging paging = {};
};
// Rows: app::StoredDocument.

// In order of date, then of recording.
struct PaymentQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<std::string> method = {};
    std::optional<std::string> reference = {};
    std::optional<Date> from = {};
    std::optional<Date> to = {};
    Paging paging = {};
};
struct PaidDocument {
    std::string number;
    Money amount;
};
struct PaymentRow {
    payments::Payment payment;
    std::string subscriber_code;
    std::vector<PaidDocument> paid;  // in order of the documents; the rest of the amount is credit
};

// One entry of a subscriber's journal, as a statement shows it.
struct StatementRow {
    ledger::Entry::Header header;
    std::vector<ledger::Posting> postings;
    Money effect;           // on the balance: positive in the subscriber's favour
    Money balance;          // after it
    std::string reference;  // the document's number; the payment's method and reference
};

}  // namespace sluice::app
