// The schema of a store as its database itself describes it, and the rules that hold for every table of it, so that it
// can be spread over machines by subscriber.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/sql/connection.hpp"

namespace sluice::contract {

struct Column {
    std::string type;  // in the database's own words, small
    bool may_be_null;
};
struct Key {
    bool is_primary;
    std::vector<std::string> columns;  // "" for an expression
};
struct ForeignKey {
    std::string table;  // that it leads to
    std::vector<std::pair<std::string, std::string>> columns;
};
struct Table {
    std::map<std::string, Column> columns;
    std::map<std::string, Key> keys;  // primary and unique, as constraints or as indexes
    std::map<std::string, ForeignKey> foreign_keys;
};
struct Schema {
    std::map<std::string, Table> tables;
    std::vector<std::string> unwanted;  // triggers, sequences and the like
    bool has_dates;                     // a type of their own
};

Schema read_schema(store::Connection& connection);

// What of the schema breaks which rule, in words.
std::vector<std::string> broken_rules(const Schema& schema);

}  // namespace sluice::contract
