#include <ostream>

#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"
#include "serve/scenario/run_scenario.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

// A store in memory that is gone afterwards.
class ThrowAway final : public Stage {
public:
    explicit ThrowAway(const Parts& parts) : store_(parts.open_store("sqlite::memory:", false)) {}
    app::Store& store() override { return *store_; }

private:
    std::unique_ptr<app::Store> store_;
};

// What POST /simulations answers, made here.
json::object run_here(Session& session, const std::string& text) {
    const auto scenario = read_scenario(text, session.ids);
    ThrowAway stage(session.parts);
    const auto result = run_scenario(scenario, stage, *session.parts.hasher, session.ids);
    if (!result.parked.empty()) {
        const auto& parked = result.parked.front();
        throw InputError(0, "",
                         "subscriber \"" + parked.subscriber_code + "\" could not be billed on " + parked.date.text() +
                             ": " + parked.reason);
    }
    return simulation_json(scenario, result);
}

// Prints the differences from what is expected; how many there are.
std::size_t check(std::ostream& out, const std::string& file, const json::object& simulation) {
    if (simulation.at("differences").is_null())
        throw InputError(0, "expect", "is missing, so there is nothing to check");
    const auto& differences = list_in(simulation, "differences");
    for (const auto& difference : differences) out << file << ": " << std::string_view(difference.as_string()) << '\n';
    return differences.size();
}

void print(std::ostream& out, const json::object& simulation, bool as_json) {
    if (as_json)
        out << pretty(json::object{{"documents", simulation.at("documents")}, {"balances", simulation.at("balances")}});
    else
        out << text_in(simulation, "text");
}

}  // namespace

int simulate(Session& session, const SimulateOptions& options) {
    if (!options.check && options.files.size() > 1) throw BadInput("one FILE at a time, unless --check is given");
    if (options.check && options.json) throw BadInput("--check and --json do not go together");
    session.where.fill_in(false);
    const auto server = session.where.server.empty() ? nullptr : open_client(session.parts, session.where);
    std::size_t differing = 0;
    int refused = 0;
    const auto refuse = [&](const std::string& message) {
        session.parts.err << "sluice: " << message << '\n';
        ++refused;
    };
    for (const auto& file : options.files) {
        try {
            const auto text = read_text_file(file);
            const auto simulation =
                server ? as_object(server->post("/api/v1/simulations", {}, json::object{{"scenario", text}}))
                       : run_here(session, text);
            if (!options.check)
                print(session.parts.out, simulation, options.json);
            else if (check(session.parts.out, file, simulation) > 0)
                ++differing;
        } catch (const InputError& error) {
            refuse(error.text(file));
        } catch (const BadInput& error) {
            refuse(file + ": " + error.what());
        }
    }
    if (refused > 0) return exit_bad_input;
    if (options.check)
        session.parts.out << options.files.size() << (options.files.size() == 1 ? " scenario, " : " scenarios, ")
                          << differing << " with differences\n";
    return differing > 0 ? exit_found_something : exit_done;
}

}  // namespace sluice::serve
