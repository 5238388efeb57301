#include "app/sign_in.hpp"

#include <gtest/gtest.h>

namespace sluice::app {
namespace {

using std::chrono::seconds;

constexpr Instant now{std::chrono::seconds{1'800'000'000}};

class Steps final : public Credentials {
    std::string hash(std::string_view) const override { return {}; }
    bool matches(std::string_view, std::string_view) const override { return false; }
    std::string code_at(std::string_view, std::int64_t step) const override { return std::to_string(step); }
};

User owner(std::int64_t id, std::optional<std::int64_t> op) {
    return {.id = UserId{id},
            .login = "u",
            .name = "u",
            .language = "en",
            .grants = {{op ? std::optional(customers::OperatorId{*op}) : std::nullopt, StaffRole::owner}},
            .created_at = now};
}

TEST(Passwords, AreOfTwelveToAHundredAndTwentyEightCharacters) {
    EXPECT_TRUE(password_fault("elevenchars", "a@b.c"));
    EXPECT_FALSE(password_fault("twelve chars", "a@b.c"));
    std::string letters;
    for (int i = 0; i < 64; ++i) letters += "ä€";
    EXPECT_FALSE(password_fault(letters, "a@b.c")) << "characters, not bytes";
    EXPECT_TRUE(password_fault(letters + "x", "a@b.c"));
    EXPECT_TRUE(password_fault("ääääääääbcd", "a@b.c")) << "eleven, though of more bytes";
}

TEST(Passwords, ThatEverybodyTriesAreRefused) {
    EXPECT_TRUE(password_fault("Password1234", "a@b.c"));
    EXPECT_TRUE(password_fault("zzzzzzzzzzzz", "a@b.c"));
    EXPECT_TRUE(password_fault("Ann@Metro.Example", "ann@metro.example"));
    EXPECT_FALSE(password_fault("Ann@Metro.Example!", "ann@metro.example"));
}

TEST(Waiting, DoublesUpToAQuarterOfAnHour) {
    EXPECT_EQ(wait_after(AttemptsOf::login, 4), seconds{0});
    EXPECT_EQ(wait_after(AttemptsOf::login, 5), seconds{1});
    EXPECT_EQ(wait_after(AttemptsOf::login, 8), seconds{8});
    EXPECT_EQ(wait_after(AttemptsOf::login, 15), seconds{900});
    EXPECT_EQ(wait_after(AttemptsOf::login, 1'000'000), seconds{900});
    EXPECT_EQ(wait_after(AttemptsOf::address, 19), seconds{0});
    EXPECT_EQ(wait_left(AttemptsOf::login, {8, now - seconds{5}}, now), seconds{3});
    EXPECT_EQ(wait_left(AttemptsOf::login, {8, now - seconds{8}}, now), seconds{0});
    EXPECT_EQ(with_another({8, now - std::chrono::hours{25}}, now).failures, 1);
}

TEST(SecondFactor, TakesACodeOnceAndOnlyOfItsTime) {
    const Steps steps;
    const std::int64_t present = 1'800'000'000 / 30;
    const auto taken = [&](std::int64_t code, std::int64_t last) {
        return step_of_code(steps, "s", std::to_string(code), last, now);
    };
    EXPECT_EQ(taken(present, 0), present);
    EXPECT_EQ(taken(present - 1, 0), present - 1);
    EXPECT_EQ(taken(present + 1, 0), present + 1);
    EXPECT_EQ(taken(present, present), std::nullopt) << "once";
    EXPECT_EQ(taken(present - 1, present), std::nullopt) << "nor an earlier one";
    EXPECT_EQ(taken(present - 2, 0), std::nullopt);
    EXPECT_EQ(taken(present + 2, 0), std::nullopt);
    EXPECT_EQ(base32("12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(plain_code("AB12-cd 34"), "ab12cd34");
}

TEST(LastOwner, CanBeNeitherDisabledNorDemoted) {
    auto changed = owner(1, std::nullopt);
    changed.disabled = true;
    EXPECT_TRUE(leaves_no_owner({owner(1, std::nullopt)}, changed));
    EXPECT_FALSE(leaves_no_owner({owner(1, std::nullopt), owner(2, std::nullopt)}, changed));
    EXPECT_TRUE(leaves_no_owner({owner(1, std::nullopt), owner(2, 7)}, changed))
        << "an operator's is not the platform's";
    auto demoted = owner(2, 7);
    demoted.grants.front().role = StaffRole::clerk;
    EXPECT_TRUE(leaves_no_owner({owner(2, 7)}, demoted));
    EXPECT_FALSE(leaves_no_owner({owner(2, 7), owner(1, std::nullopt)}, demoted)) << "the platform's owner is left";
    auto renamed = owner(1, std::nullopt);
    renamed.name = "other";
    EXPECT_FALSE(leaves_no_owner({owner(1, std::nullopt)}, renamed));
}

}  // namespace
}  // namespace sluice::app
