// Discounts and promo codes in the words of operator files and of the API.
#pragma once

#include "app/discounts.hpp"
#include "app/set_up.hpp"
#include "serve/yaml/fields.hpp"
#include "values/currency.hpp"

namespace sluice::serve {

// code, name, percent or fixed, applies_to, charges, when, starts_on, ends_on, periods, priority, combines, automatic.
// Its id is still to be given. `fields.done()` is the caller's. Throws InputError.
catalog::Discount read_discount(Fields& fields, Currency currency);

// code, discount, max_uses, max_uses_per_subscriber, starts_on, ends_on.
app::Discounts::NewCode read_promo_code(Fields& fields);

// The keys `discounts` and `promo_codes` of a catalogue.
void read_discounts(Fields& catalog, app::OperatorSetup& setup, IdSource& ids);

}  // namespace sluice::serve
