// Bill runs that do not come to their end, and what they leave: the next run goes on from there, and in the end the
// documents are those of a run that nobody disturbed.
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>

#include "crash/crash.hpp"
#include "crash/small_disk.hpp"
#include "support/postgres_server.hpp"
#include "values/date.hpp"

namespace sluice::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
constexpr milliseconds patience{60'000};

std::vector<std::string> bill_command(Date through, const Place& at) {
    return {"bill", "--through", through.text(), "--db", at.address()};
}

// One store for all tests that nobody disturbs, billed as far as any of them needs. It is one of SQLite: the documents
// are the same whatever the store.
class Undisturbed {
public:
    static Documents documents(Date through) {
        static Undisturbed one;
        one.bill(through);
        auto documents = documents_of(one.place_);
        std::erase_if(documents, [&](const auto& named) { return named.second.date > through; });
        return documents;
    }

private:
    Undisturbed() { import_operators(place_); }
    void bill(Date through) const {
        const auto billed = run(bill_command(through, place_), directory_.path() / "log");
        EXPECT_EQ(billed.status, 0) << billed.said;
    }

    TemporaryDirectory directory_;
    Place place_{StoreKind::sqlite, directory_.path() / "store.db"};
};

class BillRun : public Crash {
protected:
    void SetUp() override {
        import_operators(*disturbed_);
        const auto began = steady_clock::now();
        bill();
        a_month_takes_ = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
        ++month_;
    }

    // The last day of the month that is billed.
    Date through() const { return Date::clamped(2026 * 12 + 3 + month_, 31); }
    void bill() const {
        const auto billed = run(bill_command(through(), *disturbed_), file("log"));
        ASSERT_EQ(billed.status, 0) << billed.said;
    }

    // Starts runs until `disturb` has disturbed so many of them: it returns when they have ended. A run that is faster
    // makes way for the next month.
    void disturb_runs(int times, const std::function<void(Program&)>& disturb) {
        int disturbed_midway = 0;
        for (int i = 0; i < times;) {
            const auto before = document_count(*disturbed_);
            Program billing(bill_command(through(), *disturbed_), file("log"));
            if (billing.ends_within(some_time(a_month_takes_ * 2 / 3))) {
                ASSERT_EQ(billing.wait(), 0) << billing.said();
                ++month_;
                continue;
            }
            disturb(billing);
            ++i;
            const auto after = document_count(*disturbed_);
            ASSERT_GE(after, before) << "what was billed stays billed";
            disturbed_midway += after > before;
            if (chance(1, 5) == 1) expect_sound_books(*disturbed_);
        }
        std::cout << times << " runs disturbed, " << disturbed_midway << " of them midway, through " << through().text()
                  << std::endl;
    }
    void expect_the_same_as_undisturbed() {
        bill();
        expect_sound_books(*disturbed_);
        expect_equal(documents_of(*disturbed_), Undisturbed::documents(through()));
    }

    std::unique_ptr<Place> disturbed_ = place("disturbed");
    int month_ = 0;  // April 2026
    milliseconds a_month_takes_{};
};

TEST_P(BillRun, KilledAgainAndAgainGivesTheDocumentsOfAnUndisturbedRun) {
    disturb_runs(kills(), [](Program& billing) { billing.kill_9(); });
    expect_the_same_as_undisturbed();
}

SLUICE_ON_EACH_STORE(BillRun);

class BillRunOnAFullDisk : public BillRun {
protected:
    std::uint64_t size_of_store() const {
        std::uintmax_t size = 0;
        for (const auto* suffix : {"", "-wal"})
            if (const auto path = file("disturbed.db") + suffix; std::filesystem::exists(path))
                size = std::max(size, std::filesystem::file_size(path));
        return size;
    }
};

TEST_P(BillRunOnAFullDisk, FailsClearlyAndGoesOnWhenThereIsSpace) {
    int failed = 0;
    for (int i = 0; i < kills(); ++i) {
        const auto before = document_count(*disturbed_);
        const auto billed = run(bill_command(through(), *disturbed_), file("log"),
                                static_cast<std::uint64_t>(chance(0, 4 << 20)) + (chance(0, 1) ? size_of_store() : 0));
        if (billed.status == 0) {
            ++month_;
            continue;
        }
        ++failed;
        EXPECT_EQ(billed.status, 3) << billed.said;
        EXPECT_NE(billed.said.find("sluice: "), std::string::npos) << billed.said;
        EXPECT_GE(document_count(*disturbed_), before);
        expect_sound_books(*disturbed_);
    }
    EXPECT_GT(failed, 0);
    expect_the_same_as_undisturbed();
}

INSTANTIATE_TEST_SUITE_P(Stores, BillRunOnAFullDisk, testing::Values(StoreKind::sqlite),
                         [](const auto&) { return "Sqlite"; });

// A PostgreSQL with all its files on a disk that is filled and makes space again. What does not fit fails: a table, and
// then the statement; or the log, and then the server, which recovers or gives up.
class BillRunOnAFullDiskOfPostgres : public BillRun {
protected:
    void SetUp() override {
        if (!SmallDisk::is_possible())
            GTEST_SKIP() << "filling a disk needs a small one, and only root can mount it: run this test as root";
        disk_ = std::make_unique<SmallDisk>(std::uint64_t{512} << 20);
        server_ = std::make_unique<PostgresServer>(disk_->path());
        disturbed_ = std::make_unique<Place>(*server_);
        BillRun::SetUp();
    }
    void TearDown() override { disturbed_.reset(); }

    std::unique_ptr<SmallDisk> disk_;
    std::unique_ptr<PostgresServer> server_;
};

TEST_P(BillRunOnAFullDiskOfPostgres, FailsClearlyAndGoesOnWhenThereIsSpace) {
    int failed = 0;
    int told_of_the_disk = 0;
    for (int i = 0; i < std::max(4, kills() / 3); ++i) {
        const auto before = document_count(*disturbed_);
        disk_->fill(static_cast<std::uint64_t>(chance(0, 4 << 20)));
        const auto billed = run(bill_command(through(), *disturbed_), file("log"));
        disk_->make_space();
        server_->recover();
        if (billed.status == 0) {
            ++month_;
            continue;
        }
        ++failed;
        EXPECT_EQ(billed.status, 3) << billed.said;
        const bool tells = billed.said.find("free some space") != std::string::npos;
        told_of_the_disk += tells;
        EXPECT_TRUE(tells || billed.said.find("the connection to the store was lost") != std::string::npos ||
                    billed.said.find("cannot reach the store") != std::string::npos)
            << billed.said;
        EXPECT_GE(document_count(*disturbed_), before);
        expect_sound_books(*disturbed_);
    }
    std::cout << failed << " runs failed, " << told_of_the_disk
              << " of them told of the disk, the others of a lost server" << std::endl;
    EXPECT_GT(failed, 0);
    expect_the_same_as_undisturbed();
}

INSTANTIATE_TEST_SUITE_P(Stores, BillRunOnAFullDiskOfPostgres, testing::Values(StoreKind::postgres),
                         [](const auto&) { return "Postgres"; });

// The database of another process, which may end while this one runs.
class BillRunWithoutItsServer : public BillRun {
protected:
    static PostgresServer& server() { return PostgresServer::shared(); }
    // It ends by itself, and says why; or it had come to its end.
    static void expect_a_clear_end(Program& billing) {
        ASSERT_TRUE(billing.ends_within(patience)) << billing.said();
        const auto status = billing.wait();
        EXPECT_TRUE(status == 3 || status == 0) << status << " " << billing.said();
        EXPECT_TRUE(status == 0 || billing.said().find("sluice: ") != std::string::npos) << billing.said();
    }
};

TEST_P(BillRunWithoutItsServer, GoesOnWhenTheKilledServerIsBack) {
    disturb_runs(std::max(2, kills() / 3), [](Program& billing) {
        server().kill_9();
        expect_a_clear_end(billing);
        server().start();
    });
    expect_the_same_as_undisturbed();
}

TEST_P(BillRunWithoutItsServer, GoesOnWhenItsBackendWasKilled) {
    disturb_runs(std::max(2, kills() / 3), [this](Program& billing) {
        server().kill_9_a_backend(disturbed_->address());
        expect_a_clear_end(billing);
        server().wait_until_it_answers();
    });
    expect_the_same_as_undisturbed();
}

INSTANTIATE_TEST_SUITE_P(Stores, BillRunWithoutItsServer, testing::Values(StoreKind::postgres),
                         [](const auto&) { return "Postgres"; });

}  // namespace
}  // namespace sluice::test
