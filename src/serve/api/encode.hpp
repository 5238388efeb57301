// The things of the API as JSON, as openapi.yaml describes them.
#pragma once

#include <boost/json.hpp>

#include "app/explain.hpp"
#include "app/ports/administration.hpp"
#include "app/ports/listing.hpp"
#include "app/ports/stored.hpp"

namespace sluice::serve::api {

boost::json::value json_of(Money money);
boost::json::value price_json(Decimal price, Currency currency);
boost::json::value json_of(const std::optional<Date>& date);
boost::json::value json_of(Instant instant);
boost::json::value json_of(const std::optional<Instant>& instant);
boost::json::value text_or_null(std::string_view text);  // null when it is empty

boost::json::object json_of(const customers::BillingSettings& settings);
boost::json::object json_of(const customers::RefundFee& fee);
boost::json::object json_of(const customers::PaymentSettings& settings, Currency currency);
boost::json::object json_of(const customers::Ladder& ladder);
boost::json::object json_of(const customers::Operator& op);
boost::json::object json_of(const customers::Policy& policy, Currency currency);
boost::json::object json_of(const catalog::TaxRule& rule);
boost::json::object json_of(const catalog::Catalog& catalog, const catalog::Product& product, Currency currency,
                            Date today);
boost::json::object json_of(const catalog::PriceVersion& version, Currency currency);

// `editable`: what a clerk changes, the part that an ETag stands for.
boost::json::object editable_json(const customers::Subscriber& subscriber, Currency currency);
boost::json::object json_of(const app::SubscriberRow& row);
boost::json::object json_of(const customers::Unit& unit, std::string_view subscriber);
boost::json::object json_of(const app::SubServiceRow& row, const catalog::Catalog& catalog, Currency currency);

boost::json::object json_of(const app::StoredDocument& stored, Date today);
// With its lines.
boost::json::object json_of(const app::StoredDocument& stored, const catalog::Catalog& catalog, Date today);
// `position`: from 1; 0 on no document.
boost::json::object line_json(const invoicing::Line& line, std::string_view sub_service, std::int64_t position,
                              const catalog::Catalog& catalog);
boost::json::object json_of(const app::Explanation& explanation);
boost::json::object json_of(const app::PaymentRow& row);
boost::json::object json_of(const payments::Refund& refund);
boost::json::object json_of(const app::StatementRow& row);
boost::json::object json_of(const app::Event& event);
boost::json::object json_of(const app::ApiKey& key, const std::optional<std::string>& op_code);

}  // namespace sluice::serve::api
