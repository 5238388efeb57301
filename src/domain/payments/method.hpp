// The terms of a payment method: who may pay how much by it, and what it costs whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/customers.hpp"
#include "values/decimal.hpp"
#include "values/money.hpp"
#include "values/result.hpp"

namespace sluice::payments {

// What the gateway takes for itself.
struct Commission {
    Decimal percent = {};  // 0..100, of what is credited
    Money fixed;           // >= 0
    // The payer pays it beside the amount; else it is taken from the amount, which the operator bears.
    bool on_top = false;
};

// What is credited to the subscriber, what the payer pays, and how much of the difference is commission.
struct Quote {
    Money amount;
    Money commission;
    Money total;
};
// 100 with 2 % and 1: on top 103 are paid, else 100; 3 are commission, 100 are credited. Rounded once.
Quote quote(Money amount, const Commission& commission, Rounding rounding);

// Empty lists and missing limits let everybody and everything through.
struct MethodTerms {
    std::vector<std::string> currencies = {};
    std::vector<std::string> countries = {};   // as subscribers have them
    std::vector<std::string> categories = {};  // likewise: who may use it
    std::optional<Money> minimum = {};
    std::optional<Money> maximum = {};
    Commission commission;
};

enum class MethodRefusal {
    currency_not_taken,
    country_not_served,
    not_for_this_category,
    below_minimum,
    above_maximum
};
std::string_view message(MethodRefusal refusal);

// Nothing when the subscriber may pay the amount by it.
std::optional<MethodRefusal> refuse(const MethodTerms& terms, const customers::Subscriber& subscriber, Money amount);

}  // namespace sluice::payments
