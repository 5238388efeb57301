// Payment methods, checkouts and what belongs to them as JSON, as openapi.yaml describes them.
#pragma once

#include <boost/json.hpp>

#include "app/ports/gateway.hpp"
#include "app/ports/gateway_store.hpp"

namespace sluice::serve::api {

boost::json::object json_of(const app::GatewayDescription& gateway);
// `settings`: with secrets as they may be shown.
boost::json::object json_of(const app::PaymentMethod& method, const std::string& op_code,
                            const app::GatewaySettings& settings);
boost::json::object json_of(const app::CheckoutRow& row);
boost::json::object json_of(const app::SavedMethod& saved, const std::string& method_code);

}  // namespace sluice::serve::api
