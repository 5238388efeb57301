// Who sells and who buys: operator, subscriber, unit; and the policies that decide the terms between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/payment_terms.hpp"
#include "domain/customers/terms.hpp"
#include "values/currency.hpp"
#include "values/id.hpp"
#include "values/money.hpp"
#include "values/zone.hpp"

namespace sluice::customers {

struct OperatorKind {
    static constexpr std::string_view prefix = "op";
};
struct SubscriberKind {
    static constexpr std::string_view prefix = "cust";
};
struct UnitKind {
    static constexpr std::string_view prefix = "unit";
};
using OperatorId = Id<OperatorKind>;
using SubscriberId = Id<SubscriberKind>;
using UnitId = Id<UnitKind>;

// Matches a subscriber when all that it names matches; an empty text names nothing.
struct Policy {
    std::string region;
    std::string pop;
    std::string category;
    BillingSettings settings;
    PaymentSettings payment = {};
};

// What the operator keeps of a refund: a percentage and a fixed part, of which the one that comes first is of the whole
// and the other of what it leaves.
enum class FeeOrder { percent_and_fixed, fixed_first };
struct RefundFee {
    Decimal percent;  // 0..100
    Money fixed;      // >= 0
    FeeOrder order = FeeOrder::percent_and_fixed;
};

// The ISP that bills its customers. One installation holds many.
struct Operator {
    OperatorId id;
    std::string code;
    std::string name;
    Currency currency;
    std::string time_zone;  // IANA name
    Rounding rounding = Rounding::half_up;
    std::int32_t due_days = 14;  // 0..365
    BillingSettings billing;
    std::vector<Policy> policies;  // in order: the first that matches and says something wins, setting by setting
    std::string invoice_number = "INV-{year}-{number}";
    std::string credit_note_number = "CN-{year}-{number}";
    std::optional<RefundFee> refund_fee = {};  // none: refunds are free
    PaymentSettings payment = {};
    std::vector<Ladder> ladders = {};         // by code
    std::vector<Date> holidays = {};          // ascending
    std::optional<Date> billed_through = {};  // how far the latest bill run got
};

// The master account: a contact and/or an organization. Ids grow in the order of creation.
struct Subscriber {
    SubscriberId id{0};
    std::string code;  // unique within the operator
    std::string contact;
    std::string organization;
    std::string country;
    std::string region;
    std::string pop;
    std::string category;
    BillingSettings billing;
    std::string email = {};     // where messages go; empty: nowhere
    std::string language = {};  // of messages, "de" or "de-AT"; empty: the operator's
    PaymentSettings payment = {};
};

// "ada@example.com": as most mail servers take it, in ASCII.
bool is_email_address(std::string_view text);
// "de", "pt-BR".
bool is_language_tag(std::string_view text);

// A place under a subscriber: flat, office, shop.
struct Unit {
    UnitId id{0};
    std::string code;  // unique within the subscriber
    std::string name;
    BillingSettings billing;
};

// The terms of a sub-service: sub-service → unit → subscriber → policies → operator.
Terms resolve_terms(const Operator& op, const Subscriber& subscriber, const Unit* unit,
                    const BillingSettings& sub_service);
// The payment rules of a subscriber: subscriber → policies → operator.
PaymentRules resolve_payment(const Operator& op, const Subscriber& subscriber);
// Days before money runs out on which the subscriber is asked for more; none: never.
std::vector<int> lead_days_of(const Operator& op, const Subscriber& subscriber);
// Nothing for "none" and for a code that there is no ladder of.
std::optional<Ladder> find_ladder(const Operator& op, std::string_view code);

}  // namespace sluice::customers
