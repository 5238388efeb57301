// Every scenario file of this folder: it gives what it expects, on a store in memory in one go, and, byte for byte, on
// a file that is closed and reopened before every date, with every bill run repeated, and in a PostgreSQL database.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "serve/scenario/run_scenario.hpp"
#include "store/open_store.hpp"
#include "support/postgres_server.hpp"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> scenario_files() {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(SLUICE_SOURCE_DIR "/tests/scenarios"))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

class InMemory final : public serve::Stage {
public:
    app::Store& store() override { return *store_; }

private:
    std::unique_ptr<app::Store> store_ = store::open_store("sqlite::memory:", false);
};

class ReopenedBeforeEveryDate final : public serve::Stage {
public:
    explicit ReopenedBeforeEveryDate(const fs::path& file) : address_("sqlite:" + file.string()) {
        store_ = store::open_store(address_, false);
    }
    app::Store& store() override { return *store_; }
    void before_date(Date) override {
        store_.reset();
        store_ = store::open_store(address_, true);
    }
    int bill_runs() const override { return 2; }

private:
    std::string address_;
    std::unique_ptr<app::Store> store_;
};

// One database for all, empty at the beginning of each.
class InPostgres final : public serve::Stage {
public:
    InPostgres() {
        static const auto address = test::PostgresServer::forgetful().new_database();
        test::PostgresServer::forgetful().query(address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        store_ = store::open_store(address, false);
    }
    app::Store& store() override { return *store_; }

private:
    std::unique_ptr<app::Store> store_;
};

fs::path empty_directory(const std::string& name) {
    const auto directory = fs::temp_directory_path() / ("sluice-scenarios-" + std::to_string(::getpid())) / name;
    fs::remove_all(directory);
    fs::create_directories(directory);
    return directory;
}

class ScenarioFile : public testing::TestWithParam<std::string> {
protected:
    serve::ScenarioResult play(serve::Stage& stage) {
        scenario_ = serve::read_scenario(serve::read_text_file(GetParam()), ids_);
        return serve::run_scenario(*scenario_, stage, *hasher_, ids_);
    }

    IdSource ids_{1'700'000'000'000, 1};
    std::unique_ptr<app::Hasher> hasher_ = connect::sha256_hasher();
    std::optional<serve::Scenario> scenario_;
};

TEST_P(ScenarioFile, GivesWhatItExpectsHoweverItIsBilledAndStoredAndTheBooksAreSound) {
    InMemory in_memory;
    const auto result = play(in_memory);
    ASSERT_TRUE(scenario_->expect.has_value() && scenario_->expect->documents.has_value());
    EXPECT_EQ(serve::compare(result, *scenario_->expect), std::vector<std::string>{});
    EXPECT_TRUE(result.parked.empty());
    for (const auto& finding : app::verify(in_memory.store(), *hasher_, result.op).findings)
        ADD_FAILURE() << finding.where << ": " << finding.message << " [" << finding.code << "]";

    const auto directory = empty_directory(fs::path(GetParam()).stem().string());
    ReopenedBeforeEveryDate reopened(directory / "store.db");
    EXPECT_EQ(serve::simulation_json(*scenario_, play(reopened)), serve::simulation_json(*scenario_, result));
    fs::remove_all(directory);

    InPostgres in_postgres;
    EXPECT_EQ(serve::simulation_json(*scenario_, play(in_postgres)), serve::simulation_json(*scenario_, result));
    for (const auto& finding : app::verify(in_postgres.store(), *hasher_, result.op).findings)
        ADD_FAILURE() << finding.where << ": " << finding.message << " [" << finding.code << "]";
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioFile, testing::ValuesIn(scenario_files()), [](const auto& file) {
    auto name = fs::path(file.param).stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
});

TEST(ScenarioFiles, AreAtLeastForty) { EXPECT_GE(scenario_files().size(), 40U); }

TEST(ScenarioFiles, AnExpectationThatIsWrongIsSeen) {
    IdSource ids(1'700'000'000'000, 1);
    const auto hasher = connect::sha256_hasher();
    auto text = serve::read_text_file(SLUICE_SOURCE_DIR "/tests/scenarios/01-greentower.yaml");
    const auto at = text.find("amount: 12.10");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 13, "amount: 12.11");
    const auto scenario = serve::read_scenario(text, ids);
    InMemory stage;
    const auto differences = serve::compare(serve::run_scenario(scenario, stage, *hasher, ids), *scenario.expect);
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_NE(differences.front().find("amount is 12.10, expected 12.11"), std::string::npos) << differences.front();
}

}  // namespace
}  // namespace sluice
