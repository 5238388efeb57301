// Damages a closed store's file in many ways, each of which `sluice verify` must find, name and place; and finds
// nothing in the one that is not damaged.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_files.hpp"
#include "serve/scenario/run_scenario.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

// Anna has two sub-services, one in arrears, and pays too little; Bert gets a credit note that pays a part of an
// invoice, and is suspended over a boundary; Cara pays more than she owes.
const char* const world = R"(
operator: {code: metro, name: Metro Fiber, currency: USD, time_zone: UTC, billing: {credit_suspension: true}}
catalog:
  taxes:
    - {code: vat, name: VAT, rate: 20, included: false}
    - {code: city, name: City tax, rate: 5, included: true}
  services:
    - {code: net, name: Internet, kind: internet, price: 30.00, period: 1 month, setup_fee: 10.00, taxes: [vat]}
    - {code: voice, name: Voice, kind: voip, price: 12.00, period: 1 month, timing: arrears, taxes: [city]}
  add_ons:
    - {code: ip, name: Static IP, mode: recurring, price: 5.00, taxes: [vat]}
    - {code: install, name: Installation, mode: once, price: 50.00}
  cpes:
    - {code: router, name: Router, mode: installments, price: 100.00, installments: 3}
timeline:
  - {at: 2025-12-10, create_subscriber: {code: anna, contact: Anna}}
  - {at: 2025-12-10, create_unit: {subscriber: anna, code: flat, name: Flat}}
  - {at: 2025-12-10, add_sub_service: {subscriber: anna, unit: flat, code: home, service: net, add_ons: [ip, install],
                                       cpes: [{code: router, serial: R1}]}}
  - {at: 2025-12-10, activate: {sub_service: anna/home}}
  - {at: 2025-12-15, add_sub_service: {subscriber: anna, code: phone, service: voice}}
  - {at: 2025-12-15, activate: {sub_service: anna/phone}}
  - {at: 2025-12-20, create_subscriber: {code: bert, contact: Bert}}
  - {at: 2025-12-20, add_sub_service: {subscriber: bert, code: home, service: net}}
  - {at: 2025-12-20, activate: {sub_service: bert/home}}
  - {at: 2026-01-05, record_payment: {subscriber: anna, amount: 50.00, method: cash}}
  - {at: 2026-01-05, create_subscriber: {code: cara, organization: Cara Ltd}}
  - {at: 2026-01-05, add_sub_service: {subscriber: cara, code: office, service: net}}
  - {at: 2026-01-05, activate: {sub_service: cara/office}}
  - {at: 2026-01-06, record_payment: {subscriber: cara, amount: 500.00, method: bank_transfer}}
  - {at: 2026-02-05, suspend: {sub_service: bert/home}}
  - {at: 2026-02-10, resume: {sub_service: bert/home}}
  - {at: 2026-03-15, suspend: {sub_service: bert/home}}
  - {at: 2026-03-25, resume: {sub_service: bert/home}}
  - {at: 2026-03-26, create_subscriber: {code: dora, contact: Dora}}
  - {at: 2026-03-26, add_sub_service: {subscriber: dora, code: home, service: net}}
  - {at: 2026-03-26, activate: {sub_service: dora/home}}
  - {at: 2026-03-27, record_payment: {subscriber: dora, amount: 100.00, method: card, reference: D1}}
  - {at: 2026-03-28, refund: {subscriber: dora, payment: D1, amount: 20.00, fee: 2.00}}
  - {at: 2026-03-29, charge_back: {subscriber: dora, payment: D1}}
  - {at: 2026-03-30, credit_note: {document: INV-2026-000013, lines: [{line: 1, amount: 4.00}], reason: Late}}
  - {at: 2026-03-31, write_off: {document: INV-2026-000013, amount: 13.20, reason: Gone}}
through: 2026-03-31
)";

class OneFile final : public serve::Stage {
public:
    explicit OneFile(const std::string& path) : store_(store::open_store("sqlite:" + path, false)) {}
    app::Store& store() override { return *store_; }

private:
    std::unique_ptr<app::Store> store_;
};

