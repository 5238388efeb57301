// Bank statements and their lines as JSON.
#pragma once

#include <boost/json.hpp>

#include "app/ports/bank_statements.hpp"

namespace sluice::serve::api {

boost::json::object json_of(const app::BankStatement& statement);
// `currency`: the operator's, in which alone payments can be made.
boost::json::object json_of(const app::BankLineRow& row, Currency currency);

}  // namespace sluice::serve::api
