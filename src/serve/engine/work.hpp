// The kinds of long work, and their JSON in a job's row.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>

#include "app/bill_accounts.hpp"
#include "serve/engine/engine.hpp"

namespace sluice::serve {

// A bill run's `request` is {"through": date, "dry_run": bool, "workers": number, "compare": bool}, its `result`
// {"parked_accounts": [{"subscriber", "date", "reason"}], "comparison": see compare_work.hpp}, the first 100 of them;
// its `progress`:
struct BillRunState {
    std::optional<Date> date = {};  // being billed
    std::int64_t due_at_start = 0;  // sub-services
    std::int64_t sub_services = 0;  // billed so far
    std::int64_t parked = 0;        // accounts
    app::BillingTotals totals;
    // Sub-services again: how many were due on `date` when its first batch was billed, and how many of them are done.
    std::int64_t due_on_date = 0;
    std::int64_t billed_on_date = 0;
    // The rate is that of the process that carries the run out: since when it does, what was billed before, and when it
    // has billed something last.
    std::optional<Instant> since = {};
    std::int64_t billed_before = 0;
    std::optional<Instant> at = {};
    std::optional<Date> after = {};  // the operator was billed through that date when the run began

    // Sub-services, since then; nothing as long as none was billed, or in no time.
    std::optional<std::int64_t> per_second() const;
    // At that rate, for what is known to be due: a run over several periods finds more on its way.
    std::optional<std::int64_t> seconds_left() const;
};
BillRunState read_bill_run_state(const std::string& progress, Currency currency);
std::string text_of(const BillRunState& state);

// A verification's `progress` is {"accounts", "documents", "lines", "entries"}, its `result` {"findings": [{"code",
// "where", "message"}]}.
//
// An import's `request` is {"as_of": date, "partial": bool}, its `progress` {"file", "rows", "bytes", "bytes_total"},
// its `result` {"operator", "subscribers", "units", "sub_services", "items", "rejected", "stored", "problem_count",
// "errors": [{"file", "line", "column", "message"}]}. What it reads is kept beside the row:
struct ImportInput {
    std::string operator_yaml;
    std::string subscribers;  // CSV, as the next two
    std::string units;
    std::string sub_services;
};

// Tells how far the work is; may throw, to end it.
using Report = std::function<void(const app::Job&)>;
void carry_out(Engine& engine, app::Job& job, const Report& report);

}  // namespace sluice::serve
