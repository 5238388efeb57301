#include "serve/cli/sign_on_providers.hpp"

#include <iostream>
#include <ostream>

#include "serve/cli/answers.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string providers = "/api/v1/sign-on-providers";

struct ProviderOptions : CommonOptions {
    std::string name;
    std::string label;
    std::string issuer;
    std::string client_id;
    std::string linked_by;
    std::string secret_file;
    bool secret_stdin = false;
};

// Never an argument, which everybody on the machine can read.
std::string client_secret(const ProviderOptions& options) {
    if (options.secret_stdin == !options.secret_file.empty())
        throw BadInput("the client's secret comes from standard input or from a file: --secret-stdin or --secret-file");
    std::string secret;
    if (options.secret_stdin)
        std::getline(std::cin, secret);
    else
        secret = text_of_file(options.secret_file);
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
    if (secret.empty()) throw BadInput("there is no secret on standard input or in the file");
    return secret;
}

int list_providers(Session& session, const ProviderOptions& options) {
    const auto client = session.client();
    Table table({{"name"}, {"label"}, {"issuer"}, {"client"}, {"linked by"}, {"callback"}});
    json::array items;
    client->each(providers, {}, [&](const json::object& one) {
        table.row({text_in(one, "name"), text_in(one, "label"), text_in(one, "issuer"), text_in(one, "client_id"),
                   text_in(one, "linked_by"), text_in(one, "callback_url")});
        items.push_back(one);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
    else
        session.parts.out << (items.empty() ? "No providers yet. `sluice users providers add` adds one.\n"
                                            : table.text());
    return exit_done;
}

int add_provider(Session& session, const ProviderOptions& options) {
    const auto secret = client_secret(options);
    const auto client = session.client();
    const auto answer =
        as_object(client->post(providers, {},
                               json::object{{"name", options.name},
                                            {"label", options.label.empty() ? options.name : options.label},
                                            {"issuer", options.issuer},
                                            {"client_id", options.client_id},
                                            {"client_secret", secret},
                                            {"linked_by", options.linked_by}}));
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto callback = text_in(answer, "callback_url");
    session.parts.out << "Users sign on through " << options.name << ". Register this address there:\n  "
                      << (callback.empty()
                              ? "SLUICE_PUBLIC_URL of the server + /api/v1/oidc/" + options.name + "/callback"
                              : callback)
                      << '\n';
    return exit_done;
}

int remove_provider(Session& session, const ProviderOptions& options) {
    session.client()->remove(providers + "/" + options.name, {});
    session.parts.out << "Nobody signs on through " << options.name << " any more.\n";
    return exit_done;
}

}  // namespace

void add_sign_on_providers(CLI::App& users, Chosen& chosen) {
    auto* command = users.add_subcommand("providers", "Through whom they sign on (OpenID Connect), beside a password");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const ProviderOptions&)) {
        const auto options = std::make_shared<ProviderOptions>();
        auto& sub =
            add_command(*command, chosen, name, description,
                        "  sluice users providers " + name + example + " --db sqlite:sluice.db", options, carry_out);
        if (name != "list") sub.add_option("NAME", options->name, "In addresses, as work")->required();
        if (name == "add") {
            sub.add_option("--label", options->label, "As people see it: \"Sign in with …\"; the name, unless said");
            sub.add_option("--issuer", options->issuer, "As https://accounts.example.com")->required();
            sub.add_option("--client-id", options->client_id, "What the provider calls this server")->required();
            sub.add_option("--linked-by", options->linked_by,
                           "How a user is found at the first sign-on: by the verified e-mail address, which is the "
                           "login, or by the subject, when the provider's subjects are our logins")
                ->check(CLI::IsMember({"email", "subject"}))
                ->required();
            sub.add_option("--secret-file", options->secret_file, "A file that holds the client's secret");
            sub.add_flag("--secret-stdin", options->secret_stdin, "Standard input holds it");
        }
        if (name != "remove") json_option(sub, *options);
    };
    add("list", "List them, without their secrets", "", list_providers);
    add("add", "Trust a provider to say who somebody is; nobody becomes a user by it",
        " work --label \"Metro at work\" --issuer https://accounts.metro.example --client-id sluice --linked-by email "
        "--secret-file secret.txt",
        add_provider);
    add("remove", "Trust it no more, and forget whom its subjects were", " work", remove_provider);
}

}  // namespace sluice::serve
