// From a bill run to the statement: documents, explanations, payments, balances.
#include <algorithm>

#include "api/world.hpp"
#include "values/money.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

std::int64_t minor(const json::value& value, std::string_view pointer) {
    const auto money = Money::parse(text_at(value, std::string(pointer) + "/amount"), *Currency::from_code("USD"));
    EXPECT_TRUE(money.has_value()) << pointer << " of " << json::serialize(value);
    return money ? money->minor_units() : 0;
}

class Billing : public OverHttp {
protected:
    void SetUp() override {
        make_catalog(op_);
        for (const auto* code : {"a", "b", "c"}) {
            make_subscriber(op_, code);
            sell_net(op_, code, "net", "2026-01-10");
        }
        op_.post(sub_service_path("b", "net") + "/add-add-on", R"({"date": "2026-01-10", "add_on": "install"})");
    }
    Client op_ = make_operator(platform(), "op");
};

TEST_F(Billing, ADryRunTellsWhatTheRunThenDoes) {
    const auto dry = op_.bill("2026-03-31", true);
    EXPECT_TRUE(dry.is_true("/dry_run"));
    EXPECT_EQ(op_.all("/api/v1/documents").size(), 0U);
    EXPECT_TRUE(op_.get("/api/v1/operators/op").is_null("/billed_through"));
    EXPECT_EQ(op_.get("/api/v1/events?type=document.issued").list().size(), 0U);
    const auto run = op_.bill("2026-03-31");
    EXPECT_EQ(run.json.at("totals"), dry.json.at("totals"));
    EXPECT_EQ(run.text("/totals/invoices"), "9");
    EXPECT_EQ(run.number("/progress/documents"), 9);
    EXPECT_EQ(run.number("/progress/due_at_start"), 3);
    EXPECT_EQ(run.text("/progress/date"), "2026-03-10");
    EXPECT_EQ(run.number("/progress/due_on_date"), 3);
    EXPECT_EQ(run.number("/progress/billed_on_date"), 3);
    EXPECT_EQ(op_.get("/api/v1/operators/op").text("/billed_through"), "2026-03-31");
    const auto again = op_.bill("2026-03-31");
    EXPECT_EQ(again.text("/totals/invoices"), "0") << "billing again adds only what is missing";
    EXPECT_EQ(op_.all("/api/v1/bill-runs", 1).size(), 3U);
    expect_sound_books(op_);
}

// Asked while it goes on: each answer tells what fits together.
TEST_F(Billing, ARunUnderWayTellsItsRateAndTheTimeThatIsLeft) {
    EXPECT_EQ(server_.stop(), 0);
    const auto imported =
        run_sluice("import " SLUICE_SOURCE_DIR "/demo/metro-fiber --as-of 2026-04-01 --db " + server_.store());
    ASSERT_EQ(imported.status, 0) << imported.out;
    server_.start();
    auto metro = platform().for_operator("metro");
    const auto started = metro.post("/api/v1/bill-runs", R"({"through": "2026-07-31"})");
    ASSERT_EQ(started.status, 202) << started.body;
    EXPECT_TRUE(started.is_null("/progress/per_second")) << started.body;
    EXPECT_TRUE(started.is_null("/progress/seconds_left")) << started.body;
    int estimates = 0;
    Reply now;
    do {
        now = metro.get(started.header("Location"));
        if (now.text("/state") != "running" || now.is_null("/progress/seconds_left")) continue;
        ++estimates;
        const auto due = now.number("/progress/due_on_date");
        const auto billed = now.number("/progress/billed_on_date");
        const auto rate = now.number("/progress/per_second");
        const auto left =
            std::max(due - billed, now.number("/progress/due_at_start") - now.number("/progress/sub_services"));
        EXPECT_LE(billed, due) << now.body;
        EXPECT_EQ(now.number("/progress/seconds_left"), (std::max<std::int64_t>(0, left) + rate - 1) / rate)
            << now.body;
    } while (now.text("/state") == "running" || now.text("/state") == "queued");
    EXPECT_GT(estimates, 0);
    EXPECT_EQ(now.text("/state"), "finished") << now.body;
    EXPECT_GT(now.number("/progress/per_second"), 0) << now.body;
    EXPECT_TRUE(now.is_null("/progress/seconds_left")) << now.body;
    EXPECT_EQ(now.number("/progress/billed_on_date"), now.number("/progress/due_on_date")) << now.body;
}

