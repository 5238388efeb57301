// An operator with random customers, documents, payments and journals, and all that lists may say of them: what the
// lists of a store are compared with.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "support/shop.hpp"

namespace sluice::contract {

class ListedWorld {
public:
    // `op`: another one for each world in a store.
    ListedWorld(int op, int subscribers);
    // Without operator and catalogue.
    void store_into(app::Store& store);

    customers::OperatorId id() const { return shop.op.id; }
    const customers::Subscriber& some_subscriber() { return any(subscribers).subscriber; }
    template <typename T>
    const T& any(const std::vector<T>& of) {
        return of[number(0, static_cast<int>(of.size()) - 1)];
    }
    std::size_t number(int from, int to) {
        return static_cast<std::size_t>(std::uniform_int_distribution<int>(from, to)(random_));
    }

    support::Shop shop;
    // All in order of their ids, as the lists show them.
    std::vector<app::SubscriberRow> subscribers;
    std::map<customers::SubscriberId, std::vector<customers::Unit>> units;
    std::vector<app::SubServiceRow> sub_services;
    std::vector<app::StoredDocument> documents;  // without lines
    std::vector<app::PaymentRow> payments;
    std::map<customers::SubscriberId, std::vector<ledger::Entry>> entries;

private:
    bool chance(int percent) { return number(1, 100) <= static_cast<std::size_t>(percent); }
    Date day() { return support::date("2026-01-01").plus_days(static_cast<std::int32_t>(number(0, 40))); }
    // Ids of both worlds lie mixed.
    template <typename IdType>
    IdType new_id() {
        return IdType{std::uniform_int_distribution<std::int64_t>(1'000'000, std::int64_t{1} << 60)(random_)};
    }
    Money amount() { return Money::minor(static_cast<std::int64_t>(number(1, 50)) * 100, shop.op.currency); }
    void add_subscriber(int index);
    void add_sub_service(const customers::Subscriber& subscriber, const std::string& code);
    void add_document(const customers::Subscriber& subscriber);
    void add_payment(const customers::Subscriber& subscriber);
    void add_entry(ledger::Entry entry);
    void add_allocations();
    void sort();

    std::mt19937 random_;
    std::vector<customers::Subscriber> in_order_of_adding_;
};

}  // namespace sluice::contract
