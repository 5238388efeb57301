// How a subscriber pays, and what happens when money does not come: settings of one level, and the rules that result.
// Rules: docs/payments.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/money.hpp"

namespace sluice::customers {

// invoice: service first, then a document with a due date. prepaid: a period is charged when there is money for it.
// credit_limit and unlimited_postpaid: one document a month, on the 1st, for what the month before has charged.
enum class PaymentTerms { invoice, prepaid, credit_limit, unlimited_postpaid };
std::string_view name_of(PaymentTerms terms);  // "invoice" …

// What one level says (subscriber, policy, operator); what it leaves open the next, less specific level decides.
struct PaymentSettings {
    std::optional<PaymentTerms> terms;
    std::optional<Decimal> credit_limit;  // >= 0, in the operator's currency
    std::optional<int> due_day;           // 1..28, of the month in which a monthly document is issued
    std::optional<int> block_after;       // days after the due date, 0..365
    std::optional<std::string> ladder;    // code of a collection ladder; "none": nothing happens
    std::optional<int> promise_days;      // 1..60; 0: no promised payments
    std::optional<int> promise_pause;     // days from one promise to the next, 0..365
    std::optional<Decimal> promise_limit;
    std::optional<std::vector<int>> lead_days;  // 0..60, descending: before the money runs out; empty: never
    std::optional<int> order_days;              // for which an order can be paid, 1..365
    // Of automatic charges: the days after the first decline on which it is tried again, ascending, 1..60; the most of
    // one charge, and of all that a calendar month has.
    std::optional<std::vector<int>> charge_retries = {};
    std::optional<Decimal> charge_cap = {};
    std::optional<Decimal> charge_month_cap = {};

    friend bool operator==(const PaymentSettings&, const PaymentSettings&) = default;
};

// What is done about a document that is not paid, in days after its due date.
struct Ladder {
    std::string code;
    std::vector<int> reminders;         // ascending, -60..365
    std::optional<int> late_fee_after;  // with `late_fee`: the code of an add-on that is charged once
    std::string late_fee = {};
    std::optional<int> suspend_after;
    std::optional<int> terminate_after;
    bool spares_weekends = false;  // and holidays: steps wait for the next working day

    friend bool operator==(const Ladder&, const Ladder&) = default;
};
// Reminders 3 days before, on and 3 days after the due date, suspension after 7 days, termination after 60. Operators
// have it as "standard" until they make one of that name.
Ladder standard_ladder();

// What holds for one subscriber when every level has been asked.
struct PaymentRules {
    PaymentTerms terms = PaymentTerms::invoice;
    Money credit_limit;  // zero: none
    int due_day = 15;
    int block_after = 15;
    std::string ladder = "none";
    int promise_days = 0;
    int promise_pause = 30;
    Money promise_limit;  // zero: any amount
    int order_days = 14;
    std::vector<int> charge_retries = {1, 3, 5};
    Money charge_cap;  // zero: none, as the next one
    Money charge_month_cap;

    // Charges need money, or credit, at hand.
    bool is_limited() const { return terms == PaymentTerms::prepaid || terms == PaymentTerms::credit_limit; }
    bool is_monthly() const { return terms == PaymentTerms::credit_limit || terms == PaymentTerms::unlimited_postpaid; }
    // Of the document for what is charged on `billing_date`.
    Date document_date(Date billing_date) const;
    // `due_days`: of the operator, for terms `invoice`.
    Date due_date(Date document_date, int due_days) const;
};

// How many days before money runs out a subscriber is asked for more, unless a level says otherwise.
std::vector<int> standard_lead_days();

// Setting by setting, the first level that says something. `levels`: most specific first.
PaymentRules resolve(std::span<const PaymentSettings* const> levels, Currency currency);

}  // namespace sluice::customers
