#include "domain/payments/match_line.hpp"

#include <array>
#include <utility>

namespace sluice::payments {

Match match(const MatchClues& clues) {
    const std::array<std::pair<const std::vector<customers::SubscriberId>*, MatchedBy>, 3> questions{
        {{&clues.named, MatchedBy::reference},
         {&clues.owing, MatchedBy::amount_and_name},
         {&clues.paid_from, MatchedBy::payer_account}}};
    for (const auto& [found, by] : questions) {
        if (found->size() == 1) return {.subscriber = found->front(), .by = by};
        if (!found->empty()) return {.candidates = *found};
    }
    return {};
}

bool teaches_account(MatchedBy by) { return by == MatchedBy::reference || by == MatchedBy::clerk; }

}  // namespace sluice::payments
