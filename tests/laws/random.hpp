// Random operators, accounts and lives for the laws.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "support/account.hpp"
#include "support/shop.hpp"

namespace sluice::laws {

// What happens to a sub-service: `wait` days after what happened before it.
struct Step {
    int wait;
    std::size_t which;  // of the account's sub-services
    int what;
    int pick;
    bool yes;
    bool also;
};

// All that a case is made of, so that the same account can be built and lived several times.
struct Plan {
    int currency;
    bool half_even;
    int discounts;  // which of the shop's, one bit each
    std::int64_t price_factor;
    int start;  // days since 2024-01-01
    customers::BillingSettings terms;
    std::vector<support::Holding> holdings;
    std::vector<Step> steps;
};

struct Options {
    bool suspensions = true;
    // A credit that rounds to zero makes no line. Without them, lines tell which days are charged.
    bool credits_of_zero = true;
    bool imports = true;
};

rc::Gen<Plan> any_plan(Options options = {});
std::ostream& operator<<(std::ostream& out, const Plan& plan);

// A shop that sells a bit of everything.
support::Shop shop_of(const Plan& plan);

// How the billing is run at the end of a day.
enum class Run { not_at_all, once, twice, only_what_is_due };

// The life of a plan's account. `run_on(day)` says how the billing is run; on the last day it is run in any case.
class Lived {
public:
    template <typename RunOn>
    Lived(const Plan& plan, RunOn run_on, customers::Invoicing invoicing = customers::Invoicing::merged)
        : shop_(shop_of(plan)), account_(shop_, start_of(plan)) {
        shop_.op.billing.invoicing = invoicing;
        prepare(plan);
        Date day = start_of(plan);
        auto step = plan.steps.begin();
        Date due = step == plan.steps.end() ? day : day.plus_days(step->wait);
        for (const Date end = end_of(plan); day <= end; day = day.plus_days(1)) {
            while (step != plan.steps.end() && due <= day) {
                take(*step, day);
                if (++step != plan.steps.end()) due = due.plus_days(step->wait);
            }
            const Run run = run_on(day);
            bill(day, run == Run::not_at_all && day == end ? Run::once : run);
        }
    }
    Lived(const Lived&) = delete;
    Lived& operator=(const Lived&) = delete;

    const support::Account& account() const { return account_; }
    const support::Shop& shop() const { return shop_; }
    std::vector<std::string> tell() const { return account_.tell(); }

    static Date start_of(const Plan& plan);
    static Date end_of(const Plan& plan);

private:
    void prepare(const Plan& plan);
    void take(const Step& step, Date on);
    void bill(Date day, Run run);

    support::Shop shop_;
    support::Account account_;
};

}  // namespace sluice::laws
