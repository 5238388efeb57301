// People who sign in, from the command line.
#include <algorithm>

#include "app/ports/staff_store.hpp"
#include "app/ports/store.hpp"
#include "cli/command_line.hpp"
#include "cli/running_server.hpp"
#include "store/open_store.hpp"
#include "support/http_client.hpp"

namespace sluice::test {
namespace {

const std::string good_password = "correct horse battery";

class UsersFromOutside : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        const auto imported = sluice("import " + operator_with_a_bad_account() + " --as-of 2026-01-01" + db());
        ASSERT_EQ(imported.status, 0) << imported.err;
    }
    Outcome run(const std::string& arguments) const { return sluice("users " + arguments + db()); }
    // With a password on standard input.
    Outcome run(const std::string& arguments, const std::string& password) const {
        write("input", password + "\n");
        return sluice("users " + arguments + db(), "", file("input"));
    }
    void make(const std::string& login, const std::string& options) const {
        const auto made = run("create " + login + " " + options);
        ASSERT_EQ(made.status, 0) << made.err;
    }
    // The line of a user in the list; empty when there is none.
    std::string listed(const std::string& login) const {
        const auto list = run("list").out;
        const auto begin = list.find(login);
        return begin == std::string::npos ? "" : list.substr(begin, list.find('\n', begin) - begin);
    }
    void expect_refused(const Outcome& outcome, const std::string& message) const {
        EXPECT_EQ(outcome.status, 2);
        EXPECT_EQ(outcome.out, "");
        EXPECT_TRUE(has(outcome.err, message)) << outcome.err;
    }
    // What a server of the same store answers to whoever signs in.
    int sign_in(const std::string& login, const std::string& password) const {
        return ask("/api/v1/session", R"({"login": ")" + login + R"(", "password": ")" + password + "\"}");
    }
    int choose(const std::string& link, const std::string& password) const {
        return ask("/api/v1/password-resets",
                   R"({"token": ")" + link.substr(link.find('#') + 1) + R"(", "password": ")" + password + "\"}");
    }

private:
    int ask(const std::string& target, const std::string& body) const {
        const RunningServer server(file("store.db"), file("server.log"));
        const auto port = server.url().substr(server.url().rfind(':') + 1);
        HttpClient client(static_cast<std::uint16_t>(std::stoi(port)));
        client.send("POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.receive().status;
    }
};

std::string line_of(const Outcome& outcome) {
    return outcome.out.empty() ? "" : outcome.out.substr(0, outcome.out.size() - 1);
}

bool is_link(const std::string& text) {
    const std::string begin = "/console/reset#";
    return text.starts_with(begin) && text.size() > begin.size() + 20 &&
           std::none_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n'; });
}

TEST_F(UsersFromOutside, AnImportHereIsInTheAuditLog) {
    const auto log = store::open_store("sqlite:" + file("store.db"), true)->staff().audit_log({}).rows;
    ASSERT_EQ(log.size(), 1U);
    EXPECT_EQ(log.front().operation, "start_import");
    EXPECT_EQ(log.front().actor, app::ActorKind::program);
    EXPECT_TRUE(has(log.front().request, R"("as_of":"2026-01-01")")) << log.front().request;
    EXPECT_TRUE(log.front().op.has_value());
}

TEST_F(UsersFromOutside, ANewOneGetsALinkThatHoldsOnce) {
    EXPECT_TRUE(has(run("list").out, "No users yet."));
    const auto made = run("create Ann@X.Example --name 'Ann B.' --role clerk --operator op");
    ASSERT_EQ(made.status, 0) << made.err;
    const auto link = line_of(made);
    EXPECT_TRUE(is_link(link)) << made.out;
    EXPECT_TRUE(has(made.err, "it holds once")) << made.err;
    const auto ann = listed("ann@x.example");
    EXPECT_TRUE(has(ann, "Ann B.") && has(ann, "op: clerk") && !has(ann, "disabled")) << ann;
    EXPECT_EQ(choose(link, good_password), 204);
    EXPECT_EQ(choose(link, good_password), 422);
    EXPECT_EQ(sign_in("ann@x.example", good_password), 201);
    expect_refused(run("create ANN@x.example --role clerk --operator op"), "there is a user ann@x.example already");
}

