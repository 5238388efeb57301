#include "domain/payments/refund.hpp"

#include <algorithm>

namespace sluice::payments {

Money refund_fee(const customers::RefundFee& rule, Money amount, Rounding rounding) {
    const auto base = rule.order == customers::FeeOrder::fixed_first
                          ? Amount::of(std::max(amount - rule.fixed, Money::zero(amount.currency())))
                          : Amount::of(amount);
    const Money percent = settle((base * rule.percent).share(1, 100), amount.currency(), rounding);
    return std::min(percent + rule.fixed, amount);
}

std::string_view name_of(RefundKind kind) { return kind == RefundKind::refund ? "refund" : "charge_back"; }

}  // namespace sluice::payments
