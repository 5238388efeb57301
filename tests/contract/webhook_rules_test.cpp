// What Standard Webhooks says of signatures, and when a delivery is tried again.
#include "app/webhooks.hpp"

#include <gtest/gtest.h>

#include "app/base64.hpp"
#include "connect/crypto/sha256_hasher.hpp"

namespace sluice::app {
namespace {

std::string hex_of(std::string_view bytes) {
    Hash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<unsigned char>(bytes[i]);
    return hex(hash);
}

TEST(Base64, IsThatOfRfc4648) {
    for (const auto& [bytes, text] : {std::pair("", ""),
                                      {"f", "Zg=="},
                                      {"fo", "Zm8="},
                                      {"foo", "Zm9v"},
                                      {"foob", "Zm9vYg=="},
                                      {"fooba", "Zm9vYmE="}}) {
        EXPECT_EQ(base64(bytes), text);
        EXPECT_EQ(parse_base64(text), bytes);
    }
    for (const auto* wrong : {"Zg", "Zg=", "Z===", "Zh==", "Z g=", "=Zg=", "Zg==Zg=="})
        EXPECT_FALSE(parse_base64(wrong));
}

TEST(Hmac, IsThatOfRfc4231) {
    const auto hasher = connect::sha256_hasher();
    EXPECT_EQ(hex_of(hmac(*hasher, std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex_of(hmac(*hasher, "Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex_of(hmac(*hasher, std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(WebhookSignature, IsThatOfStandardWebhooks) {
    EXPECT_EQ(webhook_signature(*connect::sha256_hasher(), "whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf",
                                "1731705121", R"({"event_type":"ping","data":{"success":true}})"),
              "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
}

TEST(WebhookUrl, IsHttpsWithoutAUserOrAFragment) {
    EXPECT_FALSE(fault_in_webhook_url("https://crm.example.com/sluice?key=1", false));
    EXPECT_FALSE(fault_in_webhook_url("http://127.0.0.1:8080/", true));
    for (const auto* wrong :
         {"http://crm.example.com/", "ftp://crm.example.com/", "https://", "https:///path",
          "https://user@crm.example.com/", "https://crm.example.com/#part", "https://crm.example.com/a b",
          "https://crm.example.com/\r\nX: y", "https://crm.ex\xC3\xA4mple.com/"})
        EXPECT_TRUE(fault_in_webhook_url(wrong, false)) << wrong;
}

TEST(WebhookDeliveryAfterAnAttempt, IsTriedLaterAndLaterAndThenGivenUp) {
    const Instant now{std::chrono::hours{1}};
    WebhookDelivery delivery{.id = WebhookDeliveryId{1}, .endpoint = WebhookEndpointId{1}, .event_type = {}};
    auto before = std::chrono::microseconds{0};
    std::chrono::microseconds all{0};
    while (delivery.state == DeliveryState::waiting) {
        conclude(delivery, {.status = 500, .reason = "answered 500"}, now);
        if (!delivery.next_attempt_at) break;
        const auto wait = *delivery.next_attempt_at - now;
        EXPECT_GE(wait, before);
        before = wait;
        all += wait;
    }
    EXPECT_EQ(delivery.state, DeliveryState::given_up);
    EXPECT_EQ(delivery.attempts, 11);
    EXPECT_EQ(delivery.ended_at, now);
    EXPECT_GT(all, std::chrono::hours{48});
}

TEST(WebhookDeliveryAfterAnAttempt, IsNeverAskedForAgainAtAnAddressThatIsGone) {
    WebhookDelivery delivery{.id = WebhookDeliveryId{1}, .endpoint = WebhookEndpointId{1}, .event_type = {}};
    conclude(delivery, {.status = 410, .reason = "answered 410"}, Instant{});
    EXPECT_EQ(delivery.state, DeliveryState::given_up);
}

TEST(WebhookDeliveryAfterAnAttempt, IsDeliveredWhenItWasTaken) {
    WebhookDelivery delivery{.id = WebhookDeliveryId{1}, .endpoint = WebhookEndpointId{1}, .event_type = {}};
    conclude(delivery, {.status = 204}, Instant{});
    EXPECT_EQ(delivery.state, DeliveryState::delivered);
    EXPECT_FALSE(delivery.next_attempt_at);
}

}  // namespace
}  // namespace sluice::app
