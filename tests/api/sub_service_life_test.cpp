// The life of sub-services: each command by its route, its refusals, and what a preview promises.
#include "api/world.hpp"

namespace sluice::test {
namespace {

class SubServices : public OverHttp {
protected:
    void SetUp() override {
        make_catalog(op_);
        make_subscriber(op_, "a");
    }
    // A command to a/net; its answer is the sub-service as it is then.
    Reply command(const std::string& name, const std::string& body) {
        return op_.post(sub_service_path("a", "net") + "/" + name, body);
    }
    void expect_refused(const std::string& name, const std::string& body, int status, const std::string& code) {
        const auto before = op_.get(sub_service_path("a", "net"));
        const auto reply = command(name, body);
        EXPECT_EQ(reply.status, status) << name << reply.body;
        EXPECT_EQ(reply.code(), code) << reply.text("/detail");
        EXPECT_EQ(op_.get(sub_service_path("a", "net")).json, before.json) << "a refusal changes nothing";
    }
    std::string status() { return op_.get(sub_service_path("a", "net")).text("/status"); }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(SubServices, AreSoldWithAllThatBelongsToThem) {
    ASSERT_EQ(op_.post("/api/v1/subscribers/a/units", R"({"code": "u", "name": "U"})").status, 201);
    const auto sold = op_.post("/api/v1/subscribers/a/sub-services", R"({
        "code": "net", "service": "net", "unit": "u", "date": "2026-01-10", "activate": true,
        "add_ons": [{"code": "ip", "quantity": 3}, {"code": "install"}], "cpes": [{"code": "router", "serial": "R-1"}],
        "billing": {"invoicing": "independent"}})");
    ASSERT_EQ(sold.status, 201) << sold.body;
    EXPECT_EQ(op_.get(sold.header("Location")).json, sold.json);
    EXPECT_EQ(sold.text("/status"), "active");
    EXPECT_EQ(sold.text("/unit"), "u");
    ASSERT_EQ(sold.list("/items").size(), 4U);
    EXPECT_EQ(sold.text("/items/1/quantity"), "3");
    EXPECT_EQ(sold.text("/items/2/installments/of"), "3");
    EXPECT_EQ(sold.text("/items/3/serial"), "R-1");
    const auto again = op_.post("/api/v1/subscribers/a/sub-services", R"({"code": "net", "service": "net"})");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "code_taken");
    const auto refused = [&](const std::string& body) {
        const auto reply = op_.post("/api/v1/subscribers/a/sub-services", body);
        EXPECT_TRUE(reply.status == 422 || reply.status == 409) << reply.body;
        return reply.code();
    };
    EXPECT_EQ(refused(R"({"code": "x", "service": "none"})"), "unknown_product");
    EXPECT_EQ(refused(R"({"code": "x", "service": "net", "unit": "none"})"), "unknown_unit");
    EXPECT_EQ(refused(R"({"code": "x", "service": "net", "add_ons": [{"code": "router"}]})"), "unknown_product");
    EXPECT_EQ(refused(R"({"code": "x", "service": "net", "cpes": [{"code": "router", "serial": "R-1"}]})"),
              "serial_number_in_use");
    EXPECT_EQ(
        refused(R"({"code": "x", "service": "net", "cpes": [{"code": "router", "serial": "R-2", "quantity": 2}]})"),
        "quantity_not_allowed");
    EXPECT_EQ(refused(R"({"code": "x", "service": "net", "date": "2999-01-01"})"), "date_in_the_future");
    EXPECT_EQ(op_.get(sub_service_path("a", "x")).code(), "unknown_sub_service") << "a refusal leaves nothing behind";
}

TEST_F(SubServices, GoThroughEveryCommand) {
    ASSERT_EQ(
        op_.post("/api/v1/subscribers/a/sub-services", R"({"code": "net", "service": "net", "date": "2026-01-10"})")
            .status,
        201);
    expect_refused("suspend", R"({"date": "2026-01-10"})", 409, "not_active");
    EXPECT_EQ(command("activate", R"({"date": "2026-01-10"})").text("/status"), "active");
    expect_refused("activate", R"({"date": "2026-01-10"})", 409, "already_active");
    expect_refused("resume", R"({"date": "2026-01-11"})", 409, "not_suspended");
    EXPECT_EQ(command("exhaust-data", R"({"date": "2026-01-12"})").text("/status"), "data_exhausted");
    expect_refused("suspend", R"({"date": "2026-01-11"})", 409, "before_an_earlier_command");
    EXPECT_EQ(command("restore-data", R"({"date": "2026-01-13"})").text("/status"), "active");
    expect_refused("restore-data", R"({"date": "2026-01-13"})", 409, "data_not_exhausted");
    EXPECT_EQ(command("suspend", R"({"date": "2026-01-14", "reason": "did not pay"})").text("/suspend_reason"),
              "did not pay");
    expect_refused("suspend", R"({"date": "2026-01-15"})", 409, "already_suspended");
    EXPECT_EQ(command("resume", R"({"date": "2026-01-16"})").text("/status"), "active");
    EXPECT_EQ(command("add-add-on", R"({"date": "2026-01-17", "add_on": "ip", "quantity": 2})").text("/items/1/code"),
              "ip");
    expect_refused("add-add-on", R"({"date": "2026-01-17", "add_on": "none"})", 422, "unknown_product");
    EXPECT_EQ(command("remove-add-on", R"({"date": "2026-01-18", "add_on": "ip", "credit": true})").status, 200);
    expect_refused("remove-add-on", R"({"date": "2026-01-18", "add_on": "ip"})", 409, "item_not_held");
    EXPECT_EQ(
        command("attach-cpe", R"({"date": "2026-01-18", "cpe": "router", "serial": "R-1"})").text("/items/2/serial"),
        "R-1");
    expect_refused("attach-cpe", R"({"date": "2026-01-18", "cpe": "router", "serial": "R-1"})", 409,
                   "serial_number_in_use");
    EXPECT_EQ(command("return-cpe", R"({"date": "2026-01-19", "serial": "R-1"})").status, 200);
    expect_refused("return-cpe", R"({"date": "2026-01-19", "serial": "R-1"})", 409, "item_not_held");
    EXPECT_EQ(command("change-service", R"({"date": "2026-01-20", "service": "fast"})").text("/service"), "fast");
    expect_refused("change-service", R"({"date": "2026-01-20", "service": "fast"})", 409, "service_already_held");
    EXPECT_EQ(command("change-service", R"({"date": "2026-01-21", "service": "net", "when": "next_period"})")
                  .text("/service_change/service"),
              "net");
    EXPECT_EQ(command("move-to-current-price", R"({"date": "2026-01-22"})").status, 200);
    EXPECT_EQ(command("cancel", R"({"date": "2026-01-23"})").text("/status"), "active");
    EXPECT_NE(op_.get(sub_service_path("a", "net")).text("/cancel_on"), "null");
    EXPECT_EQ(command("cancel", R"({"date": "2026-01-24", "at": "now", "credit": true})").text("/status"), "cancelled");
    expect_refused("activate", R"({"date": "2026-01-25"})", 409, "cancelled");
    expect_refused("cancel", R"({"date": "2999-01-25"})", 422, "date_in_the_future");
    op_.bill("2026-03-31");
    expect_sound_books(op_);
}

TEST_F(SubServices, ACommandWithoutADateCountsForToday) {
    sell_net(op_, "a", "net", "2026-01-10");
    const auto suspended = op_.post(sub_service_path("a", "net") + "/suspend");
    EXPECT_EQ(suspended.status, 200) << suspended.body;
    EXPECT_EQ(status(), "suspended");
    expect_refused("resume", R"({"date": "2026-01-11"})", 409, "before_an_earlier_command");
    EXPECT_EQ(op_.post(sub_service_path("a", "none") + "/suspend").code(), "unknown_sub_service");
    EXPECT_EQ(op_.post(sub_service_path("none", "net") + "/suspend").code(), "unknown_subscriber");
}

TEST_F(SubServices, AreTakenOverFromAnotherSystem) {
    const auto taken = op_.post("/api/v1/subscribers/a/sub-services", R"({
        "code": "net", "service": "net", "date": "2026-04-01", "cpes": [{"code": "router", "serial": "R-1"}],
        "add_ons": [{"code": "install", "installments_charged": 2}],
        "taken_over": {"status": "active", "activated_on": "2026-01-20", "charged_to": "2026-04-20"}})");
    ASSERT_EQ(taken.status, 201) << taken.body;
    EXPECT_EQ(taken.text("/billed_to"), "2026-04-20");
    EXPECT_EQ(taken.text("/items/1/installments/charged"), "2");
    op_.bill("2026-04-30");
    const auto documents = op_.get("/api/v1/documents?subscriber=a").list();
    ASSERT_EQ(documents.size(), 1U);
    EXPECT_EQ(text_at(documents[0], "/net/amount"), "60.00") << "a month and the last instalment";
    const auto without_start = op_.post("/api/v1/subscribers/a/sub-services",
                                        R"({"code": "x", "service": "net", "taken_over": {"status": "active"}})");
    EXPECT_EQ(without_start.code(), "import_needs_activated_on") << without_start.body;
    EXPECT_EQ(op_.post("/api/v1/subscribers/a/sub-services", R"({"code": "y", "service": "net", "taken_over": null})")
                  .text("/status"),
              "inactive");
}

