#include "connect/gateways/stripe/stripe.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "connect/gateways/stripe/objects.hpp"
#include "connect/gateways/stripe/request.hpp"
#include "connect/gateways/stripe/signature.hpp"
#include "support/shop.hpp"

namespace sluice::connect::stripe {
namespace {

using app::FailureReason;
using app::OutcomeState;
using support::money;

const Currency usd = *Currency::from_code("USD");

// Answers what it was told to, and keeps what it was asked.
class Played final : public app::HttpClient {
public:
    app::HttpReply send(const app::HttpRequest& request) override {
        asked.push_back(request);
        if (answers.empty()) throw app::HttpFailure("connection reset");
        auto answer = answers.front();
        answers.pop_front();
        return answer;
    }
    std::deque<app::HttpReply> answers;
    std::vector<app::HttpRequest> asked;
};

class StripeGateway : public testing::Test {
protected:
    void answer(int status, const std::string& body) { http.answers.push_back({status, body}); }
    std::string asked(std::size_t at) { return http.asked.at(at).method + " " + http.asked.at(at).url; }
    std::string header(std::size_t at, const std::string& name) {
        for (const auto& [key, value] : http.asked.at(at).headers)
            if (key == name) return value;
        return {};
    }
    app::Outcome charge(bool may_move = true) {
        return stripe->charge(access,
                              {.attempt = "checkout_1",
                               .total = money("10.00"),
                               .description = "INV 1",
                               .token = "pm_1",
                               .customer = "cus_1"},
                              [&](const std::string& reference) {
                                  told = reference;
                                  return may_move;
                              });
    }

