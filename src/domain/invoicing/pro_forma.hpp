// Pro-forma documents: what is to be paid in advance. They are none of the books: they have numbers of their own, and
// nothing is owed by them. Rules: docs/payments.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/invoicing/decide.hpp"

namespace sluice::invoicing {

struct ProFormaTag {
    static constexpr std::string_view prefix = "pf";
};
using ProFormaId = Id<ProFormaTag>;

inline constexpr std::string_view pro_forma_pattern = "PF-{year}-{number}";
inline constexpr std::string_view advance_payment_pattern = "ADV-{year}-{number}";

// projected_spending: what is missing for what falls due in this month and the next. order: what begins when it is
// paid.
enum class ProFormaPurpose { projected_spending, order };
enum class ProFormaState { open, paid, expired, withdrawn };

struct ProFormaLine {
    subscriptions::SubServiceId sub_service;
    catalog::ProductId product;
    charging::ChargeKind kind;
    std::optional<Period> period;
    std::int64_t quantity;
    Money net;
    Money tax;
    Money gross;
    std::string code = {};  // of the sub-service; known of what is stored, as below
};

// What is done when an order is paid: the sub-service is activated, or gets an add-on or a CPE.
struct OrderedItem {
    subscriptions::SubServiceId sub_service;
    std::optional<catalog::ProductId> product = {};
    std::int64_t quantity = 1;
    std::string code = {};
};

struct ProForma {
    ProFormaId id;
    customers::SubscriberId subscriber;
    ProFormaPurpose purpose;
    std::int32_t year;  // the number counts within operator and year
    std::int64_t sequence;
    std::string number;
    Date date;
    Date expires_on;                       // the last day on which it can be paid
    std::optional<Date> runs_out_on = {};  // projected spending: the first day that is not paid for …
    std::optional<int> lead_days = {};     // … and how many days before it the subscriber was told, last
    Money paid_ahead;                      // what the balance covers of the lines; >= 0 unless there is debt
    Money total;                           // lines − paid ahead
    ProFormaState state = ProFormaState::open;
    std::optional<Date> settled_on = {};  // paid, expired or withdrawn
    std::string reason = {};              // why it was withdrawn
    std::vector<ProFormaLine> lines = {};
    std::vector<OrderedItem> items = {};  // of an order
};

std::string_view name_of(ProFormaPurpose purpose);  // "projected_spending", "order"
std::string_view name_of(ProFormaState state);      // "open", "paid", "expired", "withdrawn"
std::optional<ProFormaPurpose> parse_pro_forma_purpose(std::string_view name);
std::optional<ProFormaState> parse_pro_forma_state(std::string_view name);

ProFormaLine pro_forma_line(const Line& line);
Money sum_of(const std::vector<ProFormaLine>& lines, Currency currency);  // gross

// When the money of an account runs out, and what is missing.
struct Projection {
    Date runs_out_on;
    std::vector<ProFormaLine> lines;  // all that falls due through the horizon, but for what is not projected
    Money balance;                    // with what wallets pay of the lines
    Money total;                      // above zero
};
// By the decision of a bill run. Nothing when the balance covers all that falls due by `horizon`, or nothing of what it
// does not cover is projected.  REQUIRES: a purse, and terms `prepaid`.
std::optional<Projection> project(const customers::Operator& op, const charging::Book& book, AccountFacts facts,
                                  Date horizon);

// The days before money runs out on which it is told: the latest that has come, `days` before; nothing when none has.
std::optional<int> lead_reached(const std::vector<int>& lead_days, int days);

}  // namespace sluice::invoicing
