#include "serve/csv/csv_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "serve/csv/csv_writer.hpp"

namespace sluice::serve {
namespace {

using Fields = std::vector<std::string>;
using Rows = std::vector<Fields>;

Rows read_all(CsvReader reader) {
    Rows rows;
    while (const auto* row = reader.next()) {
        EXPECT_FALSE(row->fault.has_value()) << message(*row->fault);
        rows.emplace_back(row->fields.begin(), row->fields.end());
    }
    return rows;
}
Rows read_all(std::string_view text) { return read_all(CsvReader(text)); }

// "line: field|field" or "line: what is wrong on which line" of each row.
std::vector<std::string> tell(std::string_view text, const CsvLimits& limits = {}) {
    std::vector<std::string> told;
    CsvReader reader(text, limits);
    while (const auto* row = reader.next()) {
        auto line = std::to_string(row->line) + ":";
        for (const auto field : row->fields) line += (line.back() == ':' ? "" : "|") + std::string(field);
        if (row->fault)
            line = std::to_string(row->line) + " fault " + std::to_string(static_cast<int>(*row->fault)) + " on " +
                   std::to_string(row->fault_line);
        told.push_back(std::move(line));
    }
    return told;
}
std::string fault(std::int64_t line, CsvFault fault, std::int64_t on) {
    return std::to_string(line) + " fault " + std::to_string(static_cast<int>(fault)) + " on " + std::to_string(on);
}
using Told = std::vector<std::string>;

TEST(CsvReader, ReadsLinesThatEndWithLfCrlfOrTheFile) {
    EXPECT_EQ(read_all("a,b\nc,d\r\ne,f"), (Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}}));
    EXPECT_EQ(read_all("a\r"), (Rows{{"a"}}));
    EXPECT_EQ(read_all(""), Rows{});
    EXPECT_EQ(read_all("\n\r\n"), Rows{});
    EXPECT_EQ(read_all(",\n"), (Rows{{"", ""}}));
    EXPECT_EQ(read_all("a,"), (Rows{{"a", ""}}));
}

TEST(CsvReader, QuotedFieldsHoldCommasQuotesAndLineBreaks) {
    EXPECT_EQ(read_all("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\n\"\"\n"),
              (Rows{{"a,b", "say \"hi\"", "two\r\nlines"}, {""}}));
}

TEST(CsvReader, RowsCarryTheLineOnWhichTheyBegin) {
    EXPECT_EQ(tell("a\n\n\"b\nb\"\nc\n"), (Told{"1:a", "3:b\nb", "5:c"}));
}

TEST(CsvReader, AByteOrderMarkIsPassedOver) {
    EXPECT_EQ(read_all("\xEF\xBB\xBF"
                       "a,b\n"),
              (Rows{{"a", "b"}}));
    EXPECT_EQ(read_all("\xEF\xBB\xBF\"a\"\n"), (Rows{{"a"}}));
    EXPECT_EQ(read_all("\xEF\xBB\xBF"), Rows{});
}

TEST(CsvReader, AQuoteThatIsNotClosedIsNamedByItsLine) {
    EXPECT_EQ(tell("a,b\nc,\"d\ne,f\n"), (Told{"1:a|b", fault(2, CsvFault::quote_not_closed, 2)}));
    EXPECT_EQ(tell("\"a\nb\",\"c\n\n"), (Told{fault(1, CsvFault::quote_not_closed, 2)}));
}

TEST(CsvReader, GoesOnAfterAFaultyRow) {
    EXPECT_EQ(tell("a\"b\nc\n"), (Told{fault(1, CsvFault::quote_in_plain_field, 1), "2:c"}));
    EXPECT_EQ(tell("\"a\"b\nc\n"), (Told{fault(1, CsvFault::text_after_quote, 1), "2:c"}));
    EXPECT_EQ(tell("a\rb\nc\n"), (Told{fault(1, CsvFault::stray_carriage_return, 1), "2:c"}));
    EXPECT_EQ(tell(std::string_view("a\0b\nc\n", 6)), (Told{fault(1, CsvFault::nul_character, 1), "2:c"}));
}

