// The stores that the contract suite runs against, one after the other: what holds for one must hold for each.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "store/sql/connection.hpp"
#include "support/shop.hpp"

namespace sluice::contract {

// Where a store lives, for one test. It is empty at first, and survives being closed.
class StoreHome {
public:
    virtual ~StoreHome() = default;
    // As another process would: migrates, and waits for nobody.
    virtual std::unique_ptr<app::Store> open() = 0;
    // A connection that has not been migrated.
    virtual std::unique_ptr<store::Connection> connect() = 0;
    virtual std::string address() const = 0;
    // Whether several processes may have it open.
    virtual bool is_shared() const = 0;
    // What an address of a store that is not there looks like.
    virtual std::string address_of_nothing() const = 0;
};

struct StoreKind {
    std::string name;
    std::function<std::unique_ptr<StoreHome>()> make;
};
std::vector<StoreKind> store_kinds();
inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

// A test on each kind of store.
class Contract : public testing::TestWithParam<StoreKind> {
protected:
    Contract() : home(GetParam().make()), store_(home->open()) {}

    app::Store& store() { return *store_; }
    void close() { store_.reset(); }
    // What is read afterwards has been on disk.
    void reopen() {
        close();
        store_ = home->open();
    }
    template <typename Write>
    void written(Write write) {
        app::Transaction transaction(store());
        write();
        transaction.commit();
    }
    // Stores the operator and the catalogue of a shop.
    void found(const support::Shop& shop);

    std::unique_ptr<StoreHome> home;

private:
    std::unique_ptr<app::Store> store_;
};

// Facts in words, field by field, to compare what was stored with what is read.
std::string tell(const customers::BillingSettings& settings);
std::string tell(const customers::Operator& op);
std::string tell(const customers::Subscriber& subscriber);
std::string tell(const customers::Unit& unit);
std::string tell(const catalog::Catalog& catalog);
std::string tell(const invoicing::Line& line);
std::string tell(const app::BillingFacts& facts);
std::string tell(const app::StoredDocument& document);

#define SLUICE_ON_EACH_STORE(Suite)                                           \
    INSTANTIATE_TEST_SUITE_P(Stores, Suite, testing::ValuesIn(store_kinds()), \
                             [](const auto& kind) { return kind.param.name; })

}  // namespace sluice::contract
