// What settings of customers are resolved from, without anything else of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/customers/customers.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

struct SettingsOfSubService {
    subscriptions::SubServiceId id;
    std::string code;
    std::optional<customers::UnitId> unit;
    customers::BillingSettings billing;
};

struct SettingsOfAccount {
    customers::Subscriber subscriber;
    std::vector<customers::Unit> units;              // in order of id
    std::vector<SettingsOfSubService> sub_services;  // that are not cancelled, in order of creation
};

class SettingsStore {
public:
    virtual ~SettingsStore() = default;

    // The next accounts after `after`, in order of creation.
    virtual std::vector<SettingsOfAccount> accounts(customers::OperatorId op,
                                                    std::optional<customers::SubscriberId> after,
                                                    std::int64_t limit) = 0;
};

}  // namespace sluice::app
