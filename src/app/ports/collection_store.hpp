// Debtors: what they owe, what was done about it, and the time that they were given.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/collection/collection.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

// A wallet, and the code of the unit or sub-service that it is for.
struct WalletRow {
    invoicing::Wallet wallet;
    std::string code;
};

// A sub-service that is suspended for debt or funds.
struct WaitingService {
    customers::SubscriberId subscriber;
    std::string subscriber_code;
    std::string code;
    Date changed_on;
    subscriptions::SuspendedFor cause;
};

struct DebtorQuery {
    Date due_by;                                        // of the oldest open document
    std::optional<customers::SubscriberId> after = {};  // in order of creation
    std::int64_t limit = 1'000;                         // subscribers
};

class CollectionStore {
public:
    virtual ~CollectionStore() = default;

    // Subscribers with an open document that is due by then, in order of creation.
    virtual std::vector<collection::Debtor> debtors(customers::OperatorId op, Currency currency,
                                                    const DebtorQuery& query) = 0;
    // One subscriber, whether something is open or not.
    virtual collection::Debtor debtor(const customers::Subscriber& subscriber, Currency currency) = 0;
    // What the accounts from `first` to `last` that have any can spend; the others have an empty purse.
    virtual std::vector<std::pair<customers::SubscriberId, invoicing::Purse>> purses(customers::SubscriberId first,
                                                                                     customers::SubscriberId last,
                                                                                     Currency currency) = 0;
    // Of subscribers from `first` to `last`, those with money in them.
    virtual std::vector<std::pair<customers::SubscriberId, invoicing::Wallet>> wallets(
        customers::SubscriberId first, customers::SubscriberId last) = 0;
    // All of one subscriber, in order of creation.
    virtual std::vector<WalletRow> wallets(customers::SubscriberId subscriber) = 0;
    // New ones, or with new amounts.
    virtual void save_wallets(customers::SubscriberId subscriber, std::span<const invoicing::Wallet> wallets) = 0;
    // Of subscribers from `first` to `last`, in order of creation.
    virtual std::vector<WaitingService> waiting_services(customers::SubscriberId first,
                                                         customers::SubscriberId last) = 0;
    // Subscribers after `after` whose services are suspended for debt though they owe nothing; `limit` of them, and
    // `after` is the last one.
    virtual std::vector<customers::SubscriberId> waiting_without_debt(customers::OperatorId op,
                                                                      std::optional<customers::SubscriberId>& after,
                                                                      std::int64_t limit) = 0;

    virtual void add_steps(std::span<const std::pair<customers::SubscriberId, collection::Step>> steps, Date date) = 0;
    virtual void add_hold(customers::SubscriberId subscriber, const collection::Hold& hold) = 0;
    virtual bool remove_hold(customers::SubscriberId subscriber, collection::HoldId hold) = 0;
    virtual void add_plan(customers::SubscriberId subscriber, const collection::Plan& plan) = 0;
    virtual void end_plan(customers::SubscriberId subscriber, collection::PlanId plan, Date date) = 0;
    virtual void add_promise(customers::SubscriberId subscriber, const collection::Promise& promise) = 0;
    // The latest first.
    virtual std::vector<collection::Promise> promises(customers::SubscriberId subscriber, Currency currency,
                                                      std::int64_t limit) = 0;
};

}  // namespace sluice::app
