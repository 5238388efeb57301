// The life of the process: whatever has been answered with success is there after its end, however it came, and long
// work goes on when it starts again.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "api/world.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

enum class End { orderly, sudden };

// An import of many flats that have paid up to some day in January.
std::string many_flats(int count) {
    std::string subscribers =
        "code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing\n";
    std::string sub_services =
        "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,"
        "invoicing\n";
    for (int i = 0; i < count; ++i) {
        const auto code = "s" + std::to_string(i);
        const auto day = std::to_string(10 + i % 19);
        subscribers += code + ",Contact " + code + ",,,,,,,,,\n";
        sub_services += code + ",,net,net,active,2025-12-" + day + ",2026-01-" + day + ",ip,,,,,\n";
    }
    return json::serialize(
        json::object{{"operator",
                      "operator: {code: op, name: Op, currency: USD, time_zone: UTC}\n"
                      "catalog:\n"
                      "  taxes: [{code: vat, rate: 7.5}]\n"
                      "  services: [{code: net, name: Net, price: 39.99, period: 1 month, taxes: [vat]}]\n"
                      "  add_ons: [{code: ip, name: IP, mode: recurring, price: 5.01, taxes: [vat]}]\n"},
                     {"subscribers", subscribers},
                     {"units", "subscriber,code,name,model,cycle_day,first_charge,invoicing\n"},
                     {"sub_services", sub_services},
                     {"as_of", "2026-01-05"}});
}

class ProcessLife : public OverHttp {
protected:
    Client operator_client() const { return platform().for_operator("op"); }
    void end(RunningServer& server, End how) {
        if (how == End::sudden) return server.kill();
        const auto began = steady_clock::now();
        EXPECT_EQ(server.stop(), 0) << server.log();
        EXPECT_LT(steady_clock::now() - began, seconds(15));
    }
    static void import(const Client& platform, int flats) {
        auto client = platform.again();
        const auto started = client.post("/api/v1/imports", many_flats(flats));
        ASSERT_EQ(started.status, 202) << started.body;
        const auto done = client.wait_for(started.header("Location"));
        ASSERT_FALSE(done.is_null("/result")) << done.body;
    }
    // What has been billed, without what is made anew each time.
    static std::vector<std::string> billed(Client op) {
        std::vector<std::string> all;
        for (const auto& document : op.all("/api/v1/documents?sort=number")) {
            auto object = document.as_object();
            object.erase("id");
            all.push_back(json::serialize(object));
        }
        return all;
    }
    // Until the run has billed so many sub-services, or has ended.
    static void wait_until_billed(Client& op, const std::string& run, std::int64_t sub_services) {
        for (;;) {
            const auto now = op.get(run);
            if (now.number("/progress/sub_services") >= sub_services || now.text("/state") == "finished") return;
        }
    }
};

class WritesAndAnEnd : public ProcessLife, public testing::WithParamInterface<End> {};

TEST_P(WritesAndAnEnd, WhatWasAnsweredWithSuccessIsThereAfterwards) {
    auto op = make_operator(platform(), "op");
    make_catalog(op);
    std::mutex mutex;
    std::set<std::string> subscribers;
    std::set<std::string> payments;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 12; ++thread)
        threads.emplace_back([&, thread] {
            auto client = op.again();
            for (int i = 0;; ++i) {
                const auto code = "t" + std::to_string(thread) + "-" + std::to_string(i);
                const auto made = client.post("/api/v1/subscribers", R"({"code": ")" + code + R"(", "contact": "C"})");
                if (made.status != 201) {
                    EXPECT_TRUE(made.status == 0 || made.status == 503) << made.body;
                    return;
                }
                const auto paid = client.post("/api/v1/payments",
                                              R"({"subscriber": ")" + code + R"(", "amount": )" + money("1.00") + "}");
                const std::lock_guard lock(mutex);
                ++answered;
                subscribers.insert(code);
                if (paid.status == 201) payments.insert(paid.text("/id"));
                if (paid.status == 0 || paid.status == 503) return;
            }
        });
    while (answered < 100) std::this_thread::sleep_for(milliseconds(1));
    end(server_, GetParam());
    for (auto& thread : threads) thread.join();
    server_.start();
    auto after = op.at_port(server_.port());
    std::set<std::string> there;
    for (const auto& row : after.all("/api/v1/subscribers")) there.insert(text_at(row, "/code"));
    for (const auto& code : subscribers) EXPECT_TRUE(there.contains(code)) << code << " is lost";
    there.clear();
    for (const auto& row : after.all("/api/v1/payments")) there.insert(text_at(row, "/id"));
    for (const auto& id : payments) EXPECT_TRUE(there.contains(id)) << id << " is lost";
    EXPECT_GE(subscribers.size(), 100U);
    expect_sound_books(after);
}

