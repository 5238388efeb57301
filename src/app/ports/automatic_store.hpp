// Which saved methods are charged by themselves for what, and what a run of a date reads and leaves.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/gateway_store.hpp"
#include "domain/payments/automatic.hpp"

namespace sluice::app {

struct BillingFacts;

struct AutomaticPaymentRow {
    payments::AutomaticPayment payment;
    customers::SubscriberId subscriber;
    customers::OperatorId op;
    SavedMethodId saved;
    std::string stop_reason = {};           // as a FailureReason
    std::optional<Money> told_amount = {};  // that was above a cap
    Instant created_at;
    // What is read with it.
    std::string sub_service_code = {};
    PaymentMethodId method = PaymentMethodId{0};
    std::string token = {};
    std::string customer = {};
    std::string brand = {};
    std::string last4 = {};
    bool is_under_way = false;  // a charge of it that is for no document
};

// Subscribers with their automatic payments, in order of creation.
struct AutomaticAccount {
    customers::Subscriber subscriber;
    std::vector<AutomaticPaymentRow> payments = {};
    std::vector<payments::DueDocument> documents = {};
    bool is_held = false;
    Money charged_this_month;
};
struct AutomaticQuery {
    Date date;
    bool only_due = true;  // else those that wait or are stopped, too
    std::optional<customers::SubscriberId> after = {};
    std::int64_t limit = 250;  // subscribers
};

class AutomaticStore {
public:
    virtual ~AutomaticStore() = default;

    // REQUIRES of all that write: the subscriber is held.
    virtual void add(const AutomaticPaymentRow& row) = 0;
    virtual void update(const AutomaticPaymentRow& row) = 0;  // what changes by itself, and told_amount
    virtual void remove(customers::SubscriberId subscriber, payments::AutomaticPaymentId id) = 0;
    virtual std::vector<AutomaticPaymentRow> of_subscriber(customers::SubscriberId subscriber, Currency currency) = 0;
    virtual std::optional<AutomaticPaymentRow> find(customers::SubscriberId subscriber, payments::AutomaticPaymentId id,
                                                    Currency currency) = 0;
    // What a success leaves: no declines, nothing told. One of today that another document had stays.
    virtual void succeeded(customers::SubscriberId subscriber, payments::AutomaticPaymentId id, Date today) = 0;
    // Those that are due by `date` were looked at for it: all payments of these subscribers.
    virtual void looked_at(std::span<const customers::SubscriberId> subscribers, Date date) = 0;

    // A few queries for all of them.
    virtual std::vector<AutomaticAccount> accounts(customers::OperatorId op, Currency currency,
                                                   const AutomaticQuery& query) = 0;
    // Of those from `first` to `last` that have an automatic payment: the sub-services on which something is due by
    // then.
    virtual std::vector<BillingFacts> due_by(customers::OperatorId op, Currency currency, Date through,
                                             customers::SubscriberId first, customers::SubscriberId last) = 0;
    virtual void add(std::span<const Checkout> checkouts) = 0;
    // Charges of a run in that state, in order of their ids; of pending ones those at which no gateway was asked yet.
    virtual std::vector<CheckoutRow> of_run(customers::OperatorId op, std::int64_t run, CheckoutState state,
                                            std::optional<CheckoutId> after, std::int64_t limit) = 0;
    // It was ended before money moved, and can be made again for its date.
    virtual void given_up(const Checkout& checkout) = 0;
    // How many charges of a run are in each state.
    virtual std::vector<std::pair<CheckoutState, std::int64_t>> counts_of_run(std::int64_t run) = 0;
};

}  // namespace sluice::app
