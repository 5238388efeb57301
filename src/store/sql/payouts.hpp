#pragma once

#include "app/ports/payout_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlPayouts final : public app::PayoutStore {
public:
    explicit SqlPayouts(Connection& db) : db_(db) {}

    void add(const app::Payout& payout) override;
    void update(const app::Payout& payout) override;
    std::optional<app::PayoutRow> find(customers::OperatorId op, app::PayoutId id) override;
    std::vector<app::PayoutRow> list(customers::OperatorId op, const app::PayoutQuery& query) override;
    std::vector<app::PayoutRow> to_query(Instant now, std::int64_t limit) override;
    std::vector<std::string> unsound(customers::OperatorId op) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
