#include "app/verify_account.hpp"

#include <algorithm>

#include "domain/invoicing/print_order.hpp"

namespace sluice::app {
namespace {

using charging::ChargeKind;
using invoicing::Line;

template <typename Map, typename Key>
auto find_in(const Map& map, Key key) {
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

template <typename Map, typename Key>
const std::vector<const Line*>& lines_in(const Map& map, Key key) {
    static const std::vector<const Line*> none;
    const auto found = map.find(key);
    return found == map.end() ? none : found->second;
}

}  // namespace

std::vector<Finding> Findings::take() {
    if (not_kept_ > 0)
        found_.push_back({"more_findings", "", std::to_string(not_kept_) + " more findings are not listed"});
    return std::move(found_);
}

Account::Account(const AccountHistory& account, const customers::Operator& of, const catalog::Catalog& sold)
    : history(account), op(of), catalog(sold) {
    for (const auto& sub : history.sub_services) {
        sub_services_.emplace(sub.id, &sub);
        for (const auto& item : sub.items) items_.emplace(item.id, HeldItem{&sub, &item});
    }
    for (const auto& stored : history.documents) documents_.emplace(stored.document.id, &stored);
    for (const auto& stored : history.lines) {
        const auto& charge = stored.line.charge;
        lines_.emplace(charge.id, &stored);
        lines_of_[charge.item].push_back(&stored.line);
        if (charge.credits) credits_of_[*charge.credits].push_back(&stored.line);
        if (stored.document) lines_on_[*stored.document].push_back(&stored.line);
    }
    const auto rank = [this](const Line* line) {
        const auto held = item(line->charge.item);
        return invoicing::printing_rank(line->charge, held.item ? held.item->type : catalog::ProductType::service);
    };
    for (auto& [document, lines] : lines_on_)
        std::sort(lines.begin(), lines.end(), [&](const Line* a, const Line* b) { return rank(a) < rank(b); });
}

const StoredLine* Account::line(charging::LineId id) const { return find_in(lines_, id); }
const StoredDocument* Account::document(invoicing::DocumentId id) const { return find_in(documents_, id); }
const subscriptions::SubService* Account::sub_service(subscriptions::SubServiceId id) const {
    return find_in(sub_services_, id);
}
HeldItem Account::item(subscriptions::ItemId id) const { return find_in(items_, id); }
const std::vector<const Line*>& Account::lines_of(subscriptions::ItemId item) const {
    return lines_in(lines_of_, item);
}
const std::vector<const Line*>& Account::credits_of(charging::LineId line) const { return lines_in(credits_of_, line); }
const std::vector<const Line*>& Account::lines_on(invoicing::DocumentId document) const {
    return lines_in(lines_on_, document);
}

std::vector<Period> Account::not_credited(const Line& line, Period span) const {
    const auto& charge = line.charge;
    std::vector<Period> credited;
    Money left = charge.amount;
    Money price = charge.amount;
    for (const auto* credit : credits_of(charge.id)) {
        const bool is_discount = credit->charge.kind == ChargeKind::discount;
        if (is_discount) price += credit->charge.amount;
        if (credit->charge.period && !is_discount) credited.push_back(*credit->charge.period);
        left += credit->charge.amount;
    }
    auto spans = without(overlap(*charge.period, span), std::move(credited));
    // A credit that rounds to zero makes no line, nor does one of a line that is credited in full.
    std::erase_if(spans, [&](Period part) {
        const auto share = Amount::of(price).share(part.days(), charge.period->days());
        return !left.is_positive() || settle(share, charge.amount.currency(), charge.rounding).is_zero();
    });
    return spans;
}

std::string Account::place(const Line& line) const {
    const auto* sub = sub_service(line.charge.sub_service);
    const auto* stored = this->line(line.charge.id);
    const auto* on = stored && stored->document ? document(*stored->document) : nullptr;
    return (sub ? path(*sub) : code()) + (on ? " on " + on->document.number : ", on no document");
}

std::string words(Period period) { return period.start.text() + " to " + period.end.text(); }

}  // namespace sluice::app
