// Money that comes in by itself: who is charged for what by which saved method, and the charges of a date. Each charge
// is a checkout, written before the gateway is asked. Rules: docs/payments.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/checkouts.hpp"
#include "app/prepare_checkout.hpp"

namespace sluice::app {

struct EnableAutomatic {
    std::string subscriber;
    payments::AutomaticFor what;
    std::string sub_service = {};  // its code
    SavedMethodId saved;
};

// In place of what the account, or the sub-service, had. One that has been stopped goes on.
Result<AutomaticPaymentRow, Refusal> enable_automatic(Books& books, const Gateways& gateways,
                                                      const EnableAutomatic& wish, Instant now, Date today);
Result<Done, Refusal> disable_automatic(Books& books, const std::string& subscriber, payments::AutomaticPaymentId id);
// Those of a saved method that goes away.
void end_automatic_of(Store& store, customers::OperatorId op, customers::SubscriberId subscriber, SavedMethodId saved,
                      Currency currency);

// What came of a charge. REQUIRES: a checkout of an automatic payment that has just become what it is, in its
// transaction.
void note_outcome(Books& books, const CheckoutRow& row, Date today);

struct PlannedAutomatic {
    std::string subscriber_code;
    std::string name;
    AutomaticPaymentRow of;
    payments::PlannedCharge charge;
};
// What a run on `date` would do about the subscribers after `after`, of whom `limit` are looked at; `after` becomes the
// last of them, or nothing when there are no more.
std::vector<PlannedAutomatic> planned_automatic(Store& store, IdSource& ids, const customers::Operator& op,
                                                const catalog::Catalog& catalog, const Gateways& gateways, Date date,
                                                std::optional<customers::SubscriberId>& after, std::int64_t limit);

struct AutomaticFigures {
    std::int64_t accounts = 0;  // looked at
    std::int64_t charges = 0;   // begun, of which
    std::int64_t succeeded = 0;
    std::int64_t failed = 0;
    std::int64_t unknown = 0;
    std::int64_t above_cap = 0;
};

// A charge that is written and not carried out yet.
struct AutomaticBatch {
    std::vector<CheckoutStart> charges;
    std::int64_t accounts = 0;
    std::int64_t above_cap = 0;
    std::optional<customers::SubscriberId> after;  // none: there are no more
};
struct AutomaticRun {
    const Gateways& gateways;
    Date date;
    std::int64_t run;
    Instant now;
};
// Writes the charges of the next accounts that are due, in the transaction that is under way. Whoever is due is looked
// at once for a date.
AutomaticBatch begin_charges(Books& books, const AutomaticRun& run, std::optional<customers::SubscriberId> after,
                             std::int64_t limit);
// Charges that were written by this run before it was cut off, at which no gateway has been asked.
AutomaticBatch unbegun_charges(Books& books, const AutomaticRun& run, std::optional<CheckoutId>& after,
                               std::int64_t limit);

}  // namespace sluice::app
