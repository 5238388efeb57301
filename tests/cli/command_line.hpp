// The program from outside: what a person or a script sees of it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace sluice::test {

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

bool has(const std::string& text, const std::string& part);

// A directory of its own for each test, and the program.
class CommandLine : public testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    std::string file(const std::string& name) const { return (directory_ / name).string(); }
    std::string db() const { return " --db sqlite:" + file("store.db"); }
    static std::string read(const std::string& path);
    void write(const std::string& name, const std::string& text) const;

    // Runs the program in the source tree, with `arguments` as a shell would split them, and without what the machine's
    // environment says to it but for `environment`.  `input`: the file that is its standard input.
    Outcome sluice(const std::string& arguments, const std::string& environment = "",
                   const std::string& input = "/dev/null") const;

    void import_greentower(const std::string& where) const;
    void import_greentower() const { import_greentower(db()); }
    // An operator "op" with two subscribers: "bad" has an amount that no 64-bit number of minor units holds, "good"
    // goes on.
    std::string operator_with_a_bad_account() const;
    // Takes the cause away, by hand, in the store.
    static void mend(const std::string& store);

    std::filesystem::path directory_;
};

}  // namespace sluice::test
