// Documents and lines as JSON: amounts are text, always.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/ports/store.hpp"

namespace sluice::serve {

// "1/3", and "4-12/12" for several parts in one line.
// REQUIRES: it stands on a line of that catalogue's operator.
const catalog::Discount& discount_of(const catalog::Catalog& catalog, catalog::DiscountId id);

std::string parts_text(const charging::Parts& parts);

boost::json::object line_json(const invoicing::Line& line, const std::string& sub_service,
                              const catalog::Catalog& catalog);
boost::json::object document_json(const app::StoredDocument& stored, const catalog::Catalog& catalog, Date as_of);

// Indented by two spaces, keys in order, one line feed at the end.
std::string pretty(const boost::json::value& value);

}  // namespace sluice::serve
