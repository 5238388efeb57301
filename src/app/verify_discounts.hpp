// What verification finds of discounts: grants and counted periods that fit, and codes that were redeemed as often as
// they say.
#pragma once

#include <map>

#include "app/verify_account.hpp"

namespace sluice::app {

class DiscountCheck {
public:
    explicit DiscountCheck(Findings& findings) : findings_(findings) {}

    void add(const Account& account);
    // When all accounts were added.
    void run(const std::vector<PromoCode>& codes) const;

private:
    Findings& findings_;
    std::map<subscriptions::PromoCodeId, std::int64_t> uses_;
};

}  // namespace sluice::app