TEST_F(UsersFromOutside, APasswordComesFromStandardInput) {
    const auto made = run("create ann@x.example --role clerk --operator op --password-stdin", good_password);
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.out, "ann@x.example may sign in.\n");
    EXPECT_FALSE(has(made.err, good_password));
    EXPECT_EQ(sign_in("ann@x.example", good_password), 201);
    const auto again = run("reset ann@x.example --password-stdin", "another good password\r");
    EXPECT_EQ(again.out, "ann@x.example may sign in.\n") << again.err;
    EXPECT_EQ(sign_in("ann@x.example", good_password), 401);
    EXPECT_EQ(sign_in("ann@x.example", "another good password"), 201);
    const auto json = run("create bob@x.example --role clerk --operator op --password-stdin --json", good_password);
    EXPECT_TRUE(has(json.out, "\"reset_path\": null")) << json.out << json.err;
    EXPECT_EQ(sign_in("bob@x.example", good_password), 201);
}

TEST_F(UsersFromOutside, AWeakPasswordIsRefusedAndNobodyIsMade) {
    const std::string create = "create ann@long.x.example --role clerk --operator op --password-stdin";
    expect_refused(run(create, "short"), "the password is too short: it needs 12 characters");
    expect_refused(run(create, std::string(129, 'x')), "the password is too long");
    expect_refused(run(create, "ANN@long.x.example"), "the password is the login itself");
    expect_refused(run(create, "Password1234"), "one of those that everybody tries first");
    expect_refused(run(create, ""), "there is no password on standard input");
    EXPECT_EQ(listed("ann@long.x.example"), "");
    EXPECT_EQ(run(create, good_password).status, 0) << "it can be tried again";
    expect_refused(run("reset ann@long.x.example --password-stdin", "short"), "the password is too short");
    EXPECT_EQ(sign_in("ann@long.x.example", good_password), 201) << "the one of before holds";
}

TEST_F(UsersFromOutside, AResetPrintsAnotherLink) {
    const auto first = line_of(run("create ann@x.example --role clerk --operator op"));
    const auto reset = run("reset ANN@X.example");
    ASSERT_EQ(reset.status, 0) << reset.err;
    EXPECT_TRUE(is_link(line_of(reset))) << reset.out;
    EXPECT_NE(line_of(reset), first);
    EXPECT_EQ(choose(first, good_password), 422) << "the one of before is good no more";
    EXPECT_EQ(choose(line_of(reset), good_password), 204);
    EXPECT_EQ(run("reset ann@x.example --second-factor").status, 0);
    EXPECT_TRUE(has(listed("ann@x.example"), "no")) << "there is no second factor";
}

TEST_F(UsersFromOutside, GrantsAreGivenAndTakenAway) {
    make("boss@x.example", "--role owner");
    EXPECT_TRUE(has(listed("boss@x.example"), "(platform): owner"));
    make("ann@x.example", "--role viewer --operator op");
    EXPECT_EQ(run("grant ann@x.example --role cashier --operator op").out, "ann@x.example: op: cashier\n")
        << "instead of the one she had";
    const auto both = run("grant ann@x.example --role support --operator platform").out;
    EXPECT_TRUE(has(both, "op: cashier") && has(both, "(platform): support")) << both;
    EXPECT_EQ(run("revoke ann@x.example --operator op").out, "ann@x.example: (platform): support\n");
    EXPECT_EQ(run("revoke ann@x.example").out, "ann@x.example: no grants\n");
    EXPECT_TRUE(has(listed("ann@x.example"), "ann@x.example")) << "she is there still";
    const auto json = run("list --json").out;
    EXPECT_TRUE(has(json, "\"login\": \"boss@x.example\"") && has(json, "\"grants\": []")) << json;
    EXPECT_TRUE(has(json, "\"has_password\": false")) << json;
    EXPECT_FALSE(has(json, "argon2") || has(json, "password_hash")) << json;
}

