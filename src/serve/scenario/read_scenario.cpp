#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "serve/scenario/read_setup.hpp"
#include "serve/scenario/scenario.hpp"
#include "values/zone.hpp"

namespace sluice::serve {
namespace {

using app::CommandResult;
using app::Commands;
using app::ItemRequest;
using app::SubServicePath;
using catalog::ProductType;
using Action = std::function<CommandResult(Commands&)>;

class TimelineReader {
public:
    explicit TimelineReader(const app::OperatorSetup& setup) : setup_(setup), zone_(*Zone::named(setup.op.time_zone)) {}

    Step read(const Node& node, const std::string& path) {
        Fields fields(node, path);
        const Date date = read_date(fields);
        const auto* command = find_command(fields, node);
        Fields arguments(*fields.take(command->first), path + "." + command->first);
        Step step{.date = date, .line = arguments.line(), .path = arguments.path(), .carry_out = {}};
        step.carry_out = (this->*command->second)(arguments, date);
        arguments.done();
        fields.done();
        return step;
    }

private:
    using Reader = Action (TimelineReader::*)(Fields&, Date);
    using CommandTable = std::map<std::string, Reader>;

    static const CommandTable& commands() {
        using T = TimelineReader;
        static const CommandTable table{{"create_subscriber", &T::create_subscriber},
                                        {"create_unit", &T::create_unit},
                                        {"add_sub_service", &T::add_sub_service},
                                        {"import_sub_service", &T::import_sub_service},
                                        {"activate", &T::activate},
                                        {"suspend", &T::suspend},
                                        {"resume", &T::resume},
                                        {"exhaust_data", &T::exhaust_data},
                                        {"restore_data", &T::restore_data},
                                        {"cancel", &T::cancel},
                                        {"change_service", &T::change_service},
                                        {"add_add_on", &T::add_add_on},
                                        {"remove_add_on", &T::remove_add_on},
                                        {"attach_cpe", &T::attach_cpe},
                                        {"return_cpe", &T::return_cpe},
                                        {"change_price", &T::change_price},
                                        {"move_to_current_price", &T::move_to_current_price},
                                        {"record_payment", &T::record_payment}};
        return table;
    }

    const CommandTable::value_type* find_command(Fields& fields, const Node& node) {
        const CommandTable::value_type* command = nullptr;
        for (const auto& [key, value] : node.map) {
            if (key == "at") continue;
            const auto found = commands().find(key);
            if (found == commands().end()) fields.fail(key, "unknown command; known are: " + command_names());
            if (command) fields.fail(key, "a step has one command; make this one a step of its own");
            command = &*found;
        }
        if (!command) fields.fail("", "has no command; known are: " + command_names());
        if (!fields.take(command->first)) fields.fail(command->first, "has no arguments");
        return command;
    }

