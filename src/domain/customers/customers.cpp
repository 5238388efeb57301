#include "domain/customers/customers.hpp"

namespace sluice::customers {
namespace {

bool matches(const Policy& policy, const Subscriber& subscriber) {
    const auto fits = [](const std::string& named, const std::string& actual) {
        return named.empty() || named == actual;
    };
    return fits(policy.region, subscriber.region) && fits(policy.pop, subscriber.pop) &&
           fits(policy.category, subscriber.category);
}

}  // namespace

Terms resolve_terms(const Operator& op, const Subscriber& subscriber, const Unit* unit,
                    const BillingSettings& sub_service) {
    std::vector<const BillingSettings*> levels{&sub_service, unit ? &unit->billing : nullptr, &subscriber.billing};
    for (const auto& policy : op.policies)
        if (matches(policy, subscriber)) levels.push_back(&policy.settings);
    levels.push_back(&op.billing);
    return resolve(levels);
}

}  // namespace sluice::customers
