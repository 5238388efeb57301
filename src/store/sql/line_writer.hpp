// Writes lines with their taxes.
#pragma once

#include "store/sql/rows.hpp"

namespace sluice::store {

class LineWriter {
public:
    explicit LineWriter(Connection& db);
    void add(customers::SubscriberId subscriber, std::optional<invoicing::DocumentId> document,
             const invoicing::Line& line);
    void flush();
    void after(Inserter& documents) { lines_.after(documents); }

private:
    Inserter lines_;
    Inserter taxes_;
};

}  // namespace sluice::store
