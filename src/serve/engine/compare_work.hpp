// The comparison of a bill run, as the last part of the run: its differences are stored batch by batch, its totals in
// the job's result.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "app/compare_run.hpp"
#include "serve/engine/work.hpp"

namespace sluice::serve {

// A job's result gets {"comparison": {"before": {"after", "through", "total"}, "now": likewise, "sub_services",
// "unchanged", "causes": [{"cause", "sub_services", "amount"}]}}, amounts in minor units; null where there is nothing
// to compare with: in an operator's first run, and one whose dates are all billed already.
class CompareWork {
public:
    // `after`: the operator was billed through that date. `store` shows one moment, and lives as long as this.
    CompareWork(Engine& engine, app::Store& store, const customers::Operator& op, app::JobId run,
                std::optional<Date> after, Date through);

    void expect(const invoicing::AccountFacts& facts, std::span<const invoicing::Draft> drafts, bool is_parked);
    // All accounts up to `last`, or all that are left. `report` is called before each batch, and may throw.
    void compare_to(std::optional<customers::SubscriberId> last, const std::function<void()>& report);
    void add_to(app::Job& job) const;

private:
    Engine& engine_;
    app::JobId run_;
    std::optional<app::RunComparison> comparison_;
};

// Of a run that has issued its documents.
void compare_run(Engine& engine, app::Job& job, Date through, const Report& report);

}  // namespace sluice::serve
