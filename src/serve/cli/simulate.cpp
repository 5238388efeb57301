#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/scenario/run_scenario.hpp"

namespace sluice::serve {
namespace {

// A store in memory that is gone afterwards.
class ThrowAway final : public Stage {
public:
    explicit ThrowAway(const Parts& parts) : store_(parts.open_store("sqlite::memory:", false)) {}
    app::Store& store() override { return *store_; }

private:
    std::unique_ptr<app::Store> store_;
};

ScenarioResult run(Session& session, const Scenario& scenario) {
    ThrowAway stage(session.parts);
    auto result = run_scenario(scenario, stage, *session.parts.hasher, session.ids);
    if (!result.parked.empty()) {
        const auto& parked = result.parked.front();
        throw InputError(0, "",
                         "subscriber \"" + parked.subscriber_code + "\" could not be billed on " + parked.date.text() +
                             ": " + parked.reason);
    }
    return result;
}

int check_file(Session& session, const std::string& file) {
    const auto scenario = read_scenario(read_text_file(file), session.ids);
    if (!scenario.expect) throw InputError(0, "expect", "is missing, so there is nothing to check");
    const auto differences = compare(run(session, scenario), *scenario.expect);
    for (const auto& difference : differences) session.parts.out << file << ": " << difference << '\n';
    return static_cast<int>(differences.size());
}

}  // namespace

int simulate(Session& session, const SimulateOptions& options) {
    if (!options.check && options.files.size() > 1) throw BadInput("one FILE at a time, unless --check is given");
    if (options.check && options.json) throw BadInput("--check and --json do not go together");
    std::size_t differing = 0;
    int refused = 0;
    for (const auto& file : options.files) {
        try {
            if (options.check) {
                if (check_file(session, file) > 0) ++differing;
                continue;
            }
            const auto result = run(session, read_scenario(read_text_file(file), session.ids));
            session.parts.out << (options.json ? result_json(result) : result_table(result));
        } catch (const InputError& error) {
            session.parts.err << "sluice: " << error.text(file) << '\n';
            ++refused;
        }
    }
    if (refused > 0) return exit_bad_input;
    if (options.check)
        session.parts.out << options.files.size() << (options.files.size() == 1 ? " scenario, " : " scenarios, ")
                          << differing << " with differences\n";
    return differing > 0 ? exit_found_something : exit_done;
}

}  // namespace sluice::serve
