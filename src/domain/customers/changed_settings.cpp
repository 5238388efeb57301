#include "domain/customers/changed_settings.hpp"

#include <array>

namespace sluice::customers {
namespace {

constexpr std::array<std::string_view, 2> model_names{"cycle", "pro_rata"};
constexpr std::array<std::string_view, 4> first_charge_names{"partial", "partial_plus_full", "full", "threshold"};
constexpr std::array<std::string_view, 3> invoicing_names{"independent", "merged", "merged_per_unit"};

std::string word(Model model) { return std::string(model_names[static_cast<std::size_t>(model)]); }
std::string word(FirstCharge charge) { return std::string(first_charge_names[static_cast<std::size_t>(charge)]); }
std::string word(Invoicing invoicing) { return std::string(invoicing_names[static_cast<std::size_t>(invoicing)]); }
std::string word(PaymentTerms terms) { return std::string(name_of(terms)); }
std::string word(bool is_set) { return is_set ? "true" : "false"; }
std::string word(int number) { return std::to_string(number); }
std::string word(std::optional<int> number) { return number ? std::to_string(*number) : ""; }
// Zero is no limit.
std::string word(Money limit) { return limit.is_zero() ? "" : limit.text(); }
std::string word(const std::string& text) { return text; }
std::string word(const std::vector<int>& days) {
    std::string text;
    for (const int day : days) text += (text.empty() ? "" : " ") + std::to_string(day);
    return text;
}

class Changes {
public:
    template <typename Value>
    Changes& compare(std::string_view setting, const Value& before, const Value& after) {
        if (before != after) found_.push_back({setting, word(before), word(after)});
        return *this;
    }
    std::vector<SettingChange> take() { return std::move(found_); }

private:
    std::vector<SettingChange> found_;
};

}  // namespace

std::vector<SettingChange> changes(const Terms& before, const Terms& after) {
    const auto suspension = [](const Terms& terms) {
        return std::string(terms.suspension_stops_billing ? "stop" : "continue");
    };
    return Changes()
        .compare("model", before.model, after.model)
        .compare("cycle_day", before.cycle_day, after.cycle_day)
        .compare("first_charge", before.first_charge, after.first_charge)
        .compare("threshold_day", before.threshold_day, after.threshold_day)
        .compare("invoicing", before.invoicing, after.invoicing)
        .compare("suspension", suspension(before), suspension(after))
        .compare("credit_suspension", before.credit_suspension, after.credit_suspension)
        .take();
}

std::vector<SettingChange> payment_changes(const Operator& before, const Operator& after,
                                           const Subscriber& subscriber) {
    const auto was = resolve_payment(before, subscriber);
    const auto is = resolve_payment(after, subscriber);
    return Changes()
        .compare("terms", was.terms, is.terms)
        .compare("credit_limit", was.credit_limit, is.credit_limit)
        .compare("due_day", was.due_day, is.due_day)
        .compare("block_after", was.block_after, is.block_after)
        .compare("ladder", was.ladder, is.ladder)
        .compare("promise_days", was.promise_days, is.promise_days)
        .compare("promise_pause", was.promise_pause, is.promise_pause)
        .compare("promise_limit", was.promise_limit, is.promise_limit)
        .compare("lead_days", lead_days_of(before, subscriber), lead_days_of(after, subscriber))
        .compare("order_days", was.order_days, is.order_days)
        .compare("charge_retries", was.charge_retries, is.charge_retries)
        .compare("charge_cap", was.charge_cap, is.charge_cap)
        .compare("charge_month_cap", was.charge_month_cap, is.charge_month_cap)
        .take();
}

}  // namespace sluice::customers
