#include "app/import_records.hpp"

#include <gtest/gtest.h>

#include "app/import_directory.hpp"
#include "app/import_items.hpp"
#include "support/shop.hpp"

namespace sluice::app {
namespace {

using catalog::ProductType;
using Fields = std::vector<std::string_view>;
using Told = std::vector<std::string>;

constexpr std::array<std::string_view, 2> columns{"cpes", "note"};

// One row with those two columns.
class Row {
public:
    Row(std::string_view cpes, std::string_view note) : fields_{cpes, note}, reader_("file.csv", columns) {
        const Fields header(columns.begin(), columns.end());
        EXPECT_TRUE(reader_.read_header({.line = 1, .fields = header}));
        EXPECT_TRUE(reader_.start({.line = 7, .fields = fields_}));
    }
    ImportRowReader* operator->() { return &reader_; }
    ImportRowReader& operator*() { return reader_; }
    Told problems() const {
        Told told;
        for (const auto& problem : reader_.problems()) told.push_back(text_of(problem));
        return told;
    }

private:
    Fields fields_;
    ImportRowReader reader_;
};

Told read_cpes(support::Shop& shop, std::string_view text) {
    Row row(text, "");
    Told told;
    for (const auto& item : read_items(*row, "cpes", ProductType::cpe, shop.catalog, support::date("2026-04-01")))
        told.push_back(item.code + " " + item.serial + " " + std::to_string(item.quantity) + " " +
                       std::to_string(item.installments_charged));
    return row.problems().empty() ? told : row.problems();
}

TEST(ImportItems, EntriesHoldCodeSerialQuantityAndInstallments) {
    support::Shop shop;
    shop.installments("ont", "60", 6);
    EXPECT_EQ(read_cpes(shop, ""), Told{});
    EXPECT_EQ(read_cpes(shop, "ont;ont:SN-1;ont*3;ont@6;ont:SN-2*1@2"),
              (Told{"ont  1 0", "ont SN-1 1 0", "ont  3 0", "ont  1 6", "ont SN-2 1 2"}));
}

TEST(ImportItems, TheLongestCodeOfTheCatalogueWins) {
    support::Shop shop;
    shop.installments("ont", "60", 6);
    shop.installments("ont:outdoor", "90", 6);
    EXPECT_EQ(read_cpes(shop, "ont:outdoor;ont:outdoor:AA:BB@1;ont:AA:BB"),
              (Told{"ont:outdoor  1 0", "ont:outdoor AA:BB 1 1", "ont AA:BB 1 0"}));
}

TEST(ImportItems, WhatStandsInTheWrongOrderIsNoNumber) {
    support::Shop shop;
    shop.installments("ont", "60", 6);
    EXPECT_EQ(read_cpes(shop, "ont@2*4"),
              (Told{"file.csv, line 7: cpes \"ont@2*4\" has no proper number of instalments charged; write @ and a "
                    "whole number of 0 to 6"}));
    EXPECT_EQ(read_cpes(shop, "ont*-1").size(), 1U);
    EXPECT_EQ(read_cpes(shop, ":SN-1").size(), 1U);
    EXPECT_EQ(read_cpes(shop, "ont*99999999999999999999").size(), 1U);
}

TEST(ImportItems, WhatHasNoPriceYetIsNotSold) {
    support::Shop shop;
    shop.catalog.add({.id = shop.ids.next<catalog::ProductId>(), .type = ProductType::cpe, .code = "soon"});
    EXPECT_EQ(read_cpes(shop, "soon"),
              (Told{"file.csv, line 7: cpes \"soon\" has no price on 2026-04-01; give it a price from that date on"}));
}

TEST(ImportRow, CharactersAreCountedNotBytes) {
    Row row("", "éèê");
    row->short_text("note", 3);
    EXPECT_TRUE(row->is_good());
    row->short_text("note", 2);
    EXPECT_EQ(row.problems(), Told{"file.csv, line 7: note \"éèê\" has 3 characters; write at most 2"});
}

TEST(ImportRow, LongValuesAreShownInOneLineCutBetweenCharacters) {
    const std::string value = "a\nb\t" + std::string(75, 'x') + "é and more";
    Row row("", value);
    row->complain("note", "is long", "");
    EXPECT_EQ(row.problems(), Told{"file.csv, line 7: note \"a\\nb\\t" + std::string(75, 'x') + "…\" is long"});
}

TEST(ImportRow, CodesAndCounts) {
    EXPECT_TRUE(is_import_code("Apt-1.2_3:B"));
    EXPECT_TRUE(is_import_code(std::string(64, 'x')));
    for (const std::string& bad :
         {std::string(), std::string(65, 'x'), std::string("a b"), std::string("é"), std::string("a/b")})
        EXPECT_FALSE(is_import_code(bad)) << bad;
    EXPECT_EQ(parse_count("007"), 7);
    EXPECT_EQ(parse_count("999999999999999"), 999'999'999'999'999);
    for (const auto* bad : {"", "-1", "+1", "1.0", " 1", "1000000000000000"}) EXPECT_FALSE(parse_count(bad)) << bad;
}

TEST(ImportDirectory, RemembersTheFirstRowOfACode) {
    ImportDirectory directory;
    for (int i = 0; i < 10'000; ++i) {
        const auto added = directory.add("code-" + std::to_string(i), i);
        ASSERT_TRUE(added.is_new);
        added.entry.id = 2 * i;
    }
    const auto again = directory.add("code-77", 20'000);
    EXPECT_FALSE(again.is_new);
    EXPECT_EQ(again.entry.line, 77);
    EXPECT_EQ(directory.find("code-9999")->id, 19'998);
    EXPECT_EQ(directory.find("code-10000"), nullptr);
}

}  // namespace
}  // namespace sluice::app
