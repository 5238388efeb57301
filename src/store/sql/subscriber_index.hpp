// What is derived from subscribers so that lists find and sort them: words, and a journal head for each.
#pragma once

#include "domain/customers/customers.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

// Writes what belongs to new subscribers.
class SubscriberIndex {
public:
    explicit SubscriberIndex(Connection& db);
    void add(customers::OperatorId op, const customers::Subscriber& subscriber);
    void flush();
    void after(Inserter& subscribers) { heads_.after(subscribers); }

private:
    Inserter words_;
    Inserter heads_;
};

// Instead of those that are there.
void replace_words(Connection& db, customers::OperatorId op, const customers::Subscriber& subscriber);

// Of all subscribers of a store that was made before there was such an index.
void index_all_subscribers(Connection& db);

}  // namespace sluice::store
