// What operators, catalogues, subscribers, units and sub-services are after a round trip: the same, field by field.
#include <algorithm>

#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using catalog::ProductType;
using customers::BillingSettings;
using customers::FirstCharge;
using customers::Invoicing;
using customers::Model;
using support::date;
using support::decimal;
using support::Shop;

// A setting for each column, none of them the default.
const BillingSettings all_settings{.model = Model::pro_rata,
                                   .cycle_day = 31,
                                   .first_charge = FirstCharge::threshold,
                                   .threshold_day = 20,
                                   .invoicing = Invoicing::merged_per_unit,
                                   .suspension_stops_billing = false,
                                   .credit_suspension = true};

class Operators : public Contract {};
class Subscribers : public Contract {
protected:
    Subscribers() { found(shop); }
    Shop shop;
};
class SubServices : public Contract {
protected:
    SubServices() {
        shop.service("net", "40", {.taxes = {"vat"}});
        shop.service("fast", "60");
        shop.recurring("ip", "5");
        shop.installments("router", "100", 3);
        shop.tax("vat", "20");
        found(shop);
        written([&] {
            store().add(shop.op.id, std::span(&shop.subscriber, 1));
            const app::NewUnit unit{shop.subscriber.id, {.id = customers::UnitId{7}, .code = "flat", .name = "Flat"}};
            store().add(std::span(&unit, 1));
        });
    }

    subscriptions::Item item(const char* code) {
        const auto& product = shop.product(code);
        return {.id = shop.ids.next<subscriptions::ItemId>(),
                .type = product.type,
                .product = product.id,
                .price = shop.catalog.latest_price(product.id)->id};
    }
    subscriptions::SubService inactive(const char* code) {
        return {.id = shop.ids.next<subscriptions::SubServiceId>(),
                .subscriber = shop.subscriber.id,
                .code = code,
                .changed_on = date("2026-01-10"),
                .items = {item("net")}};
    }
    // With a value in every optional field.
    subscriptions::SubService full() {
        auto sub = inactive("full");
        sub.unit = customers::UnitId{7};
        sub.billing = all_settings;
        sub.status = subscriptions::Status::suspended;
        sub.suspend_reason = "unpaid";
        sub.grid = Grid::restore(date("2026-01-31"), 31, *PeriodLength::parse("3 months"));
        sub.started_on = date("2026-01-10");
        sub.restarted = true;
        sub.billed_to = date("2026-04-30");
        sub.cancel_on = date("2026-07-31");
        sub.waive_installments = true;
        const auto& fast = shop.product("fast");
        sub.service_change = {date("2026-04-30"), fast.id, shop.catalog.latest_price(fast.id)->id};
        sub.price_move = {date("2026-04-30"), date("2026-02-01"), shop.ids.next<catalog::PriceId>()};
        sub.suspended_spans = {{date("2026-03-01"), date("2026-05-05"), false},
                               {date("2026-06-01"), std::nullopt, true}};
        auto router = item("router");
        router.quantity = 3;
        router.starts_on = date("2026-01-11");
        router.ends_on = date("2026-03-01");
        router.parts_charged = 2;
        router.waived = true;
        auto other = item("router");
        other.serial = "SN-1";
        other.running = true;
        sub.items.push_back(router);
        sub.items.push_back(other);
        return sub;
    }
    void add(const subscriptions::SubService& sub, std::span<const invoicing::Line> lines = {}) {
        const app::NewSubService added{&sub, sub.billed_to, lines};
        written([&] { store().add(shop.op.id, std::span(&added, 1)); });
    }
    subscriptions::SubService read(const std::string& code) {
        return store().find_account(shop.subscriber, code, date("2026-01-01"))->sub_services.front().state;
    }
    // A line of the sub-service's main service for the month from 2026-01-10.
    invoicing::Line line(const subscriptions::SubService& sub, std::optional<Date> billing_date) {
        const auto& main = sub.items.front();
        charging::Charge charge{.id = shop.ids.next<charging::LineId>(),
                                .sub_service = sub.id,
                                .item = main.id,
                                .product = main.product,
                                .price = main.price,
                                .kind = charging::ChargeKind::recurring,
                                .billing_date = billing_date,
                                .period = Period{date("2026-01-10"), date("2026-02-10")},
                                .days = 31,
                                .of_days = 31,
                                .unit_price = decimal("40"),
                                .rounding = Rounding::half_even,
                                .amount = support::money("40.00")};
        return taxes::assess(std::move(charge), shop.catalog, shop.subscriber, date("2026-01-10"), Rounding::half_up);
    }

