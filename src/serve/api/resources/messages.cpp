// E-mail: how it is sent, in whose words, and what subscribers were told.
#include "app/message_kinds.hpp"
#include "app/ports/message_store.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/outbox/mail_sending.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::MailSettings;

constexpr std::size_t most_templates = 500;

json::array words(const std::vector<std::string>& list) {
    json::array array;
    for (const auto& word : list) array.emplace_back(word);
    return array;
}

json::object json_of(const MailSettings& settings) {
    return {{"host", settings.host},
            {"port", settings.port},
            {"security", app::name_of(settings.security)},
            {"username", settings.username},
            {"has_password", !settings.sealed_password.empty()},
            {"from_name", settings.from_name},
            {"from_address", settings.from_address},
            {"reply_to", settings.reply_to},
            {"language", settings.language},
            {"enabled", settings.is_enabled},
            {"kinds", words(settings.kinds)}};
}

json::object json_of(const app::MessageTemplate& wording, bool is_own) {
    return {{"kind", wording.kind},
            {"language", wording.language},
            {"subject", wording.subject},
            {"body", wording.body},
            {"own", is_own}};
}

json::object json_of(const app::Message& message) {
    return {{"id", message.id.text()},
            {"event", message.event ? json::value(*message.event) : json::value(nullptr)},
            {"kind", message.kind},
            {"language", message.language},
            {"to", message.recipient},
            {"subject", message.subject},
            {"state", app::name_of(message.state)},
            {"attempts", message.attempts},
            {"reason", message.reason},
            {"created_at", api::json_of(message.created_at)},
            {"next_attempt_at", api::json_of(message.next_attempt_at)},
            {"ended_at", api::json_of(message.ended_at)}};
}

json::object with_body(const app::Message& message) {
    auto object = json_of(message);
    object["body"] = message.body;
    return object;
}

std::string text_in(const json::object& body, std::string_view name, std::string_view otherwise = {}) {
    const auto* text = body.if_contains(name);
    return std::string(text ? std::string_view(text->as_string()) : otherwise);
}

Problem not_set_up(int status) {
    return {status, "mail_not_set_up", "e-mail is not set up; send PUT /api/v1/mail-settings"};
}

http::Response get_mail_settings(Desk& desk) {
    const auto settings = desk.store().messages().mail_settings(desk.op_id());
    if (!settings) throw not_set_up(404);
    const auto shown = json_of(*settings);
    return tagged(desk, shown, shown);
}

std::vector<std::string> kinds_in(const json::object& body, const std::optional<MailSettings>& before) {
    std::vector<std::string> kinds;
    if (const auto* named = body.if_contains("kinds")) {
        for (const auto& kind : named->as_array()) {
            if (!app::find_message_kind(kind.as_string()))
                throw invalid_request({{"body", "kinds",
                                        "names no kind of message: \"" + std::string(kind.as_string()) +
                                            "\"; see GET /api/v1/message-kinds"}});
            kinds.emplace_back(kind.as_string());
        }
    } else if (before) {
        kinds = before->kinds;
    } else {
        for (const auto& kind : app::message_kinds())
            if (kind.is_on_at_first) kinds.emplace_back(kind.name);
    }
    return kinds;
}

// A password goes to no other server than the one that it was given for.
std::string sealed_password(Desk& desk, const json::object& body, const MailSettings& settings,
                            const std::optional<MailSettings>& before) {
    const auto* given = body.if_contains("password");
    if (!given) {
        const bool is_same = before && before->host == settings.host && before->port == settings.port &&
                             before->username == settings.username && before->security == settings.security;
        return is_same ? before->sealed_password : std::string{};
    }
    if (given->as_string().empty()) return {};
    try {
        return desk.engine().parts().secrets->seal(given->as_string());
    } catch (const app::SecretsUnavailable& missing) {
        throw Problem(503, "secrets_unavailable", missing.what());
    }
}

http::Response put_mail_settings(Desk& desk) {
    desk.store().hold(desk.op_id());
    const auto before = desk.store().messages().hold_mail_settings(desk.op_id());
    require_match(desk, before ? json::value(json_of(*before)) : json::value(nullptr));
    const auto& body = desk.call().body.as_object();
    MailSettings settings{
        .op = desk.op_id(),
        .host = text_in(body, "host"),
        .port = body.at("port").to_number<std::int64_t>(),
        .security = *app::parse_mail_security(text_in(body, "security", "starttls")),
        .username = text_in(body, "username"),
        .from_name = text_in(body, "from_name"),
        .from_address = text_in(body, "from_address"),
        .reply_to = text_in(body, "reply_to"),
        .language = text_in(body, "language", "en"),
        .kinds = kinds_in(body, before),
        .read_through = before ? before->read_through : desk.store().webhooks().last_event(desk.op_id())};
    if (const auto* enabled = body.if_contains("enabled")) settings.is_enabled = enabled->as_bool();
    settings.sealed_password = sealed_password(desk, body, settings, before);
    if (!settings.sealed_password.empty() && settings.username.empty())
        throw invalid_request({{"body", "password", "goes with a username; give both or none"}});
    desk.store().messages().save(settings);
    desk.add_event(app::EventType::mail_settings_updated, std::nullopt, desk.op_id().value());
    const auto shown = json_of(settings);
    return tagged(desk, shown, shown);
}

