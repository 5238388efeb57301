// What a bill run brings against what the dates before brought, sub-service by sub-service. It reads batches of
// accounts and keeps one of them; who calls it stores what it finds.
#pragma once

#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/ports/comparison_store.hpp"
#include "app/ports/store.hpp"
#include "domain/invoicing/decide.hpp"

namespace sluice::app {

struct CauseTotal {
    std::int64_t sub_services = 0;
    Money amount;
};

struct ComparisonTotals {
    Money before;
    Money now;
    std::int64_t sub_services = 0;  // with a line on either side
    std::int64_t unchanged = 0;     // of these: they bring what they brought
    std::map<reports::Cause, CauseTotal> causes = {};
};

class RunComparison {
public:
    // `store` shows one moment.
    RunComparison(Store& store, customers::Operator op, JobId run, reports::ComparedDates dates);

    // What a dry run would issue for an account; nothing, where it cannot be billed. Its batch is compared next.
    void expect(const invoicing::AccountFacts& facts, std::span<const invoicing::Draft> drafts, bool is_parked);

    // Compares the next accounts, up to `last` (without it: all). False when there are none of them.
    bool step(std::optional<customers::SubscriberId> last);
    // What was found since.
    std::vector<RunDifference> take() { return std::exchange(found_, {}); }
    const ComparisonTotals& totals() const { return totals_; }
    const reports::ComparedDates& dates() const { return dates_; }

private:
    struct Expected {
        subscriptions::Status status;
        std::optional<Date> started_on;
        bool is_parked;
        std::vector<invoicing::Line> lines = {};
    };
    void compare(const ComparedSubService& sub);

    Store& store_;
    customers::Operator op_;
    catalog::Catalog catalog_;
    JobId run_;
    reports::ComparedDates dates_;
    std::optional<customers::SubscriberId> after_;
    std::unordered_map<subscriptions::SubServiceId, Expected> expected_;
    std::vector<RunDifference> found_;
    ComparisonTotals totals_;
};

}  // namespace sluice::app
