// Slow, silent, numerous and crooked connections against the program as it is shipped, while an honest client is
// served.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "api/world.hpp"

namespace sluice::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class Connections : public OverHttp {
protected:
    Connections() { make_subscriber(op_, "a"); }

    // The time in which 99 of 100 answers came.
    milliseconds slowest_of_usual(int requests) {
        std::vector<milliseconds> times;
        for (int i = 0; i < requests; ++i) {
            const auto began = steady_clock::now();
            EXPECT_EQ(op_.get("/api/v1/subscribers/a").status, 200);
            times.push_back(std::chrono::duration_cast<milliseconds>(steady_clock::now() - began));
        }
        std::sort(times.begin(), times.end());
        return times[times.size() * 99 / 100];
    }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(Connections, AnHonestClientIsServedWhileOthersAreSlowAndMany) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 5'000) GTEST_SKIP() << "this machine lets a process open few connections";
    const auto before = slowest_of_usual(400);

    std::vector<HttpClient> idle;
    for (int i = 0; i < 2'000; ++i) {
        idle.emplace_back(server_.port());
        ASSERT_TRUE(idle.back().is_connected()) << i;
        if (i % 4 == 0) {
            EXPECT_EQ(idle.back().get("/health/live").status, 200);
        }
    }
    const auto request = op_.bytes_of({.target = "/api/v1/subscribers/a"});
    std::vector<HttpClient> half_open;
    for (int i = 0; i < 50; ++i) {
        half_open.emplace_back(server_.port());
        half_open.back().send(request.substr(0, request.size() / 2));
        if (i % 2) half_open.back().end_sending();
    }
    std::atomic<bool> done = false;
    std::thread byte_by_byte([&] {
        std::vector<HttpClient> slow;
        for (int i = 0; i < 50; ++i) slow.emplace_back(server_.port());
        for (std::size_t at = 0; !done && at < request.size(); ++at) {
            for (auto& connection : slow) connection.send(request.substr(at, 1));
            std::this_thread::sleep_for(milliseconds(100));
        }
    });
    const auto meanwhile = slowest_of_usual(2'000);
    done = true;
    byte_by_byte.join();
    EXPECT_LT(meanwhile, std::max(milliseconds(50), 4 * before));
    for (std::size_t i = 0; i < idle.size(); i += 100) EXPECT_EQ(idle[i].get("/health/live").status, 200);
}

TEST_F(Connections, PipelinedRequestsAreAnsweredInOrder) {
    std::string all;
    constexpr int count = 60;
    for (int i = 0; i < count; ++i)
        all += i % 2 ? op_.bytes_of({.target = "/api/v1/subscribers/p" + std::to_string(i - 1)})
                     : op_.bytes_of({"POST",
                                     "/api/v1/subscribers",
                                     {},
                                     R"({"code": "p)" + std::to_string(i) + R"(", "contact": "P"})",
                                     true});
    HttpClient connection(server_.port());
    connection.send(all);
    for (int i = 0; i < count; ++i) {
        const auto reply = connection.receive();
        EXPECT_EQ(reply.status, i % 2 ? 200 : 201) << i << reply.body;
        EXPECT_NE(reply.body.find("\"p" + std::to_string(i / 2 * 2) + "\""), std::string::npos) << reply.body;
    }
}

// Requests of which a proxy in front might see other borders than we do: refused, and nothing behind them is read.
TEST_F(Connections, WhatCouldBeReadInTwoWaysIsRefused) {
    const auto inner =
        op_.bytes_of({"POST", "/api/v1/subscribers", {}, R"({"code": "smuggled", "contact": "S"})", true});
    const auto lines = "POST /api/v1/subscribers HTTP/1.1\r\nHost: sluice\r\nAuthorization: Bearer " + op_.key() +
                       "\r\nSluice-Operator: op\r\nContent-Type: application/json\r\n";
    const auto body = R"({"code": "x", "contact": "X"})";
    const auto length = std::to_string(std::string(body).size());
    for (const auto& crooked : std::vector<std::string>{
             lines + "Content-Length: 5\r\nContent-Length: " + length + "\r\n\r\n" + body,
             lines + "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             lines + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
             lines + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
             lines + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
             lines + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
             lines + "Content-Length: +" + length + "\r\n\r\n" + body, lines + "Content-Length: 0x1d\r\n\r\n" + body,
             lines + "Content-Length: 18446744073709551617\r\n\r\n" + body, lines + "Content-Length: -1\r\n\r\n" + body,
             lines + "X: a\r\n folded: b\r\nContent-Length: 0\r\n\r\n",
             lines + "X: a\nContent-Length: " + length + "\r\n\r\n" + body, lines + "X: a\rContent-Length: 0\r\n\r\n",
             lines + std::string("X: a\0b\r\nContent-Length: 0\r\n\r\n", 30),
             lines + "Host: other\r\nContent-Length: 0\r\n\r\n",
             "POST /api/v1/subscribers HTTP/1.1 \r\nHost: sluice\r\n\r\n",
             "POST  /api/v1/subscribers HTTP/1.1\r\nHost: sluice\r\n\r\n",
             "POST /api/v1/subscribers HTTP/3.1\r\nHost: sluice\r\n\r\n"}) {
        HttpClient connection(server_.port());
        connection.send(crooked + inner);
        const auto refused = connection.receive();
        EXPECT_GE(refused.status, 400) << crooked;
        EXPECT_LT(refused.status, 600) << crooked;
        EXPECT_TRUE(connection.is_closed_within(milliseconds(3'000))) << "nothing more is read after " << crooked;
    }
    EXPECT_EQ(op_.get("/api/v1/subscribers/smuggled").status, 404);
    EXPECT_EQ(op_.get("/api/v1/subscribers").list().size(), 1U);
}

TEST_F(Connections, AHundredMegabytesAreRefusedBeforeTheyAreRead) {
    HttpClient connection(server_.port());
    connection.send("POST /api/v1/subscribers HTTP/1.1\r\nHost: sluice\r\nAuthorization: Bearer " + op_.key() +
                    "\r\nSluice-Operator: op\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{");
    const auto began = steady_clock::now();
    EXPECT_EQ(connection.receive().status, 413);
    EXPECT_LT(steady_clock::now() - began, milliseconds(2'000));
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").status, 200);
}

}  // namespace
}  // namespace sluice::test
