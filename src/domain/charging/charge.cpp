#include "domain/charging/charge.hpp"

#include <array>

namespace sluice::charging {
namespace {

constexpr std::array<std::string_view, 6> kind_names{"recurring",   "setup_fee", "once",
                                                     "installment", "credit",    "discount"};

}  // namespace

std::string_view name_of(ChargeKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

}  // namespace sluice::charging
