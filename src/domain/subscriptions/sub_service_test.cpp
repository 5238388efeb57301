#include "domain/subscriptions/sub_service.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::subscriptions {
namespace {

using support::date;

SubService sub_service(Status status) {
    return {.id = SubServiceId{1},
            .subscriber = customers::SubscriberId{1},
            .status = status,
            .changed_on = date("2026-01-01")};
}

Item item(std::int64_t id, catalog::ProductType type) {
    return {.id = ItemId{id}, .type = type, .product = catalog::ProductId{id}, .price = catalog::PriceId{id}};
}

TEST(SubService, IsBillableWhileItServes) {
    EXPECT_FALSE(sub_service(Status::inactive).is_billable());
    EXPECT_TRUE(sub_service(Status::active).is_billable());
    EXPECT_TRUE(sub_service(Status::data_exhausted).is_billable());
    EXPECT_FALSE(sub_service(Status::suspended).is_billable());
    EXPECT_FALSE(sub_service(Status::cancelled).is_billable());
}

TEST(SubService, IsBillableWhenSuspensionContinuesBilling) {
    auto suspended = sub_service(Status::suspended);
    suspended.suspended_spans = {{date("2026-01-05"), std::nullopt, false}};
    EXPECT_TRUE(suspended.is_billable());
    EXPECT_FALSE(suspended.is_suspended_without_billing());
    suspended.suspended_spans.back().stops_billing = true;
    EXPECT_FALSE(suspended.is_billable());
}

TEST(SubService, KnowsItsPresentMainService) {
    auto changed = sub_service(Status::active);
    changed.items = {item(1, catalog::ProductType::service), item(2, catalog::ProductType::add_on),
                     item(3, catalog::ProductType::service)};
    changed.items.front().ends_on = date("2026-02-01");
    EXPECT_EQ(changed.main().id, ItemId{3});
    changed.items.back().ends_on = date("2026-03-01");
    EXPECT_THROW(static_cast<void>(changed.main()), BrokenPromise);
}

TEST(Item, CameToBeUnlessItWasGoneOnItsFirstDay) {
    auto added = item(1, catalog::ProductType::add_on);
    EXPECT_FALSE(added.came_to_be());
    added.starts_on = date("2026-02-01");
    EXPECT_TRUE(added.came_to_be());
    added.ends_on = date("2026-02-02");
    EXPECT_TRUE(added.came_to_be());
    added.ends_on = date("2026-02-01");
    EXPECT_FALSE(added.came_to_be());
}

TEST(StatusNames, AreReadBack) {
    for (const auto status :
         {Status::inactive, Status::active, Status::suspended, Status::data_exhausted, Status::cancelled})
        EXPECT_EQ(parse_status(name_of(status)), status);
    EXPECT_FALSE(parse_status("Active"));
    EXPECT_FALSE(parse_status(""));
}

}  // namespace
}  // namespace sluice::subscriptions
