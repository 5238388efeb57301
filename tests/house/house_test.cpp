// Reads every source below src/ and refuses what breaks the rules of the house. The second half plants wrongs and
// expects each of them to be found: a check that cannot fail checks nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "house/rules.hpp"

namespace sluice::house {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::vector<std::string> all_sources() {
    const fs::path root = fs::path(SLUICE_SOURCE_DIR) / "src";
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const auto extension = entry.path().extension();
        if (extension == ".cpp" || extension == ".hpp")
            files.push_back(fs::relative(entry.path(), root).generic_string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

TEST(House, EverySourceKeepsTheRules) {
    const auto files = all_sources();
    ASSERT_GT(files.size(), 40U) << "the sources are where the test looks for them";
    for (const auto& file : files)
        for (const auto& complaint : inspect(file, text_of(fs::path(SLUICE_SOURCE_DIR) / "src" / file)))
            ADD_FAILURE() << "src/" << complaint.file << ":" << complaint.line << ": " << complaint.what;
}

TEST(House, EveryFolderOfTheDomainSaysWhatItOwns) {
    for (const auto& entry : fs::directory_iterator(fs::path(SLUICE_SOURCE_DIR) / "src" / "domain"))
        EXPECT_TRUE(!entry.is_directory() || fs::exists(entry.path() / "README.md"))
            << entry.path().filename() << " has no README.md";
}

struct Planted {
    const char* file;
    const char* text;
};

class PlantedWrong : public testing::TestWithParam<Planted> {};

TEST_P(PlantedWrong, IsFound) {
    const auto [file, text] = GetParam();
    EXPECT_EQ(inspect(file, text).size(), 1U) << file << ": " << text;
}

INSTANTIATE_TEST_SUITE_P(
    Includes, PlantedWrong,
    testing::Values(Planted{"values/money.hpp", "#include \"domain/catalog/catalog.hpp\"\n"},
                    Planted{"values/money.cpp", "#include <boost/multiprecision/cpp_int.hpp>\n"},
                    Planted{"values/date.cpp", "#include <cctz/time_zone.h>\n"},
                    Planted{"values/zone.cpp", "#include <fmt/format.h>\n"},
                    Planted{"domain/catalog/catalog.hpp", "#include \"domain/charging/charge.hpp\"\n"},
                    Planted{"domain/invoicing/decide.cpp", "#  include \"domain/ledger/entry.hpp\"\n"},
                    Planted{"domain/unheard_of/x.cpp", "#include \"domain/catalog/catalog.hpp\"\n"},
                    Planted{"domain/charging/billing.cpp", "#include \"app/ports/store.hpp\"\n"},
                    Planted{"domain/charging/billing.cpp", "#include \"store/sql/rows.hpp\"\n"},
                    Planted{"domain/rating/rate.cpp", "#include <boost/json.hpp>\n"},
                    Planted{"domain/rating/rate.cpp", "#include <sqlite3.h>\n"},
                    Planted{"domain/rating/rate.cpp", "#include <thread>\n"},
                    Planted{"domain/rating/rate.cpp", "#include <chrono>\n"},
                    Planted{"app/bill.cpp", "#include \"store/sqlite/database.hpp\"\n"},
                    Planted{"app/bill.cpp", "#include \"serve/cli/table.hpp\"\n"},
                    Planted{"app/bill.cpp", "#include <yaml-cpp/yaml.h>\n"},
                    Planted{"store/sql/rows.cpp", "#include \"app/bill.hpp\"\n"},
                    Planted{"store/sql/rows.cpp", "#include \"connect/mail/mail.hpp\"\n"},
                    Planted{"connect/mail/mail.cpp", "#include \"store/sql/rows.hpp\"\n"},
                    Planted{"connect/mail/mail.cpp", "#include \"app/bill.hpp\"\n"},
                    Planted{"serve/cli/main_menu.cpp", "#include \"store/sqlite/database.hpp\"\n"},
                    Planted{"serve/cli/main_menu.cpp", "#include \"connect/mail/mail.hpp\"\n"},
                    Planted{"serve/cli/main_menu.cpp", "#include <sqlite3.h>\n"}));

INSTANTIATE_TEST_SUITE_P(
    Doors, PlantedWrong,
    testing::Values(Planted{"values/money.cpp", "double rate = 1;\n"},
                    Planted{"domain/rating/rate.cpp", "auto x = static_cast<float>(y);\n"},
                    Planted{"domain/rating/rate.cpp", "const auto today = Clock::now();\n"},
                    Planted{"app/bill.cpp", "const auto t = std::time(nullptr);\n"},
                    Planted{"store/sql/rows.cpp", "using std::chrono::system_clock;\n"},
                    Planted{"app/bill.cpp", "run(\"SELECT id FROM charges\");\n"},
                    Planted{"serve/cli/menu.cpp", "run(R\"(\n  INSERT INTO charges VALUES (1))\");\n"},
                    Planted{"domain/rating/rate.cpp", "run(\"a \\\" DELETE FROM charges\");\n"},
                    Planted{"main.cpp", "run(\"PRAGMA journal_mode=WAL\");\n"},
                    Planted{"store/sql/rows.cpp", "run(\"UPDATE x SET at = CURRENT_TIMESTAMP\");\n"},
                    Planted{"values/money.cpp", "const int n = 1'000; double rate = 'x';\n"}));

class Allowed : public testing::TestWithParam<Planted> {};

TEST_P(Allowed, IsNotComplainedAbout) {
    const auto [file, text] = GetParam();
    for (const auto& complaint : inspect(file, text)) ADD_FAILURE() << complaint.file << ": " << complaint.what;
}

INSTANTIATE_TEST_SUITE_P(
    House, Allowed,
    testing::Values(Planted{"values/zone.cpp", "#include <cctz/time_zone.h>\n#include \"values/zone.hpp\"\n"},
                    Planted{"domain/invoicing/decide.cpp", "#include \"domain/charging/billing.hpp\"\n"},
                    Planted{"domain/charging/billing_test.cpp",
                            "#include <gtest/gtest.h>\n#include \"support/x.hpp\"\n"},
                    Planted{"app/bill.cpp", "#include \"app/ports/store.hpp\"\n#include \"domain/ledger/entry.hpp\"\n"},
                    Planted{"store/sqlite/x.cpp", "#include <sqlite3.h>\nrun(\"SELECT id FROM charges\");\n"},
                    Planted{"serve/jobs/x.cpp", "const auto as_of = Clock::now();\n"},
                    Planted{"main.cpp", "#include \"store/sqlite/x.hpp\"\n#include \"serve/cli/x.hpp\"\n"},
                    Planted{"domain/rating/rate.cpp", "// A double rounding, SELECT, now() and #include <thread>\n"},
                    Planted{"domain/rating/rate.cpp", "/* float */ const char* s = \"double\"; int doubled = 0;\n"},
                    Planted{"domain/rating/rate.cpp", "const auto text = \"choose, then update the set\";\n"}));

TEST(House, ComplaintsNameTheLine) {
    const auto complaints = inspect("values/money.cpp", "int a;\n\nfloat b;\n");
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints.front().line, 3);
}

}  // namespace
}  // namespace sluice::house
