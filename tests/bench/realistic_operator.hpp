// An internet provider at the end of a month: all that the new month costs falls due on its first day. Four in five
// customers are homes with one service; there are homes with several, businesses, and apartment buildings with a
// sub-service in each flat; with add-ons, devices, instalments, taxes, both billing models, and a few that are
// suspended. The same seed gives the same customers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/set_up.hpp"

namespace sluice::bench {

extern const Date first_of_month;  // on which the customers are imported, and all is due

struct Contract {
    app::SubServiceRequest request;
    charging::TakenOver taken_over;
};

struct Customer {
    customers::Subscriber subscriber;  // without an id, as their units
    std::vector<customers::Unit> units;
    std::vector<Contract> contracts;

    std::int64_t due() const;        // sub-services
    std::int64_t documents() const;  // that the bill run of the first makes
};

class RealisticCustomers {
public:
    explicit RealisticCustomers(std::uint64_t seed = 1) : random_(seed) {}

    // Has at most so many sub-services; at least one.
    Customer next(std::int64_t max_sub_services);
    // An apartment complex on one account with one merged invoice.
    Customer apartment_complex(std::int64_t flats);

private:
    std::size_t below(std::size_t end) { return random_() % end; }
    bool in_hundred(std::size_t chance) { return below(100) < chance; }
    std::string one_of(std::initializer_list<const char*> words) { return words.begin()[below(words.size())]; }

    Customer customer(const std::string& category);
    Customer home(std::int64_t sub_services);
    Customer business(std::int64_t sub_services);
    Customer building(const std::string& category, std::int64_t flats);
    void sell(Customer& customer, const std::string& service, const std::string& unit = "");

    std::mt19937_64 random_;
    std::int64_t count_ = 0;
    std::int64_t devices_ = 0;
};

struct Made {
    std::int64_t subscribers = 0;
    std::int64_t units = 0;
    std::int64_t sub_services = 0;
    std::int64_t due = 0;        // sub-services
    std::int64_t documents = 0;  // to be made on the first
    void count(const Customer& customer);
};

extern const std::string operator_yaml;
app::OperatorSetup realistic_setup(IdSource& ids);

// Customers who are written into an empty store, in memory that does not grow with their number.
class StoreMaker {
public:
    explicit StoreMaker(const std::string& address);
    void add(Customer customer);
    // `all_due`: nothing of the customers was changed, so that it is known how much is due.
    Made finish(bool all_due = true);

private:
    void write();

    IdSource ids_{1'700'000'000'000, 0};
    app::OperatorSetup setup_ = realistic_setup(ids_);
    std::unique_ptr<app::Store> store_;
    catalog::Catalog catalog_;
    std::vector<Customer> waiting_;
    std::int64_t sub_services_waiting_ = 0;
    Made made_;
};

// As many as there may be at most; what is reached first ends it.
struct Size {
    std::int64_t subscribers = std::numeric_limits<std::int64_t>::max();
    std::int64_t sub_services = std::numeric_limits<std::int64_t>::max();
};

Made make_realistic_store(const std::string& address, Size size);

// The files of an import.
Made make_realistic_import(const std::filesystem::path& directory, Size size);

// Gives each customer of a realistic operator of that size to `visit`.
template <typename Visit>
void each_realistic_customer(Size size, const Visit& visit) {
    RealisticCustomers customers;
    while (size.subscribers > 0 && size.sub_services > 0) {
        auto customer = customers.next(size.sub_services);
        --size.subscribers;
        size.sub_services -= static_cast<std::int64_t>(customer.contracts.size());
        visit(std::move(customer));
    }
}

}  // namespace sluice::bench