http::Response test_mail_settings(Errand& errand) {
    const auto settings = errand.read([](Desk& desk) { return desk.store().messages().mail_settings(desk.op_id()); });
    if (!settings) throw not_set_up(422);
    const auto to = text_in(errand.call().body.as_object(), "to");
    auto& engine = errand.engine();
    app::Message message{.id = app::MessageId{0},
                         .subscriber = customers::SubscriberId{0},
                         .op = settings->op,
                         .event = {},
                         .kind = {},
                         .language = {},
                         .recipient = to,
                         .subject = "Sluice: test",
                         .body = "This is a test. E-mail can be sent.\n",
                         .created_at = errand.call().now};
    engine.writer().run([&](app::Store&) { message.id = engine.ids().next<app::MessageId>(); });
    try {
        engine.parts().mailer()->send(server_of(*engine.parts().secrets, *settings), settings->from_address, to,
                                      text_of_mail(*settings, message));
    } catch (const app::MailFailure& failure) {
        throw Problem(422, "mail_not_sent", std::string("the mail server did not take it: ") + failure.what());
    }
    return ok(json::object{{"sent_to", to}});
}

http::Response list_message_kinds(Desk& desk) {
    const auto settings = desk.store().messages().mail_settings(desk.op_id());
    const auto kinds = app::message_kinds();
    const auto page = page_of(desk, std::vector<app::MessageKind>(kinds.begin(), kinds.end()));
    return ok(page_json(desk, page, [&](const app::MessageKind& kind) {
        json::array placeholders;
        for (const auto name : kind.placeholders) placeholders.emplace_back(name);
        const bool is_on =
            settings && std::find(settings->kinds.begin(), settings->kinds.end(), kind.name) != settings->kinds.end();
        return json::object{{"kind", kind.name},
                            {"event_type", app::name_of(kind.event)},
                            {"enabled", is_on},
                            {"placeholders", std::move(placeholders)}};
    }));
}

struct ShownTemplate {
    app::MessageTemplate wording;
    bool is_own;
};

http::Response list_message_templates(Desk& desk) {
    std::vector<ShownTemplate> all;
    for (auto& own : desk.store().messages().templates(desk.op_id())) all.push_back({std::move(own), true});
    const auto owned = all.size();
    for (const auto& wording : app::built_in_templates()) {
        const bool is_replaced =
            std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(owned), [&](const ShownTemplate& own) {
                return own.wording.kind == wording.kind &&
                       app::is_same_language(own.wording.language, wording.language);
            });
        if (!is_replaced) all.push_back({wording, false});
    }
    std::stable_sort(all.begin(), all.end(), [](const ShownTemplate& one, const ShownTemplate& other) {
        return std::tie(one.wording.kind, one.wording.language) < std::tie(other.wording.kind, other.wording.language);
    });
    return ok(page_json(desk, page_of(desk, std::move(all)),
                        [](const ShownTemplate& shown) { return json_of(shown.wording, shown.is_own); }));
}

const app::MessageKind& kind_in_path(Desk& desk) {
    const auto* kind = app::find_message_kind(desk.path("message_kind"));
    if (!kind)
        throw not_found("unknown_message_template", "there is no kind of message \"" + desk.path("message_kind") +
                                                        "\"; see GET /api/v1/message-kinds");
    return *kind;
}

// The language as it is stored already, whatever the case of its letters.
std::optional<app::MessageTemplate> own_template(Desk& desk) {
    for (auto& own : desk.store().messages().templates(desk.op_id()))
        if (own.kind == desk.path("message_kind") && app::is_same_language(own.language, desk.path("language")))
            return std::move(own);
    return std::nullopt;
}

void refuse_unknown_placeholders(const app::MessageKind& kind, const json::object& body) {
    for (const auto* member : {"subject", "body"}) {
        const auto* text = body.if_contains(member);
        if (!text) continue;
        if (const auto fault = app::fault_in_template(text->as_string(), kind.placeholders))
            throw invalid_request({{"body", member, *fault}});
    }
}

http::Response put_message_template(Desk& desk) {
    const auto& kind = kind_in_path(desk);
    const auto& body = desk.call().body.as_object();
    refuse_unknown_placeholders(kind, body);
    desk.store().hold(desk.op_id());
    const auto before = own_template(desk);
    if (!before && desk.store().messages().templates(desk.op_id()).size() >= most_templates)
        throw invalid_request({{"path", "language", "is one too many; remove another template first"}});
    const app::MessageTemplate wording{.kind = std::string(kind.name),
                                       .language = before ? before->language : desk.path("language"),
                                       .subject = text_in(body, "subject"),
                                       .body = text_in(body, "body")};
    desk.store().messages().save(desk.op_id(), wording);
    desk.add_event(app::EventType::message_template_updated, std::nullopt, desk.op_id().value());
    return ok(json_of(wording, true));
}

