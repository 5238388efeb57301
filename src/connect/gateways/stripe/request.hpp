// A request to Stripe's API, and what came of it.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ports/gateway.hpp"

namespace sluice::connect::stripe {

// What the answers look like; Stripe keeps old versions going.
constexpr std::string_view api_version = "2026-10-28.endive";

using Form = std::vector<std::pair<std::string, std::string>>;
// application/x-www-form-urlencoded.
std::string encode(const Form& form);

// A payment that did not come about, by a card's bank or Stripe itself: no failure, an answer.
struct CardError {
    app::FailureReason reason;
    std::string message;
    std::string payment_intent;  // empty: none was made
};
// Reads Stripe's "error" object.
CardError read_card_error(const boost::json::object& error);

struct Answer {
    boost::json::object object;  // when there is no error
    std::optional<CardError> card_error = {};
};

class Api {
public:
    // REQUIRES: `access` outlives it.
    Api(std::string address, const app::GatewayAccess& access) : address_(std::move(address)), access_(access) {}

    // Throw GatewayRefused when Stripe says no, GatewayFailure when it does not say anything that helps.
    boost::json::object get(const std::string& path) const;
    // With a key, a repetition has no second effect and gets the first one's answer.
    boost::json::object post(const std::string& path, const Form& form, const std::string& idempotency_key = {}) const;
    // The same for what may be declined.
    Answer try_post(const std::string& path, const Form& form, const std::string& idempotency_key) const;

private:
    Answer send(const std::string& method, const std::string& path, const Form& form,
                const std::string& idempotency_key) const;

    std::string address_;
    const app::GatewayAccess& access_;
};

// Members of answers. What is missing or of another type is empty, none or zero.
std::string text_in(const boost::json::object& object, std::string_view member);
std::int64_t number_in(const boost::json::object& object, std::string_view member);
const boost::json::object* object_in(const boost::json::object& object, std::string_view member);
// The id of a member that is an id or, expanded, a whole object.
std::string id_in(const boost::json::object& object, std::string_view member);
// `member` in minor units of the object's "currency".
std::optional<Money> amount_in(const boost::json::object& object, std::string_view member);

}  // namespace sluice::connect::stripe
