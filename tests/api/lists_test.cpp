// Every list of the description: its pages add up to the whole, in each order and under each filter.
#include <algorithm>
#include <set>

#include "api/world.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

class Lists : public OverHttp {
protected:
    // Enough of everything that each list has several pages of three.
    void SetUp() override {
        make_catalog(op_);
        for (int i = 0; i < 8; ++i) {
            const auto n = std::to_string(i);
            op_.post("/api/v1/taxes", R"({"code": "t)" + n + R"(", "rate": "1"})");
            op_.post("/api/v1/services",
                     R"({"code": "s)" + n + R"(", "period": "1 month", "price": )" + money("1") + "}");
            op_.post("/api/v1/add-ons", R"({"code": "o)" + n + R"(", "mode": "once", "price": )" + money("1") + "}");
            op_.post("/api/v1/cpes", R"({"code": "c)" + n + R"(", "mode": "once", "price": )" + money("1") + "}");
            for (const auto* path : {"services/net", "add-ons/ip", "cpes/router"})
                op_.post(
                    "/api/v1/" + std::string(path) + "/prices",
                    R"({"valid_from": "2026-02-0)" + std::to_string(i + 1) + R"(", "price": )" + money("40") + "}");
            op_.post("/api/v1/subscribers", R"({"code": "x)" + std::to_string(7 - i) + R"(", "contact": "Green )" + n +
                                                R"(", "organization": ")" + (i % 2 ? "House " : "") +
                                                R"(", "category": ")" + (i % 2 ? "mdu" : "home") + R"(", "region": ")" +
                                                (i < 3 ? "north" : "south") + R"(", "pop": "p)" +
                                                std::to_string(i % 3) + R"("})");
        }
        for (int i = 0; i < 8; ++i) {
            const auto n = std::to_string(i);
            op_.post("/api/v1/subscribers/x0/units", R"({"code": "u)" + n + R"(", "name": "U"})");
            op_.post("/api/v1/subscribers/x0/sub-services", R"({"code": "n)" + n + R"(", "service": ")" +
                                                                (i % 2 ? "net" : "fast") + R"(", "date": "2026-01-1)" +
                                                                n + R"(", "activate": )" + (i < 6 ? "true" : "false") +
                                                                R"(, "unit": "u)" + std::to_string(i % 2) + R"("})");
            sell_net(op_, "x" + n, "own", "2026-01-05");
            op_.post("/api/v1/payments", R"({"subscriber": "x)" + std::to_string(i % 2) + R"(", "method": ")" +
                                             (i % 2 ? "cash" : "bank") + R"(", "reference": "R)" + n +
                                             R"(", "date": "2026-03-0)" + std::to_string(i + 1) + R"(", "amount": )" +
                                             money("10.00") + "}");
            make_key(op_, "viewer");
        }
        op_.post("/api/v1/payments", R"({"subscriber": "x1", "date": "2026-03-09", "amount": )" + money("60.00") + "}");
        op_.post(sub_service_path("x0", "n0") + "/suspend", R"({"date": "2026-02-01"})");
        for (const auto* through : {"2026-01-31", "2026-02-28", "2026-03-31"}) op_.bill(through);
        op_.post(sub_service_path("x0", "n1") + "/cancel", R"({"date": "2026-04-01", "at": "now", "credit": true})");
        for (int i = 1; i < 6; ++i)
            op_.post(sub_service_path("x0", "own") + "/add-add-on",
                     R"({"date": "2026-04-01", "add_on": "o)" + std::to_string(i) + R"("})");
        op_.bill("2026-04-01");
        for (const auto* code : {"n2", "n3", "n4", "n5", "own"})
            op_.post(sub_service_path("x0", code) + "/cancel",
                     R"({"date": "2026-04-02", "at": "now", "credit": true})");
    }

    // The union of small pages is the whole, without anything twice.
    json::array whole(const std::string& target) {
        auto all = op_.all(target);
        for (const int limit : {3, 7}) EXPECT_EQ(op_.all(target, limit), all) << target;
        std::set<std::string> seen;
        for (const auto& item : all) seen.insert(json::serialize(item));
        EXPECT_EQ(seen.size(), all.size()) << target;
        return all;
    }
    std::size_t count(const std::string& target) { return whole(target).size(); }

    static std::string ids(const json::array& items) {
        std::string text;
        for (const auto& item : items) text += text_at(item, "/id") + " ";
        return text;
    }

    // Those of `all` for which it holds are what the list under the filter gives.
    template <typename Holds>
    void expect_filter(const std::string& list, const std::string& filter, const Holds& holds) {
        const auto sort = list.find('?') == std::string::npos ? "?" : "&";
        json::array expected;
        for (const auto& item : op_.all(list))
            if (holds(item)) expected.push_back(item);
        EXPECT_EQ(ids(whole(list + sort + filter)), ids(expected)) << list << " " << filter;
        EXPECT_FALSE(expected.empty()) << filter << " is tried on something";
        EXPECT_LT(expected.size(), op_.all(list).size()) << filter << " leaves something out";
    }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(Lists, PagesAddUpToTheWhole) {
    for (const auto& [target, at_least] :
         std::vector<std::pair<std::string, std::size_t>>{{"/api/v1/taxes", 9},
                                                          {"/api/v1/services", 11},
                                                          {"/api/v1/add-ons", 10},
                                                          {"/api/v1/cpes", 9},
                                                          {"/api/v1/services/net/prices", 9},
                                                          {"/api/v1/add-ons/ip/prices", 9},
                                                          {"/api/v1/cpes/router/prices", 9},
                                                          {"/api/v1/subscribers", 8},
                                                          {"/api/v1/subscribers/x0/units", 8},
                                                          {"/api/v1/sub-services", 16},
                                                          {"/api/v1/subscribers/x0/sub-services", 9},
                                                          {"/api/v1/bill-runs", 4},
                                                          {"/api/v1/documents", 30},
                                                          {"/api/v1/subscribers/x0/pending-lines", 5},
                                                          {"/api/v1/payments", 8},
                                                          {"/api/v1/subscribers/x0/statement", 10},
                                                          {"/api/v1/balances", 8},
                                                          {"/api/v1/api-keys", 8}})
        EXPECT_GE(count(target), at_least) << target;
    for (int i = 0; i < 7; ++i) make_operator(platform(), "other" + std::to_string(i));
    auto everywhere = platform();
    EXPECT_EQ(everywhere.all("/api/v1/operators", 3).size(), 8U);
}

