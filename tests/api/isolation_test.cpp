// Two operators with the same codes on one server: neither learns of the other, whatever it asks.
#include <map>
#include <thread>

#include "api/world.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

// What of an operator has an id of its own, or a number.
struct Things {
    std::map<std::string, std::string> path;  // by the parameter's name
};

class TwoOperators : public OverHttp {
protected:
    // The same codes with both; what is written in texts tells whose it is.
    Things fill(Client& op, const std::string& mark, int payments) {
        make_catalog(op);
        op.patch("/api/v1/operators/" + mark, R"({"invoice_number": ")" + mark + R"(-{year}-{number}"})");
        op.post("/api/v1/subscribers", R"({"code": "s", "contact": "of )" + mark + R"(", "organization": "Org )" +
                                           mark + R"(", "category": "c-)" + mark + R"("})");
        op.post("/api/v1/subscribers/s/units", R"({"code": "u", "name": "unit of )" + mark + R"("})");
        op.post("/api/v1/subscribers/s/sub-services",
                R"({"code": "n", "service": "net", "unit": "u", "activate": true, "date": "2026-01-10",
                    "cpes": [{"code": "router", "serial": "SAME"}]})");
        op.post("/api/v1/services", R"({"code": "dear-)" + mark + R"(", "period": "1 month", "price": )" +
                                        money("100000000000000000.00") + "}");
        make_subscriber(op, "parked");
        op.post("/api/v1/subscribers/parked/sub-services",
                R"({"code": "n", "service": "dear-)" + mark + R"(", "activate": true, "date": "2026-01-10"})");
        const auto endpoint = op.post("/api/v1/webhook-endpoints", R"({"url": "https://127.0.0.1:1/)" + mark +
                                                                       R"(", "description": "of )" + mark + R"("})");
        op.put("/api/v1/mail-settings",
               R"({"host": "127.0.0.1", "port": 1, "from_address": ")" + mark + R"(@example.com"})");
        op.put("/api/v1/message-templates/document_issued/en",
               R"({"subject": "of )" + mark + R"(", "body": "of )" + mark + R"("})");
        const auto run = op.bill("2026-02-28");
        std::string payment;
        for (int i = 0; i < payments; ++i)
            payment = op.post("/api/v1/payments", R"({"subscriber": "s", "reference": "ref )" + mark +
                                                      R"(", "amount": )" + money("1.00") + "}")
                          .text("/id");
        const auto checkout = begin_checkout(op);
        const auto verification = op.post("/api/v1/verifications").header("Location");
        op.wait_for(verification);
        const auto statement =
            op.post("/api/v1/bank-statements", R"({"file": "d,a,t\n2026-02-10,1.00,of )" + mark +
                                                   R"(\n", "mapping": {"account": "1", "date": "d", "amount": "a",
                                           "reference": "t"}})")
                .text("/statement/id");
        const auto document = op.get("/api/v1/documents?subscriber=s").text("/items/0/id");
        op.post("/api/v1/subscribers", R"({"code": "till", "contact": "Till"})");
        const auto shift = op.post("/api/v1/cash-shifts", R"({"desk": "front", "clerk": "of )" + mark +
                                                              R"(", "float": )" + money("10.00") + "}")
                               .text("/id");
        receipt() = op.post("/api/v1/cash-shifts/" + shift + "/payments",
                            R"({"subscriber": "till", "amount": )" + money("1.00") + "}")
                        .text("/receipt");
        const auto free = op.post("/api/v1/payments",
                                  R"({"subscriber": "till", "reference": "free", "amount": )" + money("2.00") + "}")
                              .text("/id");
        op.post("/api/v1/payments/" + free + "/refunds", R"({"through": "manual", "amount": )" + money("1.00") + "}");
        const auto cheque = op.post("/api/v1/cheques", R"({"subscriber": "till", "number": "of )" + mark +
                                                           R"(", "amount": )" + money("1.00") + "}")
                                .text("/id");
        op.post("/api/v1/discounts", R"({"code": "welcome", "name": "of )" + mark + R"(", "percent": "5"})");
        op.post("/api/v1/promo-codes", R"({"code": "HELLO", "discount": "welcome"})");
        const auto grant = op.post("/api/v1/discount-grants",
                                   R"({"subscriber": "till", "discount": "welcome", "reason": "of )" + mark + R"("})");
        // B has more of them than A, so that the last number of B is none of A's.
        std::string pro_forma;
        op.post("/api/v1/subscribers/s/sub-services", R"({"code": "ordered", "service": "net"})");
        for (int i = 0; i < payments; ++i)
            pro_forma =
                op.post("/api/v1/subscribers/s/orders", R"({"items": [{"sub_service": "ordered"}]})").text("/number");
        std::string advance;
        const auto of_till = op.get("/api/v1/payments?subscriber=till");
        for (int i = 0; i < payments / 2; ++i)
            advance = op.post("/api/v1/advance-payments",
                              R"({"payment": ")" + of_till.text("/items/" + std::to_string(i) + "/id") + "\"}")
                          .text("/number");
        return {{{"discount_grant", grant.text("/id")},
                 {"pro_forma", pro_forma},
                 {"advance_payment", advance},
                 {"api_key", op.get("/api/v1/api-keys").text("/items/0/id")},
                 {"operator", mark},
                 {"user",
                  op.post("/api/v1/users", R"({"login": "u@)" + mark + R"(.example", "name": "of )" + mark +
                                               R"(", "grants": [{"operator": ")" + mark + R"(", "role": "clerk"}]})")
                      .text("/id")},
                 {"document", document},
                 {"line", op.get("/api/v1/documents/" + document).text("/lines/0/id")},
                 {"payment", payment},
                 {"bill_run", run.text("/id")},
                 {"bank_statement", statement},
                 {"bank_line", op.get("/api/v1/bank-lines").text("/items/0/id")},
                 {"checkout", checkout},
                 {"cash_shift", shift},
                 {"cheque", cheque},
                 {"note", op.post("/api/v1/subscribers/s/notes", R"({"text": "of )" + mark + R"("})").text("/id")},
                 {"hold", op.post("/api/v1/subscribers/s/collection-holds", "{}").text("/id")},
                 {"collection_run", op.post("/api/v1/collection-runs", "{}").text("/id")},
                 {"automatic_payment_run", op.post("/api/v1/automatic-payment-runs", "{}").text("/id")},
                 {"payout", op.get("/api/v1/payouts").text("/items/0/id")},
                 {"webhook_endpoint", endpoint.text("/id")},
                 {"webhook_delivery", op.post(endpoint.header("Location") + "/test").text("/id")},
                 {"message", first_message(op)},
                 {"verification", verification.substr(verification.rfind('/') + 1)}}};
    }

    // It is made soon after what it tells of; the subscriber has no address.
    static std::string first_message(Client& op) {
        for (int tries = 0; tries < 400; ++tries) {
            const auto messages = op.get("/api/v1/subscribers/s/messages");
            if (!messages.list().empty()) return messages.text("/items/0/id");
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
        return {};
    }

    // No gateway is reached from here: the checkout fails, and is there.
    static std::string begin_checkout(Client& op) {
        op.post("/api/v1/payment-methods", R"({"code": "card", "name": "Card", "gateway": "stripe", "enabled": true,
                "test_mode": true, "settings": {"secret_key": "sk_test_1", "webhook_secrets": "whsec_1"}})");
        const auto failed =
            op.post("/api/v1/subscribers/s/checkouts", R"({"payment_method": "card", "amount": )" + money("5.00") +
                                                           R"(, "return_url": "https://example.com"})");
        EXPECT_EQ(failed.code(), "gateway_unavailable") << failed.body;
        return op.get("/api/v1/checkouts").text("/items/0/id");
    }

    void SetUp() override {
        make_key(a_, "viewer");
        make_key(b_, "viewer");
        of_a_ = fill(a_, "aa", 2);
        of_b_ = fill(b_, "bb", 5);
        key_a_ = make_key(a_, "owner");
        key_b_ = make_key(b_, "owner");
    }

    // The same number with both operators, of this year.
    static std::string& receipt() {
        static std::string number;
        return number;
    }

    // The path with the ids of `things` and the codes that both have.
    static std::string path_with(const std::string& template_path, const Things& things) {
        static const std::map<std::string, std::string> codes{{"subscriber", "s"},
                                                              {"unit", "u"},
                                                              {"sub_service", "n"},
                                                              {"service", "net"},
                                                              {"add_on", "ip"},
                                                              {"cpe", "router"},
                                                              {"position", "1"},
                                                              {"file", "viewer.js"},
                                                              {"import", "imp_0000000000000"},
                                                              {"payment_method", "card"},
                                                              {"saved_method", "saved_0000000000000"},
                                                              {"task", "billing"},
                                                              {"message_kind", "document_issued"},
                                                              {"language", "en"},
                                                              {"plan", "plan_0000000000000"},
                                                              {"automatic_payment", "auto_0000000000000"},
                                                              {"discount", "welcome"},
                                                              {"promo_code", "HELLO"}};
        auto path = template_path;
        for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) {
            const auto close = path.find('}', open);
            const auto name = path.substr(open + 1, close - open - 1);
            const auto found = things.path.find(name);
            path.replace(open, close - open + 1,
                         found != things.path.end() ? found->second
                         : name == "receipt"        ? receipt()
                                                    : codes.at(name));
        }
        if (path.find("parked-accounts/s") != std::string::npos) path.replace(path.find("/s"), 2, "/parked");
        return path;
    }
    static bool has_own_id(const std::string& path) {
        for (const auto* name : {"{api_key}",
                                 "{operator}",
                                 "{document}",
                                 "{line}",
                                 "{payment}",
                                 "{bill_run}",
                                 "{verification}",
                                 "{bank_statement}",
                                 "{bank_line}",
                                 "{checkout}",
                                 "{cash_shift}",
                                 "{cheque}",
                                 "{webhook_endpoint}",
                                 "{webhook_delivery}",
                                 "{message}",
                                 "{hold}",
                                 "{note}",
                                 "{collection_run}",
                                 "{pro_forma}",
                                 "{advance_payment}",
                                 "{automatic_payment_run}",
                                 "{discount_grant}",
                                 "{payout}",
                                 "{user}"})
            if (path.find(name) != std::string::npos) return true;
        return false;
    }

    Client a_ = make_operator(platform(), "aa");
    Client b_ = make_operator(platform(), "bb");
    Things of_a_, of_b_;
    std::string key_a_, key_b_;
};

