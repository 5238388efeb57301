#include "serve/engine/readers.hpp"

namespace sluice::serve {

Readers::Lease Readers::lend() {
    std::unique_ptr<app::Store> store;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            store = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!store) store = database_.open_reader();
    return Lease(*this, std::move(store));
}

Readers::Lease::~Lease() {
    try {
        store_->commit();
    } catch (const app::StoreFailure&) {
        return;  // a connection that failed is not lent again
    }
    const std::lock_guard lock(readers_.mutex_);
    readers_.idle_.push_back(std::move(store_));
}

}  // namespace sluice::serve
