#include "support/account.hpp"

#include <algorithm>

namespace sluice::support {

Account::Account(Shop& shop, Date created) : shop_(shop), created_(created), facts_{.subscriber = shop.subscriber} {}

void Account::add_unit(std::string code) {
    const auto id = static_cast<std::int64_t>(facts_.units.size()) + 1;
    facts_.units.push_back({.id = customers::UnitId{id}, .code = code, .name = code});
}

std::size_t Account::hold(const Holding& holding) {
    subscriptions::SubService state{.id = shop_.ids.next<subscriptions::SubServiceId>(),
                                    .subscriber = shop_.subscriber.id,
                                    .unit = holding.unit,
                                    .code = "s" + std::to_string(facts_.sub_services.size() + 1),
                                    .billing = holding.billing,
                                    .changed_on = created_};
    const auto add = [&](const std::string& code, std::int64_t quantity) {
        const auto& product = shop_.product(code);
        state.items.push_back({.id = shop_.ids.next<subscriptions::ItemId>(),
                               .type = product.type,
                               .product = product.id,
                               .price = shop_.catalog.price_on(product.id, created_)->id,
                               .quantity = quantity});
    };
    add(holding.service, 1);
    for (const auto& item : holding.items) add(item.code, item.quantity);
    facts_.sub_services.push_back({.state = std::move(state)});
    return facts_.sub_services.size() - 1;
}

customers::Terms Account::terms_of(const subscriptions::SubService& state) const {
    return customers::resolve_terms(shop_.op, facts_.subscriber, facts_.unit_of(state), state.billing);
}

void Account::keep(invoicing::SubServiceFacts& facts, subscriptions::SubService state,
                   std::vector<charging::Charge> charges) {
    const auto book = shop_.book();
    for (auto& line : invoicing::assess_all(std::move(charges), facts.open_lines, book, facts_.subscriber)) {
        if (line.charge.billing_date) facts_.pending_lines.push_back(line);
        facts.open_lines.push_back(std::move(line));
    }
    facts.state = std::move(state);
}

void Account::bill(Date as_of) { bill(facts_, as_of); }

void Account::bill_what_is_due(Date as_of) {
    invoicing::AccountFacts due{.subscriber = facts_.subscriber, .units = facts_.units};
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < facts_.sub_services.size(); ++i) {
        if (!is_due(facts_.sub_services[i], as_of)) continue;
        places.push_back(i);
        due.sub_services.push_back(facts_.sub_services[i]);
        const auto waits = [&](const invoicing::Line& line) {
            return line.charge.sub_service == facts_.sub_services[i].state.id;
        };
        std::copy_if(facts_.pending_lines.begin(), facts_.pending_lines.end(), std::back_inserter(due.pending_lines),
                     waits);
        std::erase_if(facts_.pending_lines, waits);
    }
    bill(due, as_of);
    for (std::size_t i = 0; i < places.size(); ++i) facts_.sub_services[places[i]] = std::move(due.sub_services[i]);
    std::move(due.pending_lines.begin(), due.pending_lines.end(), std::back_inserter(facts_.pending_lines));
}

bool Account::is_due(const invoicing::SubServiceFacts& facts, Date as_of) {
    for (const auto& line : facts_.pending_lines)
        if (line.charge.sub_service == facts.state.id && *line.charge.billing_date <= as_of) return true;
    auto state = facts.state;
    const auto book = shop_.book();
    const auto terms = terms_of(state);
    const auto next = charging::SubServiceBilling(book, terms, state, {}).next_billing_date();
    return next && *next <= as_of;
}

void Account::bill(invoicing::AccountFacts& facts, Date as_of) {
    const auto book = shop_.book();
    auto proposal = invoicing::decide(shop_.op, book, facts, as_of);
    for (const auto& draft : proposal.drafts) {
        for (const auto& line : draft.lines) {
            auto& of = *std::find_if(facts.sub_services.begin(), facts.sub_services.end(), [&](const auto& candidate) {
                return candidate.state.id == line.charge.sub_service;
            });
            const bool known = std::any_of(of.open_lines.begin(), of.open_lines.end(),
                                           [&](const auto& other) { return other.charge.id == line.charge.id; });
            if (!known) of.open_lines.push_back(line);
        }
    }
    std::move(proposal.drafts.begin(), proposal.drafts.end(), std::back_inserter(drafts_));
}

std::vector<std::string> Account::tell() const {
    std::vector<std::string> told;
    for (const auto& draft : drafts_) {
        told.push_back(draft.date.text() + " unit " + (draft.unit ? std::to_string(draft.unit->value()) : "-") + ": " +
                       draft.net.text() + " + " + draft.tax.text() + " = " + draft.total.text());
        for (const auto& line : draft.lines) told.push_back("  " + support::tell(line, shop_.catalog));
    }
    return told;
}

std::string tell(const invoicing::Line& line, const catalog::Catalog& catalog) {
    auto text =
        tell(line.charge, catalog) + ": " + line.net.text() + " + " + line.tax.text() + " = " + line.gross.text();
    for (const auto& tax : line.taxes) text += " " + tax.code + " " + tax.amount.text();
    return text;
}

}  // namespace sluice::support
