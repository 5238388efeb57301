// Bank statements on each store: what is new becomes lines, what is known whose it is becomes payments, and nothing
// comes in twice.
#include <algorithm>
#include <array>
#include <atomic>
#include <random>
#include <thread>

#include "app/bank_lines.hpp"
#include "app/commands.hpp"
#include "app/import_bank_statement.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::BankLineState;
using payments::BankLine;
using payments::MatchedBy;
using support::date;
using support::money;
using support::Shop;

class BankStatements : public Contract {
protected:
    BankStatements() {
        shop.service("net", "30");
        found(shop);
        add_subscriber("S000001", "Ann Lee");
        add_subscriber("S000002", "Ben Bo");
        add_subscriber("S000003", "", "Caf\xC3\xA9 Zo\xC3\xAB Ltd");
        add_subscriber("S000004", "Zo\xC3\xAB Smith", "Smith & Sons");
    }

    app::Commands commands() { return {store(), *hasher, shop.ids, shop.op, shop.catalog}; }
    void add_subscriber(const std::string& code, const std::string& contact, const std::string& organization = "") {
        EXPECT_TRUE(commands().create_subscriber({.code = code, .contact = contact, .organization = organization}));
    }
    // An open document of each of the first `count` subscribers, INV-2026-000001 and so on.
    void bill(int count, const char* amount = "30.00") {
        written([&] {
            std::vector<app::BilledAccount> accounts;
            for (int i = 1; i <= count; ++i) accounts.push_back(invoice(i, money(amount)));
            store().save(shop.op.id, accounts);
        });
    }
    app::BilledAccount invoice(int sequence, Money total) {
        const auto subscriber = *store().find_subscriber(shop.op.id, code_of(sequence));
        const invoicing::Document document{.id = shop.ids.next<invoicing::DocumentId>(),
                                           .subscriber = subscriber.id,
                                           .type = invoicing::DocumentType::invoice,
                                           .year = 2026,
                                           .sequence = sequence,
                                           .number = invoicing::format_number(shop.op.invoice_number, 2026, sequence),
                                           .date = date("2026-01-01"),
                                           .due = date("2026-01-15"),
                                           .currency = shop.op.currency,
                                           .net = total,
                                           .tax = Money::zero(shop.op.currency),
                                           .total = total,
                                           .state = invoicing::DocumentState::issued};
        app::BilledAccount account{.subscriber = subscriber.id,
                                   .head = store().payment_facts(subscriber, shop.op.currency).head};
        account.documents.push_back(document);
        account.new_debts.push_back({document.id, document.date, document.due, sequence, total, total});
        return account;
    }
    static std::string code_of(int n) { return "S00000" + std::to_string(n); }

    app::ImportedBankStatement import(std::vector<std::vector<BankLine>> statements, const std::string& hash) {
        const app::BankFile file{
            .name = hash + ".xml", .hash = hash, .format = "camt", .statements = std::move(statements), .debits = 2};
        const auto op = *store().find_operator(shop.op.id);
        return app::BankImport(store(), *hasher, shop.ids, op).run(file, {Instant{}, "tester"});
    }
    static BankLine line(const char* amount, const std::string& reference, const std::string& payer = "",
                         const std::string& payer_account = "", const std::string& bank_reference = "") {
        return {.account = "DE89",
                .date = date("2026-02-10"),
                .amount = money(amount),
                .bank_reference = bank_reference,
                .reference = reference,
                .payer = payer,
                .payer_account = payer_account};
    }
    std::vector<app::BankLineRow> lines(app::BankLineQuery query = {}) {
        query.paging.limit = 500;
        return store().bank_lines(shop.op.id, query).rows;
    }
    // Of all lines in order of import: "S000001 reference", "nobody", "S000001|S000002".
    std::vector<std::string> found_by_import() {
        std::vector<std::string> told;
        for (const auto& row : lines()) {
            static constexpr std::array<const char*, 4> by{"reference", "amount_and_name", "payer_account", "clerk"};
            std::string text = row.subscriber_code;
            if (row.stored.by) text += std::string(" ") + by[static_cast<std::size_t>(*row.stored.by)];
            for (const auto& code : row.candidate_codes) text += (text.empty() ? "" : "|") + code;
            told.push_back(text.empty() ? "nobody" : text);
        }
        return told;
    }
    std::vector<app::PaymentRow> payments() {
        return store().list(shop.op.id, app::PaymentQuery{.paging = {.limit = 500}}).rows;
    }
    app::BankLines desk() { return {store(), *hasher, shop.ids, shop.op}; }

