// Money of refunds on its way to the payer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/gateway_store.hpp"
#include "domain/payments/refund.hpp"

namespace sluice::app {

struct PayoutTag {
    static constexpr std::string_view prefix = "payout";
};
using PayoutId = Id<PayoutTag>;

// The gateway that the money came from, or somebody who makes a transfer or hands it out.
enum class PayoutThrough { gateway, manual };
// under_way: the gateway is asked, until it tells. open: somebody has to do it. The other two are ends.
enum class PayoutState { under_way, open, paid, cancelled };
std::string_view name_of(PayoutThrough through);
std::string_view name_of(PayoutState state);
std::optional<PayoutState> parse_payout_state(std::string_view name);

struct Payout {
    PayoutId id;
    customers::SubscriberId subscriber;
    customers::OperatorId op;
    payments::PaymentId payment;
    payments::RefundId refund;
    PayoutThrough through;
    PayoutState state;
    Money amount;                             // > 0: the refund less its fee
    std::optional<CheckoutId> checkout = {};  // by which it was paid
    std::string reference = {};               // the gateway's name of it, or what a clerk says
    std::string message = {};                 // why the gateway did not do it
    Instant created_at;
    std::optional<Instant> done_at = {};
    std::optional<Instant> next_query_at = {};
    std::int64_t queries = 0;
};
struct PayoutRow {
    Payout payout;
    std::string subscriber_code;
    std::string name;
    std::string method;  // of the payment
};
// Newest first.
struct PayoutQuery {
    std::optional<PayoutState> state = {};
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<PayoutId> before = {};
    std::int64_t limit = 50;
};

class PayoutStore {
public:
    virtual ~PayoutStore() = default;

    // REQUIRES of both: the subscriber is held.
    virtual void add(const Payout& payout) = 0;
    virtual void update(const Payout& payout) = 0;
    virtual std::optional<PayoutRow> find(customers::OperatorId op, PayoutId id) = 0;
    virtual std::vector<PayoutRow> list(customers::OperatorId op, const PayoutQuery& query) = 0;
    // Of all operators, longest due first.
    virtual std::vector<PayoutRow> to_query(Instant now, std::int64_t limit) = 0;
    // Payouts that are not what their refund is, in words.
    virtual std::vector<std::string> unsound(customers::OperatorId op) = 0;
};

}  // namespace sluice::app
