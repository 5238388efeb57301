// A server's life: where it listens, how many it bears, how it stops.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "serve/http/server.hpp"
#include "support/http_client.hpp"
#include "support/http_service.hpp"

namespace sluice::serve::http {
namespace {

using namespace std::chrono_literals;
using test::HttpClient;
using Running = test::RunningServer;
using test::ScriptedService;
using Clock = std::chrono::steady_clock;

constexpr auto get_root = "GET / HTTP/1.1\r\nHost: sluice\r\n\r\n";

// ---- many connections

TEST(HttpServerLife, TwoThousandIdleConnectionsDoNotHoldUpAnotherClient) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    const auto wanted = std::min<std::size_t>(2'000, (limit.rlim_cur - 200) / 2);
    Running running;
    std::vector<HttpClient> idle;
    idle.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
        idle.push_back(running.client());
        ASSERT_EQ(idle.back().get("/").status, 200);
    }
    const auto begin = Clock::now();
    for (int i = 0; i < 20; ++i) ASSERT_EQ(running.client().get("/").status, 200);
    EXPECT_LT(Clock::now() - begin, 5s);
    EXPECT_EQ(idle.front().get("/").status, 200);
    EXPECT_EQ(idle.back().get("/").status, 200);
}

TEST(HttpServerLife, AboveTheMostConnectionsANewOneIsClosedAtOnce) {
    Running running({}, {.max_connections = 2});
    auto first = running.client();
    {
        auto second = running.client();
        ASSERT_EQ(first.get("/").status, 200);
        ASSERT_EQ(second.get("/").status, 200);
        EXPECT_TRUE(running.client().is_closed_within(5s));
        EXPECT_EQ(first.get("/").status, 200);
    }
    const auto end = Clock::now() + 10s;  // until the server has seen that the second has gone
    while (Clock::now() < end && running.client().get("/").status != 200) std::this_thread::sleep_for(5ms);
    EXPECT_LT(Clock::now(), end);
}

TEST(HttpServerLife, WithoutDescriptorsItWaitsForSomeAndDoesNotSpin) {
    Running running({}, {.max_connections = 10});
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    std::vector<int> taken{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
    rlimit few = before;
    few.rlim_cur = static_cast<rlim_t>(taken.front()) + 20;
    setrlimit(RLIMIT_NOFILE, &few);
    for (int fd = taken.front(); fd >= 0; fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) taken.push_back(fd);
    taken.erase(taken.begin());
    ::close(taken.back());
    taken.pop_back();
    auto client = running.client();  // with the last descriptor
    client.send(get_root);
    const auto cpu_begin = std::clock();
    EXPECT_FALSE(client.is_closed_within(400ms));
    EXPECT_LT(std::clock() - cpu_begin, CLOCKS_PER_SEC / 10);
    for (const int fd : taken) ::close(fd);
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_EQ(client.receive().status, 200);
}

// ---- where it listens

TEST(HttpServerLife, ListensOnIpv6) {
    Running running({}, {.host = "::1"});
    HttpClient client(running.server.port(), "::1");
    if (!client.is_connected()) GTEST_SKIP() << "no IPv6 here";
    EXPECT_EQ(client.get("/").status, 200);
}

TEST(HttpServerLife, ListensOnTheAddressesOfAName) {
    Running running({}, {.host = "localhost"});
    EXPECT_EQ(HttpClient(running.server.port(), "127.0.0.1").get("/").status, 200);
}

std::string why_not(const ServerOptions& options) {
    ScriptedService service;
    try {
        Server server(options, service);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "it could";
}

TEST(HttpServerLife, SaysWhyItCannotListen) {
    Running running;
    EXPECT_EQ(why_not({.port = running.server.port()}),
              "cannot listen on 127.0.0.1:" + std::to_string(running.server.port()) + ": another program does already");
    EXPECT_EQ(why_not({.host = "no.such.host.invalid", .port = 0}),
              "cannot find the address of the host \"no.such.host.invalid\"");
    EXPECT_EQ(why_not({.host = "192.0.2.1", .port = 0}),
              "cannot listen on 192.0.2.1:0: Cannot assign requested address");
}

// ---- stopping

TEST(HttpServerLife, StopLetsARunningRequestFinish) {
    std::promise<Answer> kept;
    Running running([&](Request, Answer answer) { kept.set_value(std::move(answer)); });
    auto client = running.client();
    client.send(get_root);
    const auto answer = kept.get_future().get();
    const auto begin = Clock::now();
    std::jthread worker([&] {
        std::this_thread::sleep_for(200ms);
        answer({200, "text/plain", "done"});
    });
    running.server.stop(10s);
    EXPECT_GE(Clock::now() - begin, 200ms);
    EXPECT_LT(Clock::now() - begin, 8s);
    const auto reply = client.receive();
    EXPECT_EQ(reply.body, "done");
    EXPECT_EQ(reply.header("Connection"), "close");
}

TEST(HttpServerLife, StopClosesIdleConnectionsAndTakesNoNewOnes) {
    Running running;
    auto silent = running.client();
    auto idle = running.client();
    ASSERT_EQ(idle.get("/").status, 200);
    const auto begin = Clock::now();
    running.server.stop(10s);
    EXPECT_LT(Clock::now() - begin, 8s);
    EXPECT_TRUE(idle.is_closed_within(5s));
    EXPECT_TRUE(silent.is_closed_within(5s));
    EXPECT_FALSE(running.client().is_connected() && running.client().get("/").status != 0);
    running.server.stop(10s);  // once more does nothing
}

TEST(HttpServerLife, StopCutsWhatDoesNotEndInTime) {
    std::promise<Answer> kept;
    Running running([&](Request, Answer answer) { kept.set_value(std::move(answer)); });
    auto client = running.client();
    client.send(get_root);
    const auto answer = kept.get_future().get();
    const auto begin = Clock::now();
    running.server.stop(100ms);
    EXPECT_LT(Clock::now() - begin, 5s);
    EXPECT_TRUE(client.is_closed_within(5s));
    answer({});
}

TEST(HttpServerLife, StopUnderLoadLeavesNoReplyInHalves) {
    Running running;
    std::vector<std::jthread> clients;
    std::atomic<int> answered = 0;
    std::atomic<int> halves = 0;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] {
            auto client = running.client();
            for (;;) {
                const auto reply = client.get("/");
                if (reply.status == 0) {
                    halves += reply.head.empty() ? 0 : 1;
                    return;
                }
                ++answered;
            }
        });
    while (answered < 1'000) std::this_thread::sleep_for(1ms);
    running.server.stop(5s);
    clients.clear();
    EXPECT_EQ(halves, 0);
}

TEST(HttpServerLife, AServerThatWasNeverStartedCanBeDestroyed) {
    ScriptedService service;
    Server server({.port = 0}, service);
    EXPECT_NE(server.port(), 0);
}

}  // namespace
}  // namespace sluice::serve::http
