// Saved cards in a scenario: what is charged by itself, and a gateway that answers as the scenario says.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/checkouts.hpp"
#include "serve/commands/read_command.hpp"
#include "values/zone.hpp"

namespace sluice::serve {

class SimulatedGateway;

// The commands of one scenario:
//   save_card            subscriber, card (default "card"), answers: what the gateway says to its charges, one after
//                        another, then `succeeded`
//   automatic_payment    subscriber, for: top_up | documents, or sub_service; card
//   end_automatic_payment  subscriber, or sub_service
//   charge_automatically the task of that day
class CardCommands {
public:
    explicit CardCommands(const Zone& zone);

    using Action = std::function<app::CommandResult(app::Books&)>;
    static bool is_command(std::string_view name);
    static std::string names();
    // REQUIRES: is_command(name). Takes the command's keys. Throws InputError.
    Action read(std::string_view name, Fields& fields, Date date, KnownCodes& codes) const;

private:
    Zone zone_;
    std::shared_ptr<SimulatedGateway> gateway_;
};

}  // namespace sluice::serve
