// Payments through gateways: payment methods, checkouts, events of gateways, saved methods.
#include <algorithm>
#include <boost/json.hpp>

#include "store/sql/checkout_rows.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) (text += text.empty() ? "" : "\n") += word;
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::optional<Money> optional_money(Query& row, Currency currency) {
    const auto minor = row.get<std::optional<std::int64_t>>();
    return minor ? std::optional(Money::minor(*minor, currency)) : std::nullopt;
}

app::PaymentMethod read_payment_method(Query& row, OperatorId op, Currency currency) {
    app::PaymentMethod method{.id = row.get<app::PaymentMethodId>(),
                              .op = op,
                              .code = row.get<std::string>(),
                              .name = row.get<std::string>(),
                              .gateway = row.get<std::string>(),
                              .position = row.get<std::int64_t>(),
                              .is_enabled = row.get<bool>(),
                              .is_test = row.get<bool>(),
                              .terms = {.commission = {.fixed = Money::zero(currency)}},
                              .sealed_settings = {},
                              .created_at = {}};
    method.terms.currencies = split(row.get<std::string_view>());
    method.terms.countries = split(row.get<std::string_view>());
    method.terms.categories = split(row.get<std::string_view>());
    method.terms.minimum = optional_money(row, currency);
    method.terms.maximum = optional_money(row, currency);
    method.terms.commission.percent = row.get<Decimal>();
    method.terms.commission.fixed = row.money(currency);
    method.terms.commission.on_top = row.get<bool>();
    method.sealed_settings = row.get<std::string>();
    method.created_at = row.get<Instant>();
    return method;
}

}  // namespace

const std::string checkout_columns =
    "c.id, c.subscriber_id, c.operator_id, c.payment_method_id, c.kind, c.document_id, c.currency, c.amount, "
    "c.commission, c.total, c.state, c.saves_method, c.reference, c.url, c.form, c.gateway_payment, c.reason, "
    "c.message, "
    "c.saved_method_id, c.payment_id, c.request_key, c.created_at, c.expires_at, c.next_query_at, c.queries, "
    "c.automatic_id, c.automatic_on, c.automatic_run, s.code, m.code, COALESCE(d.number, '') FROM checkouts c JOIN "
    "subscribers s ON s.subscriber_id = c.subscriber_id JOIN "
    "payment_methods m ON m.id = c.payment_method_id LEFT JOIN documents d ON d.subscriber_id = c.subscriber_id AND "
    "d.id = c.document_id ";

namespace {

using FormFields = std::vector<std::pair<std::string, std::string>>;

// [{"name": …, "value": …}, …]
std::string form_text(const FormFields& form) {
    boost::json::array fields;
    for (const auto& [name, value] : form) fields.push_back(boost::json::object{{"name", name}, {"value", value}});
    return boost::json::serialize(fields);
}

FormFields read_form(std::string_view text) {
    FormFields form;
    const auto fields = boost::json::parse(text);
    for (const auto& field : fields.as_array())
        form.emplace_back(field.at("name").as_string(), field.at("value").as_string());
    return form;
}

payments::Quote read_quote(Query& row) {
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    const auto commission = row.money(currency);
    return {amount, commission, row.money(currency)};
}

}  // namespace

