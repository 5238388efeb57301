// A batch of accounts is three queries, however many accounts it has.
#include "store/sql/settings.hpp"

#include <unordered_map>

#include "store/sql/account_rows.hpp"

namespace sluice::store {

using customers::SubscriberId;

std::vector<app::SettingsOfAccount> SqlSettings::accounts(customers::OperatorId op, std::optional<SubscriberId> after,
                                                          std::int64_t limit) {
    std::vector<app::SettingsOfAccount> accounts;
    std::unordered_map<SubscriberId, std::size_t> at;
    {
        Query row(db_,
                  "SELECT " + subscriber_columns +
                      " FROM subscribers s WHERE s.operator_id = ? AND s.subscriber_id > ? ORDER BY s.subscriber_id "
                      "LIMIT ?",
                  op, after ? after->value() : 0, limit);
        while (row.next()) {
            auto subscriber = read_subscriber(row);
            at.emplace(subscriber.id, accounts.size());
            accounts.push_back({.subscriber = std::move(subscriber), .units = {}, .sub_services = {}});
        }
    }
    if (accounts.empty()) return accounts;
    const auto first = accounts.front().subscriber.id;
    const auto last = accounts.back().subscriber.id;
    // Subscribers of other operators may lie between them.
    const auto account_of = [&](SubscriberId id) {
        const auto found = at.find(id);
        return found == at.end() ? nullptr : &accounts[found->second];
    };
    {
        Query row(db_,
                  "SELECT u.subscriber_id, " + unit_columns +
                      " FROM units u WHERE u.subscriber_id BETWEEN ? AND ? ORDER BY u.subscriber_id, u.id",
                  first, last);
        while (row.next()) {
            auto* account = account_of(row.get<SubscriberId>());
            if (account) account->units.push_back(read_unit(row));
        }
    }
    Query row(
        db_,
        "SELECT " + sub_service_columns +
            " FROM sub_services b WHERE b.subscriber_id BETWEEN ? AND ? AND b.operator_id + 0 = ? AND b.status <> "
            "'cancelled' ORDER BY b.subscriber_id, b.id",
        first, last, op);
    while (row.next()) {
        auto state = read_sub_service(row);
        auto* account = account_of(state.subscriber);
        if (account) account->sub_services.push_back({state.id, std::move(state.code), state.unit, state.billing});
    }
    return accounts;
}

}  // namespace sluice::store
