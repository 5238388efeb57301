// A scenario is read, or refused by an InputError that says where: no other exception, no hanging, no damage.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "serve/scenario/scenario.hpp"

using namespace sluice;

namespace {

template <typename Work>
void read_or_refuse(std::string_view text, const Work& work) {
    try {
        work(std::string(text));
    } catch (const serve::InputError& error) {
        const auto lines = 1 + std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r');
        fuzz::must(error.what()[0] != '\0', "a refusal says what is wrong");
        fuzz::must(error.line() >= 0 && error.line() <= lines, "a refusal names a line of the file");
    }
}

bool in_order(const serve::Scenario& scenario) {
    return std::is_sorted(scenario.timeline.begin(), scenario.timeline.end(),
                          [](const auto& a, const auto& b) { return a.date < b.date; });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text(data, size);
    read_or_refuse(text, [](const std::string& yaml) { serve::parse_yaml(yaml); });
    read_or_refuse(text, [](const std::string& yaml) {
        IdSource ids(0, 0);
        fuzz::must(in_order(serve::read_scenario(yaml, ids)), "the steps of a scenario are in order");
    });
    return 0;
}
