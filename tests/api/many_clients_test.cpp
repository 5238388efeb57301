// Sixty-four clients at the same few subscribers: whatever they do at once, every command is done once, no change is
// lost, and the books are sound. On PostgreSQL they are shared by two servers.
#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include "api/world.hpp"
#include "support/postgres_server.hpp"

namespace sluice::test {
namespace {

constexpr int client_count = 64;
constexpr int subscriber_count = 6;
constexpr int steps_each = 25;

// SLUICE_SEED chooses other lives.
std::uint32_t seed() {
    const char* wish = std::getenv("SLUICE_SEED");
    return wish ? static_cast<std::uint32_t>(std::stoul(wish)) : 20'261'124U;
}

enum class StoreKind { sqlite, postgres };

class ManyClients : public testing::TestWithParam<StoreKind> {
protected:
    ManyClients() {
        make_catalog(op_);
        for (int i = 0; i < subscriber_count; ++i) make_subscriber(op_, "s" + std::to_string(i));
        if (GetParam() == StoreKind::postgres)
            second_ = std::make_unique<RunningServer>(directory_.path(), no_options, store_);
    }
    ~ManyClients() override {
        if (GetParam() != StoreKind::postgres) return;
        second_.reset();
        first_.reset();
        PostgresServer::forgetful().drop_database(store_);
    }

    // The same client twice: at the server that is nearest to it, and at another one if there is another one.
    using Ways = std::array<Client, 2>;
    template <typename Life>
    void at_once(int count, const Life& life) {
        const std::array<std::uint16_t, 2> ports{first_->port(), second_ ? second_->port() : first_->port()};
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i)
            threads.emplace_back([&, i] {
                const auto at = static_cast<std::size_t>(i % 2);
                life(i, Ways{op_.at_port(ports[at]), op_.at_port(ports[1 - at])});
            });
        for (auto& thread : threads) thread.join();
    }
    void expect_gapless_events() {
        std::int64_t after = 0;
        for (;;) {
            const auto page = op_.get("/api/v1/events?limit=500&after=" + std::to_string(after));
            for (const auto& event : page.list()) ASSERT_EQ(event.at("sequence").as_int64(), ++after);
            if (page.list().empty()) break;
        }
    }
    void stop() {
        EXPECT_EQ(first_->stop(), 0);
        EXPECT_EQ(second_ ? second_->stop() : 0, 0);
    }

