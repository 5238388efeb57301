// What holds for a session beyond one process and one connection: behind a proxy, and in other servers on the same
// store; and through whom people may sign on.
#include <thread>

#include "api/world.hpp"
#include "support/postgres_server.hpp"

namespace sluice::test {
namespace {

const std::string good_password = "correct horse battery";

std::string sign_in_body(const std::string& login) {
    return R"({"login": ")" + login + R"(", "password": ")" + good_password + "\"}";
}

// A user who has chosen the good password.  GIVES: the id.
std::string make_user(Client owner, const std::string& login) {
    const auto made =
        owner.post("/api/v1/users",
                   R"({"login": ")" + login + R"(", "name": "Ann", "grants": [{"operator": null, "role": "owner"}]})");
    EXPECT_EQ(made.status, 201) << made.body;
    const auto link = made.text("/reset_path");
    EXPECT_EQ(Client(owner.port(), "")
                  .post("/api/v1/password-resets", R"({"token": ")" + link.substr(link.find('#') + 1) +
                                                       R"(", "password": ")" + good_password + "\"}")
                  .status,
              204);
    return made.text("/id");
}

// The cookie of a session that has just begun.
std::string cookie_of(const Reply& signed_in) {
    EXPECT_EQ(signed_in.status, 201) << signed_in.body;
    const auto set = signed_in.header("Set-Cookie");
    return set.substr(0, set.find(';'));
}

int status_of_session(std::uint16_t port, const std::string& cookie) {
    return Client(port, "").get("/api/v1/session", {{"Cookie", cookie}}).status;
}

bool is_secure(const Reply& reply) { return reply.header("Set-Cookie").find("; Secure") != std::string::npos; }
bool has_hsts(const Reply& reply) { return reply.header("Strict-Transport-Security").starts_with("max-age="); }

TEST(BehindAProxy, HttpsMakesTheCookieSecureAndIsToBeKeptTo) {
    const TemporaryDirectory directory;
    const RunningServer server(directory.path(), {"--behind-proxy"});
    make_user({server.port(), server.first_key()}, "ann@x.example");
    Client client(server.port(), "");
    const auto ask = [&](const std::string& scheme) {
        return client.post("/api/v1/session", sign_in_body("ann@x.example"),
                           scheme.empty() ? Headers{} : Headers{{"X-Forwarded-Proto", scheme}});
    };
    EXPECT_TRUE(is_secure(ask("https")));
    EXPECT_TRUE(has_hsts(ask("https")));
    for (const std::string scheme : {"", "http", "httpsx"}) {
        const auto plain = ask(scheme);
        EXPECT_FALSE(is_secure(plain)) << scheme;
        EXPECT_FALSE(has_hsts(plain)) << scheme;
    }
    EXPECT_TRUE(has_hsts(client.get("/health/live", {{"X-Forwarded-Proto", "https"}}))) << "of every answer";
}

TEST(WithoutAProxy, NobodyIsBelievedToHaveComeOverHttps) {
    const TemporaryDirectory directory;
    const RunningServer server(directory.path());
    make_user({server.port(), server.first_key()}, "ann@x.example");
    const auto reply = Client(server.port(), "")
                           .post("/api/v1/session", sign_in_body("ann@x.example"), {{"X-Forwarded-Proto", "https"}});
    ASSERT_EQ(reply.status, 201);
    EXPECT_FALSE(is_secure(reply));
    EXPECT_FALSE(has_hsts(reply));
}

// Two servers on one PostgreSQL.
class TwoServers : public testing::Test {
protected:
    // Until the other one has looked, which it does every two seconds.
    static bool comes_to(std::uint16_t port, const std::string& cookie, int status) {
        for (int tries = 0; tries < 100; ++tries) {
            if (status_of_session(port, cookie) == status) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }

    TemporaryDirectory directory_;
    std::string store_ = PostgresServer::forgetful().new_database();
    RunningServer one_{directory_.path(), {}, store_};
    RunningServer other_{directory_.path(), {}, store_};
    Client owner_{one_.port(), one_.first_key()};
};

TEST_F(TwoServers, ASessionThatWasEndedInOneIsRefusedByTheOther) {
    make_user(owner_.again(), "ann@x.example");
    Client client(one_.port(), "");
    const auto signed_in = client.post("/api/v1/session", sign_in_body("ann@x.example"));
    const auto cookie = cookie_of(signed_in);
    ASSERT_TRUE(comes_to(other_.port(), cookie, 200)) << "it is known there";
    const auto out = client.ask({.method = "DELETE",
                                 .target = "/api/v1/session",
                                 .headers = {{"Cookie", cookie}, {"Sluice-CSRF", signed_in.text("/csrf_token")}},
                                 .is_good = false});
    EXPECT_EQ(out.status, 204) << out.body;
    EXPECT_EQ(status_of_session(one_.port(), cookie), 401) << "at once";
    EXPECT_TRUE(comes_to(other_.port(), cookie, 401));
}

TEST_F(TwoServers, ADisabledUserIsOutOfBoth) {
    const auto id = make_user(owner_.again(), "ann@x.example");
    make_user(owner_.again(), "bob@x.example");  // else she would be the last owner
    const auto cookie = cookie_of(Client(one_.port(), "").post("/api/v1/session", sign_in_body("ann@x.example")));
    ASSERT_TRUE(comes_to(other_.port(), cookie, 200));
    EXPECT_EQ(owner_.patch("/api/v1/users/" + id, R"({"disabled": true})").status, 200);
    EXPECT_TRUE(comes_to(other_.port(), cookie, 401));
    EXPECT_EQ(Client(other_.port(), "").post("/api/v1/session", sign_in_body("ann@x.example")).status, 401);
}

// ---- providers

class Providers : public OverHttp {
protected:
    static std::string body(const std::string& issuer, const std::string& name = "work") {
        return R"({"name": ")" + name + R"(", "label": "Work", "client_id": "sluice", "client_secret": "hush-hush", )" +
               R"("linked_by": "email", "issuer": ")" + issuer + "\"}";
    }
    Reply add(const std::string& issuer, const std::string& name = "work") {
        return platform().ask({.method = "POST",
                               .target = "/api/v1/sign-on-providers",
                               .headers = {{"Content-Type", "application/json"}},
                               .body = body(issuer, name),
                               .is_good = false});
    }
};

