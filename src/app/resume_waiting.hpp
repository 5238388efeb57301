// What money does for services. Whatever brings money in, or gives a debtor time, ends with this.
#pragma once

#include <span>

#include "app/ports/store.hpp"

namespace sluice::app {

// Resumes what was suspended for debt or funds, as far as nothing stands against it any more; in the transaction that
// is under way, on `date` or the day of the suspension, whichever is later. `subscribers`: held, in order of creation.
// What is ordered and can be paid begins. GIVES: how many sub-services were resumed. What waits for funds resumes when
// money comes, not when less of its period is left.
enum class Waiting { for_anything, for_debt };
std::int64_t resume_waiting(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op,
                            std::span<const customers::SubscriberId> subscribers, Date date,
                            Waiting which = Waiting::for_anything);

}  // namespace sluice::app
