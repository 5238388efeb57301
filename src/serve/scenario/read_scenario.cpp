#include <algorithm>
#include <set>

#include "serve/commands/read_command.hpp"
#include "serve/scenario/card_commands.hpp"
#include "serve/scenario/read_setup.hpp"
#include "serve/scenario/scenario.hpp"
#include "values/zone.hpp"

namespace sluice::serve {
namespace {

using catalog::ProductType;

// What the steps so far, and the catalogue, have made known.
class ScenarioCodes final : public KnownCodes {
public:
    explicit ScenarioCodes(const app::OperatorSetup& setup) : setup_(setup) {}

    void add_subscriber(const std::string& code) override { subscribers_.insert(code); }
    void add_sub_service(const std::string& path) override { sub_services_.insert(path); }
    void check_subscriber(const std::string& code, const Fields& fields, std::string_view key) override {
        if (!subscribers_.contains(code))
            fields.fail(key, "unknown subscriber \"" + code + "\"; no step above creates it");
    }
    void check_sub_service(const std::string& path, const Fields& fields) override {
        if (!sub_services_.contains(path))
            fields.fail("sub_service", "unknown sub-service \"" + path + "\"; no step above adds it");
    }
    void check_product(const std::string& code, ProductType type, int line, const std::string& path) override {
        const auto& products = setup_.products;
        const bool known = std::any_of(products.begin(), products.end(),
                                       [&](const auto& p) { return p.type == type && p.code == code; });
        if (!known)
            throw InputError(
                line, path,
                "unknown " + std::string(catalog::name_of(type)) + " \"" + code + "\"; it is not in the catalog");
    }

private:
    const app::OperatorSetup& setup_;
    std::set<std::string> subscribers_;
    std::set<std::string> sub_services_;
};

class TimelineReader {
public:
    explicit TimelineReader(const app::OperatorSetup& setup)
        : currency_(setup.op.currency), codes_(setup), zone_(*Zone::named(setup.op.time_zone)), cards_(zone_) {}

    Step read(const Node& node, const std::string& path) {
        Fields fields(node, path);
        const Date date = read_date(fields);
        const auto name = find_command(fields, node);
        Fields arguments(*fields.take(name), path + "." + name);
        auto carry_out = read_action(name, arguments, date);
        arguments.done();
        auto refused = fields.text_or("refused", "");
        fields.done();
        return {.date = date,
                .line = arguments.line(),
                .path = arguments.path(),
                .refused = std::move(refused),
                .carry_out = std::move(carry_out)};
    }

private:
    std::function<app::CommandResult(app::Books&)> read_action(const std::string& name, Fields& arguments, Date date) {
        if (CardCommands::is_command(name)) return cards_.read(name, arguments, date, codes_);
        return [command = read_command(name, arguments, date, currency_, codes_)](app::Books& books) {
            return command.carry_out(books.commands);
        };
    }

    static bool is_known(const std::string& name) { return is_command(name) || CardCommands::is_command(name); }
    static std::string known() { return command_names() + ", " + CardCommands::names(); }

    static std::string find_command(Fields& fields, const Node& node) {
        std::string command;
        for (const auto& [key, value] : node.map) {
            if (key == "at" || key == "refused") continue;
            if (!is_known(key)) fields.fail(key, "unknown command; known are: " + known());
            if (!command.empty()) fields.fail(key, "a step has one command; make this one a step of its own");
            command = key;
        }
        if (command.empty()) fields.fail("", "has no command; known are: " + known());
        if (!fields.take(command)) fields.fail(command, "has no arguments");
        return command;
    }

    // A civil date, or an instant that counts for the date that it is in the operator's zone.
    Date read_date(Fields& fields) {
        const auto at = fields.text("at");
        auto date = Date::parse(at);
        if (!date)
            if (const auto instant = parse_instant(at)) date = zone_.date_at(*instant);
        if (!date)
            fields.fail("at", "\"" + at + "\" is neither a date (2026-01-31) nor an instant (2026-01-31T23:30:00Z)");
        if (latest_ && *date < *latest_)
            fields.fail("at", date->text() + " lies before the step above (" + latest_->text() +
                                  "); put the steps in order of their dates");
        latest_ = date;
        return *date;
    }

