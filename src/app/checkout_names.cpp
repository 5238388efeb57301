#include <algorithm>
#include <array>

#include "app/ports/gateway_store.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 3> kind_names{"hosted", "saved", "setup"};
constexpr std::array<std::string_view, 5> state_names{"pending", "succeeded", "failed", "expired", "unknown"};

}  // namespace

std::string_view name_of(CheckoutKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(CheckoutState state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<CheckoutState> parse_checkout_state(std::string_view name) {
    const auto found = std::find(state_names.begin(), state_names.end(), name);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<CheckoutState>(found - state_names.begin());
}

}  // namespace sluice::app
