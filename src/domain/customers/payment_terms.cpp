#include "domain/customers/payment_terms.hpp"

#include <array>

#include "values/check.hpp"

namespace sluice::customers {
namespace {

template <typename T>
std::optional<T> first_of(std::span<const PaymentSettings* const> levels, std::optional<T> PaymentSettings::*setting) {
    for (const auto* level : levels)
        if (const auto& said = level->*setting) return said;
    return std::nullopt;
}

Money money_of(const std::optional<Decimal>& amount, Currency currency) {
    if (!amount) return Money::zero(currency);
    const auto money = Money::parse(amount->text(), currency);
    check(money.has_value(), "an amount of the settings is one in the operator's currency");
    return *money;
}

}  // namespace

std::string_view name_of(PaymentTerms terms) {
    static constexpr std::array<std::string_view, 4> names{"invoice", "prepaid", "credit_limit", "unlimited_postpaid"};
    return names[static_cast<std::size_t>(terms)];
}

Ladder standard_ladder() {
    return {
        .code = "standard", .reminders = {-3, 0, 3}, .late_fee_after = {}, .suspend_after = 7, .terminate_after = 60};
}

std::vector<int> standard_lead_days() { return {10, 5, 4, 3, 2, 1, 0}; }

Date PaymentRules::document_date(Date billing_date) const {
    return is_monthly() ? Date::clamped(billing_date.months_since_year_0() + 1, 1) : billing_date;
}

Date PaymentRules::due_date(Date document_date, int due_days) const {
    if (terms == PaymentTerms::prepaid) return document_date;
    if (!is_monthly()) return document_date.plus_days(due_days);
    const Date due = Date::clamped(document_date.months_since_year_0(), due_day);
    return due < document_date ? Date::clamped(document_date.months_since_year_0() + 1, due_day) : due;
}

PaymentRules resolve(std::span<const PaymentSettings* const> levels, Currency currency) {
    PaymentRules rules{.credit_limit = money_of(first_of(levels, &PaymentSettings::credit_limit), currency),
                       .promise_limit = money_of(first_of(levels, &PaymentSettings::promise_limit), currency),
                       .charge_cap = money_of(first_of(levels, &PaymentSettings::charge_cap), currency),
                       .charge_month_cap = money_of(first_of(levels, &PaymentSettings::charge_month_cap), currency)};
    rules.terms = first_of(levels, &PaymentSettings::terms).value_or(rules.terms);
    rules.due_day = first_of(levels, &PaymentSettings::due_day).value_or(rules.due_day);
    rules.block_after = first_of(levels, &PaymentSettings::block_after).value_or(rules.block_after);
    rules.ladder = first_of(levels, &PaymentSettings::ladder).value_or(rules.ladder);
    rules.promise_days = first_of(levels, &PaymentSettings::promise_days).value_or(rules.promise_days);
    rules.promise_pause = first_of(levels, &PaymentSettings::promise_pause).value_or(rules.promise_pause);
    rules.order_days = first_of(levels, &PaymentSettings::order_days).value_or(rules.order_days);
    rules.charge_retries = first_of(levels, &PaymentSettings::charge_retries).value_or(rules.charge_retries);
    return rules;
}

}  // namespace sluice::customers
