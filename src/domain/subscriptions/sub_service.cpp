#include "domain/subscriptions/sub_service.hpp"

#include <array>
#include <utility>

#include "values/check.hpp"

namespace sluice::subscriptions {
namespace {

constexpr std::array<std::string_view, 5> status_names{"inactive", "active", "suspended", "data_exhausted",
                                                       "cancelled"};

}  // namespace

const Item& SubService::main() const {
    const Item* found = nullptr;
    for (const auto& item : items)
        if (item.is_main() && !item.ends_on) found = &item;
    check(found != nullptr, "a sub-service has one main service");
    return *found;
}

Item& SubService::main() { return const_cast<Item&>(std::as_const(*this).main()); }

bool SubService::is_suspended_without_billing() const {
    return status == Status::suspended && (suspended_spans.empty() || suspended_spans.back().stops_billing);
}

bool SubService::is_billable() const {
    return status == Status::active || status == Status::data_exhausted ||
           (status == Status::suspended && !is_suspended_without_billing());
}

std::string_view name_of(Status status) { return status_names[static_cast<std::size_t>(status)]; }

std::string_view name_of(SuspendedFor cause) {
    static constexpr std::array<std::string_view, 3> names{"request", "debt", "funds"};
    return names[static_cast<std::size_t>(cause)];
}

std::optional<Status> parse_status(std::string_view name) {
    for (std::size_t i = 0; i < status_names.size(); ++i)
        if (status_names[i] == name) return static_cast<Status>(i);
    return std::nullopt;
}

}  // namespace sluice::subscriptions
