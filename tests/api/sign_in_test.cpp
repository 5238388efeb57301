// People who sign in: the life of a session, of a password, of a second factor; what each may; what the log keeps.
#include <functional>
#include <thread>

#include "api/world.hpp"
#include "connect/crypto/credentials.hpp"

namespace sluice::test {
namespace {

const std::string good_password = "correct horse battery";

// A browser: it keeps the cookie and the token of its session.
class Browser {
public:
    explicit Browser(std::uint16_t port) : client_(port, "") {}

    Reply sign_in(const std::string& login, const std::string& password, const std::string& code = {}) {
        const auto reply = client_.post("/api/v1/session", R"({"login": ")" + login + R"(", "password": ")" + password +
                                                               (code.empty() ? "" : R"(", "code": ")" + code) + "\"}");
        if (reply.status == 201) {
            const auto set = reply.header("Set-Cookie");
            cookie_ = set.substr(0, set.find(';'));
            csrf_ = reply.text("/csrf_token");
        }
        return reply;
    }
    Reply ask(const std::string& method, const std::string& target, const std::string& body = {},
              Headers headers = {}) {
        headers.emplace_back("Cookie", cookie_);
        if (!csrf_.empty() && method != "GET") headers.emplace_back("Sluice-CSRF", csrf_);
        return client_.ask({.method = method, .target = target, .headers = headers, .body = body, .is_good = false});
    }
    Reply get(const std::string& target, Headers headers = {}) { return ask("GET", target, {}, std::move(headers)); }
    void forget_csrf_token() { csrf_.clear(); }

private:
    Client client_;
    std::string cookie_;
    std::string csrf_;
};

class SignIn : public OverHttp {
protected:
    // Makes a user who has chosen the good password. GIVES: the id.
    std::string make_user(const std::string& login, const std::string& op, const std::string& role) {
        auto owner = platform();
        const auto made = owner.post(
            "/api/v1/users", R"({"login": ")" + login + R"(", "name": "Ann", "grants": [)" + grant(op, role) + "]}");
        EXPECT_EQ(made.status, 201) << made.body;
        const auto path = made.text("/reset_path");
        EXPECT_EQ(choose(path, good_password).status, 204);
        return made.text("/id");
    }
    Reply choose(const std::string& reset_path, const std::string& password) {
        return Client(server_.port(), "")
            .post("/api/v1/password-resets", R"({"token": ")" + reset_path.substr(reset_path.find('#') + 1) +
                                                 R"(", "password": ")" + password + "\"}");
    }
    static std::string grant(const std::string& op, const std::string& role) {
        return R"({"operator": )" + (op.empty() ? "null" : "\"" + op + "\"") + R"(, "role": ")" + role + "\"}";
    }
    Browser signed_in(const std::string& login) {
        Browser browser(server_.port());
        EXPECT_EQ(browser.sign_in(login, good_password).status, 201);
        return browser;
    }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(SignIn, ASessionLivesUntilItsUserSignsOut) {
    make_user("Ann@X.Example", "op", "clerk");
    Browser ann(server_.port());
    const auto session = ann.sign_in("ann@x.EXAMPLE", good_password);
    ASSERT_EQ(session.status, 201) << session.body;
    const auto cookie = session.header("Set-Cookie");
    for (const auto* part : {"sluice_session=", "HttpOnly", "SameSite=Strict", "Path=/"})
        EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
    EXPECT_EQ(cookie.find("Secure"), std::string::npos) << "this is no https";
    EXPECT_EQ(session.text("/user/login"), "ann@x.example");
    EXPECT_EQ(session.text("/grants/0/operator"), "op");
    EXPECT_EQ(ann.get("/api/v1/session").text("/csrf_token"), session.text("/csrf_token"));
    EXPECT_EQ(ann.get("/api/v1/taxes").status, 200);
    EXPECT_EQ(ann.ask("POST", "/api/v1/subscribers", R"({"code": "a", "contact": "A"})").status, 201);
}

TEST_F(SignIn, SigningOutEndsIt) {
    make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    EXPECT_EQ(ann.ask("DELETE", "/api/v1/session").status, 204);
    EXPECT_EQ(ann.get("/api/v1/session").code(), "not_authenticated");
}

