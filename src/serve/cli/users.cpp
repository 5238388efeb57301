// People who sign in: made here first, before anybody can do it in the console.
#include <iostream>
#include <ostream>

#include "app/sign_in.hpp"
#include "serve/api/desk.hpp"
#include "serve/cli/add_command.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/sign_on_providers.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string users = "/api/v1/users";

struct UserOptions : CommonOptions {
    std::string login;
    std::string name;
    std::string language = "en";
    std::string role;
    bool password_stdin = false;
    bool second_factor = false;
};

// "platform", or no operator at all, stands for every operator.
json::value scope_of(const Session& session) {
    const auto& op = session.where.op;
    return op.empty() || op == "platform" ? json::value() : json::value(op);
}

json::object find_user(Client& client, const std::string& login) {
    std::optional<json::object> found;
    client.each(users, {}, [&](const json::object& user) {
        if (text_in(user, "login") == app::login_of(login)) found = user;
    });
    if (!found) throw BadInput("there is no user " + login);
    return *found;
}

std::string path_of(const json::object& user) { return users + "/" + text_in(user, "id"); }

std::string grants_text(const json::object& user) {
    std::string text;
    for (const auto& each : user.at("grants").as_array()) {
        const auto op = text_in(each.as_object(), "operator");
        text +=
            (text.empty() ? "" : ", ") + (op.empty() ? "(platform)" : op) + ": " + text_in(each.as_object(), "role");
    }
    return text;
}

int list_users(Session& session, const UserOptions& options) {
    const auto client = session.client();
    Table table({{"login"}, {"name"}, {"grants"}, {"second factor"}, {"state"}, {"last signed in"}});
    json::array items;
    client->each(
        users, session.where.op == "platform" ? std::string() : session.where.op, [&](const json::object& user) {
            table.row({text_in(user, "login"), text_in(user, "name"), grants_text(user),
                       user.at("two_factor").as_bool() ? "yes" : "no", user.at("disabled").as_bool() ? "disabled" : "",
                       text_in(user, "last_signed_in_at").substr(0, 10)});
            items.push_back(user);
        });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
    else
        session.parts.out << (items.empty() ? "No users yet. `sluice users create LOGIN` makes one.\n" : table.text());
    return exit_done;
}

// Looked at before anything is made, so that a weak one leaves nothing behind. Empty: a link is wanted.
std::string password_from_input(const UserOptions& options) {
    if (!options.password_stdin) return {};
    std::string password;
    std::getline(std::cin, password);
    if (!password.empty() && password.back() == '\r') password.pop_back();
    if (password.empty()) throw BadInput("--password-stdin: there is no password on standard input");
    if (const auto fault = app::password_fault(password, options.login)) throw BadInput(*fault);
    return password;
}

void set_password(Client& client, const std::string& link, const std::string& password) {
    client.post("/api/v1/password-resets", {},
                json::object{{"token", link.substr(link.find('#') + 1)}, {"password", password}});
}

// The link alone goes to standard output, so that a script can take it from there.
void hand_out(Session& session, Client& client, const std::string& link, const std::string& login,
              const std::string& password) {
    if (password.empty()) {
        session.parts.out << link << '\n';
        session.parts.err << "sluice: " << login
                          << " chooses a password at this path of the server; it holds once, and is shown only now.\n";
        return;
    }
    set_password(client, link, password);
    session.parts.out << login << " may sign in.\n";
}

int create_user(Session& session, const UserOptions& options) {
    const auto password = password_from_input(options);
    const auto client = session.client();
    json::array grants{json::object{{"operator", scope_of(session)}, {"role", options.role}}};
    auto answer = as_object(client->post(users, {},
                                         json::object{{"login", options.login},
                                                      {"name", options.name.empty() ? options.login : options.name},
                                                      {"language", options.language},
                                                      {"grants", std::move(grants)}}));
    const auto link = text_in(answer, "reset_path");
    if (options.json) {
        if (!password.empty()) {
            set_password(*client, link, password);
            answer["reset_path"] = nullptr;  // it has been used
        }
        session.parts.out << pretty(answer);
        return exit_done;
    }
    hand_out(session, *client, link, options.login, password);
    return exit_done;
}

