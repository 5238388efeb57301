// One subscriber with some sub-services, billed as the program bills: commands leave their lines waiting, decide() puts
// them on drafts together with what falls due.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/invoicing/decide.hpp"
#include "support/shop.hpp"

namespace sluice::support {

struct Holding {
    std::string service;
    std::vector<ItemAtStart> items = {};
    std::optional<customers::UnitId> unit = {};
    customers::BillingSettings billing = {};
};

class Account {
public:
    Account(Shop& shop, Date created);

    void add_unit(std::string code);
    std::size_t hold(const Holding& holding);

    // Gives a command to one sub-service; keeps what it did unless it was refused.
    template <typename Action>
    charging::CommandResult give(std::size_t which, Action action) {
        auto& facts = facts_.sub_services.at(which);
        auto state = facts.state;
        const auto book = shop_.book();
        const auto terms = terms_of(state);
        charging::SubServiceBilling billing(book, terms, state,
                                            invoicing::open_charges(facts.open_lines, shop_.op.currency),
                                            charging::claims_of(shop_.catalog, facts_.subscriber, {}, state.id));
        auto result = action(billing, std::as_const(facts.state));
        if (result.ok()) keep(facts, std::move(state), billing.take_charges());
        return result;
    }

    // Lets a sub-service begin on `on`, for one that is taken over from another system then.
    void begin_on(std::size_t which, Date on) { facts_.sub_services.at(which).state.changed_on = on; }

    void bill(Date as_of);
    // The same as the store does it: loads only the sub-services on which something is due.
    void bill_what_is_due(Date as_of);

    const std::vector<invoicing::Draft>& drafts() const { return drafts_; }
    const std::vector<invoicing::SubServiceFacts>& sub_services() const { return facts_.sub_services; }
    // Every draft with its lines, taxes and totals, in words. Ids are left out: they tell nothing but an order.
    std::vector<std::string> tell() const;

private:
    bool is_due(const invoicing::SubServiceFacts& facts, Date as_of);
    // Decides on `facts` and notes what comes out in the sub-services at hand.
    void bill(invoicing::AccountFacts& facts, Date as_of);
    customers::Terms terms_of(const subscriptions::SubService& state) const;
    void keep(invoicing::SubServiceFacts& facts, subscriptions::SubService state,
              std::vector<charging::Charge> charges);

    Shop& shop_;
    Date created_;
    invoicing::AccountFacts facts_;
    std::vector<invoicing::Draft> drafts_;
};

// A line with its taxes.
std::string tell(const invoicing::Line& line, const catalog::Catalog& catalog);

}  // namespace sluice::support
