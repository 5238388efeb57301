#include "app/set_up.hpp"

namespace sluice::app {

void store_setup(Store& store, const OperatorSetup& setup) {
    store.add(setup.op);
    for (const auto& rule : setup.taxes) store.add(setup.op.id, rule);
    for (const auto& product : setup.products) store.add(setup.op.id, product);
    for (const auto& version : setup.prices) store.add(setup.op.id, version);
    for (const auto& discount : setup.discounts) store.add_discount(setup.op.id, discount);
    for (const auto& code : setup.promo_codes) store.add_promo_code(setup.op.id, code);
}

}  // namespace sluice::app
