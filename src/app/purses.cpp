#include "app/purses.hpp"

#include <unordered_map>

namespace sluice::app {

void give_purses(Store& store, const customers::Operator& op, std::vector<BillingFacts>& accounts) {
    std::unordered_map<customers::SubscriberId, BillingFacts*> limited;
    for (auto& facts : accounts)
        if (customers::resolve_payment(op, facts.account.subscriber).is_limited())
            limited.emplace(facts.account.subscriber.id, &facts);
    if (limited.empty()) return;
    const auto first = accounts.front().account.subscriber.id;
    const auto last = accounts.back().account.subscriber.id;
    for (const auto& [subscriber, purse] : store.purses(first, last, op.currency))
        if (const auto found = limited.find(subscriber); found != limited.end()) found->second->account.purse = purse;
}

invoicing::Purse purse_of(Store& store, const customers::Subscriber& subscriber, Currency currency) {
    const auto nothing = Money::zero(currency);
    const auto found = store.purses(subscriber.id, subscriber.id, currency);
    return found.empty() ? invoicing::Purse{.balance = nothing, .unbilled = nothing, .promised = nothing}
                         : found.front().second;
}

}  // namespace sluice::app