    int deadlocks() const {
        if (GetParam() == StoreKind::sqlite) return 0;
        return std::stoi(PostgresServer::forgetful().query(
            store_, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    static inline const std::vector<std::string> no_options = {};
    TemporaryDirectory directory_;
    std::string store_ = GetParam() == StoreKind::sqlite ? "sqlite:" + (directory_.path() / "store.db").string()
                                                         : PostgresServer::forgetful().new_database();
    std::unique_ptr<RunningServer> first_ = std::make_unique<RunningServer>(directory_.path(), no_options, store_);
    std::unique_ptr<RunningServer> second_;
    Client op_ = make_operator({first_->port(), first_->first_key()}, "op");
};

// One client's life: it sells a sub-service of its own to a subscriber that many share, and does to it what comes to
// mind, often without waiting for the answer before it asks again.
class OneClient {
public:
    OneClient(int number, std::array<Client, 2> ways)
        : number_(number), ways_(std::move(ways)), random_(seed() + std::uint32_t(number)) {}

    void live() {
        const auto shop = "/api/v1/subscribers/" + subscriber_ + "/sub-services";
        send(shop,
             R"({"code": ")" + code_ + R"(", "service": "net", "add_ons": [{"code": "ip"}], "date": "2026-01-10"})");
        for (int i = 0; i < steps_each; ++i) step();
    }
    int paid() const { return paid_; }
    const std::map<int, int>& statuses() const { return statuses_; }

private:
    void step() {
        const auto sub_service = sub_service_path(subscriber_, code_);
        switch (std::uniform_int_distribution(0, 9)(random_)) {
            case 0:
            case 1:
                send(sub_service + "/activate", today_);
                break;
            case 2:
                send(sub_service + "/suspend", today_);
                break;
            case 3:
                send(sub_service + "/resume", today_);
                break;
            case 4:
                send(sub_service + "/change-service", R"({"service": "fast", "date": "2026-01-10"})");
                break;
            case 5:
                send(sub_service + "/add-add-on", R"({"add_on": "install", "date": "2026-01-10"})");
                break;
            case 6:
                send(sub_service + "/cancel?preview=true", R"({"at": "now", "credit": true, "date": "2026-01-10"})");
                break;
            case 7:
                send("/api/v1/bill-runs", R"({"through": "2026-01-10"})");
                break;
            default:
                if (send("/api/v1/payments", R"({"subscriber": ")" + subscriber_ + R"(", "amount": )" + money("1.00") +
                                                 R"(, "method": "cash", "date": "2026-01-10"})") == 201)
                    ++paid_;
        }
    }

    // Under a key of its own; now and then it leaves before the answer, once or twice, and asks again, at either
    // server.
    int send(const std::string& target, const std::string& body) {
        const Question question{
            .method = "POST",
            .target = target,
            .headers = {{"Idempotency-Key", std::to_string(number_) + "-" + std::to_string(++sent_)}},
            .body = body};
        for (int i = std::uniform_int_distribution(0, 5)(random_); i >= 4; --i) way().ask_and_leave(question);
        for (;;) {
            const auto reply = way().ask(question);
            ++statuses_[reply.status];
            if (reply.status != 503 && reply.status != 0) return reply.status;
        }
    }

    Client& way() { return ways_[std::uniform_int_distribution(0, 3)(random_) == 0 ? 1 : 0]; }

    int number_;
    std::array<Client, 2> ways_;
    std::mt19937 random_;
    std::string subscriber_ = "s" + std::to_string(number_ % subscriber_count);
    std::string code_ = "n" + std::to_string(number_);
    std::string today_ = R"({"date": "2026-01-10"})";
    int sent_ = 0;
    int paid_ = 0;
    std::map<int, int> statuses_;
};

TEST_P(ManyClients, EveryCommandIsDoneOnceAndTheBooksAreSound) {
    SCOPED_TRACE("SLUICE_SEED=" + std::to_string(seed()));
    std::mutex mutex;
    int paid = 0;
    std::map<int, int> statuses;
    at_once(client_count, [&](int number, Ways ways) {
        OneClient one(number, std::move(ways));
        one.live();
        const std::lock_guard lock(mutex);
        paid += one.paid();
        for (const auto& [status, times] : one.statuses()) statuses[status] += times;
    });
    for (const auto& [status, times] : statuses)
        EXPECT_TRUE(status == 200 || status == 201 || status == 202 || status == 409)
            << times << " answers of status " << status;
    EXPECT_GT(statuses[200], 0);
    EXPECT_GT(statuses[409], 0);
    EXPECT_GT(paid, client_count);
    EXPECT_EQ(op_.bill("2026-01-10").text("/state"), "finished");
    EXPECT_EQ(op_.all("/api/v1/payments").size(), static_cast<std::size_t>(paid)) << "each payment once";
    EXPECT_EQ(op_.all("/api/v1/sub-services").size(), static_cast<std::size_t>(client_count));
    expect_gapless_events();
    expect_sound_books(op_);
    stop();
    const auto verified = run_sluice("verify --db " + store_);
    EXPECT_EQ(verified.status, 0) << verified.out;
    EXPECT_EQ(deadlocks(), 0) << "the servers have waited for each other, a second each time";
}

TEST_P(ManyClients, NoChangeIsLostBetweenClerksWhoReadAndWrite) {
    constexpr int clerks = 16;
    constexpr int changes_each = 5;
    ASSERT_EQ(op_.patch("/api/v1/subscribers/s0", R"({"contact": "0"})").status, 200);
    std::atomic<int> conflicts = 0;
    at_once(clerks, [&](int, Ways ways) {
        auto& client = ways.front();
        for (int done = 0; done < changes_each;) {
            const auto read = client.get("/api/v1/subscribers/s0");
            const auto next = std::to_string(std::stoi(read.text("/contact")) + 1);
            const auto changed = client.patch("/api/v1/subscribers/s0", R"({"contact": ")" + next + R"("})",
                                              {{"If-Match", read.header("ETag")}});
            ASSERT_TRUE(changed.status == 200 || changed.status == 412) << changed.body;
            changed.status == 200 ? ++done : static_cast<int>(++conflicts);
        }
    });
    EXPECT_EQ(op_.get("/api/v1/subscribers/s0").text("/contact"), std::to_string(clerks * changes_each));
    EXPECT_GT(conflicts, 0) << "the clerks did meet";
}

TEST_P(ManyClients, ACodeIsTakenByOneOfThoseWhoWantIt) {
    std::atomic<int> won = 0;
    std::atomic<int> lost = 0;
    at_once(client_count, [&](int, Ways ways) {
        const auto reply = ways.front().post("/api/v1/subscribers", R"({"code": "wanted", "contact": "Somebody"})");
        if (reply.status == 201) ++won;
        if (reply.code() == "code_taken") ++lost;
    });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(lost, client_count - 1);
}

INSTANTIATE_TEST_SUITE_P(Stores, ManyClients, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         [](const auto& kind) { return kind.param == StoreKind::sqlite ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace sluice::test
