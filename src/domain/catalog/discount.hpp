// A discount of the catalogue: how much it takes off which charges, of whom, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/id.hpp"

namespace sluice::catalog {

struct DiscountTag {
    static constexpr std::string_view prefix = "disc";
};
using DiscountId = Id<DiscountTag>;

enum class ProductType;

// Which charges: those of periods, those that fall due once (setup fees, `once`, instalments), or both.
enum class DiscountedCharges { recurring, one_time, all };
// Of those of a line that say best_of only the largest is taken; those that stack are taken one after the other.
enum class Combines { best_of, stacks };

// What it takes never changes: lines are computed from it once more. It can be ended.
struct Discount {
    DiscountId id;
    std::string code;  // unique within the operator
    std::string name;
    // One of the two: 0 < percent <= 100 of what is left of the line, or a fixed price for each unit and full period,
    // prorated as the line is.
    std::optional<Decimal> percent = {};
    std::optional<Decimal> fixed = {};
    // What it is for; all that is said must match.
    std::optional<ProductType> type = {};
    std::string product = {};  // a code, of that type
    std::string kind = {};     // of services: internet, iptv …
    DiscountedCharges charges = DiscountedCharges::recurring;
    // Whom it is for; an empty text is anybody.
    std::string region = {};
    std::string pop = {};
    std::string category = {};
    // Billing dates of the lines: from `starts_on` to the day before `ends_on`.
    std::optional<Date> starts_on = {};
    std::optional<Date> ends_on = {};
    std::int32_t periods = 0;   // of each item, from the first that it is taken in; 0: without an end
    std::int32_t priority = 0;  // lower ones are taken first
    Combines combines = Combines::best_of;
    bool automatic = false;  // whoever matches has it; else who was granted it

    bool is_valid_on(Date date) const { return (!starts_on || *starts_on <= date) && (!ends_on || date < *ends_on); }
};

std::string_view name_of(DiscountedCharges charges);  // "recurring", "one_time", "all"
std::string_view name_of(Combines combines);          // "best_of", "stacks"

}  // namespace sluice::catalog