    static std::string command_names() {
        std::string names;
        for (const auto& [name, reader] : commands()) names += (names.empty() ? "" : ", ") + name;
        return names;
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

    std::string known_subscriber(Fields& fields, std::string_view key) {
        auto code = fields.code(key);
        if (!subscribers_.contains(code))
            fields.fail(key, "unknown subscriber \"" + code + "\"; no step above creates it");
        return code;
    }

    std::string known_product(Fields& fields, std::string_view key, ProductType type) {
        auto code = fields.code(key);
        check_product(code, type, fields.line_of(key), fields.path() + "." + std::string(key));
        return code;
    }

    void check_product(const std::string& code, ProductType type, int line, const std::string& path) {
        const auto& products = setup_.products;
        const bool known = std::any_of(products.begin(), products.end(),
                                       [&](const auto& p) { return p.type == type && p.code == code; });
        if (!known)
            throw InputError(
                line, path,
                "unknown " + std::string(catalog::name_of(type)) + " \"" + code + "\"; it is not in the catalog");
    }

    SubServicePath path_of(Fields& fields) {
        const auto text = fields.text("sub_service");
        const auto slash = text.find('/');
        if (slash == std::string::npos || !is_code(text.substr(0, slash)) || !is_code(text.substr(slash + 1)))
            fields.fail("sub_service", "\"" + text + "\" is no sub-service; write subscriber-code/sub-service-code");
        SubServicePath path{text.substr(0, slash), text.substr(slash + 1)};
        if (!sub_services_.contains(text))
            fields.fail("sub_service", "unknown sub-service \"" + text + "\"; no step above adds it");
        return path;
    }

    Action create_subscriber(Fields& fields, Date) {
        customers::Subscriber subscriber;
        subscriber.code = fields.code("code");
        subscriber.contact = fields.text_or("contact", "");
        subscriber.organization = fields.text_or("organization", "");
        subscriber.country = fields.text_or("country", "");
        subscriber.region = fields.text_or("region", "");
        subscriber.pop = fields.text_or("pop", "");
        subscriber.category = fields.text_or("category", "");
        subscriber.billing = billing_of(fields);
        subscribers_.insert(subscriber.code);
        return [subscriber](Commands& c) { return c.create_subscriber(subscriber); };
    }

    customers::BillingSettings billing_of(Fields& fields) {
        const auto* node = fields.take("billing");
        if (!node) return {};
        Fields settings(*node, fields.path() + ".billing");
        auto read = read_billing_settings(settings);
        settings.done();
        return read;
    }

    Action create_unit(Fields& fields, Date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        customers::Unit unit;
        unit.code = fields.code("code");
        unit.name = fields.text_or("name", unit.code);
        unit.billing = billing_of(fields);
        return [subscriber, unit](Commands& c) { return c.create_unit(subscriber, unit); };
    }

    ItemRequest read_item(const Node& node, const std::string& path, ProductType type, bool imported) {
        ItemRequest item;
        if (node.kind == Node::Kind::text) {
            item.code = node.text;
            check_product(item.code, type, node.line, path);
            return item;
        }
        Fields fields(node, path);
        item.code = known_product(fields, "code", type);
        item.quantity = fields.integer("quantity", 1, app::max_quantity).value_or(1);
        if (type == ProductType::cpe) item.serial = fields.text_or("serial", "");
        if (imported)
            item.installments_charged =
                static_cast<std::int32_t>(fields.integer("installments_charged", 0, 1200).value_or(0));
        fields.done();
        return item;
    }

    app::SubServiceRequest sub_service_request(Fields& fields, bool imported) {
        app::SubServiceRequest request;
        request.subscriber = known_subscriber(fields, "subscriber");
        request.code = fields.code("code");
        request.service = known_product(fields, "service", ProductType::service);
        if (fields.has("unit") && fields.take("unit")) request.unit = fields.code("unit");
        for (const auto& [path, node] : fields.take_list("add_ons"))
            request.add_ons.push_back(read_item(*node, path, ProductType::add_on, imported));
        for (const auto& [path, node] : fields.take_list("cpes"))
            request.cpes.push_back(read_item(*node, path, ProductType::cpe, imported));
        request.billing = billing_of(fields);
        sub_services_.insert(request.subscriber + "/" + request.code);
        return request;
    }

    Action add_sub_service(Fields& fields, Date date) {
        const auto request = sub_service_request(fields, false);
        return [date, request](Commands& c) { return c.add_sub_service(date, request); };
    }

    Action import_sub_service(Fields& fields, Date date) {
        const auto request = sub_service_request(fields, true);
        const auto status = fields.word<subscriptions::Status>(
            "status", {"inactive", "active", "suspended", "data_exhausted", "cancelled"});
        const charging::TakenOver taken_over{.status = status.value_or(subscriptions::Status::active),
                                             .activated_on = fields.date("activated_on"),
                                             .charged_to = fields.date("charged_to")};
        return [date, request, taken_over](Commands& c) { return c.import_sub_service(date, request, taken_over); };
    }

    Action activate(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.activate(date, path); };
    }
    Action suspend(Fields& fields, Date date) {
        const auto reason = fields.text_or("reason", "");
        return [date, reason, path = path_of(fields)](Commands& c) { return c.suspend(date, path, reason); };
    }
    Action resume(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.resume(date, path); };
    }
    Action exhaust_data(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.exhaust_data(date, path); };
    }
    Action restore_data(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.restore_data(date, path); };
    }

    Action cancel(Fields& fields, Date date) {
        const auto path = path_of(fields);
        charging::Cancellation how;
        how.at = fields.word<charging::CancelAt>("at", {"end_of_period", "now"}).value_or(how.at);
        how.credit = fields.boolean("credit").value_or(false);
        how.waive_installments = fields.boolean("waive_installments").value_or(false);
        return [date, path, how](Commands& c) { return c.cancel(date, path, how); };
    }

    Action change_service(Fields& fields, Date date) {
        const auto path = path_of(fields);
        const auto service = known_product(fields, "service", ProductType::service);
        const auto when =
            fields.word<charging::ChangeWhen>("when", {"now", "next_period"}).value_or(charging::ChangeWhen::now);
        return [date, path, service, when](Commands& c) { return c.change_service(date, path, service, when); };
    }

    Action add_add_on(Fields& fields, Date date) {
        const auto path = path_of(fields);
        ItemRequest item{.code = known_product(fields, "add_on", ProductType::add_on)};
        item.quantity = fields.integer("quantity", 1, app::max_quantity).value_or(1);
        return [date, path, item](Commands& c) { return c.add_item(date, path, ProductType::add_on, item); };
    }

    Action remove_add_on(Fields& fields, Date date) {
        const auto path = path_of(fields);
        const auto add_on = known_product(fields, "add_on", ProductType::add_on);
        const bool credit = fields.boolean("credit").value_or(false);
        const bool waive = fields.boolean("waive_installments").value_or(false);
        return [=](Commands& c) { return c.remove_add_on(date, path, add_on, credit, waive); };
    }

    Action attach_cpe(Fields& fields, Date date) {
        const auto path = path_of(fields);
        ItemRequest item{.code = known_product(fields, "cpe", ProductType::cpe)};
        item.serial = fields.text_or("serial", "");
        item.quantity = fields.integer("quantity", 1, app::max_quantity).value_or(1);
        return [date, path, item](Commands& c) { return c.add_item(date, path, ProductType::cpe, item); };
    }

    Action return_cpe(Fields& fields, Date date) {
        const auto path = path_of(fields);
        const auto serial = fields.text("serial");
        const bool credit = fields.boolean("credit").value_or(false);
        const bool waive = fields.boolean("waive_installments").value_or(false);
        return [=](Commands& c) { return c.return_cpe(date, path, serial, credit, waive); };
    }

    Action change_price(Fields& fields, Date date) {
        static constexpr std::array<std::pair<std::string_view, ProductType>, 3> types{
            {{"service", ProductType::service}, {"add_on", ProductType::add_on}, {"cpe", ProductType::cpe}}};
        const auto named = std::find_if(types.begin(), types.end(), [&](const auto& t) { return fields.has(t.first); });
        if (named == types.end()) fields.fail("", "needs a service, an add_on or a cpe");
        const auto type = named->second;
        const auto code = known_product(fields, named->first, type);
        const auto price = fields.decimal("price");
        return [date, type, code, price](Commands& c) { return c.change_price(date, type, code, price); };
    }

    Action move_to_current_price(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.move_to_current_price(date, path); };
    }

    Action record_payment(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto text = fields.text("amount");
        const auto amount = Money::parse(text, setup_.op.currency);
        if (!amount)
            fields.fail("amount", "\"" + text + "\" is no amount in " + std::string(setup_.op.currency.code()) +
                                      ", which has " + std::to_string(setup_.op.currency.minor_digits()) + " decimals");
        const auto method = fields.text_or("method", "");
        const auto reference = fields.text_or("reference", "");
        return [=](Commands& c) -> CommandResult {
            const auto paid = c.record_payment(date, subscriber, *amount, method, reference);
            if (!paid) return Refused{paid.refusal()};
            return Done{};
        };
    }

    const app::OperatorSetup& setup_;
    Zone zone_;
    std::optional<Date> latest_;
    std::set<std::string> subscribers_;
    std::set<std::string> sub_services_;
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
const Keys line_keys{{"sub_service", Holds::text}, {"item", Holds::text},       {"kind", Holds::text},
                     {"from", Holds::date},        {"to", Holds::date},         {"days", Holds::number},
                     {"of_days", Holds::number},   {"quantity", Holds::number}, {"unit_price", Holds::amount},
                     {"amount", Holds::amount},    {"net", Holds::amount},      {"tax", Holds::amount},
                     {"gross", Holds::amount},     {"installment", Holds::text}};

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
