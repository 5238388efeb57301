// What is kept of payments through gateways: payment methods, checkouts, events of gateways, saved methods.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/payments/allocate.hpp"
#include "domain/payments/automatic.hpp"
#include "domain/payments/method.hpp"
#include "values/zone.hpp"

namespace sluice::app {

struct PaymentMethodTag {
    static constexpr std::string_view prefix = "method";
};
using PaymentMethodId = Id<PaymentMethodTag>;
struct CheckoutTag {
    static constexpr std::string_view prefix = "checkout";
};
using CheckoutId = Id<CheckoutTag>;
struct SavedMethodTag {
    static constexpr std::string_view prefix = "saved";
};
using SavedMethodId = Id<SavedMethodTag>;

// A way to pay that an operator offers.
struct PaymentMethod {
    PaymentMethodId id;
    customers::OperatorId op;
    std::string code;  // unique within the operator; payments bear it
    std::string name;
    std::string gateway;  // its code
    std::int64_t position = 0;
    bool is_enabled = false;
    bool is_test = false;
    payments::MethodTerms terms;
    std::string sealed_settings;
    Instant created_at;
};

enum class CheckoutKind { hosted, saved, setup };
// A succeeded one stays so; money that comes after a failure or an expiry still counts.
enum class CheckoutState { pending, succeeded, failed, expired, unknown };
std::string_view name_of(CheckoutKind kind);
std::string_view name_of(CheckoutState state);
std::optional<CheckoutState> parse_checkout_state(std::string_view name);

// One try to be paid: on the gateway's page, or with a saved method.
struct Checkout {
    CheckoutId id;
    customers::SubscriberId subscriber;
    customers::OperatorId op;
    PaymentMethodId method;
    CheckoutKind kind;
    std::optional<invoicing::DocumentId> document = {};  // none: a top-up
    payments::Quote quote;
    CheckoutState state = CheckoutState::pending;
    bool saves_method = false;
    std::string reference = {};  // the gateway's name of it, as the next ones
    std::string url = {};
    std::vector<std::pair<std::string, std::string>> form = {};  // posted there by the payer's browser; none: a link
    std::string gateway_payment = {};
    std::string reason = {};
    std::string message = {};
    std::optional<SavedMethodId> saved_method = {};  // charged, or saved by it
    std::optional<payments::PaymentId> payment = {};
    std::optional<std::string> request_key = {};  // unique within the subscriber
    Instant created_at;
    Instant expires_at;
    std::optional<Instant> next_query_at = {};  // when the gateway is asked how it stands
    std::int64_t queries = 0;
    // Of a charge that was made by itself: for what, on which date, by which run.
    std::optional<payments::AutomaticPaymentId> automatic = {};
    std::optional<Date> automatic_on = {};
    std::optional<std::int64_t> automatic_run = {};
};
struct CheckoutRow {
    Checkout checkout;
    std::string subscriber_code;
    std::string method_code;
    std::string document_number;  // empty: a top-up
};
// Newest first.
struct CheckoutQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<CheckoutState> state = {};
    std::optional<CheckoutId> before = {};
    std::int64_t limit = 50;
};

// By the gateway's id of the event: what is here has had its effect.
struct StoredGatewayEvent {
    PaymentMethodId method;
    customers::OperatorId op;
    std::string event;
    std::string type;
    enum class State { done, ignored, to_be_booked } state;  // what the books could not take waits for a clerk
    std::string payment;
    std::string reference;
    std::optional<CheckoutId> checkout;
    std::optional<Money> amount;
    Instant received_at;
};

struct SavedMethod {
    SavedMethodId id;
    customers::SubscriberId subscriber;
    customers::OperatorId op;
    PaymentMethodId method;
    std::string token;
    std::string customer;
    std::string brand;
    std::string last4;
    int expires_month;
    int expires_year;
    Instant created_at;
};

class GatewayStore {
public:
    virtual ~GatewayStore() = default;

    virtual void add_payment_method(const PaymentMethod& method) = 0;
    virtual void update_payment_method(const PaymentMethod& method) = 0;  // all but its id, operator, code and gateway
    virtual std::vector<PaymentMethod> payment_methods(customers::OperatorId op) = 0;  // in their order

    // REQUIRES of all that write: the subscriber is held. Two open checkouts of one document violate a constraint.
    virtual void add_checkout(const Checkout& checkout) = 0;
    virtual void update_checkout(const Checkout& checkout) = 0;
    virtual std::optional<CheckoutRow> find_checkout(customers::OperatorId op, CheckoutId id) = 0;
    virtual std::optional<CheckoutRow> find_checkout(PaymentMethodId method, std::string_view gateway_payment) = 0;
    virtual std::optional<CheckoutRow> find_checkout_by_key(customers::SubscriberId subscriber,
                                                            std::string_view request_key) = 0;
    // Pending, or with an outcome that is not known.
    virtual std::optional<CheckoutRow> open_checkout_of(customers::SubscriberId subscriber,
                                                        invoicing::DocumentId document) = 0;
    virtual std::vector<CheckoutRow> checkouts(customers::OperatorId op, const CheckoutQuery& query) = 0;
    // Of all operators, longest due first.
    virtual std::vector<CheckoutRow> checkouts_to_query(Instant now, std::int64_t limit) = 0;

    // False, and nothing done, when it is there already.
    virtual bool add_gateway_event(const StoredGatewayEvent& event) = 0;
    virtual std::vector<StoredGatewayEvent> gateway_events(customers::OperatorId op, StoredGatewayEvent::State state,
                                                           std::int64_t limit) = 0;

    // Without effect when its token is there already. GIVES: its id.
    virtual SavedMethodId add_saved_method(const SavedMethod& saved) = 0;
    virtual std::vector<SavedMethod> saved_methods(customers::SubscriberId subscriber) = 0;  // oldest first
    virtual void remove_saved_method(customers::SubscriberId subscriber, SavedMethodId id) = 0;
};

}  // namespace sluice::app
