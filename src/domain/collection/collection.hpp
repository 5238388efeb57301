// Debtors, the time that they were given, and the steps of the ladder that are due. Rules: docs/payments.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/customers.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/invoicing/purse.hpp"
#include "values/date.hpp"
#include "values/id.hpp"
#include "values/money.hpp"

namespace sluice::collection {

struct HoldTag {
    static constexpr std::string_view prefix = "hold";
};
struct PlanTag {
    static constexpr std::string_view prefix = "plan";
};
struct PromiseTag {
    static constexpr std::string_view prefix = "promise";
};
using HoldId = Id<HoldTag>;
using PlanId = Id<PlanTag>;
using PromiseId = Id<PromiseTag>;

struct Debt {
    invoicing::DocumentId document;
    std::string number;
    Date due;
    Money open;  // > 0
};

enum class StepKind { reminder, late_fee, suspension, termination };
std::string_view name_of(StepKind kind);

struct Step {
    StepKind kind;
    invoicing::DocumentId document;
    Date due;
    int days;  // after the due date, by the ladder
    friend bool operator==(const Step&, const Step&) = default;
};

// Nothing is done about a debt: for good, or up to the day that the debtor has named.
struct Hold {
    HoldId id;
    enum class Kind { exemption, promised_date } kind;
    Date since;
    std::optional<Date> until;  // the last day; none: for good
    std::string reason = {};
};

// A debt in dated parts. As long as each is paid in time, nothing is done about its documents.
struct Plan {
    struct Part {
        Date due;
        Money amount;  // > 0
    };
    struct Document {
        invoicing::DocumentId id;
        Money open;  // when the plan was made
    };
    PlanId id;
    Date date;
    std::vector<Part> parts;          // by due date; together what was open
    std::vector<Document> documents;  // by id
    std::optional<Date> ended_on = {};
};

// A promised payment: credit for some days.
struct Promise {
    PromiseId id;
    Date date;
    Date until;  // the last day
    Money amount;
};

// What is known of a subscriber who owes, or has services that wait for money.
struct Debtor {
    customers::Subscriber subscriber;
    invoicing::Purse purse;
    std::vector<Debt> debts = {};  // by due date
    std::vector<Step> taken = {};
    std::vector<Hold> holds = {};
    std::optional<Plan> plan = {};        // that has not ended
    std::optional<Promise> promise = {};  // the latest
};

// Weekends are Saturday and Sunday.
bool is_working_day(Date date, std::span<const Date> holidays);

// Debts with the due date that counts: of a plan's documents, that of the first part that is not paid.
std::vector<Debt> debts_that_count(const Debtor& debtor);
bool is_held(const Debtor& debtor, Date date);

// Services of this debtor are to be suspended, and stay so: a debt is too old (by the ladder), or less than nothing is
// left to spend (prepaid).
bool is_suspended_for_debt(const customers::Operator& op, const Debtor& debtor, Date date);
bool is_suspended_for_funds(const customers::Operator& op, const Debtor& debtor, Date date);

// The steps that are due on `date`. Suspension and termination are named with the oldest debt that asks for them,
// suspension day after day.
std::vector<Step> steps_due(const customers::Operator& op, const Debtor& debtor, Date date);

// How many days before a due date the ladder's first step is due; 0 when none comes before.
int days_ahead(const customers::Operator& op);

}  // namespace sluice::collection
