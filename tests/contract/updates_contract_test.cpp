// What can be changed of operators, subscribers and units; stores that were made before there were lists.
#include "contract/listed_pages.hpp"
#include "store/sql/migrate.hpp"
#include "store/sql/query.hpp"

namespace sluice::contract {
namespace {

using support::date;
using support::Shop;

const customers::BillingSettings all_settings{.model = customers::Model::pro_rata,
                                              .cycle_day = 31,
                                              .first_charge = customers::FirstCharge::threshold,
                                              .threshold_day = 20,
                                              .invoicing = customers::Invoicing::merged_per_unit,
                                              .suspension_stops_billing = false,
                                              .credit_suspension = true};

class Updates : public Contract {
protected:
    Updates() { found(shop); }
    void add(const customers::Subscriber& subscriber) {
        written([&] { store().add(shop.op.id, std::span(&subscriber, 1)); });
    }
    // Codes of those who are found by `text`, in order of their names.
    std::string found_by(const char* text) {
        std::string codes;
        for (const auto& row :
             store().list(shop.op.id, app::SubscriberQuery{.text = text, .order = app::SubscriberOrder::name}).rows)
            codes += (codes.empty() ? "" : " ") + row.subscriber.code;
        return codes;
    }
    Shop shop;
};

TEST_P(Updates, OfSubscribersAreReadAsTheyWereMade) {
    customers::Subscriber anna{customers::SubscriberId{5}, "anna", "Anna", "Zoo", "US", "Cook", "p", "office", {}};
    add(anna);
    add({.id = customers::SubscriberId{6}, .code = "bob", .contact = "Bob", .billing = all_settings});
    const auto bob = tell(*store().find_subscriber(shop.op.id, "bob"));
    anna = {anna.id, "anna", "Ännä", "Aal", "DE", "Nord", "q", "home", all_settings};
    written([&] { store().update(shop.op.id, anna); });
    reopen();
    EXPECT_EQ(tell(*store().find_subscriber(shop.op.id, "anna")), tell(anna));
    EXPECT_EQ(tell(*store().find_subscriber(shop.op.id, "bob")), bob);
    anna.billing = {};
    anna.organization = "";
    written([&] { store().update(shop.op.id, anna); });
    EXPECT_EQ(tell(*store().find_subscriber(shop.op.id, "anna")), tell(anna));
}

TEST_P(Updates, OfSubscribersChangeWhatTheyAreFoundBy) {
    customers::Subscriber anna{
        .id = customers::SubscriberId{5}, .code = "c-1", .contact = "Anna Old", .organization = "Zoo"};
    add(anna);
    add({.id = customers::SubscriberId{6}, .code = "c-2", .contact = "Mia"});
    EXPECT_EQ(found_by("c"), "c-2 c-1");
    EXPECT_EQ(found_by("zoo old"), "c-1");
    anna.contact = "Anna New";
    anna.organization = "Aal";
    written([&] { store().update(shop.op.id, anna); });
    EXPECT_EQ(found_by("c"), "c-1 c-2");
    EXPECT_EQ(found_by("old") + found_by("zoo"), "");
    EXPECT_EQ(found_by("new aal"), "c-1");
    anna.contact = "Anna Old";
    written([&] { store().update(shop.op.id, anna); });
    EXPECT_EQ(found_by("old"), "c-1");
}

TEST_P(Updates, OfSubscribersOfAnotherOperatorOrWithAnotherCodeBreakAPromise) {
    customers::Subscriber anna{.id = customers::SubscriberId{5}, .code = "anna", .contact = "Anna"};
    add(anna);
    EXPECT_THROW(store().update(customers::OperatorId{9}, anna), BrokenPromise);
    anna.code = "other";
    EXPECT_THROW(store().update(shop.op.id, anna), BrokenPromise);
}

TEST_P(Updates, OfUnitsAreReadAsTheyWereMade) {
    add(shop.subscriber);
    std::vector<app::NewUnit> units{{shop.subscriber.id, {.id = customers::UnitId{1}, .code = "a", .name = "A"}},
                                    {shop.subscriber.id, {.id = customers::UnitId{2}, .code = "b", .name = "B"}}};
    written([&] { store().add(units); });
    auto& changed = units.front().unit;
    changed.name = "New";
    changed.billing = all_settings;
    written([&] { store().update(shop.subscriber.id, changed); });
    reopen();
    for (const auto& [subscriber, unit] : units) EXPECT_EQ(tell(*store().find_unit(subscriber, unit.code)), tell(unit));
}

TEST_P(Updates, OfOperatorsAreReadAsTheyWereMade) {
    Shop other;
    other.op.id = customers::OperatorId{2};
    other.op.code = "other";
    other.op.policies = {{"x", "", "", all_settings}};
    found(other);
    shop.op.name = "New";
    shop.op.rounding = Rounding::half_even;
    shop.op.due_days = 30;
    shop.op.invoice_number = "{number}/{year}";
    shop.op.credit_note_number = "C{year}.{number}";
    shop.op.billing = all_settings;
    shop.op.policies = {{"north", "", "office", all_settings}, {"", "p1", "", {.cycle_day = 1}}};
    written([&] { store().update(shop.op); });
    reopen();
    EXPECT_EQ(tell(store().operators()[0]), tell(shop.op));
    EXPECT_EQ(tell(store().operators()[1]), tell(other.op));
    shop.op.policies = {{"", "", "home", {}}};
    written([&] { store().update(shop.op); });
    EXPECT_EQ(tell(store().operators()[0]), tell(shop.op));
}

class OldStores : public Contract {
protected:
    OldStores() { close(); }
    // A store as Sluice made it before there were lists, empty at first.
    std::unique_ptr<store::Connection> old_store(StoreHome& at) {
        auto connection = at.connect();
        store::migrate(*connection, {store::migrations().front()});
        return connection;
    }
};

TEST_P(OldStores, FindTheirSubscribersOnceTheyAreMigrated) {
    const auto old = GetParam().make();
    {
        const auto connection = old_store(*old);
        connection->run_script(
            "INSERT INTO operators (id, code, name, currency, time_zone, rounding, due_days, invoice_number, "
            "credit_note_number) VALUES (1, 'op', 'Op', 'USD', 'UTC', 'half_up', 14, '{year}{number}', "
            "'{year}{number}')");
        for (int i = 1; i <= 2'500; ++i) {
            const auto code = "s-" + std::to_string(10'000 + i);
            store::Query(*connection,
                         "INSERT INTO subscribers (subscriber_id, operator_id, code, contact, organization, country, "
                         "region, pop, category) VALUES (?, 1, ?, ?, '', '', '', '', '')",
                         i, code, i == 1'234 ? "Señor Niño" : "Anybody")
                .run();
            store::Query(*connection, "INSERT INTO subscriber_codes (operator_id, code, subscriber_id) VALUES (1,?,?)",
                         code, i)
                .run();
        }
        store::Query(*connection,
                     "INSERT INTO journal_heads (subscriber_id, operator_id, entries, hash, balance) VALUES (7, 1, 0, "
                     "?, 500)",
                     app::Hash{})
            .run();
        connection->run_script(
            "INSERT INTO payments (subscriber_id, id, date, currency, amount, method, reference) VALUES (7, 70, "
            "'2026-01-05', 'USD', 500, 'cash', 'R7')");
    }
    const auto store = old->open();
    const customers::OperatorId op{1};
    const auto nino = store->list(op, app::SubscriberQuery{.text = "nino"}).rows;
    ASSERT_EQ(nino.size(), 1U);
    EXPECT_EQ(nino.front().subscriber.code, "s-11234");
    const auto by_name = store->list(
        op, app::SubscriberQuery{.order = app::SubscriberOrder::name, .paging = {.limit = 2, .descending = true}});
    EXPECT_EQ(by_name.rows[0].subscriber.code, "s-11234");
    EXPECT_EQ(by_name.rows[1].subscriber.code, "s-12500");
    const auto by_balance = store->list(
        op, app::SubscriberQuery{.order = app::SubscriberOrder::balance, .paging = {.limit = 3, .descending = true}});
    ASSERT_EQ(by_balance.rows.size(), 3U);
    EXPECT_EQ(by_balance.rows[0].subscriber.code, "s-10007");
    EXPECT_EQ(by_balance.rows[0].balance.text(), "5.00");
    EXPECT_EQ(by_balance.rows[1].balance.text(), "0.00");
    const auto payment = store->find_payment(op, payments::PaymentId{70});
    ASSERT_TRUE(payment);
    EXPECT_EQ(payment->subscriber_code, "s-10007");
    EXPECT_EQ(store->list(op, app::PaymentQuery{}).rows.size(), 1U);
}

TEST_P(OldStores, KeepNothingOfAStepWhosePartInCodeFails) {
    const auto old = GetParam().make();
    const auto connection = old_store(*old);
    std::vector<store::Migration> steps{store::migrations().front()};
    steps.push_back({9'000, "9000_fails", "CREATE TABLE half (id {int} PRIMARY KEY){strict}",
                     [](store::Connection& db) { db.run_script("no such statement"); }});
    EXPECT_THROW(store::migrate(*connection, steps), app::StoreFailure);
    steps.back().fill = [](store::Connection& db) { db.run_script("INSERT INTO half (id) VALUES (1)"); };
    store::migrate(*connection, steps);
    store::Query row(*connection, "SELECT COUNT(*) FROM half");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.get<std::int64_t>(), 1);
}

SLUICE_ON_EACH_STORE(Updates);
SLUICE_ON_EACH_STORE(OldStores);

}  // namespace
}  // namespace sluice::contract