TEST_F(SignIn, WhatWritesNeedsTheSessionsToken) {
    make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    ann.forget_csrf_token();
    const auto refused = ann.ask("POST", "/api/v1/subscribers", R"({"code": "a", "contact": "A"})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "csrf_token_missing");
    EXPECT_EQ(ann.ask("POST", "/api/v1/subscribers", R"({"code": "a", "contact": "A"})", {{"Sluice-CSRF", "x"}}).code(),
              "csrf_token_missing");
    EXPECT_EQ(ann.get("/api/v1/subscribers").list().size(), 0U);
}

TEST_F(SignIn, AWrongPasswordAndAnUnknownUserAreAnsweredAlike) {
    make_user("ann@x.example", "op", "clerk");
    Browser browser(server_.port());
    const auto wrong = browser.sign_in("ann@x.example", "some other password");
    const auto nobody = browser.sign_in("bob@x.example", "some other password");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.code(), "wrong_credentials");
    EXPECT_EQ(nobody.code(), "wrong_credentials");
    EXPECT_EQ(nobody.text("/detail"), wrong.text("/detail"));
}

TEST_F(SignIn, WhoeverFailsSeveralTimesHasToWait) {
    make_user("ann@x.example", "op", "clerk");
    auto before = signed_in("ann@x.example");
    Browser browser(server_.port());
    for (int i = 0; i < 8; ++i) browser.sign_in("ann@x.example", "wrong wrong wrong");
    const auto refused = browser.sign_in("ann@x.example", good_password);
    EXPECT_EQ(refused.status, 429) << refused.body;
    EXPECT_EQ(refused.code(), "locked_out");
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(before.get("/api/v1/session").status, 200) << "who is in stays in";
    make_user("bob@x.example", "op", "clerk");
    EXPECT_EQ(browser.sign_in("bob@x.example", good_password).status, 201) << "it is about that login";
}

TEST_F(SignIn, ADisabledUserIsOutAtOnce) {
    const auto id = make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    EXPECT_EQ(platform().patch("/api/v1/users/" + id, R"({"disabled": true})").status, 200);
    EXPECT_EQ(ann.get("/api/v1/taxes").status, 401);
    EXPECT_EQ(Browser(server_.port()).sign_in("ann@x.example", good_password).code(), "wrong_credentials");
}

TEST_F(SignIn, ASessionThatWasEndedLetsNobodyIn) {
    const auto id = make_user("ann@x.example", "op", "clerk");
    auto ended = signed_in("ann@x.example");
    auto other = signed_in("ann@x.example");
    const std::string body = R"({"code": "a", "contact": "A"})";
    const auto is_out = [&](Browser& browser) {
        return browser.get("/api/v1/session").code() == "not_authenticated" &&
               browser.get("/api/v1/taxes").code() == "not_authenticated" &&
               browser.ask("POST", "/api/v1/subscribers", body).code() == "not_authenticated" &&
               browser.ask("POST", "/api/v1/session/second-factor").code() == "not_authenticated";
    };
    EXPECT_EQ(ended.ask("DELETE", "/api/v1/session").status, 204);
    EXPECT_TRUE(is_out(ended)) << "with the cookie and the token that it had";
    EXPECT_EQ(ended.ask("DELETE", "/api/v1/session").status, 401);
    EXPECT_EQ(other.get("/api/v1/taxes").status, 200) << "the other session goes on";

    const auto user = "/api/v1/users/" + id;
    EXPECT_EQ(platform().patch(user, R"({"disabled": true})").status, 200);
    EXPECT_TRUE(is_out(other));
    EXPECT_EQ(platform().patch(user, R"({"disabled": false})").status, 200);
    EXPECT_TRUE(is_out(other)) << "who may sign in again has to";
    EXPECT_TRUE(is_out(ended));
    EXPECT_EQ(op_.get("/api/v1/subscribers").list().size(), 0U) << "none of them wrote";
    EXPECT_EQ(signed_in("ann@x.example").ask("POST", "/api/v1/subscribers", body).status, 201);
}