// Initializers in braces are carried out in their order, which is that of the columns.
app::CheckoutRow read_checkout(Query& row) {
    app::Checkout checkout{.id = row.get<app::CheckoutId>(),
                           .subscriber = row.get<SubscriberId>(),
                           .op = row.get<OperatorId>(),
                           .method = row.get<app::PaymentMethodId>(),
                           .kind = read_enum<app::CheckoutKind>(checkout_kind_names, row),
                           .document = row.get<std::optional<invoicing::DocumentId>>(),
                           .quote = read_quote(row),
                           .state = read_enum<app::CheckoutState>(checkout_state_names, row),
                           .saves_method = row.get<bool>(),
                           .reference = row.get<std::string>(),
                           .url = row.get<std::string>(),
                           .form = read_form(row.get<std::string_view>()),
                           .gateway_payment = row.get<std::string>(),
                           .reason = row.get<std::string>(),
                           .message = row.get<std::string>(),
                           .saved_method = row.get<std::optional<app::SavedMethodId>>(),
                           .payment = row.get<std::optional<payments::PaymentId>>(),
                           .request_key = row.get<std::optional<std::string>>(),
                           .created_at = row.get<Instant>(),
                           .expires_at = row.get<Instant>(),
                           .next_query_at = row.get<std::optional<Instant>>(),
                           .queries = row.get<std::int64_t>(),
                           .automatic = row.get<std::optional<payments::AutomaticPaymentId>>(),
                           .automatic_on = row.get<std::optional<Date>>(),
                           .automatic_run = row.get<std::optional<std::int64_t>>()};
    auto subscriber = row.get<std::string>();
    auto method = row.get<std::string>();
    return {std::move(checkout), std::move(subscriber), std::move(method), row.get<std::string>()};
}

namespace {

std::optional<app::CheckoutRow> first_checkout(Query&& row) {
    if (!row.next()) return std::nullopt;
    return read_checkout(row);
}

std::vector<app::CheckoutRow> all_checkouts(Query&& row) {
    std::vector<app::CheckoutRow> rows;
    while (row.next()) rows.push_back(read_checkout(row));
    return rows;
}

}  // namespace

void SqlStore::add_payment_method(const app::PaymentMethod& m) {
    const auto& terms = m.terms;
    Query(
        *db_,
        "INSERT INTO payment_methods (id, operator_id, code, name, gateway, position, enabled, test_mode, currencies, "
        "countries, categories, minimum, maximum, commission_percent, commission_fixed, commission_on_top, "
        "sealed_settings, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        m.id, m.op, m.code, m.name, m.gateway, m.position, m.is_enabled, m.is_test, joined(terms.currencies),
        joined(terms.countries), joined(terms.categories), terms.minimum, terms.maximum, terms.commission.percent,
        terms.commission.fixed, terms.commission.on_top, m.sealed_settings, m.created_at)
        .run();
}

void SqlStore::update_payment_method(const app::PaymentMethod& m) {
    const auto& terms = m.terms;
    Query(*db_,
          "UPDATE payment_methods SET name = ?, position = ?, enabled = ?, test_mode = ?, currencies = ?, countries = "
          "?, categories = ?, minimum = ?, maximum = ?, commission_percent = ?, commission_fixed = ?, "
          "commission_on_top = ?, sealed_settings = ? WHERE id = ?",
          m.name, m.position, m.is_enabled, m.is_test, joined(terms.currencies), joined(terms.countries),
          joined(terms.categories), terms.minimum, terms.maximum, terms.commission.percent, terms.commission.fixed,
          terms.commission.on_top, m.sealed_settings, m.id)
        .run();
}

std::vector<app::PaymentMethod> SqlStore::payment_methods(OperatorId op) {
    const auto currency = currency_of(op);
    std::vector<app::PaymentMethod> methods;
    Query row(
        *db_,
        "SELECT id, code, name, gateway, position, enabled, test_mode, currencies, countries, categories, minimum, "
        "maximum, commission_percent, commission_fixed, commission_on_top, sealed_settings, created_at FROM "
        "payment_methods WHERE operator_id = ? ORDER BY position, id",
        op);
    while (row.next()) methods.push_back(read_payment_method(row, op, currency));
    return methods;
}

CheckoutWriter::CheckoutWriter(Connection& db)
    : rows_(db, "checkouts",
            {"subscriber_id",
             "id",
             "operator_id",
             "payment_method_id",
             "kind",
             "document_id",
             "currency",
             "amount",
             "commission",
             "total",
             "state",
             "saves_method",
             "reference",
             "url",
             "form",
             "gateway_payment",
             "reason",
             "message",
             "saved_method_id",
             "payment_id",
             "request_key",
             "created_at",
             "expires_at",
             "next_query_at",
             "queries",
             "automatic_id",
             "automatic_on",
             "automatic_run"}) {}

