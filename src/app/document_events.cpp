#include "app/document_events.hpp"

#include <algorithm>

namespace sluice::app {

std::vector<NewEvent> document_events(const BilledAccount& account) {
    std::vector<NewEvent> events;
    for (const auto& document : account.documents) {
        events.push_back({EventType::document_issued, account.subscriber, document.id.value()});
        const bool is_invoice = document.type == invoicing::DocumentType::invoice;
        if (is_invoice && document.state == invoicing::DocumentState::paid)
            events.push_back({EventType::document_paid, account.subscriber, document.id.value()});
    }
    for (const auto& debt : account.new_debts)
        if (std::none_of(account.documents.begin(), account.documents.end(),
                         [&](const auto& document) { return document.id == debt.id; }))
            events.push_back({EventType::document_reopened, account.subscriber, debt.id.value()});
    for (const auto& debt : account.paid_debts)
        if (debt.open.is_zero()) events.push_back({EventType::document_paid, account.subscriber, debt.id.value()});
    return events;
}

}  // namespace sluice::app
