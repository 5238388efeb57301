// Whatever the scenarios do to an operator's accounts: what is stored in the end verifies without a finding, and each
// line explains itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/explain.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "serve/scenario/run_scenario.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> scenario_files() {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(fs::path(SLUICE_SOURCE_DIR) / "tests" / "scenarios"))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().stem().string());
    std::sort(files.begin(), files.end());
    return files;
}

class InMemory final : public serve::Stage {
public:
    InMemory() : store_(store::open_store("sqlite::memory:", false)) {}
    app::Store& store() override { return *store_; }

private:
    std::unique_ptr<app::Store> store_;
};

class VerifyScenario : public testing::TestWithParam<std::string> {};

TEST_P(VerifyScenario, FindsNothingWrong) {
    std::ostringstream text;
    text << std::ifstream(fs::path(SLUICE_SOURCE_DIR) / "tests" / "scenarios" / (GetParam() + ".yaml")).rdbuf();
    IdSource ids(1'700'000'000'000, 0);
    const auto scenario = serve::read_scenario(text.str(), ids);
    InMemory stage;
    const auto hasher = connect::sha256_hasher();
    const auto result = serve::run_scenario(scenario, stage, *hasher, ids);
    ASSERT_TRUE(result.parked.empty()) << result.parked.front().reason;

    const auto op = stage.store().operators().front();
    const auto report = app::verify(stage.store(), *hasher, op);
    EXPECT_EQ(report.documents, static_cast<std::int64_t>(result.documents.size()));
    for (const auto& [code, where, message] : report.findings)
        ADD_FAILURE() << code << " at " << where << ": " << message;
    for (const auto& document : result.documents)
        for (const auto& line : document.document.lines) {
            const auto explanation = app::explain(stage.store(), op, stage.store().find_line(line.charge.id).value());
            EXPECT_TRUE(explanation.agrees) << app::text(explanation);
        }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, VerifyScenario, testing::ValuesIn(scenario_files()), [](const auto& file) {
    std::string name = file.param;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
});

}  // namespace
}  // namespace sluice::contract