    std::unique_ptr<app::Hasher> hasher = connect::sha256_hasher();
    Shop shop;
};

using Told = std::vector<std::string>;

TEST_P(BankStatements, WhatTheReferenceNamesIsPaid) {
    bill(2);
    const auto imported = import(
        {{line("30.00", "Invoice inv 2026/000001", "somebody", "X1", "FT1"), line("10.00", "for s-000002")}}, "1");
    EXPECT_EQ(imported.statement.matched, 2);
    reopen();
    EXPECT_EQ(found_by_import(), (Told{"S000001 reference", "S000002 reference"}));
    const auto rows = lines();
    const auto paid = payments();
    ASSERT_EQ(paid.size(), 2U);
    EXPECT_EQ(paid[0].payment.id, rows[0].stored.payment);
    EXPECT_EQ(paid[0].payment.method, "bank_transfer");
    EXPECT_EQ(paid[0].payment.reference, "FT1");
    EXPECT_EQ(paid[0].payment.date, date("2026-02-10"));
    ASSERT_EQ(paid[0].paid.size(), 1U);
    EXPECT_EQ(paid[0].paid[0].number, "INV-2026-000001");
    EXPECT_EQ(paid[1].payment.reference, "for s-000002") << "where the bank has no reference, the payer's";
    EXPECT_EQ(paid[1].paid[0].amount, money("10.00"));
    EXPECT_EQ(store().subscriber_row(shop.op.id, "S000001")->balance, money("30.00")) << "nothing was booked before";
}

TEST_P(BankStatements, AnAmountAndANameTogetherAreEnough) {
    bill(4);
    import({{ line("30.00", "thanks", "ANN LEE"),
              line("30.00", "thanks", "ben bo "),
              line("29.99", "", "Ben Bo"),
              line("30.00", "", "cafe zoe ltd"),
              line("30.00", "", "zoe smith"),
              line("30.00", "", "Zo\xC3\xAB") }},
           "1");
    EXPECT_EQ(found_by_import(), (Told{"S000001 amount_and_name", "nobody", "nobody", "S000003 amount_and_name",
                                       "S000004 amount_and_name", "nobody"}));
}

TEST_P(BankStatements, AnAmountThatWasPaidBeforeIsOwedNoMore) {
    bill(1);
    import({{ line("30.00", "", "Ann Lee"), line("30.00", "again", "Ann Lee") }}, "1");
    EXPECT_EQ(found_by_import(), (Told{"S000001 amount_and_name", "nobody"}));
}

TEST_P(BankStatements, WhatALineLeavesOpenIsOwedByTheNextOne) {
    bill(1);
    import({{ line("10.00", "S000001"), line("20.00", "", "Ann Lee") }}, "1");
    EXPECT_EQ(found_by_import(), (Told{"S000001 reference", "S000001 amount_and_name"}));
}

TEST_P(BankStatements, OfTwoThatMayBeMeantNobodyIsPaid) {
    add_subscriber("S000005", "Ann Lee");
    bill(5);
    import({{ line("30.00", "", "Ann Lee"), line("60.00", "S000001 and INV-2026-000002") }}, "1");
    EXPECT_EQ(found_by_import(), (Told{"S000001|S000005", "S000001|S000002"}));
    EXPECT_TRUE(payments().empty());
    EXPECT_TRUE(lines()[0].stored.state == BankLineState::unmatched);
}

