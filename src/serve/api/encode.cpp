#include "serve/api/encode.hpp"

#include <array>
#include <cstdio>

#include "app/ports/collection_store.hpp"
#include "app/ports/gateway_store.hpp"
#include "app/ports/note_store.hpp"
#include "app/ports/webhook_store.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve::api {

namespace json = boost::json;

namespace {

json::string text(std::string_view view) { return json::string(view); }

template <typename Enum, std::size_t N>
json::value word(const std::optional<Enum>& value, const std::array<std::string_view, N>& names) {
    return value ? json::value(text(names[static_cast<std::size_t>(*value)])) : json::value(nullptr);
}

template <typename T>
json::value or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

std::string_view name_of(Rounding rounding) { return rounding == Rounding::half_up ? "half_up" : "half_even"; }

// What an event's object is, and how its id begins: from the first word of the event's name.
struct ObjectKind {
    std::string_view word;  // of the event's type, before the point
    std::string_view type;
    std::string_view prefix;
};
constexpr std::array<ObjectKind, 35> object_kinds{{
    {"subscriber", "subscriber", customers::SubscriberKind::prefix},
    {"unit", "unit", customers::UnitKind::prefix},
    {"sub_service", "sub_service", subscriptions::SubServiceKind::prefix},
    {"item", "sub_service", subscriptions::SubServiceKind::prefix},
    {"product", "product", catalog::ProductKind::prefix},
    {"price", "product", catalog::ProductKind::prefix},
    {"tax", "tax", catalog::TaxKind::prefix},
    {"policies", "operator", customers::OperatorKind::prefix},
    {"operator", "operator", customers::OperatorKind::prefix},
    {"document", "document", invoicing::DocumentTag::prefix},
    {"payment", "payment", payments::PaymentTag::prefix},
    {"bill_run", "bill_run", "run"},
    {"bank_statement", "bank_statement", payments::BankStatementTag::prefix},
    {"bank_line", "bank_line", payments::BankLineTag::prefix},
    {"api_key", "api_key", app::ApiKeyTag::prefix},
    {"payment_method", "payment_method", app::PaymentMethodTag::prefix},
    {"checkout", "checkout", app::CheckoutTag::prefix},
    {"saved_method", "saved_method", app::SavedMethodTag::prefix},
    {"collection_hold", "collection_hold", collection::HoldTag::prefix},
    {"payment_plan", "payment_plan", collection::PlanTag::prefix},
    {"promised_payment", "promised_payment", collection::PromiseTag::prefix},
    {"cash_shift", "cash_shift", app::CashShiftTag::prefix},
    {"cheque", "cheque", app::ChequeTag::prefix},
    {"webhook_endpoint", "webhook_endpoint", app::WebhookEndpointTag::prefix},
    {"mail_settings", "operator", customers::OperatorKind::prefix},
    {"message_template", "operator", customers::OperatorKind::prefix},
    {"pro_forma", "pro_forma", invoicing::ProFormaTag::prefix},
    {"advance_payment", "payment", payments::PaymentTag::prefix},
    {"automatic_payment", "automatic_payment", payments::AutomaticPaymentTag::prefix},
    {"discount", "discount", catalog::DiscountTag::prefix},
    {"promo_code", "promo_code", subscriptions::PromoCodeTag::prefix},
    {"discount_grant", "discount_grant", subscriptions::DiscountGrantTag::prefix},
    {"payout", "payout", app::PayoutTag::prefix},
    {"wallet", "wallet", invoicing::WalletTag::prefix},
    {"note", "note", app::NoteTag::prefix},
}};

json::object object_of(const app::Event& event) {
    const auto name = app::name_of(event.type);
    const auto first = name.substr(0, name.find('.'));
    for (const auto& kind : object_kinds)
        if (kind.word == first) return {{"type", kind.type}, {"id", id_text(kind.prefix, event.object)}};
    return {{"type", "subscriber"}, {"id", id_text(customers::SubscriberKind::prefix, event.object)}};  // accounts
}

struct FactAsJson {
    json::value operator()(std::int64_t number) const { return number; }
    json::value operator()(const std::string& words) const { return text(words); }
    json::value operator()(Date date) const { return text(date.text()); }
    json::value operator()(Money money) const { return json_of(money); }
    json::value operator()(const app::Price& price) const { return price_json(price.amount, price.currency); }
};

json::object phrase_json(const app::Phrase& phrase) {
    json::object facts;
    for (const auto& fact : phrase.facts) facts[fact.name] = std::visit(FactAsJson{}, fact.value);
    return {{"key", phrase.key.form().key}, {"facts", std::move(facts)}};
}

json::object phrases_json(const app::StepPhrases& phrases) {
    json::array remark;
    for (const auto& phrase : phrases.remark) remark.push_back(phrase_json(phrase));
    return {
        {"label", phrase_json(phrases.label)}, {"value", phrase_json(phrases.value)}, {"remark", std::move(remark)}};
}

}  // namespace

