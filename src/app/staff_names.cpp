#include <algorithm>
#include <array>

#include "app/ports/staff_store.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 5> role_names{"viewer", "cashier", "support", "clerk", "owner"};
constexpr std::array<std::string_view, 3> actor_names{"user", "api_key", "program"};

}  // namespace

std::string_view name_of(StaffRole role) { return role_names[static_cast<std::size_t>(role)]; }

std::optional<StaffRole> parse_staff_role(std::string_view name) {
    const auto found = std::find(role_names.begin(), role_names.end(), name);
    if (found == role_names.end()) return std::nullopt;
    return static_cast<StaffRole>(found - role_names.begin());
}

std::string_view name_of(ActorKind kind) { return actor_names[static_cast<std::size_t>(kind)]; }

}  // namespace sluice::app
