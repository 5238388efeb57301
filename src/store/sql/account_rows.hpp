// Reading the parts of accounts: each function reads the columns that its *_columns name, in that order.
#pragma once

#include "store/sql/rows.hpp"

namespace sluice::store {

extern const std::string subscriber_columns;   // of table subscribers s
extern const std::string unit_columns;         // of table units u
extern const std::string sub_service_columns;  // of table sub_services b
extern const std::string item_columns;         // of table items i
extern const std::string span_columns;         // of table suspended_spans p
extern const std::string line_columns;         // of table lines l
extern const std::string line_tax_columns;     // of table line_taxes t

customers::Subscriber read_subscriber(Query& row);
customers::Unit read_unit(Query& row);
subscriptions::SubService read_sub_service(Query& row);
subscriptions::Item read_item(Query& row);
subscriptions::SuspendedSpan read_span(Query& row);
invoicing::Line read_line(Query& row);  // without its taxes
taxes::LineTax read_line_tax(Query& row, Currency currency);

}  // namespace sluice::store