// The undamaged store, made once.
const TemporaryFolder& made() {
    static const TemporaryFolder folder;
    static const bool is_made = [] {
        OneFile stage(folder / "whole.db");
        const auto hasher = connect::sha256_hasher();
        IdSource ids(1'700'000'000'000, 0);
        serve::run_scenario(serve::read_scenario(world, ids), stage, *hasher, ids);
        return true;
    }();
    EXPECT_TRUE(is_made);
    return folder;
}

const std::string annas = "subscriber_id = (SELECT subscriber_id FROM subscribers WHERE code = 'anna')";
const std::string berts = "subscriber_id = (SELECT subscriber_id FROM subscribers WHERE code = 'bert')";
std::string document(const std::string& number) { return "(SELECT id FROM documents WHERE number = '" + number + "')"; }
std::string entry(const std::string& number) {
    return "(SELECT id FROM entries WHERE source = 'document' AND source_id = " + document(number) + ")";
}
std::string line_of(const std::string& number, const std::string& product, const std::string& kind) {
    return "(SELECT l.id FROM lines l JOIN products p ON p.id = l.product_id WHERE l.document_id = " +
           document(number) + " AND p.code = '" + product + "' AND l.kind = '" + kind + "')";
}
const std::string net_line = line_of("INV-2025-000001", "net", "recurring");
const std::string credit_line = "(SELECT id FROM lines WHERE kind = 'credit' ORDER BY id LIMIT 1)";

// Names for the ids that findings tell.
using Names = std::map<std::string, std::string>;
const Names& names() {
    static const Names all = [] {
        RawFile raw(made() / "whole.db");
        Names found;
        const auto add = [&](const std::string& name, const char* prefix, const std::string& sql) {
            int n = 0;
            const auto ids = raw.texts("SELECT id FROM (" + sql + ") ORDER BY id");
            for (const auto& id : ids)
                found.emplace(id_text(prefix, std::stoll(id)),
                              name + (ids.size() > 1 ? " " + std::to_string(++n) : ""));
        };
        add("net line", "line", "SELECT " + net_line + " AS id");
        add("credit", "line", "SELECT " + credit_line + " AS id");
        add("credited line", "line", "SELECT credits_line_id AS id FROM lines WHERE id = " + credit_line);
        add("line of INV-2025-000002", "line",
            "SELECT id FROM lines WHERE document_id = " + document("INV-2025-000002"));
        add("voice line", "line",
            "SELECT id FROM lines WHERE product_id = (SELECT id FROM products WHERE code = 'voice')");
        add("INV-2025-000002", "doc", "SELECT " + document("INV-2025-000002") + " AS id");
        add("INV-2026-000002", "doc", "SELECT " + document("INV-2026-000002") + " AS id");
        add("Anna's payment", "pay", "SELECT id FROM payments WHERE " + annas);
        add("Cara's payment", "pay", "SELECT id FROM payments WHERE amount = 50000");
        add("Dora's payment", "pay", "SELECT id FROM payments WHERE reference = 'D1'");
        add("refund", "ref", "SELECT id FROM refunds WHERE kind = 'refund'");
        add("charge-back", "ref", "SELECT id FROM refunds WHERE kind = 'charge_back'");
        add("write-off", "wo", "SELECT id FROM write_offs");
        return found;
    }();
    return all;
}

app::VerifyReport verify_file(const std::filesystem::path& path) {
    const auto store = store::open_store("sqlite:" + path.string(), true);
    return app::verify(*store, *connect::sha256_hasher(), store->operators().front());
}

using Told = std::vector<std::string>;

// "where: code" of each finding, in order, each once.
Told told(const app::VerifyReport& report) {
    std::set<std::string> told;
    for (const auto& [code, where, message] : report.findings) {
        const auto name = names().find(where);
        told.insert((name == names().end() ? where : name->second) + ": " + code);
    }
    return {told.begin(), told.end()};
}

