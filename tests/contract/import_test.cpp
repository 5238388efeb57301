// Importing an operator from files, billing it, and exporting its documents, on a store.
#include "app/import_operator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/bill_accounts.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "serve/csv/csv_writer.hpp"
#include "serve/import/import_files.hpp"
#include "serve/scenario/read_setup.hpp"
#include "store/open_store.hpp"
#include "support/shop.hpp"

namespace sluice {
namespace {

namespace fs = std::filesystem;
using app::ImportTable;
using support::date;

const fs::path metro = fs::path(SLUICE_SOURCE_DIR) / "demo/metro-fiber";

std::string text_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A directory that is gone when the test is over.
class Folder {
public:
    Folder() {
        auto name = (fs::temp_directory_path() / "sluice-import-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const fs::path& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
    fs::path operator/(const fs::path& name) const { return path_ / name; }
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

const std::string subscriber_header =
    "code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing\n";
const std::string unit_header = "subscriber,code,name,model,cycle_day,first_charge,invoicing\n";
const std::string sub_service_header =
    "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,"
    "invoicing\n";

// An import of small files with Metro Fiber's catalogue into a store of its own.
class Import {
public:
    Import() : store_(store::open_store("sqlite::memory:", false)), ids_(1'700'000'000'000, 0) {
        subscribers("anna,Anna,,PL,north,hill,residential,,,,\n");
        units("anna,flat,Flat,,,,\n");
        sub_services("anna,flat,s0,net-100,active,2026-01-10,2026-04-10,,,,,,\n");
    }

    void subscribers(const std::string& rows) { folder_.write("subscribers.csv", subscriber_header + rows); }
    void units(const std::string& rows) { folder_.write("units.csv", unit_header + rows); }
    void sub_services(const std::string& rows) { folder_.write("sub_services.csv", sub_service_header + rows); }
    const Folder& folder() const { return folder_; }
    fs::path rejects(const fs::path& name) const { return folder_ / "rejects" / name; }

    app::ImportReport run(app::ImportOptions options = {.as_of = date("2026-04-01")}) {
        const auto own = folder_ / "operator.yaml";
        const auto setup = serve::read_operator_file((fs::exists(own) ? own : metro / "operator.yaml").string(), ids_);
        serve::ImportFiles files(folder_.path(), folder_ / "rejects");
        return app::import_operator(*store_, ids_, setup, files, options);
    }
    app::ImportReport run_partial() { return run({.as_of = date("2026-04-01"), .partial = true}); }

    std::vector<std::string> problems() {
        std::vector<std::string> texts;
        for (const auto& problem : run().problems) texts.push_back(text_of(problem));
        return texts;
    }

    app::Store& store() { return *store_; }

private:
    Folder folder_;
    std::unique_ptr<app::Store> store_;
    IdSource ids_;
};

std::string documents_as_csv(app::Store& store, customers::OperatorId op) {
    std::ostringstream out;
    serve::CsvWriter csv(out);
    csv.row({"date", "type", "number", "subscriber", "unit", "lines", "net", "tax", "total"});
    for (const auto& stored : store.documents(op, {}, std::nullopt, 10'000)) {
        const auto& d = stored.document;
        csv.row({d.date.text(), invoicing::name_of(d.type), d.number, stored.subscriber_code, stored.unit_code,
                 std::to_string(stored.line_count), d.net.text(), d.tax.text(), d.total.text()});
    }
    return out.str();
}

TEST(Import, MetroFiberGivesTheDocumentsThatAnotherProgramWorkedOut) {
    const Folder folder;
    const auto store = store::open_store("sqlite:" + (folder / "metro.db").string(), false);
    IdSource ids(1'700'000'000'000, 0);
    const auto hasher = connect::sha256_hasher();
    const auto setup = serve::read_operator_file((metro / "operator.yaml").string(), ids);
    serve::ImportFiles files(metro, folder / "rejects");
    std::vector<std::string> seen;
    const auto report = import_operator(
        *store, ids, setup, files, {.as_of = date("2026-04-01"), .progress = [&](const app::ImportProgress& progress) {
                                        seen.push_back(progress.file + " " + std::to_string(progress.rows));
                                        EXPECT_LE(progress.bytes, progress.bytes_total);
                                    }});
    for (const auto& problem : report.problems) ADD_FAILURE() << text_of(problem);
    ASSERT_TRUE(report.is_stored);
    EXPECT_EQ(report.subscribers, 600);
    EXPECT_EQ(report.units, 322);
    EXPECT_EQ(report.sub_services, 1145);
    EXPECT_EQ(seen, (std::vector<std::string>{"subscribers.csv 600", "units.csv 322", "sub_services.csv 1000",
                                              "sub_services.csv 1145"}));
    EXPECT_EQ(files.bytes_read(), files.bytes_total());
    EXPECT_FALSE(fs::exists(folder / "rejects"));

    app::BillRun(*store, *hasher, ids, store->operators().front()).run(date("2026-07-31"));
    EXPECT_TRUE(documents_as_csv(*store, setup.op.id) == text_of_file(metro / "expected.csv"))
        << "the documents differ from expected.csv";
}

TEST(Import, SmallFilesAreImported) {
    Import import;
    const auto report = import.run();
    EXPECT_TRUE(report.is_stored);
    EXPECT_EQ(report.items, 1);
    EXPECT_EQ(report.problem_count, 0);
}

TEST(Import, UnitsMayBeMissing) {
    Import import;
    fs::remove(import.folder() / "units.csv");
    import.sub_services("anna,,s0,net-100,active,2026-01-10,2026-04-10,,,,,,\n");
    EXPECT_TRUE(import.run().is_stored);
}

TEST(Import, OtherFilesMustBeThere) {
    Import import;
    fs::remove(import.folder() / "sub_services.csv");
    import.folder().write("subscribers.csv", "");
    EXPECT_EQ(import.problems(), (std::vector<std::string>{
                                     "subscribers.csv, line 1: is empty; begin it with a line that names its columns",
                                     "sub_services.csv: is missing; put it into the directory that is imported"}));
}

TEST(Import, ColumnsMayStandInAnyOrder) {
    Import import;
    import.folder().write(
        "units.csv",
        "name,code,subscriber,invoicing,first_charge,cycle_day,model\nFlat,flat,anna,merged,,7,pro_rata\n");
    ASSERT_TRUE(import.run().is_stored);
    const auto op = import.store().operators().front();
    const auto anna = import.store().find_subscriber(op.id, "anna");
    const auto flat = import.store().find_unit(anna->id, "flat");
    ASSERT_TRUE(flat.has_value());
    EXPECT_EQ(flat->name, "Flat");
    EXPECT_EQ(flat->billing.cycle_day, 7);
    EXPECT_EQ(flat->billing.model, customers::Model::pro_rata);
    EXPECT_EQ(flat->billing.invoicing, customers::Invoicing::merged);
}

TEST(Import, ColumnsThatAreUnknownMissingOrThereTwiceAreRefused) {
    Import import;
    import.folder().write("units.csv", "subscriber,code,code,title,model,cycle_day,first_charge\na,b,c\n");
    EXPECT_EQ(import.problems(),
              (std::vector<std::string>{
                  "units.csv, line 1: header \"code\" stands there twice; keep one of the two columns",
                  "units.csv, line 1: header \"title\" is not a column of this file; its columns are "
                  "subscriber,code,name,model,cycle_day,first_charge,invoicing",
                  "units.csv, line 1: header \"name\" is missing; add the column to the first line; leave its fields "
                  "empty where nothing is given",
                  "units.csv, line 1: header \"invoicing\" is missing; add the column to the first line; leave its "
                  "fields empty where nothing is given"}));
    const auto partial = import.run_partial();
    EXPECT_FALSE(partial.is_stored);
    EXPECT_TRUE(import.store().operators().empty());
}

TEST(Import, AnOperatorThatIsStoredIsRefused) {
    Import import;
    ASSERT_TRUE(import.run().is_stored);
    const auto again = import.run_partial();
    EXPECT_FALSE(again.is_stored);
    ASSERT_EQ(again.problems.size(), 1U);
    EXPECT_EQ(text_of(again.problems.front()),
              "operator.yaml: operator.code \"metro\" is an operator of this store already; import into another store, "
              "or give the new operator another code");
    EXPECT_EQ(import.store().operators().size(), 1U);
}

TEST(Import, OneBadRowKeepsEverythingOut) {
    Import import;
    std::string rows;
    for (int i = 0; i < 2'500; ++i) rows += "anna,,s" + std::to_string(i) + ",net-100,inactive,,,,,,,,\n";
    import.sub_services(rows + "anna,,x,net-99,inactive,,,,,,,,\n");
    const auto report = import.run();
    EXPECT_FALSE(report.is_stored);
    EXPECT_EQ(report.sub_services, 0);
    EXPECT_EQ(report.bad_rows[2], 1);
    EXPECT_TRUE(import.store().operators().empty());
    EXPECT_FALSE(fs::exists(import.rejects("")));
    // And the way is free for the corrected files.
    import.sub_services(rows);
    EXPECT_TRUE(import.run().is_stored);
}

TEST(Import, AllBadRowsOfAllFilesAreReportedAndCountedBeyondTheCap) {
    Import import;
    import.subscribers("anna,Anna,,Poland,,,,,,,\nbob,Bob,,,,,,,40,,\n");
    import.units("anna,flat,,,,,\n");
    import.sub_services("anna,flat,s0,net-1,active,,,,,,,,\n");
    auto report = import.run();
    EXPECT_EQ(report.problem_count, 5);
    EXPECT_EQ(report.bad_rows, (std::array<std::int64_t, 3>{2, 1, 1}));
    ASSERT_EQ(report.problems.size(), 5U);
    EXPECT_EQ(text_of(report.problems.front()),
              "subscribers.csv, line 2: country \"Poland\" is not a country code; write two capital letters, for "
              "example PL, or nothing");
    report = import.run({.as_of = date("2026-04-01"), .max_problems = 2});
    EXPECT_EQ(report.problem_count, 5);
    EXPECT_EQ(report.problems.size(), 2U);
}

struct BadRow {
    ImportTable table;
    std::string rows;
    std::vector<std::string> problems;  // without the file
};

class BadRows : public testing::TestWithParam<BadRow> {};

TEST_P(BadRows, AreNamedWithLineColumnValueAndRemedy) {
    Import import;
    const auto& [table, rows, expected] = GetParam();
    if (table == ImportTable::subscribers) import.subscribers("anna,Anna,,,,,,,,,\n" + rows);
    if (table == ImportTable::units) import.units("anna,flat,Flat,,,,\n" + rows);
    if (table == ImportTable::sub_services) import.sub_services(rows);
    std::vector<std::string> told;
    for (const auto& text : import.problems()) told.push_back(text.substr(text.find(", ") + 2));
    EXPECT_EQ(told, expected);
    EXPECT_TRUE(import.store().operators().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Subscribers, BadRows,
    testing::Values(
        BadRow{ImportTable::subscribers,
               "a b,Bob,,,,,,,,,\n",
               {"line 3: code \"a b\" is not a code; write 1 to 64 letters, digits and . _ : -"}},
        BadRow{ImportTable::subscribers,
               ",Bob,,,,,,,,,\n",
               {"line 3: code is missing; write a code: 1 to 64 letters, digits and . _ : -"}},
        BadRow{ImportTable::subscribers,
               "anna,Anna,,,,,,,,,\n",
               {"line 3: code \"anna\" stands on line 2 already; give each a code of its own"}},
        BadRow{ImportTable::subscribers,
               "bob,,,,,,,,,,\n",
               {"line 3: contact and organization are both empty; give one of them, or both"}},
        BadRow{ImportTable::subscribers,
               "bob,Bob,,pl,,,,,,,\n",
               {"line 3: country \"pl\" is not a country code; write two capital letters, for example PL, or nothing"}},
        BadRow{ImportTable::subscribers,
               "bob,Bob,,,,,,prorata,32,now,each\n",
               {"line 3: model \"prorata\" is not known here; write cycle or pro_rata",
                "line 3: cycle_day \"32\" is out of range; write 1 to 31",
                "line 3: first_charge \"now\" is not known here; write partial, partial_plus_full, full or threshold",
                "line 3: invoicing \"each\" is not known here; write independent, merged or merged_per_unit"}},
        BadRow{ImportTable::subscribers,
               "bob,Bob,,,,,,,1.5,,\n",
               {"line 3: cycle_day \"1.5\" is not a whole number; write 1 to 31"}},
        BadRow{ImportTable::subscribers,
               "bob,\"" + std::string(201, 'x') + "\",,,,,,,,,\n",
               {"line 3: contact \"" + std::string(80, 'x') + "…\" has 201 characters; write at most 200"}},
        BadRow{ImportTable::subscribers,
               "bob,Bo\ab,,,,,,,,,\n",
               {"line 3: contact \"Bo?b\" holds a control character; write printable text"}},
        BadRow{ImportTable::subscribers,
               "bob,Bob,,\n",
               {"line 3: has 4 fields, the header has 11; give each column a field, and put fields with a comma in "
                "quotes"}},
        BadRow{ImportTable::subscribers,
               "bob,\"Bob,,,,,,,,,\n\n",
               {"line 3: a quote is opened and never closed; close it, and write quotes inside of a quoted field "
                "twice"}},
        BadRow{ImportTable::subscribers,
               "bob,B\xF6rn,,,,,,,,,\n",
               {"line 3: there are bytes that are not UTF-8; save the file as UTF-8 text"}}));

INSTANTIATE_TEST_SUITE_P(
    Units, BadRows,
    testing::Values(
        BadRow{ImportTable::units,
               "bob,x,X,,,,\n",
               {"line 3: subscriber \"bob\" is no subscriber; add it to subscribers.csv, or correct the code"}},
        BadRow{ImportTable::units,
               "anna,flat,X,,,,\n",
               {"line 3: code \"flat\" stands on line 2 already; give each a code of its own"}},
        BadRow{ImportTable::units,
               "anna,x,,,0,,\n",
               {"line 3: cycle_day \"0\" is out of range; write 1 to 31",
                "line 3: name is missing; name the flat, office or shop, for example Apt 101"}}));

INSTANTIATE_TEST_SUITE_P(
    SubServices, BadRows,
    testing::Values(
        BadRow{ImportTable::sub_services,
               "bob,flat,s0,net-100,active,2026-01-01,,,,,,,\n",
               {"line 2: subscriber \"bob\" is no subscriber; add it to subscribers.csv, or correct the code"}},
        BadRow{ImportTable::sub_services,
               "anna,shop,s0,net-100,active,2026-01-01,,,,,,,\n",
               {"line 2: unit \"shop\" is no unit of anna; add it to units.csv, or correct the code"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-1,active,2026-01-01,,,,,,,\n",
               {"line 2: service \"net-1\" is no service of the catalogue; write net-100, net-300, net-1000, biz-500, "
                "iptv, voip, quarter, year or week"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,inactive,,,,,,,,\nanna,,s0,net-100,inactive,,,,,,,,\n",
               {"line 3: code \"s0\" stands on line 2 already; give each a code of its own"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,actve,2026-01-01,,,,,,,\nanna,,s1,net-100,,,,,,,,,\n",
               {"line 2: status \"actve\" is not known here; write inactive, active, suspended, data_exhausted or "
                "cancelled",
                "line 3: status is missing; write inactive, active, suspended, data_exhausted or cancelled"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,active,,,,,,,,\nanna,,s1,net-100,suspended,2026-04-02,,,,,,,\n",
               {"line 2: activated_on is missing; a sub-service that is active needs the date of its activation",
                "line 3: activated_on \"2026-04-02\" lies after the date of import, 2026-04-01; write the date on "
                "which it was activated, or status inactive"}},
        BadRow{
            ImportTable::sub_services,
            "anna,,s0,net-100,active,2026-02-30,1.4.2026,,,,,,\n",
            {"line 2: activated_on \"2026-02-30\" is not a date; write year-month-day of the years 1900 to 2999, for "
             "example 2026-04-01",
             "line 2: charged_to \"1.4.2026\" is not a date; write year-month-day of the years 1900 to 2999, for "
             "example 2026-04-01"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,active,2026-02-03,2026-02-02,,,,,,\nanna,,s1,net-100,active,2026-01-01,2062-01-01,,,,,"
               ",\n",
               {"line 2: charged_to \"2026-02-02\" lies before activated_on, 2026-02-03; write the first day that is "
                "not charged yet, 2026-02-03 or later",
                "line 3: charged_to \"2062-01-01\" lies more than 30 years after the date of import, 2026-04-01; write "
                "the first day that is not charged yet"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,inactive,,,ipv4;static-ip:SN1;antivirus*0;trench@8;install@1;;,,,,,\n",
               {"line 2: add_ons \"ipv4\" is no add-on of the catalogue; write static-ip, antivirus, install or trench",
                "line 2: add_ons \"static-ip:SN1\" has a serial number, which add-ons do not have; leave :serial out",
                "line 2: add_ons \"antivirus*0\" has no proper quantity; write * and a whole number of 1 to 1000000",
                "line 2: add_ons \"trench@8\" has no proper number of instalments charged; write @ and a whole number "
                "of 0 to 7",
                "line 2: add_ons \"install@1\" is not sold in instalments; leave @instalments out",
                "line 2: add_ons names no code; write code, code:serial, code*quantity or code@instalments, separated "
                "by ;"}},
        BadRow{
            ImportTable::sub_services,
            "anna,,s0,net-100,inactive,,,,modem;ont:;router:R1*2;ont@x;stb*1000001,,,,\n",
            {"line 2: cpes \"modem\" is no CPE of the catalogue; write ont, router or stb",
             "line 2: cpes \"ont:\" has no proper serial number; write 1 to 100 printable characters after the colon",
             "line 2: cpes \"router:R1*2\" has a serial number, so it is one device; leave *quantity out, or write "
             "one entry per device",
             "line 2: cpes \"ont@x\" has no proper number of instalments charged; write @ and a whole number of 0 "
             "to 6",
             "line 2: cpes \"stb*1000001\" has no proper quantity; write * and a whole number of 1 to 1000000"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,inactive,,,,ont:A;router:A,,,,\nanna,,s1,net-100,inactive,,,,stb:A,,,,\n",
               {"line 2: cpes \"A\" is named twice on this sub-service; a device is on one sub-service at a time",
                "line 3: cpes \"A\" is the serial number of a device on line 2 already; a device is on one sub-service "
                "at a time"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,active,2026-01-01,,,,pro_rata,,,\n",
               {"line 2: cycle_day is missing; model pro_rata needs a cycle_day (1 to 31) on the sub-service, its "
                "unit, its subscriber, a policy or the operator"}},
        BadRow{ImportTable::sub_services,
               "anna,,s0,net-100,active,2026-01-01,,,,pro_rata,5,threshold,\n",
               {"line 2: first_charge \"threshold\" cannot be charged like this; first_charge threshold needs a "
                "threshold_day (1 to 31) on the sub-service, its unit, its subscriber, a policy or the operator"}}));

TEST(Import, AQuoteThatIsNotClosedIsOneProblemWhateverItSwallows) {
    Import import;
    import.sub_services("anna,,s0,\"net-100,active,2026-01-10,,,,,,,\nanna,,s1,net-100,inactive,,,,,,,,\n");
    EXPECT_EQ(import.problems().size(), 1U);
}

TEST(Import, ACancelledSubServiceHasGivenItsDevicesBack) {
    Import import;
    import.sub_services(
        "anna,,s0,net-100,cancelled,,,,ont:SN-1@2,,,,\nanna,,s1,net-100,active,2026-01-10,2026-04-10,,ont:SN-1,,,,\n");
    EXPECT_TRUE(import.run().is_stored);
}

TEST(Import, SerialNumbersMayHoldColons) {
    Import import;
    import.sub_services("anna,,s0,net-100,active,2026-01-10,2026-04-10,static-ip*4;trench@2,ont:00:1A:2B@3,,,,\n");
    ASSERT_TRUE(import.run().is_stored);
    const auto op = import.store().operators().front();
    EXPECT_EQ(import.store().holder_of_serial(op.id, "00:1A:2B"), "anna/s0");
    const auto anna = import.store().find_subscriber(op.id, "anna");
    const auto account = import.store().find_account(*anna, "s0", date("2026-04-01"));
    const auto& items = account->sub_services.front().state.items;
    ASSERT_EQ(items.size(), 4U);
    EXPECT_EQ(items[1].quantity, 4);
    EXPECT_EQ(items[2].parts_charged, 2);
    EXPECT_EQ(items[3].parts_charged, 3);
}

TEST(Import, PartialImportsTheGoodRowsAndSetsTheBadOnesAsideWithTheirReasons) {
    Import import;
    import.subscribers("anna,Anna,,,,,,,,,\nbob,\"Bob, \"\"the\"\" builder\",,Poland,,,,,,,\ncleo,Cleo,,,,,,,,,\n");
    import.units("anna,flat,Flat,,,,\nbob,hut,Hut,,,,\ncleo,x,,,,,\n");
    import.sub_services(
        "anna,flat,s0,net-100,active,2026-01-10,2026-04-10,,,,,,\n"
        "bob,hut,s0,net-100,active,2026-01-10,2026-04-10,,,,,,\n"
        "cleo,x,s0,net-100,inactive,,,,,,,,\n"
        "cleo,,s1,net-100,inactive,,,,,,,,\n"
        "too,short\n");
    const auto report = import.run_partial();
    EXPECT_TRUE(report.is_stored);
    EXPECT_EQ(report.subscribers, 2);
    EXPECT_EQ(report.units, 1);
    EXPECT_EQ(report.sub_services, 2);
    EXPECT_EQ(report.bad_rows, (std::array<std::int64_t, 3>{1, 2, 3}));
    EXPECT_EQ(text_of_file(import.rejects("subscribers.csv")),
              "code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing,reason\n"
              "bob,\"Bob, \"\"the\"\" builder\",,Poland,,,,,,,,\"country \"\"Poland\"\" is not a country code; write "
              "two capital letters, for example PL, or nothing\"\n");
    EXPECT_EQ(
        text_of_file(import.rejects("units.csv")),
        "subscriber,code,name,model,cycle_day,first_charge,invoicing,reason\n"
        "bob,hut,Hut,,,,,\"subscriber \"\"bob\"\" was rejected itself (subscribers.csv, line 3); correct that row "
        "first\"\n"
        "cleo,x,,,,,,\"name is missing; name the flat, office or shop, for example Apt 101\"\n");
    EXPECT_EQ(text_of_file(import.rejects("sub_services.csv")),
              "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,"
              "invoicing,reason\n"
              "bob,hut,s0,net-100,active,2026-01-10,2026-04-10,,,,,,,\"subscriber \"\"bob\"\" was rejected itself "
              "(subscribers.csv, line 3); correct that row first\"\n"
              "cleo,x,s0,net-100,inactive,,,,,,,,,\"unit \"\"x\"\" was rejected itself (units.csv, line 4); correct "
              "that row first\"\n"
              "too,short,,,,,,,,,,,,\"has 2 fields, the header has 13; give each column a field, and put fields with a "
              "comma in quotes\"\n");
    const auto op = import.store().operators().front();
    EXPECT_FALSE(import.store().find_subscriber(op.id, "bob").has_value());
    EXPECT_TRUE(import.store().has_sub_service(import.store().find_subscriber(op.id, "cleo")->id, "s1"));
}

TEST(Import, AmountsBeyondAllBoundsAreAProblemOfTheirRow) {
    Import import;
    auto catalogue = text_of_file(metro / "operator.yaml");
    const std::string price = "'4.99'";
    catalogue.replace(catalogue.find(price), price.size(), "'90000000000000000'");
    import.folder().write("operator.yaml", catalogue);
    import.sub_services("anna,,s0,net-100,active,2026-01-10,2026-04-10,static-ip*1000000,,,,,\n");
    EXPECT_EQ(import.problems(), (std::vector<std::string>{"sub_services.csv, line 2: comes to an amount that is too "
                                                           "large; write smaller quantities or prices"}));
}

TEST(Import, ASerialNumberStaysWithTheFirstRowThatNamesIt) {
    Import import;
    import.sub_services(
        "anna,,s0,net-1,inactive,,,,ont:A,,,,\nanna,,s1,net-100,inactive,,,,ont:A,,,,\n"
        "anna,,s2,net-100,inactive,,,,ont:B,,,,\n");
    const auto report = import.run_partial();
    EXPECT_EQ(report.sub_services, 1);
    EXPECT_EQ(report.bad_rows[2], 2);
}

TEST(Import, AFileThatCannotBeReadIsNamed) {
    Import import;
    fs::remove(import.folder() / "units.csv");
    fs::create_directory(import.folder() / "units.csv");
    try {
        import.run();
        FAIL() << "a directory is no file";
    } catch (const std::runtime_error& failure) {
        EXPECT_NE(std::string(failure.what()).find("units.csv: the file cannot be read"), std::string::npos)
            << failure.what();
    }
    EXPECT_TRUE(import.store().operators().empty());
}

TEST(Import, ByteOrderMarksAndCrlfAreFine) {
    Import import;
    import.folder().write("subscribers.csv", "\xEF\xBB\xBF" +
                                                 subscriber_header.substr(0, subscriber_header.size() - 1) +
                                                 "\r\nanna,\"Anna\r\nNov\u00e1\",,,,,,,,,\r\n");
    ASSERT_TRUE(import.run().is_stored);
    EXPECT_EQ(import.store().find_subscriber(import.store().operators().front().id, "anna")->contact,
              "Anna\r\nNov\u00e1");
}

TEST(Import, RejectsAreNeverWrittenOverTheImport) {
    const Folder folder;
    EXPECT_THROW(serve::ImportFiles(folder.path(), folder.path() / "."), std::runtime_error);
    EXPECT_THROW(serve::ImportFiles(folder / "none", folder / "rejects"), std::runtime_error);
}

// Kilobytes that this process holds in memory.
std::int64_t resident_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmRSS:") {
            std::int64_t kb = 0;
            status >> kb;
            return kb;
        }
    return 0;
}

TEST(Import, AHundredThousandSubServicesTakeSecondsAndLittleMemory) {
    constexpr int subscribers = 50'000;
    Import files;
    {
        std::ofstream subscriber(files.folder() / "subscribers.csv");
        std::ofstream sub(files.folder() / "sub_services.csv");
        subscriber << subscriber_header;
        sub << sub_service_header;
        for (int i = 0; i < subscribers; ++i) {
            const auto code = "S" + std::to_string(1'000'000 + i);
            subscriber << code << ",Contact " << i << ",,PL,north,hill,residential,,,,\n";
            sub << code << ",,s0,net-100,active,2025-01-" << (10 + i % 19) << ",2026-04-" << (10 + i % 19)
                << ",static-ip,ont:ONT-" << i << "@2,,,,\n";
            sub << code << ",,s1,voip,active,2025-01-" << (10 + i % 19) << ",2026-04-" << (10 + i % 19) << ",,,,,,\n";
        }
    }
    fs::remove(files.folder() / "units.csv");
    const auto store = store::open_store("sqlite:" + (files.folder() / "large.db").string(), false);
    IdSource ids(1'700'000'000'000, 0);
    const auto setup = serve::read_operator_file((metro / "operator.yaml").string(), ids);
    serve::ImportFiles source(files.folder().path(), files.folder() / "rejects");
    const auto before_kb = resident_kb();
    std::int64_t peak_kb = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto report = import_operator(*store, ids, setup, source,
                                        {.as_of = date("2026-04-01"), .progress = [&](const app::ImportProgress&) {
                                             peak_kb = std::max(peak_kb, resident_kb());
                                         }});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(report.is_stored);
    EXPECT_EQ(report.sub_services, 2 * subscribers);
    EXPECT_EQ(report.items, 4 * subscribers);
    std::cout << "100,000 sub-services in " << seconds.count() << " s, " << (peak_kb - before_kb) / 1024
              << " MiB more than before\n";
    // The store's own cache may take 128 MiB of it.
    EXPECT_LT(peak_kb - before_kb, 300 * 1024);
    EXPECT_LT(seconds.count(), 120);
}

}  // namespace
}  // namespace sluice
