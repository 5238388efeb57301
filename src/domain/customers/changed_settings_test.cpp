#include "domain/customers/changed_settings.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::customers {
namespace {

using Changed = std::vector<SettingChange>;

TEST(ChangedSettings, OfTheSameTermsAreNone) { EXPECT_EQ(changes(Terms{}, Terms{}), Changed{}); }

TEST(ChangedSettings, AreToldSettingBySetting) {
    Terms after{.model = Model::pro_rata,
                .cycle_day = 5,
                .first_charge = FirstCharge::threshold,
                .threshold_day = 20,
                .invoicing = Invoicing::merged,
                .suspension_stops_billing = false,
                .credit_suspension = true};
    EXPECT_EQ(changes(Terms{}, after), (Changed{{"model", "cycle", "pro_rata"},
                                                {"cycle_day", "", "5"},
                                                {"first_charge", "partial", "threshold"},
                                                {"threshold_day", "", "20"},
                                                {"invoicing", "independent", "merged"},
                                                {"suspension", "stop", "continue"},
                                                {"credit_suspension", "false", "true"}}));
}

TEST(ChangedSettings, OfPaymentAreThoseThatTheSubscriberLeavesOpen) {
    support::Shop shop;
    shop.subscriber.region = "north";
    auto after = shop.op;
    Policy policy{.region = "north", .pop = "", .category = "", .settings = {}};
    policy.payment.terms = PaymentTerms::credit_limit;
    policy.payment.credit_limit = support::decimal("50");
    policy.payment.lead_days = std::vector<int>{2, 1};
    after.policies.push_back(policy);
    EXPECT_EQ(payment_changes(shop.op, after, shop.subscriber), (Changed{{"terms", "invoice", "credit_limit"},
                                                                         {"credit_limit", "", "50.00"},
                                                                         {"lead_days", "10 5 4 3 2 1 0", "2 1"}}));
    shop.subscriber.payment.terms = PaymentTerms::invoice;
    EXPECT_EQ(payment_changes(shop.op, after, shop.subscriber).size(), 2U);
    shop.subscriber.region = "south";
    EXPECT_EQ(payment_changes(shop.op, after, shop.subscriber), Changed{});
}

}  // namespace
}  // namespace sluice::customers