TEST_F(Lists, ACursorIsGoodForItsOwnListAlone) {
    const auto next = [&](const std::string& target) { return op_.get(target).text("/next"); };
    const auto subscribers = next("/api/v1/subscribers?limit=2&sort=code");
    EXPECT_EQ(op_.get("/api/v1/subscribers?sort=code&cursor=" + subscribers).status, 200);
    for (const auto& wrong :
         {"/api/v1/subscribers?cursor=" + subscribers, "/api/v1/subscribers?sort=-code&cursor=" + subscribers,
          "/api/v1/balances?cursor=" + subscribers, "/api/v1/documents?cursor=" + subscribers,
          std::string("/api/v1/documents?cursor=garbage"), std::string("/api/v1/documents?cursor=00"),
          "/api/v1/subscribers?sort=code&cursor=" + subscribers.substr(2),
          "/api/v1/subscribers?sort=code&cursor=" + subscribers.substr(0, subscribers.size() - 1),
          "/api/v1/taxes?cursor=" + next("/api/v1/services?limit=2")}) {
        const auto reply = op_.get(wrong);
        EXPECT_EQ(reply.status, 400) << wrong;
        EXPECT_EQ(reply.text("/errors/0/field"), "cursor") << wrong;
    }
    for (const auto* wrong : {"limit=0", "limit=501", "limit=x", "limit=2&limit=3", "sort=nothing", "colour=red", "q="})
        EXPECT_EQ(op_.ask({.target = "/api/v1/subscribers?" + std::string(wrong), .is_good = false}).status, 400)
            << wrong;
}