TEST(CsvReader, RefusesWhatIsNotUtf8) {
    for (const std::string_view bad : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xF5\x80\x80\x80", "\xE2\x82", "a\xFF"})
        EXPECT_EQ(tell(std::string(bad) + "\nc\n"), (Told{fault(1, CsvFault::not_utf8, 1), "2:c"}));
    // The halves of a character in two fields make no whole.
    EXPECT_EQ(tell("\xC3,\xA9\n"), (Told{fault(1, CsvFault::not_utf8, 1)}));
    EXPECT_EQ(read_all("Zo\xC3\xAB,\xE2\x82\xAC,\xF0\x9F\x8F\xA0\n").front().size(), 3U);
}

TEST(CsvReader, LimitsHoldAndTheNextRowIsRead) {
    const CsvLimits limits{.field_bytes = 4, .row_bytes = 10, .columns = 4};
    EXPECT_EQ(tell("abcd\nabcde\nab\n", limits), (Told{"1:abcd", fault(2, CsvFault::field_too_long, 2), "3:ab"}));
    EXPECT_EQ(tell("abcd,abcd,abcd\nab\n", limits), (Told{fault(1, CsvFault::row_too_long, 1), "2:ab"}));
    EXPECT_EQ(tell("a,b,c,d\na,b,c,d,e,f\nab\n", limits),
              (Told{"1:a|b|c|d", fault(2, CsvFault::too_many_columns, 2), "3:ab"}));
}

TEST(CsvReader, AnEndlessFieldTakesNoMemory) {
    const std::string text = "\"" + std::string(10'000'000, 'x') + "\"\nb\n";
    std::istringstream in(text);
    CsvReader reader(in);
    const auto* row = reader.next();
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->fault, CsvFault::field_too_long);
    EXPECT_EQ(row->fields.front().size(), CsvLimits{}.field_bytes);
    row = reader.next();
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->fields.front(), "b");
    EXPECT_EQ(reader.next(), nullptr);
    EXPECT_EQ(reader.bytes_read(), static_cast<std::int64_t>(text.size()));
}

TEST(CsvReader, BordersOfBlocksChangeNothing) {
    // A block has 64 KiB: what decides is moved over its border byte by byte.
    for (std::size_t before = 64 * 1024 - 12; before <= 64 * 1024 + 1; ++before) {
        const std::string pad(before - 1, 'x');
        std::istringstream in(pad + "\n\"a\"\"\r\n,\"\r\n\xC3\xA9\n");
        CsvReader reader(in, {.field_bytes = 1 << 20});
        EXPECT_EQ(read_all(std::move(reader)), (Rows{{pad}, {"a\"\r\n,"}, {"\xC3\xA9"}}));
    }
}

TEST(CsvWriter, QuotesOnlyWhatNeedsThem) {
    std::ostringstream out;
    CsvWriter writer(out);
    writer.row({"a b", "", "it's", "1,5", "say \"hi\"", "two\nlines"});
    writer.row({""});
    EXPECT_EQ(out.str(), "a b,,it's,\"1,5\",\"say \"\"hi\"\"\",\"two\nlines\"\n\"\"\n");
}

TEST(CsvWriter, SaysWhenTheOutputTakesNoMore) {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    CsvWriter writer(out);
    EXPECT_THROW(writer.row({"a"}), std::runtime_error);
}

RC_GTEST_PROP(Csv, WhatIsWrittenIsReadBackAsItWas, ()) {
    const auto character = rc::gen::element<std::string>("a", "b", ",", "\"", "\n", "\r", " ", ";", "\xC3\xA9",
                                                         "\xEF\xBB\xBF", "\xF0\x9F\x8F\xA0");
    const auto field = rc::gen::map(rc::gen::container<std::vector<std::string>>(character), [](const auto& parts) {
        std::string text;
        for (const auto& part : parts) text += part;
        return text;
    });
    const auto rows = *rc::gen::container<Rows>(rc::gen::nonEmpty(rc::gen::container<Fields>(field)));
    std::ostringstream out;
    CsvWriter writer(out);
    for (const auto& row : rows) writer.row(std::vector<std::string_view>(row.begin(), row.end()));
    const auto text = out.str();
    RC_ASSERT(read_all(text) == rows);
    std::istringstream in(text);
    RC_ASSERT(read_all(CsvReader(in)) == rows);
}

RC_GTEST_PROP(Csv, AnyBytesAreReadToTheEnd, (const std::string& bytes)) {
    const CsvLimits limits{.field_bytes = 8, .row_bytes = 16, .columns = 4};
    CsvReader reader(std::string_view(bytes), limits);
    std::int64_t line = 0;
    while (const auto* row = reader.next()) {
        RC_ASSERT(row->line > line);
        RC_ASSERT(row->fields.size() <= limits.columns);
        line = row->line;
    }
    RC_ASSERT(reader.bytes_read() == static_cast<std::int64_t>(bytes.size()));
}

}  // namespace
}  // namespace sluice::serve
