// Operators with their catalogues, kept in memory and read again when their revision has grown.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "app/ports/store.hpp"
#include "values/zone.hpp"

namespace sluice::serve {

struct OperatorBook {
    customers::Operator op;
    catalog::Catalog catalog;
    Zone zone;
    std::int64_t revision;
};

class OperatorBooks {
public:
    // As `store` shows it at this moment.  REQUIRES: the operator is there.
    std::shared_ptr<const OperatorBook> of(app::Store& store, customers::OperatorId op);

private:
    std::mutex mutex_;
    std::unordered_map<customers::OperatorId, std::shared_ptr<const OperatorBook>> books_;
};

}  // namespace sluice::serve
