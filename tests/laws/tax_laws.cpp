#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "domain/taxes/assess.hpp"
#include "support/shop.hpp"

namespace sluice::laws {
namespace {

using charging::ChargeKind;
using support::Shop;
using taxes::TaxedCharge;

// A shop with one service that carries up to four taxes of any rate, inside and on top.
Shop taxed_shop() {
    Shop shop(*rc::gen::element("USD", "JPY", "KWD"), *rc::gen::element(Rounding::half_up, Rounding::half_even));
    std::vector<std::string> codes;
    for (int n = *rc::gen::inRange(0, 5); n > 0; --n) {
        codes.push_back("tax" + std::to_string(n));
        const auto rate = Decimal::from_scaled(*rc::gen::inRange<std::int64_t>(0, 60 * 1000) * 1'000'000);
        shop.tax(codes.back(), rate.text(), {.included = *rc::gen::arbitrary<bool>()});
    }
    shop.service("net", "1", {.taxes = codes});
    return shop;
}

charging::Charge charge(Shop& shop, ChargeKind kind, Money amount) {
    const auto& product = shop.product("net");
    return {.id = shop.ids.next<charging::LineId>(),
            .sub_service = subscriptions::SubServiceId{1},
            .item = subscriptions::ItemId{1},
            .product = product.id,
            .price = shop.catalog.latest_price(product.id)->id,
            .kind = kind,
            .billing_date = support::date("2026-01-01"),
            .period = {},
            .unit_price = support::decimal("1"),
            .amount = amount};
}

TaxedCharge assessed(Shop& shop, Money amount) {
    return taxes::assess(charge(shop, ChargeKind::recurring, amount), shop.catalog, shop.subscriber,
                         support::date("2026-01-01"), shop.op.rounding);
}

RC_GTEST_PROP(Taxes, AddUpToTheGross, ()) {
    auto shop = taxed_shop();
    const auto minor = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 200),
                                       rc::gen::inRange<std::int64_t>(0, 100'000'000'000'000'000));
    const auto line = assessed(shop, Money::minor(minor, shop.op.currency));
    Money included = Money::zero(shop.op.currency);
    Money on_top = included;
    for (const auto& tax : line.taxes) {
        (tax.included ? included : on_top) += tax.amount;
        RC_ASSERT(!tax.amount.is_negative());
    }
    RC_ASSERT(line.net == line.charge.amount - included);
    RC_ASSERT(line.tax == included + on_top);
    RC_ASSERT(line.gross == line.net + line.tax);
    RC_ASSERT(line.gross == line.charge.amount + on_top);
}

RC_GTEST_PROP(Taxes, OfCreditsInPartsNeverExceedThoseOfTheLine, ()) {
    auto shop = taxed_shop();
    const auto line = assessed(shop, Money::minor(*rc::gen::inRange<std::int64_t>(1, 300), shop.op.currency));
    std::vector<TaxedCharge> credits;
    credits.reserve(301);
    for (auto left = line.charge.amount.minor_units(); left > 0;) {
        const auto part = *rc::gen::inRange<std::int64_t>(1, std::min<std::int64_t>(left, 40) + 1);
        left -= part;
        auto credit = charge(shop, ChargeKind::credit, Money::minor(-part, shop.op.currency));
        credit.credits = line.charge.id;
        std::vector<const TaxedCharge*> earlier;
        for (const auto& other : credits) earlier.push_back(&other);
        credits.push_back(taxes::assess_credit(std::move(credit), line, earlier, shop.op.rounding));
        RC_ASSERT(credits.back().net + credits.back().tax == credits.back().gross);
    }
    Money gross = line.gross;
    for (const auto& credit : credits) gross += credit.gross;
    RC_ASSERT(!gross.is_negative());
    for (std::size_t i = 0; i < line.taxes.size(); ++i) {
        Money left = line.taxes[i].amount;
        for (const auto& credit : credits) {
            RC_ASSERT(!credit.taxes[i].amount.is_positive());
            left += credit.taxes[i].amount;
        }
        RC_ASSERT(!left.is_negative());
    }
}

}  // namespace
}  // namespace sluice::laws