json::value json_of(Money money) {
    return json::object{{"amount", money.text()}, {"currency", money.currency().code()}};
}

json::value price_json(Decimal price, Currency currency) {
    return json::object{{"amount", price.text(currency.minor_digits())}, {"currency", currency.code()}};
}

json::value json_of(const std::optional<Date>& date) {
    return date ? json::value(text(date->text())) : json::value(nullptr);
}

json::value json_of(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(instant - day)};
    std::array<char, 32> buffer{};
    const auto written =
        std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                      static_cast<int>(time.subseconds().count()));
    const auto date = Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
    return text(date.text() + std::string(buffer.data(), static_cast<std::size_t>(written)));
}

json::value json_of(const std::optional<Instant>& instant) {
    return instant ? json_of(*instant) : json::value(nullptr);
}

json::value text_or_null(std::string_view view) {
    return view.empty() ? json::value(nullptr) : json::value(text(view));
}

json::object json_of(const customers::BillingSettings& s) {
    static constexpr std::array<std::string_view, 2> models{"cycle", "pro_rata"};
    static constexpr std::array<std::string_view, 4> first_charges{"partial", "partial_plus_full", "full", "threshold"};
    static constexpr std::array<std::string_view, 3> invoicings{"independent", "merged", "merged_per_unit"};
    json::value suspension = nullptr;
    if (s.suspension_stops_billing) suspension = *s.suspension_stops_billing ? "stop" : "continue";
    return {{"model", word(s.model, models)},
            {"cycle_day", or_null(s.cycle_day)},
            {"first_charge", word(s.first_charge, first_charges)},
            {"threshold_day", or_null(s.threshold_day)},
            {"invoicing", word(s.invoicing, invoicings)},
            {"suspension", std::move(suspension)},
            {"credit_suspension", or_null(s.credit_suspension)}};
}

json::object json_of(const customers::RefundFee& fee) {
    const bool fixed_first = fee.order == customers::FeeOrder::fixed_first;
    return {{"percent", fee.percent.text()},
            {"fixed", json_of(fee.fixed)},
            {"order", fixed_first ? "fixed_first" : "percent_and_fixed"}};
}

json::object json_of(const customers::PaymentSettings& s, Currency currency) {
    const auto money = [&](const std::optional<Decimal>& amount) {
        return amount ? price_json(*amount, currency) : json::value(nullptr);
    };
    json::value retries = nullptr;
    if (s.charge_retries) retries = json::array(s.charge_retries->begin(), s.charge_retries->end());
    return {{"terms", s.terms ? json::value(text(customers::name_of(*s.terms))) : json::value(nullptr)},
            {"credit_limit", money(s.credit_limit)},
            {"due_day", or_null(s.due_day)},
            {"block_after", or_null(s.block_after)},
            {"ladder", s.ladder ? json::value(*s.ladder) : json::value(nullptr)},
            {"promise_days", or_null(s.promise_days)},
            {"promise_pause", or_null(s.promise_pause)},
            {"promise_limit", money(s.promise_limit)},
            {"lead_days", s.lead_days ? json::value_from(*s.lead_days) : json::value(nullptr)},
            {"order_days", or_null(s.order_days)},
            {"charge_retries", std::move(retries)},
            {"charge_cap", money(s.charge_cap)},
            {"charge_month_cap", money(s.charge_month_cap)}};
}

