// Scenarios on a throw-away store.
#include "serve/api/handlers.hpp"
#include "serve/scenario/run_scenario.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::size_t max_steps = 10'000;
constexpr std::chrono::seconds max_time{20};

class TooSlow {};

// A store in memory, gone afterwards; it looks at the time before each date.
class ThrowAway final : public Stage {
public:
    explicit ThrowAway(const EngineParts& parts)
        : store_(parts.open_store("sqlite::memory:", false)), end_(std::chrono::steady_clock::now() + max_time) {}
    app::Store& store() override { return *store_; }
    void before_date(Date) override {
        if (std::chrono::steady_clock::now() > end_) throw TooSlow{};
    }

private:
    std::unique_ptr<app::Store> store_;
    std::chrono::steady_clock::time_point end_;
};

InputError in_scenario(const InputError& error) {
    return {0, "scenario",
            (error.line() > 0 ? "line " + std::to_string(error.line()) + ": " : "") +
                (error.key().empty() ? "" : error.key() + ": ") + error.what()};
}

http::Response simulate(Desk& desk) {
    const std::string text(desk.call().body.as_object().at("scenario").as_string());
    const auto& parts = desk.engine().parts();
    IdSource ids(0, parts.node);  // for things that are thrown away
    try {
        const auto scenario = read_scenario(text, ids);
        if (scenario.timeline.size() > max_steps)
            throw InputError(0, "timeline", "has more than " + std::to_string(max_steps) + " steps");
        ThrowAway stage(parts);
        const auto result = run_scenario(scenario, stage, *parts.hasher, ids);
        if (!result.parked.empty())
            throw InputError(0, "",
                             "subscriber \"" + result.parked.front().subscriber_code +
                                 "\" could not be billed: " + result.parked.front().reason);
        return ok(simulation_json(scenario, result));
    } catch (const InputError& error) {
        throw invalid_request(in_scenario(error));
    } catch (const TooSlow&) {
        throw Problem(422, "too_large",
                      "the scenario takes longer than " + std::to_string(max_time.count()) +
                          " seconds; make it smaller, or run it with `sluice simulate`");
    }
}

}  // namespace

void add_simulations(Handlers& handlers) { handlers["simulate"] = {Runs::in_pool, simulate, false}; }

}  // namespace sluice::serve::api
