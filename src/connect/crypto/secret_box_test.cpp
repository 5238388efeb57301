#include "connect/crypto/secret_box.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace sluice::connect {
namespace {

const std::string a_key(64, '7');

class KeyFile : public testing::Test {
protected:
    ~KeyFile() override { std::filesystem::remove(path); }
    const std::string path = testing::TempDir() + "secret-box-" + std::to_string(::getpid()) + ".key";
};

TEST(SecretBox, GivesBackWhatWasSealedAndNeverSealsTheSameTwice) {
    const auto box = secret_box(a_key, "");
    const auto sealed = box->seal("sk_live_1");
    EXPECT_EQ(box->open(sealed), "sk_live_1");
    EXPECT_EQ(sealed.find("sk_live"), std::string::npos);
    EXPECT_NE(box->seal("sk_live_1"), sealed);
    EXPECT_EQ(box->open(box->seal("")), "");
}

TEST(SecretBox, OpensNothingThatWasTouchedOrSealedWithAnotherKey) {
    const auto box = secret_box(a_key, "");
    auto sealed = box->seal("sk_live_1");
    EXPECT_THROW(secret_box(std::string(64, '8'), "")->open(sealed), app::SecretsUnavailable);
    sealed[40] = sealed[40] == 'A' ? 'B' : 'A';
    EXPECT_THROW(box->open(sealed), app::SecretsUnavailable);
    EXPECT_THROW(box->open("no base64!"), app::SecretsUnavailable);
    EXPECT_THROW(box->open(""), app::SecretsUnavailable);
}

TEST_F(KeyFile, IsMadeWithTheFirstSecretForItsOwnerAlone) {
    const auto sealed = secret_box("", path)->seal("secret");
    EXPECT_EQ(secret_box("", path)->open(sealed), "secret");
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(KeyFile, ThatIsGoneIsToldAndNotMadeAnew) {
    const auto sealed = secret_box("", path)->seal("secret");
    std::filesystem::remove(path);
    EXPECT_THROW(secret_box("", path)->open(sealed), app::SecretsUnavailable);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(KeyFile, WithSomethingElseInItIsRefused) {
    std::ofstream(path) << "not a key\n";
    EXPECT_THROW(secret_box("", path)->seal("secret"), app::SecretsUnavailable);
    EXPECT_THROW(secret_box("77", "")->seal("secret"), app::SecretsUnavailable);
    EXPECT_THROW(secret_box("", "")->seal("secret"), app::SecretsUnavailable);
}

}  // namespace
}  // namespace sluice::connect