int reset_user(Session& session, const UserOptions& options) {
    const auto password = password_from_input(options);
    const auto client = session.client();
    const auto user = find_user(*client, options.login);
    const auto answer =
        client->post(path_of(user) + "/reset-link", {}, json::object{{"second_factor", options.second_factor}});
    hand_out(session, *client, text_in(as_object(answer), "reset_path"), options.login, password);
    return exit_done;
}

int switch_user(Session& session, const UserOptions& options, bool disabled) {
    const auto client = session.client();
    client->patch(path_of(find_user(*client, options.login)), {}, json::object{{"disabled", disabled}});
    session.parts.out << options.login << (disabled ? " is disabled, and signed out.\n" : " may sign in.\n");
    return exit_done;
}
int disable_user(Session& session, const UserOptions& options) { return switch_user(session, options, true); }
int enable_user(Session& session, const UserOptions& options) { return switch_user(session, options, false); }

// With `role` the grant of that scope is that role from now on; without it there is none.
int change_grants(Session& session, const UserOptions& options, const std::string& role) {
    const auto client = session.client();
    const auto user = find_user(*client, options.login);
    const auto scope = scope_of(session);
    json::array grants;
    for (const auto& grant : user.at("grants").as_array())
        if (grant.as_object().at("operator") != scope) grants.push_back(grant);
    if (!role.empty()) grants.push_back(json::object{{"operator", scope}, {"role", role}});
    const auto answer = client->patch(path_of(user), {}, json::object{{"grants", std::move(grants)}});
    const auto text = grants_text(as_object(answer));
    session.parts.out << options.login << ": " << (text.empty() ? "no grants" : text) << '\n';
    return exit_done;
}
int grant_user(Session& session, const UserOptions& options) { return change_grants(session, options, options.role); }
int revoke_user(Session& session, const UserOptions& options) { return change_grants(session, options, {}); }

}  // namespace

void add_users(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("users", "People who sign in, and what they may");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const UserOptions&)) {
        const auto options = std::make_shared<UserOptions>();
        auto& sub = add_command(*command, chosen, name, description,
                                "  sluice users " + name + example + " --db sqlite:sluice.db", options, carry_out);
        if (name != "list") sub.add_option("LOGIN", options->login, "An e-mail address")->required();
        if (name == "create") {
            sub.add_option("--name", options->name, "As others see it; the login, unless said");
            sub.add_option("--language", options->language, "Of the console")->capture_default_str();
        }
        if (name == "create" || name == "grant")
            sub.add_option("--role", options->role, "viewer, cashier, support, clerk or owner")
                ->check(CLI::IsMember({"viewer", "cashier", "support", "clerk", "owner"}))
                ->required();
        if (name == "create" || name == "reset")
            sub.add_flag("--password-stdin", options->password_stdin, "Set the password that standard input holds");
        if (name == "reset") sub.add_flag("--second-factor", options->second_factor, "Remove the second factor, too");
        if (name == "create" || name == "list") json_option(sub, *options);
    };
    add("list", "List them, disabled ones too", "", list_users);
    add("create",
        "Make one of an operator, or without --operator one of the whole installation; prints a one-time link",
        " ann@metro.example --name Ann --role clerk --operator metro", create_user);
    add("disable", "End their sessions and let them in no more", " ann@metro.example", disable_user);
    add("enable", "Let them in again", " ann@metro.example", enable_user);
    add("reset", "Print a one-time link by which they choose a new password", " ann@metro.example", reset_user);
    add("grant", "Give them a role with an operator, instead of the one they had there",
        " ann@metro.example --role owner --operator metro", grant_user);
    add("revoke", "Take their role with an operator away", " ann@metro.example --operator metro", revoke_user);
    add_sign_on_providers(*command, chosen);
}

}  // namespace sluice::serve
