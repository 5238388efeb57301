// The add-ons and CPEs of a sub-service, as they stand in one field of an import.
#pragma once

#include <vector>

#include "app/commands.hpp"
#include "app/import_row.hpp"

namespace sluice::app {

// Entries separated by `;`: a code of the catalogue, then as needed and in this order :serial, *quantity and
// @instalments already charged. Complains about each entry that is wrong. `as_of`: the date on which they must be sold.
std::vector<ItemRequest> read_items(ImportRowReader& row, std::string_view column, catalog::ProductType type,
                                    const catalog::Catalog& catalog, Date as_of);

// A product that is sold on `as_of`; null when there is none, which is complained about with what there is.
const catalog::Product* find_sold(ImportRowReader& row, std::string_view column, std::string_view code,
                                  catalog::ProductType type, const catalog::Catalog& catalog, Date as_of);

}  // namespace sluice::app
