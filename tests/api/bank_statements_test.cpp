// Bank statements from the file to the payment, and what clerks do with what is left.
#include <array>
#include <thread>
#include <vector>

#include "api/world.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

const std::string statements = "/api/v1/bank-statements";
const std::string lines = "/api/v1/bank-lines";

class BankStatementsOverHttp : public OverHttp {
protected:
    void SetUp() override {
        make_catalog(op_);
        for (const auto* code : {"s0001", "s0002"}) {
            make_subscriber(op_, code);
            sell_net(op_, code, "net", "2026-01-10");
        }
        op_.bill("2026-01-31");
    }
    // CSV: date,amount,reference,payer,account,id below a line that names them.
    static std::string body(const std::string& rows, const std::string& more = "") {
        json::object body{{"file", "date,amount,text,name,iban,id\n" + rows},
                          {"file_name", "bank.csv"},
                          {"mapping",
                           {{"account", "DE89"},
                            {"date", "date"},
                            {"amount", "amount"},
                            {"reference", "text"},
                            {"payer", "name"},
                            {"payer_account", "iban"},
                            {"bank_reference", "id"}}}};
        if (!more.empty()) body["format"] = more;
        return json::serialize(body);
    }
    Reply import(const std::string& rows, const std::string& query = "", Headers headers = {}) {
        return op_.post(statements + query, body(rows), std::move(headers));
    }
    std::string waiting_line() { return op_.get(lines + "?state=unmatched").text("/items/0/id"); }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(BankStatementsOverHttp, AFileBecomesLinesAndPayments) {
    const auto number = op_.get("/api/v1/documents?subscriber=s0001").text("/items/0/number");
    const auto made = import("2026-02-10,44.00,Invoice " + number +
                             ",Ann,X1,F1\n2026-02-10,5.00,hello,,X2,F2\n2026-02-11,-7.00,rent,,,F3\n");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.number("/statement/credits"), 2);
    EXPECT_EQ(made.number("/statement/matched"), 1);
    EXPECT_EQ(made.number("/statement/unmatched"), 1);
    EXPECT_EQ(made.number("/statement/debits"), 1);
    EXPECT_EQ(op_.get(made.header("Location")).json, made.json.at("statement"));
    EXPECT_EQ(op_.get(statements).list().size(), 1U);
    const auto matched = op_.get(lines + "?state=matched&subscriber=s0001");
    ASSERT_EQ(matched.list().size(), 1U) << matched.body;
    EXPECT_EQ(matched.text("/items/0/matched_by"), "reference");
    const auto payment = op_.get("/api/v1/payments/" + matched.text("/items/0/payment"));
    EXPECT_EQ(payment.text("/method"), "bank_transfer");
    EXPECT_EQ(payment.text("/reference"), "F1");
    EXPECT_EQ(payment.text("/paid/0/number"), number);
    const auto waits = op_.get(lines + "?state=unmatched&statement=" + made.text("/statement/id"));
    ASSERT_EQ(waits.list().size(), 1U);
    EXPECT_EQ(waits.text("/items/0/why_unmatched"), "nobody_found");
    EXPECT_EQ(op_.get(lines + "/" + waits.text("/items/0/id")).json, waits.list()[0]);
    EXPECT_EQ(op_.get("/api/v1/events?type=bank_statement.imported").list().size(), 1U);
    expect_sound_books(op_);
}

TEST_F(BankStatementsOverHttp, TheSameFileAddsNothing) {
    const std::string rows = "2026-02-10,44.00,s0001,Ann,X1,F1\n";
    const auto first = import(rows);
    const auto again = import(rows);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_TRUE(again.is_true("/imported_before"));
    EXPECT_EQ(again.json.at("statement"), first.json.at("statement"));
    const auto more = import(rows + "2026-02-11,1.00,s0002,,,F2\n");
    EXPECT_EQ(more.number("/statement/known"), 1);
    EXPECT_EQ(op_.get("/api/v1/payments").list().size(), 2U);
    const auto once = import("2026-02-12,1.00,s0001,,,F9\n", "", {{"Idempotency-Key", "k"}});
    const auto replayed = import("2026-02-12,1.00,s0001,,,F9\n", "", {{"Idempotency-Key", "k"}});
    EXPECT_EQ(replayed.status, 201);
    EXPECT_EQ(replayed.json, once.json);
    EXPECT_EQ(op_.get("/api/v1/payments").list().size(), 3U);
}

TEST_F(BankStatementsOverHttp, APreviewStoresNothing) {
    const auto preview =
        import("2026-02-10,44.00,s0001,Ann,X1,F1\n2026-02-10,1.00,s0001 s0002,,,F2\n", "?preview=true");
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.text("/object"), "bank_statement_preview");
    ASSERT_EQ(preview.list("/lines").size(), 2U);
    EXPECT_EQ(preview.text("/lines/0/subscriber"), "s0001");
    EXPECT_EQ(preview.text("/lines/1/why_unmatched"), "several_found");
    EXPECT_EQ(preview.list("/lines/1/candidates").size(), 2U);
    for (const auto& list : {statements, lines, std::string("/api/v1/payments")})
        EXPECT_EQ(op_.get(list).list().size(), 0U) << list;
    EXPECT_EQ(import("2026-02-10,44.00,s0001,Ann,X1,F1\n2026-02-10,1.00,s0001 s0002,,,F2\n").status, 201);
}

