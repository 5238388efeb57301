// Reading what the API answers. A member that is not there throws: the server is none of ours, or an older one.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "values/money.hpp"

namespace sluice::serve {

const boost::json::object& as_object(const boost::json::value& value);
const boost::json::array& list_in(const boost::json::object& object, std::string_view member);
// Empty for null.
std::string text_in(const boost::json::object& object, std::string_view member);
std::int64_t number_in(const boost::json::object& object, std::string_view member);
bool is_set(const boost::json::object& object, std::string_view member);
const boost::json::object& object_in(const boost::json::object& object, std::string_view member);

// Parts of {"amount": "12.34", "currency": "USD"}.
std::string amount_in(const boost::json::object& object, std::string_view member);
std::string currency_in(const boost::json::object& object, std::string_view member);
Money money_in(const boost::json::object& object, std::string_view member);

}  // namespace sluice::serve