// A good body for each operation that takes one, so that nothing but the foreign id stands in its way.
std::string good_body(const std::string& operation) {
    static const std::map<std::string, std::string> bodies{
        {"update_operator", R"({"due_days": 99})"},
        {"update_user", "{}"},
        {"update_note", R"({"pinned": true})"},
        {"refund_payment", "{}"},
        {"charge_back_payment", "{}"},
        {"issue_credit_note", "{}"},
        {"write_off_document", "{}"},
        {"assign_bank_line", R"({"subscriber": "s"})"},
        {"set_aside_bank_line", R"({"reason": "x"})"},
        {"take_cash", R"({"subscriber": "s", "amount": )" + money("1.00") + "}"},
        {"pay_out_cash", R"({"payment": "pay_0000000000000"})"},
        {"move_cash", R"({"kind": "cash_in", "reason": "x", "amount": )" + money("1.00") + "}"},
        {"close_cash_shift", R"({"counted": )" + money("11.00") + "}"},
        {"bounce_cheque", R"({"reason": "x"})"},
        {"pay_payout", "{}"},
        {"update_webhook_endpoint", "{}"},
        {"replay_webhook_endpoint", R"({"after": 0})"}};
    const auto found = bodies.find(operation);
    return found == bodies.end() ? std::string{} : found->second;
}

