// Money that comes in by itself: what is charged by a saved method on a date, and what is not, and why.
// Rules: docs/payments.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/invoicing/document.hpp"
#include "domain/invoicing/purse.hpp"
#include "domain/payments/method.hpp"
#include "domain/subscriptions/sub_service.hpp"
#include "values/date.hpp"

namespace sluice::payments {

struct AutomaticPaymentTag {
    static constexpr std::string_view prefix = "auto";
};
using AutomaticPaymentId = Id<AutomaticPaymentTag>;

// What a saved method is charged for: what the forecast lacks, before a renewal that the balance does not cover; each
// document when it is due; or what one sub-service renews for.
enum class AutomaticFor { top_up, documents, sub_service };
std::string_view name_of(AutomaticFor what);

// Another day may do, or never with this method: then it is stopped until somebody enables it again.
struct AutomaticPayment {
    AutomaticPaymentId id;
    AutomaticFor what;
    std::optional<subscriptions::SubServiceId> sub_service = {};
    Date next_on;  // not before that day
    bool is_stopped = false;
    // Declines since the last success; when the first and the last one were, and what was to be paid with which
    // balance.
    int failures = 0;
    std::optional<Date> failed_on = {};
    std::optional<Date> declined_on = {};
    std::optional<Money> failed_amount = {};
    std::optional<Money> failed_balance = {};
    std::optional<Date> told_on = {};  // that it was above a cap

    friend bool operator==(const AutomaticPayment&, const AutomaticPayment&) = default;
};

struct DueDocument {
    invoicing::DocumentId id;
    std::string number;
    Date due;
    Money open;         // > 0
    bool is_under_way;  // a checkout of it may still be paid
};

// What is known of one subscriber on a date.
struct AutomaticFacts {
    customers::Subscriber subscriber;
    customers::PaymentRules rules;
    invoicing::Purse purse;
    bool is_held = false;                     // by a hold or a payment plan
    bool waits_for_funds = false;             // a sub-service does
    std::vector<DueDocument> documents = {};  // due by the date, the oldest first
    Money due_now;                            // what the decision charges anew by the date
    std::unordered_map<subscriptions::SubServiceId, Money> due_of = {};
    Money recommended;         // the forecast less the balance
    Money charged_this_month;  // by automatic charges, or under way
};

enum class ChargeVerdict {
    charged,
    nothing_due,
    above_cap,
    above_month_cap,
    under_way,  // another payment for the same: its outcome is not known yet
    held,
    not_with_these_terms,
    method_not_usable,
    waits,  // until its next day
    stopped
};
std::string_view name_of(ChargeVerdict verdict);

struct PlannedCharge {
    std::size_t of;  // its place among the payments
    std::optional<invoicing::DocumentId> document = {};
    std::string number = {};
    Quote quote;
    ChargeVerdict verdict;
};

// An automatic payment as the decision needs it. `terms`: none when its method cannot be charged.
struct AutomaticWish {
    const AutomaticPayment* payment;
    const MethodTerms* terms;
    bool is_under_way;  // an earlier charge of it that is for no document
};

// What is charged on `date`: sub-services first, then documents or a top-up for what is left. Never above a cap, alone
// or together with what the month has had already.
std::vector<PlannedCharge> plan_charges(const AutomaticFacts& facts, std::span<const AutomaticWish> wishes, Date date,
                                        Rounding rounding);

// It goes with the terms of payment.
bool suits(AutomaticFor what, const customers::PaymentRules& rules);

// What a decline means for it: tried again by the rules, the days counted from the first decline; when no day is left,
// a month after that one.
void decline(AutomaticPayment& payment, const customers::PaymentRules& rules, Money amount, Money balance, Date today);
// Whether the subscriber is told (again) that a cap stops it: once in a month.
bool is_to_be_told(const AutomaticPayment& payment, Date date);

}  // namespace sluice::payments
