#include "domain/invoicing/decide.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "domain/invoicing/print_order.hpp"
#include "values/check.hpp"

namespace sluice::invoicing {
namespace {

using charging::ChargeKind;
using customers::Invoicing;
using subscriptions::SubService;

// Which document of a billing date a line goes on. Never an amount depends on it. Source: billing rules, Documents.
struct GroupKey {
    Date date;
    enum class Scope { subscriber, unit, sub_service } scope;
    std::int64_t id;
    friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};

struct Grouping {
    GroupKey::Scope scope;
    std::int64_t id;
    std::optional<customers::UnitId> unit;
};

Grouping grouping_of(const SubService& sub_service, Invoicing invoicing) {
    using Scope = GroupKey::Scope;
    if (invoicing == Invoicing::merged) return {Scope::subscriber, sub_service.subscriber.value(), sub_service.unit};
    if (invoicing == Invoicing::merged_per_unit && sub_service.unit)
        return {Scope::unit, sub_service.unit->value(), sub_service.unit};
    return {Scope::sub_service, sub_service.id.value(), sub_service.unit};
}

std::vector<Draft> group(const customers::Operator& op, const customers::PaymentRules& payment,
                         const catalog::Catalog& catalog,
                         const std::unordered_map<subscriptions::SubServiceId, Grouping>& groupings,
                         std::vector<Line> lines) {
    const auto rank = [&](const Line& line) {
        return std::tuple(payment.document_date(*line.charge.billing_date),
                          printing_rank(line.charge, catalog.product(line.charge.product).type));
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) { return rank(a) < rank(b); });
    std::vector<Draft> drafts;
    std::map<GroupKey, std::size_t> draft_at;
    const Money zero = Money::zero(op.currency);
    for (auto& line : lines) {
        const auto& grouping = groupings.at(line.charge.sub_service);
        const Date date = payment.document_date(*line.charge.billing_date);
        const auto [at, is_new] = draft_at.try_emplace({date, grouping.scope, grouping.id}, drafts.size());
        if (is_new) drafts.push_back({date, grouping.unit, {}, zero, zero, zero});
        auto& draft = drafts[at->second];
        if (draft.unit != grouping.unit) draft.unit.reset();
        draft.net += line.net;
        draft.tax += line.tax;
        draft.total += line.gross;
        draft.lines.push_back(std::move(line));
    }
    return drafts;
}

}  // namespace

const customers::Unit* AccountFacts::unit_of(const SubService& sub_service) const {
    if (!sub_service.unit) return nullptr;
    const auto found = std::lower_bound(units.begin(), units.end(), *sub_service.unit,
                                        [](const auto& unit, auto id) { return unit.id < id; });
    check(found != units.end() && found->id == *sub_service.unit, "the unit of a sub-service is known");
    return &*found;
}

std::vector<charging::OpenCharge> open_charges(std::span<const Line> lines, Currency currency) {
    std::vector<charging::OpenCharge> open;
    for (const auto& line : lines)
        if (line.charge.kind == ChargeKind::recurring)
            open.push_back({.charge = line.charge, .credited = Money::zero(currency)});
    for (const auto& line : lines) {
        if (!line.charge.takes_back()) continue;
        for (auto& charge : open) {
            if (charge.charge.id != line.charge.credits) continue;
            if (line.charge.kind == ChargeKind::discount) {
                charge.discounted -= line.charge.amount;
                continue;
            }
            if (line.charge.period) charge.credited_spans.push_back(*line.charge.period);
            charge.credited -= line.charge.amount;
        }
    }
    return open;
}

std::vector<Line> assess_all(std::vector<charging::Charge> charges, std::span<const Line> known,
                             const charging::Book& book, const customers::Subscriber& subscriber) {
    std::vector<Line> lines;
    lines.reserve(charges.size());  // pointers into it stay valid
    const auto all_known = [&](auto&& visit) {
        for (const auto& line : known) visit(line);
        for (const auto& line : lines) visit(line);
    };
    for (auto& charge : charges) {
        if (!charge.takes_back()) {
            const Date date = charge.billing_date.value_or(charge.period ? charge.period->start : Date::from_days(0));
            lines.push_back(taxes::assess(std::move(charge), book.catalog, subscriber, date, book.rounding));
            continue;
        }
        const Line* credited = nullptr;
        std::vector<const Line*> earlier;
        all_known([&](const Line& line) {
            if (line.charge.id == charge.credits) credited = &line;
            if (line.charge.credits == charge.credits) earlier.push_back(&line);
        });
        check(credited != nullptr, "the line that a credit credits is known");
        lines.push_back(taxes::assess_credit(std::move(charge), *credited, earlier, book.rounding));
    }
    return lines;
}

namespace {

class Decision {
public:
    Decision(const customers::Operator& op, const charging::Book& book, AccountFacts& facts, Date as_of)
        : op_(op),
          book_(book),
          facts_(facts),
          as_of_(as_of),
          payment_(customers::resolve_payment(op, facts.subscriber)),
          charged_(facts.sub_services.size()) {
        for (const auto& sub : facts.sub_services) {
            terms_.push_back(
                customers::resolve_terms(op, facts.subscriber, facts.unit_of(sub.state), sub.state.billing));
            auto invoicing = terms_.back().invoicing;
            if (payment_.is_monthly() && invoicing == Invoicing::independent) invoicing = Invoicing::merged;
            groupings_.emplace(sub.state.id, grouping_of(sub.state, invoicing));
        }
    }

