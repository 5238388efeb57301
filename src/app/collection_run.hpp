// The collection of a day: reminders, late fees, suspension and termination of those who owe, by their ladders; and
// what need not wait any more resumes. Whoever did all of it already does nothing. Rules: docs/payments.md.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"

namespace sluice::app {

struct CollectionFigures {
    std::int64_t debtors = 0;  // looked at
    std::int64_t reminders = 0;
    std::int64_t late_fees = 0;
    std::int64_t suspended = 0;  // sub-services, as the next two
    std::int64_t terminated = 0;
    std::int64_t resumed = 0;
};

// One step that is due, as a preview tells it.
struct PlannedStep {
    std::string subscriber_code;
    std::string name;
    collection::Step step;
    std::string number;  // of the document
    Money open;
    std::optional<subscriptions::SuspendedFor> cause = {};  // of a suspension
};

class CollectionRun {
public:
    CollectionRun(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op, Date date)
        : store_(store), hasher_(hasher), ids_(ids), op_(std::move(op)), date_(date) {}

    // How far a run has got: where what was done since is undone, it goes back there.
    struct Place {
        CollectionFigures figures;
        std::optional<customers::SubscriberId> after;
        bool debtors_are_done = false;
    };
    const Place& place() const { return place_; }
    void go_to(Place place) { place_ = place; }

    // The next accounts, in a transaction; false when there are no more.
    bool step();
    const CollectionFigures& figures() const { return place_.figures; }

private:
    bool step_debtors();
    bool step_waiting();
    std::vector<collection::Debtor> hold_debtors();
    void suspend(const std::vector<const collection::Debtor*>& debtors, std::vector<NewEvent>& events);
    bool terminate(const collection::Debtor& debtor);
    bool charge_late_fee(const collection::Debtor& debtor);

    static constexpr std::int64_t batch = 500;  // subscribers

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    customers::Operator op_;
    Date date_;
    Place place_;
};

// What a run on `date` would do to the subscribers after `after`, of whom `limit` are looked at; `after` becomes the
// last of them, or nothing when there are no more.
std::vector<PlannedStep> planned_steps(Store& store, const customers::Operator& op, Date date,
                                       std::optional<customers::SubscriberId>& after, std::int64_t limit);

}  // namespace sluice::app