TEST_F(SignIn, ALinkHoldsOnce) {
    auto owner = platform();
    const auto id = make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    const auto link = owner.post("/api/v1/users/" + id + "/reset-link").text("/reset_path");
    EXPECT_EQ(choose(link, "short").code(), "password_not_allowed");
    EXPECT_EQ(choose(link, "another good password").status, 204);
    EXPECT_EQ(choose(link, "another good password").code(), "reset_token_not_valid");
    EXPECT_EQ(ann.get("/api/v1/session").status, 401) << "the sessions of before have ended";
    EXPECT_EQ(Browser(server_.port()).sign_in("ann@x.example", "another good password").status, 201);
}

TEST_F(SignIn, ANewPasswordEndsTheOtherSessions) {
    make_user("ann@x.example", "op", "clerk");
    auto here = signed_in("ann@x.example");
    auto there = signed_in("ann@x.example");
    EXPECT_EQ(here.ask("POST", "/api/v1/session/password", R"({"current": "wrong wrong wrong", "new": "x"})").code(),
              "wrong_credentials");
    EXPECT_EQ(here.ask("POST", "/api/v1/session/password",
                       R"({"current": ")" + good_password + R"(", "new": "another good password"})")
                  .status,
              204);
    EXPECT_EQ(here.get("/api/v1/session").status, 200);
    EXPECT_EQ(there.get("/api/v1/session").status, 401);
}

std::string bytes_of_base32(const std::string& text) {
    static const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        held = (held << 5) | static_cast<unsigned>(alphabet.find(c));
        if ((bits += 5) < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((held >> bits) & 255);
    }
    return bytes;
}

TEST_F(SignIn, ASecondFactorIsAskedForOnceItIsConfirmed) {
    make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    const auto begun = ann.ask("POST", "/api/v1/session/second-factor");
    ASSERT_EQ(begun.status, 200) << begun.body;
    const auto secret = bytes_of_base32(begun.text("/secret"));
    const auto code = [&](int steps_on) {
        return connect::credentials()->code_at(secret, std::time(nullptr) / 30 + steps_on);
    };
    EXPECT_EQ(Browser(server_.port()).sign_in("ann@x.example", good_password).status, 201) << "not yet in force";
    const auto confirmed = ann.ask("POST", "/api/v1/session/second-factor/confirm", R"({"code": ")" + code(0) + "\"}");
    ASSERT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_EQ(confirmed.list("/recovery_codes").size(), 10U);
    Browser again(server_.port());
    EXPECT_EQ(again.sign_in("ann@x.example", good_password).code(), "second_factor_required");
    EXPECT_EQ(again.sign_in("ann@x.example", good_password, code(0)).code(), "wrong_code") << "it was taken";
    EXPECT_EQ(again.sign_in("ann@x.example", good_password, code(1)).status, 201);
    const auto recovery = confirmed.text("/recovery_codes/0");
    EXPECT_EQ(again.sign_in("ann@x.example", good_password, recovery).status, 201);
    EXPECT_EQ(again.sign_in("ann@x.example", good_password, recovery).code(), "wrong_code") << "once";
    EXPECT_EQ(again.ask("DELETE", "/api/v1/session/second-factor", R"({"password": ")" + good_password + "\"}").status,
              204);
    EXPECT_EQ(again.sign_in("ann@x.example", good_password).status, 201);
}