TEST_P(BankStatements, AnAccountIsKnownByWhatReferencesAndClerksSaid) {
    bill(2);
    import({{ line("1.00", "S000001", "", "X1"),
              line("2.00", "more", "", "X1"),
              line("3.00", "", "", "X2"),
              line("30.00", "", "Ben Bo", "X3"),
              line("4.00", "", "", "X3") }},
           "1");
    EXPECT_EQ(found_by_import(),
              (Told{"S000001 reference", "S000001 payer_account", "nobody", "S000002 amount_and_name", "nobody"}))
        << "a name teaches no account";
    ASSERT_TRUE(desk().assign(lines()[2].stored.id, "S000002", *Date::parse("2026-02-20")));
    reopen();
    import({{ line("5.00", "", "", "X1"), line("6.00", "", "", "X2") }}, "2");
    const auto now = found_by_import();
    EXPECT_EQ(now[5], "S000001 payer_account");
    EXPECT_EQ(now[6], "S000002 payer_account");
    import({{ line("7.00", "S000003", "", "X1"), line("8.00", "", "", "X1") }}, "3");
    EXPECT_EQ(found_by_import().back(), "S000001|S000003") << "an account of two tells nothing";
}

TEST_P(BankStatements, ComeInOnce) {
    const auto first = line("1.00", "S000001", "", "", "FT1");
    const auto twin = line("2.00", "S000001");
    const auto once = import({{first, twin, twin}}, "1");
    EXPECT_EQ(once.statement.credits, 3);
    EXPECT_EQ(once.statement.known, 0);
    EXPECT_EQ(payments().size(), 3U) << "two alike in one statement are two";
    const auto again = import({{first, twin, twin}}, "1");
    EXPECT_FALSE(again.is_new);
    EXPECT_EQ(again.statement.id, once.statement.id);
    auto told_otherwise = first;
    told_otherwise.reference = "S000002";
    const auto overlap = import({{twin, twin, told_otherwise, line("3.00", "S000002")}, {twin}}, "2");
    EXPECT_TRUE(overlap.is_new);
    EXPECT_EQ(overlap.statement.credits, 5);
    EXPECT_EQ(overlap.statement.known, 4);
    EXPECT_EQ(overlap.statement.matched, 1);
    reopen();
    EXPECT_EQ(payments().size(), 4U);
    EXPECT_EQ(lines().size(), 4U);
    EXPECT_EQ(lines({.statement = overlap.statement.id}).size(), 1U);
    const auto listed = store().bank_statements(shop.op.id, {.limit = 10}).rows;
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].id, overlap.statement.id) << "newest first";
    EXPECT_EQ(listed[0].debits, 2);
    EXPECT_EQ(listed[1].imported_by, "tester");
}

TEST_P(BankStatements, MoneyOfAnotherCurrencyWaitsForAClerk) {
    auto yen = line("1.00", "S000001");
    yen.amount = Money::minor(500, *Currency::from_code("JPY"));
    import({{ yen }}, "1");
    EXPECT_EQ(found_by_import(), (Told{"nobody"}));
    const auto refused = desk().assign(lines()[0].stored.id, "S000001", *Date::parse("2026-02-20"));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.refusal().code == app::RefusalCode::bank_line_in_other_currency);
}

