// Payment methods and checkouts from the command line. No gateway is reached from here.
#include <filesystem>

#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

class PaymentMethods : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
        write("key.txt", "sk_test_51Nx8w7RQ0\n");
    }
    Outcome run(const std::string& arguments, const std::string& environment = "") {
        return sluice(arguments + db(), "SLUICE_STRIPE_API=http://127.0.0.1:1 " + environment);
    }
    Outcome create(const std::string& more = "") {
        return run("payment-methods create card --test-mode --enable --setting secret_key=@" + file("key.txt") +
                   " --setting webhook_secrets=whsec_1 " + more);
    }
};

TEST_F(PaymentMethods, AreMadeListedAndChanged) {
    EXPECT_TRUE(has(run("payment-methods list").out, "No payment methods yet"));
    const auto made = create("--percent 2 --fixed 1.00 --on-top");
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(has(made.out, "/webhooks/greentower/card")) << made.out;
    const auto listed = run("payment-methods list");
    EXPECT_TRUE(has(listed.out, "stripe (test)") && has(listed.out, "2 % + 1.00 on top")) << listed.out;
    EXPECT_EQ(run("payment-methods update card --disable").status, 0);
    EXPECT_TRUE(has(run("payment-methods list").out, "not enabled"));
    const auto json = run("payment-methods list --json").out;
    EXPECT_TRUE(has(json, "…7RQ0")) << json;
    EXPECT_FALSE(has(json, "sk_test_51Nx8w")) << json;
}

TEST_F(PaymentMethods, NeedTheKeyThatTheirSettingsWereSealedWith) {
    ASSERT_EQ(create().status, 0);
    ASSERT_TRUE(fs::exists(file("store.db.key")));
    const auto begin = "checkouts begin greentower --method card --amount 5.00 --return-url https://example.com";
    EXPECT_TRUE(has(run(begin).err, "Stripe does not answer"));
    fs::remove(file("store.db.key"));
    const auto lost = run(begin);
    EXPECT_EQ(lost.status, 3);
    EXPECT_TRUE(has(lost.err, "store.db.key, is not there")) << lost.err;
    EXPECT_EQ(run("payment-methods list").status, 0) << "all else is there";
    EXPECT_TRUE(has(run(begin, "SLUICE_SECRET_KEY=abc").err, "not 64 hexadecimal digits"));
}

TEST_F(PaymentMethods, ThatDoNotFitAreToldHow) {
    EXPECT_TRUE(has(run("payment-methods create card --enable").err, "\"secret_key\" is missing"));
    EXPECT_TRUE(has(run("payment-methods create card --setting secret_key").err, "write NAME=VALUE"));
    EXPECT_TRUE(has(run("payment-methods create card --setting secret_key=@none").err, "cannot be read"));
    EXPECT_TRUE(has(run("payment-methods create card --gateway bank").err, "there is no gateway \"bank\""));
    EXPECT_EQ(run("payment-methods update card --name X").status, 2);
}

TEST_F(PaymentMethods, AFailedCheckoutIsListedWithItsReason) {
    ASSERT_EQ(create().status, 0);
    EXPECT_EQ(run("checkouts begin greentower --method card --amount 5.00 --return-url https://example.com").status, 3);
    const auto listed = run("checkouts list --subscriber greentower");
    EXPECT_TRUE(has(listed.out, "(in advance)") && has(listed.out, "failed")) << listed.out;
    const auto id = listed.out.substr(listed.out.find("checkout_"), std::string("checkout_6h0w7mrpqmg21").size());
    EXPECT_TRUE(has(run("checkouts show " + id).out, "5.00 USD by card, failed")) << id;
    EXPECT_EQ(run("checkouts query " + id).status, 0);
    EXPECT_EQ(run("checkouts show checkout_0000000000000").status, 2);
}

}  // namespace
}  // namespace sluice::test
