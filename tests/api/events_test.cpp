// The events: all that happened, in order, none skipped, whatever goes on while they are read.
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "api/world.hpp"

namespace sluice::test {
namespace {

class Events : public OverHttp {
protected:
    // From `after` to the end, page by page; checks that they are in order.
    std::vector<boost::json::value> events(Client& client, const std::string& filter = {}, std::int64_t after = 0) {
        std::vector<boost::json::value> all;
        for (;;) {
            const auto page = client.get("/api/v1/events?limit=7&after=" + std::to_string(after) + filter);
            if (page.list().empty()) {
                EXPECT_EQ(page.number("/next_after"), after);
                return all;
            }
            for (const auto& event : page.list()) {
                EXPECT_GT(event.at("sequence").as_int64(), after);
                after = event.at("sequence").as_int64();
                all.push_back(event);
            }
            EXPECT_EQ(page.number("/next_after"), after);
        }
    }
    Client op_ = make_operator(platform(), "op");
};

TEST_F(Events, TellEverythingThatHappens) {
    make_catalog(op_);
    op_.put("/api/v1/policies", R"({"items": []})");
    op_.patch("/api/v1/operators/op", R"({"due_days": 5})");
    const auto key = op_.post("/api/v1/api-keys", R"({"name": "clerk", "role": "clerk"})");
    op_.del("/api/v1/api-keys/" + key.text("/id"));
    op_.post("/api/v1/services/net/prices", R"({"price": )" + money("41.00") + "}");
    make_subscriber(op_, "a");
    op_.patch("/api/v1/subscribers/a", R"({"region": "n"})");
    op_.post("/api/v1/subscribers/a/units", R"({"code": "u", "name": "U"})");
    op_.patch("/api/v1/subscribers/a/units/u", R"({"name": "V"})");
    sell_net(op_, "a", "net", "2026-01-10");
    op_.post("/api/v1/subscribers/a/sub-services",
             R"({"code": "old", "service": "net", "taken_over": {"status": "inactive"}})");
    const auto commands = std::vector<std::pair<std::string, std::string>>{{"exhaust-data", ""},
                                                                           {"restore-data", ""},
                                                                           {"suspend", ""},
                                                                           {"resume", ""},
                                                                           {"add-add-on", R"(, "add_on": "ip")"},
                                                                           {"remove-add-on", R"(, "add_on": "ip")"},
                                                                           {"change-service", R"(, "service": "fast")"},
                                                                           {"move-to-current-price", ""},
                                                                           {"cancel", R"(, "at": "now")"}};
    for (const auto& [name, arguments] : commands)
        EXPECT_EQ(
            op_.post(sub_service_path("a", "net") + "/" + name, R"({"date": "2026-01-11")" + arguments + "}").status,
            200)
            << name;
    op_.bill("2026-01-31");
    const auto paid = op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money("500.00") + "}");
    std::map<std::string, int> counts;
    std::int64_t last = 0;
    for (const auto& event : events(op_)) {
        ++counts[text_at(event, "/type")];
        EXPECT_EQ(event.at("sequence").as_int64(), ++last) << "without a gap";
        if (text_at(event, "/type") == "payment.recorded") {
            EXPECT_EQ(text_at(event, "/object/id"), paid.text("/id"));
            EXPECT_EQ(text_at(event, "/subscriber"), "a");
            EXPECT_EQ(text_at(event, "/actor"), platform().get("/api/v1/key").text("/id"));
        }
    }
    for (const auto* type : {"operator.created",
                             "operator.updated",
                             "policies.replaced",
                             "tax.created",
                             "product.created",
                             "price.changed",
                             "api_key.created",
                             "api_key.revoked",
                             "subscriber.created",
                             "subscriber.updated",
                             "unit.created",
                             "unit.updated",
                             "sub_service.added",
                             "sub_service.imported",
                             "sub_service.activated",
                             "sub_service.suspended",
                             "sub_service.resumed",
                             "sub_service.data_exhausted",
                             "sub_service.data_restored",
                             "sub_service.cancelled",
                             "sub_service.service_changed",
                             "sub_service.moved_to_current_price",
                             "item.added",
                             "item.removed",
                             "document.issued",
                             "document.paid",
                             "payment.recorded",
                             "bill_run.started",
                             "bill_run.finished"})
        EXPECT_GE(counts[type], 1) << type;
    EXPECT_EQ(counts["product.created"], 6);
    for (const auto& [type, count] : counts) {
        EXPECT_EQ(events(op_, "&type=" + type).size(), static_cast<std::size_t>(count));
        EXPECT_EQ(op_.get("/api/v1/events?type=" + type + "&limit=1").list().size(), 1U);
    }
    for (const auto& event : events(op_, "&subscriber=a")) EXPECT_EQ(text_at(event, "/subscriber"), "a");
    EXPECT_GE(events(op_, "&subscriber=a").size(), 18U);
    EXPECT_EQ(op_.get("/api/v1/events?subscriber=nobody").status, 400);
}

TEST_F(Events, ARefusalAndAPreviewLeaveNone) {
    make_catalog(op_);
    make_subscriber(op_, "a");
    const auto before = events(op_).size();
    op_.post("/api/v1/subscribers", R"({"code": "a", "contact": "x"})");
    op_.post("/api/v1/subscribers/a/sub-services?preview=true",
             R"({"code": "net", "service": "net", "activate": true})");
    op_.post("/api/v1/subscribers/a/sub-services", R"({"code": "net", "service": "none", "activate": true})");
    EXPECT_EQ(events(op_).size(), before);
}

// Many write while one follows along: it sees each event once and in order, and in the end nothing is missing.
TEST_F(Events, NothingIsSkippedWhileWritesGoOn) {
    constexpr int writers = 6;
    constexpr int each = 60;
    std::atomic<int> writing = writers;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            auto client = op_.again();
            for (int i = 0; i < each; ++i)
                make_subscriber(client, "w" + std::to_string(writer) + "-" + std::to_string(i));
            --writing;
        });
    auto follower = op_.again();
    std::set<std::string> seen;
    std::int64_t after = 0;
    for (bool more = true; more;) {
        more = writing > 0;
        const auto page = follower.get("/api/v1/events?limit=50&after=" + std::to_string(after));
        for (const auto& event : page.list()) {
            EXPECT_EQ(event.at("sequence").as_int64(), after + 1) << "a gap would be an event that comes too late";
            after = event.at("sequence").as_int64();
            if (text_at(event, "/type") == "subscriber.created") seen.insert(text_at(event, "/subscriber"));
        }
        more = more || !page.list().empty();
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(writers * each));
}

}  // namespace
}  // namespace sluice::test
