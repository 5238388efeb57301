#pragma once

#include "app/ports/settings_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlSettings final : public app::SettingsStore {
public:
    explicit SqlSettings(Connection& db) : db_(db) {}

    std::vector<app::SettingsOfAccount> accounts(customers::OperatorId op, std::optional<customers::SubscriberId> after,
                                                 std::int64_t limit) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
