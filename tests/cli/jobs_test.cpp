// What is done by itself, seen and set from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class JobsFromOutside : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
};

TEST_F(JobsFromOutside, AreOffUntilTheyAreSwitchedOn) {
    const auto off = run("jobs");
    EXPECT_TRUE(has(off.out, "billing             off") && has(off.out, "collection          off") &&
                has(off.out, "--enable` switches it on"))
        << off.out;
    const auto on = run("jobs set billing --hour 3 --enable");
    EXPECT_EQ(on.status, 0) << on.err;
    EXPECT_TRUE(has(on.out, " 03:00 (") && has(on.out, "America/Chicago")) << on.out;
    EXPECT_TRUE(has(run("jobs").out, "billing             waiting"));
    EXPECT_TRUE(has(run("jobs set billing --disable").out, "not done by itself"));
    EXPECT_TRUE(has(run("jobs --json").out, "\"hour\": 3")) << "which is kept";
}

TEST_F(JobsFromOutside, ThatBillMayCompareTheirRuns) {
    const std::string said = "Its runs say what is different from the same dates before.";
    EXPECT_FALSE(has(run("jobs set billing --enable").out, said));
    EXPECT_TRUE(has(run("jobs set billing --compare").out, said));
    EXPECT_TRUE(has(run("jobs set billing --hour 5").out, said)) << "that is kept";
    EXPECT_FALSE(has(run("jobs set billing --no-compare").out, said));
    EXPECT_TRUE(has(run("jobs set billing --compare --no-compare").err, "exclude each other"));
    EXPECT_TRUE(has(run("jobs set collection --compare").err, "for billing alone"));
}

TEST_F(JobsFromOutside, AreDoneWhenAskedFor) {
    const auto done = run("jobs run billing");
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_TRUE(has(done.out, "billing is done for ") && has(done.out, "documents: ")) << done.out;
    EXPECT_TRUE(has(run("jobs").out, "documents: "));
    EXPECT_TRUE(has(run("jobs run billing").out, "documents: 0")) << "what is billed is billed";
    EXPECT_EQ(run("verify").status, 0);
}

TEST_F(JobsFromOutside, ThatDoNotFitAreToldHow) {
    EXPECT_TRUE(has(run("jobs run dunning").err, "there is no task \"dunning\"; there are: billing"));
    EXPECT_TRUE(has(run("jobs set billing").err, "say what is to be changed"));
    EXPECT_EQ(run("jobs set billing --hour 24 ").status, 2);
    EXPECT_TRUE(has(run("jobs set billing --enable --disable").err, "exclude each other"));
}

}  // namespace
}  // namespace sluice::test
