// Subscribers found by words, in the order of creation: the directory of words has them in that order word by word, so
// that a page costs the same however many there are.
#pragma once

#include "store/sql/finding.hpp"

namespace sluice::store {

// The rows of `plan`, whose conditions ask for the words; `prefixes` are what those begin with.  Nothing when this is
// not the way to find them: when very many words begin so, or few who have one of them meet the other conditions.
std::optional<std::vector<FoundRow>> find_by_words(Connection& db, const ListPlan& plan, customers::OperatorId op,
                                                   const std::vector<std::string>& prefixes, Place place);

// Of the operator's words, those that begin with `prefix`: "w.operator_id = ? AND …".
Sql words_from(customers::OperatorId op, const std::string& prefix);

}  // namespace sluice::store