json::object json_of(const customers::Ladder& ladder) {
    json::array reminders;
    for (const int days : ladder.reminders) reminders.push_back(days);
    return {{"code", ladder.code},
            {"reminders", std::move(reminders)},
            {"late_fee_after", or_null(ladder.late_fee_after)},
            {"late_fee", text_or_null(ladder.late_fee)},
            {"suspend_after", or_null(ladder.suspend_after)},
            {"terminate_after", or_null(ladder.terminate_after)},
            {"spares_weekends", ladder.spares_weekends}};
}

json::object json_of(const customers::Operator& op) {
    json::array ladders;
    for (const auto& ladder : op.ladders) ladders.push_back(json_of(ladder));
    json::array holidays;
    for (const auto& date : op.holidays) holidays.push_back(text(date.text()));
    return {{"id", op.id.text()},
            {"code", op.code},
            {"name", op.name},
            {"currency", op.currency.code()},
            {"time_zone", op.time_zone},
            {"rounding", name_of(op.rounding)},
            {"due_days", op.due_days},
            {"refund_fee", op.refund_fee ? json::value(json_of(*op.refund_fee)) : json::value(nullptr)},
            {"invoice_number", op.invoice_number},
            {"credit_note_number", op.credit_note_number},
            {"billing", json_of(op.billing)},
            {"payment", json_of(op.payment, op.currency)},
            {"ladders", std::move(ladders)},
            {"holidays", std::move(holidays)},
            {"billed_through", json_of(op.billed_through)}};
}

json::object json_of(const customers::Policy& policy, Currency currency) {
    return {{"when", {{"region", policy.region}, {"pop", policy.pop}, {"category", policy.category}}},
            {"billing", json_of(policy.settings)},
            {"payment", json_of(policy.payment, currency)}};
}

json::object json_of(const catalog::TaxRule& rule) {
    return {{"id", rule.id.text()},      {"code", rule.code},
            {"name", rule.name},         {"rate", rule.rate.text()},
            {"included", rule.included}, {"country", rule.country},
            {"region", rule.region},     {"valid_from", json_of(rule.valid_from)}};
}

json::object json_of(const catalog::PriceVersion& version, Currency currency) {
    return {{"id", version.id.text()},
            {"version", version.version},
            {"valid_from", version.valid_from.text()},
            {"price", price_json(version.price, currency)},
            {"setup_fee", price_json(version.setup_fee, currency)}};
}

json::object json_of(const catalog::Catalog& catalog, const catalog::Product& product, Currency currency, Date today) {
    const auto* price = catalog.price_on(product.id, today);
    if (!price) price = catalog.latest_price(product.id);
    check(price != nullptr, "a product has a price");
    std::int64_t versions = 0;
    for (const auto& version : catalog.prices())
        if (version.product == product.id) ++versions;
    json::array taxes;
    for (const auto& code : product.tax_codes) taxes.push_back(text(code));
    json::object object{{"id", product.id.text()}, {"code", product.code}, {"name", product.name}};
    object["price"] = price_json(price->price, currency);
    if (product.type == catalog::ProductType::service) {
        object["kind"] = product.kind;
        object["period"] = product.length->text();
        object["timing"] = catalog::name_of(product.timing);
        object["setup_fee"] = price_json(price->setup_fee, currency);
    } else {
        object["mode"] = catalog::name_of(product.mode);
        object["installments"] = product.installments > 0 ? json::value(product.installments) : json::value(nullptr);
    }
    object["taxes"] = std::move(taxes);
    object["projected"] = product.projected;
    object["price_versions"] = versions;
    return object;
}

json::object editable_json(const customers::Subscriber& s, Currency currency) {
    return {{"id", s.id.text()},
            {"code", s.code},
            {"name", s.organization.empty() ? s.contact : s.organization},
            {"contact", s.contact},
            {"organization", s.organization},
            {"country", s.country},
            {"region", s.region},
            {"pop", s.pop},
            {"category", s.category},
            {"email", s.email},
            {"language", s.language},
            {"billing", json_of(s.billing)},
            {"payment", json_of(s.payment, currency)}};
}

json::object json_of(const app::SubscriberRow& row) {
    auto object = editable_json(row.subscriber, row.balance.currency());
    object["balance"] = json_of(row.balance);
    return object;
}

json::object json_of(const customers::Unit& unit, std::string_view subscriber) {
    return {{"id", unit.id.text()},
            {"code", unit.code},
            {"subscriber", subscriber},
            {"name", unit.name},
            {"billing", json_of(unit.billing)}};
}

