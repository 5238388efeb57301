// Every link of a page to a file of the checkout leads somewhere.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace sluice::docs {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> pages() {
    const fs::path root(SLUICE_SOURCE_DIR);
    std::vector<fs::path> found;
    for (const char* page : {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"}) found.push_back(root / page);
    for (const char* folder : {"docs", "src", "demo", "tests"})
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".md") found.push_back(entry.path());
    return found;
}

std::vector<std::string> links_of(const fs::path& page) {
    std::ostringstream text;
    text << std::ifstream(page).rdbuf();
    const std::string words = text.str();
    static const std::regex link(R"(\]\(([^)#\s]+)(#[^)]*)?\))");
    std::vector<std::string> found;
    for (std::sregex_iterator match(words.begin(), words.end(), link), end; match != end; ++match)
        found.push_back((*match)[1]);
    return found;
}

TEST(Pages, LinkToWhatIsThere) {
    std::size_t links = 0;
    for (const auto& page : pages())
        for (const auto& link : links_of(page)) {
            ++links;
            if (link.find("://") != std::string::npos) continue;
            EXPECT_TRUE(fs::exists(page.parent_path() / link)) << page << " links to " << link;
        }
    EXPECT_GT(links, 10U) << "links are found where they are";
}

}  // namespace
}  // namespace sluice::docs
