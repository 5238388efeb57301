#include "connect/gateways/stripe/stripe.hpp"

#include <cstdlib>

#include "connect/gateways/stripe/amounts.hpp"
#include "connect/gateways/stripe/objects.hpp"
#include "connect/gateways/stripe/request.hpp"
#include "connect/gateways/stripe/signature.hpp"

namespace sluice::connect::stripe {
namespace {

namespace json = boost::json;
using app::Capability;
using app::Outcome;
using app::OutcomeState;

const std::string sessions = "/v1/checkout/sessions";
const std::string intents = "/v1/payment_intents";
const std::string expanded = "?expand[]=payment_intent.payment_method&expand[]=setup_intent.payment_method";

std::int64_t unix_seconds(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::int64_t amount_of(Money money) {
    const auto amount = to_stripe(money);
    if (!amount)
        throw app::GatewayRefused("Stripe takes no " + money.text() + " " + std::string(money.currency().code()));
    return *amount;
}

// Secrets one a line or with spaces between them.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',';
        if (!is_space) word += c;
        if (is_space && !word.empty()) words.push_back(std::exchange(word, {}));
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string_view setting(const app::GatewaySettings& settings, std::string_view name) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string_view{} : std::string_view(found->second);
}

app::GatewayDescription describe() {
    return {
        .code = "stripe",
        .name = "Stripe",
        .capabilities = {Capability::hosted_checkout, Capability::saved_methods, Capability::charge_saved,
                         Capability::refund, Capability::partial_refund, Capability::webhooks, Capability::test_mode},
        .settings = {
            {.name = "secret_key",
             .label = "Secret key",
             .hint = "sk_live_… or sk_test_…, or a restricted key rk_…: Stripe's dashboard, Developers, API keys",
             .is_required = true,
             .is_secret = true},
            {.name = "webhook_secrets",
             .label = "Webhook secrets",
             .hint = "whsec_… of the endpoint; several, with spaces between them, while one is replaced",
             .is_required = true,
             .is_secret = true}}};
}

class Stripe final : public app::Gateway {
public:
    Stripe() : description_(describe()) {
        const char* elsewhere = std::getenv("SLUICE_STRIPE_API");
        address_ = elsewhere ? elsewhere : "https://api.stripe.com";
    }

    const app::GatewayDescription& description() const override { return description_; }

    std::optional<std::string> fault_in(const app::GatewaySettings& settings, bool test_mode) const override {
        const auto key = setting(settings, "secret_key");
        const std::string mode = test_mode ? "test" : "live";
        if (!key.starts_with("sk_" + mode + "_") && !key.starts_with("rk_" + mode + "_"))
            return "the secret key must begin with sk_" + mode + "_ or rk_" + mode + "_" +
                   (test_mode ? ", since the method is in test mode" : ", since the method is not in test mode");
        for (const auto& secret : words_of(setting(settings, "webhook_secrets")))
            if (!secret.starts_with("whsec_")) return "each webhook secret begins with whsec_";
        return std::nullopt;
    }

    app::CheckoutPage begin_checkout(const app::GatewayAccess& access, const app::CheckoutWish& wish) const override {
        Form form{{"mode", wish.total.is_zero() ? "setup" : "payment"},
                  {"client_reference_id", wish.attempt},
                  {"success_url", wish.return_url},
                  {"cancel_url", wish.cancel_url},
                  {"expires_at", std::to_string(unix_seconds(wish.expires_at))},
                  {"metadata[" + std::string(attempt_key) + "]", wish.attempt}};
        if (wish.total.is_zero())
            form.emplace_back("currency", code_at_stripe(wish.total.currency()));
        else
            add_payment(form, wish);
        if (!wish.customer.empty())
            form.emplace_back("customer", wish.customer);
        else if (wish.save_method)
            form.emplace_back("customer_creation", "always");
        const auto session = api(access).post(sessions, form, wish.attempt + "-checkout");
        app::CheckoutPage page{.reference = text_in(session, "id"), .url = text_in(session, "url")};
        if (page.reference.empty() || page.url.empty()) throw app::GatewayFailure("Stripe's answer names no page");
        return page;
    }

    Outcome end_checkout(const app::GatewayAccess& access, const std::string& reference) const override {
        try {
            return outcome_of_session(api(access).post(sessions + "/" + reference + "/expire", {}));
        } catch (const app::GatewayRefused&) {
            return status(access, reference, *currency_of("usd"));  // it is not open any more: how does it stand?
        }
    }

