// Lists for faces: filtered, sorted, page by page. A page begins after the position of the last row of the one before,
// so that its cost does not grow with how far one has read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/administration.hpp"
#include "app/ports/stored.hpp"
#include "domain/catalog/catalog.hpp"
#include "domain/customers/customers.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/ledger/entry.hpp"
#include "domain/payments/refund.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

// Where a row stands in its list: what it is sorted by (a code, a folded name, a date, an amount in minor units; empty
// when the list is sorted by creation), and its id for rows that are alike. Only for the list and the order that it
// comes from; another one gives a page from anywhere, never a failure.
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

// By name: of the organization, else of the contact, without regard to case and marks.
enum class SubscriberOrder { created, code, name, balance };
struct SubscriberQuery {
    // Each of its words begins a word of code, contact or organization, without regard to case and marks; empty: all.
    // A word with . _ : or - inside is looked for as it stands, and when nobody has it, part by part.
    std::string text = {};
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
    std::optional<customers::UnitId> unit = {};  // slow without its subscriber
    std::optional<subscriptions::Status> status = {};
    std::optional<catalog::ProductId> service = {};  // the present main service
    std::optional<catalog::PriceId> price = {};      // an item that it holds is on this price version
    std::optional<Date> due_by = {};                 // something is due on or before
    std::optional<Date> started_from = {};           // begun, first day …
    std::optional<Date> started_to = {};             // … and last day
    std::optional<Date> cancelled_from = {};         // ended, first day …
    std::optional<Date> cancelled_to = {};           // … and last day
    Paging paging = {};
};
struct SubServiceRow {
    subscriptions::SubService sub_service;  // with its items, without its suspended spans
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
    std::optional<Date> overdue_on = {};      // open, and due before this date
    std::optional<Date> not_overdue_on = {};  // the others
    std::optional<Date> from = {};            // document date, first day …
    std::optional<Date> to = {};              // … and last day
    std::optional<JobId> bill_run = {};       // that has issued them
    std::optional<Date> due_from = {};        // due date, first day …
    std::optional<Date> due_to = {};          // … and last day
    bool is_open = false;                     // only what is not paid in full
    bool with_lines = false;
    DocumentOrder order = DocumentOrder::date;
    Paging paging = {};
};
// Rows: app::StoredDocument.

// Charged by a command, on no document yet.
struct PendingLine {
    invoicing::Line line;
    std::string sub_service_code;
};

// In order of date, then of recording.
struct PaymentQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<std::string> method = {};
    std::optional<std::string> reference = {};
    std::optional<Date> from = {};
    std::optional<Date> to = {};
    std::optional<Date> back_from = {};  // money of it went out to the payer, first day …
    std::optional<Date> back_to = {};    // … and last day
    bool is_from_outside = false;        // neither a transfer between subscribers nor out of a wallet
    Paging paging = {};
};
struct PaidDocument {
    std::string number;
    Money amount;
};
struct PaymentRow {
    payments::Payment payment;
    std::string subscriber_code;
    std::vector<PaidDocument> paid;              // in order of their issue
    std::vector<payments::Refund> refunds = {};  // in order of recording; what is left of the amount is credit
};

// One entry of a subscriber's journal, as a statement shows it: in order of date, then of recording.
struct StatementRow {
    ledger::Entry::Header header;
    std::vector<ledger::Posting> postings;
    Money effect;           // on the balance: positive in the subscriber's favour
    Money balance;          // after it and all entries before it
    std::string reference;  // the document's number; the payment's method and reference
};

// What is there, for reading only.
class Listing {
public:
    virtual ~Listing() = default;

    virtual Page<SubscriberRow> list(customers::OperatorId op, const SubscriberQuery& query) = 0;
    virtual Page<SubServiceRow> list(customers::OperatorId op, const SubServiceQuery& query) = 0;
    virtual Page<StoredDocument> list(customers::OperatorId op, const DocumentQuery& query) = 0;
    virtual Page<PaymentRow> list(customers::OperatorId op, const PaymentQuery& query) = 0;
    virtual Page<UnitRow> units(customers::SubscriberId subscriber, const Paging& paging) = 0;  // in order of creation
    virtual Page<StatementRow> statement(const customers::Subscriber& subscriber, Currency currency,
                                         const Paging& paging) = 0;

    // Single ones; nothing when there is none of that name with this operator or subscriber.
    virtual std::optional<SubscriberRow> subscriber_row(customers::OperatorId op, std::string_view code) = 0;
    virtual std::optional<SubServiceRow> find_sub_service(customers::SubscriberId subscriber,
                                                          std::string_view code) = 0;
    virtual std::optional<StoredDocument> find_document(customers::OperatorId op, std::string_view number) = 0;
    virtual std::optional<StoredDocument> find_document(customers::OperatorId op, invoicing::DocumentId id) = 0;
    virtual std::optional<PaymentRow> find_payment(customers::OperatorId op, payments::PaymentId id) = 0;
    virtual std::optional<StoredLine> find_line(customers::OperatorId op, customers::SubscriberId subscriber,
                                                charging::LineId line) = 0;

    // Lines that wait for the bill run of their billing date, in order of creation.
    virtual std::vector<PendingLine> pending_lines(customers::SubscriberId subscriber) = 0;
};

}  // namespace sluice::app
