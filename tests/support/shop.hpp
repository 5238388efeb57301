// A small operator to try the rules on, and the life of one sub-service at it, written with dates and codes as text.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/charging/billing.hpp"
#include "domain/customers/customers.hpp"
#include "domain/invoicing/decide.hpp"

namespace sluice::support {

// REQUIRES (of all three): text that can be read.
Date date(std::string_view text);
Decimal decimal(std::string_view text);
Money money(std::string_view text, std::string_view currency = "USD");

struct ServiceOptions {
    std::string period = "1 month";
    catalog::Timing timing = catalog::Timing::advance;
    std::string setup_fee = "0";
    std::vector<std::string> taxes = {};
};

struct TaxOptions {
    bool included = false;
    std::string country = {};
    std::string region = {};
    std::optional<Date> valid_from = {};
};

// Operator, catalogue and one subscriber. Prices are valid from 2000-01-01.
class Shop {
public:
    explicit Shop(std::string_view currency = "USD", Rounding rounding = Rounding::half_up);

    void service(std::string code, std::string_view price, const ServiceOptions& options = {});
    void recurring(std::string code, std::string_view price, std::vector<std::string> taxes = {});
    void once(std::string code, std::string_view price, std::vector<std::string> taxes = {});
    void installments(std::string code, std::string_view price, std::int32_t parts,
                      std::vector<std::string> taxes = {});
    void tax(std::string code, std::string_view rate, const TaxOptions& options = {});
    // A new price version, sold from `from` on.
    void new_price(std::string_view code, std::string_view price, std::string_view from);

    const catalog::Product& product(std::string_view code) const;
    charging::Book book() { return {catalog, op.currency, op.rounding, ids}; }

    catalog::Catalog catalog;
    IdSource ids;
    customers::Operator op;
    customers::Subscriber subscriber;

private:
    void add(catalog::Product product, std::string_view price, std::string_view setup_fee = "0");
};

struct ItemAtStart {
    std::string code;
    std::int64_t quantity = 1;
};

// One sub-service. Each command and each run of billing starts from the stored facts and saves all or nothing, as the
// program does.
class Life {
public:
    Life(Shop& shop, customers::Terms terms, std::string_view service, const std::vector<ItemAtStart>& items = {});

    charging::CommandResult activate(std::string_view on);
    charging::CommandResult suspend(std::string_view on);
    charging::CommandResult resume(std::string_view on);
    charging::CommandResult exhaust_data(std::string_view on);
    charging::CommandResult restore_data(std::string_view on);
    charging::CommandResult cancel(std::string_view on, charging::Cancellation how = {});
    charging::CommandResult change_service(std::string_view on, std::string_view code,
                                           charging::ChangeWhen when = charging::ChangeWhen::now);
    charging::CommandResult move_to_current_price(std::string_view on);
    charging::CommandResult add(std::string_view on, std::string_view code, std::int64_t quantity = 1);
    // Removes the item of that code which was added last and is still there.
    charging::CommandResult remove(std::string_view on, std::string_view code, bool credit = false, bool waive = false);
    charging::CommandResult take_over(std::string_view on, const charging::TakenOver& taken_over);
    void bill(std::string_view through);

    std::optional<Date> next_billing_date();
    // Everything charged so far, with taxes, in the order in which it came about.
    const std::vector<invoicing::Line>& lines() const { return lines_; }
    // The lines since the last call, as "2026-01-17 net recurring 12.10 [2026-01-17, 2026-02-01) 15/31".
    std::vector<std::string> news();
    const subscriptions::SubService& state() const { return state_; }

    // Runs `action` on the sub-service as it stands; keeps what it did unless it was refused.
    template <typename Action>
    charging::CommandResult give(Action action) {
        auto state = state_;
        const auto book = shop_.book();
        charging::SubServiceBilling billing(book, terms_, state, open(),
                                            charging::claims_of(shop_.catalog, shop_.subscriber, {}, state.id));
        auto result = action(billing);
        if (result.ok()) keep(std::move(state), billing.take_charges());
        return result;
    }

private:
    std::vector<charging::OpenCharge> open() const { return invoicing::open_charges(lines_, shop_.op.currency); }
    void keep(subscriptions::SubService state, std::vector<charging::Charge> charges);

    Shop& shop_;
    customers::Terms terms_;
    subscriptions::SubService state_;
    std::vector<invoicing::Line> lines_;
    std::size_t told_ = 0;
};

// A line as Life::news() tells it.
std::string tell(const charging::Charge& charge, const catalog::Catalog& catalog);

using Lines = std::vector<std::string>;

}  // namespace sluice::support