TEST_F(SignIn, CodesThatConfirmASecondFactorAreTriedAFewTimesOnly) {
    make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    const auto confirm = [&](const std::string& code) {
        return ann.ask("POST", "/api/v1/session/second-factor/confirm", R"({"code": ")" + code + "\"}");
    };
    for (int i = 0; i < 8; ++i) EXPECT_EQ(confirm("123456").status, 409) << "nothing was begun: that is no attempt";
    const auto secret = bytes_of_base32(ann.ask("POST", "/api/v1/session/second-factor").text("/secret"));
    const auto code = [&] { return connect::credentials()->code_at(secret, std::time(nullptr) / 30); };
    const auto wrong = confirm("no code");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.code(), "wrong_code");
    // Asks until the answer is no longer the one of whoever has to wait.
    const auto waited_for = [&](const std::function<std::string()>& text) {
        Reply reply;
        while ((reply = confirm(text())).status == 429) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        return reply;
    };
    Reply refused;
    int tries = 1;
    while (tries < 20 && (refused = confirm("no code")).status == 401) ++tries;
    EXPECT_EQ(refused.status, 429) << refused.body;
    EXPECT_EQ(refused.code(), "locked_out");
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_GE(tries, 5);
    EXPECT_LT(tries, 8);
    EXPECT_EQ(waited_for([] { return "no code"; }).code(), "wrong_code");
    EXPECT_EQ(confirm(code()).code(), "locked_out") << "now for two seconds, whatever the code";
    EXPECT_EQ(Browser(server_.port()).sign_in("ann@x.example", good_password).code(), "locked_out")
        << "it is the same count";
    EXPECT_EQ(ann.get("/api/v1/taxes").status, 200) << "who is in stays in";
    const auto confirmed = waited_for(code);
    ASSERT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_EQ(confirmed.list("/recovery_codes").size(), 10U);
    EXPECT_EQ(confirm(code()).code(), "second_factor_not_allowed") << "it is in force already";
    EXPECT_EQ(ann.get("/api/v1/session").json.at("user").at("two_factor"), true);
}

// Whoever knows the password could else try codes without end: asking without one is no failure.
TEST_F(SignIn, AskingWithoutACodeTakesNoFailureAway) {
    make_user("ann@x.example", "op", "clerk");
    auto ann = signed_in("ann@x.example");
    const auto secret = bytes_of_base32(ann.ask("POST", "/api/v1/session/second-factor").text("/secret"));
    const auto code = connect::credentials()->code_at(secret, std::time(nullptr) / 30);
    ASSERT_EQ(ann.ask("POST", "/api/v1/session/second-factor/confirm", R"({"code": ")" + code + "\"}").status, 200);
    int wrong = 0;
    for (int i = 0; i < 12; ++i) {
        std::thread without([&] { Browser(server_.port()).sign_in("ann@x.example", good_password); });
        std::this_thread::sleep_for(std::chrono::milliseconds(3));  // so that it is counted first, and forgiven last
        if (Browser(server_.port()).sign_in("ann@x.example", good_password, "no code").code() == "wrong_code") ++wrong;
        without.join();
    }
    EXPECT_GE(wrong, 4);
    EXPECT_LE(wrong, 8) << "five, and one whenever the wait is over";
}

TEST_F(SignIn, EachRoleMayWhatItSays) {
    make_operator(platform(), "other");
    make_user("cash@x.example", "op", "cashier");
    make_user("help@x.example", "op", "support");
    make_user("look@x.example", "op", "viewer");
    const std::string shift = R"({"desk": "till", "float": )" + money("1.00") + "}";
    const auto opens = [&](const std::string& login) {
        return signed_in(login).ask("POST", "/api/v1/cash-shifts", shift).status;
    };
    EXPECT_EQ(opens("look@x.example"), 403);
    EXPECT_EQ(opens("help@x.example"), 403);
    EXPECT_EQ(opens("cash@x.example"), 201);
    const auto commands = [&](const std::string& login) {
        return signed_in(login).ask("POST", sub_service_path("s", "n") + "/suspend", "{}").status;
    };
    EXPECT_EQ(commands("look@x.example"), 403);
    EXPECT_EQ(commands("cash@x.example"), 403);
    EXPECT_NE(commands("help@x.example"), 403) << "there is no such subscriber, but it was let in";
    EXPECT_EQ(signed_in("cash@x.example").get("/api/v1/users").status, 403);
    EXPECT_EQ(signed_in("cash@x.example").get("/api/v1/taxes", {{"Sluice-Operator", "other"}}).code(),
              "unknown_operator");
}

