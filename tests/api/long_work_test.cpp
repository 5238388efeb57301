// Work that goes on after its request was answered: verifications, imports; simulations; accounts set aside.
#include <sqlite3.h>

#include <thread>

#include "api/world.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

const std::string subscribers_csv =
    "code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing\n"
    "a,Ann,,US,,,,,,,\n"
    "b,Bob,\"Bob, Ltd.\",US,,,,,,,\n";
const std::string units_csv = "subscriber,code,name,model,cycle_day,first_charge,invoicing\nb,u1,Flat,,,,\n";
const std::string sub_services_csv =
    "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,invoicing\n"
    "a,,net,net,active,2026-01-10,2026-04-10,,,,,,\n"
    "b,u1,net,net,active,2026-01-20,2026-04-20,ip*2,router:R-1,,,,\n";

std::string import_body(const std::string& code, const std::string& sub_services = sub_services_csv,
                        bool partial = false) {
    const auto yaml = "operator: {code: " + code +
                      ", name: Comes over, currency: USD, time_zone: UTC}\n"
                      "catalog:\n"
                      "  services: [{code: net, name: Net, price: 40.00, period: 1 month}]\n"
                      "  add_ons: [{code: ip, name: IP, mode: recurring, price: 5.00}]\n"
                      "  cpes: [{code: router, name: Router, mode: once, price: 50.00}]\n";
    return json::serialize(json::object{{"operator", yaml},
                                        {"subscribers", subscribers_csv},
                                        {"units", units_csv},
                                        {"sub_services", sub_services},
                                        {"as_of", "2026-04-01"},
                                        {"partial", partial}});
}

class LongWork : public OverHttp {
protected:
    Reply import(const std::string& body) {
        const auto started = platform_.post("/api/v1/imports", body);
        EXPECT_EQ(started.status, 202) << started.body;
        return platform_.wait_for(started.header("Location"));
    }
    Client platform_ = platform();
};

TEST_F(LongWork, AnOperatorIsImportedAndBilled) {
    const auto done = import(import_body("came"));
    ASSERT_EQ(done.text("/state"), "finished") << done.body;
    EXPECT_EQ(done.text("/result/operator"), "came");
    EXPECT_EQ(done.text("/result/subscribers"), "2");
    EXPECT_EQ(done.text("/result/units"), "1");
    EXPECT_EQ(done.text("/result/sub_services"), "2");
    EXPECT_EQ(done.list("/errors").size(), 0U);
    auto op = platform_.for_operator("came");
    EXPECT_EQ(op.get("/api/v1/subscribers?q=ltd").text("/items/0/code"), "b");
    EXPECT_EQ(op.bill("2026-04-30").text("/totals/net/amount"), "90.00") << "40.00, and 40.00 with twice 5.00";
    expect_sound_books(op);
    const auto again = import(import_body("came"));
    EXPECT_TRUE(again.is_null("/result")) << "there is an operator of that code already";
    EXPECT_TRUE(again.list("/errors").size() > 0 || !again.is_null("/error")) << again.body;
}

TEST_F(LongWork, ABadRowImportsNothing) {
    const auto bad =
        sub_services_csv + "a,,net2,nothing,active,2026-01-10,2026-04-10,,,,,,\nc,,x,net,inactive,,,,,,,,\n";
    const auto done = import(import_body("came", bad));
    EXPECT_TRUE(done.is_null("/result")) << done.body;
    ASSERT_EQ(done.list("/errors").size(), 2U) << done.body;
    EXPECT_EQ(done.text("/errors/0/file"), "sub_services.csv");
    EXPECT_EQ(done.text("/errors/0/line"), "4");
    EXPECT_EQ(done.text("/errors/0/column"), "service");
    EXPECT_EQ(platform_.get("/api/v1/operators").list().size(), 0U);
    const auto partial = import(import_body("came", bad, true));
    EXPECT_EQ(partial.text("/result/rejected"), "2") << partial.body;
    EXPECT_EQ(partial.text("/result/sub_services"), "2");
    EXPECT_EQ(partial.list("/errors").size(), 2U);
    EXPECT_EQ(platform_.for_operator("came").get("/api/v1/sub-services").list().size(), 2U);
}

