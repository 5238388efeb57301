// Bill runs that do not come to their end.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class Interruption : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        ASSERT_EQ(sluice("import demo/metro-fiber --as-of 2026-04-01" + db()).status, 0);
    }

    // Two years are far more than the moment in which it is interrupted.
    pid_t start_billing() const {
        const auto store = "sqlite:" + file("store.db");
        const pid_t process = ::fork();
        if (process != 0) return process;
        const int out = ::open(file("run").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(out, STDERR_FILENO);
        ::execl(SLUICE_BINARY, SLUICE_BINARY, "bill", "--through", "2028-07-31", "--db", store.c_str(),
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    void wait_for_documents() const {
        for (int i = 0; i < 1'000 && !std::filesystem::exists(file("store.db-wal")); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    static int status_of(pid_t process) {
        int status = 0;
        ::waitpid(process, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
};

TEST_F(Interruption, CtrlCEndsARunAfterABatchAndTheNextOneGoesOn) {
    const auto process = start_billing();
    wait_for_documents();
    ::kill(process, SIGINT);
    EXPECT_EQ(status_of(process), 1);
    const auto said = read(file("run"));
    EXPECT_TRUE(has(said, "goes on from")) << said;
    EXPECT_TRUE(has(said, "Cancelled before its end")) << said;
    EXPECT_TRUE(has(said, "was cancelled")) << said;

    EXPECT_EQ(sluice("verify" + db()).status, 0);
    ASSERT_EQ(sluice("bill --through 2026-07-31" + db()).status, 0);
    // What was billed before and after the interruption is what one run gives.
    const auto documents = sluice("export documents" + db()).out;
    const auto expected = read(SLUICE_SOURCE_DIR "/demo/metro-fiber/expected.csv");
    const auto shorter = std::min(documents.size(), expected.size());
    EXPECT_EQ(documents.substr(0, shorter), expected.substr(0, shorter));
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(Interruption, AKilledRunIsNotTakenUpByTheNextCommand) {
    const auto process = start_billing();
    wait_for_documents();
    ::kill(process, SIGKILL);
    EXPECT_EQ(status_of(process), -SIGKILL);
    const auto documents = sluice("export documents" + db()).out;
    EXPECT_EQ(sluice("bill --through 2028-07-31 --dry-run" + db()).status, 0);
    EXPECT_EQ(sluice("export documents" + db()).out, documents);
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(Interruption, AFullDiskFailsTheRunAndLeavesTheBooksSound) {
    // No file may grow beyond two mebibytes, as if the disk were full.
    const auto full = sluice("bill --through 2026-07-31" + db(),
                             "bash -c 'ulimit -f 2048; trap \"\" XFSZ; exec timeout 60 \"$@\"' -");
    EXPECT_EQ(full.status, 3) << full.out << full.err;
    EXPECT_TRUE(has(full.err, "the bill run of metro failed")) << full.err;
    EXPECT_EQ(sluice("verify" + db()).status, 0);
    ASSERT_EQ(sluice("bill --through 2026-07-31" + db()).status, 0);
    EXPECT_EQ(sluice("export documents" + db()).out, read(SLUICE_SOURCE_DIR "/demo/metro-fiber/expected.csv"));
}

}  // namespace
}  // namespace sluice::test
