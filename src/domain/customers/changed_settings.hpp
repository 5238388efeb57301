// What would hold otherwise for whom, when settings change: setting by setting, after every level has been asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/customers.hpp"

namespace sluice::customers {

// Both in the words of the settings: "pro_rata", "15", "50.00", "3 1 0"; empty: nothing (no cycle day, no limit).
struct SettingChange {
    std::string_view setting;  // "model", "cycle_day", "credit_limit" …
    std::string before;
    std::string after;
    friend bool operator==(const SettingChange&, const SettingChange&) = default;
};

// Of the terms of one sub-service, in the order of the settings.
std::vector<SettingChange> changes(const Terms& before, const Terms& after);
// Of how one subscriber pays, days in which they are asked for more included.
std::vector<SettingChange> payment_changes(const Operator& before, const Operator& after, const Subscriber& subscriber);

}  // namespace sluice::customers
