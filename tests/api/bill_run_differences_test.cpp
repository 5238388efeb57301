// What a bill run brings that the dates before did not: compared by the program, told by the API.
#include <chrono>
#include <map>
#include <thread>

#include "api/world.hpp"
#include "values/money.hpp"
#include "values/zone.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

std::int64_t minor(const json::value& money) {
    const auto read = Money::parse(text_at(money, "/amount"), *Currency::from_code("USD"));
    EXPECT_TRUE(read.has_value()) << json::serialize(money);
    return read ? read->minor_units() : 0;
}

// January is billed. In February a goes on, b has ended, c is new, d has an add-on more.
class Differences : public OverHttp {
protected:
    void SetUp() override {
        make_catalog(op_);
        for (const auto* code : {"a", "b", "c", "d"}) make_subscriber(op_, code);
        for (const auto* code : {"a", "b", "d"}) sell_net(op_, code, "net", "2026-01-10");
        run("2026-01-31", false);
        op_.post(sub_service_path("b", "net") + "/cancel", R"({"date": "2026-02-01"})");
        sell_net(op_, "c", "net", "2026-02-05");
        op_.post(sub_service_path("d", "net") + "/add-add-on", R"({"date": "2026-02-10", "add_on": "ip"})");
    }
    Reply run(const std::string& through, bool dry_run, bool compare = true) {
        const auto started =
            op_.post("/api/v1/bill-runs",
                     json::serialize(json::object{{"through", through}, {"dry_run", dry_run}, {"compare", compare}}));
        EXPECT_EQ(started.status, 202) << started.body;
        return op_.wait_for(started.header("Location"));
    }
    static std::string differences(const Reply& run) { return "/api/v1/bill-runs/" + run.text("/id") + "/differences"; }
    static std::map<std::string, std::string> causes(const Reply& run) {
        std::map<std::string, std::string> causes;
        for (const auto& cause : run.list("/comparison/causes"))
            causes[text_at(cause, "/cause")] = text_at(cause, "/sub_services") + " " + text_at(cause, "/amount/amount");
        return causes;
    }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(Differences, OfADryRunAreThoseOfTheRun) {
    const auto dry = run("2026-02-28", true);
    EXPECT_EQ(op_.all("/api/v1/documents").size(), 3U) << "a dry run issues nothing";
    const auto real = run("2026-02-28", false);
    const std::map<std::string, std::string> expected{
        {"started", "1 44.00"}, {"cancelled", "1 -44.00"}, {"item_added", "1 5.50"}};
    for (const auto* one : {&dry, &real}) {
        EXPECT_EQ(causes(*one), expected) << one->body;
        EXPECT_EQ(one->text("/comparison/before/from"), "2026-01-01");
        EXPECT_EQ(one->text("/comparison/before/to"), "2026-01-31");
        EXPECT_EQ(one->text("/comparison/now/from"), "2026-02-01");
        EXPECT_EQ(one->text("/comparison/now/to"), "2026-02-28");
        EXPECT_EQ(one->text("/comparison/before/total/amount"), "132.00");
        EXPECT_EQ(one->text("/comparison/now/total/amount"), "137.50");
        EXPECT_EQ(one->text("/comparison/difference/amount"), "5.50");
        EXPECT_EQ(one->text("/comparison/now/total/amount"), one->text("/totals/total/amount"));
        EXPECT_EQ(one->number("/comparison/sub_services"), 4);
        EXPECT_EQ(one->number("/comparison/unchanged"), 1);
    }
    const auto listed = op_.all(differences(real), 2);
    ASSERT_EQ(listed.size(), 3U);
    std::int64_t sum = 0;
    for (const auto& difference : listed) {
        const auto& of = difference.as_object();
        sum += minor(of.at("amount"));
        EXPECT_EQ(minor(of.at("now")) - minor(of.at("before")), minor(of.at("amount")));
    }
    EXPECT_EQ(sum, 550);
    const auto cancelled = op_.get(differences(real) + "?cause=cancelled");
    ASSERT_EQ(cancelled.list().size(), 1U);
    EXPECT_EQ(cancelled.text("/items/0/subscriber"), "b");
    EXPECT_EQ(cancelled.text("/items/0/before_document"), "INV-2026-000002");
    EXPECT_TRUE(cancelled.is_null("/items/0/now_document"));
    const auto added = op_.get(differences(real) + "?cause=item_added");
    EXPECT_EQ(added.text("/items/0/subscriber"), "d");
    EXPECT_TRUE(added.text("/items/0/now_document").starts_with("INV-2026-"));
    const auto added_dry = op_.get(differences(dry) + "?cause=item_added");
    EXPECT_TRUE(added_dry.is_null("/items/0/now_document"));
    EXPECT_EQ(op_.get(differences(real) + "?cause=credit").list().size(), 0U);
    expect_sound_books(op_);
}

TEST_F(Differences, AreNotLookedForUnlessAskedNorWithoutDatesBefore) {
    const auto first = op_.get("/api/v1/bill-runs").list().at(0);
    EXPECT_TRUE(first.at("compare").as_bool());
    EXPECT_TRUE(first.at("comparison").is_null()) << "nothing was billed before";
    const auto silent = run("2026-02-28", true, false);
    EXPECT_FALSE(silent.is_true("/compare"));
    EXPECT_TRUE(silent.is_null("/comparison"));
    EXPECT_EQ(op_.get(differences(silent)).list().size(), 0U);
    const auto again = run("2026-01-31", true);
    EXPECT_TRUE(again.is_null("/comparison")) << "these dates are billed already";
    EXPECT_EQ(op_.get("/api/v1/bill-runs/run_6h0w7mrpqmg02/differences").code(), "unknown_bill_run");
}

TEST_F(Differences, OfTheScheduleAreLookedForWhereItIsSetTo) {
    const std::string billing = "/api/v1/schedule/billing";
    EXPECT_FALSE(op_.get(billing).is_true("/compare")) << "unless somebody wants it";
    EXPECT_TRUE(op_.get("/api/v1/schedule/collection").is_null("/compare")) << "it has no bill runs";
    EXPECT_EQ(op_.patch("/api/v1/schedule/collection", R"({"compare": true})").status, 400);
    EXPECT_TRUE(op_.patch(billing, R"({"compare": true})").is_true("/compare"));
    EXPECT_TRUE(op_.patch(billing, R"({"hour": 4})").is_true("/compare")) << "what is not named is kept";
    ASSERT_EQ(op_.post(billing + "/run").status, 202);
    auto done = op_.get(billing);
    for (int i = 0; i < 600 && done.is_null("/finished_at"); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        done = op_.get(billing);
    }
    ASSERT_TRUE(done.is_null("/error")) << done.body;
    const auto run = op_.get("/api/v1/bill-runs?limit=1");
    EXPECT_TRUE(run.is_true("/items/0/compare"));
    EXPECT_EQ(run.text("/items/0/comparison/now/from"), "2026-02-01");
    EXPECT_FALSE(op_.get("/api/v1/bill-runs/" + run.text("/items/0/id") + "/differences").list().empty());
    const auto asked = parse_instant(run.text("/items/0/requested_at"));
    const auto kept_until = parse_instant(run.text("/items/0/comparison/differences_kept_until"));
    ASSERT_TRUE(asked && kept_until) << run.body;
    EXPECT_EQ(*kept_until - *asked, std::chrono::days{400});
    op_.patch(billing, R"({"compare": false})");
    EXPECT_FALSE(op_.get(billing).is_true("/compare"));
}

// A second run for what was missing looks at all its dates once more, not at the little that it has issued.
TEST_F(Differences, OfARunThatWasCancelledAndDoneAgainAreThoseOfItsDates) {
    run("2026-02-06", false, false);
    const auto rest = run("2026-02-28", false);
    EXPECT_EQ(rest.text("/comparison/now/from"), "2026-02-07");
    EXPECT_EQ(rest.text("/comparison/before/from"), "2026-01-07");
    EXPECT_EQ(causes(rest), (std::map<std::string, std::string>{{"cancelled", "1 -44.00"}, {"item_added", "1 5.50"}}))
        << rest.body;
}

TEST_F(Differences, DocumentsAndCollectionRunsAreFoundByTheirRun) {
    const auto real = run("2026-02-28", false);
    const auto id = real.text("/id");
    EXPECT_EQ(static_cast<std::int64_t>(op_.all("/api/v1/documents?bill_run=" + id, 1).size()),
              real.number("/progress/documents"));
    EXPECT_EQ(op_.all("/api/v1/documents?sort=number&bill_run=" + id, 2).size(), 3U);
    const auto dry = run("2026-03-31", true);
    EXPECT_EQ(op_.get("/api/v1/documents?bill_run=" + dry.text("/id")).list().size(), 0U);
    const auto unknown = op_.get("/api/v1/documents?bill_run=run_6h0w7mrpqmg02");
    EXPECT_EQ(unknown.status, 400);
    auto other = make_operator(platform(), "other");
    EXPECT_EQ(other.get("/api/v1/documents?bill_run=" + id).status, 400) << "it is nothing to others";

    for (const auto* date : {"2026-02-20", "2026-02-21", "2026-02-22"})
        op_.wait_for(
            op_.post("/api/v1/collection-runs", std::string(R"({"date": ")") + date + "\"}").header("Location"));
    const auto runs = op_.all("/api/v1/collection-runs", 2);
    ASSERT_EQ(runs.size(), 3U);
    EXPECT_EQ(text_at(runs.at(0), "/date"), "2026-02-22") << "the latest first";
    EXPECT_EQ(text_at(runs.at(2), "/state"), "finished");
    EXPECT_EQ(other.get("/api/v1/collection-runs").list().size(), 0U);
}

}  // namespace
}  // namespace sluice::test
