#include "app/dry_run.hpp"

#include "app/purses.hpp"
#include "domain/invoicing/decide.hpp"

namespace sluice::app {
namespace {

constexpr std::int64_t sub_services_per_batch = 1'000;

}  // namespace

DryRun::DryRun(Store& reader, IdSource& ids, customers::Operator op, Date through)
    : store_(reader),
      ids_(ids),
      op_(std::move(op)),
      catalog_(reader.catalog(op_.id)),
      through_(through),
      progress_{.date = through, .totals = BillingTotals::zero(op_.currency)} {}

bool DryRun::step() {
    auto accounts = store_.accounts_due_by(op_.id, through_, after_, sub_services_per_batch);
    if (accounts.empty()) return false;
    give_purses(store_, op_, accounts);
    for (auto& facts : accounts) {
        after_ = facts.account.subscriber.id;
        progress_.sub_services += static_cast<std::int64_t>(facts.account.sub_services.size());
        decide(facts);
    }
    progress_.documents = progress_.totals.invoices + progress_.totals.credit_notes;
    return true;
}

// As in a bill run, an account in which a promise breaks stays behind and the others go on.
void DryRun::decide(BillingFacts& facts) {
    const auto& subscriber = facts.account.subscriber;
    try {
        const charging::Book book{catalog_, op_.currency, op_.rounding, ids_};
        auto totals = progress_.totals;
        const auto proposal = invoicing::decide(op_, book, facts.account, through_);
        for (const auto& draft : proposal.drafts) totals.add(draft.net, draft.tax, draft.total, draft.lines.size());
        progress_.totals = totals;
        watch_(facts.account, proposal.drafts, false);
    } catch (const BrokenPromise& broken) {
        would_be_parked_.push_back({subscriber.id, subscriber.code, through_, broken.what(), {}});
        watch_(facts.account, {}, true);
    } catch (const ArithmeticOverflow& overflow) {
        would_be_parked_.push_back({subscriber.id, subscriber.code, through_, overflow.what(), {}});
        watch_(facts.account, {}, true);
    }
}

BillingSummary DryRun::summary() {
    auto parked = store_.parked_accounts(op_.id);
    parked.insert(parked.end(), would_be_parked_.begin(), would_be_parked_.end());
    return {op_, through_, progress_.totals, std::move(parked)};
}

}  // namespace sluice::app
