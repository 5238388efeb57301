// The decision at the heart of Sluice: what must be charged to an account up to a date, and on which documents.
// Pure: it reads no clock, no store and no file. A bill run saves the result; a preview, a dry run or a forecast does
// not.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "domain/charging/billing.hpp"
#include "domain/customers/customers.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/invoicing/purse.hpp"
#include "domain/subscriptions/discount_grant.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::invoicing {

// A sub-service with the lines that it may still have credited, and the credits of those lines.
struct SubServiceFacts {
    subscriptions::SubService state;
    std::vector<Line> open_lines = {};
};

// What is known of one subscriber: only the sub-services that a decision is about, and the units these are in.
struct AccountFacts {
    customers::Subscriber subscriber;
    std::vector<customers::Unit> units;                     // in order of id
    std::vector<SubServiceFacts> sub_services;              // in order of creation
    std::vector<Line> pending_lines;                        // charged for their billing dates, on no document yet
    std::optional<Purse> purse = {};                        // none: charges ask for no money
    std::vector<subscriptions::DiscountGrant> grants = {};  // of these sub-services, and of all of the subscriber's

    const customers::Unit* unit_of(const subscriptions::SubService& sub_service) const;
};

// Lines that go on one document together: same billing date and same grouping key, in order of printing.
struct Draft {
    Date date;
    std::optional<customers::UnitId> unit;
    std::vector<Line> lines;
    Money net;
    Money tax;
    Money total;
};

// A sub-service that was suspended, since the account could not spend what its next charges cost.
struct Unfunded {
    subscriptions::SubServiceId sub_service;
    Date date;
    Money cost;
    Money available;
};

struct Proposal {
    std::vector<Draft> drafts;                            // in order of date, then of their first sub-service
    std::vector<std::optional<Date>> next_billing_dates;  // of each sub-service of the facts
    // Of each sub-service: what was charged now and waits for the document of its month.
    std::vector<std::vector<Line>> waiting = {};
    std::vector<Unfunded> unfunded = {};
};

// Charges all that is due by `as_of`, advances the sub-services of `facts`, and groups the lines into drafts. Pending
// lines of later documents stay where they are. Where there is a purse and the terms are limited, what it does not
// cover is not charged: the sub-service is suspended for funds.
Proposal decide(const customers::Operator& op, const charging::Book& book, AccountFacts& facts, Date as_of);

// Taxes charges one after the other; credits find the lines that they credit among `known` and those assessed before.
// REQUIRES: every credited line, with all its credits, is in `known` or among the charges.
std::vector<Line> assess_all(std::vector<charging::Charge> charges, std::span<const Line> known,
                             const charging::Book& book, const customers::Subscriber& subscriber);

// The open charges (with what was credited of them) that `lines` amount to.
std::vector<charging::OpenCharge> open_charges(std::span<const Line> lines, Currency currency);

}  // namespace sluice::invoicing