http::Response remove_message_template(Desk& desk) {
    kind_in_path(desk);
    const auto own = own_template(desk);
    if (!own)
        throw not_found("unknown_message_template", "there is no wording of yours for " + desk.path("message_kind") +
                                                        " in \"" + desk.path("language") + "\"");
    desk.store().messages().remove_template(desk.op_id(), own->kind, own->language);
    desk.add_event(app::EventType::message_template_removed, std::nullopt, desk.op_id().value());
    return {.status = 204, .content_type = {}, .body = {}};
}

http::Response preview_message_template(Desk& desk) {
    const auto& kind = kind_in_path(desk);
    const auto& body = desk.call().body.as_object();
    refuse_unknown_placeholders(kind, body);
    const auto code = text_in(body, "subscriber");
    const auto row = desk.store().subscriber_row(desk.op_id(), code);
    if (!row) throw Problem(422, "unknown_subscriber", "there is no subscriber \"" + code + "\"");
    auto facts = desk.store().messages().latest_facts(desk.op_id(), desk.op().currency, row->subscriber.id,
                                                      app::name_of(kind.event));
    auto values = app::sample_values(desk.op().currency, desk.today());
    const bool is_known = facts.has_value();
    if (!facts)
        facts = app::MessageFacts{.event = {0, kind.event, desk.call().now, row->subscriber.id, code, 0, {}},
                                  .contact = row->subscriber.contact,
                                  .organization = row->subscriber.organization,
                                  .email = {},
                                  .language = {},
                                  .balance = row->balance};
    for (auto& [name, value] : app::values_of(*facts, desk.op(), desk.book().zone.date_at(facts->event.at)))
        if (is_known || !value.empty()) values.insert_or_assign(name, value);
    const auto own = desk.store().messages().templates(desk.op_id());
    const auto& wording = app::choose_template(own, kind.name, desk.path("language"), {});
    return ok(json::object{{"language", wording.language},
                           {"subject", app::fill_in(text_in(body, "subject", wording.subject), values)},
                           {"body", app::fill_in(text_in(body, "body", wording.body), values)}});
}

http::Response list_messages(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto paging = paging_of(desk);
    const auto before = paging.after ? std::optional(app::MessageId{paging.after->id}) : std::nullopt;
    app::Page<app::Message> page{.rows = desk.store().messages().messages(subscriber.id, before, paging.limit + 1)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().id.value()};
    }
    return ok(page_json(desk, page, [](const app::Message& message) { return json_of(message); }));
}

app::Message message_in_path(Desk& desk, const customers::Subscriber& subscriber) {
    const auto id = app::MessageId::parse(desk.path("message"));
    auto message = id ? desk.store().messages().find_message(subscriber.id, *id) : std::nullopt;
    if (!message) throw not_found("unknown_message", "there is no message " + desk.path("message"));
    return std::move(*message);
}

http::Response get_message(Desk& desk) { return ok(with_body(message_in_path(desk, desk.subscriber()))); }

http::Response resend_message(Desk& desk) {
    const auto subscriber = desk.subscriber();
    auto message = message_in_path(desk, subscriber);
    if (!desk.store().messages().mail_settings(desk.op_id())) throw not_set_up(422);
    if (subscriber.email.empty())
        throw Problem(422, "mail_not_sent",
                      "subscriber \"" + subscriber.code + "\" has no e-mail address; set `email` first");
    message.id = desk.ids().next<app::MessageId>();
    message.event.reset();
    message.recipient = subscriber.email;
    message.state = app::MessageState::waiting;
    message.attempts = 0;
    message.reason.clear();
    message.created_at = desk.call().now;
    message.next_attempt_at = desk.call().now;
    message.ended_at.reset();
    desk.store().messages().enqueue({&message, 1});
    return created(with_body(message),
                   "/api/v1/subscribers/" + segment(subscriber.code) + "/messages/" + message.id.text());
}

}  // namespace

void add_messages(Handlers& handlers) {
    handlers["get_mail_settings"] = {Runs::in_pool, get_mail_settings};
    handlers["put_mail_settings"] = {Runs::in_writer, put_mail_settings};
    handlers["test_mail_settings"] = outside(test_mail_settings);
    handlers["list_message_kinds"] = {Runs::in_pool, list_message_kinds};
    handlers["list_message_templates"] = {Runs::in_pool, list_message_templates};
    handlers["put_message_template"] = {Runs::in_writer, put_message_template};
    handlers["remove_message_template"] = {Runs::in_writer, remove_message_template};
    // In the writer, though it writes nothing: there a repetition is recognized by its key.
    handlers["preview_message_template"] = {Runs::in_writer, preview_message_template};
    handlers["list_messages"] = {Runs::in_pool, list_messages};
    handlers["get_message"] = {Runs::in_pool, get_message};
    handlers["resend_message"] = {Runs::in_writer, resend_message};
}

}  // namespace sluice::serve::api
