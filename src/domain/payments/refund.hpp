// Money that goes back, and debts that are given up. Rules: docs/payments.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/payments/allocate.hpp"

namespace sluice::payments {

struct RefundTag {
    static constexpr std::string_view prefix = "ref";
};
using RefundId = Id<RefundTag>;

struct WriteOffTag {
    static constexpr std::string_view prefix = "wo";
};
using WriteOffId = Id<WriteOffTag>;

// A refund is given by the operator, from what a payment pays nothing with; a charge-back is taken by the payer's bank,
// whatever the payment was used for.
enum class RefundKind { refund, charge_back };

struct Refund {
    RefundId id;
    customers::SubscriberId subscriber;
    PaymentId payment;
    RefundKind kind;
    Date date;
    Money amount;  // that the payment is reduced by, > 0
    Money fee;     // that the operator keeps of it: 0..amount
    std::string method;
    std::string reference;
    std::optional<invoicing::WalletId> wallet = {};  // that it is set aside in; none: it goes out
};

// What is not expected to be paid any more.
struct WriteOff {
    WriteOffId id;
    customers::SubscriberId subscriber;
    invoicing::DocumentId document;
    Date date;
    Money amount;  // > 0
    std::string reason;
};

// What a credit pays of a document, which may be paid in full.
struct Use {
    OpenDocument document;
    Money amount;  // > 0
};

// What a refund of `amount` costs, rounded once and never more than `amount`.
Money refund_fee(const customers::RefundFee& rule, Money amount, Rounding rounding);

std::string_view name_of(RefundKind kind);  // "refund", "charge_back"

}  // namespace sluice::payments
