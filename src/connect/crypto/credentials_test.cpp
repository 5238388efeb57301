#include "connect/crypto/credentials.hpp"

#include <gtest/gtest.h>

namespace sluice::connect {
namespace {

TEST(Credentials, AHashMatchesItsPasswordAlone) {
    const auto maker = credentials();
    const auto hash = maker->hash("correct horse battery");
    EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
    EXPECT_TRUE(maker->matches(hash, "correct horse battery"));
    EXPECT_FALSE(maker->matches(hash, "correct horse batterY"));
    EXPECT_NE(hash, maker->hash("correct horse battery")) << "salted";
}

TEST(Credentials, NothingMatchesWhereThereIsNoPassword) {
    const auto maker = credentials();
    EXPECT_FALSE(maker->matches("", ""));
    EXPECT_FALSE(maker->matches("", "the password of nobody"));
    EXPECT_FALSE(maker->matches("no hash at all", "x"));
}

// RFC 6238, appendix B, SHA-1; of its eight digits the last six.
TEST(Credentials, CodesAreThoseOfTheStandard) {
    const auto maker = credentials();
    const std::string_view secret = "12345678901234567890";
    EXPECT_EQ(maker->code_at(secret, 59 / 30), "287082");
    EXPECT_EQ(maker->code_at(secret, 1'111'111'109 / 30), "081804");
    EXPECT_EQ(maker->code_at(secret, 1'111'111'111 / 30), "050471");
    EXPECT_EQ(maker->code_at(secret, 1'234'567'890 / 30), "005924");
    EXPECT_EQ(maker->code_at(secret, 2'000'000'000 / 30), "279037");
    EXPECT_EQ(maker->code_at(secret, 20'000'000'000 / 30), "353130");
}

}  // namespace
}  // namespace sluice::connect
