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

std::vector<Draft> group(const customers::Operator& op, const catalog::Catalog& catalog,
                         const std::unordered_map<subscriptions::SubServiceId, Grouping>& groupings,
                         std::vector<Line> lines) {
    const auto rank = [&](const Line& line) {
        return std::tuple(*line.charge.billing_date,
                          printing_rank(line.charge, catalog.product(line.charge.product).type));
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) { return rank(a) < rank(b); });
    std::vector<Draft> drafts;
    std::map<GroupKey, std::size_t> draft_at;
    const Money zero = Money::zero(op.currency);
    for (auto& line : lines) {
        const auto& grouping = groupings.at(line.charge.sub_service);
        const Date date = *line.charge.billing_date;
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
        if (line.charge.kind != ChargeKind::credit) continue;
        for (auto& charge : open) {
            if (charge.charge.id != line.charge.credits) continue;
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
        if (charge.kind != ChargeKind::credit) {
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

Proposal decide(const customers::Operator& op, const charging::Book& book, AccountFacts& facts, Date as_of) {
    Proposal proposal;
    std::unordered_map<subscriptions::SubServiceId, Grouping> groupings;
    std::vector<Line> lines;
    std::vector<Line> later;
    for (auto& line : facts.pending_lines)
        (*line.charge.billing_date <= as_of ? lines : later).push_back(std::move(line));
    facts.pending_lines = std::move(later);
    for (auto& [state, open_lines] : facts.sub_services) {
        const auto terms = customers::resolve_terms(op, facts.subscriber, facts.unit_of(state), state.billing);
        groupings.emplace(state.id, grouping_of(state, terms.invoicing));
        charging::SubServiceBilling billing(book, terms, state, open_charges(open_lines, op.currency));
        billing.bill_through(as_of);
        auto charged = assess_all(billing.take_charges(), open_lines, book, facts.subscriber);
        std::move(charged.begin(), charged.end(), std::back_inserter(lines));
        auto next = billing.next_billing_date();
        for (const auto& line : facts.pending_lines)
            if (line.charge.sub_service == state.id && (!next || *line.charge.billing_date < *next))
                next = line.charge.billing_date;
        proposal.next_billing_dates.push_back(next);
    }
    proposal.drafts = group(op, book.catalog, groupings, std::move(lines));
    return proposal;
}

}  // namespace sluice::invoicing