TEST_F(SignIn, WhoWorksForSeveralNamesTheOperator) {
    make_operator(platform(), "other");
    make_operator(platform(), "third");
    const auto id = make_user("ann@x.example", "op", "clerk");
    EXPECT_EQ(platform()
                  .patch("/api/v1/users/" + id,
                         R"({"grants": [)" + grant("op", "clerk") + "," + grant("other", "viewer") + "]}")
                  .status,
              200);
    auto ann = signed_in("ann@x.example");
    const std::string body = R"({"code": "a", "contact": "A"})";
    EXPECT_EQ(ann.get("/api/v1/taxes").status, 400);
    EXPECT_EQ(ann.ask("POST", "/api/v1/subscribers", body, {{"Sluice-Operator", "op"}}).status, 201);
    EXPECT_EQ(ann.ask("POST", "/api/v1/subscribers", body, {{"Sluice-Operator", "other"}}).status, 403);
    EXPECT_EQ(ann.get("/api/v1/taxes", {{"Sluice-Operator", "third"}}).status, 404);
}

TEST_F(SignIn, AnOperatorsOwnerReachesNobodyOfThePlatform) {
    make_operator(platform(), "other");
    const auto boss = make_user("boss@x.example", "", "owner");
    const auto both = make_user("both@x.example", "op", "clerk");
    platform().patch("/api/v1/users/" + both,
                     R"({"grants": [)" + grant("op", "clerk") + "," + grant("other", "owner") + "]}");
    make_user("own@x.example", "op", "owner");
    auto owner = signed_in("own@x.example");
    EXPECT_EQ(owner.get("/api/v1/users").list().size(), 2U);
    EXPECT_EQ(owner.get("/api/v1/users/" + boss).code(), "unknown_user");
    EXPECT_EQ(owner.ask("POST", "/api/v1/users/" + boss + "/reset-link").status, 404);
    EXPECT_EQ(owner.ask("POST", "/api/v1/users/" + both + "/reset-link").status, 403) << "who works for others, too";
    EXPECT_EQ(owner
                  .ask("POST", "/api/v1/users",
                       R"({"login": "x@x.example", "name": "X", "grants": [)" + grant("", "owner") + "]}")
                  .status,
              403);
    EXPECT_EQ(owner.ask("PATCH", "/api/v1/users/" + both, R"({"grants": []})").status, 200);
    EXPECT_EQ(platform().get("/api/v1/users/" + both).text("/grants/0/operator"), "other") << "that one stays";
}

TEST_F(SignIn, TheLastOwnerStays) {
    const auto boss = make_user("boss@x.example", "", "owner");
    EXPECT_EQ(platform().patch("/api/v1/users/" + boss, R"({"disabled": true})").code(), "last_owner");
    EXPECT_EQ(platform().patch("/api/v1/users/" + boss, R"({"grants": []})").code(), "last_owner");
    make_user("chief@x.example", "", "owner");
    EXPECT_EQ(platform().patch("/api/v1/users/" + boss, R"({"disabled": true})").status, 200);
}

TEST_F(SignIn, TheLogTellsWhoDidWhat) {
    const auto id = make_user("ann@x.example", "op", "owner");
    auto ann = signed_in("ann@x.example");
    Browser(server_.port()).sign_in("ann@x.example", "wrong wrong wrong");
    ann.ask("POST", "/api/v1/subscribers", R"({"code": "a", "contact": "A"})");
    ann.ask("PATCH", "/api/v1/subscribers/a", R"({"email": "a@x.example"})");
    EXPECT_EQ(ann.ask("POST", "/api/v1/subscribers", R"({"code": "a", "contact": "A"})").status, 409);
    const auto log = ann.get("/api/v1/audit-log?user=" + id);
    ASSERT_EQ(log.status, 200) << log.body;
    EXPECT_EQ(log.text("/items/0/operation"), "update_subscriber");
    EXPECT_EQ(log.text("/items/0/actor/name"), "Ann");
    EXPECT_EQ(log.text("/items/0/address"), "127.0.0.1");
    EXPECT_EQ(log.text("/items/0/before/email"), "");
    EXPECT_EQ(log.text("/items/0/after/email"), "a@x.example");
    EXPECT_EQ(log.text("/items/1/operation"), "create_subscriber");
    EXPECT_EQ(log.text("/items/1/subscriber").substr(0, 5), "cust_");
    EXPECT_EQ(log.text("/items/2/operation"), "sign_in");
    EXPECT_EQ(log.number("/items/2/status"), 401);
    EXPECT_EQ(log.number("/items/3/status"), 201);
    EXPECT_EQ(log.body.find("wrong wrong"), std::string::npos);
    EXPECT_EQ(log.body.find(good_password), std::string::npos);
    EXPECT_EQ(ann.get("/api/v1/audit-log?subscriber=a").list().size(), 2U);
    EXPECT_EQ(ann.get("/api/v1/audit-log?operation=update_subscriber").list().size(), 1U);
    EXPECT_EQ(ann.get("/api/v1/audit-log?until=2020-01-01T00:00:00Z").list().size(), 0U);
    const auto first = ann.get("/api/v1/audit-log?limit=1");
    EXPECT_EQ(ann.get("/api/v1/audit-log?limit=1&cursor=" + first.text("/next")).text("/items/0/operation"),
              "create_subscriber");
}