TEST_F(Lists, SubscribersAreFoundAndSorted) {
    const std::string list = "/api/v1/subscribers";
    expect_filter(list, "q=house", [](const auto& s) { return text_at(s, "/organization") == "House "; });
    expect_filter(list, "q=gre%205", [](const auto& s) { return text_at(s, "/contact") == "Green 5"; });
    expect_filter(list, "q=X3", [](const auto& s) { return text_at(s, "/code") == "x3"; });
    expect_filter(list, "category=mdu", [](const auto& s) { return text_at(s, "/category") == "mdu"; });
    expect_filter(list, "region=north", [](const auto& s) { return text_at(s, "/region") == "north"; });
    expect_filter(list, "pop=p1", [](const auto& s) { return text_at(s, "/pop") == "p1"; });
    expect_filter(list, "pop=p1&category=mdu",
                  [](const auto& s) { return text_at(s, "/pop") == "p1" && text_at(s, "/category") == "mdu"; });
    for (const auto* sort : {"created", "code", "name", "balance"}) {
        auto up = whole(list + "?sort=" + sort);
        auto down = whole(list + "?sort=-" + sort);
        std::reverse(down.begin(), down.end());
        EXPECT_EQ(up, down) << sort;
    }
    EXPECT_EQ(text_at(whole(list + "?sort=code")[0], "/code"), "x0");
    EXPECT_EQ(text_at(whole(list + "?sort=created")[0], "/code"), "x7");
    EXPECT_EQ(op_.get(list + "?q=nobody").list().size(), 0U);
}

TEST_F(Lists, SubServicesAreFound) {
    const std::string list = "/api/v1/sub-services";
    expect_filter(list, "subscriber=x0", [](const auto& s) { return text_at(s, "/subscriber") == "x0"; });
    expect_filter(list, "subscriber=x0&unit=u0", [](const auto& s) { return text_at(s, "/unit") == "u0"; });
    expect_filter(list, "service=fast", [](const auto& s) { return text_at(s, "/service") == "fast"; });
    for (const std::string status : {"inactive", "active", "suspended", "cancelled"})
        expect_filter(list, "status=" + status, [&](const auto& s) { return text_at(s, "/status") == status; });
    expect_filter(list, "due_by=2026-04-10", [](const auto& s) {
        const auto next = text_at(s, "/next_billing_date");
        return next != "null" && next <= "2026-04-10";
    });
    expect_filter(list, "started_from=2020-01-01&started_to=2029-12-31",
                  [](const auto& s) { return text_at(s, "/started_on") != "null"; });
    expect_filter(list, "cancelled_from=2026-01-01",
                  [](const auto& s) { return text_at(s, "/status") == "cancelled"; });
    EXPECT_EQ(op_.get(list + "?unit=u1").status, 400) << "a unit is one of a subscriber's";
    EXPECT_EQ(op_.get(list + "?subscriber=nobody").status, 400);
    EXPECT_EQ(op_.get(list + "?service=nothing").status, 400);
}

TEST_F(Lists, DocumentsAreFoundAndSorted) {
    const std::string list = "/api/v1/documents";
    expect_filter(list, "subscriber=x0", [](const auto& d) { return text_at(d, "/subscriber") == "x0"; });
    expect_filter(list, "type=credit_note", [](const auto& d) { return text_at(d, "/type") == "credit_note"; });
    for (const std::string state : {"issued", "partially_paid", "paid"})
        expect_filter(list, "state=" + state, [&](const auto& d) { return text_at(d, "/state") == state; });
    for (const std::string overdue : {"true", "false"})
        expect_filter(list, "overdue=" + overdue, [&](const auto& d) { return text_at(d, "/overdue") == overdue; });
    expect_filter(list, "from=2026-03-01", [](const auto& d) { return text_at(d, "/date") >= "2026-03-01"; });
    expect_filter(list, "to=2026-02-28", [](const auto& d) { return text_at(d, "/date") <= "2026-02-28"; });
    expect_filter(list + "?sort=number", "from=2026-02-01&to=2026-02-28",
                  [](const auto& d) { return text_at(d, "/date").starts_with("2026-02"); });
    expect_filter(list, "q=CN-", [](const auto& d) { return text_at(d, "/number").starts_with("CN-"); });
    expect_filter(list, "q=INV-2026-00001",
                  [](const auto& d) { return text_at(d, "/number").starts_with("INV-2026-00001"); });
    for (const auto* sort : {"date", "due", "number"}) {
        auto up = whole(list + "?sort=" + sort);
        auto down = whole(list + "?sort=-" + sort);
        std::reverse(down.begin(), down.end());
        EXPECT_EQ(up, down) << sort;
        for (std::size_t i = 1; i < up.size(); ++i)
            EXPECT_LE(text_at(up[i - 1], "/" + std::string(sort)), text_at(up[i], "/" + std::string(sort)));
    }
    EXPECT_EQ(op_.get(list + "?state=draft").list().size(), 0U);
    EXPECT_EQ(op_.get(list + "?q=%25").list().size(), 0U) << "% is no wildcard";
}

