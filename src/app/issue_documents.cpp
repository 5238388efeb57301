#include "app/issue_documents.hpp"

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

void Issuer::issue_all(BilledAccount& billed, Settlement& settlement) {
    for (auto& document : billed.documents) {
        issue(billed, document);
        if (document.type == DocumentType::credit_note)
            settlement.add({payments::OpenCredit::From::credit_note, document.id.value(), -document.total});
        else if (document.total.is_positive())
            settlement.add(payments::OpenDocument{document.id, document.date, document.due, document.sequence,
                                                  document.total, document.total});
        settlement.pay();
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