    Proposal decide() {
        if (facts_.purse && payment_.is_limited())
            charge_within_purse();
        else
            for (std::size_t i = 0; i < facts_.sub_services.size(); ++i) charge(i);
        return propose();
    }

private:
    SubServiceFacts& sub(std::size_t i) { return facts_.sub_services[i]; }
    charging::SubServiceBilling billing_of(std::size_t i, SubService& state) {
        return {book_, terms_[i], state, open_charges(sub(i).open_lines, op_.currency),
                charging::claims_of(book_.catalog, facts_.subscriber, facts_.grants, state.id)};
    }
    std::optional<Date> next_date_of(std::size_t i) { return billing_of(i, sub(i).state).next_billing_date(); }

    void charge(std::size_t i) {
        auto billing = billing_of(i, sub(i).state);
        billing.bill_through(as_of_);
        charged_[i] = assess_all(billing.take_charges(), sub(i).open_lines, book_, facts_.subscriber);
    }

    // Date by date, and on each date the oldest sub-service first: who comes first gets the money.
    void charge_within_purse() {
        for (;;) {
            std::optional<Date> date;
            for (std::size_t i = 0; i < facts_.sub_services.size(); ++i)
                if (const auto next = next_date_of(i); next && *next <= as_of_ && (!date || *next < *date)) date = next;
            if (!date) return;
            for (std::size_t i = 0; i < facts_.sub_services.size(); ++i)
                if (next_date_of(i) == date) charge_if_funded(i, *date);
        }
    }

    // What was used already (in arrears), or ends on that date, is charged in any case.
    void charge_if_funded(std::size_t i, Date date) {
        auto& [state, open_lines] = sub(i);
        auto after = state;
        auto billing = billing_of(i, after);
        billing.bill_through(date);
        auto lines = assess_all(billing.take_charges(), open_lines, book_, facts_.subscriber);
        Money cost = Money::zero(op_.currency);
        for (const auto& line : lines) cost += line.gross;
        const bool in_advance = book_.catalog.product(after.main().product).timing == catalog::Timing::advance;
        const ChargedFor whom{state.id, state.unit};
        const bool can_wait = in_advance && after.is_billable() && state.status != subscriptions::Status::suspended;
        if (can_wait && cost.is_positive() && !can_pay(payment_, *facts_.purse, date, whom, cost)) {
            const Money at_hand =
                available(payment_, *facts_.purse, date) + held_for(facts_.purse->wallets, whom, op_.currency);
            auto suspending = billing_of(i, state);
            const auto done =
                suspending.suspend(date, "No funds for the next period", subscriptions::SuspendedFor::funds);
            check(done.ok(), "what falls due can be suspended");
            lines = assess_all(suspending.take_charges(), open_lines, book_, facts_.subscriber);
            proposal_.unfunded.push_back({state.id, date, cost, at_hand});
        } else {
            state = std::move(after);
        }
        Money charged = Money::zero(op_.currency);
        for (const auto& line : lines) charged += line.gross;
        spend(*facts_.purse, whom, charged);
        for (auto& line : lines) {
            if (line.charge.kind == ChargeKind::recurring || line.charge.takes_back()) open_lines.push_back(line);
            charged_[i].push_back(std::move(line));
        }
    }

    // Lines whose document is due go on it; of the others, the new ones have to be stored.
    Proposal propose() {
        std::vector<Line> lines;
        std::vector<Line> later;
        const auto is_due = [&](const Line& line) {
            return payment_.document_date(*line.charge.billing_date) <= as_of_;
        };
        std::unordered_map<subscriptions::SubServiceId, Date> document_dates;  // of what waits, the earliest
        const auto wait = [&](const Line& line) {
            const Date date = payment_.document_date(*line.charge.billing_date);
            const auto [at, is_new] = document_dates.try_emplace(line.charge.sub_service, date);
            if (!is_new) at->second = std::min(at->second, date);
        };
        for (auto& line : facts_.pending_lines) {
            if (!is_due(line)) wait(line);
            (is_due(line) ? lines : later).push_back(std::move(line));
        }
        facts_.pending_lines = std::move(later);
        for (std::size_t i = 0; i < facts_.sub_services.size(); ++i) {
            auto& waiting = proposal_.waiting.emplace_back();
            for (auto& line : charged_[i]) {
                if (!is_due(line)) wait(line);
                (is_due(line) ? lines : waiting).push_back(std::move(line));
            }
            auto next = next_date_of(i);
            const auto at = document_dates.find(sub(i).state.id);
            if (at != document_dates.end() && (!next || at->second < *next)) next = at->second;
            proposal_.next_billing_dates.push_back(next);
        }
        proposal_.drafts = group(op_, payment_, book_.catalog, groupings_, std::move(lines));
        return std::move(proposal_);
    }

    const customers::Operator& op_;
    const charging::Book& book_;
    AccountFacts& facts_;
    const Date as_of_;
    const customers::PaymentRules payment_;
    std::vector<customers::Terms> terms_;  // of each sub-service, as the next
    std::vector<std::vector<Line>> charged_;
    std::unordered_map<subscriptions::SubServiceId, Grouping> groupings_;
    Proposal proposal_;
};

}  // namespace

Proposal decide(const customers::Operator& op, const charging::Book& book, AccountFacts& facts, Date as_of) {
    return Decision(op, book, facts, as_of).decide();
}

}  // namespace sluice::invoicing
