// Connections that only read, lent to one thread at a time.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "app/ports/store.hpp"

namespace sluice::serve {

class Readers {
public:
    // A reader that shows one moment of the store; goes back by itself.
    class Lease {
    public:
        Lease(Readers& readers, std::unique_ptr<app::Store> store) : readers_(readers), store_(std::move(store)) {
            store_->begin();
        }
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        app::Store& store() { return *store_; }

    private:
        Readers& readers_;
        std::unique_ptr<app::Store> store_;
    };

    explicit Readers(app::Database& database) : database_(database) {}
    Lease lend();

private:
    app::Database& database_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<app::Store>> idle_;
};

}  // namespace sluice::serve