void CheckoutWriter::add(const app::Checkout& c) {
    const auto form = form_text(c.form);
    rows_.row(c.subscriber, c.id, c.op, c.method, name_in(checkout_kind_names, c.kind), c.document,
              c.quote.total.currency().code(), c.quote.amount, c.quote.commission, c.quote.total,
              name_in(checkout_state_names, c.state), c.saves_method, c.reference, c.url, form, c.gateway_payment,
              c.reason, c.message, c.saved_method, c.payment, c.request_key, c.created_at, c.expires_at,
              c.next_query_at, c.queries, c.automatic, c.automatic_on, c.automatic_run);
}

void SqlStore::add_checkout(const app::Checkout& checkout) {
    CheckoutWriter writer(*db_);
    writer.add(checkout);
    writer.flush();
}

void SqlStore::update_checkout(const app::Checkout& c) {
    Query(*db_,
          "UPDATE checkouts SET state = ?, reference = ?, url = ?, form = ?, gateway_payment = ?, reason = ?, message "
          "= ?, "
          "saved_method_id = ?, payment_id = ?, next_query_at = ?, queries = ? WHERE subscriber_id = ? AND id = ?",
          name_in(checkout_state_names, c.state), c.reference, c.url, form_text(c.form), c.gateway_payment, c.reason,
          c.message, c.saved_method, c.payment, c.next_query_at, c.queries, c.subscriber, c.id)
        .run();
}

std::optional<app::CheckoutRow> SqlStore::find_checkout(OperatorId op, app::CheckoutId id) {
    return first_checkout({*db_, "SELECT " + checkout_columns + "WHERE c.operator_id = ? AND c.id = ?", op, id});
}

std::optional<app::CheckoutRow> SqlStore::find_checkout(app::PaymentMethodId method, std::string_view gateway_payment) {
    return first_checkout(
        {*db_,
         "SELECT " + checkout_columns + "WHERE c.payment_method_id = ? AND c.gateway_payment = ? ORDER BY c.id LIMIT 1",
         method, gateway_payment});
}

std::optional<app::CheckoutRow> SqlStore::find_checkout_by_key(SubscriberId subscriber, std::string_view request_key) {
    return first_checkout({*db_, "SELECT " + checkout_columns + "WHERE c.subscriber_id = ? AND c.request_key = ?",
                           subscriber, request_key});
}

std::optional<app::CheckoutRow> SqlStore::open_checkout_of(SubscriberId subscriber, invoicing::DocumentId document) {
    return first_checkout({*db_,
                           "SELECT " + checkout_columns +
                               "WHERE c.subscriber_id = ? AND c.document_id = ? AND c.state IN ('pending', 'unknown')",
                           subscriber, document});
}

std::vector<app::CheckoutRow> SqlStore::checkouts(OperatorId op, const app::CheckoutQuery& query) {
    Sql sql("SELECT " + checkout_columns + "WHERE c.operator_id = ? AND c.id < ?", op,
            query.before ? query.before->value() : INT64_MAX);
    if (query.subscriber) sql.add(" AND c.subscriber_id = ?", *query.subscriber);
    if (query.state) sql.add(" AND c.state = ?", name_in(checkout_state_names, *query.state));
    sql.add(" ORDER BY c.id DESC LIMIT ?", query.limit);
    return all_checkouts({*db_, sql});
}

std::vector<app::CheckoutRow> SqlStore::checkouts_to_query(Instant now, std::int64_t limit) {
    return all_checkouts(
        {*db_, "SELECT " + checkout_columns + "WHERE c.next_query_at <= ? ORDER BY c.next_query_at, c.id LIMIT ?", now,
         limit});
}

