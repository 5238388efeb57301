// The bill run: load facts, decide, save, for all accounts of an operator with something due, date by date.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/issue_documents.hpp"
#include "domain/catalog/catalog.hpp"
#include "domain/customers/customers.hpp"

namespace sluice::app {

struct BillingTotals {
    std::int64_t invoices = 0;
    std::int64_t credit_notes = 0;
    std::int64_t lines = 0;
    Money net;
    Money tax;
    Money total;

    static BillingTotals zero(Currency currency) {
        const auto nothing = Money::zero(currency);
        return {.net = nothing, .tax = nothing, .total = nothing};
    }
    // What is in `after` and not in `before`.
    void add(const BillingTotals& after, const BillingTotals& before) {
        invoices += after.invoices - before.invoices;
        credit_notes += after.credit_notes - before.credit_notes;
        lines += after.lines - before.lines;
        net += after.net - before.net;
        tax += after.tax - before.tax;
        total += after.total - before.total;
    }
    // One more document: a credit note when its total is negative.
    void add(Money document_net, Money document_tax, Money document_total, std::size_t line_count) {
        (document_total.is_negative() ? credit_notes : invoices) += 1;
        lines += static_cast<std::int64_t>(line_count);
        net += document_net;
        tax += document_tax;
        total += document_total;
    }
};

struct BillingSummary {
    customers::Operator op;
    Date through;
    BillingTotals totals;
    std::vector<ParkedAccount> parked;  // all that are parked after the run
};

struct BillingProgress {
    Date date;                      // being billed
    std::int64_t sub_services = 0;  // billed so far
    std::int64_t documents = 0;
    BillingTotals totals;
};

class BillRun {
public:
    BillRun(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op);
    // With the catalogue as the store has it.
    BillRun(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op, catalog::Catalog catalog);

    // How far a run has got. Where what was done since is undone, the run goes back there too.
    struct Place {
        BillingProgress progress;
        std::optional<Date> date;                            // being billed, or billed last
        std::optional<customers::SubscriberId> billed_last;  // on that date; none: nobody yet
        bool date_is_done = true;
        bool billed_in_this_pass = false;
        bool passed_over_some = false;  // that somebody else held, on this way through that date
        bool billed_some = false;       // on this way
        bool waits_for_others = false;  // since on the way before there were no others left
    };
    const Place& place() const { return place_; }
    void go_to(Place place) { place_ = std::move(place); }

    // Bills the next batch, in a transaction; false when nothing more is due by `through`. A run of which a part was
    // carried out already (by this object or another one) goes on where the books stand.
    bool step(Date through);
    // After the last step: the operator is billed through that date.
    BillingSummary finish(Date through);
    const BillingProgress& progress() const { return place_.progress; }

    // All of it: bills all that is due up to and including `through`. Running it again adds nothing. An account that
    // cannot be billed is parked with its reason, the others go on.
    BillingSummary run(Date through, const std::function<void(const BillingProgress&)>& progress = {});

    // Bills what is due by then on one account that the caller holds. GIVES: the sub-services for which there were no
    // funds. Throws what a bill run would park the account for.
    std::vector<invoicing::Unfunded> bill_account(Date through, customers::SubscriberId subscriber);

    // Bills one parked account again, up to where the operator was billed. Nothing comes back when it worked, else why
    // not.
    std::optional<std::string> replay(const ParkedAccount& parked);

private:
    void refresh();
    void begin_date(bool wait_for_others);
    void bill_batch(Date date, std::span<const customers::SubscriberId> subscribers);
    void bill_and_save(Date through, std::span<const customers::SubscriberId> subscribers, bool wait);
    void park(Date date, customers::SubscriberId subscriber, const std::string& reason);
    BilledAccount decide(BillingFacts& facts, Date as_of, Issuer& issuer, std::vector<ChangedSubService>& sub_services,
                         std::vector<NewEvent>& events);

    static constexpr std::int64_t sub_services_per_batch = 1'000;

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    customers::Operator op_;
    catalog::Catalog catalog_;
    std::int64_t revision_;                      // of the operator and catalogue above
    std::vector<invoicing::Unfunded> unfunded_;  // of the latest batch
    Place place_;
};

}  // namespace sluice::app
