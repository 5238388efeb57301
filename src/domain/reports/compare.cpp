#include "domain/reports/compare.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "domain/rating/rate.hpp"
#include "values/check.hpp"

namespace sluice::reports {
namespace {

using charging::ChargeKind;
using invoicing::Line;
using subscriptions::ItemId;

constexpr std::array<std::string_view, cause_count> cause_names{
    "started",     "resumed",    "cancelled",    "suspended", "parked",      "service", "price",    "proration",
    "other_dates", "item_added", "item_removed", "one_off",   "installment", "credit",  "discount", "tax"};

// What is set against each other: the main service, whichever it is, and each other item. The main service is first.
struct Key {
    std::int64_t item;  // 0: the main service
    friend auto operator<=>(const Key&, const Key&) = default;
};
constexpr Key main_service{0};

using Lines = std::vector<const Line*>;

// The lines of one side that recur, by what they are for.
using Recurring = std::map<Key, Lines>;

struct Fraction {
    std::int64_t part;
    std::int64_t whole;
};

class Comparison {
public:
    Comparison(const catalog::Catalog& catalog, const Circumstances& circumstances, std::span<const Line> before,
               std::span<const Line> now, Currency currency, Rounding rounding)
        : catalog_(catalog),
          circumstances_(circumstances),
          before_(before),
          now_(now),
          currency_(currency),
          rounding_(rounding),
          zero_(Money::zero(currency)),
          recurring_before_(recurring(before)),
          recurring_now_(recurring(now)) {}

    Difference compare() {
        for (const auto& [key, lines] : recurring_before_) {
            const auto other = recurring_now_.find(key);
            if (other == recurring_now_.end())
                for (const auto* line : lines) add(cause_of_end(key, *line), -line->gross);
            else
                set_against(lines, other->second);
        }
        for (const auto& [key, lines] : recurring_now_)
            if (!recurring_before_.contains(key))
                for (const auto* line : lines) add(cause_of_begin(key), line->gross);
        for (const auto& line : before_)
            if (const auto cause = cause_of_other(line, before_, false)) add(*cause, -line.gross);
        for (const auto& line : now_)
            if (const auto cause = cause_of_other(line, now_, true)) add(*cause, line.gross);

        Difference difference{.before = sum(before_), .now = sum(now_)};
        for (const auto& [cause, amount] : parts_)
            if (!amount.is_zero()) difference.parts.push_back({cause, amount});
        return difference;
    }

private:
    void add(Cause cause, Money amount) { parts_.try_emplace(cause, zero_).first->second += amount; }

    Money sum(std::span<const Line> lines) const {
        Money total = zero_;
        for (const auto& line : lines) total += line.gross;
        return total;
    }
    template <typename Of>
    Money sum_of(const Lines& lines, const Of& of) const {
        Money total = zero_;
        for (const auto* line : lines) total += of(*line);
        return total;
    }

    const catalog::Product& product(const Line& line) const { return catalog_.product(line.charge.product); }
    bool is_of_service(const Line& line) const { return product(line).type == catalog::ProductType::service; }
    Key key_of(const Line& line) const { return is_of_service(line) ? main_service : Key{line.charge.item.value()}; }

    Recurring recurring(std::span<const Line> lines) const {
        Recurring found;
        for (const auto& line : lines)
            if (line.charge.kind == ChargeKind::recurring) found[key_of(line)].push_back(&line);
        return found;
    }

    // Something recurs on the side of the run only. What comes along with its sub-service has the same cause as this.
    Cause cause_of_begin(Key key) const {
        if (key != main_service && (recurring_before_.contains(main_service) || !recurring_now_.contains(main_service)))
            return Cause::item_added;
        if (circumstances_.is_new) return Cause::started;
        return circumstances_.has_resumed ? Cause::resumed : Cause::other_dates;
    }
    // … or on the other side only.
    Cause cause_of_end(Key key, const Line& line) const {
        if (key != main_service && recurring_now_.contains(main_service)) return Cause::item_removed;
        if (circumstances_.is_parked) return Cause::parked;
        if (circumstances_.status == subscriptions::Status::cancelled) return Cause::cancelled;
        if (circumstances_.status == subscriptions::Status::suspended) return Cause::suspended;
        // What an item was charged for the rest of a period, when it was added, falls due with the others from then on.
        if (key != main_service && !recurring_before_.contains(main_service) && is_partial(line))
            return Cause::proration;
        return Cause::other_dates;
    }

