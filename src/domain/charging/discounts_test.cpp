#include "domain/charging/discounts.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::charging {
namespace {

using catalog::Combines;
using catalog::Discount;
using catalog::DiscountedCharges;
using support::date;
using support::decimal;
using support::Life;
using support::money;
using support::Shop;

class Discounts : public testing::Test {
protected:
    Discounts() {
        shop.service("net", "30.00", {.setup_fee = "10.00"});
        shop.installments("router", "100.00", 3);
    }
    void add(Discount discount) {
        discount.id = shop.ids.next<catalog::DiscountId>();
        discount.automatic = true;
        shop.catalog.add(std::move(discount));
    }
    // What was taken, in the order in which it was.
    static std::vector<std::string> taken(const Life& life) {
        std::vector<std::string> amounts;
        for (const auto& line : life.lines())
            if (line.charge.kind == ChargeKind::discount) amounts.push_back(line.charge.amount.text());
        return amounts;
    }
    using Amounts = std::vector<std::string>;

    Shop shop;
    const catalog::DiscountId none{0};
};

TEST_F(Discounts, OfPeriodsLeaveWhatFallsDueOnceAsItIs) {
    add({.id = none, .code = "tenth", .percent = decimal("10")});
    Life life(shop, {}, "net", {{"router"}});
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-01-01");
    EXPECT_EQ(taken(life), (Amounts{"-3.00"}));
}

TEST_F(Discounts, OfWhatFallsDueOnceTakeFromEachInstalmentByItself) {
    add({.id = none, .code = "five", .fixed = decimal("5"), .charges = DiscountedCharges::one_time});
    Life life(shop, {}, "net", {{"router"}});
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-01-01");
    EXPECT_EQ(taken(life), (Amounts{"-5.00", "-5.00"})) << "setup fee and first instalment";
    ASSERT_TRUE(life.cancel("2026-01-10", {.at = CancelAt::now}).ok());
    EXPECT_EQ(taken(life).back(), "-10.00") << "two instalments in one line";
}

TEST_F(Discounts, OfSomePeriodsEndAlsoWhereTheServiceIsChanged) {
    shop.service("fast", "60.00");
    add({.id = none, .code = "half", .percent = decimal("50"), .periods = 2});
    Life life(shop, {}, "net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-01-01");
    ASSERT_TRUE(life.change_service("2026-01-11", "fast").ok());
    life.bill("2026-03-31");
    // 60.00 × 21 / 31 = 40.645…; the first period counts once
    EXPECT_EQ(taken(life), (Amounts{"-15.00", "-20.33", "-30.00"}));
}

TEST_F(Discounts, AreNoPartOfWhatIsCredited) {
    add({.id = none, .code = "all", .percent = decimal("100")});
    Life life(shop, {}, "net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-01-01");
    ASSERT_TRUE(life.cancel("2026-01-10", {.at = CancelAt::now, .credit = true}).ok());
    EXPECT_EQ(life.lines().back().charge.kind, ChargeKind::setup_fee) << "nothing was paid that could be credited";
}

TEST_F(Discounts, AreClaimedByWhoMatchesOrWasGrantedThem) {
    add({.id = none, .code = "students", .percent = decimal("10"), .category = "student"});
    shop.catalog.add(Discount{.id = shop.ids.next<catalog::DiscountId>(), .code = "gift", .percent = decimal("5")});
    const subscriptions::SubServiceId one{1};
    const subscriptions::SubServiceId other{2};
    const subscriptions::DiscountGrant grant{.id = subscriptions::DiscountGrantId{7},
                                             .subscriber = shop.subscriber.id,
                                             .sub_service = one,
                                             .discount = shop.catalog.find_discount("gift")->id,
                                             .granted_on = date("2026-01-05")};
    const std::vector grants{grant};
    EXPECT_EQ(claims_of(shop.catalog, shop.subscriber, grants, one).size(), 1U);
    EXPECT_TRUE(claims_of(shop.catalog, shop.subscriber, grants, other).empty());
    shop.subscriber.category = "student";
    EXPECT_EQ(claims_of(shop.catalog, shop.subscriber, grants, one).size(), 2U);
}

}  // namespace
}  // namespace sluice::charging
