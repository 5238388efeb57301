// Loads the accounts of a bill run's batch: a few queries for all of them, none for each.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "app/ports/store.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

class DueAccounts {
public:
    enum class Which { due_on_that_date, due_by_then, in_service_of_debtors, due_of_automatic };
    struct Range {
        customers::OperatorId op;
        Date through;
        customers::SubscriberId first;
        customers::SubscriberId last;
        // Sub-services on which something is due: on `through` alone, or by then (one account is always billed with
        // what it has missed); or those in service of debtors with something open that is due by `through`; or due by
        // then of accounts with an automatic payment.
        Which which = Which::due_on_that_date;
    };
    DueAccounts(Connection& db, const Range& range, Currency currency);

    // Everything but credits and debts.
    std::vector<app::BillingFacts> load();

private:
    void load_subscribers();
    void load_sub_services();
    void load_items();
    void load_suspended_spans();
    void load_units();
    void load_pending_lines();
    void load_open_lines();
    void load_discounts();
    void load_taxes(const std::string& condition, const std::unordered_map<charging::LineId, invoicing::Line*>& lines);

    // A query about the due sub-services b, their rows x in `table`, and what `more_tables` joins to these.
    template <typename Visit>
    void each_row(const std::string& columns, const std::string& table, const std::string& x, const std::string& rest,
                  const Visit& visit, const std::string& more_tables = "");
    app::BillingFacts* account_of(customers::SubscriberId id);
    invoicing::SubServiceFacts* sub_service_of(subscriptions::SubServiceId id);

    struct Place {
        std::size_t account;
        std::size_t sub_service;
    };

    Connection& db_;
    Range range_;
    Currency currency_;
    Sql due_;  // a condition on sub_services b, with its parameters
    std::vector<app::BillingFacts> accounts_;
    std::unordered_map<customers::SubscriberId, std::size_t> account_at_;
    std::unordered_map<subscriptions::SubServiceId, Place> place_of_;
};

}  // namespace sluice::store
