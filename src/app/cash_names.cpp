#include <algorithm>
#include <array>

#include "app/ports/cash_store.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 4> kind_names{"payment", "refund", "cash_in", "cash_out"};
constexpr std::array<std::string_view, 3> state_names{"received", "cleared", "bounced"};

}  // namespace

std::string_view name_of(CashMovementKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(ChequeState state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<ChequeState> parse_cheque_state(std::string_view name) {
    const auto found = std::find(state_names.begin(), state_names.end(), name);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<ChequeState>(found - state_names.begin());
}

}  // namespace sluice::app
