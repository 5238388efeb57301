// One record of each table of an import, read and checked as far as its own row and the catalogue go.
#pragma once

#include <span>
#include <string_view>

#include "app/commands.hpp"
#include "app/import_row.hpp"
#include "app/ports/import_source.hpp"

namespace sluice::app {

// The columns of a table's file, in the order in which they are documented.
std::span<const std::string_view> import_columns(ImportTable table);
// Those of them that many rows have in common.  REQUIRES: subscribers or units.
std::span<const std::string_view> profile_columns(ImportTable table);

struct SubServiceRecord {
    SubServiceRequest request;
    charging::TakenOver taken_over;
};

// Each complains about what is wrong; what comes back then is not to be used, but for its codes.
// How many of the last ones a file may lack.
std::size_t optional_columns(ImportTable table);
customers::Subscriber read_subscriber_fields(ImportRowReader& row);
customers::Unit read_unit_fields(ImportRowReader& row);
// `as_of`: the date of import.
SubServiceRecord read_sub_service_fields(ImportRowReader& row, const catalog::Catalog& catalog, Date as_of);

}  // namespace sluice::app