namespace {

json::object item_json(const subscriptions::Item& item, const catalog::Catalog& catalog, Currency currency) {
    const auto& product = catalog.product(item.product);
    json::value installments = nullptr;
    if (product.mode == catalog::Mode::installments)
        installments = {{"charged", item.parts_charged}, {"of", product.installments}};
    return {{"id", item.id.text()},
            {"type", catalog::name_of(item.type)},
            {"code", product.code},
            {"name", product.name},
            {"quantity", item.quantity},
            {"serial", item.serial},
            {"price", price_json(catalog.price(item.price).price, currency)},
            {"mode", catalog::name_of(product.mode)},
            {"starts_on", json_of(item.starts_on)},
            {"ends_on", json_of(item.ends_on)},
            {"installments", std::move(installments)}};
}

}  // namespace

json::object json_of(const app::SubServiceRow& row, const catalog::Catalog& catalog, Currency currency) {
    const auto& sub = row.sub_service;
    json::array items;
    for (const auto& item : sub.items) items.push_back(item_json(item, catalog, currency));
    json::value change = nullptr;
    if (sub.service_change)
        change = {{"on", sub.service_change->on.text()},
                  {"service", catalog.product(sub.service_change->product).code}};
    return {{"object", "sub_service"},
            {"id", sub.id.text()},
            {"code", sub.code},
            {"subscriber", row.subscriber_code},
            {"unit", text_or_null(row.unit_code)},
            {"status", subscriptions::name_of(sub.status)},
            {"suspend_reason", sub.suspend_reason},
            {"suspended_for", sub.status == subscriptions::Status::suspended
                                  ? json::value(text(subscriptions::name_of(sub.suspended_for)))
                                  : json::value(nullptr)},
            {"service", catalog.product(sub.main().product).code},
            {"billing", json_of(sub.billing)},
            {"started_on", json_of(sub.started_on)},
            {"billed_to", json_of(sub.billed_to)},
            {"next_billing_date", json_of(row.next_billing_date)},
            {"cancel_on", json_of(sub.cancel_on)},
            {"service_change", std::move(change)},
            {"items", std::move(items)}};
}

json::object json_of(const app::StoredDocument& stored, Date today) {
    const auto& d = stored.document;
    return {{"id", d.id.text()},
            {"number", d.number},
            {"type", invoicing::name_of(d.type)},
            {"date", d.date.text()},
            {"due", d.due.text()},
            {"subscriber", stored.subscriber_code},
            {"unit", text_or_null(stored.unit_code)},
            {"contact", d.contact},
            {"organization", d.organization},
            {"country", d.country},
            {"region", d.region},
            {"state", invoicing::name_of(d.state)},
            {"overdue", invoicing::is_overdue(d, today)},
            {"net", json_of(d.net)},
            {"tax", json_of(d.tax)},
            {"total", json_of(d.total)},
            {"paid", json_of(stored.paid)},
            {"reason", d.reason},
            {"line_count", stored.line_count}};
}

json::object line_json(const invoicing::Line& line, std::string_view sub_service, std::int64_t position,
                       const catalog::Catalog& catalog) {
    const auto& c = line.charge;
    const auto& product = catalog.product(c.product);
    const auto currency = c.amount.currency();
    const auto* discount = c.discount ? &discount_of(catalog, *c.discount) : nullptr;
    json::array taxes;
    for (const auto& tax : line.taxes)
        taxes.push_back(json::object{{"code", tax.code},
                                     {"name", tax.name},
                                     {"rate", tax.rate.text()},
                                     {"included", tax.included},
                                     {"amount", json_of(tax.amount)}});
    return {{"id", c.id.text()},
            {"position", position > 0 ? json::value(position) : json::value(nullptr)},
            {"sub_service", sub_service},
            {"item", product.code},
            {"name", discount ? discount->name : product.name},
            {"item_type", catalog::name_of(product.type)},
            {"kind", charging::name_of(c.kind)},
            {"from", json_of(c.period ? std::optional(c.period->start) : std::nullopt)},
            {"to", json_of(c.period ? std::optional(c.period->end) : std::nullopt)},
            {"days", c.period ? json::value(c.days) : json::value(nullptr)},
            {"of_days", c.period ? json::value(c.of_days) : json::value(nullptr)},
            {"quantity", std::to_string(c.quantity)},
            {"unit_price", price_json(c.unit_price, currency)},
            {"amount", json_of(c.amount)},
            {"taxes", std::move(taxes)},
            {"net", json_of(line.net)},
            {"tax", json_of(line.tax)},
            {"gross", json_of(line.gross)},
            {"installment", c.parts ? json::value(text(parts_text(*c.parts))) : json::value(nullptr)},
            {"billing_date", json_of(c.billing_date)},
            {"rounding", name_of(c.rounding)},
            {"credits", c.credits ? json::value(text(c.credits->text())) : json::value(nullptr)},
            {"discount", discount ? json::value(text(discount->code)) : json::value(nullptr)}};
}

