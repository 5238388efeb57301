// Operator and catalogue in the words of a scenario file.
#pragma once

#include <string>

#include "app/set_up.hpp"
#include "serve/yaml/fields.hpp"
#include "values/id.hpp"

namespace sluice::serve {

// Settings that any level may carry: model, cycle_day, first_charge, threshold_day, invoicing, suspension,
// credit_suspension.
customers::BillingSettings read_billing_settings(Fields& fields);

// How subscribers pay, at any level: terms, credit_limit, due_day, block_after, ladder, promise_days, promise_pause,
// promise_limit, lead_days, order_days, charge_retries, charge_cap, charge_month_cap.
customers::PaymentSettings read_payment_settings(Fields& fields, Currency currency);

// The keys `operator` and `catalog` of `file`. Throws InputError.
app::OperatorSetup read_setup(Fields& file, IdSource& ids);

// Parts of it. Each takes its keys; `fields.done()` is the caller's. Throw InputError.
customers::Operator read_operator(Fields& fields, IdSource& ids);
// name, rounding, due_days, invoice_number, credit_note_number, refund_fee, billing, payment, ladders, holidays: what
// is not said stays as `op` has it.
void read_operator_settings(Fields& fields, customers::Operator& op);
catalog::TaxRule read_tax(Fields& fields, const std::vector<catalog::TaxRule>& known, IdSource& ids);
struct NewProduct {
    catalog::Product product;
    catalog::PriceVersion price;  // sold from the beginning on
};
NewProduct read_product(Fields& fields, catalog::ProductType type, Currency currency,
                        const std::vector<catalog::TaxRule>& taxes, IdSource& ids);

// The text of a file with just these two keys.
app::OperatorSetup read_operator_text(const std::string& yaml, IdSource& ids);
// A file with just these two keys, as `sluice import` takes it. Throws InputError.
app::OperatorSetup read_operator_file(const std::string& path, IdSource& ids);

}  // namespace sluice::serve
