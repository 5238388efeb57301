// What a bill run brings for a sub-service against what the dates before brought, and why it is not the same.
// Source: docs/billing-choices.md, What a bill run is compared with.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/subscriptions/sub_service.hpp"
#include "values/date.hpp"
#include "values/money.hpp"

namespace sluice::reports {

// Why an amount is not what it was. In the order in which they are told.
enum class Cause {
    started,       // the sub-service is new
    resumed,       // it was suspended and is charged again
    cancelled,     // it has ended
    suspended,     // it is not charged while it lasts
    parked,        // its account could not be billed
    service,       // another main service
    price,         // another price version or quantity
    proration,     // part of a period on one side
    other_dates,   // a period falls due on one side only: one of a year, a fifth week
    item_added,    // an add-on or a CPE
    item_removed,  // likewise
    one_off,       // setup fees and what is charged once
    installment,   // a part of an instalment on one side, or another part
    credit,        // of what was charged
    discount,      // begun, ended, or another amount
    tax,           // other taxes
};
inline constexpr int cause_count = 16;
std::string_view name_of(Cause cause);  // "started", "resumed" …
std::optional<Cause> parse_cause(std::string_view name);

// What is known of a sub-service beside its lines.
struct Circumstances {
    subscriptions::Status status = subscriptions::Status::active;
    bool is_new = false;       // it began after the first of the dates compared with
    bool has_resumed = false;  // a suspension ended since then
    bool is_parked = false;
};

struct Part {
    Cause cause;
    Money amount;  // not zero; negative: less than before
    friend bool operator==(const Part&, const Part&) = default;
};

// With taxes.  Always: the parts, each of another cause, are together now - before.
struct Difference {
    Money before;
    Money now;
    std::vector<Part> parts = {};  // in the order of causes
};

// REQUIRES: all lines are of one sub-service, in one currency; their products are of `catalog`.
Difference compare(const catalog::Catalog& catalog, const Circumstances& circumstances,
                   std::span<const invoicing::Line> before, std::span<const invoicing::Line> now, Currency currency,
                   Rounding rounding);

// The dates of a run, and those that it is compared with: both begin after a date and go through another one.
struct ComparedDates {
    Date after;    // of the run
    Date through;  // of the run
    int months;    // from one side to the other, >= 1

    // As few whole months as it takes for the two sides not to overlap.
    // REQUIRES: after < through.
    static ComparedDates of_run(Date after, Date through);
    // The dates compared with.
    Date before_after() const;
    Date before_through() const;

    // `date`, so many months later: the last day of a month stands for all days that this month does not have, up to
    // the day of the month on which periods begin.
    Date later(Date date, std::optional<int> grid_day) const;
    bool is_before(Date date, std::optional<int> grid_day) const;
    bool is_now(Date date) const { return after < date && date <= through; }
};

}  // namespace sluice::reports