TEST_P(BankStatements, ALineIsAssignedOnce) {
    bill(1);
    import({{ line("30.00", "?", "who", "X9", "FT1") }}, "1");
    const auto id = lines()[0].stored.id;
    EXPECT_TRUE(desk().assign(id, "nobody", *Date::parse("2026-02-20")).refusal().code ==
                app::RefusalCode::unknown_subscriber);
    const auto payment = desk().assign(id, "S000001", *Date::parse("2026-02-20"));
    ASSERT_TRUE(payment);
    const auto second = desk().assign(id, "S000002", *Date::parse("2026-02-20"));
    ASSERT_FALSE(second);
    EXPECT_TRUE(second.refusal().code == app::RefusalCode::bank_line_matched);
    EXPECT_NE(second.refusal().message.find("\"S000001\"'s already"), std::string::npos);
    EXPECT_FALSE(desk().set_aside(id, "no"));
    reopen();
    EXPECT_EQ(found_by_import(), (Told{"S000001 clerk"}));
    EXPECT_EQ(lines()[0].stored.payment, *payment);
    ASSERT_EQ(payments().size(), 1U);
    EXPECT_EQ(payments()[0].paid[0].number, "INV-2026-000001");
    EXPECT_EQ(lines({.state = BankLineState::unmatched}).size(), 0U);
    EXPECT_EQ(lines({.subscriber = lines()[0].stored.subscriber}).size(), 1U);
}

TEST_P(BankStatements, ALineIsSetAsideAndTakenBack) {
    import({{ line("0.17", "interest") }}, "1");
    const auto id = lines()[0].stored.id;
    EXPECT_TRUE(desk().take_back(id, date("2026-02-20")).refusal().code == app::RefusalCode::bank_line_not_set_aside);
    ASSERT_TRUE(desk().set_aside(id, "interest"));
    reopen();
    EXPECT_EQ(lines({.state = BankLineState::set_aside}).size(), 1U);
    EXPECT_EQ(lines()[0].stored.reason, "interest");
    EXPECT_TRUE(desk().assign(id, "S000001", *Date::parse("2026-02-20")).refusal().code ==
                app::RefusalCode::bank_line_set_aside);
    EXPECT_FALSE(desk().set_aside(id, "again"));
    ASSERT_TRUE(desk().take_back(id, date("2026-02-20")));
    EXPECT_EQ(lines({.state = BankLineState::unmatched}).size(), 1U);
    EXPECT_TRUE(desk().assign(id, "S000001", *Date::parse("2026-02-20")));
}

TEST_P(BankStatements, ALineThatIsSomebodyElsesIsTakenBackAndAssignedAgain) {
    bill(2);
    import({{ line("30.00", "?", "who", "X9", "FT1") }}, "1");
    const auto id = lines()[0].stored.id;
    ASSERT_TRUE(desk().assign(id, "S000001", date("2026-02-20")));
    ASSERT_TRUE(desk().take_back(id, date("2026-02-21")));
    reopen();
    EXPECT_EQ(lines({.state = BankLineState::unmatched}).size(), 1U);
    EXPECT_FALSE(lines()[0].stored.payment);
    EXPECT_FALSE(lines()[0].stored.subscriber);
    EXPECT_EQ(store().list(shop.op.id, app::DocumentQuery{.is_open = true}).rows.size(), 2U) << "it is open again";
    EXPECT_EQ(store().subscriber_row(shop.op.id, "S000001")->balance.text(), "0.00") << "what was paid has gone back";
    ASSERT_TRUE(desk().assign(id, "S000002", date("2026-02-21")));
    EXPECT_EQ(store().list(shop.op.id, app::DocumentQuery{.is_open = true}).rows.size(), 1U);
    import({{ line("5.00", "?", "who", "X9", "FT2") }}, "2");
    EXPECT_EQ(found_by_import(), (Told{"S000002 clerk", "S000002 payer_account"})) << "the first one is forgotten";
}

TEST_P(BankStatements, ALineOfWhosePaymentAPartHasGoneBackStays) {
    bill(1);
    import({{ line("50.00", "S000001") }}, "1");
    const auto row = lines()[0].stored;
    ASSERT_TRUE(commands().corrections().refund(date("2026-02-20"), {.payment = *row.payment}));
    EXPECT_TRUE(desk().take_back(row.id, date("2026-02-20")).refusal().code == app::RefusalCode::bank_line_matched);
}