TEST_F(UsersFromOutside, WhoIsDisabledIsOutUntilEnabled) {
    make("boss@x.example", "--role owner");
    run("create ann@x.example --role clerk --operator op --password-stdin", good_password);
    EXPECT_EQ(run("disable Ann@x.example").status, 0);
    EXPECT_TRUE(has(listed("ann@x.example"), "disabled"));
    EXPECT_EQ(sign_in("ann@x.example", good_password), 401);
    EXPECT_EQ(run("enable ann@x.example").out, "ann@x.example may sign in.\n");
    EXPECT_FALSE(has(listed("ann@x.example"), "disabled"));
    EXPECT_EQ(sign_in("ann@x.example", good_password), 201);
}

TEST_F(UsersFromOutside, TheLastOwnerStays) {
    make("boss@x.example", "--role owner");
    const std::string refusal = "boss@x.example is the last owner; make somebody else an owner first";
    expect_refused(run("disable boss@x.example"), refusal);
    expect_refused(run("revoke boss@x.example"), refusal);
    expect_refused(run("grant boss@x.example --role clerk"), refusal);
    EXPECT_TRUE(has(listed("boss@x.example"), "(platform): owner") && !has(listed("boss@x.example"), "disabled"));
    make("own@x.example", "--role owner --operator op");
    expect_refused(run("disable boss@x.example"), refusal);
    make("chief@x.example", "--role owner");
    EXPECT_EQ(run("disable boss@x.example").status, 0);
    expect_refused(run("disable chief@x.example"), "chief@x.example is the last owner");
}

TEST_F(UsersFromOutside, WhatIsNotThereIsToldSo) {
    const std::string roles = "viewer";
    for (const char* command : {"create ann@x.example --role king", "grant ann@x.example --role king"}) {
        const auto outcome = run(command);
        EXPECT_EQ(outcome.status, 2) << command;
        EXPECT_TRUE(has(outcome.err, "king") && has(outcome.err, roles) && has(outcome.err, "cashier")) << outcome.err;
    }
    EXPECT_EQ(run("create ann@x.example").status, 2) << "as nothing";
    for (const char* command : {"disable", "enable", "reset", "grant --role clerk", "revoke"})
        expect_refused(run(std::string(command) + " ann@x.example"), "there is no user ann@x.example");
    expect_refused(run("create ann@x.example --role clerk --operator nowhere"), "there is no operator \"nowhere\"");
    EXPECT_EQ(run("create ann --role clerk --operator op").status, 2) << "that is no address";
    EXPECT_TRUE(has(run("list").out, "No users yet."));
}

TEST_F(UsersFromOutside, AProviderForSignOnIsAddedListedAndRemoved) {
    const std::string add = "providers add work --label 'At work' --issuer https://id.example --client-id us";
    EXPECT_NE(run(add + " --secret-stdin", "hush-hush").status, 0) << "how users are found there has to be said";
    expect_refused(run(add + " --linked-by email"), "--secret-stdin or --secret-file");
    const auto added = run(add + " --linked-by email --secret-stdin", "hush-hush");
    ASSERT_EQ(added.status, 0) << added.err;
    EXPECT_TRUE(has(added.out, "/api/v1/oidc/work/callback")) << added.out;
    write("secret", "hush-hush too\n");
    const auto other =
        run("providers add home --issuer https://home.example --client-id us --linked-by subject --json "
            "--secret-file " +
            file("secret"));
    ASSERT_EQ(other.status, 0) << other.err;
    const auto list = run("providers list");
    EXPECT_TRUE(has(list.out, "https://id.example")) << list.out;
    EXPECT_TRUE(has(list.out, "https://home.example")) << list.out;
    for (const auto& outcome : {added, other, list})
        EXPECT_FALSE(has(outcome.out + outcome.err, "hush")) << outcome.out;
    EXPECT_EQ(run("providers remove work").status, 0);
    expect_refused(run("providers remove work"), "there is no provider work");
}

}  // namespace
}  // namespace sluice::test
