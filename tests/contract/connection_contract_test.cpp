// Transactions, migrations, and who may use a store at all.
#include "contract/store_home.hpp"
#include "store/open_store.hpp"
#include "store/sql/migrate.hpp"
#include "store/sql/query.hpp"

namespace sluice::contract {
namespace {

using app::StoreFailure;
using app::Transaction;
using support::date;
using support::Shop;

class Transactions : public Contract {
protected:
    Transactions() { found(shop); }
    void add(const char* code) {
        customers::Subscriber subscriber{.id = shop.ids.next<customers::SubscriberId>(), .code = code, .contact = code};
        store().add(shop.op.id, std::span(&subscriber, 1));
    }
    std::string there() {
        std::string codes;
        for (const auto& balance : store().balances(shop.op.id, std::nullopt, 100)) codes += balance.subscriber_code;
        return codes;
    }
    Shop shop;
};

TEST_P(Transactions, ThatAreLeftWithoutACommitLeaveNothing) {
    {
        Transaction transaction(store());
        add("a");
    }
    EXPECT_EQ(there(), "");
}

TEST_P(Transactions, AreUndoneByAFailure) {
    try {
        Transaction transaction(store());
        add("a");
        add("a");
        transaction.commit();
        ADD_FAILURE() << "a code twice is refused";
    } catch (const app::ConstraintViolated&) {
    }
    EXPECT_EQ(there(), "");
    written([&] { add("b"); });
    EXPECT_EQ(there(), "b");
}

TEST_P(Transactions, InnerOnesCanBeUndoneAlone) {
    {
        Transaction outer(store());
        add("a");
        {
            Transaction inner(store());
            add("b");
        }
        {
            Transaction inner(store());
            add("c");
            {
                Transaction innermost(store());
                add("d");
            }
            inner.commit();
        }
        EXPECT_EQ(there(), "ac");
        outer.commit();
    }
    reopen();
    EXPECT_EQ(there(), "ac");
}

TEST_P(Transactions, InnerOnesGoOnAfterAFailure) {
    Transaction outer(store());
    add("a");
    try {
        Transaction inner(store());
        add("b");
        add("a");
        inner.commit();
        ADD_FAILURE() << "a code twice is refused";
    } catch (const app::ConstraintViolated&) {
    }
    add("c");
    outer.commit();
    EXPECT_EQ(there(), "ac");
}

TEST_P(Transactions, OuterOnesUndoWhatInnerOnesCommitted) {
    {
        Transaction outer(store());
        {
            Transaction inner(store());
            add("a");
            inner.commit();
        }
        EXPECT_EQ(there(), "a");
    }
    EXPECT_EQ(there(), "");
}

TEST_P(Transactions, AreThereAfterTheStoreIsClosed) {
    written([&] { add("a"); });
    {
        Transaction transaction(store());
        add("b");
    }
    reopen();
    EXPECT_EQ(there(), "a");
}

class Opening : public Contract {
protected:
    // What `action` fails with, in words.
    template <typename Action>
    static std::string failure(Action action) {
        try {
            action();
        } catch (const StoreFailure& failed) {
            return failed.what();
        }
        return "no failure";
    }
    std::int64_t count(store::Connection& connection, const std::string& of) {
        store::Query row(connection, "SELECT COUNT(*) FROM " + of);
        return row.next() ? row.get<std::int64_t>() : -1;
    }
};

TEST_P(Opening, BySomeoneElseIsRefusedWhileItIsOpenUnlessItIsShared) {
    if (home->is_shared()) {
        const auto other = home->open();
        written([&] { store().add(Shop().op); });
        EXPECT_EQ(other->operators().size(), 1U);
        return;
    }
    const auto message = failure([&] { home->open(); });
    EXPECT_NE(message.find("another Sluice process is using this store"), std::string::npos) << message;
    EXPECT_NO_THROW(store().operators()) << "the first one goes on";
    close();
    EXPECT_NO_THROW(home->open());
}

TEST_P(Opening, WhatIsNotThereIsRefusedWhenItHasToBe) {
    const auto message = failure([&] { store::open_store(home->address_of_nothing(), true); });
    EXPECT_NE(message.find("there is no store at"), std::string::npos) << message;
}

TEST_P(Opening, WhatIsEmptyIsNoStoreYet) {
    if (!home->is_shared()) GTEST_SKIP() << "a SQLite file that is there has been made by Sluice";
    close();
    home->connect()->run_script("DROP TABLE schema_migrations");
    const auto message = failure([&] { store::open_store(home->address(), true); });
    EXPECT_NE(message.find("there is no store in this database yet"), std::string::npos) << message;
}

TEST_P(Opening, ByAnUnknownAddressIsRefused) {
    for (const char* address : {"", "sluice.db", "sqlite:", "oracle:sluice"})
        EXPECT_NE(failure([&] { store::open_store(address, false); }).find("write --db"), std::string::npos) << address;
}

TEST_P(Opening, MigratesOnlyOnce) {
    close();
    const auto connection = home->connect();
    const auto steps = count(*connection, "schema_migrations");
    EXPECT_EQ(steps, static_cast<std::int64_t>(store::migrations().size()));
    store::migrate(*connection);
    EXPECT_EQ(count(*connection, "schema_migrations"), steps);
}

TEST_P(Opening, RunsOnlyTheStepsThatAreMissing) {
    close();
    const auto connection = home->connect();
    auto steps = store::migrations();
    steps.push_back({steps.back().version + 1, "9998_more", "CREATE TABLE more (id {int} PRIMARY KEY){strict}"});
    store::migrate(*connection, steps);
    EXPECT_EQ(count(*connection, "more"), 0);
    store::migrate(*connection, steps);
}

TEST_P(Opening, AStoreOfANewerSluiceIsRefused) {
    close();
    {
        const auto connection = home->connect();
        connection->run_script("INSERT INTO schema_migrations (version, name) VALUES (9999, 'of the future')");
    }
    const auto message = failure([&] { home->open(); });
    EXPECT_NE(message.find("newer Sluice (schema 9999"), std::string::npos) << message;
}

TEST_P(Opening, AFailedMigrationLeavesNothingOfItsStep) {
    close();
    const auto connection = home->connect();
    auto steps = store::migrations();
    const int last = steps.back().version;
    steps.push_back({last + 1, "9997_good", "CREATE TABLE good (id {int} PRIMARY KEY){strict}"});
    steps.push_back({last + 2, "9998_bad",
                     "CREATE TABLE half (id {int} PRIMARY KEY){strict}; INSERT INTO half VALUES (1); SELECT no_such "
                     "column FROM nowhere"});
    const auto message = failure([&] { store::migrate(*connection, steps); });
    EXPECT_NE(message.find("migration 9998_bad failed, nothing of it was kept"), std::string::npos) << message;
    EXPECT_EQ(count(*connection, "good"), 0) << "the step before it is kept";
    EXPECT_EQ(failure([&] { count(*connection, "half"); }).substr(0, 10), "the store ");
    EXPECT_EQ(count(*connection, "schema_migrations"), static_cast<std::int64_t>(steps.size()) - 1);
    steps.back().sql = "CREATE TABLE half (id {int} PRIMARY KEY){strict}";
    store::migrate(*connection, steps);
    EXPECT_EQ(count(*connection, "half"), 0) << "put right, it runs";
}

SLUICE_ON_EACH_STORE(Transactions);
SLUICE_ON_EACH_STORE(Opening);

}  // namespace
}  // namespace sluice::contract
