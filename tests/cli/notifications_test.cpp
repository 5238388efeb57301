// Webhooks and e-mail from the command line. Nothing is sent from here: a server does that.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class Notifications : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
        write("password.txt", "s3cret\n");
        write("body.txt", "Please pay {{document_open}}.\n");
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
    static std::string id_in(const std::string& text, const std::string& prefix) {
        const auto at = text.find(prefix);
        return at == std::string::npos ? "" : text.substr(at, prefix.size() + 13);
    }
};

TEST_F(Notifications, EndpointsAreMadeChangedAndRemoved) {
    EXPECT_TRUE(has(run("webhooks list").out, "No endpoints yet"));
    const auto made = run("webhooks create https://crm.example.com/x --event payment.recorded --description CRM");
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(made.out.starts_with("whsec_")) << made.out;
    const auto endpoint = id_in(made.err, "endpoint_");
    EXPECT_TRUE(has(run("webhooks list").out, "payment.recorded"));
    EXPECT_EQ(run("webhooks update " + endpoint + " --disable --event all").status, 0);
    EXPECT_TRUE(has(run("webhooks list").out, "not enabled"));
    EXPECT_TRUE(has(run("webhooks show " + endpoint).out, "\"event_types\": []"))
        << run("webhooks show " + endpoint).out;
    EXPECT_TRUE(run("webhooks rotate-secret " + endpoint).out.starts_with("whsec_"));
    const auto test = run("webhooks test " + endpoint);
    const auto delivery = id_in(test.out, "delivery_");
    EXPECT_TRUE(has(run("webhooks deliveries --state waiting --endpoint " + endpoint).out, delivery));
    EXPECT_TRUE(has(run("webhooks delivery " + delivery).out, "webhook.test: waiting"));
    EXPECT_EQ(run("webhooks replay-delivery " + delivery).status, 0);
    EXPECT_TRUE(has(run("webhooks replay " + endpoint + " --after 0").out, "after number 0"));
    EXPECT_EQ(run("webhooks replay " + endpoint).status, 2);
    EXPECT_EQ(run("webhooks remove " + endpoint).status, 0);
    EXPECT_EQ(run("webhooks show " + endpoint).status, 2);
}

TEST_F(Notifications, AnAddressThatIsNotAllowedIsToldHow) {
    const auto plain = run("webhooks create http://127.0.0.1/x");
    EXPECT_EQ(plain.status, 2);
    EXPECT_TRUE(has(plain.err, "must begin with https://") && has(plain.err, "SLUICE_PRIVATE_WEBHOOKS")) << plain.err;
    EXPECT_EQ(run("webhooks create https://crm.example.com/x --event payment.made").status, 2);
}

TEST_F(Notifications, EMailIsSetUpInSteps) {
    EXPECT_EQ(run("mail show").status, 2);
    const auto made = run("mail set-up --host smtp.example.com --username metro --password @" + file("password.txt") +
                          " --from billing@metro.example --from-name Metro");
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(run("mail set-up --language de --kind document_issued --kind document_reopened").status, 0);
    const auto shown = run("mail show").out;
    EXPECT_TRUE(has(shown, "\"has_password\": true") && has(shown, "\"language\": \"de\"")) << shown;
    EXPECT_TRUE(has(shown, "document_reopened") && !has(shown, "payment_received")) << shown;
    EXPECT_FALSE(has(shown, "s3cret"));
    EXPECT_TRUE(has(run("mail set-up --kind none_such").err, "names no kind of message"));
    EXPECT_TRUE(has(run("mail kinds").out, "due_date"));
}

TEST_F(Notifications, WordingsAreSeenBeforeTheyAreSet) {
    const auto words = " --subject \"Now {{document_number}}\" --body @" + file("body.txt");
    const auto preview = run("mail preview document_issued en --subscriber greentower" + words);
    EXPECT_EQ(preview.status, 0) << preview.err;
    EXPECT_TRUE(has(preview.out, "Now INV-0000") && has(preview.out, "Please pay 10.00 USD.")) << preview.out;
    EXPECT_EQ(run("mail set-template document_issued en" + words).status, 0);
    EXPECT_TRUE(has(run("mail templates").out, "Now {{document_number}}"));
    EXPECT_EQ(run("mail remove-template document_issued en").status, 0);
    EXPECT_FALSE(has(run("mail templates").out, "Now {{document_number}}"));
    EXPECT_TRUE(
        has(run("mail set-template document_issued en --subject {{x}} --body y").err, "which is not known here"));
    EXPECT_TRUE(has(run("messages list greentower").out, "No messages."));
    EXPECT_EQ(run("messages show greentower message_0000000000000").status, 2);
}

}  // namespace
}  // namespace sluice::test