    Outcome status(const app::GatewayAccess& access, const std::string& reference, Currency) const override {
        if (reference.starts_with("cs_"))
            return outcome_of_session(api(access).get(sessions + "/" + reference + expanded));
        return status_of_intent(access, reference);
    }

    Outcome charge(const app::GatewayAccess& access, const app::ChargeWish& wish,
                   const std::function<bool(const std::string&)>& money_may_move) const override {
        const Form form{{"amount", std::to_string(amount_of(wish.total))},
                        {"currency", code_at_stripe(wish.total.currency())},
                        {"customer", wish.customer},
                        {"payment_method", wish.token},
                        {"payment_method_types[0]", "card"},
                        {"description", wish.description},
                        {"metadata[" + std::string(attempt_key) + "]", wish.attempt}};
        const auto created = api(access).post(intents, form, wish.attempt + "-create");
        const auto id = text_in(created, "id");
        if (id.empty()) throw app::GatewayFailure("Stripe's answer names no payment");
        if (!money_may_move(id)) return cancelled(access, id);
        const auto answer =
            api(access).try_post(intents + "/" + id + "/confirm", {{"off_session", "true"}}, wish.attempt + "-confirm");
        if (!answer.card_error) return outcome_of_intent(answer.object);
        return {.state = OutcomeState::failed,
                .payment = id,
                .reason = answer.card_error->reason,
                .message = answer.card_error->message};
    }

    app::RefundOutcome refund(const app::GatewayAccess& access, const app::RefundWish& wish) const override {
        const auto refund = api(access).post("/v1/refunds",
                                             {{"payment_intent", wish.payment},
                                              {"amount", std::to_string(amount_of(wish.amount))},
                                              {"metadata[sluice_refund]", wish.refund}},
                                             wish.refund);
        const auto status = text_in(refund, "status");
        using State = app::RefundOutcome::State;
        return {status == "succeeded"                        ? State::succeeded
                : status == "failed" || status == "canceled" ? State::failed
                                                             : State::pending,
                text_in(refund, "id")};
    }

    void forget(const app::GatewayAccess& access, const std::string& token) const override {
        api(access).post("/v1/payment_methods/" + token + "/detach", {});
    }

    Result<app::GatewayEvent, app::WebhookRefusal> read_webhook(
        const app::GatewaySettings& settings, const std::function<std::string_view(std::string_view)>& header,
        std::string_view body, Instant now) const override {
        const auto secrets = words_of(setting(settings, "webhook_secrets"));
        if (const auto refusal = check_signature(header("Stripe-Signature"), body, secrets, now))
            return Refused{*refusal};
        auto event = read_event(body);
        if (!event) return Refused{app::WebhookRefusal::malformed};
        return std::move(*event);
    }

private:
    Api api(const app::GatewayAccess& access) const { return {address_, access}; }

    static void add_payment(Form& form, const app::CheckoutWish& wish) {
        const std::string item = "line_items[0]";
        form.emplace_back(item + "[quantity]", "1");
        form.emplace_back(item + "[price_data][currency]", code_at_stripe(wish.total.currency()));
        form.emplace_back(item + "[price_data][unit_amount]", std::to_string(amount_of(wish.total)));
        form.emplace_back(item + "[price_data][product_data][name]", wish.description);
        form.emplace_back("payment_intent_data[description]", wish.description);
        form.emplace_back("payment_intent_data[metadata][" + std::string(attempt_key) + "]", wish.attempt);
        if (wish.save_method) form.emplace_back("payment_intent_data[setup_future_usage]", "off_session");
    }

    // What has not been confirmed, or waits for the card's holder, is cancelled: it cannot be charged any more.
    Outcome status_of_intent(const app::GatewayAccess& access, const std::string& id) const {
        const auto intent = api(access).get(intents + "/" + id + "?expand[]=payment_method");
        const auto status = text_in(intent, "status");
        if (status == "requires_confirmation" || status == "requires_action") return cancelled(access, id);
        return outcome_of_intent(intent);
    }
    Outcome cancelled(const app::GatewayAccess& access, const std::string& id) const {
        try {
            return outcome_of_intent(api(access).post(intents + "/" + id + "/cancel", {}));
        } catch (const app::GatewayRefused&) {
            return outcome_of_intent(api(access).get(intents + "/" + id));  // confirmed at this very moment
        }
    }

    app::GatewayDescription description_;
    std::string address_;
};

}  // namespace

std::shared_ptr<const app::Gateway> gateway() { return std::make_shared<Stripe>(); }

}  // namespace sluice::connect::stripe
