#include "store/sql/wallets.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::SubscriberId;
using customers::UnitId;
using invoicing::Wallet;
using invoicing::WalletId;
using subscriptions::SubServiceId;

const std::string wallet_columns = "w.id, w.unit_id, w.sub_service_id, w.currency, w.amount";

Wallet read_wallet(Query& row) {
    const auto id = row.get<WalletId>();
    const auto unit = row.get<std::optional<UnitId>>();
    const auto sub_service = row.get<std::optional<SubServiceId>>();
    const auto currency = read_currency(row);
    return {id, unit, sub_service, row.money(currency)};
}

namespace {

// Those with money in them.
template <typename Visit>
void each_wallet(Connection& db, SubscriberId first, SubscriberId last, const Visit& visit) {
    Query row(db,
              "SELECT w.subscriber_id, " + wallet_columns +
                  " FROM wallets w WHERE w.subscriber_id BETWEEN ? AND ? AND w.amount > 0 ORDER BY w.subscriber_id, "
                  "w.id",
              first, last);
    while (row.next()) {
        const auto subscriber = row.get<SubscriberId>();
        visit(subscriber, read_wallet(row));
    }
}

}  // namespace

std::vector<std::pair<SubscriberId, Wallet>> SqlStore::wallets(SubscriberId first, SubscriberId last) {
    std::vector<std::pair<SubscriberId, Wallet>> wallets;
    each_wallet(*db_, first, last,
                [&](SubscriberId subscriber, const Wallet& wallet) { wallets.emplace_back(subscriber, wallet); });
    return wallets;
}

void add_wallets(Connection& db, SubscriberId first, SubscriberId last, Currency currency,
                 const std::function<invoicing::Purse*(SubscriberId)>& purse_of) {
    bool any = false;
    each_wallet(db, first, last, [&](SubscriberId subscriber, const Wallet& wallet) {
        auto* purse = purse_of(subscriber);
        if (!purse) return;
        purse->wallets.push_back(wallet);
        any = true;
    });
    if (!any) return;
    std::map<SubscriberId, invoicing::Wanted> unbilled;
    {
        Query row(
            db,
            "SELECT l.subscriber_id, l.sub_service_id, b.unit_id, SUM(l.gross) FROM lines l JOIN sub_services b "
            "ON b.subscriber_id = l.subscriber_id AND b.id = l.sub_service_id WHERE l.subscriber_id BETWEEN ? AND "
            "? AND l.document_id IS NULL AND l.billing_date IS NOT NULL AND EXISTS (SELECT 1 FROM wallets w WHERE "
            "w.subscriber_id = l.subscriber_id AND w.amount > 0) GROUP BY l.subscriber_id, l.sub_service_id, "
            "b.unit_id",
            first, last);
        while (row.next()) {
            const auto subscriber = row.get<SubscriberId>();
            const auto sub_service = row.get<SubServiceId>();
            const auto unit = row.get<std::optional<UnitId>>();
            unbilled[subscriber].emplace(invoicing::ChargedFor{sub_service, unit}, row.money(currency));
        }
    }
    for (const auto& [subscriber, wanted] : unbilled)
        if (auto* purse = purse_of(subscriber)) invoicing::reserve(*purse, wanted);
}

std::vector<app::WalletRow> SqlStore::wallets(SubscriberId subscriber) {
    std::vector<app::WalletRow> wallets;
    Query row(
        *db_,
        "SELECT " + wallet_columns +
            ", COALESCE(u.code, b.code) FROM wallets w LEFT JOIN units u ON u.subscriber_id = w.subscriber_id AND "
            "u.id = w.unit_id LEFT JOIN sub_services b ON b.subscriber_id = w.subscriber_id AND b.id = "
            "w.sub_service_id WHERE w.subscriber_id = ? ORDER BY w.id",
        subscriber);
    while (row.next()) {
        const auto wallet = read_wallet(row);
        wallets.push_back({wallet, row.get<std::string>()});
    }
    return wallets;
}

void SqlStore::save_wallets(SubscriberId subscriber, std::span<const Wallet> wallets) {
    for (const auto& wallet : wallets)
        Query(*db_,
              "INSERT INTO wallets (subscriber_id, id, unit_id, sub_service_id, currency, amount) VALUES (?,?,?,?,?,?) "
              "ON CONFLICT (subscriber_id, id) DO UPDATE SET amount = excluded.amount",
              subscriber, wallet.id, wallet.unit, wallet.sub_service, wallet.amount.currency().code(), wallet.amount)
            .run();
}

}  // namespace sluice::store
