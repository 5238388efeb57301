#include "app/refusal.hpp"

#include <array>

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 59> names{"unknown_operator",
                                                 "unknown_subscriber",
                                                 "unknown_unit",
                                                 "unknown_sub_service",
                                                 "unknown_product",
                                                 "code_taken",
                                                 "serial_number_in_use",
                                                 "contact_or_organization_needed",
                                                 "not_sold_on_that_date",
                                                 "price_not_allowed",
                                                 "amount_not_allowed",
                                                 "quantity_not_allowed",
                                                 "installments_not_allowed",
                                                 "item_not_held",
                                                 "unknown_payment",
                                                 "unknown_document",
                                                 "unknown_line",
                                                 "document_not_allowed",
                                                 "date_not_allowed",
                                                 "life_of_sub_service",
                                                 "bank_line_matched",
                                                 "bank_line_set_aside",
                                                 "bank_line_not_set_aside",
                                                 "bank_line_in_other_currency",
                                                 "unknown_payment_method",
                                                 "unknown_checkout",
                                                 "unknown_saved_method",
                                                 "payment_method_not_usable",
                                                 "nothing_to_pay",
                                                 "settlement_under_way",
                                                 "gateway_refused",
                                                 "gateway_unavailable",
                                                 "settings_not_allowed",
                                                 "not_enough_funds",
                                                 "overdue_debt",
                                                 "promise_not_allowed",
                                                 "plan_not_allowed",
                                                 "unknown_hold",
                                                 "unknown_plan",
                                                 "unknown_cash_shift",
                                                 "unknown_cheque",
                                                 "cash_desk_in_use",
                                                 "cash_shift_closed",
                                                 "not_enough_cash",
                                                 "difference_not_explained",
                                                 "cheque_settled",
                                                 "unknown_pro_forma",
                                                 "pro_forma_settled",
                                                 "unknown_automatic_payment",
                                                 "automatic_payment_not_allowed",
                                                 "unknown_discount",
                                                 "unknown_promo_code",
                                                 "unknown_discount_grant",
                                                 "promo_code_used_up",
                                                 "promo_code_not_valid",
                                                 "discount_not_allowed",
                                                 "discount_in_use",
                                                 "unknown_payout",
                                                 "payout_settled"};

}  // namespace

std::string_view name_of(const Refusal& refusal) {
    return refusal.reason.empty() ? names[static_cast<std::size_t>(refusal.code)] : refusal.reason;
}

Refusal refusal_of(charging::CommandRefusal reason, std::string_view sub_service) {
    return {RefusalCode::life_of_sub_service, std::string(sub_service) + ": " + std::string(charging::message(reason)),
            charging::name_of(reason)};
}

}  // namespace sluice::app
