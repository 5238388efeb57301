// Automatic payments: a few queries for all of a batch.
#pragma once

#include "app/ports/automatic_store.hpp"
#include "app/ports/store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlAutomatic final : public app::AutomaticStore {
public:
    explicit SqlAutomatic(Connection& db) : db_(db) {}

    void add(const app::AutomaticPaymentRow& row) override;
    void update(const app::AutomaticPaymentRow& row) override;
    void remove(customers::SubscriberId subscriber, payments::AutomaticPaymentId id) override;
    std::vector<app::AutomaticPaymentRow> of_subscriber(customers::SubscriberId subscriber, Currency currency) override;
    std::optional<app::AutomaticPaymentRow> find(customers::SubscriberId subscriber, payments::AutomaticPaymentId id,
                                                 Currency currency) override;
    void succeeded(customers::SubscriberId subscriber, payments::AutomaticPaymentId id, Date today) override;
    void looked_at(std::span<const customers::SubscriberId> subscribers, Date date) override;
    std::vector<app::AutomaticAccount> accounts(customers::OperatorId op, Currency currency,
                                                const app::AutomaticQuery& query) override;
    std::vector<app::BillingFacts> due_by(customers::OperatorId op, Currency currency, Date through,
                                          customers::SubscriberId first, customers::SubscriberId last) override;
    void add(std::span<const app::Checkout> checkouts) override;
    std::vector<app::CheckoutRow> of_run(customers::OperatorId op, std::int64_t run, app::CheckoutState state,
                                         std::optional<app::CheckoutId> after, std::int64_t limit) override;
    void given_up(const app::Checkout& checkout) override;
    std::vector<std::pair<app::CheckoutState, std::int64_t>> counts_of_run(std::int64_t run) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
