// Commands for what is told to others: webhooks and e-mail.
#pragma once

#include <functional>
#include <string>

#include "serve/cli/commands.hpp"

namespace CLI {
class App;
}

namespace sluice::serve {

// Adds a command: its parent, name, description, examples, and what carries it out.
using AddOutboxCommand = std::function<CLI::App&(CLI::App&, const std::string&, const std::string&, const std::string&,
                                                 std::function<int(Session&)>)>;
void add_webhooks(CLI::App& app, const AddOutboxCommand& add);
void add_mail(CLI::App& app, const AddOutboxCommand& add);

}  // namespace sluice::serve
