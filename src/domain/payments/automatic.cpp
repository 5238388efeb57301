#include "domain/payments/automatic.hpp"

#include <algorithm>
#include <array>

namespace sluice::payments {
namespace {

constexpr std::array<std::string_view, 3> what_names{"top_up", "documents", "sub_service"};
constexpr std::array<std::string_view, 10> verdict_names{
    "charged", "nothing_due",          "above_cap",         "above_month_cap", "under_way",
    "held",    "not_with_these_terms", "method_not_usable", "waits",           "stopped"};

Date month_later(Date date) { return Date::clamped(date.months_since_year_0() + 1, date.day_of_month()); }

class Planning {
public:
    Planning(const AutomaticFacts& facts, std::span<const AutomaticWish> wishes, Date date, Rounding rounding)
        : facts_(facts),
          wishes_(wishes),
          date_(date),
          rounding_(rounding),
          nothing_(Money::zero(facts.purse.balance.currency())),
          coming_(nothing_),
          month_(facts.charged_this_month) {}

    std::vector<PlannedCharge> plan() {
        for (const bool of_sub_services : {true, false})
            for (std::size_t i = 0; i < wishes_.size(); ++i)
                if ((wishes_[i].payment->what == AutomaticFor::sub_service) == of_sub_services) consider(i);
        return std::move(planned_);
    }

private:
    void consider(std::size_t at) {
        const auto& wish = wishes_[at];
        const auto& payment = *wish.payment;
        if (payment.is_stopped) return add(at, nothing_, ChargeVerdict::stopped);
        if (!suits(payment.what, facts_.rules)) return add(at, nothing_, ChargeVerdict::not_with_these_terms);
        if (payment.next_on > date_) return add(at, nothing_, ChargeVerdict::waits);
        if (wish.is_under_way) return add(at, nothing_, ChargeVerdict::under_way);
        if (payment.what == AutomaticFor::documents) return consider_documents(at);
        const Money amount = payment.what == AutomaticFor::top_up ? top_up(payment) : renewal(payment);
        if (!amount.is_positive()) return add(at, nothing_, ChargeVerdict::nothing_due);
        charge(at, amount, nullptr);
    }

    void consider_documents(std::size_t at) {
        if (facts_.documents.empty()) return add(at, nothing_, ChargeVerdict::nothing_due);
        if (facts_.is_held) return add(at, nothing_, ChargeVerdict::held);
        for (const auto& document : facts_.documents) {
            if (document.is_under_way)
                add(at, document.open, ChargeVerdict::under_way, &document);
            else
                charge(at, document.open, &document);
        }
    }

    // Of what failed and made a sub-service wait: what has not come in since.
    Money left_of_failed(const AutomaticPayment& payment) const {
        if (!payment.failed_amount || !payment.failed_balance) return nothing_;
        return *payment.failed_amount - (facts_.purse.balance - *payment.failed_balance) - coming_;
    }

    Money top_up(const AutomaticPayment& payment) const {
        const Money available = invoicing::available(facts_.rules, facts_.purse, date_) + coming_;
        const bool is_short = facts_.due_now.is_positive() && facts_.due_now > available;
        const bool is_wanted = is_short || invoicing::is_blocked(facts_.rules, facts_.purse, date_);
        const Money again = payment.failures > 0 && facts_.waits_for_funds ? left_of_failed(payment) : nothing_;
        return std::max(is_wanted ? facts_.recommended - coming_ : nothing_, again);
    }

    // After a decline the renewal has made the sub-service wait, or the account owe.
    Money renewal(const AutomaticPayment& payment) const {
        const auto due = facts_.due_of.find(*payment.sub_service);
        const Money now = due == facts_.due_of.end() ? nothing_ : due->second;
        if (payment.failures == 0 || !payment.failed_amount) return now;
        const Money owed = facts_.purse.unbilled - facts_.purse.balance - coming_;
        const Money again = facts_.waits_for_funds ? left_of_failed(payment) : std::min(*payment.failed_amount, owed);
        return std::max(now, again);
    }

    void charge(std::size_t at, Money amount, const DueDocument* document) {
        const auto* terms = wishes_[at].terms;
        if (!terms || refuse(*terms, facts_.subscriber, amount))
            return add(at, amount, ChargeVerdict::method_not_usable, document);
        const auto asked = quote(amount, terms->commission, rounding_);
        const auto& rules = facts_.rules;
        auto verdict = ChargeVerdict::charged;
        if (!rules.charge_cap.is_zero() && asked.total > rules.charge_cap)
            verdict = ChargeVerdict::above_cap;
        else if (!rules.charge_month_cap.is_zero() && month_ + asked.total > rules.charge_month_cap)
            verdict = ChargeVerdict::above_month_cap;
        if (verdict == ChargeVerdict::charged) {
            coming_ += amount;
            month_ += asked.total;
        }
        planned_.push_back(planned(at, asked, verdict, document));
    }

    void add(std::size_t at, Money amount, ChargeVerdict verdict, const DueDocument* document = nullptr) {
        planned_.push_back(planned(at, {amount, nothing_, amount}, verdict, document));
    }

    static PlannedCharge planned(std::size_t at, const Quote& asked, ChargeVerdict verdict,
                                 const DueDocument* document) {
        PlannedCharge one{.of = at, .quote = asked, .verdict = verdict};
        if (document) {
            one.document = document->id;
            one.number = document->number;
        }
        return one;
    }

    const AutomaticFacts& facts_;
    std::span<const AutomaticWish> wishes_;
    Date date_;
    Rounding rounding_;
    Money nothing_;
    Money coming_;  // what this plan brings in
    Money month_;
    std::vector<PlannedCharge> planned_;
};

}  // namespace

std::string_view name_of(AutomaticFor what) { return what_names[static_cast<std::size_t>(what)]; }
std::string_view name_of(ChargeVerdict verdict) { return verdict_names[static_cast<std::size_t>(verdict)]; }

std::vector<PlannedCharge> plan_charges(const AutomaticFacts& facts, std::span<const AutomaticWish> wishes, Date date,
                                        Rounding rounding) {
    return Planning(facts, wishes, date, rounding).plan();
}

bool suits(AutomaticFor what, const customers::PaymentRules& rules) {
    if (what == AutomaticFor::top_up) return rules.is_limited();
    return what == AutomaticFor::sub_service || rules.terms != customers::PaymentTerms::prepaid;
}

void decline(AutomaticPayment& payment, const customers::PaymentRules& rules, Money amount, Money balance, Date today) {
    if (payment.declined_on == today) return;  // of several documents, each may be
    payment.declined_on = today;
    const Date first = payment.failures == 0 || !payment.failed_on ? today : *payment.failed_on;
    const auto tries = static_cast<std::size_t>(payment.failures);
    payment.failed_on = first;
    payment.failed_amount = amount;
    payment.failed_balance = balance;
    const bool is_last = tries >= rules.charge_retries.size();
    payment.failures = is_last ? 0 : payment.failures + 1;
    payment.next_on =
        std::max(today.plus_days(1), is_last ? month_later(first) : first.plus_days(rules.charge_retries[tries]));
}

bool is_to_be_told(const AutomaticPayment& payment, Date date) {
    return !payment.told_on || month_later(*payment.told_on) <= date;
}

}  // namespace sluice::payments