TEST_P(BankStatements, ARenamedSubscriberIsCalledByTheNewName) {
    bill(4);
    auto smith = *store().find_subscriber(shop.op.id, "S000004");
    smith.contact = "Zora Jones";
    ASSERT_TRUE(commands().update_subscriber(smith));
    import({{ line("30.00", "", "Zoe Smith"), line("30.00", "", "zora jones") }}, "1");
    EXPECT_EQ(found_by_import(), (Told{"nobody", "S000004 amount_and_name"}));
}

TEST_P(BankStatements, AnotherOperatorsAreNotSeen) {
    bill(1);
    Shop other;
    other.op.id = customers::OperatorId{2};
    other.op.code = "other";
    found(other);
    const app::BankFile file{.name = "f",
                             .hash = "1",
                             .format = "camt",
                             .statements = {{line("30.00", "S000001 INV-2026-000001", "Ann Lee")}}};
    app::BankImport(store(), *hasher, shop.ids, other.op).run(file, {Instant{}, "tester"});
    const auto theirs = store().bank_lines(other.op.id, {}).rows;
    ASSERT_EQ(theirs.size(), 1U);
    EXPECT_TRUE(theirs[0].stored.state == BankLineState::unmatched);
    EXPECT_TRUE(lines().empty());
    EXPECT_FALSE(store().find_bank_line(shop.op.id, theirs[0].stored.id));
    EXPECT_FALSE(store().find_bank_statement(shop.op.id, "1"));
    EXPECT_TRUE(import({{line("30.00", "S000001")}}, "1").is_new) << "the same file of another operator is another one";
}

TEST_P(BankStatements, ListsHaveFiltersAndPages) {
    std::vector<BankLine> many;
    for (int i = 0; i < 40; ++i) {
        auto one = line("1.00", i % 2 == 0 ? "S000001" : "nobody", "", "", "R" + std::to_string(i));
        one.date = one.date.plus_days(i % 5);
        many.push_back(one);
    }
    const auto first = import({many}, "1").statement.id;
    import({{ line("2.00", "S000001", "", "", "more") }}, "2");
    const auto subscriber = store().find_subscriber(shop.op.id, "S000001")->id;
    const auto everything = lines();
    for (const auto& state :
         std::vector<std::optional<BankLineState>>{{}, BankLineState::matched, BankLineState::unmatched})
        for (const auto& statement : std::vector<std::optional<payments::BankStatementId>>{{}, first})
            for (const auto& payer : std::vector<std::optional<customers::SubscriberId>>{{}, subscriber})
                for (const auto& from : std::vector<std::optional<Date>>{{}, date("2026-02-12")}) {
                    std::vector<std::int64_t> wanted;
                    for (const auto& row : everything)
                        if ((!state || row.stored.state == *state) &&
                            (!statement || row.stored.statement == *statement) &&
                            (!payer || row.stored.subscriber == *payer) && (!from || row.stored.line.date >= *from))
                            wanted.push_back(row.stored.id.value());
                    app::BankLineQuery query{.state = state,
                                             .statement = statement,
                                             .subscriber = payer,
                                             .from = from,
                                             .paging = {.limit = 7}};
                    std::vector<std::int64_t> read;
                    for (;;) {
                        const auto page = store().bank_lines(shop.op.id, query);
                        for (const auto& row : page.rows) read.push_back(row.stored.id.value());
                        if (!page.next) break;
                        query.paging.after = page.next;
                    }
                    EXPECT_EQ(read, wanted);
                }
}

