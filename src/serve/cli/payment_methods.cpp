#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string payment_methods = "/api/v1/payment-methods";

// "name=value" each; a value that begins with @ names a file that holds it, so that it is in no list of processes.
json::object settings_in(const std::vector<std::string>& texts) {
    json::object settings;
    for (const auto& text : texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw BadInput("--setting: \"" + text + "\" is none; write NAME=VALUE, or NAME=@FILE");
        auto value = text.substr(equals + 1);
        if (value.starts_with('@')) value = text_of_file(value.substr(1));
        while (value.ends_with('\n')) value.pop_back();
        settings[text.substr(0, equals)] = value;
    }
    return settings;
}

json::object terms_in(const PaymentMethodOptions& options, const OperatorFacts& op) {
    json::object body;
    const auto money = [&](const std::string& amount) -> json::value {
        return json::object{{"amount", amount}, {"currency", op.currency.code()}};
    };
    if (!options.name.empty()) body["name"] = options.name;
    if (!options.settings.empty()) body["settings"] = settings_in(options.settings);
    if (!options.minimum.empty()) body["minimum"] = money(options.minimum);
    if (!options.maximum.empty()) body["maximum"] = money(options.maximum);
    if (options.enable) body["enabled"] = true;
    if (options.disable) body["enabled"] = false;
    if (options.test_mode) body["test_mode"] = true;
    if (options.live_mode) body["test_mode"] = false;
    if (!options.percent.empty() || !options.fixed.empty()) {
        json::object commission{{"on_top", options.on_top}};
        if (!options.percent.empty()) commission["percent"] = options.percent;
        if (!options.fixed.empty()) commission["fixed"] = money(options.fixed);
        body["commission"] = std::move(commission);
    }
    return body;
}

std::string commission_of(const json::object& method) {
    const auto& commission = object_in(method, "commission");
    return text_in(commission, "percent") + " % + " + amount_in(commission, "fixed") +
           (is_set(commission, "on_top") ? " on top" : "");
}

int show(Session& session, const PaymentMethodOptions& options, const json::value& method, const std::string& done) {
    if (options.json)
        session.parts.out << pretty(method);
    else
        session.parts.out << done << " " << text_in(as_object(method), "code")
                          << ". Its webhook: the address of your server, then " << text_in(as_object(method), "webhook")
                          << "\n";
    return exit_done;
}

}  // namespace

int list_payment_methods(Session& session, const PaymentMethodOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    Table table({{"method"}, {"name"}, {"gateway"}, {"state"}, {"commission"}});
    json::array items;
    client->each(payment_methods, op, [&](const json::object& method) {
        table.row({text_in(method, "code"), text_in(method, "name"),
                   text_in(method, "gateway") + (is_set(method, "test_mode") ? " (test)" : ""),
                   is_set(method, "enabled") ? "enabled" : "not enabled", commission_of(method)});
        items.push_back(method);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
    else
        session.parts.out << (items.empty()
                                  ? "No payment methods yet. `sluice payment-methods create CODE` makes one.\n"
                                  : table.text());
    return exit_done;
}

int create_payment_method(Session& session, const PaymentMethodOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = terms_in(options, op);
    body["code"] = options.code;
    body["gateway"] = options.gateway;
    if (!body.contains("name")) body["name"] = options.code;
    return show(session, options, client->post(payment_methods, op.code, body), "Made");
}

int update_payment_method(Session& session, const PaymentMethodOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show(session, options,
                client->patch(payment_methods + "/" + api::segment(options.code), op.code, terms_in(options, op)),
                "Changed");
}

}  // namespace sluice::serve
