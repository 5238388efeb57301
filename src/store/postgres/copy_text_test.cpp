#include "store/postgres/copy_text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace sluice::store {
namespace {

TEST(CopyText, SaysEachKindOfCell) {
    const std::string bytes("\x00\xff\x7f", 3);
    const std::array<Cell, 4> cells{std::int64_t{-42}, Null{}, std::string_view("plain"), Bytes{bytes}};
    std::string text = "before\n";
    append_copy_row(text, cells);
    EXPECT_EQ(text, "before\n-42\t\\N\tplain\t\\\\x00ff7f\n");
}

TEST(CopyText, MarksWhatWouldEndAFieldOrARow) {
    const std::array<Cell, 2> cells{std::string_view("a\tb\nc\rd\\e"), std::string_view("\\N")};
    std::string text;
    append_copy_row(text, cells);
    EXPECT_EQ(text, "a\\tb\\nc\\rd\\\\e\t\\\\N\n");
}

TEST(CopyText, DecodesHexadecimalDigits) {
    EXPECT_EQ(decode_hex("00ff7fa0"), std::string("\x00\xff\x7f\xa0", 4));
    EXPECT_EQ(decode_hex(""), "");
}

}  // namespace
}  // namespace sluice::store
