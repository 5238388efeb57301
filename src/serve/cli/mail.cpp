#include <CLI/CLI.hpp>
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/outbox_commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string settings_path = "/api/v1/mail-settings";
const std::string templates_path = "/api/v1/message-templates";

struct MailOptions : CommonOptions {
    std::string host;
    std::int64_t port = 0;
    std::string security;
    std::string username;
    std::string password;  // or @FILE
    std::string from;
    std::string from_name;
    std::string reply_to;
    std::string language;
    std::vector<std::string> kinds;
    bool enable = false;
    bool disable = false;
    std::string to;
    std::string kind;
    std::string subject;
    std::string body;  // or @FILE
    std::string subscriber;
    std::string message;
    std::int64_t limit = 100;
};

std::string op_of(Client& client, Session& session) { return selected_operator(client, session.where).code; }

int print(Session& session, const MailOptions& options, const json::value& answer, const std::string& words) {
    session.parts.out << (options.json ? pretty(answer) : words + "\n");
    return exit_done;
}

// The text itself, or after @ the file that holds it.
std::string text_or_file(const std::string& text) {
    return text.starts_with('@') ? text_of_file(text.substr(1)) : text;
}

json::object present_settings(Client& client, const std::string& op) {
    try {
        auto settings = as_object(client.get(settings_path, op));
        settings.erase("has_password");
        return settings;
    } catch (const BadInput&) {
        return {};  // not set up yet
    }
}

int set_up_mail(Session& session, const MailOptions& options) {
    const auto client = session.client();
    const auto op = op_of(*client, session);
    auto body = present_settings(*client, op);
    const auto set = [&](const char* name, const std::string& value) {
        if (!value.empty()) body[name] = value;
    };
    set("host", options.host);
    set("security", options.security);
    set("username", options.username);
    set("from_address", options.from);
    set("from_name", options.from_name);
    set("reply_to", options.reply_to);
    set("language", options.language);
    if (options.port > 0) body["port"] = options.port;
    if (!body.contains("port")) body["port"] = options.security == "tls" ? 465 : 587;
    if (!options.password.empty()) {
        auto password = text_or_file(options.password);
        while (password.ends_with('\n')) password.pop_back();
        body["password"] = password;
    }
    if (options.enable) body["enabled"] = true;
    if (options.disable) body["enabled"] = false;
    if (!options.kinds.empty()) {
        json::array kinds;
        for (const auto& kind : options.kinds)
            if (kind != "none") kinds.emplace_back(kind);
        body["kinds"] = std::move(kinds);
    }
    const auto answer = client->put(settings_path, op, body);
    return print(session, options, answer, "E-mail is sent by " + text_in(as_object(answer), "host") + ".");
}

int show_mail(Session& session, const MailOptions&) {
    const auto client = session.client();
    session.parts.out << pretty(client->get(settings_path, op_of(*client, session)));
    return exit_done;
}

int test_mail(Session& session, const MailOptions& options) {
    const auto client = session.client();
    const auto answer =
        client->post(settings_path + "/test", op_of(*client, session), json::object{{"to", options.to}});
    return print(session, options, answer, "The mail server has taken a message to " + options.to + ".");
}

