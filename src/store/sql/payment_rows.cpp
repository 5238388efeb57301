#include "store/sql/payment_rows.hpp"

#include "store/sql/rows.hpp"

namespace sluice::store {

const std::string refund_columns =
    "r.id, r.payment_id, r.kind, r.date, r.currency, r.amount, r.fee, r.method, r.reference, r.wallet_id";

payments::Refund read_refund(Query& row, customers::SubscriberId subscriber) {
    const auto id = row.get<payments::RefundId>();
    const auto payment = row.get<payments::PaymentId>();
    const auto kind = read_enum<payments::RefundKind>(refund_kind_names, row);
    const auto date = row.get<Date>();
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    const auto fee = row.money(currency);
    auto method = row.get<std::string>();
    auto reference = row.get<std::string>();
    return {id,
            subscriber,
            payment,
            kind,
            date,
            amount,
            fee,
            std::move(method),
            std::move(reference),
            row.get<std::optional<invoicing::WalletId>>()};
}

}  // namespace sluice::store
