// Runs the tour of README.md: each command of its console blocks, in order, in one shell and one directory of their
// own. What is printed below a command must come out of it: line by line, where "…" stands for anything.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
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

// One shell carries out all of them, as the reader's would: variables and servers in the background live on.
std::vector<Ran> run(const std::vector<Shown>& tour, const fs::path& directory) {
    const std::string mark = "=== done: ";
    const auto script = directory / "tour.sh";
    std::ofstream text(script);
    text << "trap 'kill $(jobs -p) 2>/dev/null' EXIT\n";
    for (const auto& shown : tour) text << shown.command << "\nprintf '%s%s\\n' '" << mark << "' $?\n";
    text.close();
    const auto command = "cd '" + directory.string() + "' && bash '" + script.string() + "'";
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return {};
    std::string output;
    std::array<char, 4096> buffer;
    while (const auto read = fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), read);
    pclose(pipe);
    std::vector<Ran> ran;
    for (std::size_t at = 0, end = 0; (end = output.find(mark, at)) != std::string::npos;) {
        const auto status = output.substr(end + mark.size(), output.find('\n', end) - end - mark.size());
        auto printed = output.substr(at, end - at);
        if (!printed.empty() && !printed.ends_with('\n')) printed += '\n';  // the page shows it as a line all the same
        ran.push_back({std::stoi(status), std::move(printed)});
        at = output.find('\n', end) + 1;
    }
    return ran;
}

// The page says 8080, which may be taken on this machine.
void use_port(std::vector<Shown>& tour, const std::string& port) {
    const auto replace = [&](std::string& text) {
        for (auto at = text.find("8080"); at != std::string::npos; at = text.find("8080", at))
            text.replace(at, 4, port);
    };
    for (auto& shown : tour) {
        replace(shown.command);
        for (auto& line : shown.output) replace(line);
    }
}

// Of the loopback, free at this moment.
std::string free_port() {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(listener);
    return bound ? std::to_string(ntohs(address.sin_port)) : "8080";
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
    for (const char* name : {"SLUICE_DB", "SLUICE_SERVER", "SLUICE_KEY"}) unsetenv(name);
    auto tour = commands_of(fs::path(SLUICE_SOURCE_DIR) / "README.md");
    ASSERT_GT(tour.size(), 20U);
    use_port(tour, free_port());
    const Checkout checkout;
    const auto ran = run(tour, checkout.path());
    ASSERT_EQ(ran.size(), tour.size());
    for (std::size_t i = 0; i < tour.size(); ++i) {
        const auto& shown = tour[i];
        EXPECT_EQ(ran[i].status, 0) << "README.md:" << shown.line << ": " << shown.command << "\n" << ran[i].output;
        EXPECT_TRUE(matches(ran[i].output, pattern_of(shown)))
            << "README.md:" << shown.line << ": " << shown.command << "\nprints\n"
            << ran[i].output << "but the page shows\n"
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