TEST_F(Billing, SeveralWorkersNeedAStoreThatManyWriteTo) {
    const auto several = op_.post("/api/v1/bill-runs", R"({"through": "2026-03-31", "workers": 2})");
    EXPECT_EQ(several.status, 422);
    EXPECT_EQ(several.code(), "one_worker_only");
}

TEST_F(Billing, ARunMayGoALittleAheadAndADryRunFar) {
    const auto far = op_.post("/api/v1/bill-runs", R"({"through": "2999-12-31"})");
    EXPECT_EQ(far.status, 422);
    EXPECT_EQ(far.code(), "date_in_the_future");
    const auto long_ago = op_.bill("1970-01-01");
    EXPECT_EQ(long_ago.text("/totals/invoices"), "0");
    EXPECT_EQ(op_.get("/api/v1/bill-runs/run_0000000000000").code(), "unknown_bill_run");
    EXPECT_EQ(op_.post("/api/v1/bill-runs/run_0000000000000/cancel").code(), "unknown_bill_run");
}

TEST_F(Billing, ARunThatHasEndedCannotBeCancelled) {
    const auto run = op_.bill("2026-01-31");
    const auto cancelled = op_.post("/api/v1/bill-runs/" + run.text("/id") + "/cancel");
    EXPECT_EQ(cancelled.status, 200);
    EXPECT_EQ(cancelled.text("/state"), "finished");
}

TEST_F(Billing, DocumentsShowTheirLinesAndWhy) {
    op_.bill("2026-03-31");
    const auto heads = op_.all("/api/v1/documents?sort=number");
    ASSERT_EQ(heads.size(), 9U);
    for (const auto& head : heads) {
        const auto document = op_.get("/api/v1/documents/" + text_at(head, "/number"));
        ASSERT_EQ(document.status, 200) << document.body;
        EXPECT_EQ(op_.get("/api/v1/documents/" + text_at(head, "/id")).json, document.json);
        auto without_lines = document.json.as_object();
        without_lines.erase("lines");
        EXPECT_EQ(without_lines, head.as_object());
        const auto& lines = document.list("/lines");
        EXPECT_EQ(document.number("/line_count"), static_cast<std::int64_t>(lines.size()));
        std::int64_t net = 0, tax = 0, total = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            net += minor(lines[i], "/net");
            tax += minor(lines[i], "/tax");
            total += minor(lines[i], "/gross");
            const auto why = op_.get("/api/v1/documents/" + text_at(head, "/number") + "/lines/" +
                                     std::to_string(i + 1) + "/explanation");
            EXPECT_TRUE(why.is_true("/agrees")) << why.body;
            EXPECT_EQ(why.text("/line"), text_at(lines[i], "/id"));
            EXPECT_EQ(op_.get("/api/v1/subscribers/" + text_at(head, "/subscriber") + "/lines/" +
                              text_at(lines[i], "/id") + "/explanation")
                          .json,
                      why.json);
        }
        EXPECT_EQ(net, minor(head, "/net"));
        EXPECT_EQ(tax, minor(head, "/tax"));
        EXPECT_EQ(total, minor(head, "/total"));
        EXPECT_EQ(net + tax, total);
    }
    EXPECT_EQ(op_.get("/api/v1/documents/INV-2026-000001/lines/99/explanation").code(), "unknown_line");
    EXPECT_EQ(op_.get("/api/v1/documents/INV-2026-999999").code(), "unknown_document");
    EXPECT_EQ(op_.get("/api/v1/documents/doc_0000000000000/lines/1/explanation").code(), "unknown_document");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a/lines/line_0000000000000/explanation").code(), "unknown_line");
    const auto line_of_b = op_.get("/api/v1/documents?subscriber=b").list();
    const auto document_of_b = op_.get("/api/v1/documents/" + text_at(line_of_b[0], "/number"));
    EXPECT_EQ(op_.get("/api/v1/subscribers/a/lines/" + document_of_b.text("/lines/0/id") + "/explanation").code(),
              "unknown_line")
        << "a line is its subscriber's";
}

