// Every scenario file, played over HTTP against one server, an operator for each: what is billed is what the file
// expects, so that it is the same code that bills, whoever asks.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "api/scenario_player.hpp"
#include "api/world.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::test {
namespace {

class ScenariosOverHttp : public OverHttp {
protected:
    static std::vector<std::filesystem::path> files() {
        std::vector<std::filesystem::path> all;
        for (const auto& entry : std::filesystem::directory_iterator(SLUICE_SOURCE_DIR "/tests/scenarios"))
            if (entry.path().extension() == ".yaml") all.push_back(entry.path());
        std::sort(all.begin(), all.end());
        return all;
    }
    // A server resumes what waited, and begins what was ordered, on the day on which it hears of the money, which lies
    // long after a scenario's. It has no gateway that answers what a scenario says (all files with cards have terms).
    static bool resumes(const std::filesystem::path& file) {
        const auto text = serve::read_text_file(file.string());
        return text.find("terms:") != std::string::npos || text.find("collect: {}") != std::string::npos ||
               text.find("place_order:") != std::string::npos;
    }
};

TEST_F(ScenariosOverHttp, GiveWhatTheirFilesExpect) {
    const auto all = files();
    ASSERT_GE(all.size(), 80U);
    std::size_t played = 0;
    for (const auto& file : all) {
        if (resumes(file)) continue;
        ++played;
        ScenarioPlayer player(platform(), file.string(), file.stem().string());
        player.play();
        for (const auto& difference : player.differences()) ADD_FAILURE() << file.filename() << ": " << difference;
        expect_sound_books(player.client());
    }
    EXPECT_EQ(all.size() - played, 15U);
    EXPECT_EQ(server_.stop(), 0);
    const auto verified = run_sluice("verify --db " + server_.store());
    EXPECT_EQ(verified.status, 0) << verified.out;
}

TEST_F(ScenariosOverHttp, AnExpectationThatIsWrongIsSeen) {
    auto text = serve::read_text_file(SLUICE_SOURCE_DIR "/tests/scenarios/01-greentower.yaml");
    text.replace(text.find("amount: 12.10"), 13, "amount: 12.11");
    text.replace(text.find("greentower: -234.52"), 19, "greentower: -234.51");
    const auto file = directory_.path() / "wrong.yaml";
    std::ofstream(file) << text;
    ScenarioPlayer player(platform(), file.string(), "wrong");
    player.play();
    const auto differences = player.differences();
    ASSERT_EQ(differences.size(), 2U);
    EXPECT_NE(differences[0].find("amount is 12.10, expected 12.11"), std::string::npos) << differences[0];
    EXPECT_NE(differences[1].find("balance of greentower"), std::string::npos) << differences[1];
}

}  // namespace
}  // namespace sluice::test
