// What is to be paid in advance: orders that begin when they are paid, and what is missing before the money of prepaid
// subscribers runs out; and documents of money that was paid ahead. Rules: docs/payments.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/forecast.hpp"
#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"
#include "app/refusal.hpp"
#include "values/result.hpp"

namespace sluice::app {

// A sub-service to be activated; or with a product's code, an add-on or a CPE to be put on it.
struct OrderedRequest {
    std::string sub_service;
    std::string product = {};
    catalog::ProductType type = catalog::ProductType::add_on;
    std::int64_t quantity = 1;  // 1..1,000,000
};
struct OrderRequest {
    std::string subscriber;
    std::vector<OrderedRequest> items;  // 1..100
    std::optional<int> days = {};       // for which it can be paid, 1..365; else as the settings say
};

// Each is one transaction.
class ProFormas {
public:
    ProFormas(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op)
        : store_(store), hasher_(hasher), ids_(ids), op_(op) {}

    // GIVES: its number. What the balance covers already begins at once.
    Result<std::string, Refusal> order(Date date, const OrderRequest& request);
    Result<Done, Refusal> withdraw(Date date, const std::string& number, const std::string& reason);
    // GIVES: its number. Of what the payment pays nothing with, once for a payment.
    Result<std::string, Refusal> issue_advance_payment(Date date, payments::PaymentId payment);

    // What money does for pro-forma documents of these subscribers, who are held: orders begin that the balance covers,
    // in the transaction that is under way.
    void settle(std::span<const customers::SubscriberId> subscribers, Date date);

private:
    Result<std::vector<invoicing::Line>, Refusal> cost_of(Date date, const customers::Subscriber& subscriber,
                                                          std::span<const OrderedRequest> items);
    Result<Done, Refusal> begin(Date date, const std::string& subscriber, invoicing::ProForma& order);
    void close(invoicing::ProForma& pro_forma, invoicing::ProFormaState state, Date date, std::string reason = {});

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    const customers::Operator& op_;
};

struct ProFormaFigures {
    std::int64_t issued = 0;
    std::int64_t reminded = 0;
    std::int64_t withdrawn = 0;  // not needed any more, or replaced
    std::int64_t expired = 0;
};

// The pro-forma documents of a day: who is to be asked for money before it runs out, what has expired. Whoever did all
// of it already does nothing.
class ProFormaRun {
public:
    ProFormaRun(Store& store, IdSource& ids, customers::Operator op, Date date)
        : store_(store), ids_(ids), op_(std::move(op)), date_(date) {}

    struct Place {
        ProFormaFigures figures;
        std::optional<customers::SubscriberId> after;
        bool expiry_is_done = false;
    };
    const Place& place() const { return place_; }
    void go_to(Place place) { place_ = place; }

    // The next accounts, in a transaction; false when there are no more.
    bool step();

private:
    struct Asked {
        customers::Subscriber subscriber;
        invoicing::Projection projection;
        std::optional<int> lead_days;  // none: it is too early to ask
    };
    bool step_expiry();
    std::vector<Asked> asked_of(std::vector<BillingFacts> accounts) const;
    void ask(const Asked& asked, const invoicing::ProForma* latest, std::vector<NewEvent>& events);
    void withdraw(invoicing::ProForma pro_forma, std::string reason, std::vector<NewEvent>& events);

    static constexpr std::int64_t batch = 1'000;  // sub-services

    Store& store_;
    IdSource& ids_;
    customers::Operator op_;
    Date date_;
    Date horizon_ = last_of_next_month(date_);
    Place place_;
};

}  // namespace sluice::app
