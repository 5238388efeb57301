// JSON values in the words of messages.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "serve/api/json_schema.hpp"

namespace sluice::serve::api {

// "abc" in quotes, 12, true, null, "a list", "an object".
std::string value_text(const boost::json::value& value);

// " from 1 to 500", " of at least 1", "" when there are no limits.
std::string range_text(const Schema& schema);

// Why a value is of no type that the schema takes: "is the number 12.5; write amounts as text, as "12.50"".
std::string type_fault(const Schema& schema, const boost::json::value& value);

}  // namespace sluice::serve::api