// As their servers do it: whoever finds the same line there, or the same account held, begins once more.
TEST_P(BankStatements, TwoServersAtOnceTakeALineOnce) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    const auto other = home->open();
    IdSource other_ids(1'900'000'000'000, 7);
    std::vector<BankLine> some;
    for (int i = 0; i < 200; ++i)
        some.push_back(line("1.00", i % 3 == 0 ? "nobody" : code_of(1 + i % 2), "", "", "R" + std::to_string(i)));
    const auto until_done = [](const auto& work) {
        for (int attempts = 50;; --attempts) {
            try {
                return work();
            } catch (const app::StoreFailure&) {
                if (attempts == 0) throw;
            }
        }
    };
    const auto at_once = [&](const auto& work) {
        std::thread theirs([&] { until_done([&] { return work(*other, other_ids, 1); }); });
        until_done([&] { return work(store(), shop.ids, 0); });
        theirs.join();
    };
    at_once([&](app::Store& server, IdSource& ids, int which) {
        const app::BankFile file{
            .name = "f", .hash = std::to_string(which), .format = "camt", .statements = {some}, .debits = 0};
        app::BankImport(server, *hasher, ids, shop.op).run(file, {Instant{}, "tester"});
    });
    EXPECT_EQ(std::ssize(lines()), 200);
    EXPECT_EQ(std::ssize(payments()), 133);
    const auto waiting = lines({.state = BankLineState::unmatched});
    std::atomic<int> assigned = 0;
    for (const auto& row : waiting)
        at_once([&](app::Store& server, IdSource& ids, int which) {
            const auto done = app::BankLines(server, *hasher, ids, shop.op)
                                  .assign(row.stored.id, code_of(1 + which), *Date::parse("2026-02-20"));
            if (done) ++assigned;
        });
    EXPECT_EQ(assigned, std::ssize(waiting));
    EXPECT_EQ(std::ssize(payments()), 200);
    const auto verified = app::verify(store(), *hasher, *store().find_operator(shop.op.id));
    EXPECT_TRUE(verified.findings.empty()) << (verified.findings.empty() ? "" : verified.findings.front().message);
}

// However bookings are spread over files, and in whatever order these come: the same payments, and their sum is the sum
// of the matched lines.
TEST_P(BankStatements, AnySplitsAndOverlapsInAnyOrderGiveTheSamePayments) {
    constexpr int bookings = 60;
    std::vector<BankLine> all;
    std::int64_t named_sum = 0;
    for (int i = 0; i < bookings; ++i) {
        const bool is_named = i % 4 != 0;
        auto one =
            line("1.00", is_named ? code_of(1 + i % 3) : "nobody", "", "", i % 2 == 0 ? "R" + std::to_string(i) : "");
        one.amount = Money::minor(100 + i % 7, one.amount.currency());
        one.date = one.date.plus_days(i / 6);
        if (is_named) named_sum += one.amount.minor_units();
        all.push_back(one);
    }
    std::mt19937 random(17);
    const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
    int file = 0;
    // Days are whole in each file, as banks give them; at the end everything comes once more.
    for (int round = 0; round < 30; ++round) {
        const int first = 6 * below(10);
        const int last = std::min(bookings, first + 6 * (1 + below(4)));
        std::vector<BankLine> some(all.begin() + first, all.begin() + last);
        std::vector<std::vector<BankLine>> statements{some};
        if (below(3) == 0) statements.push_back({some.begin() + std::ssize(some) / 6 / 2 * 6, some.end()});
        import(std::move(statements), std::to_string(++file));
    }
    import({all}, "all");
    reopen();
    std::int64_t paid = 0;
    const auto rows = payments();
    for (const auto& row : rows) paid += row.payment.amount.minor_units();
    EXPECT_EQ(std::ssize(rows), bookings * 3 / 4);
    EXPECT_EQ(paid, named_sum);
    std::int64_t matched = 0;
    for (const auto& row : lines({.state = BankLineState::matched})) matched += row.stored.line.amount.minor_units();
    EXPECT_EQ(matched, named_sum);
    EXPECT_EQ(std::ssize(lines()), bookings);
    const auto op = *store().find_operator(shop.op.id);
    const auto verified = app::verify(store(), *hasher, op, [](const auto&) {});
    EXPECT_TRUE(verified.findings.empty()) << (verified.findings.empty() ? "" : verified.findings.front().message);
}

SLUICE_ON_EACH_STORE(BankStatements);

}  // namespace
}  // namespace sluice::contract
