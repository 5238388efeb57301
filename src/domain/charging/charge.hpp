// A charge: what falls due for one item, before taxes, with all that it was computed from.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/subscriptions/sub_service.hpp"
#include "values/money.hpp"
#include "values/period.hpp"

namespace sluice::charging {

struct LineTag {
    static constexpr std::string_view prefix = "line";
};
using LineId = Id<LineTag>;

enum class ChargeKind { recurring, setup_fee, once, installment, credit, discount };

// How days enter the amount of a recurring charge.
enum class Proration { by_days, whole_price };

struct Parts {
    std::int32_t first;
    std::int32_t last;
    std::int32_t of;
    friend bool operator==(const Parts&, const Parts&) = default;
};

struct Charge {
    LineId id;
    subscriptions::SubServiceId sub_service;
    subscriptions::ItemId item;
    catalog::ProductId product;
    catalog::PriceId price;
    ChargeKind kind;
    // The date on which it falls due; none for what another system has charged before the import.
    std::optional<Date> billing_date;
    std::optional<Period> period;  // recurring and credit
    std::int32_t days = 0;         // charged days of the period; 0 without a period
    std::int32_t of_days = 0;      // days of the full period; for a credit the days of the credited line's period
    std::int64_t quantity = 1;
    Decimal unit_price;
    Proration proration = Proration::by_days;
    Rounding rounding = Rounding::half_up;
    std::optional<Parts> parts = {};     // installment
    std::optional<LineId> credits = {};  // credit, discount: the line that it takes from
    std::optional<catalog::DiscountId> discount = {};
    // How many recurring charges (credits) of this item begin on the same day before this one, all of them credited
    // since (of other lines). Part of the key that makes charging twice impossible.
    std::int32_t revision = 0;
    Money amount;  // rounded, before taxes; negative for a credit and a discount

    // Takes from another line, and carries its taxes.
    bool takes_back() const { return kind == ChargeKind::credit || kind == ChargeKind::discount; }
};

// A recurring charge that reaches into the time that may still be credited, and what of it was credited so far.
struct OpenCharge {
    Charge charge;
    std::vector<Period> credited_spans = {};
    Money credited;                                       // >= 0
    Money discounted = Money::zero(credited.currency());  // >= 0, from the beginning: only what was paid is credited
    Money price() const { return charge.amount - discounted; }
};

std::string_view name_of(ChargeKind kind);  // "recurring", "setup_fee", "once", "installment", "credit", "discount"

}  // namespace sluice::charging
