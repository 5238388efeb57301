// What HTTP asks of the API: HEAD, methods, names that are not there, and pages for people.
#include <map>

#include "api/world.hpp"

namespace sluice::test {
namespace {

using HttpFace = OverHttp;

// Each path of the description, with something in the place of its parameters.
std::string some_path(std::string path) {
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) {
        const auto close = path.find('}', open);
        const auto name = path.substr(open + 1, close - open - 1);
        path.replace(open, close - open + 1, name == "position" ? "1" : name == "file" ? "viewer.js" : "none");
    }
    return path;
}

TEST_F(HttpFace, HeadAnswersAsGetWithoutTheBody) {
    auto op = make_operator(platform(), "op");
    make_catalog(op);
    int tried = 0;
    for (const auto* operation : description().operations()) {
        if (operation->method != "GET" || operation->id == "metrics") continue;
        const auto path = some_path(operation->path);
        const auto get = op.ask({.target = path, .is_good = false});
        const auto head = op.head(path);
        EXPECT_EQ(head.status, get.status) << path;
        EXPECT_EQ(head.body, "");
        EXPECT_EQ(head.header("Content-Type"), get.header("Content-Type")) << path;
        EXPECT_EQ(head.header("ETag"), get.header("ETag"));
        if (get.status == 200) {
            EXPECT_EQ(head.header("Content-Length"), get.header("Content-Length")) << path;
        }
        ++tried;
    }
    EXPECT_GE(tried, 40);
}

TEST_F(HttpFace, OtherMethodsAreRefusedWithThoseThatThereAre) {
    auto client = platform();
    std::map<std::string, std::string> allowed;
    for (const auto* operation : description().operations()) {
        auto& methods = allowed[operation->path];
        methods += operation->method + " ";
        if (operation->method == "GET") methods += "HEAD ";
    }
    for (const auto& [path, methods] : allowed)
        for (const std::string method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
            if (methods.find(method + " ") != std::string::npos) continue;
            const auto reply = client.ask({method, some_path(path), {}, {}, false});
            EXPECT_EQ(reply.status, 405) << method << " " << path;
            if (method != "HEAD") {
                EXPECT_EQ(reply.code(), "method_not_allowed");
            }
            const auto allow = reply.header("Allow");
            for (const std::string other : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
                EXPECT_EQ((", " + allow + ",").find(", " + other + ",") != std::string::npos,
                          (" " + methods).find(" " + other + " ") != std::string::npos)
                    << path << " allows " << allow;
        }
}

TEST_F(HttpFace, WhatIsNotThereIsNotFound) {
    auto client = platform();
    for (const auto* path : {"/index.html",
                             "/api",
                             "/api/",
                             "/api/v1",
                             "/api/v1/",
                             "/api/v2/key",
                             "/api/v1/key/",
                             "/api/v1//key",
                             "/api/v1/subscribers/",
                             "/api/v1/Key",
                             "/favicon.ico",
                             "/api/docs/../../etc/passwd",
                             "/api/docs/..%2F..%2Fetc%2Fpasswd",
                             "/.git/config",
                             "/api/v1/subscribers/a/b/c/d",
                             "/api/v1/\xFF\xFE",
                             "/api/%FF%FE",
                             "/api/v1/subscribers/%FF",
                             "/api/v1/subscribers/%00",
                             "/%",
                             "/api/v1/k%65y%"}) {
        const auto reply = client.ask({.target = path, .is_good = false});
        EXPECT_TRUE(reply.status == 404 || reply.status == 400) << path << reply.body;
    }
}

TEST_F(HttpFace, ThePagesForPeopleAndMachinesAreOpen) {
    Client nobody(server_.port(), "");
    for (const auto* path : {"/health/live", "/health/ready", "/metrics", "/api/openapi.yaml", "/api/openapi.json",
                             "/api/docs", "/api/docs/boot.js", "/api/docs/viewer.js", "/api/docs/viewer.css"}) {
        const auto reply = nobody.get(path);
        EXPECT_EQ(reply.status, 200) << path;
        EXPECT_FALSE(reply.body.empty());
        EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    }
    EXPECT_EQ(nobody.get("/api/openapi.json").json.at("info").at("title").as_string(), "Sluice");
    EXPECT_NE(nobody.get("/metrics").body.find("sluice_"), std::string::npos);
    EXPECT_EQ(nobody.ask({.target = "/api/docs/other.js", .is_good = false}).status, 400);
}

TEST_F(HttpFace, ABodyMustBeWhatItSaysItIs) {
    auto op = make_operator(platform(), "op");
    const auto body = R"({"code": "a", "contact": "A"})";
    for (const auto* type :
         {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "", "application"}) {
        const auto reply = op.ask({"POST", "/api/v1/subscribers", {{"Content-Type", type}}, body, false});
        EXPECT_EQ(reply.status, 415) << type;
        EXPECT_EQ(reply.code(), "unsupported_media_type");
    }
    for (const auto* type : {"application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"})
        EXPECT_NE(op.ask({"POST", "/api/v1/subscribers", {{"Content-Type", type}}, body, false}).status, 415) << type;
    EXPECT_EQ(op.ask({"GET", "/api/v1/subscribers", {}, body, false}).status, 400) << "a GET takes no body";
    EXPECT_EQ(op.ask({"POST", "/api/v1/subscribers", {}, {}, false}).status, 400);
    const auto large = R"({"code": "b", "contact": ")" + std::string(1 << 20, 'x') + R"("})";
    const auto too_large = op.ask({"POST", "/api/v1/subscribers", {}, large, false});
    EXPECT_EQ(too_large.status, 413);
    EXPECT_EQ(too_large.code(), "too_large");
    EXPECT_EQ(op.get("/api/v1/subscribers").list().size(), 1U);
}

}  // namespace
}  // namespace sluice::test
