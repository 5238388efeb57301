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

// The keys `operator` and `catalog` of `file`. Throws InputError.
app::OperatorSetup read_setup(Fields& file, IdSource& ids);

// A file with just these two keys, as `sluice import` takes it. Throws InputError.
app::OperatorSetup read_operator_file(const std::string& path, IdSource& ids);

}  // namespace sluice::serve
