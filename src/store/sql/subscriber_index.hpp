// What is derived from subscribers so that lists find and sort them: words, a folded name, and a journal head for each.
#pragma once

#include <string>
#include <vector>

#include "domain/customers/customers.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

// Writes words into the directory. Collected first: in order of the words they go in faster.
class WordWriter {
public:
    WordWriter(Connection& db, customers::OperatorId op);
    void add(customers::SubscriberId subscriber, std::vector<std::string> words);
    void flush();

private:
    struct Entry {
        std::string word;
        customers::SubscriberId subscriber;
    };
    Inserter rows_;
    customers::OperatorId op_;
    std::vector<Entry> entries_;
};

// Those of `before` that `after` has no more leave the directory, those that it has now go in.
void replace_words(Connection& db, customers::OperatorId op, const customers::Subscriber& before,
                   const customers::Subscriber& after);

// Of all subscribers of a store that was made before there was such an index.
void index_all_subscribers(Connection& db);
// Of those with an organization, the contacts' whole names, by which payers are found.
void index_contacts(Connection& db);

}  // namespace sluice::store
