// What is kept of pro-forma documents and of documents of advance payments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/invoicing/pro_forma.hpp"
#include "domain/payments/allocate.hpp"

namespace sluice::app {

struct ProFormaRow {
    invoicing::ProForma pro_forma;
    std::string subscriber_code;
    std::string subscriber_name;
};

// Money that was paid ahead, as a document: so much of the payment was used for nothing when it was issued.
struct AdvancePayment {
    customers::SubscriberId subscriber;
    payments::PaymentId payment;
    std::int32_t year;  // the number counts within operator and year
    std::int64_t sequence;
    std::string number;
    Date date;
    Money amount;
};
struct AdvancePaymentRow {
    AdvancePayment advance;
    std::string subscriber_code;
    std::string subscriber_name;
};

// Newest first, those before `before`.
struct ProFormaQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<invoicing::ProFormaState> state = {};
    std::optional<invoicing::ProFormaPurpose> purpose = {};
    std::optional<invoicing::ProFormaId> before = {};
    std::int64_t limit = 50;
};
struct AdvancePaymentQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<payments::PaymentId> before = {};
    std::int64_t limit = 50;
};

enum class AdvanceSeries { pro_forma, advance_payment };

class ProFormaStore {
public:
    virtual ~ProFormaStore() = default;

    // REQUIRES of all that write: the subscriber is held. A second open one for projected spending violates a
    // constraint.
    virtual void add(customers::OperatorId op, const invoicing::ProForma& pro_forma) = 0;
    virtual void update(const invoicing::ProForma& pro_forma) = 0;  // state, settled_on, reason, lead_days
    // Of subscribers from `first` to `last`, in order of subscriber and creation, with items, without lines.
    virtual std::vector<ProFormaRow> open(customers::SubscriberId first, customers::SubscriberId last) = 0;
    // Of each subscriber from `first` to `last` the latest one for projected spending, with neither.
    virtual std::vector<invoicing::ProForma> latest_projected(customers::OperatorId op, customers::SubscriberId first,
                                                              customers::SubscriberId last) = 0;
    // Open ones that can be paid no more on `date`, with neither.
    virtual std::vector<invoicing::ProForma> expired(customers::OperatorId op, Date date, std::int64_t limit) = 0;
    // With lines and items.
    virtual std::optional<ProFormaRow> find(customers::OperatorId op, std::string_view number) = 0;
    // With neither.
    virtual std::vector<ProFormaRow> list(customers::OperatorId op, const ProFormaQuery& query) = 0;
    // By id after `after`, with lines: for verification.
    virtual std::vector<invoicing::ProForma> all(customers::OperatorId op, std::optional<invoicing::ProFormaId> after,
                                                 std::int64_t limit) = 0;
    // What the subscriber has paid since the pro-forma was issued.
    virtual Money paid_since(const invoicing::ProForma& pro_forma) = 0;

    virtual void add(customers::OperatorId op, const AdvancePayment& advance) = 0;
    virtual std::optional<AdvancePaymentRow> find_advance(customers::OperatorId op, payments::PaymentId payment) = 0;
    virtual std::optional<AdvancePaymentRow> find_advance(customers::OperatorId op, std::string_view number) = 0;
    virtual std::vector<AdvancePaymentRow> list(customers::OperatorId op, const AdvancePaymentQuery& query) = 0;

    // The number that the next document of the series gets. Held until the transaction ends, and counted on.
    virtual std::int64_t take_number(customers::OperatorId op, AdvanceSeries series, std::int32_t year) = 0;
};

}  // namespace sluice::app
