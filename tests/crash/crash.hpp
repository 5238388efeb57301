// What the tests share that kill: a directory, stores of each kind, chance, and what is in the books in words.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "api/running_server.hpp"
#include "crash/program.hpp"
#include "values/date.hpp"

namespace sluice::test {

enum class StoreKind { sqlite, postgres };
class PostgresServer;

// Where a store can be made; it is gone afterwards.
class Place {
public:
    Place(StoreKind kind, const std::filesystem::path& path_without_a_server);
    explicit Place(PostgresServer& server);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    const std::string& address() const { return address_; }

private:
    PostgresServer* server_;  // none
    std::string address_;
};

// SLUICE_CRASH_KILLS says how often each test kills, SLUICE_SEED chooses other moments.
int kills();
std::uint32_t seed();

class Crash : public testing::TestWithParam<StoreKind> {
protected:
    Crash();

    std::string file(const std::string& name) const { return (directory_.path() / name).string(); }
    std::unique_ptr<Place> place(const std::string& name) const;
    // Runs the program to its end on this store.
    Ended sluice(std::vector<std::string> arguments, const Place& at) const;
    void expect_sound_books(const Place& at) const;

    std::int64_t chance(std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>(from, to)(random_);
    }
    std::chrono::milliseconds some_time(std::chrono::milliseconds at_most) {
        return std::chrono::milliseconds(chance(0, at_most.count()));
    }

    std::mt19937 random_{seed()};
    TemporaryDirectory directory_;
};

// Imports two operators as demo/metro-fiber has one, with something due from 2026-04-01 on: 2,290 sub-services.
void import_operators(const Place& at);

// How many documents have been numbered.
std::int64_t document_count(const Place& at);
// Each document with its lines, in words and without ids, which may differ; by operator and number.
struct DocumentInWords {
    Date date;
    std::string text;
};
using Documents = std::map<std::string, DocumentInWords>;
Documents documents_of(const Place& at);  // also expects their numbers to have no gap
// The same documents to the letter.
void expect_equal(const Documents& documents, const Documents& expected);

#define SLUICE_ON_EACH_STORE(Suite)                                             \
    INSTANTIATE_TEST_SUITE_P(                                                   \
        Stores, Suite, testing::Values(StoreKind::sqlite, StoreKind::postgres), \
        [](const auto& kind) { return std::string(kind.param == StoreKind::sqlite ? "Sqlite" : "Postgres"); })

}  // namespace sluice::test