json::object json_of(const app::StoredDocument& stored, const catalog::Catalog& catalog, Date today) {
    auto object = json_of(stored, today);
    json::array lines;
    for (std::size_t i = 0; i < stored.document.lines.size(); ++i)
        lines.push_back(line_json(stored.document.lines[i], stored.sub_service_codes[i],
                                  static_cast<std::int64_t>(i) + 1, catalog));
    object["lines"] = std::move(lines);
    return object;
}

json::object json_of(const app::Explanation& explanation) {
    json::array steps;
    for (const auto& [label, value, remark, agrees, phrases] : explanation.steps) {
        check(phrases.has_value(), "a step that is told says by which phrases");
        steps.push_back(json::object{{"label", label},
                                     {"value", value},
                                     {"remark", remark},
                                     {"agrees", agrees},
                                     {"phrases", phrases_json(*phrases)}});
    }
    return {{"line", explanation.line}, {"agrees", explanation.agrees}, {"steps", std::move(steps)}};
}

json::object json_of(const app::PaymentRow& row) {
    const auto& p = row.payment;
    json::array paid;
    auto left = p.amount;
    for (const auto& [number, amount] : row.paid) {
        paid.push_back(json::object{{"number", number}, {"amount", json_of(amount)}});
        left -= amount;
    }
    json::array refunds;
    for (const auto& refund : row.refunds) {
        refunds.push_back(json_of(refund));
        left -= refund.amount;
    }
    return {{"id", p.id.text()},           {"subscriber", row.subscriber_code},
            {"date", p.date.text()},       {"amount", json_of(p.amount)},
            {"method", p.method},          {"reference", p.reference},
            {"paid", std::move(paid)},     {"refunds", std::move(refunds)},
            {"unallocated", json_of(left)}};
}

json::object json_of(const payments::Refund& refund) {
    return {{"id", refund.id.text()},     {"kind", payments::name_of(refund.kind)},
            {"date", refund.date.text()}, {"amount", json_of(refund.amount)},
            {"fee", json_of(refund.fee)}, {"paid_out", json_of(refund.amount - refund.fee)},
            {"method", refund.method},    {"reference", refund.reference}};
}

json::object json_of(const app::StatementRow& row) {
    json::array postings;
    for (const auto& [account, amount] : row.postings)
        postings.push_back(json::object{{"account", ledger::name_of(account)}, {"amount", json_of(amount)}});
    return {{"id", row.header.id.text()},
            {"date", row.header.date.text()},
            {"source", ledger::name_of(row.header.source)},
            {"reference", row.reference},
            {"effect", json_of(row.effect)},
            {"balance", json_of(row.balance)},
            {"postings", std::move(postings)}};
}

json::object json_of(const app::Event& event) {
    return {{"sequence", event.sequence},
            {"id", id_text("event", event.sequence)},
            {"type", app::name_of(event.type)},
            {"at", json_of(event.at)},
            {"subscriber", text_or_null(event.subscriber_code)},
            {"object", object_of(event)},
            {"actor", event.actor}};
}

json::object json_of(const app::ApiKey& key, const std::optional<std::string>& op_code) {
    static constexpr std::array<std::string_view, 3> roles{"viewer", "clerk", "owner"};
    return {{"id", key.id.text()},
            {"name", key.name},
            {"role", roles[static_cast<std::size_t>(key.role)]},
            {"operator", op_code ? json::value(text(*op_code)) : json::value(nullptr)},
            {"created_at", json_of(key.created_at)},
            {"revoked_at", json_of(key.revoked_at)}};
}

}  // namespace sluice::serve::api
