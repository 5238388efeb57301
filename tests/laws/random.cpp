#include "laws/random.hpp"

#include <algorithm>
#include <array>

namespace sluice::laws {
namespace {

using charging::CancelAt;
using charging::ChangeWhen;
using charging::CommandResult;
using charging::SubServiceBilling;
using customers::BillingSettings;
using customers::FirstCharge;
using customers::Model;
using subscriptions::Status;
using subscriptions::SubService;
using support::Holding;

constexpr int days_after_the_last_step = 70;

constexpr std::array<const char*, 10> services{"monthly", "bigger",  "with-fee", "quarterly", "yearly",
                                               "weekly",  "ten-day", "after",    "after-big", "tiny"};
constexpr std::array<const char*, 9> extras{"ip",    "rental", "install", "router", "trench",
                                            "phone", "free",   "crumb",   "seat"};

const char* service_code(int pick, const support::Shop& shop) {
    const auto* code = services[static_cast<std::size_t>(pick) % services.size()];
    return shop.catalog.find(catalog::ProductType::service, code) ? code : services[0];
}
const char* extra_code(int pick, const support::Shop& shop) {
    const auto* code = extras[static_cast<std::size_t>(pick) % extras.size()];
    const bool sold =
        shop.catalog.find(catalog::ProductType::add_on, code) || shop.catalog.find(catalog::ProductType::cpe, code);
    return sold ? code : extras[0];
}

// RapidCheck starts with small numbers; a law needs the whole range of services, days and dates from the first case on.
template <typename T>
rc::Gen<T> at_full_size(rc::Gen<T> gen) {
    return rc::gen::resize(rc::kNominalSize, std::move(gen));
}

template <typename T>
rc::Gen<std::optional<T>> perhaps(rc::Gen<T> gen) {
    return rc::gen::mapcat(rc::gen::inRange(0, 3), [gen](int dice) {
        return dice == 0 ? rc::gen::map(gen, [](T value) { return std::optional<T>(std::move(value)); })
                         : rc::gen::just(std::optional<T>());
    });
}

rc::Gen<BillingSettings> operator_terms(bool suspensions_stop) {
    return rc::gen::exec([suspensions_stop] {
        BillingSettings s;
        s.model = *rc::gen::element(Model::cycle, Model::pro_rata);
        s.cycle_day = *rc::gen::inRange(1, 32);
        s.first_charge = *rc::gen::element(FirstCharge::partial, FirstCharge::partial_plus_full, FirstCharge::full,
                                           FirstCharge::threshold);
        s.threshold_day = *rc::gen::inRange(1, 32);
        s.suspension_stops_billing = suspensions_stop && *rc::gen::inRange(0, 4) != 0;
        s.credit_suspension = *rc::gen::arbitrary<bool>();
        return s;
    });
}

rc::Gen<Holding> any_holding() {
    return rc::gen::exec([] {
        Holding holding;
        holding.service = services[*rc::gen::inRange<std::size_t>(0, services.size())];
        for (int left = *rc::gen::inRange(0, 4); left > 0; --left)
            holding.items.push_back({.code = extras[*rc::gen::inRange<std::size_t>(0, extras.size())],
                                     .quantity = *rc::gen::inRange<std::int64_t>(1, 6)});
        if (const int unit = *rc::gen::inRange(0, 3); unit > 0) holding.unit = customers::UnitId{unit};
        holding.billing.model = *perhaps(rc::gen::element(Model::cycle, Model::pro_rata));
        holding.billing.cycle_day = *perhaps(rc::gen::inRange(1, 32));
        return holding;
    });
}

rc::Gen<Step> any_step() {
    return rc::gen::exec([] {
        Step step;
        // Often the same day or the next, sometimes weeks later.
        step.wait = *rc::gen::oneOf(rc::gen::inRange(0, 3), rc::gen::inRange(0, 16), rc::gen::inRange(0, 60));
        step.which = *rc::gen::inRange<std::size_t>(0, 3);
        step.what = *rc::gen::inRange(0, 16);
        step.pick = *rc::gen::inRange(0, 1000);
        step.yes = *rc::gen::arbitrary<bool>();
        step.also = *rc::gen::arbitrary<bool>();
        return step;
    });
}

// As a sub-service is when another system's is taken over.
bool is_untouched(const SubService& state) {
    return state.status == Status::inactive &&
           std::none_of(state.items.begin(), state.items.end(), [](const auto& item) { return item.ends_on; });
}

charging::TakenOver taken_over(const Step& step, Date on) {
    constexpr std::array<Status, 4> statuses{Status::active, Status::data_exhausted, Status::suspended,
                                             Status::inactive};
    const Date activated = on.plus_days(-step.pick / 2);
    return {.status = statuses[static_cast<std::size_t>(step.pick / 4) % (step.yes ? 4 : 1)],
            .activated_on = activated,
            .charged_to = std::max(activated, on.plus_days(step.pick % 80 - 40))};
}

bool imports(const Step& step) { return step.what == 0 && step.pick % 4 == 0; }
bool suspends(const Step& step) { return step.what == 4 || step.what == 5; }

std::string name_of(const Step& step) {
    static constexpr std::array<const char*, 16> names{
        "activate",       "activate",       "activate", "resume", "suspend", "suspend", "resume",     "exhaust/restore",
        "change_service", "change_service", "add",      "add",    "remove",  "remove",  "move_price", "cancel"};
    return names[static_cast<std::size_t>(step.what)];
}

}  // namespace

rc::Gen<Plan> any_plan(Options options) {
    return rc::gen::exec([options] {
        Plan plan;
        plan.currency = *at_full_size(rc::gen::inRange(0, 3));
        plan.half_even = *rc::gen::arbitrary<bool>();
        plan.discounts = options.credits_of_zero ? *at_full_size(rc::gen::inRange(0, 64)) : 0;
        plan.start = *at_full_size(rc::gen::inRange(0, 1500));
        plan.terms = *at_full_size(operator_terms(options.suspensions));
        plan.holdings = *rc::gen::resize(
            3, rc::gen::nonEmpty(rc::gen::container<std::vector<Holding>>(at_full_size(any_holding()))));
        plan.steps = *rc::gen::resize(40, rc::gen::container<std::vector<Step>>(at_full_size(any_step())));
        if (!options.suspensions) std::erase_if(plan.steps, suspends);
        // Most lives begin with an activation.
        std::vector<Step> begin;
        for (std::size_t which = 0; which < plan.holdings.size(); ++which)
            if (*at_full_size(rc::gen::inRange(0, 8)) != 0)
                begin.push_back({.wait = *rc::gen::inRange(0, 2),
                                 .which = which,
                                 .what = 0,
                                 .pick = *at_full_size(rc::gen::inRange(0, 1000)),
                                 .yes = {},
                                 .also = {}});
        plan.steps.insert(plan.steps.begin(), begin.begin(), begin.end());
        if (!options.imports)
            for (auto& step : plan.steps) step.pick += imports(step) ? 1 : 0;
        plan.price_factor = options.credits_of_zero ? 1 : 10'000;
        return plan;
    });
}

std::ostream& operator<<(std::ostream& out, const Plan& plan) {
    out << "currency " << plan.currency << (plan.half_even ? ", half_even" : ", half_up") << ", discounts "
        << plan.discounts << ", from " << Lived::start_of(plan).text() << "\n";
    const auto show = [&out](const BillingSettings& s) {
        if (s.model) out << (*s.model == Model::cycle ? " cycle" : " pro_rata");
        if (s.cycle_day) out << " cycle_day " << *s.cycle_day;
        if (s.first_charge) out << " first_charge " << static_cast<int>(*s.first_charge);
        if (s.threshold_day) out << " threshold_day " << *s.threshold_day;
        if (s.suspension_stops_billing) out << (*s.suspension_stops_billing ? " stop" : " continue");
        if (s.credit_suspension && *s.credit_suspension) out << " credit_suspension";
        out << "\n";
    };
    out << "terms:";
    show(plan.terms);
    for (const auto& holding : plan.holdings) {
        out << "  " << holding.service;
        for (const auto& item : holding.items) out << " " << item.code << "*" << item.quantity;
        if (holding.unit) out << " in unit " << holding.unit->value();
        show(holding.billing);
    }
    Date on = Lived::start_of(plan);
    for (const auto& step : plan.steps) {
        on = on.plus_days(step.wait);
        out << "  " << on.text() << " s" << step.which % plan.holdings.size() + 1 << " " << name_of(step) << " pick "
            << step.pick << (step.yes ? " yes" : "") << (step.also ? " also" : "") << "\n";
    }
    return out;
}

namespace {

// Some that stack and some of which the best is taken, for periods and for what falls due once, some without an end.
void add_discounts(support::Shop& shop, int which) {
    using catalog::Combines;
    using catalog::DiscountedCharges;
    const auto id = [&] { return shop.ids.next<catalog::DiscountId>(); };
    const std::vector<catalog::Discount> all{
        {.id = id(),
         .code = "tenth",
         .percent = support::decimal("10"),
         .charges = DiscountedCharges::all,
         .priority = 5,
         .combines = Combines::stacks,
         .automatic = true},
        {.id = id(), .code = "three", .fixed = support::decimal("3"), .priority = 1, .automatic = true},
        {.id = id(), .code = "quarter", .percent = support::decimal("25"), .periods = 2, .automatic = true},
        {.id = id(),
         .code = "gift",
         .percent = support::decimal("100"),
         .type = catalog::ProductType::add_on,
         .periods = 3,
         .automatic = true},
        {.id = id(),
         .code = "forty",
         .fixed = support::decimal("40"),
         .charges = DiscountedCharges::one_time,
         .priority = 3,
         .combines = Combines::stacks,
         .automatic = true},
        {.id = id(),
         .code = "summer",
         .percent = support::decimal("33.333"),
         .starts_on = support::date("2025-06-01"),
         .ends_on = support::date("2025-09-01"),
         .priority = 9,
         .combines = Combines::stacks,
         .automatic = true}};
    for (std::size_t i = 0; i < all.size(); ++i)
        if ((which >> i & 1) != 0) shop.catalog.add(all[i]);
}

}  // namespace

support::Shop shop_of(const Plan& plan) {
    using catalog::Timing;
    constexpr std::array<const char*, 3> currencies{"USD", "JPY", "KWD"};
    support::Shop shop(currencies[static_cast<std::size_t>(plan.currency)],
                       plan.half_even ? Rounding::half_even : Rounding::half_up);
    shop.tax("vat", "23", {.included = true});
    shop.tax("sales", "7.25");
    shop.tax("city", "1.5", {.region = "Cook"});
    shop.tax("city", "2.5", {.valid_from = support::date("2026-06-01")});
    const auto priced = [&](const char* text) {
        return Decimal::from_scaled(support::decimal(text).scaled() * plan.price_factor).text();
    };
    shop.service("monthly", priced("29.99"), {.taxes = {"vat"}});
    shop.service("bigger", priced("145.50"), {.taxes = {"sales", "city"}});
    shop.service("with-fee", priced("33.33"), {.setup_fee = "25.005", .taxes = {"vat", "city"}});
    shop.service("quarterly", priced("61"), {.period = "3 months", .taxes = {"vat"}});
    shop.service("yearly", priced("1000"), {.period = "1 year"});
    shop.service("weekly", priced("11.11"), {.period = "1 week", .taxes = {"sales"}});
    shop.service("ten-day", priced("17"), {.period = "10 days"});
    shop.service("after", priced("31.07"), {.timing = Timing::arrears, .taxes = {"vat"}});
    shop.service("after-big", priced("99.95"),
                 {.period = "2 weeks", .timing = Timing::arrears, .taxes = {"sales", "city"}});
    shop.service("tiny", priced("0.03"), {.taxes = {"sales"}});
    shop.recurring("ip", priced("4.99"), {"vat"});
    shop.recurring("rental", priced("2.95"), {"sales", "city"});
    shop.once("install", priced("99"), {"sales"});
    shop.installments("router", priced("100"), 3, {"vat"});
    shop.installments("trench", priced("350.05"), 7, {"sales"});
    shop.installments("phone", priced("79.99"), 12);
    shop.recurring("free", priced("0"), {"vat"});
    shop.recurring("crumb", priced("0.02"), {"sales"});
    shop.recurring("seat", priced("1.333333333"));
    for (const char* code : {"monthly", "bigger", "weekly", "after", "ip", "rental"})
        shop.new_price(code, priced("55.55"), "2026-02-01");
    shop.op.billing = plan.terms;
    add_discounts(shop, plan.discounts);
    return shop;
}

Date Lived::start_of(const Plan& plan) { return support::date("2024-01-01").plus_days(plan.start); }

Date Lived::end_of(const Plan& plan) {
    Date end = start_of(plan);
    for (const auto& step : plan.steps) end = end.plus_days(step.wait);
    return end.plus_days(days_after_the_last_step);
}

void Lived::prepare(const Plan& plan) {
    account_.add_unit("a");
    account_.add_unit("b");
    for (const auto& holding : plan.holdings) account_.hold(holding);
}

void Lived::bill(Date day, Run run) {
    if (run == Run::only_what_is_due) return account_.bill_what_is_due(day);
    if (run != Run::not_at_all) account_.bill(day);
    if (run == Run::twice) account_.bill(day);
}

void Lived::take(const Step& step, Date on) {
    const auto which = step.which % account_.sub_services().size();
    const auto add = [&](SubServiceBilling& billing) -> CommandResult {
        const auto& product = shop_.product(extra_code(step.pick, shop_));
        return billing.add_item(
            on, {.product = product, .price = *shop_.catalog.price_on(product.id, on), .quantity = 1 + step.pick % 3});
    };
    const auto remove = [&](SubServiceBilling& billing, const SubService& state) -> CommandResult {
        std::vector<subscriptions::ItemId> held;
        for (const auto& item : state.items)
            if (!item.is_main() && !item.ends_on) held.push_back(item.id);
        if (held.empty()) return Refused{charging::CommandRefusal::item_not_held};
        return billing.remove_item(on, held[static_cast<std::size_t>(step.pick) % held.size()], step.yes, step.also);
    };
    const auto cancel = [&](SubServiceBilling& billing) -> CommandResult {
        if (step.pick % 3 == 0)
            return billing.cancel(on, {.at = CancelAt::end_of_period, .waive_installments = step.also});
        return billing.cancel(on, {.at = CancelAt::now, .credit = step.yes, .waive_installments = step.also});
    };
    const bool imported = imports(step) && is_untouched(account_.sub_services()[which].state);
    if (imported) account_.begin_on(which, on);
    const auto result = account_.give(which, [&](SubServiceBilling& billing, const SubService& state) -> CommandResult {
        switch (step.what) {
            case 0:
                return imported ? billing.take_over(on, taken_over(step, on)) : billing.activate(on);
            case 1:
            case 2:
                return billing.activate(on);
            case 3:
            case 6:
                return billing.resume(on);
            case 4:
            case 5:
                return billing.suspend(on, "unpaid");
            case 7:
                return step.yes ? billing.exhaust_data(on) : billing.restore_data(on);
            case 8:
            case 9:
                return billing.change_service(on, shop_.product(service_code(step.pick, shop_)),
                                              step.yes ? ChangeWhen::now : ChangeWhen::next_period);
            case 10:
            case 11:
                return add(billing);
            case 12:
            case 13:
                return remove(billing, state);
            case 14:
                return billing.move_to_current_price(on);
            default:
                return cancel(billing);
        }
    });
    static_cast<void>(result);  // a refusal changes nothing, which is all that a law needs to know
}

}  // namespace sluice::laws
