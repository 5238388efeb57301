// For whom other settings would hold under other policies. It reads accounts in batches and stores nothing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "domain/customers/changed_settings.hpp"

namespace sluice::app {

struct PolicyEffect {
    std::string subscriber_code;
    std::string subscriber_name;   // of the organization, else of the contact
    std::string sub_service_code;  // empty: about how the subscriber pays
    std::vector<customers::SettingChange> changes;
};

struct PolicyPreview {
    std::int64_t all_subscribers = 0;
    std::int64_t all_sub_services = 0;  // that are not cancelled
    std::int64_t subscribers = 0;       // that pay in another way, or have one of the next
    std::int64_t sub_services = 0;      // of which some terms are others
    // By setting: for how many sub-services, or subscribers where it is about how they pay.
    std::map<std::string_view, std::int64_t> settings = {};
    std::vector<PolicyEffect> effects = {};  // the first `most`, in order of creation
};

// `policies`: in the place of the present ones.
PolicyPreview preview_policies(Store& store, const customers::Operator& op, std::vector<customers::Policy> policies,
                               std::size_t most);

}  // namespace sluice::app