TEST_F(Providers, AreShownWithoutTheirSecret) {
    const auto made = add("https://id.example");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_TRUE(made.is_null("/callback_url")) << "the server does not know its own address";
    EXPECT_EQ(add("https://other.example").code(), "code_taken");
    const auto list = platform().get("/api/v1/sign-on-providers");
    EXPECT_EQ(list.text("/items/0/issuer"), "https://id.example");
    EXPECT_EQ(list.json.at_pointer("/items/0/users"), 0) << "nobody has come through it yet";
    EXPECT_TRUE(list.is_null("/public_url"));
    const auto log = platform().get("/api/v1/audit-log?operation=create_sign_on_provider");
    ASSERT_EQ(log.list().size(), 1U);
    for (const auto& reply : {made, list, log}) EXPECT_EQ(reply.body.find("hush"), std::string::npos) << reply.body;
    EXPECT_EQ(platform().del("/api/v1/sign-on-providers/work").status, 204);
    EXPECT_EQ(platform().del("/api/v1/sign-on-providers/work").code(), "unknown_provider");
}

TEST_F(Providers, TellWhoIsLinkedWithThem) {
    ASSERT_EQ(add("https://id.example").status, 201);
    auto op = make_operator(platform(), "op");
    const auto user = op.post("/api/v1/users", R"({"login": "ann@x.example", "name": "Ann", "grants": []})");
    ASSERT_EQ(user.status, 201) << user.body;
    EXPECT_EQ(user.json.at("has_password"), false) << "she has a link to choose one";
    EXPECT_TRUE(user.json.at("identities").as_array().empty());
    EXPECT_TRUE(platform().get("/api/v1/users?provider=work").list().empty());
    EXPECT_EQ(platform().get("/api/v1/users?provider=elsewhere").code(), "unknown_provider");
}

TEST_F(Providers, HaveAnAddressThatIsSafe) {
    for (const std::string issuer :
         {"http://id.example", "https://", "ftp://id.example", "https://id.example?x=1", "https://id.example#x",
          "https://ann@id.example", "http://localhost.evil.example", "http://127.0.0.1@evil.example", "file:///etc"})
        EXPECT_EQ(add(issuer).status, 400) << issuer;
    int added = 0;
    for (const std::string issuer :
         {"https://id.example", "https://id.example:8443/realms/metro/", "http://localhost:1", "http://127.0.0.1:1/x"})
        EXPECT_EQ(add(issuer, "n" + std::to_string(++added)).status, 201) << issuer;
}

TEST_F(Providers, AreThePlatformsAlone) {
    auto op = make_operator(platform(), "op");
    auto owner = op.with_key(make_key(op, "owner"));
    EXPECT_EQ(owner.get("/api/v1/sign-on-providers").status, 403);
    EXPECT_EQ(owner.post("/api/v1/sign-on-providers", body("https://id.example")).status, 403);
    EXPECT_EQ(owner.del("/api/v1/sign-on-providers/work").status, 403);
}

TEST_F(Providers, AreNotOfferedWhereNobodyCouldComeBack) {
    ASSERT_EQ(add("https://id.example").status, 201);
    Client anybody(server_.port(), "");
    EXPECT_TRUE(anybody.get("/api/v1/sign-in-options").list("/oidc").empty());
    EXPECT_EQ(anybody.get("/api/v1/oidc/work/start").code(), "unknown_provider");
    EXPECT_EQ(anybody.get("/api/v1/oidc/work/callback?code=x&state=y&session_state=z").code(), "unknown_provider");
}

}  // namespace
}  // namespace sluice::test
