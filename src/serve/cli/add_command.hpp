// How commands of the command line are declared: their names, options and examples.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "serve/cli/commands.hpp"

namespace sluice::serve {

// The chosen command, to be carried out once all options are known.
using Chosen = std::function<int(Session&)>;

template <typename Options>
void json_option(CLI::App& command, Options& options) {
    command.add_flag("--json", options.json, "Print JSON instead of tables");
}

template <typename Options>
CLI::App& add_command(CLI::App& parent, Chosen& chosen, const std::string& name, const std::string& description,
                      const std::string& examples, const std::shared_ptr<Options>& options,
                      int (*carry_out)(Session&, const std::decay_t<Options>&)) {
    auto* command = parent.add_subcommand(name, description);
    command->footer("Examples:\n" + examples + "\n");
    command->callback([&chosen, options, carry_out, command] {
        if (!command->get_subcommands().empty()) return;  // one of its subcommands has been chosen
        chosen = [options, carry_out](Session& session) { return carry_out(session, *options); };
    });
    return *command;
}

void add_users(CLI::App& app, Chosen& chosen);
void add_operators(CLI::App& app, Chosen& chosen);
void add_policies(CLI::App& app, Chosen& chosen);

// A store as a whole, on the machine that has it.
void add_serve(CLI::App& app, Chosen& chosen, Where& where);
void add_migrate(CLI::App& app, Chosen& chosen, Where& where);
void add_copy(CLI::App& app, Chosen& chosen);
void add_copies(CLI::App& app, Chosen& chosen, Where& where);

// Money that comes in, goes back or is let off.
void add_payment_methods(CLI::App& app, Chosen& chosen);
void add_checkouts(CLI::App& app, Chosen& chosen);
void add_cash(CLI::App& app, Chosen& chosen);
void add_cheques(CLI::App& app, Chosen& chosen);
void add_pro_formas(CLI::App& app, Chosen& chosen);
void add_advance_payments(CLI::App& app, Chosen& chosen);
void add_discounts(CLI::App& app, Chosen& chosen);
void add_promo_codes(CLI::App& app, Chosen& chosen);
void add_saved_methods(CLI::App& app, Chosen& chosen);
void add_payouts(CLI::App& app, Chosen& chosen);
void add_automatic_payments(CLI::App& app, Chosen& chosen);

}  // namespace sluice::serve