struct Damage {
    std::string name;
    std::string sql;
    Told findings;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class Damaged : public testing::TestWithParam<Damage> {};

TEST(Undamaged, VerifiesWithoutAFinding) {
    const auto report = verify_file(made() / "whole.db");
    EXPECT_EQ(told(report), Told{});
    EXPECT_EQ(report.accounts, 4);
    EXPECT_EQ(report.documents, 17);
    EXPECT_EQ(report.entries, 23);
    EXPECT_GT(report.lines, 20);
}

TEST_P(Damaged, IsFound) {
    const TemporaryFolder folder;
    const auto path = folder / "damaged.db";
    std::filesystem::copy_file(made() / "whole.db", path);
    ASSERT_GT(RawFile(path).run(GetParam().sql), 0) << "the damage was done";
    const auto report = verify_file(path);
    EXPECT_EQ(told(report), GetParam().findings);
    for (const auto& finding : report.findings) EXPECT_FALSE(finding.message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Lines, Damaged,
    testing::Values(
        Damage{"Amount",
               "UPDATE lines SET amount = amount + 1 WHERE id = " + net_line,
               {"INV-2025-000001: hash_chain", "net line: line_amount"}},
        Damage{"AmountWithAllSumsAndPostings",
               "UPDATE lines SET amount = amount + 100, net = net + 100, gross = gross + 100 WHERE id = " + net_line +
                   "; UPDATE documents SET net = net + 100, total = total + 100 WHERE number = 'INV-2025-000001'"
                   "; UPDATE postings SET amount = amount + 100 WHERE account = 'receivable' AND entry_id = " +
                   entry("INV-2025-000001") +
                   "; UPDATE postings SET amount = amount - 100 WHERE account = 'revenue' AND entry_id = " +
                   entry("INV-2025-000001") + "; UPDATE journal_heads SET balance = balance - 100 WHERE " + annas,
               {"INV-2025-000001: hash_chain", "INV-2025-000001: open_document", "net line: line_amount",
                "net line: line_net"}},
        Damage{"Net",
               "UPDATE lines SET net = net + 1, gross = gross + 1 WHERE id = " + net_line,
               {"INV-2025-000001: document_net", "INV-2025-000001: document_total", "INV-2025-000001: hash_chain",
                "net line: line_net"}},
        Damage{"Gross",
               "UPDATE lines SET gross = gross + 1 WHERE id = " + net_line,
               {"INV-2025-000001: document_total", "INV-2025-000001: hash_chain", "net line: line_sum"}},
        Damage{"Tax",
               "UPDATE line_taxes SET amount = amount + 1 WHERE line_id = " + net_line,
               {"INV-2025-000001: hash_chain", "net line: line_tax", "net line: line_tax_sum"}},
        Damage{"TaxDeleted",
               "DELETE FROM line_taxes WHERE line_id = " + net_line,
               {"INV-2025-000001: hash_chain", "net line: line_tax_sum"}},
        Damage{"UnitPrice",
               "UPDATE lines SET unit_price = '31' WHERE id = " + net_line,
               {"INV-2025-000001: hash_chain", "net line: line_amount", "net line: line_net", "net line: line_price",
                "net line: line_tax"}},
        Damage{"Quantity",
               "UPDATE lines SET quantity = 2 WHERE id = " + net_line,
               {"INV-2025-000001: hash_chain", "net line: line_amount", "net line: line_net", "net line: line_quantity",
                "net line: line_tax"}},
        Damage{"Days",
               "UPDATE lines SET days = 30 WHERE id = " + net_line,
               {"INV-2025-000001: hash_chain", "net line: line_amount", "net line: line_days", "net line: line_net",
                "net line: line_tax"}},
        Damage{"PeriodShifted",
               "UPDATE lines SET period_start = '2025-12-11', period_end = '2026-01-11' WHERE id = " + net_line,
               {"INV-2025-000001: hash_chain", "anna/home: period_gap", "anna/home: period_overlap",
                "net line: period_off_grid"}},
        Damage{"PeriodDuplicated",
               "CREATE TEMP TABLE copy AS SELECT * FROM lines WHERE id = " + net_line +
                   "; UPDATE copy SET id = id + 1000000, revision = 9, document_id = NULL, billing_date = NULL; "
                   "INSERT INTO lines SELECT * FROM copy; CREATE TEMP TABLE taxes AS SELECT * FROM line_taxes WHERE "
                   "line_id = " +
                   net_line +
                   "; UPDATE taxes SET line_id = line_id + 1000000; INSERT INTO line_taxes "
                   "SELECT * FROM taxes",
               {"anna/home: period_overlap"}},
        Damage{"LineDeleted",
               "DELETE FROM line_taxes WHERE line_id = " + net_line + "; DELETE FROM lines WHERE id = " + net_line,
               {"INV-2025-000001: document_net", "INV-2025-000001: document_tax", "INV-2025-000001: document_total",
                "INV-2025-000001: hash_chain", "anna/home: period_gap"}},
        Damage{"LineOfAnotherItem",
               "UPDATE lines SET item_id = (SELECT id FROM items WHERE type = 'add_on' AND " + annas +
                   " ORDER BY id LIMIT 1), revision = 9 WHERE id = " + net_line,
               {"INV-2025-000001: hash_chain", "anna/home: period_gap", "anna/home: period_overlap",
                "net line: line_product"}},
        Damage{"LineOnAnotherDocument",
               "UPDATE lines SET document_id = " + document("INV-2026-000002") + " WHERE id = " + net_line,
               {"INV-2025-000001: document_net", "INV-2025-000001: document_tax", "INV-2025-000001: document_total",
                "INV-2025-000001: hash_chain", "INV-2026-000002: document_net", "INV-2026-000002: document_tax",
                "INV-2026-000002: document_total", "INV-2026-000002: hash_chain", "INV-2026-000002: line_date"}},
        Damage{"InstalmentPart",
               "UPDATE lines SET first_part = 3, last_part = 3 WHERE first_part = 2",
               {"INV-2026-000002: hash_chain", "anna/home: installment_parts"}},
        Damage{"Credit",
               "UPDATE lines SET amount = amount * 100, net = net * 100, gross = net * 100 + tax WHERE id = " +
                   credit_line,
               {"CN-2026-000001: document_net", "CN-2026-000001: document_total", "CN-2026-000001: hash_chain",
                "credit: line_amount", "credit: line_net", "credited line: credits_exceed_line"}},
        Damage{"CreditedPeriod",
               "UPDATE lines SET period_start = '2026-01-10' WHERE id = " + credit_line,
               {"CN-2026-000001: hash_chain", "credit: credit_outside_line", "credit: line_days"}},
        Damage{"CreditWithoutLine",
               "UPDATE lines SET credits_line_id = 1 WHERE id = " + credit_line,
               {"CN-2026-000001: hash_chain", "credit: credit_without_line"}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Documents, Damaged,
    testing::Values(
        Damage{"Total",
               "UPDATE documents SET net = net + 100, total = total + 100 WHERE number = 'INV-2025-000001'",
               {"INV-2025-000001: document_net", "INV-2025-000001: document_total", "INV-2025-000001: entry_postings",
                "INV-2025-000001: hash_chain", "INV-2025-000001: open_document"}},
        Damage{"CustomerName",
               "UPDATE documents SET contact = 'Annette' WHERE number = 'INV-2025-000001'",
               {"INV-2025-000001: hash_chain"}},
        Damage{"DueDate",
               "UPDATE documents SET due = '2026-12-31' WHERE number = 'INV-2025-000001'",
               {"INV-2025-000001: hash_chain", "INV-2025-000001: open_document"}},
        Damage{"Unit",
               "UPDATE documents SET unit_id = NULL WHERE number = 'INV-2025-000001'",
               {"INV-2025-000001: document_unit", "INV-2025-000001: hash_chain"}},
        Damage{"State",
               "UPDATE open_documents SET open = 1 WHERE id = " + document("INV-2025-000001"),
               {"INV-2025-000001: open_document"}},
        Damage{"OpenDocumentForgotten",
               "DELETE FROM open_documents WHERE id = " + document("INV-2025-000001"),
               {"INV-2025-000001: open_document"}},
        Damage{"OpenDocumentDue",
               "UPDATE open_documents SET due = '2026-12-31' WHERE id = " + document("INV-2025-000001"),
               {"INV-2025-000001: open_document"}},
        Damage{
            "OpenDocumentInvented",
            "INSERT INTO open_documents SELECT subscriber_id, id, operator_id, date, due, sequence, total, total FROM "
            "documents WHERE number = 'INV-2026-000001'",
            {"INV-2026-000001: open_document"}},
        Damage{"Type",
               "UPDATE documents SET type = 'invoice' WHERE number = 'CN-2026-000001'",
               {"CN-2026-000001: allocation_of_nothing", "CN-2026-000001: document_number",
                "CN-2026-000001: document_type", "CN-2026-000001: hash_chain", "INV-2026-000001: number_twice",
                "credit note of 2026: number_missing"}},
        Damage{"NumberText",
               "UPDATE documents SET number = 'INV-2025-000007' WHERE number = 'INV-2025-000001'",
               {"INV-2025-000007: document_number", "INV-2025-000007: hash_chain"}},
        Damage{"Renumbered",
               "UPDATE documents SET sequence = 60, number = 'INV-2025-000060' WHERE number = 'INV-2025-000001'",
               {"INV-2025-000060: hash_chain", "INV-2025-000060: open_document", "invoice of 2025: number_missing",
                "invoice of 2025: number_series"}},
        Damage{"NumberOfAnother",
               "UPDATE documents SET sequence = 1, number = 'INV-2025-000001' WHERE number = 'INV-2025-000002'",
               {"INV-2025-000001: hash_chain", "INV-2025-000001: number_twice", "INV-2025-000001: open_document",
                "invoice of 2025: number_missing"}},
        Damage{
            "NumberBelowOne",
            "UPDATE documents SET sequence = 0 WHERE number = 'INV-2025-000001'",
            {"INV-2025-000001: document_number", "INV-2025-000001: open_document", "invoice of 2025: number_missing"}},
        Damage{"Deleted",
               "DELETE FROM line_taxes WHERE line_id IN (SELECT id FROM lines WHERE document_id = " +
                   document("INV-2026-000002") + "); DELETE FROM lines WHERE document_id = " +
                   document("INV-2026-000002") + "; DELETE FROM documents WHERE number = 'INV-2026-000002'",
               {"INV-2026-000002: entry_for_nothing", "INV-2026-000002: open_document", "anna/home: installment_parts",
                "anna/home: installment_sum", "anna/home: period_gap", "invoice of 2026: number_missing"}},
        Damage{
            "DeletedWithoutItsLines",
            "DELETE FROM documents WHERE number = 'INV-2025-000002'",
            {"CN-2026-000001: allocation_to_nothing", "INV-2025-000002: entry_for_nothing",
             "INV-2025-000002: open_document", "invoice of 2025: number_missing",
             "line of INV-2025-000002 1: line_without_document", "line of INV-2025-000002 2: line_without_document"}},
        Damage{"SeriesSetBack",
               "UPDATE number_series SET next = 2 WHERE type = 'invoice' AND year = 2026",
               {"invoice of 2026: number_series"}},
        Damage{"SeriesSetAhead",
               "UPDATE number_series SET next = 4000000000000000000 WHERE year = 2025",
               {"invoice of 2025: number_missing"}},
        Damage{"SeriesGone",
               "DELETE FROM number_series WHERE type = 'credit_note'",
               {"credit note of 2026: number_series"}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Suspensions, Damaged,
    testing::Values(Damage{"ForDebtThoughPaid",
                           "UPDATE sub_services SET status = 'suspended', suspended_for = 'debt' WHERE code = 'office'",
                           {"cara/office: next_billing_date", "cara/office: suspended_though_paid"}},
                    Damage{
                        "ForFundsThoughFunded",
                        "UPDATE operators SET payment_terms = 'prepaid'; UPDATE sub_services SET status = 'suspended', "
                        "suspended_for = 'funds', changed_on = billed_to WHERE code = 'office'",
                        {"cara/office: next_billing_date", "cara/office: suspended_though_funded"}}),
    [](const auto& damage) { return damage.param.name; });

std::string matched_line(const std::string& id, const std::string& amount) {
    return "INSERT INTO bank_lines (operator_id, id, statement_id, fingerprint, account, date, currency, amount, "
           "bank_reference, reference, payer, payer_account, state, matched_by, subscriber_id, payment_id, reason) "
           "SELECT operator_id, " +
           id + ", 1, 'of " + id + "', '', date, currency, " + amount +
           ", '', '', '', '', 'matched', 'clerk', subscriber_id, id, '' FROM payments WHERE " + annas + " LIMIT 1; ";
}
INSTANTIATE_TEST_SUITE_P(BankLines, Damaged,
                         testing::Values(Damage{"OtherAmount",
                                                matched_line("5", "amount + 1"),
                                                {"bankline_0000000000005: bank_line_payment"}},
                                         Damage{"OnePaymentForTwo",
                                                matched_line("5", "amount") + matched_line("6", "amount"),
                                                {"bankline_0000000000006: bank_line_payment"}},
                                         Damage{"NoPayment",
                                                matched_line("5", "amount") + "UPDATE bank_lines SET payment_id = 1",
                                                {"bankline_0000000000005: bank_line_payment"}}),
                         [](const auto& damage) { return damage.param.name; });

const std::string a_promo_code =
    "INSERT INTO discounts (id, operator_id, code, name, percent, product, kind, charges, region, pop, category, "
    "periods, priority, combines, automatic) SELECT 3, id, 'ten', 'Ten', '10', '', '', 'all', '', '', '', 0, 0, "
    "'stacks', 0 FROM operators; INSERT INTO promo_codes (id, operator_id, code, discount_id, max_uses, "
    "max_uses_per_subscriber, uses) SELECT 4, id, 'HELLO', 3, 1, 0, 1 FROM operators; ";
std::string redeemed(const std::string& id) {
    return "INSERT INTO discount_grants (subscriber_id, id, operator_id, discount_id, granted_on, reason, "
           "promo_code_id) SELECT subscriber_id, " +
           id + ", operator_id, 3, '2026-12-01', '', 4 FROM subscribers WHERE code = 'anna'; ";
}
INSTANTIATE_TEST_SUITE_P(
    Discounts, Damaged,
    testing::Values(Damage{"CountedButNotGranted", a_promo_code, {"HELLO: promo_code_uses"}},
                    Damage{"MoreThanItMay",
                           a_promo_code + redeemed("5") + redeemed("6") + "UPDATE promo_codes SET uses = 2",
                           {"HELLO: promo_code_uses"}},
                    Damage{"OfAnotherDiscount",
                           a_promo_code + redeemed("5") + "UPDATE discount_grants SET discount_id = 9",
                           {"anna: unknown_discount"}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Payouts, Damaged,
    testing::Values(Damage{
        "OfNoRefund",
        "INSERT INTO payouts (subscriber_id, id, operator_id, payment_id, refund_id, through, state, currency, amount, "
        "reference, message, created_at, queries) SELECT subscriber_id, 5, operator_id, id, 9, 'manual', 'open', "
        "currency, 100, '', '', 0, 0 FROM payments WHERE " +
            annas + " LIMIT 1",
        {"payout_0000000000005: payout"}}),
    [](const auto& damage) { return damage.param.name; });

const std::string asks_for_nothing =
    "INSERT INTO pro_formas (subscriber_id, id, operator_id, purpose, year, sequence, number, date, expires_on, "
    "currency, paid_ahead, total, state, reason) SELECT subscriber_id, 7 + (SELECT COUNT(*) FROM pro_formas), "
    "operator_id, 'order', 2026, 1, 'PF-2026-000001', '2026-01-01', '2026-01-15', 'USD', 0, 500, 'open', '' FROM "
    "subscribers WHERE code = 'anna'; ";
INSTANTIATE_TEST_SUITE_P(
    ProFormas, Damaged,
    testing::Values(Damage{"WithoutLines", asks_for_nothing, {"PF-2026-000001: pro_forma_total"}},
                    Damage{"NumberTwice",
                           asks_for_nothing + asks_for_nothing + "UPDATE pro_formas SET paid_ahead = -500",
                           {"PF-2026-000001: pro_forma_number"}},
                    Damage{"NumberText",
                           asks_for_nothing + "UPDATE pro_formas SET paid_ahead = -500, number = 'PF-2026-000007'",
                           {"PF-2026-000007: pro_forma_number"}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Journal, Damaged,
    testing::Values(
        Damage{"PostingDeleted",
               "DELETE FROM postings WHERE account = 'tax_payable' AND entry_id = " + entry("INV-2025-000001"),
               {"INV-2025-000001: entry_balance", "INV-2025-000001: entry_postings", "INV-2025-000001: hash_chain"}},
        Damage{"BothSidesOfAPosting",
               "UPDATE postings SET amount = amount + 100 WHERE account = 'receivable' AND entry_id = " +
                   entry("INV-2025-000001") +
                   "; UPDATE postings SET amount = amount - 100 WHERE account = 'revenue' AND entry_id = " +
                   entry("INV-2025-000001"),
               {"INV-2025-000001: entry_postings", "INV-2025-000001: hash_chain", "anna: balance"}},
        Damage{"Hash",
               "UPDATE entries SET hash = zeroblob(32) WHERE id = " + entry("INV-2026-000001"),
               {"Cara's payment: hash_chain", "INV-2026-000001: hash_chain"}},
        Damage{"Date",
               "UPDATE entries SET date = '2025-12-31' WHERE id = " + entry("INV-2025-000001"),
               {"INV-2025-000001: entry_date", "INV-2025-000001: hash_chain"}},
        Damage{"LastEntryDeleted",
               "DELETE FROM entries WHERE id = (SELECT MAX(id) FROM entries WHERE " + berts + ")",
               {"INV-2026-000012: entry_missing", "bert: balance", "bert: journal_end", "bert: journal_length",
                "bert: loose_row"}},
        Damage{"LastEntryDeletedAndTheHeadSetBack",
               "CREATE TEMP TABLE last AS SELECT MAX(id) AS id FROM entries WHERE " + berts +
                   "; UPDATE journal_heads SET entries = entries - 1, balance = balance + (SELECT amount FROM postings "
                   "WHERE account = 'receivable' AND entry_id = (SELECT id FROM last)), (hash, last_entry_id) = "
                   "(SELECT hash, id FROM entries WHERE " +
                   berts + " AND id < (SELECT id FROM last) ORDER BY id DESC LIMIT 1) WHERE " + berts +
                   "; DELETE FROM postings WHERE entry_id = (SELECT id FROM last); DELETE FROM entries WHERE id "
                   "= (SELECT id FROM last)",
               {"INV-2026-000012: entry_missing"}},
        Damage{"BookedTwice",
               "INSERT INTO entries SELECT subscriber_id, id + 1000000, date, source, source_id, hash FROM entries "
               "WHERE id = " +
                   entry("INV-2025-000002") +
                   "; INSERT INTO postings SELECT subscriber_id, entry_id + "
                   "1000000, position, account, currency, amount FROM postings WHERE entry_id = " +
                   entry("INV-2025-000002"),
               {"INV-2025-000002: entry_twice", "INV-2025-000002: hash_chain", "bert: balance", "bert: journal_end",
                "bert: journal_length"}},
        Damage{"Balance", "UPDATE journal_heads SET balance = balance + 1 WHERE " + annas, {"anna: balance"}},
        Damage{"HeadDeleted",
               "DELETE FROM journal_heads WHERE " + annas,
               {"anna: balance", "anna: journal_end", "anna: journal_length"}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Payments, Damaged,
    testing::Values(
        Damage{"Amount",
               "UPDATE payments SET amount = 6000 WHERE " + annas,
               {"Anna's payment: credit_unused", "Anna's payment: entry_postings", "Anna's payment: open_credit"}},
        Damage{"Deleted",
               "DELETE FROM payments WHERE " + annas,
               {"Anna's payment: allocation_of_nothing", "Anna's payment: entry_for_nothing"}},
        Damage{"Allocation",
               "UPDATE allocations SET amount = amount - 1 WHERE " + annas,
               {"Anna's payment: credit_unused", "Anna's payment: open_credit", "INV-2025-000001: open_document"}},
        Damage{
            "AllocationTooLarge",
            "UPDATE allocations SET amount = amount * 100 WHERE " + annas,
            {"Anna's payment: credit_spent_twice", "INV-2025-000001: open_document", "INV-2025-000001: paid_too_much"}},
        Damage{"AllocationDeleted",
               "DELETE FROM allocations WHERE " + annas,
               {"Anna's payment: credit_unused", "Anna's payment: open_credit", "INV-2025-000001: open_document"}},
        Damage{"OpenCreditForgotten", "DELETE FROM open_credits", {"Cara's payment: open_credit"}},
        Damage{"OpenCreditInvented",
               "INSERT INTO open_credits SELECT subscriber_id, 'payment', id FROM payments WHERE " + annas,
               {"Anna's payment: open_credit"}},
        Damage{"RefundAmount",
               "UPDATE refunds SET amount = amount - 1 WHERE kind = 'refund'",
               {"Dora's payment: credit_unused", "Dora's payment: open_credit", "refund: entry_postings"}},
        Damage{"RefundFee", "UPDATE refunds SET fee = 0", {"refund: entry_postings"}},
        Damage{"RefundDeleted",
               "DELETE FROM refunds WHERE kind = 'charge_back'",
               {"Dora's payment: credit_unused", "Dora's payment: open_credit", "charge-back: entry_for_nothing"}},
        Damage{"RefundInvented",
               "INSERT INTO refunds SELECT subscriber_id, 7, payment_id, kind, date, currency, amount, 0, method, "
               "reference, wallet_id FROM refunds WHERE kind = 'refund'",
               {"Dora's payment: credit_spent_twice", "ref_0000000000007: entry_missing"}},
        Damage{"WriteOffAmount",
               "UPDATE write_offs SET amount = amount + 1",
               {"write-off: credit_unused", "write-off: entry_postings", "write-off: open_credit"}},
        Damage{"WriteOffDeleted",
               "DELETE FROM write_offs",
               {"write-off: allocation_of_nothing", "write-off: entry_for_nothing"}},
        Damage{"ReasonOfACreditNote",
               "UPDATE documents SET reason = 'Other' WHERE reason = 'Late'",
               {"CN-2026-000002: hash_chain"}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SubServices, Damaged,
    testing::Values(
        Damage{"BilledToForward",
               "UPDATE sub_services SET billed_to = '2026-05-10' WHERE code = 'home' AND " + annas,
               {"anna/home: next_billing_date", "anna/home: period_gap"}},
        Damage{"BilledToBack",
               "UPDATE sub_services SET billed_to = '2026-03-10' WHERE code = 'home' AND " + annas,
               {"anna/home: billed_to", "anna/home: next_billing_date"}},
        Damage{"NeverDueAgain",
               "UPDATE sub_services SET next_billing_date = NULL WHERE code = 'phone'",
               {"anna/phone: next_billing_date"}},
        Damage{"PartsCharged", "UPDATE items SET parts_charged = 1 WHERE type = 'cpe'", {"anna/home: parts_charged"}},
        Damage{"SuspensionForgotten", "DELETE FROM suspended_spans", {"bert/home: period_gap"}},
        Damage{"PriceVersion",
               "UPDATE price_versions SET price = '12.5' WHERE product_id = (SELECT id FROM products WHERE code = "
               "'voice')",
               {"voice line 1: line_price", "voice line 2: line_price", "voice line 3: line_price"}},
        Damage{
            "ANumberThatIsNone", "UPDATE lines SET unit_price = 'much' WHERE id = " + net_line, {"anna: unreadable"}},
        Damage{"AnItemWithoutSubService",
               "DELETE FROM sub_services WHERE code = 'phone'",
               {"anna: loose_row", "voice line 1: line_without_item", "voice line 2: line_without_item",
                "voice line 3: line_without_item"}}),
    [](const auto& damage) { return damage.param.name; });

}  // namespace
}  // namespace sluice::contract
