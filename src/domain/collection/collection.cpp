#include "domain/collection/collection.hpp"

#include <algorithm>
#include <array>

namespace sluice::collection {
namespace {

using customers::Ladder;

// When a step of the ladder is due: on that day, or the first working day after it.
class StepDates {
public:
    StepDates(const customers::Operator& op, const Ladder& ladder) : op_(op), ladder_(ladder) {}

    Date of(Date due, int days) const {
        Date date = due.plus_days(days);
        while (ladder_.spares_weekends && !is_working_day(date, op_.holidays)) date = date.plus_days(1);
        return date;
    }

private:
    const customers::Operator& op_;
    const Ladder& ladder_;
};

bool was_taken(const Debtor& debtor, const Step& step) {
    return std::find(debtor.taken.begin(), debtor.taken.end(), step) != debtor.taken.end();
}

// The oldest debt for which a step of so many days is due.
const Debt* oldest_beyond(const std::vector<Debt>& debts, const StepDates& dates, int days, Date date) {
    const Debt* oldest = nullptr;
    for (const auto& debt : debts)
        if (dates.of(debt.due, days) <= date && (!oldest || debt.due < oldest->due)) oldest = &debt;
    return oldest;
}

std::optional<Ladder> ladder_of(const customers::Operator& op, const Debtor& debtor) {
    return customers::find_ladder(op, customers::resolve_payment(op, debtor.subscriber).ladder);
}

// The latest reminder that is due, unless it or a later one was given.
std::optional<Step> reminder_due(const Ladder& ladder, const StepDates& dates, const Debtor& debtor, const Debt& debt,
                                 Date date) {
    std::optional<Step> latest;
    for (const int days : ladder.reminders)
        if (dates.of(debt.due, days) <= date) latest = Step{StepKind::reminder, debt.document, debt.due, days};
    if (!latest) return std::nullopt;
    for (const auto& step : debtor.taken)
        if (step.kind == StepKind::reminder && step.document == debt.document && step.due == debt.due &&
            step.days >= latest->days)
            return std::nullopt;
    return latest;
}

}  // namespace

std::string_view name_of(StepKind kind) {
    static constexpr std::array<std::string_view, 4> names{"reminder", "late_fee", "suspension", "termination"};
    return names[static_cast<std::size_t>(kind)];
}

bool is_working_day(Date date, std::span<const Date> holidays) {
    constexpr int thursday = 4;                                             // 1970-01-01
    const int weekday = ((date.days_since_1970() + thursday) % 7 + 7) % 7;  // Sunday 0
    const bool is_weekend = weekday == 0 || weekday == 6;
    return !is_weekend && !std::binary_search(holidays.begin(), holidays.end(), date);
}

std::vector<Debt> debts_that_count(const Debtor& debtor) {
    auto debts = debtor.debts;
    if (!debtor.plan) return debts;
    const auto& plan = *debtor.plan;
    const auto in_plan = [&](const Debt& debt) {
        return std::any_of(plan.documents.begin(), plan.documents.end(),
                           [&](const auto& document) { return document.id == debt.document; });
    };
    Money paid = Money::zero(debtor.purse.balance.currency());
    for (const auto& document : plan.documents) paid += document.open;
    for (const auto& debt : debts)
        if (in_plan(debt)) paid -= debt.open;
    for (const auto& part : plan.parts) {
        paid -= part.amount;
        if (!paid.is_negative()) continue;
        for (auto& debt : debts)
            if (in_plan(debt)) debt.due = part.due;
        return debts;
    }
    return debts;
}

bool is_held(const Debtor& debtor, Date date) {
    if (debtor.promise && date <= debtor.promise->until) return true;
    return std::any_of(debtor.holds.begin(), debtor.holds.end(),
                       [&](const Hold& hold) { return !hold.until || date <= *hold.until; });
}

bool is_suspended_for_debt(const customers::Operator& op, const Debtor& debtor, Date date) {
    if (is_held(debtor, date)) return false;
    const auto ladder = ladder_of(op, debtor);
    if (!ladder || !ladder->suspend_after) return false;
    return oldest_beyond(debts_that_count(debtor), StepDates(op, *ladder), *ladder->suspend_after, date) != nullptr;
}

bool is_suspended_for_funds(const customers::Operator& op, const Debtor& debtor, Date date) {
    const auto rules = customers::resolve_payment(op, debtor.subscriber);
    return rules.terms == customers::PaymentTerms::prepaid && !is_held(debtor, date) &&
           invoicing::available(rules, debtor.purse, date).is_negative();
}

std::vector<Step> steps_due(const customers::Operator& op, const Debtor& debtor, Date date) {
    std::vector<Step> steps;
    const auto ladder = ladder_of(op, debtor);
    if (!ladder || is_held(debtor, date)) return steps;
    const StepDates dates(op, *ladder);
    const auto debts = debts_that_count(debtor);
    for (const auto& debt : debts) {
        if (const auto reminder = reminder_due(*ladder, dates, debtor, debt, date)) steps.push_back(*reminder);
        if (!ladder->late_fee_after || ladder->late_fee.empty()) continue;
        const Step fee{StepKind::late_fee, debt.document, debt.due, *ladder->late_fee_after};
        if (dates.of(debt.due, fee.days) <= date && !was_taken(debtor, fee)) steps.push_back(fee);
    }
    const auto asked_for = [&](StepKind kind, const std::optional<int>& days) -> std::optional<Step> {
        const auto* debt = days ? oldest_beyond(debts, dates, *days, date) : nullptr;
        return debt ? std::optional(Step{kind, debt->document, debt->due, *days}) : std::nullopt;
    };
    const auto termination = asked_for(StepKind::termination, ladder->terminate_after);
    if (termination && !was_taken(debtor, *termination))
        steps.push_back(*termination);
    else if (const auto suspension = asked_for(StepKind::suspension, ladder->suspend_after))
        steps.push_back(*suspension);
    return steps;
}

int days_ahead(const customers::Operator& op) {
    int first = 0;
    const auto consider = [&](const Ladder& ladder) {
        for (const int days : ladder.reminders) first = std::min(first, days);
    };
    consider(customers::standard_ladder());
    for (const auto& ladder : op.ladders) consider(ladder);
    return -first;
}

}  // namespace sluice::collection