// What a preview shows is what the bill run then charges, line for line; and nothing is stored by it.
class Previews : public SubServices, public testing::WithParamInterface<std::pair<const char*, const char*>> {
protected:
    // Lines without what is made anew each time.
    static boost::json::array comparable(const boost::json::array& lines) {
        boost::json::array all;
        for (auto line : lines) {
            for (const auto* key : {"id", "position", "credits"}) line.as_object().erase(key);
            all.push_back(std::move(line));
        }
        return all;
    }
    boost::json::array billed_lines(const std::string& date) {
        boost::json::array lines;
        for (const auto& head : op_.all("/api/v1/documents?sort=number&from=" + date + "&to=" + date)) {
            const auto document = op_.get("/api/v1/documents/" + text_at(head, "/number"));
            for (auto& line : comparable(document.list("/lines"))) lines.push_back(std::move(line));
        }
        return lines;
    }
};

TEST_P(Previews, ShowWhatIsThenCharged) {
    sell_net(op_, "a", "net", "2026-01-10");
    op_.post(sub_service_path("a", "net") + "/add-add-on", R"({"date": "2026-01-10", "add_on": "ip"})");
    op_.post(sub_service_path("a", "net") + "/attach-cpe", R"({"date": "2026-01-10", "cpe": "router", "serial": "S"})");
    if (std::string(GetParam().first) == "resume")
        op_.post(sub_service_path("a", "net") + "/suspend", R"({"date": "2026-02-20"})");
    op_.bill("2026-02-28");
    const auto before = op_.get(sub_service_path("a", "net"));
    const auto events = op_.get("/api/v1/events?limit=500").text("/next_after");

    const auto route = sub_service_path("a", "net") + "/" + GetParam().first;
    const auto preview = op_.post(route + "?preview=true", GetParam().second);
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.text("/object"), "preview");
    EXPECT_EQ(op_.get(sub_service_path("a", "net")).json, before.json);
    EXPECT_EQ(op_.get("/api/v1/subscribers/a/pending-lines").list().size(), 0U);
    EXPECT_EQ(op_.get("/api/v1/events?limit=500").text("/next_after"), events);
    EXPECT_EQ(op_.post(route + "?preview=true", GetParam().second).list("/charges").size(),
              preview.list("/charges").size());

    ASSERT_EQ(op_.post(route + "?preview=false", GetParam().second).status, 200);
    op_.bill("2026-06-30");
    for (const auto& charge : preview.list("/charges")) {
        const auto date = text_at(charge, "/billing_date");
        EXPECT_EQ(comparable(charge.at("lines").as_array()), billed_lines(date)) << GetParam().first << " " << date;
    }
    expect_sound_books(op_);
}