    std::shared_ptr<const app::Gateway> stripe = gateway();
    app::GatewaySettings settings{{"secret_key", "sk_test_1"}, {"webhook_secrets", "whsec_1 whsec_2"}};
    Played http;
    app::GatewayAccess access{settings, http};
    std::string told;
};

TEST_F(StripeGateway, FormsAreEncodedToTheLetter) {
    EXPECT_EQ(encode({{"a[b]", "1 €&="}, {"c", "x-._~"}}), "a%5Bb%5D=1%20%E2%82%AC%26%3D&c=x-._~");
    EXPECT_EQ(encode({}), "");
}

TEST_F(StripeGateway, ACheckoutIsAskedForOnceUnderItsKey) {
    answer(200, R"({"id": "cs_1", "url": "https://checkout.stripe.com/c/pay/cs_1"})");
    const auto page = stripe->begin_checkout(access, {.attempt = "checkout_1",
                                                      .total = money("103.00"),
                                                      .description = "INV 1",
                                                      .return_url = "https://example.com/paid",
                                                      .cancel_url = "https://example.com/",
                                                      .expires_at = Instant{std::chrono::seconds{5'000}}});
    EXPECT_EQ(page.reference, "cs_1");
    EXPECT_EQ(asked(0), "POST https://api.stripe.com/v1/checkout/sessions");
    EXPECT_EQ(header(0, "Authorization"), "Bearer sk_test_1");
    EXPECT_EQ(header(0, "Stripe-Version"), api_version);
    EXPECT_EQ(header(0, "Idempotency-Key"), "checkout_1-checkout");
    const auto& form = http.asked[0].body;
    for (const auto* part : {"mode=payment", "client_reference_id=checkout_1", "expires_at=5000",
                             "%5Bunit_amount%5D=10300", "%5Bcurrency%5D=usd", "metadata%5Bsluice_attempt%5D=checkout_1",
                             "payment_intent_data%5Bmetadata%5D%5Bsluice_attempt%5D=checkout_1"})
        EXPECT_NE(form.find(part), std::string::npos) << part << " in " << form;
    EXPECT_EQ(form.find("customer"), std::string::npos);
}

TEST_F(StripeGateway, AmountsThatStripeDoesNotTakeAreRefusedBeforeAnythingIsSent) {
    EXPECT_THROW(stripe->begin_checkout(access, {.attempt = "a", .total = money("1.234", "KWD")}), app::GatewayRefused);
    EXPECT_TRUE(http.asked.empty());
}

TEST_F(StripeGateway, WhatIsSaidOfFailuresTellsWhetherItWasDone) {
    const auto expect_refused = [&](int status) {
        answer(status, R"({"error": {"message": "no"}})");
        EXPECT_THROW(stripe->status(access, "cs_1", usd), app::GatewayRefused) << status;
    };
    for (const int status : {400, 401, 403, 404}) expect_refused(status);
    for (const int status : {409, 429, 500, 503}) {
        answer(status, R"({"error": {"message": "later"}})");
        try {
            stripe->status(access, "cs_1", usd);
            ADD_FAILURE() << status;
        } catch (const app::GatewayRefused&) {
            ADD_FAILURE() << status << " does not say that nothing was done";
        } catch (const app::GatewayFailure&) {
        }
    }
    for (const auto* body : {"", "no JSON", "[]"}) {
        answer(200, body);
        EXPECT_THROW(stripe->status(access, "cs_1", usd), app::GatewayFailure) << body;
    }
    EXPECT_THROW(stripe->status(access, "cs_1", usd), app::GatewayFailure) << "no answer at all";
}

TEST_F(StripeGateway, MoneyMovesUnderAReferenceThatWasToldBefore) {
    answer(200, R"({"id": "pi_1", "status": "requires_confirmation"})");
    answer(200, R"({"id": "pi_1", "status": "succeeded", "amount_received": 1000, "currency": "usd"})");
    const auto outcome = charge();
    EXPECT_EQ(told, "pi_1");
    EXPECT_EQ(outcome.state, OutcomeState::succeeded);
    EXPECT_EQ(outcome.paid, money("10.00"));
    EXPECT_EQ(outcome.payment, "pi_1");
    EXPECT_EQ(asked(1), "POST https://api.stripe.com/v1/payment_intents/pi_1/confirm");
    EXPECT_EQ(http.asked[1].body, "off_session=true");
}

TEST_F(StripeGateway, ALastLookThatSaysNoCancels) {
    answer(200, R"({"id": "pi_1", "status": "requires_confirmation"})");
    answer(200, R"({"id": "pi_1", "status": "canceled"})");
    const auto outcome = charge(false);
    EXPECT_EQ(outcome.state, OutcomeState::failed);
    EXPECT_EQ(outcome.reason, FailureReason::abandoned);
    EXPECT_EQ(asked(1), "POST https://api.stripe.com/v1/payment_intents/pi_1/cancel");
}

TEST_F(StripeGateway, DeclinesAreToldApart) {
    const auto reason = [&](const std::string& code, const std::string& decline) {
        answer(200, R"({"id": "pi_1", "status": "requires_confirmation"})");
        answer(402, R"({"error": {"code": ")" + code + R"(", "decline_code": ")" + decline + R"(", "message": "no"}})");
        return charge().reason;
    };
    EXPECT_EQ(reason("card_declined", "insufficient_funds"), FailureReason::declined);
    EXPECT_EQ(reason("card_declined", "stolen_card"), FailureReason::declined_for_good);
    EXPECT_EQ(reason("expired_card", ""), FailureReason::declined_for_good);
    EXPECT_EQ(reason("authentication_required", "authentication_required"), FailureReason::authentication_required);
}

TEST_F(StripeGateway, AChargeThatWasNotConfirmedIsCancelledWhenItIsAskedFor) {
    answer(200, R"({"id": "pi_1", "status": "requires_confirmation"})");
    answer(200, R"({"id": "pi_1", "status": "canceled"})");
    EXPECT_EQ(stripe->status(access, "pi_1", usd).state, OutcomeState::failed);
    EXPECT_EQ(asked(1), "POST https://api.stripe.com/v1/payment_intents/pi_1/cancel");
}

TEST_F(StripeGateway, AChargeThatIsConfirmedAtThatMomentIsFound) {
    answer(200, R"({"id": "pi_1", "status": "requires_confirmation"})");
    answer(400, R"({"error": {"code": "payment_intent_unexpected_state", "message": "succeeded"}})");
    answer(200, R"({"id": "pi_1", "status": "succeeded", "amount_received": 1000, "currency": "usd"})");
    EXPECT_EQ(stripe->status(access, "pi_1", usd).state, OutcomeState::succeeded);
}

TEST_F(StripeGateway, ARefundOfAPartSaysItsAmount) {
    answer(200, R"({"id": "re_1", "status": "pending"})");
    const auto refund = stripe->refund(access, {.refund = "refund_1", .payment = "pi_1", .amount = money("2.50")});
    EXPECT_EQ(refund.state, app::RefundOutcome::State::pending);
    EXPECT_EQ(refund.reference, "re_1");
    EXPECT_EQ(http.asked[0].body, "payment_intent=pi_1&amount=250&metadata%5Bsluice_refund%5D=refund_1");
    EXPECT_EQ(header(0, "Idempotency-Key"), "refund_1");
}

TEST_F(StripeGateway, SettingsFitTheirMode) {
    EXPECT_FALSE(stripe->fault_in(settings, true));
    EXPECT_TRUE(stripe->fault_in(settings, false));
    EXPECT_TRUE(stripe->fault_in({{"secret_key", "pk_live_1"}, {"webhook_secrets", "whsec_1"}}, false));
    EXPECT_FALSE(stripe->fault_in({{"secret_key", "rk_live_1"}, {"webhook_secrets", "whsec_1"}}, false));
    EXPECT_TRUE(stripe->fault_in({{"secret_key", "sk_test_1"}, {"webhook_secrets", "whsec_1, other"}}, true));
}

TEST_F(StripeGateway, AWebhookIsReadWhenItIsSignedWithEitherSecret) {
    const std::string body =
        R"({"object": "event", "id": "evt_1", "type": "checkout.session.completed", "data": {"object": {"id": "cs_1",
            "status": "complete", "payment_status": "paid", "payment_intent": "pi_1", "amount_total": 1000,
            "currency": "usd", "metadata": {"sluice_attempt": "checkout_1"}}}})";
    const auto read = [&](const std::string& secret) {
        const auto signature = "t=100,v1=" + hmac(secret, "100." + body);
        return stripe->read_webhook(
            settings,
            [&](std::string_view name) { return name == "Stripe-Signature" ? std::string_view(signature) : ""; }, body,
            Instant{std::chrono::seconds{100}});
    };
    EXPECT_TRUE(read("whsec_1"));
    EXPECT_FALSE(read("whsec_3"));
    const auto event = *read("whsec_2");
    EXPECT_EQ(event.id, "evt_1");
    EXPECT_EQ(event.attempt, "checkout_1");
    EXPECT_EQ(event.about, app::GatewayEvent::About::checkout);
    EXPECT_EQ(event.outcome.state, OutcomeState::succeeded);
    EXPECT_EQ(event.outcome.payment, "pi_1");
    EXPECT_EQ(event.outcome.paid, money("10.00"));
}

std::string event_about(const std::string& type, const std::string& object) {
    return R"({"object": "event", "id": "evt_1", "type": ")" + type + R"(", "data": {"object": )" + object + "}}";
}

TEST(StripeEvents, SayHowACheckoutStands) {
    const auto state = [](const std::string& type, const std::string& members) {
        return read_event(event_about(type, "{" + members + "}"))->outcome.state;
    };
    EXPECT_EQ(state("checkout.session.completed", R"("status": "complete", "payment_status": "unpaid")"),
              OutcomeState::pending);
    EXPECT_EQ(state("checkout.session.async_payment_failed", R"("status": "complete", "payment_status": "unpaid")"),
              OutcomeState::failed);
    EXPECT_EQ(state("checkout.session.expired", R"("status": "expired")"), OutcomeState::expired);
    EXPECT_EQ(state("checkout.session.completed", R"("status": "complete", "mode": "setup")"), OutcomeState::succeeded);
}

TEST(StripeEvents, TellOfMoneyThatGoesBack) {
    using About = app::GatewayEvent::About;
    const std::string money_back = R"({"id": "x_1", "payment_intent": "pi_1", "amount": 250, "currency": "usd")";
    const auto refund = *read_event(event_about("refund.created", money_back + R"(, "status": "succeeded"})"));
    EXPECT_EQ(refund.about, About::refund);
    EXPECT_EQ(refund.amount, money("2.50"));
    EXPECT_EQ(refund.payment, "pi_1");
    EXPECT_EQ(read_event(event_about("refund.created", money_back + R"(, "status": "pending"})"))->about, About::other);
    const auto failed = *read_event(event_about(
        "refund.failed", money_back + R"(, "status": "failed", "failure_reason": "expired_or_canceled_card"})"));
    EXPECT_EQ(failed.about, About::refund_failed);
    EXPECT_EQ(failed.outcome.message, "expired_or_canceled_card");
    for (const auto* type : {"refund.updated", "charge.refund.updated"})
        EXPECT_EQ(read_event(event_about(type, money_back + R"(, "status": "canceled"})"))->about,
                  About::refund_failed);
    EXPECT_EQ(read_event(event_about("charge.dispute.funds_withdrawn", money_back + "}"))->about,
              About::dispute_withdrew);
    EXPECT_EQ(read_event(event_about("charge.dispute.funds_reinstated", money_back + "}"))->about,
              About::dispute_returned);
    EXPECT_EQ(read_event(event_about("charge.dispute.created", money_back + "}"))->about, About::other)
        << "an inquiry moves no money";
}

TEST(StripeEvents, OfOtherKindsAreEventsAndOtherBodiesAreNone) {
    EXPECT_EQ(read_event(event_about("customer.created", "{}"))->about, app::GatewayEvent::About::other);
    for (const auto* body : {"", "{}", "[]", "null", R"({"object": "event", "id": "evt_1", "type": "x"})",
                             R"({"object": "event", "id": 5, "type": "x", "data": {"object": {}}})",
                             R"({"object": "event", "id": "evt_1", "type": "x", "data": {"object": []}})"})
        EXPECT_FALSE(read_event(body)) << body;
}

}  // namespace
}  // namespace sluice::connect::stripe
