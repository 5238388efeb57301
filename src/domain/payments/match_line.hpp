// Whose money a bank line is. Three questions, in order of certainty; the first one that finds anybody answers: one
// subscriber, and it is theirs; several, and a clerk decides.
#pragma once

#include <optional>
#include <vector>

#include "domain/customers/customers.hpp"

namespace sluice::payments {

enum class MatchedBy { reference, amount_and_name, payer_account, clerk };

// Who speaks for themselves, each once.
struct MatchClues {
    std::vector<customers::SubscriberId> named = {};  // the reference has their code, or the number of a document
    std::vector<customers::SubscriberId> owing = {};  // called as the payer, and a document is open with this amount
    std::vector<customers::SubscriberId> paid_from = {};  // earlier money from the payer's account was theirs
};

struct Match {
    std::optional<customers::SubscriberId> subscriber = {};
    MatchedBy by = MatchedBy::clerk;
    std::vector<customers::SubscriberId> candidates = {};  // several, of whom nobody knows which one
};
Match match(const MatchClues& clues);

// Whether the payer's account is known for the subscriber's from then on: what was read from the reference or said by a
// clerk is; what was guessed by another likeness is not built on.
bool teaches_account(MatchedBy by);

}  // namespace sluice::payments
