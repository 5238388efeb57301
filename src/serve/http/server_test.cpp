#include "serve/http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/http_client.hpp"
#include "support/http_service.hpp"

namespace sluice::serve::http {
namespace {

using namespace std::chrono_literals;
using test::HttpClient;
using Running = test::RunningServer;

constexpr auto get_root = "GET / HTTP/1.1\r\nHost: sluice\r\n\r\n";

// ---- answers

TEST(HttpServer, AnAnswerHasItsLengthDateAndRequestIdAndDoesNotNameTheProgram) {
    Running running;
    const auto reply = running.client().get("/here?x=1");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "GET /here?x=1 ");
    EXPECT_EQ(reply.header("Content-Type"), "text/plain");
    EXPECT_EQ(reply.header("Content-Length"), "14");
    EXPECT_EQ(reply.header("X-Request-Id").size(), 16U);
    EXPECT_TRUE(reply.header("Date").ends_with(" GMT")) << reply.head;
    EXPECT_EQ(reply.header("Date").size(), 29U);
    EXPECT_EQ(reply.header("Server"), "");
    EXPECT_EQ(reply.header("Connection"), "");
}

TEST(HttpServer, AConnectionServesManyRequestsAndEachHasAnIdOfItsOwn) {
    Running running;
    auto client = running.client();
    std::set<std::string> ids;
    for (int i = 0; i < 100; ++i) ids.insert(client.get("/").header("X-Request-Id"));
    EXPECT_EQ(ids.size(), 100U);
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
    std::vector<std::jthread> workers;
    Running running([&](Request request, Answer answer) {
        if (request.target != "/slow") return answer({200, "text/plain", request.target});
        workers.emplace_back([answer] {
            std::this_thread::sleep_for(100ms);
            answer({200, "text/plain", "/slow"});
        });
    });
    auto client = running.client();
    std::string all;
    for (const auto* target : {"/1", "/slow", "/2", "/3"})
        all += std::string("GET ") + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(all);
    for (const auto* target : {"/1", "/slow", "/2", "/3"}) EXPECT_EQ(client.receive().body, target);
}

TEST(HttpServer, ThousandsOfPipelinedRequestsDoNotPileUp) {
    Running running;
    auto client = running.client();
    std::string all;
    for (int i = 0; i < 5'000; ++i) all += get_root;
    std::jthread sender([&] { client.send(all); });
    int answered = 0;
    while (answered < 5'000 && client.receive().status == 200) ++answered;
    EXPECT_EQ(answered, 5'000);
}

TEST(HttpServer, HeadIsAnsweredLikeGetWithoutTheBody) {
    Running running;
    auto client = running.client();
    client.send("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto reply = client.receive(true);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("Content-Length"), "11");  // of "HEAD /page "
    EXPECT_EQ(client.get("/").body, "GET / ");        // nothing lay in between
}

TEST(HttpServer, MethodsThatNobodyKnowsReachTheService) {
    Running running;
    for (const std::string method : {"TRACE", "PROPFIND", "X"}) {
        auto client = running.client();
        EXPECT_EQ(client.send(method + " /a HTTP/1.1\r\nHost: a\r\n\r\n").receive().body, method + " /a ");
    }
    EXPECT_EQ(running.client().send("CONNECT b:80 HTTP/1.1\r\nHost: b:80\r\n\r\n").receive().body, "CONNECT b:80 ");
    EXPECT_EQ(running.client().send("OPTIONS * HTTP/1.1\r\nHost: b\r\n\r\n").receive().body, "OPTIONS * ");
}

TEST(HttpServer, AStatusWithoutABodyHasNoLength) {
    Running running([](Request, Answer answer) { answer({204, "application/json", "ignored"}); });
    auto client = running.client();
    const auto reply = client.get("/");
    EXPECT_EQ(reply.status, 204);
    EXPECT_EQ(reply.header("Content-Length"), "");
    EXPECT_EQ(reply.header("Content-Type"), "");
    EXPECT_EQ(client.get("/").status, 204);
}

TEST(HttpServer, TheConnectionIsClosedWhenTheClientWishes) {
    Running running;
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.receive().header("Connection"), "close");
    EXPECT_TRUE(client.is_closed_within(5s));
}

TEST(HttpServer, Http10ClosesUnlessKeepingIsAskedFor) {
    Running running;
    auto client = running.client();
    EXPECT_EQ(client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").receive().header("Connection"),
              "keep-alive");
    EXPECT_EQ(client.send("GET / HTTP/1.0\r\n\r\n").receive().header("Connection"), "close");
    EXPECT_TRUE(client.is_closed_within(5s));
}

TEST(HttpServer, AClientThatEndsItsSideAfterTheRequestIsStillAnswered) {
    Running running;
    auto client = running.client();
    client.send(get_root).end_sending();
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_TRUE(client.is_closed_within(5s));
}

TEST(HttpServer, NoValueOfAnAnswerBeginsAHeaderOfItsOwn) {
    Running running([](Request, Answer answer) {
        answer({200,
                "text/plain\r\nX-Type: 1",
                "body",
                {{"X-Value", "a\r\nX-Evil: 1\r\n\r\nfoo\0"},
                 {"X-Name: 1\r\nX-Evil", "1"},
                 {"Content-Length", "1"},
                 {"transfer-encoding", "chunked"},
                 {"", "nameless"},
                 {"Location", "/there"}}});
    });
    auto client = running.client();
    const auto reply = client.get("/");
    EXPECT_EQ(reply.body, "body");
    EXPECT_EQ(reply.header("X-Evil") + reply.header("X-Type") + reply.header("X-Name"), "");
    EXPECT_EQ(reply.header("X-Value"), "a  X-Evil: 1    foo");
    EXPECT_EQ(reply.header("Transfer-Encoding"), "");
    EXPECT_EQ(reply.header("Location"), "/there");
    EXPECT_EQ(client.get("/").status, 200);
}

// ---- who answers, when

TEST(HttpServer, AnAnswerMayComeFromAnotherThread) {
    std::vector<std::jthread> workers;
    std::mutex mutex;
    Running running([&](Request request, Answer answer) {
        const std::lock_guard lock(mutex);
        workers.emplace_back([answer, target = request.target] { answer({200, "text/plain", target}); });
    });
    std::vector<std::jthread> clients;
    std::atomic<int> right = 0;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&, i] {
            auto client = running.client();
            const auto target = "/" + std::to_string(i);
            for (int n = 0; n < 50; ++n) right += client.get(target).body == target ? 1 : 0;
        });
    clients.clear();
    EXPECT_EQ(right, 400);
}

TEST(HttpServer, AnAnswerAfterTheClientHasLeftIsThrownAway) {
    std::promise<Answer> kept;
    Running running([&](Request request, Answer answer) {
        if (request.target == "/kept") return kept.set_value(std::move(answer));
        answer({});
    });
    auto client = running.client();
    client.send("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = kept.get_future().get();
    client.reset();
    answer({200, "text/plain", std::string(1'000'000, 'x')});
    EXPECT_EQ(running.client().get("/").status, 200);
}

TEST(HttpServer, AnAnswerMayOutliveTheServer) {
    std::promise<Answer> kept;
    auto running = std::make_unique<Running>([&](Request, Answer answer) { kept.set_value(std::move(answer)); });
    auto client = running->client();
    client.send(get_root);
    const auto answer = kept.get_future().get();
    running.reset();
    answer({});
    EXPECT_TRUE(client.is_closed_within(5s));
}

TEST(HttpServer, OnlyTheFirstAnswerCounts) {
    std::vector<Answer> kept;
    Running running(
        [&](Request, Answer answer) {
            for (const auto& earlier : kept) earlier({200, "text/plain", "of an earlier request"});
            kept.push_back(answer);
            answer({200, "text/plain", "first"});
            answer({200, "text/plain", "second"});
        },
        {.io_threads = 1});
    auto client = running.client();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/").body, "first");
}

TEST(HttpServer, ARequestThatGetsNoAnswerIs500) {
    Running running([](Request request, Answer answer) {
        if (request.target == "/throw") throw std::runtime_error("out of order");
        if (request.target == "/later") std::jthread([answer] {}).detach();
        if (request.target == "/strange") answer({7, "text/plain", "no such status"});
    });
    auto client = running.client();
    for (const auto* target : {"/drop", "/throw", "/later", "/strange"})
        EXPECT_EQ(client.get(target).status, 500) << target;
}

TEST(HttpServer, ALargeAnswerArrivesWhole) {
    std::string large(20'000'000, 'x');
    for (std::size_t i = 0; i < large.size(); i += 97) large[i] = static_cast<char>('a' + i % 26);
    Running running([&](Request, Answer answer) { answer({200, "text/plain", large}); });
    auto client = running.client();
    EXPECT_TRUE(client.get("/").body == large);
    EXPECT_TRUE(client.get("/").body == large);
}

// ---- whose request

TEST(HttpServer, ALargeAnswerArrivesWholeThoughTheConnectionClosesAndTheClientIsSlow) {
    const std::string large(1'000'000, 'x');
    Running running([&](Request, Answer answer) { answer({200, "text/plain", large}); });
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    std::this_thread::sleep_for(200ms);  // what was written fills both sides by now
    EXPECT_EQ(client.receive().body, large);
}

TEST(HttpServer, TheRequestSaysWhatWasSentAndByWhom) {
    Request seen;
    Running running([&](Request request, Answer answer) {
        seen = std::move(request);
        answer({});
    });
    running.client()
        .send(
            "POST /p%20q?a=b HTTP/1.1\r\nHost: sluice:80\r\nX-One:  1 \r\nx-one: 2\r\nX-Request-Id: mine\r\n"
            "X-Forwarded-For: 10.0.0.1\r\nContent-Length: 4\r\n\r\nbody")
        .receive();
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.target, "/p%20q?a=b");
    EXPECT_EQ(seen.body, "body");
    EXPECT_EQ(seen.header("X-ONE"), "1");
    EXPECT_EQ(seen.header("absent"), "");
    EXPECT_EQ(seen.headers.size(), 6U);
    EXPECT_EQ(seen.peer, "127.0.0.1");
    EXPECT_EQ(seen.id.size(), 16U);
    EXPECT_FALSE(seen.secure);
}

TEST(HttpServer, BehindAProxyTheProxyNamesTheClientAndTheRequest) {
    Request seen;
    Running running(
        [&](Request request, Answer answer) {
            seen = std::move(request);
            answer({});
        },
        {.behind_proxy = true});
    auto client = running.client();
    client.send(
        "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 6.6.6.6, 2001:db8::7\r\n"
        "X-Request-Id: abc-1.2_3\r\n\r\n");
    EXPECT_EQ(client.receive().header("X-Request-Id"), "abc-1.2_3");
    EXPECT_EQ(seen.peer, "2001:db8::7");
    EXPECT_EQ(seen.id, "abc-1.2_3");
    for (const std::string& id : {std::string("not valid"), std::string("<script>"), std::string(65, 'a')}) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: unknown\r\nX-Request-Id: " + id + "\r\n\r\n");
        EXPECT_EQ(client.receive().header("X-Request-Id").size(), 16U);
        EXPECT_EQ(seen.peer, "127.0.0.1");
    }
}

}  // namespace
}  // namespace sluice::serve::http
