#include "connect/gateways/stripe/signature.hpp"

#include <gtest/gtest.h>

namespace sluice::connect::stripe {
namespace {

using app::WebhookRefusal;

const std::string body = R"({"id":"evt_1"})";
const std::string secret = "whsec_one";

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

std::string signed_at(std::int64_t seconds, const std::string& with = secret) {
    return "t=" + std::to_string(seconds) + ",v1=" + hmac(with, std::to_string(seconds) + "." + body);
}

std::optional<WebhookRefusal> check(const std::string& header, std::int64_t now = 1'000,
                                    const std::vector<std::string>& secrets = {secret}) {
    return check_signature(header, body, secrets, at(now));
}

// RFC 4231, test case 2.
TEST(StripeSignature, IsAnHmacAsTheStandardSays) {
    EXPECT_EQ(hmac("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(StripeSignature, IsGoodForFiveMinutes) {
    EXPECT_FALSE(check(signed_at(1'000)));
    EXPECT_FALSE(check(signed_at(700)));
    EXPECT_EQ(check(signed_at(699)), WebhookRefusal::too_old);
    EXPECT_FALSE(check(signed_at(1'100))) << "their clock may be ahead";
}

TEST(StripeSignature, OfAnotherBodyTimeOrSecretIsWrong) {
    EXPECT_EQ(check_signature(signed_at(1'000), body + " ", {secret}, at(1'000)), WebhookRefusal::signature_wrong);
    auto later = signed_at(1'000);
    later.replace(2, 4, "1001");
    EXPECT_EQ(check(later), WebhookRefusal::signature_wrong);
    EXPECT_EQ(check(signed_at(1'000, "whsec_other")), WebhookRefusal::signature_wrong);
    EXPECT_EQ(check(signed_at(1'000), 1'000, {}), WebhookRefusal::signature_wrong);
}

TEST(StripeSignature, MayBeOneOfSeveralWithOneOfSeveralSecrets) {
    const auto two = signed_at(1'000, "whsec_old") + ",v1=" + hmac(secret, "1000." + body) + ",v0=abc";
    EXPECT_FALSE(check(two));
    EXPECT_FALSE(check(signed_at(1'000, "whsec_two"), 1'000, {secret, "whsec_two"}));
}

TEST(StripeSignature, ThatIsNoneIsToldApart) {
    for (const auto* header : {"", "v1=abc", "t=1000", "t=,v1=", "t=abc,v1=00", "t=-5,v1=00", ",,,", "t=1000,v0=abc"})
        EXPECT_EQ(check(header), WebhookRefusal::not_signed) << header;
    EXPECT_EQ(check("t=1000,v1="), WebhookRefusal::signature_wrong);
}

}  // namespace
}  // namespace sluice::connect::stripe
