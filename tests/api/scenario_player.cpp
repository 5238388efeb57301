#include "api/scenario_player.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "serve/yaml/node.hpp"
#include "values/decimal.hpp"
#include "values/zone.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;
using serve::Node;

const std::set<std::string> whole_numbers{
    "quantity", "cycle_day", "threshold_day", "installments",           "due_days", "installments_charged", "line",
    "periods",  "priority",  "max_uses",      "max_uses_per_subscriber"};
const std::set<std::string> truths{"credit", "waive_installments", "included", "credit_suspension", "automatic"};
const std::set<std::string> amounts{"price", "setup_fee", "amount", "fee", "fixed"};
// Commands on one payment or document: the resource that they make under it.
const std::map<std::string, std::string> on_payments{{"refund", "refunds"}, {"charge_back", "charge-backs"}};
const std::map<std::string, std::string> on_documents{{"credit_note", "credit-notes"}, {"write_off", "write-offs"}};

const Node* find(const Node& node, std::string_view key) {
    for (const auto& [name, value] : node.map)
        if (name == key) return &value;
    return nullptr;
}

// Calendars repeat after 28 years, leap days and weekdays alike.
constexpr int cycle_of_calendars = 28;

std::string today() {
    const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    return Zone::named("UTC")->date_at(now).text();
}

}  // namespace

ScenarioPlayer::ScenarioPlayer(const Client& platform, const std::string& file, const std::string& code)
    : client_(platform.for_operator(code)), code_(code), file_(file) {}

// Commands do not count for the future: a scenario that lies there is played 28 years earlier.
std::string ScenarioPlayer::shifted(std::string text) const {
    if (years_back_ == 0) return text;
    static const std::regex year("(^|-)((19|20)[0-9]{2})(-[0-9]{2}-[0-9]{2}$|-[0-9]{6}$)");
    std::smatch found;
    if (!std::regex_search(text, found, year)) return text;
    return found.prefix().str() + found[1].str() + std::to_string(std::stoi(found[2]) - years_back_) + found[4].str();
}

std::string ScenarioPlayer::date_of(const std::string& at) const {
    const auto instant = parse_instant(at);
    return shifted(instant ? Zone::named(time_zone_)->date_at(*instant).text() : at);
}

json::value ScenarioPlayer::json_of(const Node& node, const std::string& key) const {
    if (node.kind == Node::Kind::map) return object_of(node);
    if (node.kind == Node::Kind::list) {
        json::array items;
        for (const auto& item : node.list) {
            const bool is_code = item.kind == Node::Kind::text && (key == "add_ons" || key == "cpes");
            items.push_back(is_code ? json::value(json::object{{"code", item.text}}) : json_of(item, ""));
        }
        return items;
    }
    if (node.kind == Node::Kind::nothing) return nullptr;
    if (whole_numbers.contains(key)) return std::stoi(node.text);
    if (truths.contains(key)) return node.text == "true";
    if (amounts.contains(key)) return json::object{{"amount", node.text}, {"currency", currency_}};
    return json::string(shifted(node.text));
}

json::object ScenarioPlayer::object_of(const Node& node) const {
    json::object object;
    for (const auto& [key, value] : node.map) object[key] = json_of(value, key);
    return object;
}

void ScenarioPlayer::ask(const std::string& method, const std::string& target, const json::object& body) {
    const auto reply = client_.ask({method, target, {}, json::serialize(body), refused_.empty()});
    if (!refused_.empty()) {
        EXPECT_EQ(reply.code(), refused_) << file_ << ": " << target << json::serialize(body) << ": " << reply.body;
        return;
    }
    if (reply.status >= 300) ADD_FAILURE() << file_ << ": " << target << json::serialize(body) << ": " << reply.body;
}

void ScenarioPlayer::set_up(const Node& root) {
    const auto& op = *find(root, "operator");
    currency_ = find(op, "currency")->text;
    time_zone_ = find(op, "time_zone")->text;
    auto settings = object_of(op);
    settings["code"] = code_;
    settings.erase("policies");
    ask("POST", "/api/v1/operators", settings);
    if (const auto* policies = find(op, "policies")) {
        json::array items;
        for (const auto& policy : policies->list) {
            auto billing = object_of(policy);
            const auto when = billing["when"].is_object() ? billing["when"].as_object() : json::object();
            billing.erase("when");
            items.push_back(json::object{{"when", when}, {"billing", billing}});
        }
        ask("PUT", "/api/v1/policies", {{"items", items}});
    }
    const auto* catalog = find(root, "catalog");
    for (const auto& [key, path] : std::vector<std::pair<std::string, std::string>>{{"taxes", "taxes"},
                                                                                    {"services", "services"},
                                                                                    {"add_ons", "add-ons"},
                                                                                    {"cpes", "cpes"},
                                                                                    {"discounts", "discounts"},
                                                                                    {"promo_codes", "promo-codes"}})
        if (const auto* products = find(*catalog, key))
            for (const auto& product : products->list) ask("POST", "/api/v1/" + path, object_of(product));
}