TEST_F(LongWork, AnOperatorFileThatIsNoneSaysWhere) {
    auto body = json::parse(import_body("came")).as_object();
    body["operator"] = "operator: {code: came\n";
    const auto broken = import(json::serialize(body));
    EXPECT_TRUE(broken.is_null("/result"));
    EXPECT_EQ(broken.text("/errors/0/file"), "operator.yaml") << broken.body;
    body["operator"] = "operator: {code: came, name: N, currency: XXX, time_zone: UTC}\n";
    EXPECT_EQ(import(json::serialize(body)).text("/errors/0/column"), "operator.currency");
    EXPECT_EQ(platform_.get("/api/v1/imports/imp_0000000000000").status, 404);
}

TEST_F(LongWork, VerificationFindsWhatSomebodyHasChangedBehindOurBack) {
    auto op = make_operator(platform_, "op");
    make_catalog(op);
    make_subscriber(op, "a");
    sell_net(op, "a", "net", "2026-01-10");
    op.bill("2026-02-28");
    expect_sound_books(op);
    EXPECT_EQ(server_.stop(), 0);
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((directory_.path() / "store.db").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, "UPDATE lines SET amount = amount + 1", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
    server_.start();
    auto after = op.at_port(server_.port());
    const auto verified = after.wait_for(after.post("/api/v1/verifications").header("Location"));
    EXPECT_EQ(verified.text("/state"), "finished");
    EXPECT_EQ(verified.text("/sound"), "false");
    EXPECT_GE(verified.list("/findings").size(), 2U) << verified.body;
    const auto why = after.get("/api/v1/documents/INV-2026-000001/lines/1/explanation");
    EXPECT_EQ(why.text("/agrees"), "false");
    EXPECT_EQ(after.get("/api/v1/verifications/ver_0000000000000").status, 404);
}

// An account that cannot be billed is set aside with its reason; the others go on, and it is billed once it can be.
TEST_F(LongWork, AnAccountThatCannotBeBilledIsParkedAndReplayed) {
    auto op = make_operator(platform_, "op");
    make_catalog(op);
    op.post("/api/v1/services",
            R"({"code": "dear", "period": "1 month", "price": )" + money("100000000000000000.00") + "}");
    for (const auto* code : {"a", "b"}) {
        make_subscriber(op, code);
        sell_net(op, code, "net", "2026-01-10");
    }
    const auto dear = R"({"code": "dear", "service": "dear", "activate": true, "date": "2026-01-10"})";
    EXPECT_EQ(op.post("/api/v1/subscribers/a/sub-services?preview=true", dear).code(), "amount_not_allowed")
        << "nobody can owe so much";
    ASSERT_EQ(op.post("/api/v1/subscribers/a/sub-services", dear).status, 201);
    const auto run = op.bill("2026-01-31");
    EXPECT_EQ(run.text("/parked"), "1") << run.body;
    EXPECT_EQ(run.text("/totals/invoices"), "1") << "the other one is billed";
    const auto parked = op.get("/api/v1/parked-accounts");
    ASSERT_EQ(parked.list().size(), 1U) << parked.body;
    EXPECT_EQ(parked.text("/items/0/subscriber"), "a");
    const auto one = op.get("/api/v1/parked-accounts/a");
    EXPECT_EQ(one.text("/reason"), parked.text("/items/0/reason"));
    EXPECT_FALSE(one.is_null("/facts"));
    EXPECT_EQ(op.get("/api/v1/parked-accounts/b").status, 404);
    const auto still = op.post("/api/v1/parked-accounts/a/replay");
    EXPECT_EQ(still.text("/billed"), "false") << still.body;
    EXPECT_FALSE(still.is_null("/reason"));

    ASSERT_EQ(op.post(sub_service_path("a", "dear") + "/cancel", R"({"at": "now", "date": "2026-01-10"})").status, 200);
    const auto billed = op.post("/api/v1/parked-accounts/a/replay");
    EXPECT_TRUE(billed.is_true("/billed")) << billed.body;
    EXPECT_TRUE(billed.is_null("/reason"));
    EXPECT_EQ(op.get("/api/v1/parked-accounts").list().size(), 0U);
    EXPECT_EQ(op.post("/api/v1/parked-accounts/a/replay").status, 404);
    EXPECT_EQ(op.get("/api/v1/documents?subscriber=a").list().size(), 1U);
    for (const auto* type : {"account.parked", "account.replayed"})
        EXPECT_EQ(op.get("/api/v1/events?type=" + std::string(type)).text("/items/0/subscriber"), "a");
    expect_sound_books(op);
}

TEST_F(LongWork, SimulationsSayWhatComesOutAndStoreNothing) {
    const auto text = serve::read_text_file(SLUICE_SOURCE_DIR "/tests/scenarios/01-greentower.yaml");
    const auto simulate = [&](const std::string& scenario) {
        return platform_.post("/api/v1/simulations", json::serialize(json::object{{"scenario", scenario}}));
    };
    const auto good = simulate(text);
    ASSERT_EQ(good.status, 200) << good.body;
    EXPECT_EQ(good.list("/documents").size(), 6U);
    EXPECT_EQ(good.text("/balances/greentower"), "-234.52");
    EXPECT_EQ(good.list("/differences").size(), 0U);
    EXPECT_TRUE(simulate(text.substr(0, text.find("expect:"))).is_null("/differences"));

    auto differs = text;
    differs.replace(differs.find("amount: 12.10"), 13, "amount: 12.11");
    const auto told = simulate(differs);
    ASSERT_EQ(told.list("/differences").size(), 1U);
    EXPECT_NE(told.text("/differences/0").find("12.10, expected 12.11"), std::string::npos);

    for (const auto* bad : {"operator: {}", "[1, 2]", "\t", "{", "operator: &a [*a]"}) {
        const auto refused = simulate(bad);
        EXPECT_EQ(refused.status, 400) << bad << refused.body;
        EXPECT_EQ(refused.text("/errors/0/field"), "scenario") << refused.body;
    }
    auto refused_step = text;
    refused_step.replace(refused_step.find("activate: {sub_service: greentower/102-net}"), 43,
                         "activate: {sub_service: greentower/101-net}");
    const auto refused = simulate(refused_step);
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(refused.text("/detail").find("timeline"), std::string::npos) << refused.body;
    EXPECT_EQ(platform_.get("/api/v1/operators").list().size(), 0U);
}

// A scenario may ask for more work than a request may take; others are served meanwhile.
TEST_F(LongWork, ASimulationThatTakesTooLongIsCutOff) {
    std::string scenario =
        "operator: {code: op, name: Op, currency: USD, time_zone: UTC}\n"
        "catalog: {services: [{code: net, name: Net, price: 1.00, period: 1 day}]}\ntimeline:\n";
    for (int i = 0; i < 200; ++i) {
        const auto n = std::to_string(i);
        scenario += "  - {at: 1950-01-01, create_subscriber: {code: s" + n + ", contact: A}}\n" +
                    "  - {at: 1950-01-01, add_sub_service: {subscriber: s" + n + ", code: n, service: net}}\n" +
                    "  - {at: 1950-01-01, activate: {sub_service: s" + n + "/n}}\n";
    }
    scenario += "through: 2050-01-01\n";
    std::thread slow([&] {
        auto client = platform();
        HttpClient connection(server_.port());
        connection.send(client.bytes_of(
            {"POST", "/api/v1/simulations", {}, json::serialize(json::object{{"scenario", scenario}}), true}));
        for (int i = 0; i < 3; ++i) {  // the socket's patience is shorter than the simulation's
            const auto reply = connection.receive();
            if (reply.status == 0) continue;
            EXPECT_EQ(reply.status, 422) << reply.body.substr(0, 500);
            return;
        }
        ADD_FAILURE() << "no answer";
    });
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(platform_.get("/api/v1/operators").status, 200);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    slow.join();
}

}  // namespace
}  // namespace sluice::test
