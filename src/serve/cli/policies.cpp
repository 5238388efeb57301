// Policies of an operator: seen, tried out and replaced.
#include <algorithm>
#include <ostream>

#include "serve/cli/add_command.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/settings_files.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

const std::string policies = "/api/v1/policies";

struct PolicyOptions : CommonOptions {
    std::string file;
    bool preview = false;
};

std::string counted(std::int64_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// A setting of billing or payment, or both: what the policy says.
std::string says(const json::object& policy) {
    const auto billing = setting_text(object_in(policy, "billing"));
    const auto payment = setting_text(object_in(policy, "payment"));
    if (billing == "-" || payment == "-") return billing == "-" ? payment : billing;
    return billing + "; " + payment;
}

std::string policies_text(const json::object& answer) {
    Table table({{"", Align::right}, {"region"}, {"pop"}, {"category"}, {"says"}});
    int place = 0;
    for (const auto& each : list_in(answer, "items")) {
        const auto& policy = as_object(each);
        const auto& when = object_in(policy, "when");
        const auto named = [&](std::string_view what) {
            const auto text = text_in(when, what);
            return text.empty() ? std::string("any") : text;
        };
        table.row({std::to_string(++place), named("region"), named("pop"), named("category"), says(policy)});
    }
    if (place == 0) return "No policies: the operator's own settings hold, where nothing more specific is said.\n";
    return table.text() + "The first that matches and says something decides, setting by setting.\n";
}

std::string effects_text(const json::array& effects) {
    static constexpr std::size_t most = 20;
    Table table({{"subscriber"}, {"name"}, {"sub-service"}, {"setting"}, {"before"}, {"after"}});
    for (std::size_t i = 0; i < std::min(effects.size(), most); ++i) {
        const auto& effect = as_object(effects[i]);
        for (const auto& each : list_in(effect, "changes")) {
            const auto& change = as_object(each);
            table.row({text_in(effect, "subscriber"), text_in(effect, "subscriber_name"),
                       text_in(effect, "sub_service"), text_in(change, "setting"), setting_text(change.at("before")),
                       setting_text(change.at("after"))});
        }
    }
    return table.text("  ") + (effects.size() > most ? "  These are the first; --json tells more of them.\n" : "");
}

std::string preview_text(const json::object& preview) {
    const auto of = " of " + counted(number_in(preview, "all_subscribers"), "subscriber") + " and " +
                    counted(number_in(preview, "all_sub_services"), "sub-service");
    if (list_in(preview, "settings").empty()) return "Nothing would be different for any" + of + ".\n";
    Table table({{"setting"}, {"for how many", Align::right}});
    for (const auto& each : list_in(preview, "settings"))
        table.row({text_in(as_object(each), "setting"), std::to_string(number_in(as_object(each), "count"))});
    return "Something would be different for " + counted(number_in(preview, "subscribers"), "subscriber") + " and " +
           counted(number_in(preview, "sub_services"), "sub-service") + "," + of + ":\n" + table.text("  ") +
           effects_text(list_in(preview, "effects")) + "Nothing is changed yet: without --preview it is.\n";
}

int show_policies(Session& session, const PolicyOptions& options) {
    const auto client = session.client();
    const auto read = client->read(policies, selected_operator(*client, session.where).code);
    session.parts.out << (options.json ? pretty(file_of(read)) : policies_text(as_object(read.body)));
    return exit_done;
}

int set_policies(Session& session, const PolicyOptions& options) {
    const auto file = read_settings_file(options.file);
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    if (options.preview) {
        const auto preview = client->post(policies + "/preview", op, file.settings);
        session.parts.out << (options.json ? pretty(preview) : preview_text(as_object(preview)));
        return exit_done;
    }
    const auto answer = client->put(policies, op, file.settings, file.etag);
    const auto count = list_in(as_object(answer), "items").size();
    if (options.json)
        session.parts.out << pretty(answer);
    else
        session.parts.out << op << " has " << count << (count == 1 ? " policy" : " policies") << " from now on.\n";
    return exit_done;
}

}  // namespace

void add_policies(CLI::App& app, Chosen& chosen) {
    const std::string on = " --db sqlite:sluice.db --operator metro";
    auto* command = app.add_subcommand("policies", "Settings for subscribers of a region, pop or category");
    command->require_subcommand(1);
    const auto shown = std::make_shared<PolicyOptions>();
    json_option(add_command(*command, chosen, "show", "Show the policies, in their order",
                            "  sluice policies show" + on + "\n  sluice policies show --json" + on + " > policies.json",
                            shown, show_policies),
                *shown);
    const auto changed = std::make_shared<PolicyOptions>();
    auto& set = add_command(*command, chosen, "set", "Replace the policies; what is charged from now on follows them",
                            "  sluice policies show --json" + on + " > policies.json      # and change it\n" +
                                "  sluice policies set policies.json --preview" + on +
                                "\n  sluice policies set policies.json" + on,
                            changed, set_policies);
    set.add_option("FILE", changed->file, "JSON as `show --json` prints it; - for standard input")->required();
    set.add_flag("--preview", changed->preview, "Show for whom what would be different, change nothing");
    json_option(set, *changed);
}

}  // namespace sluice::serve