INSTANTIATE_TEST_SUITE_P(Ends, WritesAndAnEnd, testing::Values(End::orderly, End::sudden),
                         [](const auto& end) { return std::string(end.param == End::orderly ? "Orderly" : "Sudden"); });

// Cut off again and again, a bill run gives the very documents that an undisturbed one gives.
TEST_F(ProcessLife, ABillRunThatIsCutOffGoesOnByItselfToTheSameDocuments) {
    constexpr int flats = 1'500;
    const std::string through = "2026-05-31";
    import(platform(), flats);
    TemporaryDirectory undisturbed_directory;
    RunningServer undisturbed(undisturbed_directory.path());
    const Client other_platform(undisturbed.port(), undisturbed.first_key());
    import(other_platform, flats);
    const auto whole = other_platform.for_operator("op").bill(through);
    ASSERT_EQ(whole.text("/state"), "finished");

    auto op = operator_client();
    const auto run = op.post("/api/v1/bill-runs", R"({"through": ")" + through + R"("})").header("Location");
    const auto total = whole.number("/progress/sub_services");
    int cut_off_while_running = 0;
    for (const auto how : {End::sudden, End::orderly, End::sudden, End::sudden}) {
        wait_until_billed(op, run, total * (cut_off_while_running + 1) / 6);
        cut_off_while_running += op.get(run).text("/state") == "running";
        end(server_, how);
        server_.start();
        op = operator_client();
    }
    EXPECT_GE(cut_off_while_running, 2) << "the run was long enough to be cut off";
    const auto finished = op.wait_for(run);
    EXPECT_EQ(finished.text("/state"), "finished") << finished.body;
    EXPECT_EQ(finished.json.at("totals"), whole.json.at("totals"));
    EXPECT_EQ(finished.text("/through"), through);
    const auto documents = billed(op.again());
    EXPECT_EQ(documents.size(), static_cast<std::size_t>(flats) * 5);
    EXPECT_TRUE(documents == billed(other_platform.for_operator("op"))) << "the same numbers, dates and amounts";
    EXPECT_EQ(op.get("/api/v1/events?type=bill_run.started").list().size(), 1U);
    EXPECT_EQ(op.get("/api/v1/events?type=bill_run.finished").list().size(), 1U);
    EXPECT_EQ(server_.stop(), 0);
    const auto verified = run_sluice("verify --db " + server_.store());
    EXPECT_EQ(verified.status, 0) << verified.out;
}