TEST_F(BankStatementsOverHttp, AFaultyFileIsRefusedAsAWhole) {
    const auto refused = import("2026-02-10,44.00,s0001,Ann,X1,F1\n2026-02-30,1.00,,,,\n2026-02-10,x,,,,\n");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.code(), "invalid_request");
    EXPECT_EQ(refused.list("/errors").size(), 2U);
    EXPECT_NE(refused.text("/detail").find("line 3: \"2026-02-30\" is no date"), std::string::npos) << refused.body;
    EXPECT_EQ(op_.get("/api/v1/payments").list().size(), 0U);
    const auto no_mapping = op_.post(statements, R"({"file": "a,b\n"})");
    EXPECT_EQ(no_mapping.status, 400);
    EXPECT_EQ(no_mapping.text("/errors/0/field"), "mapping");
    const auto both = op_.post(
        statements, R"({"file": "a,b\n", "mapping": {"account": "1", "date": "a", "amount": "b", "credit": "b"}})");
    EXPECT_EQ(both.status, 400) << both.body;
    const auto no_camt = op_.post(statements, R"({"file": "a,b\n", "format": "camt"})");
    EXPECT_EQ(no_camt.status, 400) << no_camt.body;
}

TEST_F(BankStatementsOverHttp, AClerkSaysWhoseALineIs) {
    import("2026-02-10,5.00,hello,,X2,F2\n");
    const auto line = lines + "/" + waiting_line();
    EXPECT_EQ(op_.post(line + "/assign", R"({"subscriber": "nobody"})").code(), "unknown_subscriber");
    const auto assigned = op_.post(line + "/assign", R"({"subscriber": "s0002"})");
    ASSERT_EQ(assigned.status, 200) << assigned.body;
    EXPECT_EQ(assigned.text("/matched_by"), "clerk");
    const auto second = op_.post(line + "/assign", R"({"subscriber": "s0001"})");
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(second.code(), "bank_line_matched");
    EXPECT_NE(second.text("/detail").find("\"s0002\"'s already"), std::string::npos) << second.body;
    EXPECT_EQ(op_.get("/api/v1/payments?subscriber=s0002").list().size(), 1U);
    import("2026-02-11,6.00,,,X2,F3\n");
    EXPECT_EQ(op_.get(lines + "?subscriber=s0002").list().size(), 2U) << "the account is known from then on";
    EXPECT_EQ(op_.get("/api/v1/events?type=bank_line.assigned").text("/items/0/object/type"), "bank_line");
    expect_sound_books(op_);
}

TEST_F(BankStatementsOverHttp, OfClerksAtOnceOneAssignsALine) {
    import("2026-02-10,5.00,hello,,X2,F2\n");
    const auto target = lines + "/" + waiting_line() + "/assign";
    constexpr int clerks = 8;
    std::array<Reply, clerks> replies;
    std::vector<std::thread> threads;
    for (int i = 0; i < clerks; ++i)
        threads.emplace_back([&, i, client = op_.again()]() mutable {
            replies[static_cast<std::size_t>(i)] =
                client.post(target, i % 2 == 0 ? R"({"subscriber": "s0001"})" : R"({"subscriber": "s0002"})");
        });
    for (auto& thread : threads) thread.join();
    int assigned = 0;
    for (const auto& reply : replies) {
        assigned += reply.status == 200;
        EXPECT_TRUE(reply.status == 200 || reply.code() == "bank_line_matched") << reply.body;
    }
    EXPECT_EQ(assigned, 1);
    EXPECT_EQ(op_.get("/api/v1/payments").list().size(), 1U);
    expect_sound_books(op_);
}

TEST_F(BankStatementsOverHttp, ALineIsSetAsideAndTakenBack) {
    import("2026-02-10,0.17,interest,,,F2\n");
    const auto line = lines + "/" + waiting_line();
    EXPECT_EQ(op_.post(line + "/take-back").code(), "bank_line_not_set_aside");
    const auto aside = op_.post(line + "/set-aside", R"({"reason": "interest"})");
    EXPECT_EQ(aside.text("/state"), "set_aside") << aside.body;
    EXPECT_EQ(aside.text("/reason"), "interest");
    EXPECT_EQ(op_.post(line + "/assign", R"({"subscriber": "s0002"})").code(), "bank_line_set_aside");
    EXPECT_EQ(op_.get(lines + "?state=set_aside").list().size(), 1U);
    EXPECT_EQ(op_.post(line + "/take-back").text("/state"), "unmatched");
    EXPECT_EQ(op_.post(line + "/assign", R"({"subscriber": "s0002"})").status, 200);
    const auto again = op_.post(line + "/take-back");
    EXPECT_EQ(again.text("/state"), "unmatched") << again.body;
    EXPECT_EQ(op_.post(line + "/assign", R"({"subscriber": "s0001"})").text("/subscriber"), "s0001");
    expect_sound_books(op_);
}

TEST_F(BankStatementsOverHttp, WhatIsNotThereIsNotFound) {
    EXPECT_EQ(op_.get(lines + "/bankline_0000000000000").code(), "unknown_bank_line");
    EXPECT_EQ(op_.post(lines + "/doc_0000000000000/take-back").code(), "unknown_bank_line");
    EXPECT_EQ(op_.get(statements + "/statement_0000000000000").code(), "unknown_bank_statement");
    EXPECT_EQ(op_.get(lines + "?statement=statement_0000000000000").status, 400);
    auto other = make_operator(platform(), "other");
    import("2026-02-10,5.00,hello,,X2,F2\n");
    EXPECT_EQ(other.get(lines + "/" + waiting_line()).status, 404);
    EXPECT_EQ(op_.with_key(make_key(op_, "viewer")).post(statements, body("")).status, 403);
}

}  // namespace
}  // namespace sluice::test
