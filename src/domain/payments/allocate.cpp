#include "domain/payments/allocate.hpp"

#include <algorithm>
#include <tuple>

namespace sluice::payments {

std::vector<Allocation> allocate(std::vector<OpenCredit>& credits, std::vector<OpenDocument>& documents) {
    std::stable_sort(documents.begin(), documents.end(), [](const OpenDocument& a, const OpenDocument& b) {
        return std::tuple(a.due, a.date.year(), a.sequence) < std::tuple(b.due, b.date.year(), b.sequence);
    });
    std::vector<Allocation> allocations;
    auto credit = credits.begin();
    for (auto document = documents.begin(); document != documents.end() && credit != credits.end();) {
        const Money amount = std::min(credit->left, document->open);
        if (amount.is_positive()) allocations.push_back({credit->from, credit->id, document->id, amount});
        credit->left -= amount;
        document->open -= amount;
        if (document->open.is_zero()) ++document;
        if (credit->left.is_zero()) ++credit;
    }
    return allocations;
}

}  // namespace sluice::payments
