// A sub-service: one main service, its add-ons and CPEs, its state and where its billing stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/customers/customers.hpp"
#include "values/date.hpp"
#include "values/id.hpp"
#include "values/period.hpp"

namespace sluice::subscriptions {

struct SubServiceKind {
    static constexpr std::string_view prefix = "sub";
};
struct ItemKind {
    static constexpr std::string_view prefix = "item";
};
using SubServiceId = Id<SubServiceKind>;
using ItemId = Id<ItemKind>;

// inactive → active ⇄ suspended, active ⇄ data_exhausted → suspended, any of these → cancelled (final).
enum class Status { inactive, active, suspended, data_exhausted, cancelled };

// Whose doing a suspension is. What was suspended for debt or funds resumes when money comes in.
enum class SuspendedFor { request, debt, funds };

// How many periods of an item a discount has been taken in. Kept only for discounts with a number of periods.
struct DiscountUse {
    std::int64_t source;   // the grant, or the discount that needs none
    std::int32_t periods;  // from 1
    Date latest;           // the latest of them: charged once more, it counts once
    friend bool operator==(const DiscountUse&, const DiscountUse&) = default;
};

// The main service, an add-on or a CPE of a sub-service: what a line charges for. Ids grow in the order of adding.
struct Item {
    ItemId id;
    catalog::ProductType type;
    catalog::ProductId product;
    catalog::PriceId price;
    std::int64_t quantity = 1;  // 1..1,000,000
    std::string serial = {};    // CPEs: at most on one sub-service at a time; may be empty
    // First day that it is charged for; none while it waits for an activation or a resumption.
    std::optional<Date> starts_on = {};
    // First day on which it is gone: removed, returned, or replaced by another main service.
    std::optional<Date> ends_on = {};
    // Recurring, in advance: charged up to its sub-service's `billed_to` and on with it from there.
    bool running = false;
    // Parts already charged: once 0..1, installments 0..n, main service 0..1 (its setup fee).
    std::int32_t parts_charged = 0;
    // The parts still outstanding will not be charged.
    bool waived = false;
    std::vector<DiscountUse> discount_uses = {};

    bool is_main() const { return type == catalog::ProductType::service; }
    // There is at least one day, or the moment of adding, on which it was there.
    bool came_to_be() const { return starts_on && (!ends_on || *ends_on > *starts_on); }
    friend bool operator==(const Item&, const Item&) = default;
};

// A span in which the sub-service was suspended; open while it lasts.
struct SuspendedSpan {
    Date from;
    std::optional<Date> to;
    bool stops_billing;
    friend bool operator==(const SuspendedSpan&, const SuspendedSpan&) = default;
};

// The main service that takes over on a coming boundary.
struct ServiceChange {
    Date on;
    catalog::ProductId product;
    catalog::PriceId price;
    friend bool operator==(const ServiceChange&, const ServiceChange&) = default;
};

// On `on`, the recurring items move to the prices that were sold on `as_of`, as far as they were `known` by then: price
// versions made later, be it on the same day, have greater ids.
struct PriceMove {
    Date on;
    Date as_of;
    catalog::PriceId known;
    friend bool operator==(const PriceMove&, const PriceMove&) = default;
};

struct SubService {
    SubServiceId id;
    customers::SubscriberId subscriber;
    std::optional<customers::UnitId> unit = {};
    std::string code = {};  // unique within the subscriber
    customers::BillingSettings billing = {};

    Status status = Status::inactive;
    std::string suspend_reason = {};
    SuspendedFor suspended_for = SuspendedFor::request;  // while it is suspended
    // Set by the first activation and by a change to a service with another period or timing.
    std::optional<Grid> grid = {};
    std::optional<Date> started_on = {};  // first day on this grid
    bool restarted = false;  // the grid is not the first one: no instalment falls due with its first period
    // Advance: end of what is charged.  Arrears: start of what is not charged yet.
    std::optional<Date> billed_to = {};
    // Date of the latest command: nothing of it can fall due earlier.
    Date changed_on;
    std::optional<Date> cancel_on = {};  // cancelled at the start of this day
    bool waive_installments = false;     // what the scheduled cancellation does with outstanding instalments
    std::optional<ServiceChange> service_change = {};
    std::optional<PriceMove> price_move = {};
    std::vector<SuspendedSpan> suspended_spans = {};  // those that reach past billed_to, and the open one
    std::vector<Item> items = {};                     // in order of adding

    // The present main service.  REQUIRES: the sub-service has one, which is always so.
    const Item& main() const;
    Item& main();
    bool is_suspended_without_billing() const;
    // Charges may fall due: active, data exhausted, or suspended under `suspension: continue`.
    bool is_billable() const;
    friend bool operator==(const SubService&, const SubService&) = default;
};

std::string_view name_of(Status status);
std::optional<Status> parse_status(std::string_view name);
std::string_view name_of(SuspendedFor cause);  // "request", "debt", "funds"

}  // namespace sluice::subscriptions