// Prints a list as a table of these members.
int list(Session& session, const MailOptions& options, const std::string& path, const std::vector<std::string>& members,
         const std::string& nothing) {
    const auto client = session.client();
    std::vector<Table::Column> columns;
    for (const auto& member : members) columns.push_back({member});
    Table table(columns);
    json::array items;
    const auto next = client->each(
        path, op_of(*client, session),
        [&](const json::object& item) {
            std::vector<std::string> cells;
            for (const auto& member : members) {
                const auto& value = item.at(member);
                if (value.is_string())
                    cells.emplace_back(value.as_string());
                else if (value.is_bool())
                    cells.emplace_back(value.as_bool() ? "yes" : "no");
                else if (value.is_null())
                    cells.emplace_back();
                else
                    cells.push_back(json::serialize(value));
            }
            table.row(std::move(cells));
            items.push_back(item);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? nothing : table.text());
    return exit_done;
}

int list_kinds(Session& session, const MailOptions& options) {
    return list(session, options, "/api/v1/message-kinds", {"kind", "event_type", "enabled", "placeholders"}, "");
}

int list_templates(Session& session, const MailOptions& options) {
    return list(session, options, templates_path, {"kind", "language", "own", "subject"}, "");
}

std::string template_path(const MailOptions& options) {
    return templates_path + "/" + api::segment(options.kind) + "/" + api::segment(options.language);
}

json::object wording_in(const MailOptions& options) {
    json::object body;
    if (!options.subject.empty()) body["subject"] = options.subject;
    if (!options.body.empty()) body["body"] = text_or_file(options.body);
    return body;
}

int set_template(Session& session, const MailOptions& options) {
    const auto client = session.client();
    const auto answer = client->put(template_path(options), op_of(*client, session), wording_in(options));
    return print(session, options, answer,
                 "Messages of " + options.kind + " in " + options.language + " are so worded.");
}

int remove_template(Session& session, const MailOptions& options) {
    const auto client = session.client();
    client->remove(template_path(options), op_of(*client, session));
    session.parts.out << "Messages of " << options.kind << " in " << options.language
                      << " are worded as Sluice does again.\n";
    return exit_done;
}

int preview_template(Session& session, const MailOptions& options) {
    const auto client = session.client();
    auto body = wording_in(options);
    body["subscriber"] = options.subscriber;
    const auto answer = client->post(template_path(options) + "/preview", op_of(*client, session), body);
    const auto& preview = as_object(answer);
    return print(session, options, answer, text_in(preview, "subject") + "\n\n" + text_in(preview, "body"));
}

std::string messages_path(const MailOptions& options) {
    return "/api/v1/subscribers/" + api::segment(options.subscriber) + "/messages";
}

int list_messages(Session& session, const MailOptions& options) {
    return list(session, options, messages_path(options), {"id", "created_at", "kind", "to", "state", "reason"},
                "No messages.\n");
}

int show_message(Session& session, const MailOptions& options) {
    const auto client = session.client();
    const auto answer =
        client->get(messages_path(options) + "/" + api::segment(options.message), op_of(*client, session));
    const auto& message = as_object(answer);
    return print(session, options, answer,
                 "To: " + text_in(message, "to") + " (" + text_in(message, "state") + ")\n" +
                     text_in(message, "subject") + "\n\n" + text_in(message, "body"));
}

int resend_message(Session& session, const MailOptions& options) {
    const auto client = session.client();
    const auto answer =
        client->post(messages_path(options) + "/" + api::segment(options.message) + "/resend", op_of(*client, session));
    return print(session, options, answer, "Waiting to be sent: " + text_in(as_object(answer), "id") + ".");
}

using Made = std::pair<CLI::App*, MailOptions*>;

void set_up_options(const Made& made) {
    auto& [command, options] = made;
    command->add_option("--host", options->host, "The mail server");
    command->add_option("--port", options->port, "Its port; 587, and 465 for tls")->check(CLI::Range(1, 65'535));
    command->add_option("--security", options->security, "starttls, tls, or none for a relay on the same machine")
        ->check(CLI::IsMember({"starttls", "tls", "none"}));
    command->add_option("--username", options->username, "Who logs in there");
    command->add_option("--password", options->password, "The password, better as @FILE");
    command->add_option("--from", options->from, "The sender's address");
    command->add_option("--from-name", options->from_name, "The sender's name");
    command->add_option("--reply-to", options->reply_to, "Where answers go");
    command->add_option("--language", options->language, "Of subscribers who have said none");
    command->add_option("--kind", options->kinds, "A kind of message that is sent, all that are named; or none");
    command->add_flag("--enable", options->enable, "From now on e-mail is sent");
    command->add_flag("--disable", options->disable, "Nothing is sent until it is enabled again");
}

void template_options(const Made& made, bool with_words) {
    auto& [command, options] = made;
    command->add_option("KIND", options->kind, "The kind of message")->required();
    command->add_option("LANGUAGE", options->language, "The language, as en or pt-BR")->required();
    if (!with_words) return;
    command->add_option("--subject", options->subject, "The subject, with placeholders as {{amount}}");
    command->add_option("--body", options->body, "The body, or @FILE");
}

}  // namespace

void add_mail(CLI::App& app, const AddOutboxCommand& add_to) {
    auto* mail = app.add_subcommand("mail", "How e-mail is sent, and in whose words");
    mail->require_subcommand(1);
    auto* messages = app.add_subcommand("messages", "What subscribers were told by e-mail");
    messages->require_subcommand(1);
    const auto add = [&](CLI::App& parent, const std::string& name, const std::string& description,
                         const std::string& example, int (*carry_out)(Session&, const MailOptions&)) -> Made {
        const auto options = std::make_shared<MailOptions>();
        auto& sub = add_to(parent, name, description, "  sluice " + parent.get_name() + " " + name + example,
                           [options, carry_out](Session& session) { return carry_out(session, *options); });
        sub.add_flag("--json", options->json, "Print JSON instead of tables");
        return {&sub, options.get()};
    };
    set_up_options(add(*mail, "set-up", "Say how e-mail is sent; what is not said stays",
                       " --host smtp.example.com --username metro --password @smtp-password.txt --from "
                       "billing@metro.example --from-name \"Metro Fiber\" --operator metro",
                       set_up_mail));
    add(*mail, "show", "Show how e-mail is sent", " --operator metro", show_mail);
    const auto test = add(*mail, "test", "Send a test message", " ada@example.com --operator metro", test_mail);
    test.first->add_option("ADDRESS", test.second->to, "Where to")->required();
    add(*mail, "kinds", "List the kinds of messages and their placeholders", " --operator metro", list_kinds);
    add(*mail, "templates", "List the wordings", " --operator metro", list_templates);
    template_options(add(*mail, "set-template", "Word a message in a language",
                         " document_issued en --subject \"Document {{document_number}}\" --body @body.txt --operator "
                         "metro",
                         set_template),
                     true);
    template_options(add(*mail, "remove-template", "Take back a wording; that of Sluice holds again",
                         " document_issued en --operator metro", remove_template),
                     false);
    const auto preview = add(*mail, "preview", "See how a wording reads for a subscriber",
                             " document_issued en --subscriber S000009 --operator metro", preview_template);
    template_options(preview, true);
    preview.first->add_option("--subscriber", preview.second->subscriber, "Whose code")->required();

    const auto of = [](const Made& made, bool with_message) {
        made.first->add_option("SUBSCRIBER", made.second->subscriber, "Whose code")->required();
        if (with_message) made.first->add_option("MESSAGE", made.second->message, "Its id")->required();
        return made;
    };
    const auto listed =
        of(add(*messages, "list", "List them, newest first", " S000009 --operator metro", list_messages), false);
    listed.first->add_option("--limit", listed.second->limit, "At most so many")->check(CLI::Range(1, 1'000'000));
    of(add(*messages, "show", "Show one with its body", " S000009 message_6h0w7mrpqmg32 --operator metro",
           show_message),
       true);
    of(add(*messages, "resend", "Send one again, to the address that the subscriber has now",
           " S000009 message_6h0w7mrpqmg32 --operator metro", resend_message),
       true);
}

}  // namespace sluice::serve