INSTANTIATE_TEST_SUITE_P(
    Commands, Previews,
    testing::Values(std::pair("resume", R"({"date": "2026-03-05"})"),
                    std::pair("cancel", R"({"date": "2026-03-05", "at": "now", "credit": true})"),
                    std::pair("cancel", R"({"date": "2026-03-05"})"),
                    std::pair("change-service", R"({"date": "2026-03-05", "service": "fast"})"),
                    std::pair("change-service", R"({"date": "2026-03-05", "service": "fast", "when": "next_period"})"),
                    std::pair("change-service", R"({"date": "2026-03-05", "service": "metered"})"),
                    std::pair("add-add-on", R"({"date": "2026-03-05", "add_on": "install", "quantity": 2})"),
                    std::pair("remove-add-on", R"({"date": "2026-03-05", "add_on": "ip", "credit": true})"),
                    std::pair("attach-cpe", R"({"date": "2026-03-05", "cpe": "router", "serial": "T"})"),
                    std::pair("return-cpe", R"({"date": "2026-03-05", "serial": "S", "credit": true})"),
                    std::pair("move-to-current-price", R"({"date": "2026-03-05"})")));

TEST_F(Previews, OfANewSubServiceStoreNothing) {
    const auto body = R"({"code": "net", "service": "net", "date": "2026-01-10", "activate": true,
                          "add_ons": [{"code": "install"}]})";
    const auto preview = op_.post("/api/v1/subscribers/a/sub-services?preview=true", body);
    ASSERT_EQ(preview.status, 200) << preview.body;
    ASSERT_EQ(preview.list("/charges").size(), 3U);
    EXPECT_EQ(preview.text("/charges/0/total/amount"), "66.00") << "(40.00 + 20.00) and 10 % on top";
    EXPECT_EQ(op_.get(sub_service_path("a", "net")).status, 404);
    ASSERT_EQ(op_.post("/api/v1/subscribers/a/sub-services", body).status, 201);
    op_.bill("2026-03-10");
    for (const auto& charge : preview.list("/charges"))
        EXPECT_EQ(comparable(charge.at("lines").as_array()), billed_lines(text_at(charge, "/billing_date")));
    const auto refused = op_.post("/api/v1/subscribers/a/sub-services?preview=true", body);
    EXPECT_EQ(refused.code(), "code_taken") << "what is refused in earnest is refused in a preview";
}

TEST_F(Previews, OfManyCommandsAddUp) {
    const auto body = R"({"commands": [
        {"command": "create_subscriber", "code": "b", "contact": "B"},
        {"command": "add_sub_service", "subscriber": "b", "code": "one", "service": "net", "date": "2026-01-10"},
        {"command": "add_sub_service", "subscriber": "b", "code": "two", "service": "fast", "date": "2026-01-10"},
        {"command": "activate", "sub_service": "b/one", "date": "2026-01-10"},
        {"command": "activate", "sub_service": "b/two", "date": "2026-01-10"}]})";
    const auto preview = op_.post("/api/v1/commands?preview=true", body);
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.text("/charges/0/net/amount"), "110.00");
    EXPECT_EQ(op_.get("/api/v1/subscribers/b").status, 404);
    ASSERT_EQ(op_.post("/api/v1/commands", body).text("/done"), "5");
    op_.bill("2026-01-10");
    EXPECT_EQ(comparable(preview.list("/charges/0/lines")), billed_lines("2026-01-10"));
}

}  // namespace
}  // namespace sluice::test