TEST_F(ProcessLife, ACancelledBillRunKeepsWhatWasDoneAndTheNextOneGoesOn) {
    import(platform(), 1'000);
    auto op = operator_client();
    const auto run = op.post("/api/v1/bill-runs", R"({"through": "2026-05-31"})").header("Location");
    const auto queued = op.post("/api/v1/bill-runs", R"({"through": "2026-05-31"})").header("Location");
    wait_until_billed(op, run, 1);
    for (const auto& which : {run, queued}) EXPECT_EQ(op.post(which + "/cancel").status, 200);
    const auto cancelled = op.wait_for(run);
    EXPECT_EQ(cancelled.text("/state"), "cancelled") << cancelled.body;
    EXPECT_EQ(op.wait_for(queued).text("/state"), "cancelled");
    const auto documents = op.all("/api/v1/documents").size();
    EXPECT_EQ(documents, static_cast<std::size_t>(cancelled.number("/totals/invoices")));
    EXPECT_GT(documents, 0U);
    EXPECT_LT(documents, 5'000U);
    const auto rest = op.bill("2026-05-31");
    EXPECT_EQ(rest.number("/totals/invoices"), 5'000 - static_cast<std::int64_t>(documents));
    EXPECT_EQ(op.get("/api/v1/events?type=bill_run.cancelled").list().size(), 2U);
    expect_sound_books(op);
}

TEST_F(ProcessLife, BillRunsOfOneOperatorAreCarriedOutOneAfterTheOther) {
    import(platform(), 600);
    auto op = operator_client();
    std::vector<std::string> runs;
    for (int i = 0; i < 3; ++i)
        runs.push_back(op.post("/api/v1/bill-runs", R"({"through": "2026-03-31"})").header("Location"));
    std::string last_end;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto run = op.wait_for(runs[i]);
        EXPECT_EQ(run.number("/totals/invoices"), i == 0 ? 1'800 : 0) << "the first one leaves nothing to the others";
        EXPECT_LE(last_end, run.text("/started_at"));
        last_end = run.text("/finished_at");
    }
}

// An import is all or nothing, also when its process ends.
TEST_F(ProcessLife, AnImportThatIsCutOffLeavesNothing) {
    for (const auto how : {End::orderly, End::sudden}) {
        auto client = platform();
        const auto started = client.post("/api/v1/imports", many_flats(4'000));
        ASSERT_EQ(started.status, 202);
        while (client.get(started.header("Location")).text("/state") == "queued")
            std::this_thread::sleep_for(milliseconds(1));
        end(server_, how);
        server_.start();
        auto after = platform();
        const auto job = after.wait_for(started.header("Location"));
        const auto operators = after.get("/api/v1/operators").list().size();
        if (!job.is_null("/result")) {
            EXPECT_EQ(operators, 1U) << "it was faster than the signal";
            break;
        }
        EXPECT_EQ(job.text("/state"), "failed") << job.body;
        EXPECT_FALSE(job.is_null("/error"));
        EXPECT_EQ(operators, 0U);
    }
}

TEST_F(ProcessLife, ASecondProcessIsToldThatTheStoreIsInUse) {
    make_operator(platform(), "op");
    for (const auto* command : {"serve --listen 127.0.0.1:0", "bill --through 2026-01-31", "verify"}) {
        const auto second = run_sluice(std::string(command) + " --db " + server_.store());
        EXPECT_EQ(second.status, 3) << command << second.out;
        EXPECT_NE(second.out.find("another Sluice process is using this store"), std::string::npos) << second.out;
    }
    EXPECT_EQ(platform().get("/api/v1/operators").list().size(), 1U) << "the first one goes on";
}

TEST_F(ProcessLife, AnOrderlyEndAnswersWhatIsUnderWayAndWaitsForNobodyWhoIsSilent) {
    make_operator(platform(), "op");
    std::vector<HttpClient> silent;
    for (int i = 0; i < 50; ++i) {
        silent.emplace_back(server_.port());
        if (i % 2) silent.back().get("/health/live");
    }
    auto client = platform();
    HttpClient asking(server_.port());
    asking.send(client.bytes_of({"POST",
                                 "/api/v1/operators",
                                 {},
                                 R"({"code": "last", "name": "L", "currency": "USD", "time_zone": "UTC"})",
                                 true}));
    std::this_thread::sleep_for(milliseconds(20));
    const auto began = steady_clock::now();
    EXPECT_EQ(server_.stop(), 0);
    EXPECT_LT(steady_clock::now() - began, seconds(5));
    EXPECT_EQ(asking.receive().status, 201);
    for (auto& one : silent) EXPECT_TRUE(one.is_closed_within(milliseconds(1'000)));
    server_.start();
    EXPECT_EQ(platform().get("/api/v1/operators/last").status, 200);
}

}  // namespace
}  // namespace sluice::test
