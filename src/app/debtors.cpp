#include "app/debtors.hpp"

#include <algorithm>

#include "app/resume_waiting.hpp"

namespace sluice::app {

using collection::Hold;
using collection::Plan;
using collection::Promise;

Result<customers::Subscriber, Refusal> Debtors::held(const std::string& subscriber) {
    store_.hold(op_.id, subscriber);
    auto found = store_.find_subscriber(op_.id, subscriber);
    if (!found)
        return Refused{Refusal{RefusalCode::unknown_subscriber, "there is no subscriber \"" + subscriber + "\""}};
    return std::move(*found);
}

void Debtors::resume(const customers::Subscriber& subscriber, Date date) {
    resume_waiting(store_, hasher_, ids_, op_, {&subscriber.id, 1}, date);
}

Result<collection::HoldId, Refusal> Debtors::hold(Date date, const std::string& subscriber, std::optional<Date> until,
                                                  const std::string& reason) {
    Transaction transaction(store_);
    const auto debtor = held(subscriber);
    if (!debtor) return Refused{debtor.refusal()};
    if (until && *until < date)
        return Refused{Refusal{RefusalCode::date_not_allowed, "a hold until " + until->text() + " is over already"}};
    const Hold hold{ids_.next<collection::HoldId>(), until ? Hold::Kind::promised_date : Hold::Kind::exemption, date,
                    until, reason};
    store_.add_hold(debtor->id, hold);
    store_.add_event(op_.id, {EventType::collection_hold_placed, debtor->id, hold.id.value()});
    resume(*debtor, date);
    transaction.commit();
    return hold.id;
}

Result<Done, Refusal> Debtors::release(const std::string& subscriber, collection::HoldId hold) {
    Transaction transaction(store_);
    const auto debtor = held(subscriber);
    if (!debtor) return Refused{debtor.refusal()};
    if (!store_.remove_hold(debtor->id, hold))
        return Refused{
            Refusal{RefusalCode::unknown_hold, "subscriber \"" + subscriber + "\" has no hold " + hold.text()}};
    store_.add_event(op_.id, {EventType::collection_hold_released, debtor->id, hold.value()});
    transaction.commit();
    return Done{};
}

Result<collection::PlanId, Refusal> Debtors::agree_on_plan(Date date, const std::string& subscriber,
                                                           std::vector<Plan::Part> parts) {
    const auto refuse = [](std::string why) { return Refused{Refusal{RefusalCode::plan_not_allowed, std::move(why)}}; };
    Transaction transaction(store_);
    const auto owing = held(subscriber);
    if (!owing) return Refused{owing.refusal()};
    const auto debtor = store_.debtor(*owing, op_.currency);
    if (debtor.plan)
        return refuse("there is a payment plan already, " + debtor.plan->id.text() + "; end it before another is made");
    std::sort(parts.begin(), parts.end(), [](const auto& one, const auto& other) { return one.due < other.due; });
    Plan plan{.id = ids_.next<collection::PlanId>(), .date = date, .parts = parts, .documents = {}};
    Money open = Money::zero(op_.currency);
    for (const auto& debt : debtor.debts) {
        plan.documents.push_back({debt.document, debt.open});
        open += debt.open;
    }
    if (open.is_zero()) return refuse("subscriber \"" + subscriber + "\" owes nothing");
    Money together = Money::zero(op_.currency);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].due < date) return refuse("the part due on " + parts[i].due.text() + " lies in the past");
        if (i > 0 && parts[i].due == parts[i - 1].due)
            return refuse("two parts are due on " + parts[i].due.text() + "; make one of them");
        if (!parts[i].amount.is_positive()) return refuse("each part must be above zero");
        together += parts[i].amount;
    }
    if (together != open)
        return refuse("the parts come to " + together.text() + ", and " + open.text() +
                      " is open; they must be the same");
    std::sort(plan.documents.begin(), plan.documents.end(),
              [](const auto& one, const auto& other) { return one.id < other.id; });
    store_.add_plan(owing->id, plan);
    store_.add_event(op_.id, {EventType::payment_plan_agreed, owing->id, plan.id.value()});
    resume(*owing, date);
    transaction.commit();
    return plan.id;
}

Result<Done, Refusal> Debtors::end_plan(Date date, const std::string& subscriber, collection::PlanId plan) {
    Transaction transaction(store_);
    const auto owing = held(subscriber);
    if (!owing) return Refused{owing.refusal()};
    const auto debtor = store_.debtor(*owing, op_.currency);
    if (!debtor.plan || debtor.plan->id != plan)
        return Refused{Refusal{RefusalCode::unknown_plan,
                               "subscriber \"" + subscriber + "\" has no payment plan " + plan.text() + " to end"}};
    store_.end_plan(owing->id, plan, date);
    store_.add_event(op_.id, {EventType::payment_plan_ended, owing->id, plan.value()});
    transaction.commit();
    return Done{};
}

Result<collection::PromiseId, Refusal> Debtors::promise(Date date, const std::string& subscriber,
                                                        std::optional<Money> amount, std::optional<int> days) {
    const auto refuse = [](std::string why) {
        return Refused{Refusal{RefusalCode::promise_not_allowed, std::move(why)}};
    };
    Transaction transaction(store_);
    const auto payer = held(subscriber);
    if (!payer) return Refused{payer.refusal()};
    const auto rules = customers::resolve_payment(op_, *payer);
    if (rules.promise_days == 0)
        return refuse("subscriber \"" + subscriber +
                      "\" may not promise payments; `promise_days` of the settings allows it");
    if (days && (*days < 1 || *days > rules.promise_days))
        return refuse("a promise holds for 1 to " + std::to_string(rules.promise_days) + " days");
    const bool is_bounded = !rules.promise_limit.is_zero();
    if (!amount && !is_bounded) return refuse("say how much is promised; there is no limit that would do as an amount");
    const Money promised = amount.value_or(rules.promise_limit);
    if (!promised.is_positive()) return refuse("what is promised must be above zero");
    if (is_bounded && promised > rules.promise_limit)
        return refuse("at most " + rules.promise_limit.text() + " may be promised");
    for (const auto& earlier : store_.promises(payer->id, op_.currency, 1)) {
        const Date from =
            earlier.date.plus_days(std::max(rules.promise_pause, days_between(earlier.date, earlier.until) + 1));
        if (date < from)
            return refuse("the latest promise was made on " + earlier.date.text() + "; the next one is possible from " +
                          from.text() + " on");
    }
    const Promise promise{ids_.next<collection::PromiseId>(), date, date.plus_days(days.value_or(rules.promise_days)),
                          promised};
    store_.add_promise(payer->id, promise);
    store_.add_event(op_.id, {EventType::payment_promised, payer->id, promise.id.value()});
    resume(*payer, date);
    transaction.commit();
    return promise.id;
}

}  // namespace sluice::app