// ---- notes: who may write them, and whose they are

TEST_F(SignIn, ANoteIsChangedByItsAuthorOrAnOwnerAndPinnedByAnybodyWhoMayWriteOne) {
    op_.post("/api/v1/subscribers", R"({"code": "s", "contact": "S"})");
    const std::string notes = "/api/v1/subscribers/s/notes";
    for (const char* role : {"viewer", "cashier", "support", "clerk", "owner"})
        make_user(role + std::string("@x.example"), "op", role);
    EXPECT_EQ(signed_in("viewer@x.example").ask("POST", notes, R"({"text": "no"})").code(), "not_allowed");
    auto cashier = signed_in("cashier@x.example");
    const auto made = cashier.ask("POST", notes, R"({"text": "The dog bites"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.text("/author/name"), "Ann");
    const auto note = made.header("Location");
    EXPECT_EQ(note, notes + "/" + made.text("/id"));

    auto support = signed_in("support@x.example");
    EXPECT_EQ(support.ask("PATCH", note, R"({"text": "It does not"})").code(), "not_allowed");
    EXPECT_EQ(support.ask("DELETE", note).code(), "not_allowed");
    const auto pinned = support.ask("PATCH", note, R"({"pinned": true})");
    EXPECT_EQ(pinned.text("/pinned"), "true");
    EXPECT_EQ(pinned.text("/changed_at"), "null") << "its text is what it was";
    EXPECT_EQ(cashier.ask("PATCH", note, R"({"text": "The cat bites"})").text("/text"), "The cat bites");
    const auto stale = cashier.ask("PATCH", note, R"({"text": "x"})", {{"If-Match", made.header("ETag")}});
    EXPECT_EQ(stale.code(), "changed_meanwhile");
    auto owner = signed_in("owner@x.example");
    EXPECT_EQ(owner.ask("PATCH", note, R"({"text": "All bite"})").text("/text"), "All bite");
    EXPECT_EQ(signed_in("clerk@x.example").ask("DELETE", note).code(), "not_allowed");
    EXPECT_EQ(owner.ask("DELETE", note).status, 204);
    EXPECT_EQ(owner.get(note).code(), "unknown_note");
    EXPECT_EQ(owner.ask("DELETE", note).code(), "unknown_note");

    const auto removed = owner.get("/api/v1/audit-log?operation=remove_note&limit=1");
    EXPECT_NE(removed.body.find("All bite"), std::string::npos) << removed.body;
    const auto events = owner.get("/api/v1/events?limit=500").body;
    for (const char* type : {"note.added", "note.changed", "note.removed"})
        EXPECT_NE(events.find(type), std::string::npos) << type;
}

TEST_F(SignIn, ANoteIsNeitherEmptyNorEndless) {
    op_.post("/api/v1/subscribers", R"({"code": "s", "contact": "S"})");
    const auto add = [&](const std::string& text) {
        return op_.ask({.method = "POST",
                        .target = "/api/v1/subscribers/s/notes",
                        .body = R"({"text": ")" + text + "\"}",
                        .is_good = false});
    };
    EXPECT_EQ(add("").code(), "invalid_request");
    EXPECT_EQ(add(std::string(4001, 'x')).code(), "invalid_request");
    EXPECT_EQ(add(std::string(4000, 'x')).status, 201);
    EXPECT_EQ(add(R"(one line\nand another)").text("/text"), "one line\nand another");
}

}  // namespace
}  // namespace sluice::test