TEST_F(TwoOperators, NobodyReachesWhatIsTheOthers) {
    Client owner_of_a(server_.port(), key_a_);
    int tried = 0;
    for (const auto* operation : description().operations()) {
        if (!has_own_id(operation->path) || operation->role == "signature") continue;
        const auto path = path_with(operation->path, of_b_);
        const auto reply = owner_of_a.ask({operation->method, path, {}, good_body(operation->id), true});
        EXPECT_EQ(reply.status, 404) << operation->method << " " << path << reply.body;
        EXPECT_EQ(reply.body.find("bb-"), std::string::npos);
        if (operation->method == "GET") {
            const auto own = owner_of_a.get(path_with(operation->path, of_a_));
            EXPECT_EQ(own.status, 200) << own.body << " its own is there, so that the 404 says something";
        }
        ++tried;
    }
    EXPECT_GE(tried, 9);
    EXPECT_EQ(platform().get("/api/v1/operators/bb").text("/due_days"), "14");
}

// Whatever A may read says nothing that only B has written.
TEST_F(TwoOperators, NothingLeaksIntoWhatIsRead) {
    Client owner_of_a(server_.port(), key_a_);
    for (const auto* operation : description().operations()) {
        if (operation->method != "GET" || operation->role == "none" || operation->role == "platform" ||
            operation->role == "session")
            continue;
        const auto reply = owner_of_a.get(path_with(operation->path, of_a_));
        EXPECT_EQ(reply.status, 200) << operation->id << reply.body;
        for (const std::string mark : {"of bb", "Org bb", "bb-", "ref bb", "\"bb\"", "dear-bb"})
            EXPECT_EQ(reply.body.find(mark), std::string::npos) << operation->id << " shows " << mark << reply.body;
        for (const auto& [name, id] : of_b_.path)
            EXPECT_EQ(reply.body.find("\"" + id + "\""), std::string::npos) << operation->id << " shows " << name;
    }
    EXPECT_EQ(owner_of_a.get("/api/v1/subscribers?q=bb").list().size(), 0U);
    EXPECT_EQ(owner_of_a.get("/api/v1/subscribers?category=c-bb").list().size(), 0U);
    EXPECT_EQ(owner_of_a.get("/api/v1/payments?reference=ref%20bb").list().size(), 0U);
    EXPECT_EQ(owner_of_a.get("/api/v1/documents?q=bb").list().size(), 0U);
    EXPECT_EQ(owner_of_a.get("/api/v1/payments").list().size(), 5U);
    EXPECT_EQ(owner_of_a.get("/api/v1/subscribers/s").text("/balance/amount"), "-194.90");
    EXPECT_EQ(Client(server_.port(), key_b_).get("/api/v1/subscribers/s").text("/balance/amount"), "-191.90");
    std::int64_t last = 0;
    for (;;) {
        const auto page = owner_of_a.get("/api/v1/events?limit=500&after=" + std::to_string(last));
        if (page.list().empty()) break;
        for (const auto& event : page.list()) EXPECT_EQ(event.at("sequence").as_int64(), ++last) << "gaps would tell";
    }
}

