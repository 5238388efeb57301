#include "app/resume_waiting.hpp"

#include <algorithm>

#include "app/commands.hpp"

namespace sluice::app {

std::int64_t resume_waiting(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op,
                            std::span<const customers::SubscriberId> subscribers, Date date, Waiting which) {
    if (subscribers.empty()) return 0;
    std::optional<Commands> commands;
    std::int64_t resumed = 0;
    for (const auto& waiting : store.waiting_services(subscribers.front(), subscribers.back())) {
        if (!std::binary_search(subscribers.begin(), subscribers.end(), waiting.subscriber)) continue;
        if (which == Waiting::for_debt && waiting.cause != subscriptions::SuspendedFor::debt) continue;
        if (!commands) commands.emplace(store, hasher, ids, op);
        // Refused: it goes on waiting.
        if (commands->resume(std::max(date, waiting.changed_on), {waiting.subscriber_code, waiting.code})) ++resumed;
    }
    if (which == Waiting::for_anything) ProFormas(store, hasher, ids, op).settle(subscribers, date);
    return resumed;
}

}  // namespace sluice::app
