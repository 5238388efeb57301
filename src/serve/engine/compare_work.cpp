#include "serve/engine/compare_work.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

json::object side_json(Date after, Date through, Money total) {
    return {{"after", after.text()}, {"through", through.text()}, {"total", total.minor_units()}};
}

json::object totals_json(const app::RunComparison& comparison) {
    const auto& totals = comparison.totals();
    const auto& dates = comparison.dates();
    json::array causes;
    for (const auto& [cause, total] : totals.causes)
        causes.push_back(json::object{{"cause", reports::name_of(cause)},
                                      {"sub_services", total.sub_services},
                                      {"amount", total.amount.minor_units()}});
    return {{"before", side_json(dates.before_after(), dates.before_through(), totals.before)},
            {"now", side_json(dates.after, dates.through, totals.now)},
            {"sub_services", totals.sub_services},
            {"unchanged", totals.unchanged},
            {"causes", std::move(causes)}};
}

}  // namespace

// Taken up after an interruption, it begins once more.
CompareWork::CompareWork(Engine& engine, app::Store& store, const customers::Operator& op, app::JobId run,
                         std::optional<Date> after, Date through)
    : engine_(engine), run_(run) {
    if (!after || *after >= through) return;
    engine.writer().run([&](app::Store& writer) { writer.comparisons().remove_differences(run); });
    comparison_.emplace(store, op, run, reports::ComparedDates::of_run(*after, through));
}

void CompareWork::expect(const invoicing::AccountFacts& facts, std::span<const invoicing::Draft> drafts,
                         bool is_parked) {
    if (comparison_) comparison_->expect(facts, drafts, is_parked);
}

void CompareWork::compare_to(std::optional<customers::SubscriberId> last, const std::function<void()>& report) {
    while (comparison_) {
        report();
        if (!comparison_->step(last)) return;
        const auto found = comparison_->take();
        if (found.empty()) continue;
        engine_.writer().run([&](app::Store& store) { store.comparisons().add_differences(run_, found); });
    }
}

void CompareWork::add_to(app::Job& job) const {
    auto result = json::parse(job.result).as_object();
    result["comparison"] = comparison_ ? json::value(totals_json(*comparison_)) : json::value(nullptr);
    job.result = json::serialize(result);
}

void compare_run(Engine& engine, app::Job& job, Date through, const Report& report) {
    auto lease = engine.readers().lend();
    const auto op = lease.store().find_operator(*job.op);
    check(op.has_value(), "the operator of a bill run exists");
    const auto state = read_bill_run_state(job.progress, op->currency);
    CompareWork work(engine, lease.store(), *op, job.id, state.after, through);
    work.compare_to(std::nullopt, [&] { report(job); });
    work.add_to(job);
}

}  // namespace sluice::serve
