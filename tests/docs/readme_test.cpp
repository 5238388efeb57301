// Runs the tour of README.md: each command of its console blocks, in order, in one directory of its own. What is
// printed below a command must come out of it: line by line, where "…" stands for anything.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace sluice::docs {
namespace {

namespace fs = std::filesystem;

struct Shown {
    std::string command;
    std::vector<std::string> output;
    int line;
};

std::vector<Shown> commands_of(const fs::path& page) {
    std::vector<Shown> found;
    std::ifstream text(page);
    bool in_block = false;
    int number = 0;
    for (std::string line; std::getline(text, line);) {
        ++number;
        if (line.starts_with("```"))
            in_block = line == "```console";
        else if (in_block && line.starts_with("$ "))
            found.push_back({line.substr(2), {}, number});
        else if (in_block && !found.empty())
            found.back().output.push_back(line);
    }
    return found;
}

struct Ran {
    int status;
    std::string output;
};

Ran run(const std::string& command, const fs::path& directory) {
    const std::string in_directory = "cd '" + directory.string() + "' && " + command;
    FILE* pipe = popen(in_directory.c_str(), "r");
    if (!pipe) return {-1, "popen failed"};
    Ran ran{};
    std::array<char, 4096> buffer;
    while (const auto read = fread(buffer.data(), 1, buffer.size(), pipe)) ran.output.append(buffer.data(), read);
    const int ended = pclose(pipe);
    ran.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    return ran;
}

// Whether `text` is `pattern`, in which each "…" stands for anything, line ends included.
bool matches(std::string_view text, std::string_view pattern) {
    static constexpr std::string_view anything = "…";
    const auto first = pattern.find(anything);
    if (first == std::string_view::npos) return text == pattern;
    if (!text.starts_with(pattern.substr(0, first))) return false;
    text.remove_prefix(first);
    pattern.remove_prefix(first + anything.size());
    const auto next = std::min(pattern.find(anything), pattern.size());
    if (next == pattern.size()) return text.ends_with(pattern);
    const auto literal = pattern.substr(0, next);
    for (auto at = text.find(literal); at != std::string_view::npos; at = text.find(literal, at + 1))
        if (matches(text.substr(at), pattern)) return true;
    return false;
}

std::string pattern_of(const Shown& shown) {
    std::string pattern;
    for (const auto& line : shown.output) pattern += line + "\n";
    return pattern;
}

// A directory with the files of the checkout that the tour names; gone at the end.
class Checkout {
public:
    Checkout() {
        auto name = (fs::temp_directory_path() / "sluice-tour-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
        path_ = name;
        fs::create_directory(path_ / "tests");
        fs::create_directory_symlink(fs::path(SLUICE_SOURCE_DIR) / "demo", path_ / "demo");
        fs::create_directory_symlink(fs::path(SLUICE_SOURCE_DIR) / "tests" / "scenarios",
                                     path_ / "tests" / "scenarios");
    }
    ~Checkout() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Checkout(const Checkout&) = delete;
    Checkout& operator=(const Checkout&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

TEST(Readme, ShowsWhatItsCommandsPrint) {
    const std::string path = fs::path(SLUICE_BINARY).parent_path().string() + ":" + std::getenv("PATH");
    setenv("PATH", path.c_str(), 1);
    unsetenv("SLUICE_DB");
    const auto tour = commands_of(fs::path(SLUICE_SOURCE_DIR) / "README.md");
    ASSERT_GT(tour.size(), 10U);
    const Checkout checkout;
    for (const auto& shown : tour) {
        const auto ran = run(shown.command, checkout.path());
        EXPECT_EQ(ran.status, 0) << "README.md:" << shown.line << ": " << shown.command << "\n" << ran.output;
        EXPECT_TRUE(matches(ran.output, pattern_of(shown)))
            << "README.md:" << shown.line << ": " << shown.command << "\nprints\n"
            << ran.output << "but the page shows\n"
            << pattern_of(shown);
    }
}

TEST(Readme, IsComparedLineByLine) {
    EXPECT_TRUE(matches("one\ntwo\nthree\n", "…\ntwo\n…\n"));
    EXPECT_TRUE(matches("one\ntwo\n", "one\ntwo\n"));
    EXPECT_TRUE(matches("{\"invoices\":0,\"lines\":0}\n", "…\"invoices\":0…\n"));
    EXPECT_TRUE(matches("anything\n", "…\n"));
    EXPECT_FALSE(matches("one\ntwo\nthree\n", "one\n…\nfour\n"));
    EXPECT_FALSE(matches("one\ntwo\n", "one\n"));
    EXPECT_FALSE(matches("one\n", ""));
}

}  // namespace
}  // namespace sluice::docs
