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
  - {at: 2026-01-06, record_payment: {subscriber: cara, amount: 500.00, method: transfer}}
  - {at: 2026-02-05, suspend: {sub_service: bert/home}}
  - {at: 2026-02-10, resume: {sub_service: bert/home}}
  - {at: 2026-03-15, suspend: {sub_service: bert/home}}
  - {at: 2026-03-25, resume: {sub_service: bert/home}}
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
    EXPECT_EQ(report.accounts, 3);
    EXPECT_EQ(report.documents, 15);
    EXPECT_EQ(report.entries, 17);
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
        Damage{"Amount", "UPDATE lines SET amount = amount + 1 WHERE id = " + net_line, {}},
        Damage{"AmountWithAllSumsAndPostings",
               "UPDATE lines SET amount = amount + 100, net = net + 100, gross = gross + 100 WHERE id = " + net_line +
                   "; UPDATE documents SET net = net + 100, total = total + 100 WHERE number = 'INV-2025-000001'"
                   "; UPDATE postings SET amount = amount + 100 WHERE account = 'receivable' AND entry_id = " +
                   entry("INV-2025-000001") +
                   "; UPDATE postings SET amount = amount - 100 WHERE account = 'revenue' AND entry_id = " +
                   entry("INV-2025-000001") + "; UPDATE journal_heads SET balance = balance - 100 WHERE " + annas,
               {}},
        Damage{"Net", "UPDATE lines SET net = net + 1, gross = gross + 1 WHERE id = " + net_line, {}},
        Damage{"Gross", "UPDATE lines SET gross = gross + 1 WHERE id = " + net_line, {}},
        Damage{"Tax", "UPDATE line_taxes SET amount = amount + 1 WHERE line_id = " + net_line, {}},
        Damage{"TaxDeleted", "DELETE FROM line_taxes WHERE line_id = " + net_line, {}},
        Damage{"UnitPrice", "UPDATE lines SET unit_price = '31' WHERE id = " + net_line, {}},
        Damage{"Quantity", "UPDATE lines SET quantity = 2 WHERE id = " + net_line, {}},
        Damage{"Days", "UPDATE lines SET days = 30 WHERE id = " + net_line, {}},
        Damage{"PeriodShifted",
               "UPDATE lines SET period_start = '2025-12-11', period_end = '2026-01-11' WHERE id = " + net_line,
               {}},
        Damage{"PeriodDuplicated",
               "CREATE TEMP TABLE copy AS SELECT * FROM lines WHERE id = " + net_line +
                   "; UPDATE copy SET id = id + 1000000, revision = 9, document_id = NULL, billing_date = NULL; "
                   "INSERT INTO lines SELECT * FROM copy; CREATE TEMP TABLE taxes AS SELECT * FROM line_taxes WHERE "
                   "line_id = " +
                   net_line +
                   "; UPDATE taxes SET line_id = line_id + 1000000; INSERT INTO line_taxes "
                   "SELECT * FROM taxes",
               {}},
        Damage{"LineDeleted",
               "DELETE FROM line_taxes WHERE line_id = " + net_line + "; DELETE FROM lines WHERE id = " + net_line,
               {}},
        Damage{"LineOfAnotherItem",
               "UPDATE lines SET item_id = (SELECT id FROM items WHERE type = 'add_on' AND " + annas +
                   " ORDER BY id LIMIT 1), revision = 9 WHERE id = " + net_line,
               {}},
        Damage{"LineOnAnotherDocument",
               "UPDATE lines SET document_id = " + document("INV-2026-000002") + " WHERE id = " + net_line,
               {}},
        Damage{"InstalmentPart", "UPDATE lines SET first_part = 3, last_part = 3 WHERE first_part = 2", {}},
        Damage{"Credit",
               "UPDATE lines SET amount = amount * 100, net = net * 100, gross = net * 100 + tax WHERE id = " +
                   credit_line,
               {}},
        Damage{"CreditedPeriod", "UPDATE lines SET period_start = '2026-01-10' WHERE id = " + credit_line, {}},
        Damage{"CreditWithoutLine", "UPDATE lines SET credits_line_id = 1 WHERE id = " + credit_line, {}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Documents, Damaged,
    testing::Values(
        Damage{
            "Total", "UPDATE documents SET net = net + 100, total = total + 100 WHERE number = 'INV-2025-000001'", {}},
        Damage{"CustomerName", "UPDATE documents SET contact = 'Annette' WHERE number = 'INV-2025-000001'", {}},
        Damage{"DueDate", "UPDATE documents SET due = '2026-12-31' WHERE number = 'INV-2025-000001'", {}},
        Damage{"Unit", "UPDATE documents SET unit_id = NULL WHERE number = 'INV-2025-000001'", {}},
        Damage{"State", "UPDATE documents SET state = 'paid' WHERE number = 'INV-2025-000001'", {}},
        Damage{"Type", "UPDATE documents SET type = 'invoice' WHERE number = 'CN-2026-000001'", {}},
        Damage{"NumberText", "UPDATE documents SET number = 'INV-2025-000007' WHERE number = 'INV-2025-000001'", {}},
        Damage{"Renumbered",
               "UPDATE documents SET sequence = 60, number = 'INV-2025-000060' WHERE number = 'INV-2025-000001'",
               {}},
        Damage{"NumberOfAnother",
               "UPDATE documents SET sequence = 1, number = 'INV-2025-000001' WHERE number = 'INV-2025-000002'",
               {}},
        Damage{"NumberBelowOne", "UPDATE documents SET sequence = 0 WHERE number = 'INV-2025-000001'", {}},
        Damage{"Deleted",
               "DELETE FROM line_taxes WHERE line_id IN (SELECT id FROM lines WHERE document_id = " +
                   document("INV-2026-000002") + "); DELETE FROM lines WHERE document_id = " +
                   document("INV-2026-000002") + "; DELETE FROM documents WHERE number = 'INV-2026-000002'",
               {}},
        Damage{"DeletedWithoutItsLines", "DELETE FROM documents WHERE number = 'INV-2025-000002'", {}},
        Damage{"SeriesSetBack", "UPDATE number_series SET next = 2 WHERE type = 'invoice' AND year = 2026", {}},
        Damage{"SeriesSetAhead", "UPDATE number_series SET next = 4000000000000000000 WHERE year = 2025", {}},
        Damage{"SeriesGone", "DELETE FROM number_series WHERE type = 'credit_note'", {}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Journal, Damaged,
    testing::Values(
        Damage{"PostingDeleted",
               "DELETE FROM postings WHERE account = 'tax_payable' AND entry_id = " + entry("INV-2025-000001"),
               {}},
        Damage{"BothSidesOfAPosting",
               "UPDATE postings SET amount = amount + 100 WHERE account = 'receivable' AND entry_id = " +
                   entry("INV-2025-000001") +
                   "; UPDATE postings SET amount = amount - 100 WHERE account = 'revenue' AND entry_id = " +
                   entry("INV-2025-000001"),
               {}},
        Damage{"Hash", "UPDATE entries SET hash = zeroblob(32) WHERE id = " + entry("INV-2026-000001"), {}},
        Damage{"Date", "UPDATE entries SET date = '2025-12-31' WHERE id = " + entry("INV-2025-000001"), {}},
        Damage{
            "LastEntryDeleted", "DELETE FROM entries WHERE id = (SELECT MAX(id) FROM entries WHERE " + berts + ")", {}},
        Damage{"LastEntryDeletedAndTheHeadSetBack",
               "CREATE TEMP TABLE last AS SELECT MAX(id) AS id FROM entries WHERE " + berts +
                   "; UPDATE journal_heads SET entries = entries - 1, balance = balance + (SELECT amount FROM postings "
                   "WHERE account = 'receivable' AND entry_id = (SELECT id FROM last)), hash = (SELECT hash FROM "
                   "entries WHERE " +
                   berts + " AND id < (SELECT id FROM last) ORDER BY id DESC LIMIT 1) WHERE " + berts +
                   "; DELETE FROM postings WHERE entry_id = (SELECT id FROM last); DELETE FROM entries WHERE id "
                   "= (SELECT id FROM last)",
               {}},
        Damage{"BookedTwice",
               "INSERT INTO entries SELECT subscriber_id, id + 1000000, date, source, source_id, hash FROM entries "
               "WHERE id = " +
                   entry("INV-2025-000002") +
                   "; INSERT INTO postings SELECT subscriber_id, entry_id + "
                   "1000000, position, account, currency, amount FROM postings WHERE entry_id = " +
                   entry("INV-2025-000002"),
               {}},
        Damage{"Balance", "UPDATE journal_heads SET balance = balance + 1 WHERE " + annas, {}},
        Damage{"HeadDeleted", "DELETE FROM journal_heads WHERE " + annas, {}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Payments, Damaged,
    testing::Values(Damage{"Amount", "UPDATE payments SET amount = 6000 WHERE " + annas, {}},
                    Damage{"Deleted", "DELETE FROM payments WHERE " + annas, {}},
                    Damage{"Allocation", "UPDATE allocations SET amount = amount - 1 WHERE " + annas, {}},
                    Damage{"AllocationTooLarge", "UPDATE allocations SET amount = amount * 100 WHERE " + annas, {}},
                    Damage{"AllocationDeleted", "DELETE FROM allocations WHERE " + annas, {}},
                    Damage{"OpenCreditForgotten", "DELETE FROM open_credits", {}},
                    Damage{"OpenCreditInvented",
                           "INSERT INTO open_credits SELECT subscriber_id, 'payment', id FROM payments WHERE " + annas,
                           {}}),
    [](const auto& damage) { return damage.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SubServices, Damaged,
    testing::Values(
        Damage{
            "BilledToForward", "UPDATE sub_services SET billed_to = '2026-05-10' WHERE code = 'home' AND " + annas, {}},
        Damage{"BilledToBack", "UPDATE sub_services SET billed_to = '2026-03-10' WHERE code = 'home' AND " + annas, {}},
        Damage{"NeverDueAgain", "UPDATE sub_services SET next_billing_date = NULL WHERE code = 'phone'", {}},
        Damage{"PartsCharged", "UPDATE items SET parts_charged = 1 WHERE type = 'cpe'", {}},
        Damage{"SuspensionForgotten", "DELETE FROM suspended_spans", {}},
        Damage{"PriceVersion",
               "UPDATE price_versions SET price = '12.5' WHERE product_id = (SELECT id FROM products WHERE code = "
               "'voice')",
               {}},
        Damage{"ANumberThatIsNone", "UPDATE lines SET unit_price = 'much' WHERE id = " + net_line, {}},
        Damage{"AnItemWithoutSubService", "DELETE FROM sub_services WHERE code = 'phone'", {}}),
    [](const auto& damage) { return damage.param.name; });

}  // namespace
}  // namespace sluice::contract
