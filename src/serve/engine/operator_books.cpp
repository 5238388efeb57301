#include "serve/engine/operator_books.hpp"

namespace sluice::serve {

std::shared_ptr<const OperatorBook> OperatorBooks::of(app::Store& store, customers::OperatorId op) {
    const auto revision = store.revision(op);
    check(revision.has_value(), "an operator that is asked for exists");
    {
        const std::lock_guard lock(mutex_);
        const auto known = books_.find(op);
        if (known != books_.end() && known->second->revision == *revision) return known->second;
    }
    auto found = store.find_operator(op);
    check(found.has_value(), "an operator that has a revision exists");
    const auto zone = Zone::named(found->time_zone);
    if (!zone)
        throw app::StoreFailure("this machine's time-zone database does not have " + found->time_zone +
                                " (package tzdata)");
    auto book = std::make_shared<const OperatorBook>(OperatorBook{*found, store.catalog(op), *zone, *revision});
    const std::lock_guard lock(mutex_);
    auto& kept = books_[op];
    // A reader that shows an earlier moment does not put its older book in place of a newer one.
    if (!kept || kept->revision < *revision) kept = book;
    return book;
}

}  // namespace sluice::serve