void ScenarioPlayer::carry_out(const std::string& command, const Node& arguments, const std::string& date) {
    auto body = object_of(arguments);
    const auto take = [&](const char* key) {
        std::string value(body.at(key).as_string());
        body.erase(key);
        return value;
    };
    if (command == "create_subscriber") return ask("POST", "/api/v1/subscribers", body);
    if (command == "create_unit") {
        if (!body.contains("name")) body["name"] = body["code"];
        return ask("POST", "/api/v1/subscribers/" + take("subscriber") + "/units", body);
    }
    if (command == "change_price")
        for (const auto& [key, path] : std::vector<std::pair<const char*, std::string>>{
                 {"service", "services/"}, {"add_on", "add-ons/"}, {"cpe", "cpes/"}})
            if (body.contains(key)) {
                body["valid_from"] = date;
                return ask("POST", "/api/v1/" + path + take(key) + "/prices", body);
            }
    body["date"] = date;
    if (command == "transfer") return ask("POST", "/api/v1/subscribers/" + take("from") + "/transfers", body);
    if (command == "set_aside" || command == "release")
        return ask("POST",
                   "/api/v1/subscribers/" + take("subscriber") + "/wallets/" +
                       (command == "release" ? "release" : "set-aside"),
                   body);
    if (const auto made = on_payments.find(command); made != on_payments.end()) {
        const auto found =
            client_.get("/api/v1/payments?subscriber=" + take("subscriber") + "&reference=" + take("payment"));
        return ask("POST", "/api/v1/payments/" + found.text("/items/0/id") + "/" + made->second, body);
    }
    if (const auto made = on_documents.find(command); made != on_documents.end())
        return ask("POST", "/api/v1/documents/" + take("document") + "/" + made->second, body);
    if (command == "grant_discount" || command == "revoke_discount" || command == "redeem_code") {
        if (body.contains("sub_service")) {
            const auto path = take("sub_service");
            body["subscriber"] = path.substr(0, path.find('/'));
            body["sub_service"] = path.substr(path.find('/') + 1);
        }
        if (command == "grant_discount") return ask("POST", "/api/v1/discount-grants", body);
        if (command == "redeem_code") return ask("POST", "/api/v1/promo-codes/" + take("code") + "/redeem", body);
        const auto sub_service = body.contains("sub_service") ? take("sub_service") : std::string();
        const auto listed =
            client_.get("/api/v1/discount-grants?subscriber=" + take("subscriber") + "&discount=" + take("discount"));
        for (const auto& grant : listed.list())
            if (grant.at("revoked_on").is_null() &&
                (grant.at("sub_service").is_null() ? sub_service.empty()
                                                   : text_at(grant, "/sub_service") == sub_service))
                return ask("POST", "/api/v1/discount-grants/" + text_at(grant, "/id") + "/revoke", body);
        EXPECT_EQ(refused_, "unknown_discount_grant") << file_;
        return;
    }
    if (command == "receive_cheque") return ask("POST", "/api/v1/cheques", body);
    if (command == "clear_cheque" || command == "bounce_cheque") {
        const auto number = take("number");
        const auto listed = client_.get("/api/v1/cheques?subscriber=" + take("subscriber"));
        for (const auto& cheque : listed.list())
            if (text_at(cheque, "/number") == number)
                return ask("POST",
                           "/api/v1/cheques/" + text_at(cheque, "/id") + "/" + command.substr(0, command.find('_')),
                           body);
    }
    if (command == "record_payment") return ask("POST", "/api/v1/payments", body);
    if (command == "add_sub_service" || command == "import_sub_service") {
        if (command == "import_sub_service") {
            json::object taken_over;
            for (const auto* key : {"status", "activated_on", "charged_to"})
                if (body.contains(key)) taken_over[key] = take(key);
            body["taken_over"] = taken_over;
        }
        return ask("POST", "/api/v1/subscribers/" + take("subscriber") + "/sub-services", body);
    }
    const auto path = take("sub_service");
    const auto slash = path.find('/');
    auto route = command;
    std::replace(route.begin(), route.end(), '_', '-');
    ask("POST",
        "/api/v1/subscribers/" + path.substr(0, slash) + "/sub-services/" + path.substr(slash + 1) + "/" + route, body);
}

