// Keys: who may do what. The matrix of roles is the description's own.
#include <algorithm>

#include "api/world.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::test {
namespace {

class ApiKeys : public OverHttp {
protected:
    Client op_ = make_operator(platform(), "op");
};

TEST_F(ApiKeys, AreShownOnceAndListedWithoutTheirSecret) {
    const auto made = op_.post("/api/v1/api-keys", R"({"name": "till 3", "role": "clerk"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.text("/operator"), "op");
    auto clerk = Client(server_.port(), made.text("/key"));
    const auto known = clerk.get("/api/v1/key");
    EXPECT_EQ(known.text("/id"), made.text("/id"));
    EXPECT_EQ(known.text("/role"), "clerk");
    EXPECT_EQ(known.text("/operator"), "op");
    EXPECT_EQ(op_.get("/api/v1/api-keys").body.find(made.text("/key")), std::string::npos);
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path()))
        EXPECT_EQ(serve::read_text_file(entry.path().string()).find(made.text("/key")), std::string::npos)
            << "the secret is stored in " << entry.path();
}

TEST_F(ApiKeys, ARevokedKeyIsRefusedAtOnce) {
    const auto made = op_.post("/api/v1/api-keys", R"({"name": "gone", "role": "owner"})");
    auto key = Client(server_.port(), made.text("/key"));
    EXPECT_EQ(key.get("/api/v1/taxes").status, 200);
    EXPECT_EQ(op_.del("/api/v1/api-keys/" + made.text("/id")).status, 204);
    const auto refused = key.get("/api/v1/taxes");
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.code(), "not_authenticated");
    EXPECT_NE(refused.header("WWW-Authenticate"), "");
    EXPECT_EQ(op_.del("/api/v1/api-keys/" + made.text("/id")).status, 204) << "it stays revoked";
    EXPECT_NE(text_at(op_.all("/api/v1/api-keys").back(), "/revoked_at"), "null");
    EXPECT_EQ(op_.del("/api/v1/api-keys/key_0000000000000").code(), "unknown_api_key");
    EXPECT_EQ(op_.get("/api/v1/events?type=api_key.revoked").list().size(), 1U);
    server_.kill();
    server_.start();
    EXPECT_EQ(key.at_port(server_.port()).get("/api/v1/taxes").status, 401) << "also after the next start";
}

TEST_F(ApiKeys, WithoutAGoodKeyNobodyIsLetIn) {
    for (const auto* header : {"", "Bearer", "Bearer ", "Bearer slk_", "Bearer slk_000000000000000000000000000000000",
                               "Basic c2x1aWNlOnNsdWljZQ==", "bearer x", "slk_x", "Bearer slk_' OR '1'='1"}) {
        Client nobody(server_.port(), "");
        Headers headers;
        if (*header) headers.emplace_back("Authorization", header);
        const auto reply = nobody.get("/api/v1/subscribers", headers);
        EXPECT_EQ(reply.status, 401) << header;
        EXPECT_EQ(reply.body.find("slk_0"), std::string::npos) << "what was sent is not repeated";
    }
}

TEST_F(ApiKeys, AnOperatorThatIsNoCodeIsNotLookedFor) {
    for (const std::string name : {"\xFF\xFE", "two words", "' OR ''='", "", "a/b"}) {
        const auto reply = platform().get("/api/v1/taxes", {{"Sluice-Operator", name}});
        EXPECT_EQ(reply.status, 400) << name;
        EXPECT_EQ(reply.text("/errors/0/where"), "header") << reply.body;
        EXPECT_EQ(reply.text("/errors/0/field"), "Sluice-Operator");
    }
    EXPECT_EQ(platform().get("/api/v1/taxes", {{"Sluice-Operator", std::string(64, 'x')}}).status, 404);
}

TEST_F(ApiKeys, OfAnOperatorMakeNoGreaterOnes) {
    auto owner = op_.with_key(make_key(op_, "owner")).for_operator("");
    make_operator(platform(), "other");
    const auto of_platform = owner.post("/api/v1/api-keys", R"({"name": "x", "role": "owner", "operator": null})");
    EXPECT_EQ(of_platform.status, 403) << of_platform.body;
    EXPECT_EQ(owner.post("/api/v1/api-keys", R"({"name": "x", "role": "owner", "operator": "other"})").code(),
              "unknown_operator");
    EXPECT_EQ(owner.post("/api/v1/api-keys", R"({"name": "x", "role": "owner", "operator": "op"})").status, 201);
    auto everything = platform();
    const auto another = everything.post("/api/v1/api-keys", R"({"name": "x", "role": "viewer", "operator": null})");
    ASSERT_EQ(another.status, 201);
    EXPECT_TRUE(another.is_null("/operator"));
    EXPECT_EQ(owner.del("/api/v1/api-keys/" + another.text("/id")).code(), "unknown_api_key");
    Client viewer(server_.port(), another.text("/key"), "other");
    EXPECT_EQ(viewer.get("/api/v1/taxes").status, 200);
    EXPECT_EQ(
        viewer.post("/api/v1/operators", R"({"code": "y", "name": "y", "currency": "USD", "time_zone": "UTC"})").status,
        403)
        << "of the platform, but no owner";
}

// Each operation with each role: refused with 403 exactly when the description asks for a greater one.
TEST_F(ApiKeys, EachOperationAsksForTheRoleThatItSays) {
    const std::vector<std::string> ladder{"none", "viewer", "clerk", "owner", "platform"};
    const auto rank = [&](const std::string& role) {
        return std::find(ladder.begin(), ladder.end(), role) - ladder.begin();
    };
    for (std::size_t held = 1; held < ladder.size(); ++held) {
        auto client = held == 4 ? op_.again() : Client(server_.port(), make_key(op_, ladder[held]));
        for (const auto* operation : description().operations()) {
            if (operation->role == "signature") continue;  // no key opens it
            auto path = operation->path;
            for (auto open = path.find('{'); open != std::string::npos; open = path.find('{'))
                path.replace(open, path.find('}', open) - open + 1, "none");
            const auto reply = client.ask({operation->method, path, {}, {}, false});
            EXPECT_EQ(reply.status == 403, rank(operation->role) > static_cast<std::ptrdiff_t>(held))
                << ladder[held] << " at " << operation->id << ": " << reply.status << reply.body;
            EXPECT_NE(reply.status, 401);
            if (operation->role == "none") continue;
            EXPECT_EQ(Client(server_.port(), "").ask({operation->method, path, {}, {}, false}).status, 401);
        }
    }
}

}  // namespace
}  // namespace sluice::test