    static bool is_partial(const Line& line) {
        return line.charge.proration == charging::Proration::by_days && line.charge.days != line.charge.of_days;
    }
    // How many periods they are together, in lowest terms.
    static Fraction periods(const Lines& lines) {
        Fraction sum{0, 1};
        for (const auto* line : lines) {
            const auto& charge = line->charge;
            const bool is_whole = !is_partial(*line) || charge.of_days <= 0;
            const Fraction one{is_whole ? 1 : charge.days, is_whole ? 1 : charge.of_days};
            sum = {sum.part * one.whole + one.part * sum.whole, sum.whole * one.whole};
            const auto divisor = std::gcd(sum.part, sum.whole);
            if (divisor > 1) sum = {sum.part / divisor, sum.whole / divisor};
        }
        return sum;
    }

    static auto taxes_of(const Lines& lines) {
        std::set<std::pair<std::int64_t, std::string>> taxes;
        for (const auto* line : lines)
            for (const auto& tax : line->taxes) taxes.emplace(tax.tax.value(), tax.rate.text());
        return taxes;
    }
    static auto products_of(const Lines& lines) {
        std::set<catalog::ProductId> products;
        for (const auto* line : lines) products.insert(line->charge.product);
        return products;
    }
    static bool is_same_price(const Line& one, const Line& other) {
        return one.charge.unit_price == other.charge.unit_price && one.charge.quantity == other.charge.quantity;
    }

    // The same thing on both sides.
    void set_against(const Lines& before, const Lines& now) {
        const auto gross = [](const Line& line) { return line.gross; };
        const auto amount = [](const Line& line) { return line.charge.amount; };
        if (products_of(before) != products_of(now))
            return add(Cause::service, sum_of(now, gross) - sum_of(before, gross));
        if (taxes_of(before) == taxes_of(now)) return set_against(before, now, gross);
        const Money all = sum_of(now, gross) - sum_of(before, gross);
        const Money without_taxes = sum_of(now, amount) - sum_of(before, amount);
        add(Cause::tax, all - without_taxes);
        set_against(before, now, amount);
    }
    // Of what the lines are worth by `of`: what another price brings for as many days, and what the days bring.
    template <typename Of>
    void set_against(const Lines& before, const Lines& now, const Of& of) {
        const Money difference = sum_of(now, of) - sum_of(before, of);
        const auto& latest = **std::max_element(before.begin(), before.end(), [](const Line* one, const Line* other) {
            return one->charge.billing_date < other->charge.billing_date;
        });
        const auto all_at_its_price = [&](const Lines& lines) {
            return std::all_of(lines.begin(), lines.end(),
                               [&](const auto* line) { return is_same_price(*line, latest); });
        };
        Money price = zero_;
        if (!all_at_its_price(before) || !all_at_its_price(now)) {
            const auto as_many = [](Fraction one, Fraction other) {
                return one.part == other.part && one.whole == other.whole;
            };
            price = as_many(periods(before), periods(now)) ? difference : of_new_price(now, latest, of);
        }
        add(Cause::price, price);
        const bool any_partial =
            std::any_of(before.begin(), before.end(), [](auto* line) { return is_partial(*line); }) ||
            std::any_of(now.begin(), now.end(), [](auto* line) { return is_partial(*line); });
        add(any_partial ? Cause::proration : Cause::other_dates, difference - price);
    }
    // What the lines are worth less what they would be at the earlier price.
    template <typename Of>
    Money of_new_price(const Lines& now, const Line& earlier, const Of& of) const {
        Money more = zero_;
        for (const auto* line : now) {
            const auto& charge = line->charge;
            if (is_same_price(*line, earlier)) continue;
            const bool is_whole = !is_partial(*line) || charge.of_days <= 0;
            const auto at_earlier = settle(rating::prorated(earlier.charge.unit_price, earlier.charge.quantity,
                                                            is_whole ? 1 : charge.days, is_whole ? 1 : charge.of_days),
                                           currency_, rounding_);
            const Money worth = of(*line);
            // Taxes on top grow with the amount. Where nothing is charged now there is nothing to take a share of.
            more +=
                worth - (charge.amount.is_positive()
                             ? settle(Amount::of(worth).share(at_earlier.minor_units(), charge.amount.minor_units()),
                                      currency_, rounding_)
                             : at_earlier);
        }
        return more;
    }

