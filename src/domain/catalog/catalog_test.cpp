#include "domain/catalog/catalog.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::catalog {
namespace {

using support::date;
using support::decimal;
using support::Shop;

TEST(PriceVersions, AreSoldFromTheirFirstDayOn) {
    Shop shop;
    shop.service("net", "40");
    shop.new_price("net", "45", "2026-03-01");
    const auto net = shop.product("net").id;
    EXPECT_EQ(shop.catalog.price_on(net, date("2026-02-28"))->price, decimal("40"));
    EXPECT_EQ(shop.catalog.price_on(net, date("2026-03-01"))->price, decimal("45"));
    EXPECT_EQ(shop.catalog.latest_price(net)->version, 2);
}

TEST(PriceVersions, OfTheSameDayLeaveTheLaterOneInForce) {
    Shop shop;
    shop.service("net", "40");
    shop.new_price("net", "45", "2026-03-01");
    shop.new_price("net", "44", "2026-03-01");
    EXPECT_EQ(shop.catalog.price_on(shop.product("net").id, date("2026-03-01"))->price, decimal("44"));
}

TEST(PriceVersions, AreMissingBeforeTheFirstOne) {
    Shop shop;
    shop.service("net", "40");
    EXPECT_EQ(shop.catalog.price_on(shop.product("net").id, date("1999-12-31")), nullptr);
    EXPECT_EQ(shop.catalog.price_on(ProductId{4711}, date("2026-01-01")), nullptr);
    EXPECT_EQ(shop.catalog.latest_price(ProductId{4711}), nullptr);
}

TEST(Catalog, FindsAProductByTypeAndCode) {
    Shop shop;
    shop.service("net", "40");
    shop.recurring("ip", "5");
    EXPECT_NE(shop.catalog.find(ProductType::service, "net"), nullptr);
    EXPECT_EQ(shop.catalog.find(ProductType::add_on, "net"), nullptr);
    EXPECT_EQ(shop.catalog.find(ProductType::cpe, "ip"), nullptr);
}

TEST(Catalog, AnswersForItsOwnIdsOnly) {
    Shop shop;
    shop.service("net", "40");
    EXPECT_THROW(shop.catalog.product(ProductId{4711}), BrokenPromise);
    EXPECT_THROW(shop.catalog.price(PriceId{4711}), BrokenPromise);
}

TEST(Catalog, HoldsAProductOnce) {
    Shop shop;
    shop.service("net", "40");
    EXPECT_THROW(shop.catalog.add(Product{shop.product("net")}), BrokenPromise);
}

TEST(Catalog, KnowsItsTaxCodes) {
    Shop shop;
    shop.tax("vat", "20");
    EXPECT_TRUE(shop.catalog.has_tax("vat"));
    EXPECT_FALSE(shop.catalog.has_tax("city"));
}

TEST(CatalogNames, AreTheWordsOfTheScenarioFormat) {
    EXPECT_EQ(name_of(ProductType::add_on), "add_on");
    EXPECT_EQ(name_of(ProductType::cpe), "cpe");
    EXPECT_EQ(name_of(ProductType::service), "service");
    EXPECT_EQ(name_of(Mode::recurring), "recurring");
    EXPECT_EQ(name_of(Mode::once), "once");
    EXPECT_EQ(name_of(Mode::installments), "installments");
    EXPECT_EQ(name_of(Timing::arrears), "arrears");
    EXPECT_EQ(name_of(Timing::advance), "advance");
}

}  // namespace
}  // namespace sluice::catalog
