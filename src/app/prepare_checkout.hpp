// The first step of being paid through a gateway, in one transaction: what is to be paid, whether it may be, and a row
// that says that it is under way.
#pragma once

#include "app/checkouts.hpp"

namespace sluice::app {

// Long enough to find a card, short enough not to keep a document locked. Stripe takes half an hour to a day.
constexpr std::chrono::minutes page_is_open{60};

// Just one of the first four is there: why not, a checkout that is known already, one that has to be ended before, or a
// new one.
struct CheckoutStart {
    std::optional<Refusal> refusal = {};
    std::optional<CheckoutRow> known = {};
    std::optional<CheckoutRow> in_the_way = {};
    std::optional<CheckoutRow> made = {};
    std::optional<PaymentMethod> method = {};
    std::string customer = {};  // the gateway's name of the payer
    std::string token = {};     // of a saved method
    std::string description = {};
};

// `choose` finds the payment method and, where there is one, the saved method.
CheckoutStart prepare_checkout(
    Books& books, const PayWish& wish, CheckoutKind kind, bool saves_method, Instant now,
    const std::function<std::optional<Refusal>(const customers::Subscriber&, CheckoutStart&)>& choose);

// What the payer reads at the gateway.
std::string description_of(const CheckoutRow& row, const customers::Operator& op);

// "there is no document of ann \"INV-1\""
Refusal unknown_thing(RefusalCode code, const std::string& what, const std::string& name);

}  // namespace sluice::app
