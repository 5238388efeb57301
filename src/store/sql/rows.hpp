// How the values of the domain lie in columns: the same words as in the glossary.
#pragma once

#include <array>
#include <string_view>

#include "app/ports/store.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

// Names of an enum's members, in their order; reading an unknown one breaks a promise.
template <typename Enum, std::size_t N>
Enum enum_from(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    fail_promise("a stored word is one that Sluice knows: " + std::string(name), __FILE__, __LINE__);
}
template <typename Enum, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

inline constexpr std::array<std::string_view, 2> rounding_names{"half_up", "half_even"};
inline constexpr std::array<std::string_view, 2> model_names{"cycle", "pro_rata"};
inline constexpr std::array<std::string_view, 4> first_charge_names{"partial", "partial_plus_full", "full",
                                                                    "threshold"};
inline constexpr std::array<std::string_view, 3> invoicing_names{"independent", "merged", "merged_per_unit"};
inline constexpr std::array<std::string_view, 3> product_type_names{"service", "add_on", "cpe"};
inline constexpr std::array<std::string_view, 3> mode_names{"recurring", "once", "installments"};
inline constexpr std::array<std::string_view, 2> timing_names{"advance", "arrears"};
inline constexpr std::array<std::string_view, 5> status_names{"inactive", "active", "suspended", "data_exhausted",
                                                              "cancelled"};
inline constexpr std::array<std::string_view, 3> suspended_for_names{"request", "debt", "funds"};
inline constexpr std::array<std::string_view, 4> payment_terms_names{"invoice", "prepaid", "credit_limit",
                                                                     "unlimited_postpaid"};
// A discount is stored as a credit that says which one.
inline constexpr std::array<std::string_view, 6> kind_names{"recurring",   "setup_fee", "once",
                                                            "installment", "credit",    "credit"};
inline constexpr std::array<std::string_view, 2> proration_names{"by_days", "whole_price"};
inline constexpr std::array<std::string_view, 2> document_type_names{"invoice", "credit_note"};
inline constexpr std::array<std::string_view, 5> document_state_names{"draft", "issued", "partially_paid", "paid",
                                                                      "void"};
inline constexpr std::array<std::string_view, 6> account_names{"receivable", "revenue",  "tax_payable",
                                                               "cash",       "bad_debt", "wallet"};
inline constexpr std::array<std::string_view, 5> entry_source_names{"document", "payment", "refund", "charge_back",
                                                                    "write_off"};
inline constexpr std::array<std::string_view, 3> credit_source_names{"payment", "credit_note", "write_off"};
inline constexpr std::array<std::string_view, 2> refund_kind_names{"refund", "charge_back"};
inline constexpr std::array<std::string_view, 2> fee_order_names{"percent_and_fixed", "fixed_first"};
inline constexpr std::array<std::string_view, 3> checkout_kind_names{"hosted", "saved", "setup"};
inline constexpr std::array<std::string_view, 5> checkout_state_names{"pending", "succeeded", "failed", "expired",
                                                                      "unknown"};
inline constexpr std::array<std::string_view, 3> gateway_event_state_names{"done", "ignored", "to_be_booked"};

template <typename Enum, std::size_t N>
std::optional<std::string_view> name_in(const std::array<std::string_view, N>& names,
                                        const std::optional<Enum>& value) {
    return value ? std::optional(name_in(names, *value)) : std::nullopt;
}
template <typename Enum, std::size_t N>
std::optional<Enum> read_optional_enum(const std::array<std::string_view, N>& names, Query& row) {
    const auto name = row.get<std::optional<std::string_view>>();
    return name ? std::optional(enum_from<Enum>(names, *name)) : std::nullopt;
}
template <typename Enum, std::size_t N>
Enum read_enum(const std::array<std::string_view, N>& names, Query& row) {
    return enum_from<Enum>(names, row.get<std::string_view>());
}

// The columns of billing settings, as they are created, selected and bound.
#define SLUICE_SETTINGS_COLUMNS \
    "model, cycle_day, first_charge, threshold_day, invoicing, suspension, credit_suspension"
#define SLUICE_SETTINGS_LIST \
    "model", "cycle_day", "first_charge", "threshold_day", "invoicing", "suspension", "credit_suspension"
#define SLUICE_SETTINGS_UPDATE                                                                                         \
    "model = ?, cycle_day = ?, first_charge = ?, threshold_day = ?, invoicing = ?, suspension = ?, credit_suspension " \
    "= ?"
std::string settings_columns_sql();  // their definitions for CREATE TABLE
customers::BillingSettings read_settings(Query& row);

struct SettingsCells {
    std::optional<std::string_view> model;
    std::optional<int> cycle_day;
    std::optional<std::string_view> first_charge;
    std::optional<int> threshold_day;
    std::optional<std::string_view> invoicing;
    std::optional<std::string_view> suspension;
    std::optional<bool> credit_suspension;
};
SettingsCells cells_of(const customers::BillingSettings& settings);

// The same for how a subscriber pays.
#define SLUICE_PAYMENT_COLUMNS                                                                                \
    "payment_terms, credit_limit, due_day, block_after, ladder, promise_days, promise_pause, promise_limit, " \
    "lead_days, order_days, charge_retries, charge_cap, charge_month_cap"
#define SLUICE_PAYMENT_LIST                                                                               \
    "payment_terms", "credit_limit", "due_day", "block_after", "ladder", "promise_days", "promise_pause", \
        "promise_limit", "lead_days", "order_days", "charge_retries", "charge_cap", "charge_month_cap"
#define SLUICE_PAYMENT_UPDATE                                                                                         \
    "payment_terms = ?, credit_limit = ?, due_day = ?, block_after = ?, ladder = ?, promise_days = ?, promise_pause " \
    "= ?, promise_limit = ?, lead_days = ?, order_days = ?, charge_retries = ?, charge_cap = ?, charge_month_cap = ?"
customers::PaymentSettings read_payment_settings(Query& row);
// Days as they are stored: "-3 0 3".
std::vector<int> read_days(const std::string& text);
inline std::optional<std::string_view> terms_cell(const customers::PaymentSettings& settings) {
    return name_in(payment_terms_names, settings.terms);
}

inline Currency read_currency(Query& row) {
    const auto currency = Currency::from_code(row.get<std::string_view>());
    check(currency.has_value(), "a stored currency is one of ISO 4217");
    return *currency;
}

}  // namespace sluice::store
