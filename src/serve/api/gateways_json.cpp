#include "serve/api/gateways_json.hpp"

#include "serve/api/desk.hpp"
#include "serve/api/encode.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::value json_of_optional(const std::optional<Money>& money) {
    return money ? json_of(*money) : json::value(nullptr);
}

json::array words(const std::vector<std::string>& list) {
    json::array array;
    for (const auto& word : list) array.emplace_back(word);
    return array;
}

json::value form_json(const std::vector<std::pair<std::string, std::string>>& form) {
    json::array fields;
    for (const auto& [name, value] : form) fields.push_back(json::object{{"name", name}, {"value", value}});
    return fields;
}

template <typename Id>
json::value id_or_null(const std::optional<Id>& id) {
    return id ? json::value(json::string(id->text())) : json::value(nullptr);
}

}  // namespace

json::object json_of(const app::GatewayDescription& gateway) {
    json::array capabilities;
    for (const auto capability : gateway.capabilities) capabilities.emplace_back(app::name_of(capability));
    json::array settings;
    for (const auto& field : gateway.settings)
        settings.push_back(json::object{{"name", field.name},
                                        {"label", field.label},
                                        {"hint", field.hint},
                                        {"required", field.is_required},
                                        {"secret", field.is_secret}});
    return {{"code", gateway.code},
            {"name", gateway.name},
            {"capabilities", std::move(capabilities)},
            {"settings", std::move(settings)}};
}

json::object json_of(const app::PaymentMethod& method, const std::string& op_code,
                     const app::GatewaySettings& settings) {
    json::object shown;
    for (const auto& [name, value] : settings) shown[name] = value;
    const auto& terms = method.terms;
    return {{"id", method.id.text()},
            {"code", method.code},
            {"name", method.name},
            {"gateway", method.gateway},
            {"position", method.position},
            {"enabled", method.is_enabled},
            {"test_mode", method.is_test},
            {"currencies", words(terms.currencies)},
            {"countries", words(terms.countries)},
            {"categories", words(terms.categories)},
            {"minimum", json_of_optional(terms.minimum)},
            {"maximum", json_of_optional(terms.maximum)},
            {"commission", json::object{{"percent", terms.commission.percent.text()},
                                        {"fixed", json_of(terms.commission.fixed)},
                                        {"on_top", terms.commission.on_top}}},
            {"settings", std::move(shown)},
            {"webhook", "/webhooks/" + segment(op_code) + "/" + segment(method.code)},
            {"created_at", json_of(method.created_at)}};
}

json::object json_of(const app::CheckoutRow& row) {
    const auto& checkout = row.checkout;
    const bool can_be_paid = checkout.state == app::CheckoutState::pending;
    return {{"id", checkout.id.text()},
            {"subscriber", row.subscriber_code},
            {"payment_method", row.method_code},
            {"kind", app::name_of(checkout.kind)},
            {"document", text_or_null(row.document_number)},
            {"amount", json_of(checkout.quote.amount)},
            {"commission", json_of(checkout.quote.commission)},
            {"total", json_of(checkout.quote.total)},
            {"state", app::name_of(checkout.state)},
            {"url", can_be_paid ? text_or_null(checkout.url) : json::value(nullptr)},
            {"form", can_be_paid && !checkout.form.empty() ? form_json(checkout.form) : json::value(nullptr)},
            {"reference", checkout.reference},
            {"gateway_payment", checkout.gateway_payment},
            {"reason", checkout.reason},
            {"message", checkout.message},
            {"payment", id_or_null(checkout.payment)},
            {"saved_method", id_or_null(checkout.saved_method)},
            {"created_at", json_of(checkout.created_at)},
            {"expires_at", json_of(checkout.expires_at)},
            {"next_query_at", json_of(checkout.next_query_at)}};
}

json::object json_of(const app::SavedMethod& saved, const std::string& method_code) {
    return {{"id", saved.id.text()},
            {"payment_method", method_code},
            {"brand", saved.brand},
            {"last4", saved.last4},
            {"expires_month", saved.expires_month},
            {"expires_year", saved.expires_year},
            {"created_at", json_of(saved.created_at)}};
}

}  // namespace sluice::serve::api
