// What the server refuses, and what it does about clients that are slow, silent or hostile.
#include <gtest/gtest.h>

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
using Clock = std::chrono::steady_clock;

// ---- requests that two readers could understand differently

struct Form {
    const char* name;
    std::string text;
    int status = 400;
};
void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

class RefusedForm : public testing::TestWithParam<Form> {};

TEST_P(RefusedForm, IsAnsweredAndTheConnectionEnds) {
    Running running;
    auto client = running.client();
    ASSERT_EQ(client.get("/before").status, 200);
    const auto reply = client.send(GetParam().text).receive();
    EXPECT_EQ(reply.status, GetParam().status) << reply.body;
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_EQ(reply.header("X-Request-Id").size(), 16U);
    client.send("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n").end_sending();
    EXPECT_TRUE(client.is_closed_within(5s)) << "nothing after it is served";
}

std::string with(const std::string& headers, const std::string& body = "") {
    return "POST /a HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}
std::string chunks(const std::string& body) { return with("Transfer-Encoding: chunked\r\n", body); }
std::string target(const std::string& text) { return "GET " + text + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

INSTANTIATE_TEST_SUITE_P(
    Length, RefusedForm,
    testing::Values(
        Form{"LengthThenEncoding", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        Form{"EncodingThenLength", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
        Form{"DifferentLengths", with("Content-Length: 5\r\nContent-Length: 6\r\n", "123456")},
        Form{"TheSameLengthTwice", with("Content-Length: 5\r\nContent-Length: 5\r\n", "12345")},
        Form{"ListOfLengths", with("Content-Length: 5, 5\r\n", "12345")},
        Form{"LengthWithSign", with("Content-Length: +5\r\n", "12345")},
        Form{"NegativeLength", with("Content-Length: -1\r\n")},
        Form{"LengthInHexadecimal", with("Content-Length: 0x5\r\n", "12345")},
        Form{"EmptyLength", with("Content-Length: \r\n")},
        Form{"LengthBeyondAllNumbers", with("Content-Length: 18446744073709551617\r\n", "1")},
        Form{"LengthWithSpaceInside", with("Content-Length: 1 0\r\n", "1")}),
    [](const auto& form) { return form.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Encoding, RefusedForm,
    testing::Values(
        Form{"Gzip", with("Transfer-Encoding: gzip\r\n")},
        Form{"GzipThenChunked", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        Form{"ChunkedThenIdentity", with("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")},
        Form{"ChunkedTwice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        Form{"ChunkedInQuotes", with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")},
        Form{"ChunkedMisspelt", with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
        Form{"EmptyEncoding", with("Transfer-Encoding:\r\n", "0\r\n\r\n")},
        Form{"ControlBeforeChunked", with("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n")},
        Form{"ChunkedToHttp10", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}),
    [](const auto& form) { return form.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Chunks, RefusedForm,
    testing::Values(Form{"SizeIsNoNumber", chunks("xyz\r\n12345")},
                    Form{"SizeWithPrefix", chunks("0x5\r\n12345\r\n0\r\n\r\n")},
                    Form{"NegativeSize", chunks("-5\r\n12345\r\n0\r\n\r\n")},
                    Form{"SizeAfterSpace", chunks(" 5\r\n12345\r\n0\r\n\r\n")},
                    Form{"SizeBeforeSpace", chunks("5 \r\n12345\r\n0\r\n\r\n")},
                    Form{"SizeBeyondAllNumbers", chunks("10000000000000005\r\n12345\r\n0\r\n\r\n")},
                    Form{"DataLongerThanSize", chunks("3\r\n12345\r\n0\r\n\r\n")},
                    Form{"BareLineFeedAfterSize", chunks("5\n12345\r\n0\r\n\r\n")},
                    Form{"BareCarriageReturnAfterSize", chunks("5\r12345\r\n0\r\n\r\n")},
                    Form{"LineFeedHiddenInAnExtension", chunks("5;a=\"\n\"\r\n12345\r\n0\r\n\r\n")},
                    Form{"MalformedExtension", chunks("5;=1\r\n12345\r\n0\r\n\r\n")},
                    Form{"LengthInTheTrailer", chunks("5\r\n12345\r\n0\r\nContent-Length: 1\r\n\r\n")},
                    Form{"MalformedTrailer", chunks("5\r\n12345\r\n0\r\nBad name: 1\r\n\r\n")},
                    Form{"EndlessSizeLine", chunks("5;" + std::string(70'000, 'a'))}),
    [](const auto& form) { return form.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Lines, RefusedForm,
    testing::Values(
        Form{"SpaceBeforeColon", with("X-One : 1\r\n")}, Form{"TabBeforeColon", with("X-One\t: 1\r\n")},
        Form{"SpaceBeforeName", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"}, Form{"FoldedHeader", with("X-One: 1\r\n 2\r\n")},
        Form{"FoldedWithTab", with("X-One: 1\r\n\t2\r\n")},
        Form{"FoldedEncoding", with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
        Form{"BareLineFeed", "GET / HTTP/1.1\nHost: a\n\n"}, Form{"BareLineFeedInside", with("X-One: 1\nX-Two: 2\r\n")},
        Form{"BareCarriageReturn", with("X-One: 1\rX-Two: 2\r\n")}, Form{"CarriageReturnTwice", with("X-One: 1\r\r\n")},
        Form{"NoColon", with("X-One\r\n")}, Form{"NoName", with(": 1\r\n")},
        Form{"NulInValue", with(std::string("X-One: a\0b\r\n", 12))}, Form{"ControlInValue", with("X-One: a\x01\r\n")},
        Form{"DeleteInValue", with("X-One: a\x7f\r\n")}, Form{"NulInName", with(std::string("X\0: 1\r\n", 7))}),
    [](const auto& form) { return form.param.name; });

INSTANTIATE_TEST_SUITE_P(
    RequestLine, RefusedForm,
    testing::Values(Form{"Http09", "GET /\r\n"}, Form{"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
                    Form{"Http12", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"},
                    Form{"LowerCaseVersion", "GET / http/1.1\r\nHost: a\r\n\r\n"}, Form{"TwoSpaces", target(" /")},
                    Form{"SpaceInTarget", target("/a b")}, Form{"TabInTarget", target("/a\tb")},
                    Form{"ControlInTarget", target("/a\x01")}, Form{"RawUtf8InTarget", target("/\xc3\xa9")},
                    Form{"Fragment", target("/a#b")}, Form{"NoSlash", target("a")}, Form{"Asterisk", target("*")},
                    Form{"OtherScheme", target("ftp://a/")}, Form{"NobodyInAbsoluteForm", target("http:///a")},
                    Form{"UserInAbsoluteForm", target("http://me@a/")},
                    Form{"AnotherHostInAbsoluteForm", target("http://b/")},
                    Form{"BrokenMethod", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Form{"TlsToAPlainPort", "\x16\x03\x01\x02"},
                    Form{"LineFeedFirst", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"}),
    [](const auto& form) { return form.param.name; });

INSTANTIATE_TEST_SUITE_P(
    HostAndLimits, RefusedForm,
    testing::Values(Form{"NoHost", "GET / HTTP/1.1\r\n\r\n"}, Form{"TwoHosts", with("Host: b\r\n")},
                    Form{"TheSameHostTwice", with("Host: a\r\n")}, Form{"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
                    Form{"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
                    Form{"TwoHostsInOne", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
                    Form{"HeadersTooLarge", with("X-One: " + std::string(17'000, 'a') + "\r\n"), 431},
                    Form{"HeadersWithoutEnd", "GET / HTTP/1.1\r\nX-One: " + std::string(17'000, 'a'), 431},
                    Form{"TooManyHeaders",
                         [] {
                             std::string many;
                             for (int i = 0; i < 200; ++i) many += "X: 1\r\n";
                             return with(many);
                         }(),
                         431},
                    Form{"TargetTooLong", target("/" + std::string(9'000, 'a')), 414},
                    Form{"TargetWithoutEnd", "GET /" + std::string(17'000, 'a'), 414},
                    Form{"BodyTooLarge", with("Content-Length: 1025\r\n"), 413},
                    Form{"BodyFarTooLarge", with("Content-Length: 9000000000000000000\r\n"), 413},
                    Form{"ChunkTooLarge", chunks("401\r\n"), 413},
                    Form{"ChunksTooLarge", chunks("400\r\n" + std::string(1024, 'a') + "\r\n1\r\n"), 413},
                    Form{"UnknownExpectation", with("Expect: miracles\r\nContent-Length: 1\r\n", "1"), 417}),
    [](const auto& form) { return form.param.name; });

TEST(HttpLimits, ARefusedHeadRequestHasNoBodyAndTheNextRefusalHasOne) {
    Running running;
    auto client = running.client();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(client.receive(true).status, 200);
    EXPECT_FALSE(client.send("broken\r\n\r\n").receive().body.empty());
}

// ---- bodies

TEST(HttpLimits, AnOversizedBodyIsRefusedBeforeItIsSentAndTheReasonArrivesEvenSo) {
    Running running;
    auto client = running.client();
    client.send(with("Content-Length: 3000000\r\n"));
    EXPECT_EQ(client.receive().status, 413);
    auto stubborn = running.client();  // sends everything before it listens
    stubborn.send(with("Content-Length: 3000000\r\n", std::string(3'000'000, 'a')));
    EXPECT_EQ(stubborn.receive().status, 413);
}

TEST(HttpLimits, EachTargetHasItsOwnLimit) {
    Running running;
    const std::string body(3'000'000, 'b');
    const auto reply =
        running.client().send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + body).receive();
    EXPECT_TRUE(reply.body == "POST /large " + body);
}

TEST(HttpLimits, ChunkedBodiesArePutTogether) {
    Running running;
    auto client = running.client();
    client.send(chunks("5;ext=1;b=\"c\"\r\nhello\r\n1\r\n \r\n05\r\nworld\r\n0\r\nX-Trailer: 1\r\n\r\n"));
    EXPECT_EQ(client.receive().body, "POST /a hello world");
    EXPECT_EQ(client.send(chunks("0\r\n\r\n")).receive().body, "POST /a ");
    EXPECT_EQ(client.get("/next").body, "GET /next ");
}

TEST(HttpLimits, ItDoesNotMatterHowARequestIsCutIntoPackets) {
    Running running;
    auto client = running.client();
    for (const auto& request :
         {chunks("3\r\nabc\r\n0\r\n\r\n"), chunks("0\r\n\r\n"), with("Content-Length: 3\r\n", "abc")}) {
        for (const char byte : request) {
            client.send({&byte, 1});
            std::this_thread::sleep_for(200us);
        }
        EXPECT_EQ(client.receive().status, 200);
    }
}

TEST(HttpLimits, AClientThatWaitsFor100ContinueIsToldSo) {
    Running running;
    auto client = running.client();
    client.send(with("Expect: 100-continue\r\nContent-Length: 4\r\n"));
    EXPECT_EQ(client.receive().head, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.send("body").receive().body, "POST /a body");
    client.send(with("Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n"));
    EXPECT_EQ(client.receive().status, 100);
    EXPECT_EQ(client.send("4\r\nbody\r\n0\r\n\r\n").receive().body, "POST /a body");
    client.send(with("Expect: 100-continue\r\nContent-Length: 4000\r\n"));
    EXPECT_EQ(client.receive().status, 413) << "and is not told to go on when the body is too large";
}

TEST(HttpLimits, ABodyThatIsThereAlreadyNeedsNo100Continue) {
    Running running;
    auto client = running.client();
    EXPECT_EQ(client.send(with("Expect: 100-continue\r\nContent-Length: 4\r\n", "body")).receive().body,
              "POST /a body");
    EXPECT_EQ(
        client.send("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n").send("body").receive().body,
        "POST / body");
}

TEST(HttpLimits, AnAbsoluteTargetMeansItsPath) {
    Running running;
    auto client = running.client();
    EXPECT_EQ(client.send(target("HTTP://A/b?c")).receive().body, "GET /b?c ");
    EXPECT_EQ(client.send(target("http://a?c")).receive().body, "GET /?c ");
    EXPECT_EQ(client.send(target("http://a")).receive().body, "GET / ");
}

TEST(HttpLimits, AnEmptyLineBeforeARequestIsOverlooked) {
    Running running;
    EXPECT_EQ(running.client().send("\r\n" + target("/a")).receive().status, 200);
}

// ---- time

// Other programs may hold this one up for a while: what must take its time is counted from before it can begin, and
// what must not take long is given many times what it takes, yet less than it would take if it went wrong.

ServerOptions impatient_options(std::chrono::milliseconds timeout = 300ms) {
    ServerOptions options;
    options.io_threads = 1;
    options.header_timeout = options.body_timeout = options.idle_timeout = timeout;
    return options;
}

// Sends a byte now and then until the server has had enough.
void drip(HttpClient& client, std::string_view bytes) {
    for (const char byte : bytes) {
        client.send({&byte, 1});
        if (!client.is_connected() || !client.has_nothing_to_receive_within(50ms)) break;
    }
}

TEST(HttpTimeouts, AHeadThatComesByteByByteIsCutOff) {
    Running running({}, impatient_options());
    const auto begin = Clock::now();
    auto client = running.client();
    drip(client, "GET /" + std::string(200, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_GE(Clock::now() - begin, 250ms);
    EXPECT_LT(Clock::now() - begin, 8s);
    EXPECT_EQ(client.receive().status, 408);
    EXPECT_TRUE(client.is_closed_within(5s));
}

TEST(HttpTimeouts, ABodyThatComesByteByByteIsCutOff) {
    Running running({}, impatient_options());
    auto client = running.client();
    const auto begin = Clock::now();
    client.send(with("Content-Length: 1000\r\n"));
    drip(client, std::string(200, 'a'));
    EXPECT_GE(Clock::now() - begin, 250ms);
    EXPECT_LT(Clock::now() - begin, 8s);
    EXPECT_EQ(client.receive().status, 408);
}

TEST(HttpTimeouts, SlowClientsDoNotHoldUpOthers) {
    Running running({}, impatient_options(10s));
    std::vector<HttpClient> slow;
    for (int i = 0; i < 50; ++i) slow.push_back(std::move(running.client().send("GET / HT")));
    auto client = running.client();
    const auto begin = Clock::now();
    for (int i = 0; i < 100; ++i) ASSERT_EQ(client.get("/").status, 200);
    EXPECT_LT(Clock::now() - begin, 5s);
}

TEST(HttpTimeouts, IdleConnectionsAreClosedWithoutAWord) {
    Running running({}, impatient_options());
    auto silent = running.client();  // never sends a byte
    auto client = running.client();
    const auto begin = Clock::now();
    ASSERT_EQ(client.get("/").status, 200);
    EXPECT_TRUE(client.is_closed_within(5s));
    EXPECT_GE(Clock::now() - begin, 250ms);
    EXPECT_TRUE(silent.is_closed_within(5s));
}

TEST(HttpTimeouts, AConnectionInUseIsNotIdle) {
    Running running({}, impatient_options(1s));
    auto client = running.client();
    for (int i = 0; i < 6; ++i) {
        ASSERT_EQ(client.get("/").status, 200);
        std::this_thread::sleep_for(200ms);
    }
}

TEST(HttpTimeouts, ARequestMayTakeLongerToServeThanAnyOfThem) {
    std::vector<std::jthread> workers;
    Running running(
        [&](Request, Answer answer) {
            workers.emplace_back([answer] {
                std::this_thread::sleep_for(700ms);
                answer({});
            });
        },
        impatient_options());
    EXPECT_EQ(running.client().get("/").status, 200);
}

TEST(HttpTimeouts, WhoDoesNotTakeTheAnswerIsCutOff) {
    Running running(
        [](Request, Answer answer) {
            answer({200, "text/plain", std::string(30'000'000, 'x')});
        },
        impatient_options());
    auto client = running.client();
    client.receive_little_by_little();
    client.send(target("/"));
    std::this_thread::sleep_for(1500ms);
    EXPECT_EQ(client.receive().status, 0) << "the answer was not sent to its end";
    EXPECT_FALSE(client.is_connected());
}

TEST(HttpTimeouts, ALargeBodyThatKeepsComingIsGivenTime) {
    Running running({}, impatient_options(1s));
    auto client = running.client();
    client.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n");
    for (int i = 0; i < 8; ++i) {
        client.send(std::string(50'000, 'a'));
        std::this_thread::sleep_for(200ms);
    }
    EXPECT_EQ(client.receive().status, 200);
}

}  // namespace
}  // namespace sluice::serve::http
