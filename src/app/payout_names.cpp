#include <algorithm>
#include <array>

#include "app/ports/payout_store.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 2> through_names{"gateway", "manual"};
constexpr std::array<std::string_view, 4> state_names{"under_way", "open", "paid", "cancelled"};

}  // namespace

std::string_view name_of(PayoutThrough through) { return through_names[static_cast<std::size_t>(through)]; }
std::string_view name_of(PayoutState state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<PayoutState> parse_payout_state(std::string_view name) {
    const auto found = std::find(state_names.begin(), state_names.end(), name);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<PayoutState>(found - state_names.begin());
}

}  // namespace sluice::app