TEST_F(TwoOperators, TheHeaderOpensNothingForAKeyOfAnother) {
    Client of_a_for_b(server_.port(), key_a_, "bb");
    for (const auto* operation : description().operations()) {
        const auto& about = description_json().at("paths").at(operation->path).as_object();
        const auto text = json::serialize(about);
        if (text.find("parameters/operator\"") == std::string::npos || operation->role == "platform") continue;
        const auto reply = of_a_for_b.ask({operation->method, path_with(operation->path, of_b_), {}, {}, false});
        EXPECT_TRUE(reply.status == 404 || reply.status == 405) << operation->id << reply.body;
        EXPECT_EQ(reply.code(), "unknown_operator") << operation->id;
    }
    // One that is there and one that is not are told apart by nothing but the name that was sent.
    const auto there = of_a_for_b.get("/api/v1/taxes");
    const auto not_there = of_a_for_b.for_operator("cc").get("/api/v1/taxes");
    EXPECT_EQ(there.status, not_there.status);
    EXPECT_EQ(there.text("/detail").size(), not_there.text("/detail").size());
    EXPECT_EQ(Client(server_.port(), key_a_, "aa").get("/api/v1/taxes").status, 200);
}

TEST_F(TwoOperators, SerialNumbersAndCodesAreTakenWithOneAlone) {
    EXPECT_EQ(a_.post("/api/v1/subscribers", R"({"code": "s", "contact": "x"})").code(), "code_taken");
    EXPECT_EQ(a_.post("/api/v1/subscribers", R"({"code": "only-a", "contact": "x"})").status, 201);
    EXPECT_EQ(b_.post("/api/v1/subscribers", R"({"code": "only-a", "contact": "x"})").status, 201);
    const auto refused = a_.post("/api/v1/subscribers/s/sub-services",
                                 R"({"code": "m", "service": "net", "cpes": [{"code": "router", "serial": "SAME"}]})");
    EXPECT_EQ(refused.code(), "serial_number_in_use");
    EXPECT_EQ(refused.text("/detail").find("bb"), std::string::npos);
}

TEST_F(TwoOperators, APlatformKeyMustSayForWhom) {
    auto everything = platform();
    const auto unsaid = everything.get("/api/v1/subscribers");
    EXPECT_EQ(unsaid.status, 400);
    EXPECT_EQ(unsaid.text("/errors/0/field"), "Sluice-Operator");
    EXPECT_EQ(everything.get("/api/v1/operators").list().size(), 2U);
    EXPECT_EQ(Client(server_.port(), key_a_).get("/api/v1/operators").list().size(), 1U);
}

}  // namespace
}  // namespace sluice::test