    Currency currency_;
    ScenarioCodes codes_;
    Zone zone_;
    CardCommands cards_;
    std::optional<Date> latest_;
};

// What a key of `expect` holds.
enum class Holds { text, date, amount, truth, number };

Expected read_expected(Fields& fields, const std::string& key, Holds holds, Currency currency) {
    Expected expected{.key = key, .value = {}, .is_amount = holds == Holds::amount, .line = fields.line_of(key)};
    const auto* node = fields.take(key);
    if (!node) {
        expected.is_null = true;
        return expected;
    }
    if (node->kind != Node::Kind::text) fields.fail(key, "a single value is expected here");
    expected.value = node->text;
    if (holds == Holds::date && !Date::parse(node->text)) fields.fail(key, "\"" + node->text + "\" is no date");
    if (holds == Holds::truth) fields.boolean(key);
    if (holds == Holds::number) fields.integer(key, 0, 1'000'000'000);
    if (holds == Holds::amount) {
        const auto amount = Decimal::parse(node->text);
        if (!amount || (key != "unit_price" && amount->decimals() > currency.minor_digits()))
            fields.fail(key, "\"" + node->text + "\" is no amount in " + std::string(currency.code()));
        expected.value = amount->text();
    }
    return expected;
}

using Keys = std::vector<std::pair<std::string, Holds>>;

const Keys document_keys{{"number", Holds::text},   {"type", Holds::text},       {"date", Holds::date},
                         {"due", Holds::date},      {"subscriber", Holds::text}, {"unit", Holds::text},
                         {"currency", Holds::text}, {"state", Holds::text},      {"overdue", Holds::truth},
                         {"paid", Holds::amount},   {"net", Holds::amount},      {"tax", Holds::amount},
                         {"total", Holds::amount}};
const Keys line_keys{{"sub_service", Holds::text}, {"item", Holds::text},        {"kind", Holds::text},
                     {"from", Holds::date},        {"to", Holds::date},          {"days", Holds::number},
                     {"of_days", Holds::number},   {"quantity", Holds::number},  {"unit_price", Holds::amount},
                     {"amount", Holds::amount},    {"net", Holds::amount},       {"tax", Holds::amount},
                     {"gross", Holds::amount},     {"installment", Holds::text}, {"discount", Holds::text}};
const Keys charge_keys{{"date", Holds::date},     {"subscriber", Holds::text}, {"document", Holds::text},
                       {"amount", Holds::amount}, {"state", Holds::text},      {"reason", Holds::text}};

std::vector<Expected> read_all(Fields& fields, const Keys& keys, Currency currency) {
    std::vector<Expected> all;
    for (const auto& [key, holds] : keys)
        if (fields.has(key)) all.push_back(read_expected(fields, key, holds, currency));
    return all;
}

ExpectedDocument read_expected_document(const Node& node, const std::string& path, Currency currency) {
    Fields fields(node, path);
    ExpectedDocument document{.line = fields.line(), .values = read_all(fields, document_keys, currency)};
    if (fields.has("sub_services")) {
        document.sub_services.emplace();
        for (const auto& [at, element] : fields.take_list("sub_services"))
            document.sub_services->push_back(element->text);
    }
    if (fields.has("lines")) {
        document.lines.emplace();
        for (const auto& [at, element] : fields.take_list("lines")) {
            Fields line(*element, at);
            document.lines->push_back({line.line(), read_all(line, line_keys, currency)});
            line.done();
        }
    }
    fields.done();
    return document;
}

Expectation read_expectation(const Node& node, Currency currency) {
    Fields fields(node, "expect");
    Expectation expectation;
    if (fields.has("documents")) {
        expectation.documents.emplace();
        for (const auto& [path, document] : fields.take_list("documents"))
            expectation.documents->push_back(read_expected_document(*document, path, currency));
    }
    if (const auto* balances = fields.take("balances")) {
        Fields each(*balances, "expect.balances");
        for (const auto& [subscriber, value] : balances->map)
            expectation.balances.push_back(read_expected(each, subscriber, Holds::amount, currency));
    }
    if (const auto* states = fields.take("sub_services")) {
        Fields each(*states, "expect.sub_services");
        for (const auto& [path, value] : states->map)
            expectation.sub_services.push_back(read_expected(each, path, Holds::text, currency));
    }
    if (const auto* pro_formas = fields.take("pro_formas")) {
        Fields each(*pro_formas, "expect.pro_formas");
        for (const auto& [number, value] : pro_formas->map)
            expectation.pro_formas.push_back(read_expected(each, number, Holds::text, currency));
    }
    if (fields.has("charges")) {
        expectation.charges.emplace();
        for (const auto& [path, element] : fields.take_list("charges")) {
            Fields charge(*element, path);
            expectation.charges->push_back({charge.line(), read_all(charge, charge_keys, currency)});
            charge.done();
        }
    }
    if (const auto* automatic = fields.take("automatic_payments")) {
        Fields each(*automatic, "expect.automatic_payments");
        for (const auto& [whose, value] : automatic->map)
            expectation.automatic_payments.push_back(read_expected(each, whose, Holds::text, currency));
    }
    fields.done();
    return expectation;
}

}  // namespace

Scenario read_scenario(const std::string& text, IdSource& ids) {
    const Node root = parse_yaml(text);
    if (root.kind != Node::Kind::map)
        throw InputError(root.line, "", "a scenario has the keys operator, catalog, timeline, through");
    Fields file(root, "");
    auto setup = read_setup(file, ids);
    const auto through = file.date("through");
    if (!through) file.fail("through", "is missing; write the date up to which to bill");
    Scenario scenario{.setup = std::move(setup), .timeline = {}, .through = *through, .expect = std::nullopt};
    TimelineReader reader(scenario.setup);
    for (const auto& [path, step] : file.take_list("timeline")) {
        scenario.timeline.push_back(reader.read(*step, path));
        if (scenario.timeline.back().date > scenario.through)
            throw InputError(scenario.timeline.back().line, path,
                             "lies after `through` (" + scenario.through.text() + ")");
    }
    if (const auto* expect = file.take("expect"))
        scenario.expect = read_expectation(*expect, scenario.setup.op.currency);
    file.done();
    return scenario;
}

}  // namespace sluice::serve
