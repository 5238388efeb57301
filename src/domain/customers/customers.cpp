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

std::vector<const PaymentSettings*> payment_levels(const Operator& op, const Subscriber& subscriber) {
    std::vector<const PaymentSettings*> levels{&subscriber.payment};
    for (const auto& policy : op.policies)
        if (matches(policy, subscriber)) levels.push_back(&policy.payment);
    levels.push_back(&op.payment);
    return levels;
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

PaymentRules resolve_payment(const Operator& op, const Subscriber& subscriber) {
    return resolve(payment_levels(op, subscriber), op.currency);
}

std::vector<int> lead_days_of(const Operator& op, const Subscriber& subscriber) {
    for (const auto* level : payment_levels(op, subscriber))
        if (level->lead_days) return *level->lead_days;
    return standard_lead_days();
}

std::optional<Ladder> find_ladder(const Operator& op, std::string_view code) {
    for (const auto& ladder : op.ladders)
        if (ladder.code == code) return ladder;
    if (code == "standard") return standard_ladder();
    return std::nullopt;
}

}  // namespace sluice::customers
