#include "domain/catalog/discount.hpp"

#include <array>

namespace sluice::catalog {
namespace {

constexpr std::array<std::string_view, 3> charges_names{"recurring", "one_time", "all"};
constexpr std::array<std::string_view, 2> combines_names{"best_of", "stacks"};

}  // namespace

std::string_view name_of(DiscountedCharges charges) { return charges_names[static_cast<std::size_t>(charges)]; }
std::string_view name_of(Combines combines) { return combines_names[static_cast<std::size_t>(combines)]; }

}  // namespace sluice::catalog
