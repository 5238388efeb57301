// What a bill run would do, without doing it: load facts, decide, count. It writes nothing, so that it can run beside
// everything else.
#pragma once

#include "app/bill_accounts.hpp"

namespace sluice::app {

class DryRun {
public:
    // `ids`: of its own, for lines that are never stored.
    DryRun(Store& reader, IdSource& ids, customers::Operator op, Date through);

    // Decides the next batch of accounts; false when there are no more.
    bool step();
    const BillingProgress& progress() const { return progress_; }
    // Told of each account that was decided, as it would be then; without drafts, of one that would be parked.
    using Watch = std::function<void(const invoicing::AccountFacts& facts, std::span<const invoicing::Draft> drafts,
                                     bool is_parked)>;
    void watch(Watch watch) { watch_ = std::move(watch); }
    // The account that was decided last.
    std::optional<customers::SubscriberId> last() const { return after_; }
    // The totals, with the accounts that are parked and those that would be.
    BillingSummary summary();

private:
    void decide(BillingFacts& facts);

    Store& store_;
    IdSource& ids_;
    customers::Operator op_;
    catalog::Catalog catalog_;
    Date through_;
    BillingProgress progress_;
    std::optional<customers::SubscriberId> after_;
    std::vector<ParkedAccount> would_be_parked_;
    Watch watch_ = [](const auto&, auto, bool) {};
};

}  // namespace sluice::app