void ScenarioPlayer::bill(const std::string& through) {
    const auto run = client_.bill(through);
    EXPECT_EQ(run.text("/state"), "finished") << file_ << run.body;
    EXPECT_EQ(run.text("/parked"), "0") << file_ << run.body;
}

void ScenarioPlayer::play() {
    const auto root = serve::parse_yaml(serve::read_text_file(file_));
    through_ = find(root, "through")->text;
    if (through_ > today()) years_back_ = cycle_of_calendars;
    through_ = shifted(through_);
    set_up(root);
    std::string last;
    for (const auto& step : find(root, "timeline")->list) {
        const auto date = date_of(find(step, "at")->text);
        if (date != last) bill(Date::parse(date)->plus_days(-1).text());
        last = date;
        const auto* refused = find(step, "refused");
        refused_ = refused ? refused->text : "";
        for (const auto& [command, arguments] : step.map)
            if (command != "at" && command != "refused") carry_out(command, arguments, date);
        refused_.clear();
    }
    bill(through_);
}

// As the scenario's words have it: amounts are texts.
std::string ScenarioPlayer::difference(const serve::Expected& expected, const json::value& document,
                                       const json::value& line) {
    const auto& object = line.is_null() ? document : line;
    auto actual = text_at(object, "/" + expected.key);
    boost::system::error_code error;
    const auto* value = object.find_pointer("/" + expected.key, error);
    if (value && value->is_object()) actual = text_at(*value, "/amount");
    if (expected.key == "currency") actual = text_at(document, "/total/currency");
    if (expected.key == "overdue") {
        const auto state = text_at(document, "/state");
        const bool is_open = state == "issued" || state == "partially_paid";
        actual = is_open && text_at(document, "/due") < through_ ? "true" : "false";
    }
    const auto wanted = expected.is_null ? "null" : shifted(expected.value);
    if (actual == wanted) return {};
    if (expected.is_amount && Decimal::parse(actual) && Decimal::parse(actual) == Decimal::parse(wanted)) return {};
    return text_at(document, "/number") + ": " + expected.key + " is " + actual + ", expected " + wanted + " (line " +
           std::to_string(expected.line) + ")";
}

std::vector<std::string> ScenarioPlayer::differences() {
    IdSource ids(0, 0);
    const auto expectation = serve::read_scenario(serve::read_text_file(file_), ids).expect.value();
    std::vector<std::string> all;
    const auto compare = [&](const std::vector<serve::Expected>& values, const json::value& document,
                             const json::value& line) {
        for (const auto& value : values)
            if (auto text = difference(value, document, line); !text.empty()) all.push_back(text);
    };
    const auto documents = client_.all("/api/v1/documents?sort=date");
    const auto& expected = expectation.documents.value();
    if (documents.size() != expected.size())
        return {std::to_string(documents.size()) + " documents, expected " + std::to_string(expected.size())};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto document = client_.get("/api/v1/documents/" + encoded(text_at(documents[i], "/number")));
        compare(expected[i].values, document.json, nullptr);
        const auto& lines = document.list("/lines");
        if (expected[i].sub_services) {
            std::vector<std::string> codes;
            for (const auto& line : lines)
                if (std::find(codes.begin(), codes.end(), text_at(line, "/sub_service")) == codes.end())
                    codes.push_back(text_at(line, "/sub_service"));
            if (codes != *expected[i].sub_services) all.push_back(document.text("/number") + ": other sub-services");
        }
        if (!expected[i].lines) continue;
        if (lines.size() != expected[i].lines->size()) {
            all.push_back(document.text("/number") + ": another number of lines");
            continue;
        }
        for (std::size_t n = 0; n < lines.size(); ++n) compare((*expected[i].lines)[n].values, document.json, lines[n]);
    }
    for (const auto& balance : expectation.balances) {
        const auto subscriber = client_.get("/api/v1/subscribers/" + balance.key);
        if (Decimal::parse(subscriber.text("/balance/amount")) != Decimal::parse(balance.value))
            all.push_back("balance of " + balance.key + " is " + subscriber.text("/balance/amount") + ", expected " +
                          balance.value);
    }
    return all;
}

}  // namespace sluice::test
