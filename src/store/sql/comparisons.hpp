#pragma once

#include "app/ports/comparison_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlComparisons final : public app::ComparisonStore {
public:
    explicit SqlComparisons(Connection& db) : db_(db) {}

    std::optional<customers::SubscriberId> end_of_batch(customers::OperatorId op,
                                                        std::optional<customers::SubscriberId> after,
                                                        std::optional<customers::SubscriberId> last,
                                                        std::int64_t limit) override;
    std::vector<app::ComparedSubService> sub_services(customers::OperatorId op, app::JobId run,
                                                      const reports::ComparedDates& dates,
                                                      std::optional<customers::SubscriberId> after,
                                                      customers::SubscriberId last, Currency currency) override;
    void add_differences(app::JobId run, std::span<const app::RunDifference> differences) override;
    void remove_differences(app::JobId run) override;
    bool forget_differences_before(Instant time, std::int64_t limit) override;
    app::Page<app::RunDifferenceRow> differences(customers::OperatorId op,
                                                 const app::RunDifferenceQuery& query) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
