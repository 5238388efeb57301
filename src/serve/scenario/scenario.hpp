// A scenario file: an operator, a catalogue, a timeline of commands, and what must come out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/checkouts.hpp"
#include "app/set_up.hpp"
#include "serve/yaml/fields.hpp"

namespace sluice::serve {

struct Step {
    Date date;  // in the operator's zone
    int line;
    std::string path;     // "timeline[3].cancel"
    std::string refused;  // the code with which it is to be refused; empty: it is carried out
    std::function<app::CommandResult(app::Books&)> carry_out;
};

// One expected value; compared exactly, amounts by value.
struct Expected {
    std::string key;
    std::string value;
    bool is_amount;
    bool is_null = false;
    int line = 0;
};
struct ExpectedLine {
    int line;
    std::vector<Expected> values;
};
struct ExpectedDocument {
    int line;
    std::vector<Expected> values;
    std::optional<std::vector<std::string>> sub_services;
    std::optional<std::vector<ExpectedLine>> lines;
};
struct Expectation {
    std::optional<std::vector<ExpectedDocument>> documents;
    std::vector<Expected> balances;      // key: the subscriber's code
    std::vector<Expected> sub_services;  // key: their path; value: "active", "suspended for debt" …
    std::vector<Expected>
        pro_formas;  // key: the number; value: "open 40.00", "paid 40.00" …, of advance payments 40.00
    std::optional<std::vector<ExpectedLine>> charges;  // of saved cards, in order
    // Key: the subscriber's code or the sub-service's path; value: "top_up", "documents again on 2026-03-02", "top_up
    // above cap 140.00", "sub_service stopped: declined_for_good" …
    std::vector<Expected> automatic_payments;
};

struct Scenario {
    app::OperatorSetup setup;
    std::vector<Step> timeline;
    Date through;
    std::optional<Expectation> expect;
};

// Throws InputError: unknown keys and codes, bad dates, impossible amounts, commands out of order.
Scenario read_scenario(const std::string& text, IdSource& ids);

}  // namespace sluice::serve
