#pragma once

#include "app/ports/price_use_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlPriceUses final : public app::PriceUseStore {
public:
    explicit SqlPriceUses(Connection& db) : db_(db) {}

    std::vector<app::PriceUse> price_uses(customers::OperatorId op, catalog::ProductId product) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
