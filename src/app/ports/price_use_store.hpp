// Who is on which price.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/customers/customers.hpp"

namespace sluice::app {

// Items that are held (not removed, returned or replaced) by sub-services that are not cancelled.
struct PriceUse {
    catalog::PriceId price;
    std::int64_t items = 0;
    std::int64_t sub_services = 0;  // that hold these
};

class PriceUseStore {
public:
    virtual ~PriceUseStore() = default;

    // Of each version that somebody is on.
    virtual std::vector<PriceUse> price_uses(customers::OperatorId op, catalog::ProductId product) = 0;
};

}  // namespace sluice::app
