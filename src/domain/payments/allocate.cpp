#include "domain/payments/allocate.hpp"

#include <algorithm>
#include <tuple>

namespace sluice::payments {

bool is_older(const OpenDocument& one, const OpenDocument& other) {
    return std::tuple(one.due, one.date.year(), one.sequence) <
           std::tuple(other.due, other.date.year(), other.sequence);
}

std::vector<Allocation> allocate(std::vector<OpenCredit>& credits, std::vector<OpenDocument>& documents) {
    std::stable_sort(documents.begin(), documents.end(), is_older);
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
