#include "store/sql/rows.hpp"

#include <iterator>
#include <sstream>

namespace sluice::store {

std::string settings_columns_sql() {
    return "model TEXT CHECK (model IN ('cycle', 'pro_rata')),\n"
           "    cycle_day {int} CHECK (cycle_day BETWEEN 1 AND 31),\n"
           "    first_charge TEXT CHECK (first_charge IN ('partial', 'partial_plus_full', 'full', 'threshold')),\n"
           "    threshold_day {int} CHECK (threshold_day BETWEEN 1 AND 31),\n"
           "    invoicing TEXT CHECK (invoicing IN ('independent', 'merged', 'merged_per_unit')),\n"
           "    suspension TEXT CHECK (suspension IN ('stop', 'continue')),\n"
           "    credit_suspension {int} CHECK (credit_suspension IN (0, 1))";
}

customers::BillingSettings read_settings(Query& row) {
    customers::BillingSettings settings;
    settings.model = read_optional_enum<customers::Model>(model_names, row);
    settings.cycle_day = row.get<std::optional<std::int32_t>>();
    settings.first_charge = read_optional_enum<customers::FirstCharge>(first_charge_names, row);
    settings.threshold_day = row.get<std::optional<std::int32_t>>();
    settings.invoicing = read_optional_enum<customers::Invoicing>(invoicing_names, row);
    if (const auto suspension = row.get<std::optional<std::string_view>>())
        settings.suspension_stops_billing = *suspension == "stop";
    settings.credit_suspension = row.get<std::optional<bool>>();
    return settings;
}

std::vector<int> read_days(const std::string& text) {
    std::istringstream words(text);
    return {std::istream_iterator<int>(words), std::istream_iterator<int>()};
}

customers::PaymentSettings read_payment_settings(Query& row) {
    customers::PaymentSettings settings;
    settings.terms = read_optional_enum<customers::PaymentTerms>(payment_terms_names, row);
    settings.credit_limit = row.get<std::optional<Decimal>>();
    settings.due_day = row.get<std::optional<std::int32_t>>();
    settings.block_after = row.get<std::optional<std::int32_t>>();
    settings.ladder = row.get<std::optional<std::string>>();
    settings.promise_days = row.get<std::optional<std::int32_t>>();
    settings.promise_pause = row.get<std::optional<std::int32_t>>();
    settings.promise_limit = row.get<std::optional<Decimal>>();
    if (const auto days = row.get<std::optional<std::string>>()) settings.lead_days = read_days(*days);
    settings.order_days = row.get<std::optional<std::int32_t>>();
    if (const auto days = row.get<std::optional<std::string>>()) settings.charge_retries = read_days(*days);
    settings.charge_cap = row.get<std::optional<Decimal>>();
    settings.charge_month_cap = row.get<std::optional<Decimal>>();
    return settings;
}

SettingsCells cells_of(const customers::BillingSettings& settings) {
    SettingsCells cells;
    cells.model = name_in(model_names, settings.model);
    cells.cycle_day = settings.cycle_day;
    cells.first_charge = name_in(first_charge_names, settings.first_charge);
    cells.threshold_day = settings.threshold_day;
    cells.invoicing = name_in(invoicing_names, settings.invoicing);
    if (settings.suspension_stops_billing) cells.suspension = *settings.suspension_stops_billing ? "stop" : "continue";
    cells.credit_suspension = settings.credit_suspension;
    return cells;
}

}  // namespace sluice::store
