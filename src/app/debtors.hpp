// What is agreed with a debtor: time, parts, a promise. Each is one transaction; services that waited resume with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"
#include "app/refusal.hpp"
#include "values/result.hpp"

namespace sluice::app {

class Debtors {
public:
    Debtors(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op)
        : store_(store), hasher_(hasher), ids_(ids), op_(op) {}

    // Nothing is done about the subscriber's debts up to `until`, or without it for good.
    Result<collection::HoldId, Refusal> hold(Date date, const std::string& subscriber, std::optional<Date> until,
                                             const std::string& reason);
    Result<Done, Refusal> release(const std::string& subscriber, collection::HoldId hold);
    // All that is open, in these parts.
    Result<collection::PlanId, Refusal> agree_on_plan(Date date, const std::string& subscriber,
                                                      std::vector<collection::Plan::Part> parts);
    Result<Done, Refusal> end_plan(Date date, const std::string& subscriber, collection::PlanId plan);
    // Credit of `amount` (by the operator's limit, without it) for `days` (the most that are allowed).
    Result<collection::PromiseId, Refusal> promise(Date date, const std::string& subscriber,
                                                   std::optional<Money> amount, std::optional<int> days);

private:
    Result<customers::Subscriber, Refusal> held(const std::string& subscriber);
    void resume(const customers::Subscriber& subscriber, Date date);

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    const customers::Operator& op_;
};

}  // namespace sluice::app