TEST_F(Billing, NumbersWithASlashAreWrittenInPathsWithPercent) {
    op_.patch("/api/v1/operators/op", R"({"invoice_number": "{year}/{number}"})");
    op_.bill("2026-01-31");
    const auto number = text_at(op_.get("/api/v1/documents?sort=number").list()[0], "/number");
    EXPECT_EQ(number, "2026/000001");
    EXPECT_EQ(op_.get("/api/v1/documents/" + encoded(number)).text("/number"), number);
    EXPECT_EQ(op_.get("/api/v1/documents/2026%2f000001/lines/1/explanation").status, 200);
    EXPECT_EQ(op_.get("/api/v1/documents?q=2026%2F00").list().size(), 3U);
}

TEST_F(Billing, WhatWaitsForItsRunIsShownButNotOwed) {
    op_.bill("2026-01-31");
    op_.post(sub_service_path("a", "net") + "/cancel", R"({"date": "2026-01-20", "at": "now", "credit": true})");
    const auto pending = op_.all("/api/v1/subscribers/a/pending-lines", 1);
    ASSERT_EQ(pending.size(), 1U);
    EXPECT_EQ(text_at(pending[0], "/kind"), "credit");
    EXPECT_EQ(text_at(pending[0], "/position"), "null");
    EXPECT_EQ(text_at(pending[0], "/billing_date"), "2026-01-20");
    EXPECT_TRUE(
        op_.get("/api/v1/subscribers/a/lines/" + text_at(pending[0], "/id") + "/explanation").is_true("/agrees"));
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").text("/balance/amount"), "-44.00");
    op_.bill("2026-01-31");
    EXPECT_EQ(op_.all("/api/v1/subscribers/a/pending-lines").size(), 0U);
    const auto credit = op_.get("/api/v1/documents?subscriber=a&type=credit_note").list();
    ASSERT_EQ(credit.size(), 1U);
    const auto document = op_.get("/api/v1/documents/" + text_at(credit[0], "/number"));
    EXPECT_EQ(document.text("/lines/0/id"), text_at(pending[0], "/id"));
    EXPECT_LT(minor(document.json, "/total"), 0);
    expect_sound_books(op_);
}

TEST_F(Billing, PaymentsPayTheOldestDebtFirst) {
    op_.bill("2026-03-31");
    const auto paid = op_.post("/api/v1/payments", R"({"subscriber": "a", "date": "2026-04-02", "method": "bank",
        "reference": "TRX 1", "amount": )" + money("60.00") +
                                                       "}");
    ASSERT_EQ(paid.status, 201) << paid.body;
    EXPECT_EQ(op_.get(paid.header("Location")).json, paid.json);
    ASSERT_EQ(paid.list("/paid").size(), 2U);
    EXPECT_EQ(paid.text("/paid/0/amount/amount"), "44.00");
    EXPECT_EQ(paid.text("/paid/1/amount/amount"), "16.00");
    EXPECT_EQ(paid.text("/unallocated/amount"), "0.00");
    const auto states = op_.all("/api/v1/documents?subscriber=a&sort=date");
    EXPECT_EQ(text_at(states[0], "/state"), "paid");
    EXPECT_EQ(text_at(states[1], "/state"), "partially_paid");
    EXPECT_EQ(text_at(states[2], "/state"), "issued");
    const auto too_much = op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money("100.00") + "}");
    EXPECT_EQ(too_much.text("/unallocated/amount"), "28.00");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").text("/balance/amount"), "28.00");
    for (const auto* amount : {"0.00", "-1.00"})
        EXPECT_EQ(op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money(amount) + "}").code(),
                  "amount_not_allowed");
    EXPECT_EQ(op_.post("/api/v1/payments", R"({"subscriber": "none", "amount": )" + money("1.00") + "}").code(),
              "unknown_subscriber");
    EXPECT_EQ(op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money("1.001") + "}").status, 400);
    const auto reserved =
        op_.post("/api/v1/payments", R"({"subscriber": "a", "method": "transfer", "amount": )" + money("1.00") + "}");
    EXPECT_EQ(reserved.status, 400);
    EXPECT_NE(reserved.body.find("say bank_transfer"), std::string::npos) << reserved.body;
    EXPECT_EQ(op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money("1.00", "EUR") + "}").status,
              400);
    EXPECT_EQ(
        op_.post("/api/v1/payments", R"({"subscriber": "a", "date": "2999-01-01", "amount": )" + money("1.00") + "}")
            .code(),
        "date_in_the_future");
    EXPECT_EQ(op_.get("/api/v1/payments/pay_0000000000000").code(), "unknown_payment");
    EXPECT_EQ(op_.all("/api/v1/payments").size(), 2U);
    expect_sound_books(op_);
}

