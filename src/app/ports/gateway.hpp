// Payment gateways: card processors and the like. Each is a folder in src/connect/gateways and a line in its registry;
// whatever it does is said here, so that nothing else knows which ones there are.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ports/http_client.hpp"
#include "values/money.hpp"
#include "values/result.hpp"
#include "values/zone.hpp"

namespace sluice::app {

enum class Capability { hosted_checkout, saved_methods, charge_saved, refund, partial_refund, webhooks, test_mode };
std::string_view name_of(Capability capability);

// One field of the settings: forms are drawn from these.
struct SettingField {
    std::string name;  // "secret_key"
    std::string label;
    std::string hint;  // what it is, where it is found
    bool is_required;
    bool is_secret;  // shown masked
};
using GatewaySettings = std::map<std::string, std::string, std::less<>>;

struct GatewayDescription {
    std::string code;  // "stripe"
    std::string name;
    std::vector<Capability> capabilities;
    std::vector<SettingField> settings;
};

// No proper answer came: whether the request was carried out is not known.
class GatewayFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
// The gateway answered that it does not do it: nothing has been done.
class GatewayRefused : public GatewayFailure {
public:
    using GatewayFailure::GatewayFailure;
};

// What a request to a gateway is made with.
struct GatewayAccess {
    const GatewaySettings& settings;
    HttpClient& http;
};

struct CheckoutWish {
    std::string attempt;  // our id of it, which the gateway hands back; a repeated request has no second effect
    Money total;          // zero: nothing is paid, a card is only saved
    std::string description;
    std::string return_url;
    std::string cancel_url;
    Instant expires_at;
    std::string customer = {};  // the gateway's name of the payer, when there is one from before
    bool save_method = false;
};

// Where the payer goes: by a redirection, or by a form that posts `fields` there.
struct CheckoutPage {
    std::string reference;  // the gateway's name of the checkout
    std::string url;
    std::vector<std::pair<std::string, std::string>> fields = {};
};

// As much of a card as may be kept.
struct SavedCard {
    std::string token;     // the gateway's name of it
    std::string customer;  // the gateway's name of the payer
    std::string brand;
    std::string last4;
    int expires_month;
    int expires_year;
};

enum class OutcomeState { pending, succeeded, failed, expired, unknown };
enum class FailureReason {
    none,
    declined,           // another day may do
    declined_for_good,  // never with this card
    authentication_required,
    abandoned,  // by us, before money moved
    other
};
std::string_view name_of(FailureReason reason);

struct Outcome {
    OutcomeState state = OutcomeState::unknown;
    std::optional<Money> paid = {};
    std::string payment = {};  // the gateway's name of the payment, by which it is refunded
    FailureReason reason = FailureReason::none;
    std::string message = {};
    std::optional<SavedCard> card = {};
};

struct ChargeWish {
    std::string attempt;
    Money total;
    std::string description;
    std::string token;
    std::string customer;
};

struct RefundWish {
    std::string refund;   // our id of it: a repeated request has no second effect
    std::string payment;  // as in Outcome
    Money amount;
};
struct RefundOutcome {
    enum class State { pending, succeeded, failed } state;
    std::string reference;  // the gateway's name of the refund
};

// What a verified webhook says.
struct GatewayEvent {
    // refund_failed: what went back did not reach the payer, and is the operator's again.
    enum class About { checkout, refund, refund_failed, dispute_withdrew, dispute_returned, other };
    std::string id;    // the gateway's: the same event may come any number of times
    std::string type;  // in the gateway's words
    About about = About::other;
    std::string attempt = {};    // ours, where it is known
    std::string reference = {};  // of the checkout, charge, refund or dispute
    std::string payment = {};
    std::string refund = {};           // ours, of a refund that we have asked for
    std::optional<Money> amount = {};  // of a refund or dispute
    Outcome outcome = {};              // of a checkout or charge; of a refund that failed its message
};
enum class WebhookRefusal { not_signed, signature_wrong, too_old, malformed };
std::string_view message(WebhookRefusal refusal);

// Without a state of its own; from any thread.
class Gateway {
public:
    virtual ~Gateway() = default;

    virtual const GatewayDescription& description() const = 0;
    // What is wrong with settings that are complete, in words.
    virtual std::optional<std::string> fault_in(const GatewaySettings& settings, bool test_mode) const = 0;

    virtual CheckoutPage begin_checkout(const GatewayAccess& access, const CheckoutWish& wish) const = 0;
    // So that nobody can pay it any more. GIVES: expired, or what it is instead.
    virtual Outcome end_checkout(const GatewayAccess& access, const std::string& reference) const = 0;
    // Of a checkout or a charge. A charge that has not been carried out by now never will be.
    virtual Outcome status(const GatewayAccess& access, const std::string& reference, Currency currency) const = 0;
    // Without the payer. `money_may_move` is asked right before with the reference by which the outcome can be asked
    // for; when it says no, nothing is charged.
    virtual Outcome charge(const GatewayAccess& access, const ChargeWish& wish,
                           const std::function<bool(const std::string& reference)>& money_may_move) const = 0;
    virtual RefundOutcome refund(const GatewayAccess& access, const RefundWish& wish) const = 0;
    // The card cannot be charged any more.
    virtual void forget(const GatewayAccess& access, const std::string& token) const = 0;

    // `header`: the value of a header of the request, empty when there is none.
    virtual Result<GatewayEvent, WebhookRefusal> read_webhook(
        const GatewaySettings& settings, const std::function<std::string_view(std::string_view name)>& header,
        std::string_view body, Instant now) const = 0;
};

bool can(const Gateway& gateway, Capability capability);

using Gateways = std::vector<std::shared_ptr<const Gateway>>;
const Gateway* find_gateway(const Gateways& gateways, std::string_view code);

}  // namespace sluice::app