bool SqlStore::add_gateway_event(const app::StoredGatewayEvent& e) {
    if (Query(*db_, "SELECT 1 FROM gateway_events WHERE payment_method_id = ? AND event = ?", e.method, e.event).next())
        return false;
    const auto currency = e.amount ? std::optional(e.amount->currency().code()) : std::nullopt;
    Query(*db_,
          "INSERT INTO gateway_events (payment_method_id, event, operator_id, type, state, payment, reference, "
          "checkout_id, currency, amount, received_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
          e.method, e.event, e.op, e.type, name_in(gateway_event_state_names, e.state), e.payment, e.reference,
          e.checkout, currency, e.amount, e.received_at)
        .run();
    return true;
}

std::vector<app::StoredGatewayEvent> SqlStore::gateway_events(OperatorId op, app::StoredGatewayEvent::State state,
                                                              std::int64_t limit) {
    std::vector<app::StoredGatewayEvent> events;
    Query row(
        *db_,
        "SELECT payment_method_id, operator_id, event, type, state, payment, reference, checkout_id, received_at, "
        "currency, amount FROM gateway_events WHERE operator_id = ? AND state = ? ORDER BY received_at, event "
        "LIMIT ?",
        op, name_in(gateway_event_state_names, state), limit);
    while (row.next()) {
        app::StoredGatewayEvent event{
            .method = row.get<app::PaymentMethodId>(),
            .op = row.get<OperatorId>(),
            .event = row.get<std::string>(),
            .type = row.get<std::string>(),
            .state = read_enum<app::StoredGatewayEvent::State>(gateway_event_state_names, row),
            .payment = row.get<std::string>(),
            .reference = row.get<std::string>(),
            .checkout = row.get<std::optional<app::CheckoutId>>(),
            .amount = {},
            .received_at = row.get<Instant>()};
        if (const auto code = row.get<std::optional<std::string>>())
            event.amount = row.money(*Currency::from_code(*code));
        events.push_back(std::move(event));
    }
    return events;
}

app::SavedMethodId SqlStore::add_saved_method(const app::SavedMethod& m) {
    {
        Query row(*db_, "SELECT id FROM saved_methods WHERE subscriber_id = ? AND payment_method_id = ? AND token = ?",
                  m.subscriber, m.method, m.token);
        if (row.next()) return row.get<app::SavedMethodId>();
    }
    Query(
        *db_,
        "INSERT INTO saved_methods (subscriber_id, id, operator_id, payment_method_id, token, customer, brand, last4, "
        "expires_month, expires_year, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        m.subscriber, m.id, m.op, m.method, m.token, m.customer, m.brand, m.last4, m.expires_month, m.expires_year,
        m.created_at)
        .run();
    return m.id;
}

std::vector<app::SavedMethod> SqlStore::saved_methods(SubscriberId subscriber) {
    std::vector<app::SavedMethod> all;
    Query row(*db_,
              "SELECT id, subscriber_id, operator_id, payment_method_id, token, customer, brand, last4, expires_month, "
              "expires_year, created_at FROM saved_methods WHERE subscriber_id = ? ORDER BY id",
              subscriber);
    while (row.next())
        all.push_back({.id = row.get<app::SavedMethodId>(),
                       .subscriber = row.get<SubscriberId>(),
                       .op = row.get<OperatorId>(),
                       .method = row.get<app::PaymentMethodId>(),
                       .token = row.get<std::string>(),
                       .customer = row.get<std::string>(),
                       .brand = row.get<std::string>(),
                       .last4 = row.get<std::string>(),
                       .expires_month = row.get<std::int32_t>(),
                       .expires_year = row.get<std::int32_t>(),
                       .created_at = row.get<Instant>()});
    return all;
}

void SqlStore::remove_saved_method(SubscriberId subscriber, app::SavedMethodId id) {
    Query(*db_, "DELETE FROM saved_methods WHERE subscriber_id = ? AND id = ?", subscriber, id).run();
}

}  // namespace sluice::store
