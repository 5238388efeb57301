// Checkouts as rows.
#pragma once

#include <string>

#include "app/ports/gateway_store.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

// What read_checkout reads, from `checkouts c` and what belongs to them.
extern const std::string checkout_columns;
app::CheckoutRow read_checkout(Query& row);

class CheckoutWriter {
public:
    explicit CheckoutWriter(Connection& db);
    void add(const app::Checkout& checkout);
    void flush() { rows_.flush(); }

private:
    Inserter rows_;
};

}  // namespace sluice::store