TEST_F(Lists, PaymentsAreFound) {
    const std::string list = "/api/v1/payments";
    expect_filter(list, "subscriber=x1", [](const auto& p) { return text_at(p, "/subscriber") == "x1"; });
    expect_filter(list, "method=cash", [](const auto& p) { return text_at(p, "/method") == "cash"; });
    expect_filter(list, "reference=R3", [](const auto& p) { return text_at(p, "/reference") == "R3"; });
    expect_filter(list, "from=2026-03-05", [](const auto& p) { return text_at(p, "/date") >= "2026-03-05"; });
    expect_filter(list, "to=2026-03-02&method=bank",
                  [](const auto& p) { return text_at(p, "/date") <= "2026-03-02" && text_at(p, "/method") == "bank"; });
}

TEST_F(Lists, PaymentsAreFoundByWhatWentOutAndWhatCameInFromOutside) {
    make_subscriber(op_, "giver");
    make_subscriber(op_, "taker");
    const auto pay = [&](const char* date) {
        return op_
            .post("/api/v1/payments", std::string(R"({"subscriber": "giver", "date": ")") + date + R"(", "amount": )" +
                                          money("10.00") + "}")
            .text("/id");
    };
    const auto early = pay("2026-03-03");
    const auto late = pay("2026-03-04");
    for (const auto* date : {"2026-03-05", "2026-03-20"})
        EXPECT_EQ(op_.post("/api/v1/payments/" + early + "/refunds",
                           std::string(R"({"date": ")") + date + R"(", "amount": )" + money("2.00") + "}")
                      .status,
                  201);
    EXPECT_EQ(op_.post("/api/v1/subscribers/giver/transfers",
                       R"({"to": "taker", "date": "2026-03-21", "amount": )" + money("3.00") + "}")
                  .status,
              201);
    const auto listed = [&](const std::string& query) {
        std::vector<std::string> ids;
        for (const auto& item : op_.all("/api/v1/payments?" + query)) ids.push_back(text_at(item, "/id"));
        return ids;
    };
    EXPECT_EQ(listed("back_from=2026-03-01"), (std::vector{early})) << "once, and not what was transferred";
    EXPECT_EQ(listed("back_from=2026-03-06&back_to=2026-03-19"), std::vector<std::string>{});
    EXPECT_EQ(listed("back_to=2026-03-05&subscriber=giver"), (std::vector{early}));
    EXPECT_EQ(listed("from_outside=true&subscriber=giver"), (std::vector{early, late}));
    EXPECT_EQ(listed("subscriber=taker").size(), 1U);
    EXPECT_EQ(listed("subscriber=taker&from_outside=true").size(), 0U);
}

// What is created meanwhile neither repeats nor hides what was there.
TEST_F(Lists, AListThatGrowsWhileItIsReadKeepsItsPlace) {
    for (const auto* list : {"/api/v1/subscribers?sort=created", "/api/v1/payments", "/api/v1/documents?sort=-date"}) {
        const auto before = op_.all(list);
        json::array seen;
        std::string cursor;
        for (int page = 0;; ++page) {
            const auto reply =
                op_.get(std::string(list) + (std::string(list).find('?') == std::string::npos ? "?" : "&") + "limit=2" +
                        cursor);
            for (const auto& item : reply.list()) seen.push_back(item);
            if (reply.is_null("/next")) break;
            cursor = "&cursor=" + reply.text("/next");
            const auto n = std::to_string(page) + std::string(list).substr(8, 3);
            make_subscriber(op_, "new" + n);
            op_.post("/api/v1/payments", R"({"subscriber": "new)" + n + R"(", "amount": )" + money("1.00") + "}");
            if (page > 40) break;
        }
        std::set<std::string> ids;
        for (const auto& item : seen) EXPECT_TRUE(ids.insert(text_at(item, "/id")).second) << list << " repeats";
        for (const auto& item : before) EXPECT_TRUE(ids.contains(text_at(item, "/id"))) << list << " hides";
    }
}

}  // namespace
}  // namespace sluice::test
