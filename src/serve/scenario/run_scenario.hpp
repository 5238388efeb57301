// Runs a scenario through the same commands and bill runs as everything else, on a store of its own.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "serve/scenario/scenario.hpp"

namespace sluice::serve {

// Where a scenario is played. A stage may hand out another store (the same, reopened) before each date.
class Stage {
public:
    virtual ~Stage() = default;
    virtual app::Store& store() = 0;
    // Called before each date on which something happens.
    virtual void before_date(Date) {}
    // How often each bill run is carried out; the second time adds nothing.
    virtual int bill_runs() const { return 1; }
};

struct ScenarioResult {
    customers::Operator op;
    catalog::Catalog catalog;
    Date through;
    std::vector<app::StoredDocument> documents;  // with lines, in order of date, then of issue
    std::vector<app::SubscriberBalance> balances;
    std::vector<app::ParkedAccount> parked;
    std::vector<std::pair<std::string, std::string>> sub_services = {};  // path, and state in words
    std::vector<std::pair<std::string, std::string>> pro_formas = {};    // number, and state with total
    std::vector<app::CheckoutRow> charges = {};                          // of saved cards, in order
    // The subscriber's code or the sub-service's path, and what it is in words.
    std::vector<std::pair<std::string, std::string>> automatic_payments = {};
};

// Throws InputError for a command that is refused: at which step, what and why.
ScenarioResult run_scenario(const Scenario& scenario, Stage& stage, const app::Hasher& hasher, IdSource& ids);

// Each difference between what came out and what is expected, as a sentence; empty when all holds.
std::vector<std::string> compare(const ScenarioResult& result, const Expectation& expectation);

// All that is told about it: `documents` and `balances` in the words of a scenario file, `text` with the same for
// people, and `differences` from what the scenario expects (null when it expects nothing).
boost::json::object simulation_json(const Scenario& scenario, const ScenarioResult& result);

}  // namespace sluice::serve
