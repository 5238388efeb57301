#include "app/compare_run.hpp"

namespace sluice::app {
namespace {

constexpr std::int64_t accounts_per_batch = 500;

}  // namespace

RunComparison::RunComparison(Store& store, customers::Operator op, JobId run, reports::ComparedDates dates)
    : store_(store),
      op_(std::move(op)),
      catalog_(store.catalog(op_.id)),
      run_(run),
      dates_(dates),
      totals_{.before = Money::zero(op_.currency), .now = Money::zero(op_.currency)} {}

void RunComparison::expect(const invoicing::AccountFacts& facts, std::span<const invoicing::Draft> drafts,
                           bool is_parked) {
    for (const auto& sub : facts.sub_services)
        expected_.insert_or_assign(sub.state.id, Expected{sub.state.status, sub.state.started_on, is_parked});
    for (const auto& draft : drafts)
        for (const auto& line : draft.lines) {
            const auto sub = expected_.find(line.charge.sub_service);
            check(sub != expected_.end(), "what is billed belongs to a sub-service that is known");
            sub->second.lines.push_back(line);
        }
}

bool RunComparison::step(std::optional<customers::SubscriberId> last) {
    auto& comparisons = store_.comparisons();
    const auto end = comparisons.end_of_batch(op_.id, after_, last, accounts_per_batch);
    if (!end) {
        expected_.clear();
        return false;
    }
    for (const auto& sub : comparisons.sub_services(op_.id, run_, dates_, after_, *end, op_.currency)) compare(sub);
    after_ = end;
    return true;
}

void RunComparison::compare(const ComparedSubService& sub) {
    std::vector<invoicing::Line> before;
    std::vector<invoicing::Line> now;
    RunDifference difference{.subscriber = sub.subscriber,
                             .sub_service = sub.id,
                             .cause = reports::Cause::started,
                             .amount = Money::zero(op_.currency),
                             .before = Money::zero(op_.currency),
                             .now = Money::zero(op_.currency)};
    for (const auto& of : sub.lines) {
        if (of.is_of_run || dates_.is_now(of.date)) {
            now.push_back(of.line);
            difference.now_document = of.document;
        } else if (dates_.is_before(of.date, sub.grid_day)) {
            before.push_back(of.line);
            difference.before_document = of.document;
        }
    }
    reports::Circumstances circumstances{
        .status = sub.status, .has_resumed = sub.has_resumed, .is_parked = sub.is_parked};
    auto started_on = sub.started_on;
    if (const auto expected = expected_.find(sub.id); expected != expected_.end()) {
        now.insert(now.end(), expected->second.lines.begin(), expected->second.lines.end());
        circumstances.status = expected->second.status;
        circumstances.is_parked = circumstances.is_parked || expected->second.is_parked;
        started_on = expected->second.started_on;
    }
    if (before.empty() && now.empty()) return;
    circumstances.is_new = !sub.restarted && started_on && *started_on > dates_.before_after();
    const auto compared = reports::compare(catalog_, circumstances, before, now, op_.currency, op_.rounding);
    difference.before = compared.before;
    difference.now = compared.now;
    totals_.before += compared.before;
    totals_.now += compared.now;
    ++totals_.sub_services;
    if (compared.parts.empty()) ++totals_.unchanged;
    for (const auto& part : compared.parts) {
        difference.cause = part.cause;
        difference.amount = part.amount;
        found_.push_back(difference);
        auto& total = totals_.causes.try_emplace(part.cause, CauseTotal{0, Money::zero(op_.currency)}).first->second;
        ++total.sub_services;
        total.amount += part.amount;
    }
}

}  // namespace sluice::app