    Shop shop;
};

TEST_P(Operators, AreReadAsTheyWereStored) {
    Shop shop("KWD", Rounding::half_even);
    shop.op.name = "Zürich “Net” \U0001F30D";
    shop.op.time_zone = "Asia/Kathmandu";
    shop.op.due_days = 0;
    shop.op.invoice_number = "{number}/{year}";
    shop.op.credit_note_number = "C{year}.{number}";
    shop.op.billing = all_settings;
    shop.op.policies = {{"north", "", "office", all_settings}, {"", "p1", "", {.cycle_day = 1}}, {"", "", "", {}}};
    Shop other;
    other.op.id = customers::OperatorId{2};
    other.op.code = "other";
    found(shop);
    found(other);
    reopen();
    const auto operators = store().operators();
    ASSERT_EQ(operators.size(), 2U);
    EXPECT_EQ(tell(operators[0]), tell(shop.op));
    EXPECT_EQ(tell(operators[1]), tell(other.op));
}

TEST_P(Operators, RememberHowFarTheyAreBilled) {
    Shop shop;
    found(shop);
    written([&] { store().save_billed_through(shop.op.id, date("2026-02-28")); });
    reopen();
    EXPECT_EQ(store().operators().front().billed_through, date("2026-02-28"));
}

TEST_P(Operators, HaveACatalogueThatIsReadAsItWasStored) {
    Shop shop;
    shop.service(
        "net", "40.123456789",
        {.period = "3 months", .timing = catalog::Timing::arrears, .setup_fee = "25", .taxes = {"vat", "city"}});
    shop.service("weekly", "0", {.period = "2 weeks"});
    shop.recurring("ip", "0.000000001");
    shop.once("install", "1000000000000000000", {"vat"});
    shop.installments("router", "100", 3);
    shop.tax("vat", "20");
    shop.tax("city", "1.5", {.included = true, .country = "US", .region = "Cook", .valid_from = date("2026-01-01")});
    shop.new_price("net", "41", "2026-03-01");
    found(shop);
    reopen();
    const auto catalog = store().catalog(shop.op.id);
    EXPECT_EQ(catalog.latest_price(shop.product("net").id)->version, 2);
    // Versions are read by product; those of the shop are in the order of making.
    auto versions = catalog.prices();
    std::sort(versions.begin(), versions.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    catalog::Catalog read;
    for (const auto& product : catalog.products()) read.add(product);
    for (const auto& version : versions) read.add(version);
    for (const auto& rule : catalog.taxes()) read.add(rule);
    EXPECT_EQ(tell(read), tell(shop.catalog));
    EXPECT_EQ(tell(store().catalog(customers::OperatorId{99})), "");
}

TEST_P(Operators, RefuseACodeTwice) {
    Shop shop;
    found(shop);
    shop.op.id = customers::OperatorId{2};
    EXPECT_THROW(found(shop), app::ConstraintViolated);
}

TEST_P(Subscribers, AreReadAsTheyWereStored) {
    customers::Subscriber full{
        customers::SubscriberId{5}, "anna", "Anna", "Anna's Ltd", "US", "Cook", "north", "office", all_settings};
    customers::Subscriber bare{.id = customers::SubscriberId{6}, .code = "Äpfel", .contact = "Ä"};
    const std::vector<customers::Subscriber> both{full, bare};
    written([&] { store().add(shop.op.id, both); });
    reopen();
    EXPECT_EQ(tell(store().find_subscriber(shop.op.id, "anna").value()), tell(full));
    EXPECT_EQ(tell(store().find_subscriber(shop.op.id, "Äpfel").value()), tell(bare));
    EXPECT_FALSE(store().find_subscriber(shop.op.id, "ANNA"));
    EXPECT_FALSE(store().find_subscriber(customers::OperatorId{2}, "anna"));
}

TEST_P(Subscribers, RefuseACodeTwice) {
    written([&] { store().add(shop.op.id, std::span(&shop.subscriber, 1)); });
    auto other = shop.subscriber;
    other.id = customers::SubscriberId{9};
    EXPECT_THROW(written([&] { store().add(shop.op.id, std::span(&other, 1)); }), app::ConstraintViolated);
}

TEST_P(Subscribers, HaveUnitsThatAreReadAsTheyWereStored) {
    const std::vector<app::NewUnit> units{{shop.subscriber.id, {customers::UnitId{1}, "a", "Flat A", all_settings}},
                                          {shop.subscriber.id, {.id = customers::UnitId{2}, .code = "b", .name = ""}}};
    written([&] {
        store().add(shop.op.id, std::span(&shop.subscriber, 1));
        store().add(units);
    });
    reopen();
    for (const auto& [subscriber, unit] : units)
        EXPECT_EQ(tell(store().find_unit(subscriber, unit.code).value()), tell(unit));
    EXPECT_FALSE(store().find_unit(customers::SubscriberId{9}, "a"));
    EXPECT_THROW(written([&] { store().add(std::span(units).first(1)); }), app::ConstraintViolated);
}

TEST_P(SubServices, AreReadAsTheyWereStored) {
    const auto sub = full();
    add(sub);
    reopen();
    auto read = this->read("full");
    // Spans that ended before what is billed matter to nobody any more.
    EXPECT_EQ(read, sub);
    EXPECT_TRUE(store().has_sub_service(shop.subscriber.id, "full"));
    EXPECT_FALSE(store().has_sub_service(shop.subscriber.id, "FULL"));
    EXPECT_FALSE(store().find_account(shop.subscriber, "none", date("2026-01-01")));
    const auto account = store().find_account(shop.subscriber, "full", date("2026-01-01"));
    ASSERT_EQ(account->units.size(), 1U);
    EXPECT_EQ(account->units.front().code, "flat");
}

TEST_P(SubServices, WithNothingOptionalAreReadAsTheyWereStored) {
    const auto sub = inactive("bare");
    add(sub);
    reopen();
    EXPECT_EQ(read("bare"), sub);
}

TEST_P(SubServices, AreReadAsTheyWereChanged) {
    const auto before = inactive("s");
    add(before);
    auto after = full();
    after.id = before.id;
    after.code = before.code;
    after.unit = before.unit;
    after.billing = before.billing;
    after.items.front() = before.items.front();
    after.items.front().starts_on = date("2026-01-10");
    after.items.front().price = shop.ids.next<catalog::PriceId>();
    after.items.front().price = shop.catalog.latest_price(shop.product("fast").id)->id;
    after.items.front().parts_charged = 1;
    written([&] { store().save(shop.op.id, app::ChangedSubService{before, after, date("2026-04-30"), {}}); });
    reopen();
    EXPECT_EQ(read("s"), after);
    written([&] { store().save(shop.op.id, app::ChangedSubService{after, after, std::nullopt, {}}); });
    EXPECT_EQ(read("s"), after);
    EXPECT_FALSE(store().next_billing_date(shop.op.id, std::nullopt));
}

TEST_P(SubServices, CloseASuspensionThatWasOpen) {
    const auto sub = full();
    add(sub);
    auto resumed = sub;
    resumed.suspended_spans.back().to = date("2026-06-11");
    written([&] { store().save(shop.op.id, app::ChangedSubService{sub, resumed, std::nullopt, {}}); });
    EXPECT_EQ(read("full"), resumed);
}

TEST_P(SubServices, HoldASerialNumberUntilTheyGiveItBack) {
    const auto sub = full();
    add(sub);
    EXPECT_EQ(store().holder_of_serial(shop.op.id, "SN-1"), "anna/full");
    EXPECT_FALSE(store().holder_of_serial(shop.op.id, "SN-2"));
    auto second = inactive("second");
    second.items.push_back(item("router"));
    second.items.back().serial = "SN-1";
    EXPECT_THROW(add(second), app::ConstraintViolated);
    auto returned = sub;
    returned.items.back().ends_on = date("2026-06-01");
    written([&] { store().save(shop.op.id, app::ChangedSubService{sub, returned, std::nullopt, {}}); });
    EXPECT_FALSE(store().holder_of_serial(shop.op.id, "SN-1"));
    add(second);
    EXPECT_EQ(store().holder_of_serial(shop.op.id, "SN-1"), "anna/second");
}

TEST_P(SubServices, KeepLinesThatWaitForTheirBillingDate) {
    const auto sub = inactive("s");
    add(sub);
    auto line = this->line(sub, date("2026-02-05"));
    written([&] { store().save(shop.op.id, app::ChangedSubService{sub, sub, date("2026-02-10"), {line}}); });
    reopen();
    EXPECT_EQ(store().next_billing_date(shop.op.id, std::nullopt), date("2026-02-05")) << "the line is due earlier";
    const auto due = store().due_accounts(shop.op.id, date("2026-02-05"), shop.subscriber.id, shop.subscriber.id);
    ASSERT_EQ(due.size(), 1U);
    ASSERT_EQ(due.front().account.pending_lines.size(), 1U);
    EXPECT_EQ(tell(due.front().account.pending_lines.front()), tell(line));
    const auto found = store().find_line(line.charge.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(tell(found->line), tell(line));
    EXPECT_EQ(found->subscriber_code, "anna");
    EXPECT_EQ(found->sub_service_code, "s");
    EXPECT_FALSE(found->document);
    EXPECT_FALSE(store().find_line(charging::LineId{1}));
}

TEST_P(SubServices, KeepWhatAnotherSystemHasCharged) {
    const auto sub = inactive("s");
    const auto line = this->line(sub, std::nullopt);
    add(sub, std::span(&line, 1));
    reopen();
    const auto account = store().find_account(shop.subscriber, "s", date("2026-02-09"));
    ASSERT_EQ(account->sub_services.front().open_lines.size(), 1U);
    EXPECT_EQ(tell(account->sub_services.front().open_lines.front()), tell(line));
    EXPECT_TRUE(store().find_account(shop.subscriber, "s", date("2026-02-10"))->sub_services.front().open_lines.empty())
        << "a period that is over has nothing to credit";
}

TEST_P(SubServices, AreNeverChargedTwiceForTheSameDays) {
    const auto sub = inactive("s");
    add(sub);
    const auto charge = [&](std::int32_t revision) {
        auto line = this->line(sub, date("2026-02-05"));
        line.charge.revision = revision;
        written([&] { store().save(shop.op.id, app::ChangedSubService{sub, sub, std::nullopt, {line}}); });
    };
    charge(0);
    EXPECT_THROW(charge(0), app::ConstraintViolated);
    EXPECT_NO_THROW(charge(1)) << "what was credited may be charged again";
}

SLUICE_ON_EACH_STORE(Operators);
SLUICE_ON_EACH_STORE(Subscribers);
SLUICE_ON_EACH_STORE(SubServices);

}  // namespace
}  // namespace sluice::contract
