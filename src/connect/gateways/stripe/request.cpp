#include "connect/gateways/stripe/request.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "connect/gateways/stripe/amounts.hpp"

namespace sluice::connect::stripe {
namespace {

namespace json = boost::json;

// Stripe answers within seconds; what takes longer has to be asked for again anyway. Tests have less patience.
long longest_seconds() {
    static const char* wish = std::getenv("SLUICE_STRIPE_SECONDS");
    return wish ? std::atol(wish) : 30;
}
constexpr std::size_t max_answer = 4 * 1024 * 1024;

// A card with one of these is not worth another try. Source: docs.stripe.com/declines/codes.
constexpr std::array<std::string_view, 13> for_good{"expired_card",
                                                    "incorrect_number",
                                                    "invalid_account",
                                                    "invalid_number",
                                                    "lost_card",
                                                    "new_account_information_available",
                                                    "pickup_card",
                                                    "restricted_card",
                                                    "revocation_of_all_authorizations",
                                                    "revocation_of_authorization",
                                                    "stolen_card",
                                                    "stop_payment_order",
                                                    "card_not_supported"};

app::FailureReason reason_of(std::string_view code, std::string_view decline_code) {
    if (code == "authentication_required" || decline_code == "authentication_required" ||
        code == "payment_intent_authentication_failure")
        return app::FailureReason::authentication_required;
    const auto is_for_good = [](std::string_view one) {
        return std::find(for_good.begin(), for_good.end(), one) != for_good.end();
    };
    return is_for_good(code) || is_for_good(decline_code) ? app::FailureReason::declined_for_good
                                                          : app::FailureReason::declined;
}

void append_encoded(std::string& text, std::string_view part) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : part) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                              c == '.' || c == '_' || c == '~';
        if (is_plain)
            text += c;
        else
            ((text += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
}

// What the outside world says is shown to clerks and kept: not endlessly.
std::string shortened(std::string text) {
    constexpr std::size_t longest = 200;
    if (text.size() <= longest) return text;
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
    return text.substr(0, end);
}

json::object parse(const std::string& body) {
    if (body.size() > max_answer) throw app::GatewayFailure("Stripe's answer is larger than any that is known");
    boost::system::error_code error;
    auto value = json::parse(body, error);
    auto* object = error ? nullptr : value.if_object();
    if (!object) throw app::GatewayFailure("Stripe's answer is no JSON object");
    return std::move(*object);
}

}  // namespace

std::string encode(const Form& form) {
    std::string text;
    for (const auto& [name, value] : form) {
        if (!text.empty()) text += '&';
        append_encoded(text, name);
        text += '=';
        append_encoded(text, value);
    }
    return text;
}

CardError read_card_error(const json::object& error) {
    CardError found{.reason = reason_of(text_in(error, "code"), text_in(error, "decline_code")),
                    .message = shortened(text_in(error, "message")),
                    .payment_intent = id_in(error, "payment_intent")};
    return found;
}

json::object Api::get(const std::string& path) const { return send("GET", path, {}, {}).object; }

json::object Api::post(const std::string& path, const Form& form, const std::string& idempotency_key) const {
    auto answer = send("POST", path, form, idempotency_key);
    if (answer.card_error) throw app::GatewayRefused("Stripe refuses: " + answer.card_error->message);
    return std::move(answer.object);
}

Answer Api::try_post(const std::string& path, const Form& form, const std::string& idempotency_key) const {
    return send("POST", path, form, idempotency_key);
}

Answer Api::send(const std::string& method, const std::string& path, const Form& form,
                 const std::string& idempotency_key) const {
    const auto key = access_.settings.find("secret_key");
    // What has a key may be sent twice, so that a connection is kept for many charges.
    app::HttpRequest request{.method = method,
                             .url = address_ + path,
                             .longest_seconds = longest_seconds(),
                             .only_once = method == "POST" && idempotency_key.empty()};
    request.headers = {{"Authorization", "Bearer " + (key == access_.settings.end() ? "" : key->second)},
                       {"Stripe-Version", std::string(api_version)}};
    if (!idempotency_key.empty()) request.headers.emplace_back("Idempotency-Key", idempotency_key);
    if (method == "POST") {
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.body = encode(form);
    }
    app::HttpReply reply;
    try {
        reply = access_.http.send(request);
    } catch (const app::HttpFailure& failure) {
        throw app::GatewayFailure(std::string("Stripe does not answer: ") + failure.what());
    }
    if (reply.status == 401 || reply.status == 403)
        throw app::GatewayRefused("Stripe does not accept the secret key of the payment method");
    // In the way of another request (409), too many (429), out of order (5xx): whether it was done is not said.
    if (reply.status == 409 || reply.status == 429 || reply.status >= 500)
        throw app::GatewayFailure("Stripe is busy or out of order (status " + std::to_string(reply.status) + ")");
    auto body = parse(reply.body);
    if (reply.status >= 200 && reply.status < 300) return {std::move(body)};
    const auto* error = object_in(body, "error");
    if (!error) throw app::GatewayFailure("Stripe answers with status " + std::to_string(reply.status));
    if (reply.status == 402) return {{}, read_card_error(*error)};
    throw app::GatewayRefused("Stripe refuses: " + shortened(text_in(*error, "message")));
}

std::string text_in(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

std::int64_t number_in(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    const auto* number = value ? value->if_int64() : nullptr;
    return number ? *number : 0;
}

const json::object* object_in(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    return value ? value->if_object() : nullptr;
}

std::string id_in(const json::object& object, std::string_view member) {
    const auto* whole = object_in(object, member);
    return whole ? text_in(*whole, "id") : text_in(object, member);
}

std::optional<Money> amount_in(const json::object& object, std::string_view member) {
    const auto currency = currency_of(text_in(object, "currency"));
    const auto* value = object.if_contains(member);
    const auto* number = value ? value->if_int64() : nullptr;
    if (!currency || !number) return std::nullopt;
    return from_stripe(*number, *currency);
}

}  // namespace sluice::connect::stripe
