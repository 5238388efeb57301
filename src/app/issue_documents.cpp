#include "app/issue_documents.hpp"

#include <algorithm>
#include <set>

#include "app/journal.hpp"

namespace sluice::app {

using invoicing::Document;
using invoicing::DocumentType;

Document Issuer::document_of(const customers::Subscriber& subscriber, invoicing::Draft draft) {
    const Date due = customers::resolve_payment(op_, subscriber).due_date(draft.date, op_.due_days);
    return {.id = ids_.next<invoicing::DocumentId>(),
            .subscriber = subscriber.id,
            .type = draft.total.is_negative() ? DocumentType::credit_note : DocumentType::invoice,
            .year = draft.date.year(),
            .sequence = 0,
            .number = {},
            .date = draft.date,
            .due = due,
            .currency = op_.currency,
            .unit = draft.unit,
            .contact = subscriber.contact,
            .organization = subscriber.organization,
            .country = subscriber.country,
            .region = subscriber.region,
            .net = draft.net,
            .tax = draft.tax,
            .total = draft.total,
            .state = invoicing::state_of(draft.total, Money::zero(op_.currency)),
            .lines = std::move(draft.lines)};
}

void Issuer::issue(BilledAccount& billed, Document& document) {
    const auto& pattern = document.type == DocumentType::invoice ? op_.invoice_number : op_.credit_note_number;
    document.sequence = next_number(document.type, document.year);
    document.number = invoicing::format_number(pattern, document.year, document.sequence);
    auto entry = ledger::entry_of_document({.id = ids_.next_after<ledger::EntryId>(billed.head.last_entry),
                                            .subscriber = document.subscriber,
                                            .date = document.date,
                                            .source = ledger::Source::document,
                                            .source_id = document.id.value()},
                                           document.net, document.tax, document.total);
    billed.entries.push_back(append(hasher_, billed.head, std::move(entry), &document));
}

void Issuer::issue_all(BilledAccount& billed, Settlement& settlement, SetAside* set_aside) {
    for (auto& document : billed.documents) {
        issue(billed, document);
        if (document.type == DocumentType::credit_note)
            settlement.add({payments::OpenCredit::From::credit_note, document.id.value(), -document.total});
        else if (document.total.is_positive())
            settlement.add(payments::OpenDocument{document.id, document.date, document.due, document.sequence,
                                                  document.total, document.total});
        if (document.total.is_positive() && set_aside) pay_from_wallets(billed, document, settlement, *set_aside);
        settlement.pay();
    }
    if (!set_aside) return;
    std::set<invoicing::WalletId> used;
    for (const auto& payment : billed.payments) used.insert(*payment.wallet);
    for (const auto& wallet : set_aside->wallets)
        if (used.contains(wallet.id)) billed.wallets.push_back(wallet);
}

// Each wallet pays at once, with a payment of its own, its part of the document, which is never more than its total.
void Issuer::pay_from_wallets(BilledAccount& billed, const Document& document, Settlement& settlement,
                              SetAside& set_aside) {
    invoicing::Wanted wanted;
    for (const auto& line : document.lines) {
        const auto unit = set_aside.units.find(line.charge.sub_service);
        check(unit != set_aside.units.end(), "the sub-services on a document are known");
        wanted.try_emplace({unit->first, unit->second}, Money::zero(op_.currency)).first->second += line.gross;
    }
    Money left = document.total;
    std::map<invoicing::WalletId, Money> taken;
    for (const auto& [whom, amount] : wanted)
        for (const auto& [wallet, part] : invoicing::take(set_aside.wallets, whom, std::min(amount, left))) {
            taken.try_emplace(wallet, Money::zero(op_.currency)).first->second += part;
            left -= part;
        }
    for (const auto& [wallet, amount] : taken) {
        const payments::Payment payment{.id = ids_.next<payments::PaymentId>(),
                                        .subscriber = billed.subscriber,
                                        .date = document.date,
                                        .amount = amount,
                                        .method = "wallet",
                                        .reference = document.number,
                                        .wallet = wallet};
        auto entry = ledger::entry_of_payment({.id = ids_.next_after<ledger::EntryId>(billed.head.last_entry),
                                               .subscriber = billed.subscriber,
                                               .date = payment.date,
                                               .source = ledger::Source::payment,
                                               .source_id = payment.id.value()},
                                              amount, ledger::Account::wallet);
        billed.entries.push_back(append(hasher_, billed.head, std::move(entry), nullptr));
        settlement.pay({payments::OpenCredit::From::payment, payment.id.value(), amount}, document.id);
        billed.payments.push_back(payment);
    }
}

std::int64_t Issuer::next_number(DocumentType type, std::int32_t year) {
    const auto [at, is_new] = next_.try_emplace({type, year}, 0);
    if (is_new) at->second = store_.hold_number_series(op_.id, type, year).next;
    return at->second++;
}

void Issuer::save_numbers() {
    for (const auto& [series, next] : next_) store_.save(op_.id, NumberSeries{series.first, series.second, next});
}

}  // namespace sluice::app
