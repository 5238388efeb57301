// A server that is killed while it tells others what has happened: everything is told, and what is told twice is known
// by its id.
#include <boost/json.hpp>
#include <iostream>
#include <set>

#include "api/webhook_receiver.hpp"
#include "api/world.hpp"
#include "crash/clerks.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr int events = 3'000;
constexpr std::size_t most_under_way = 200;  // of one server: waiting for a thread, or sent and not recorded

// PostgreSQL has no file beside it for the key that secrets are sealed with.
struct SecretKey {
    SecretKey() { ::setenv("SLUICE_SECRET_KEY", std::string(64, 'a').c_str(), 1); }
    ~SecretKey() { ::unsetenv("SLUICE_SECRET_KEY"); }
};

class Outbox : private PrivateWebhooksAllowed, private SecretKey, public Crash {
protected:
    Client op() const { return server_.platform().for_operator("op"); }

    // As the receiver has them: how often each event came, and under which ids.
    std::map<std::int64_t, std::vector<std::string>> told() {
        std::map<std::int64_t, std::vector<std::string>> ids;
        for (const auto& request : receiver_.requests())
            ids[json::parse(request.body).at("sequence").as_int64()].emplace_back(request.header("webhook-id"));
        return ids;
    }

    std::unique_ptr<Place> at_ = place("outbox");
    WebhookReceiver receiver_{milliseconds(20)};
    Server server_{*at_, file("server.log")};
};

TEST_P(Outbox, KilledWhileItSendsLosesNothing) {
    make_operator(server_.platform(), "op");
    auto clerk = op();
    const auto made =
        clerk.post("/api/v1/webhook-endpoints",
                   R"({"url": ")" + receiver_.url() + R"(", "event_types": ["subscriber.created"], "enabled": false})");
    ASSERT_EQ(made.status, 201) << made.body;
    std::vector<std::thread> clerks;
    for (int c = 0; c < 8; ++c)
        clerks.emplace_back([&, c] {
            auto client = op();
            for (int i = c; i < events; i += 8) make_subscriber(client, "s" + std::to_string(i));
        });
    for (auto& thread : clerks) thread.join();
    ASSERT_EQ(clerk.patch(made.header("Location"), R"({"enabled": true})").status, 200);
    int killed = 0;
    for (; killed < kills() && told().size() < events; ++killed) {
        std::this_thread::sleep_for(milliseconds(300) + some_time(milliseconds(700)));
        server_.kill_9();
        server_.start();
    }
    // What the last one had claimed is free again after a minute; where one process is alone, at once.
    for (int tries = 0; tries < 900 && told().size() < events; ++tries) std::this_thread::sleep_for(milliseconds(100));
    const auto ids = told();
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(events)) << "events are lost";
    std::set<std::string> different;
    std::size_t doubles = 0;
    for (const auto& [sequence, under] : ids) {
        doubles += under.size() - 1;
        EXPECT_EQ(std::set<std::string>(under.begin(), under.end()).size(), 1U) << "one event, one id";
        different.insert(under.front());
    }
    EXPECT_EQ(different.size(), ids.size()) << "one id, one event";
    EXPECT_LE(doubles, most_under_way * static_cast<std::size_t>(killed)) << "only what was under way comes twice";
    std::cout << killed << " times killed, " << ids.size() << " events told, " << doubles << " of them twice"
              << std::endl;
    auto reader = op();
    for (int tries = 0; tries < 900; ++tries) {
        if (reader.get("/api/v1/webhook-deliveries?state=waiting").list().empty()) break;
        std::this_thread::sleep_for(milliseconds(100));
    }
    EXPECT_EQ(reader.all("/api/v1/webhook-deliveries?state=delivered").size(), static_cast<std::size_t>(events));
    EXPECT_EQ(server_.stop(), 0) << server_.program().said();
    expect_sound_books(*at_);
}

SLUICE_ON_EACH_STORE(Outbox);

}  // namespace
}  // namespace sluice::test
