// Being paid through gateways, exactly once. Each use case is a row that says what is under way, a call to the gateway,
// and the row again with what came of it: while a gateway is waited for no transaction is open and nothing is held.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/commands.hpp"
#include "app/ports/gateway.hpp"
#include "app/ports/gateway_store.hpp"
#include "app/ports/secret_box.hpp"

namespace sluice::app {

// A transaction at work. What it does may have to be done again from the beginning.
struct Books {
    Store& store;
    Commands& commands;
    IdSource& ids;
};
using InBooks = std::function<void(const std::function<void(Books&)>& step)>;

struct CheckoutTools {
    const Gateways& gateways;
    SecretBox& secrets;
    HttpClient& http;
    InBooks in_books;
    Instant now;
    Date today;  // in the operator's zone
};

// What is to be paid: a document, or so much ahead; with neither, a card is saved and nothing is paid.
struct PayWish {
    std::string subscriber;
    std::optional<std::string> document = {};  // its number
    std::optional<Money> amount = {};
    std::optional<std::string> request_key = {};  // a repetition gets what the first one made
};

struct BeginCheckout {
    PayWish what;
    std::string method;
    bool save_method = false;
    std::string return_url;
    std::string cancel_url;
};

struct ChargeSaved {
    PayWish what;
    SavedMethodId saved;
};

struct CheckoutStart;

class Checkouts {
public:
    explicit Checkouts(CheckoutTools tools) : tools_(std::move(tools)) {}

    // GIVES: a checkout with the page to pay on. One that is under way already for the same document is given again, or
    // ended at the gateway before another one begins: never can two of them be paid.
    Result<CheckoutRow, Refusal> begin(const BeginCheckout& wish);
    // GIVES: the checkout, succeeded, failed or, when the gateway did not say, unknown until it is asked.
    Result<CheckoutRow, Refusal> charge(const ChargeSaved& wish);
    // The second half of it: a charge that is written is carried out.  REQUIRES: `made`, with its method and token.
    // `again`: asked when the gateway did not answer before money could move, how often so far; it may wait.
    Result<CheckoutRow, Refusal> carry_out(const CheckoutStart& opened,
                                           const std::function<bool(int failures)>& again = {});
    // Asks the gateway how it stands.
    Result<CheckoutRow, Refusal> query(CheckoutId checkout);
    // What a gateway tells, whenever, in whatever order and however often.
    void receive(const PaymentMethod& method, const GatewayEvent& event);

    Result<Done, Refusal> forget(const std::string& subscriber, SavedMethodId saved);

private:
    Result<CheckoutStart, Refusal> start(const std::function<CheckoutStart(Books&)>& prepare);
    void end_what_is_in_the_way(const CheckoutRow& row, const PaymentMethod& method);
    Result<CheckoutRow, Refusal> fail(const CheckoutRow& row, RefusalCode code, const std::string& message);
    Result<CheckoutRow, Refusal> not_told(const CheckoutRow& row, const std::string& why);
    CheckoutRow settle(const CheckoutRow& row, const Outcome& outcome, bool was_asked);

    CheckoutTools tools_;
};

}  // namespace sluice::app