// Entry by entry the balance moves by its effect, in pages of any size and in both directions.
TEST_F(Billing, TheStatementRunsFromNothingToTheBalance) {
    op_.bill("2026-02-28");
    for (int i = 0; i < 5; ++i)
        op_.post("/api/v1/payments", R"({"subscriber": "b", "date": "2026-03-0)" + std::to_string(i + 1) +
                                         R"(", "method": "cash", "amount": )" + money("20.00") + "}");
    op_.post(sub_service_path("b", "net") + "/cancel", R"({"date": "2026-03-01", "at": "now", "credit": true})");
    op_.bill("2026-03-31");
    const auto entries = op_.all("/api/v1/subscribers/b/statement");
    ASSERT_GE(entries.size(), 8U);
    std::int64_t balance = 0;
    for (const auto& entry : entries) {
        balance += minor(entry, "/effect");
        EXPECT_EQ(minor(entry, "/balance"), balance);
        std::int64_t sum = 0;
        for (const auto& posting : entry.at("postings").as_array()) sum += minor(posting, "/amount");
        EXPECT_EQ(sum, 0) << "debits equal credits";
    }
    EXPECT_EQ(minor(op_.get("/api/v1/subscribers/b").json, "/balance"), balance);
    const auto page = op_.get("/api/v1/subscribers/b/statement?limit=2");
    EXPECT_EQ(minor(page.json, "/balance"), balance) << "the present one, whatever page this is";
    for (int limit = 1; limit <= 4; ++limit) {
        EXPECT_EQ(op_.all("/api/v1/subscribers/b/statement?sort=date", limit), entries);
        auto backwards = op_.all("/api/v1/subscribers/b/statement?sort=-date", limit);
        std::reverse(backwards.begin(), backwards.end());
        EXPECT_EQ(backwards, entries);
    }
    const auto last = op_.get("/api/v1/subscribers/b/statement?sort=-date&limit=1").list()[0];
    EXPECT_EQ(minor(last, "/balance"), balance);
}

TEST_F(Billing, BalancesAreInOrderOfDebt) {
    op_.bill("2026-03-31");
    op_.post("/api/v1/payments", R"({"subscriber": "c", "amount": )" + money("500.00") + "}");
    const auto owing_first = op_.all("/api/v1/balances?sort=balance", 1);
    ASSERT_EQ(owing_first.size(), 3U);
    EXPECT_EQ(text_at(owing_first[0], "/subscriber"), "b");
    EXPECT_EQ(text_at(owing_first[2], "/subscriber"), "c");
    auto credit_first = op_.all("/api/v1/balances?sort=-balance", 2);
    std::reverse(credit_first.begin(), credit_first.end());
    EXPECT_EQ(credit_first, owing_first);
    for (const auto& row : owing_first)
        EXPECT_EQ(row.at("balance"), op_.get("/api/v1/subscribers/" + text_at(row, "/subscriber")).json.at("balance"));
}

TEST_F(Billing, RunsOfOneOperatorFollowEachOther) {
    std::vector<std::string> runs;
    for (const auto* through : {"2026-01-31", "2026-02-28", "2026-03-31"})
        runs.push_back(
            op_.post("/api/v1/bill-runs", R"({"through": ")" + std::string(through) + R"("})").header("Location"));
    std::int64_t documents = 0;
    for (const auto& run : runs) documents += op_.wait_for(run).number("/totals/invoices");
    EXPECT_EQ(documents, 9);
    std::string last;
    for (const auto& head : op_.all("/api/v1/documents?sort=number")) {
        EXPECT_LE(last, text_at(head, "/date")) << "late runs number as daily ones would have done";
        last = text_at(head, "/date");
    }
    expect_sound_books(op_);
}

}  // namespace
}  // namespace sluice::test
