// What came out of a scenario: as JSON, as a table, and compared with what was expected.
#include <algorithm>

#include "serve/api/encode.hpp"
#include "serve/cli/document_text.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"
#include "serve/scenario/run_scenario.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::string shown(const json::value* value) {
    if (!value || value->is_null()) return "nothing";
    if (const auto* text = value->if_string()) return std::string(*text);
    return json::serialize(*value);
}

// The difference between one expected value and what is there; empty when it holds.
std::string difference(const Expected& expected, const json::object& actual) {
    const auto* value = actual.if_contains(expected.key);
    const auto found = shown(value);
    const auto wanted = expected.is_null ? std::string("nothing") : expected.value;
    if (found == wanted) return {};
    const auto amount = Decimal::parse(found);
    if (expected.is_amount && amount && amount == Decimal::parse(wanted)) return {};
    return expected.key + " is " + found + ", expected " + wanted + " (line " + std::to_string(expected.line) + ")";
}

void compare_values(const std::vector<Expected>& expected, const json::object& actual, const std::string& where,
                    std::vector<std::string>& differences) {
    for (const auto& value : expected)
        if (auto text = difference(value, actual); !text.empty()) differences.push_back(where + text);
}

void compare_document(const ExpectedDocument& expected, const json::object& actual, const std::string& where,
                      std::vector<std::string>& differences) {
    compare_values(expected.values, actual, where, differences);
    if (expected.sub_services) {
        json::array wanted;
        for (const auto& code : *expected.sub_services) wanted.push_back(json::string(code));
        if (actual.at("sub_services") != json::value(wanted))
            differences.push_back(where + "sub_services is " + json::serialize(actual.at("sub_services")) +
                                  ", expected " + json::serialize(wanted));
    }
    if (!expected.lines) return;
    const auto& lines = actual.at("lines").as_array();
    if (lines.size() != expected.lines->size())
        differences.push_back(where + "has " + std::to_string(lines.size()) + " lines, expected " +
                              std::to_string(expected.lines->size()));
    for (std::size_t i = 0; i < std::min(lines.size(), expected.lines->size()); ++i)
        compare_values((*expected.lines)[i].values, lines[i].as_object(),
                       where + "line " + std::to_string(i + 1) + ": ", differences);
}

json::object charge_json(const app::CheckoutRow& row) {
    const auto& checkout = row.checkout;
    const auto or_nothing = [](const std::string& text) { return text.empty() ? json::value() : json::value(text); };
    return {{"date", checkout.automatic_on ? json::value(checkout.automatic_on->text()) : json::value()},
            {"subscriber", row.subscriber_code},
            {"document", or_nothing(row.document_number)},
            {"amount", checkout.quote.total.text()},
            {"state", app::name_of(checkout.state)},
            {"reason", or_nothing(checkout.reason)}};
}

void compare_charges(const std::vector<ExpectedLine>& expected, const std::vector<app::CheckoutRow>& charges,
                     std::vector<std::string>& differences) {
    if (charges.size() != expected.size())
        differences.push_back(std::to_string(charges.size()) + " charges, expected " + std::to_string(expected.size()));
    for (std::size_t i = 0; i < std::min(charges.size(), expected.size()); ++i)
        compare_values(expected[i].values, charge_json(charges[i]), "charge " + std::to_string(i + 1) + ": ",
                       differences);
}

// Documents with their lines, charges of saved cards and the balances, for people.
std::string text_of(const ScenarioResult& result) {
    std::string out;
    if (result.documents.empty()) out += "Nothing fell due up to " + result.through.text() + ": no documents.\n\n";
    for (const auto& document : result.documents)
        out += document_text(api::json_of(document, result.catalog, result.through)) + "\n";
    if (!result.charges.empty()) {
        Table charges({{"date"}, {"subscriber"}, {"for"}, {"amount", Table::Align::right}, {"state"}});
        for (const auto& row : result.charges) {
            const auto& checkout = row.checkout;
            charges.row(
                {checkout.automatic_on ? checkout.automatic_on->text() : "", row.subscriber_code,
                 row.document_number.empty() ? "top-up" : row.document_number, checkout.quote.total.text(),
                 std::string(app::name_of(checkout.state)) + (checkout.reason.empty() ? "" : ": " + checkout.reason)});
        }
        out += "Charges of saved cards\n" + charges.text("  ") + "\n";
    }
    Table table({{"subscriber"}, {"name"}, {"balance", Table::Align::right}, {""}});
    for (const auto& balance : result.balances)
        table.row(
            {balance.subscriber_code, balance.name, balance.balance.text(), std::string(result.op.currency.code())});
    out += "Balances on " + result.through.text() + " (negative: the subscriber owes)\n" + table.text("  ");
    return out;
}

}  // namespace

std::vector<std::string> compare(const ScenarioResult& result, const Expectation& expectation) {
    std::vector<std::string> differences;
    if (expectation.documents) {
        const auto& expected = *expectation.documents;
        if (expected.size() != result.documents.size())
            differences.push_back(std::to_string(result.documents.size()) + " documents, expected " +
                                  std::to_string(expected.size()));
        for (std::size_t i = 0; i < std::min(expected.size(), result.documents.size()); ++i) {
            const auto actual = document_json(result.documents[i], result.catalog, result.through);
            compare_document(
                expected[i], actual,
                "document " + std::to_string(i + 1) + " (" + shown(&actual.at("number")) + "): ", differences);
        }
    }
    json::object balances;
    for (const auto& balance : result.balances) balances[balance.subscriber_code] = balance.balance.text();
    compare_values(expectation.balances, balances, "balance of ", differences);
    json::object states;
    for (const auto& [path, state] : result.sub_services) states[path] = state;
    compare_values(expectation.sub_services, states, "state of ", differences);
    json::object pro_formas;
    for (const auto& [number, state] : result.pro_formas) pro_formas[number] = state;
    compare_values(expectation.pro_formas, pro_formas, "pro-forma ", differences);
    if (expectation.charges) compare_charges(*expectation.charges, result.charges, differences);
    json::object automatic;
    for (const auto& [whose, words] : result.automatic_payments) automatic[whose] = words;
    compare_values(expectation.automatic_payments, automatic, "automatic payment of ", differences);
    return differences;
}

json::object simulation_json(const Scenario& scenario, const ScenarioResult& result) {
    json::array documents;
    for (const auto& document : result.documents)
        documents.push_back(document_json(document, result.catalog, result.through));
    json::object balances;
    for (const auto& balance : result.balances) balances[balance.subscriber_code] = balance.balance.text();
    json::value differences = nullptr;
    if (scenario.expect) {
        differences = json::array();
        for (const auto& difference : compare(result, *scenario.expect))
            differences.as_array().push_back(json::string(difference));
    }
    return {{"documents", std::move(documents)},
            {"balances", std::move(balances)},
            {"text", text_of(result)},
            {"differences", std::move(differences)}};
}

}  // namespace sluice::serve
