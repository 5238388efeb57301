// The documents of an operator as CSV.
#pragma once

#include <cstdint>
#include <ostream>

#include "app/ports/store.hpp"

namespace sluice::serve {

// One row a document, by date and then in the order of issue:
// date,type,number,subscriber,unit,lines,net,tax,total
// Gives how many there are. Throws std::runtime_error when `out` takes no more.
std::int64_t export_documents(app::Store& store, customers::OperatorId op, std::ostream& out);

}  // namespace sluice::serve