    // Of what does not recur. Nothing for what does.
    std::optional<Cause> cause_of_other(const Line& line, std::span<const Line> side, bool is_now) const {
        switch (line.charge.kind) {
            case ChargeKind::recurring:
                return std::nullopt;
            case ChargeKind::setup_fee:
            case ChargeKind::once:
                return Cause::one_off;
            case ChargeKind::installment:
                return Cause::installment;
            case ChargeKind::credit:
                return belongs_to_change(line, side) ? Cause::service : Cause::credit;
            case ChargeKind::discount:
                return cause_of_discount(line, side, is_now);
        }
        fail_promise("each kind of line has a cause", __FILE__, __LINE__);
    }
    // A change of service credits the old one on the day on which it charges the new one.
    bool belongs_to_change(const Line& credit, std::span<const Line> side) const {
        return is_of_service(credit) && std::any_of(side.begin(), side.end(), [&](const Line& line) {
                   return line.charge.kind == ChargeKind::recurring && is_of_service(line) &&
                          line.charge.product != credit.charge.product &&
                          line.charge.billing_date == credit.charge.billing_date;
               });
    }
    // It goes with its line where that stands alone.
    Cause cause_of_discount(const Line& discount, std::span<const Line> side, bool is_now) const {
        const auto line = std::find_if(side.begin(), side.end(),
                                       [&](const Line& other) { return discount.charge.credits == other.charge.id; });
        if (line == side.end()) return Cause::discount;
        if (line->charge.kind != ChargeKind::recurring) return cause_of_other(*line, side, is_now).value();
        const auto key = key_of(*line);
        if (is_now) return recurring_before_.contains(key) ? Cause::discount : cause_of_begin(key);
        return recurring_now_.contains(key) ? Cause::discount : cause_of_end(key, *line);
    }

    const catalog::Catalog& catalog_;
    const Circumstances& circumstances_;
    std::span<const Line> before_;
    std::span<const Line> now_;
    Currency currency_;
    Rounding rounding_;
    Money zero_;
    Recurring recurring_before_;
    Recurring recurring_now_;
    std::map<Cause, Money> parts_;
};

// The same day so many months on, or the last one of a shorter month. From the last day of a month to the last one.
Date moved(Date date, int months) {
    constexpr int longest_month = 31;
    const bool is_last = date.plus_days(1).day_of_month() == 1;
    return Date::clamped(date.months_since_year_0() + months, is_last ? longest_month : date.day_of_month());
}

}  // namespace

std::string_view name_of(Cause cause) { return cause_names[static_cast<std::size_t>(cause)]; }

std::optional<Cause> parse_cause(std::string_view name) {
    const auto found = std::find(cause_names.begin(), cause_names.end(), name);
    if (found == cause_names.end()) return std::nullopt;
    return static_cast<Cause>(found - cause_names.begin());
}

Difference compare(const catalog::Catalog& catalog, const Circumstances& circumstances, std::span<const Line> before,
                   std::span<const Line> now, Currency currency, Rounding rounding) {
    auto difference = Comparison(catalog, circumstances, before, now, currency, rounding).compare();
    Money sum = difference.before;
    for (const auto& part : difference.parts) sum += part.amount;
    check(sum == difference.now, "the causes of a difference add up to it");
    return difference;
}

ComparedDates ComparedDates::of_run(Date after, Date through) {
    check(after < through, "a run that is compared has dates");
    ComparedDates dates{after, through, 1};
    while (dates.before_through() > after) ++dates.months;
    return dates;
}

Date ComparedDates::before_after() const { return moved(after, -months); }
Date ComparedDates::before_through() const { return moved(through, -months); }

Date ComparedDates::later(Date date, std::optional<int> grid_day) const {
    const bool is_last = date.plus_days(1).day_of_month() == 1;
    const int day = date.day_of_month();
    return Date::clamped(date.months_since_year_0() + months, is_last ? std::max(day, grid_day.value_or(day)) : day);
}

bool ComparedDates::is_before(Date date, std::optional<int> grid_day) const { return is_now(later(date, grid_day)); }

}  // namespace sluice::reports
