#include "app/ports/administration.hpp"

#include <algorithm>
#include <array>

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 91> event_names{"subscriber.created",
                                                       "subscriber.updated",
                                                       "unit.created",
                                                       "unit.updated",
                                                       "sub_service.added",
                                                       "sub_service.imported",
                                                       "sub_service.activated",
                                                       "sub_service.suspended",
                                                       "sub_service.resumed",
                                                       "sub_service.data_exhausted",
                                                       "sub_service.data_restored",
                                                       "sub_service.cancelled",
                                                       "sub_service.service_changed",
                                                       "sub_service.moved_to_current_price",
                                                       "item.added",
                                                       "item.removed",
                                                       "product.created",
                                                       "price.changed",
                                                       "tax.created",
                                                       "policies.replaced",
                                                       "operator.created",
                                                       "operator.updated",
                                                       "document.issued",
                                                       "document.paid",
                                                       "payment.recorded",
                                                       "payment.refunded",
                                                       "payment.charged_back",
                                                       "document.reopened",
                                                       "document.written_off",
                                                       "bill_run.started",
                                                       "bill_run.finished",
                                                       "bill_run.cancelled",
                                                       "bill_run.failed",
                                                       "account.parked",
                                                       "account.replayed",
                                                       "api_key.created",
                                                       "api_key.revoked",
                                                       "bank_statement.imported",
                                                       "bank_line.assigned",
                                                       "bank_line.set_aside",
                                                       "bank_line.taken_back",
                                                       "payment_method.created",
                                                       "payment_method.updated",
                                                       "checkout.begun",
                                                       "checkout.succeeded",
                                                       "checkout.failed",
                                                       "checkout.expired",
                                                       "saved_method.added",
                                                       "saved_method.removed",
                                                       "document.reminded",
                                                       "collection_hold.placed",
                                                       "collection_hold.released",
                                                       "payment_plan.agreed",
                                                       "payment_plan.ended",
                                                       "promised_payment.made",
                                                       "cash_shift.opened",
                                                       "cash_shift.closed",
                                                       "cheque.received",
                                                       "cheque.cleared",
                                                       "cheque.bounced",
                                                       "webhook_endpoint.created",
                                                       "webhook_endpoint.updated",
                                                       "webhook_endpoint.removed",
                                                       "mail_settings.updated",
                                                       "message_template.updated",
                                                       "message_template.removed",
                                                       "pro_forma.issued",
                                                       "pro_forma.reminded",
                                                       "pro_forma.paid",
                                                       "pro_forma.expired",
                                                       "pro_forma.withdrawn",
                                                       "advance_payment.issued",
                                                       "automatic_payment.enabled",
                                                       "automatic_payment.ended",
                                                       "automatic_payment.above_cap",
                                                       "automatic_payment.declined",
                                                       "automatic_payment.stopped",
                                                       "discount.created",
                                                       "discount.ended",
                                                       "discount.removed",
                                                       "promo_code.created",
                                                       "promo_code.ended",
                                                       "discount_grant.made",
                                                       "discount_grant.revoked",
                                                       "payout.opened",
                                                       "payout.paid",
                                                       "payout.cancelled",
                                                       "wallet.changed",
                                                       "note.added",
                                                       "note.changed",
                                                       "note.removed"};
constexpr std::array<std::string_view, 5> kind_names{"bill_run", "verification", "import", "collection_run",
                                                     "automatic_payment_run"};
constexpr std::array<std::string_view, 5> state_names{"queued", "running", "finished", "cancelled", "failed"};

}  // namespace

std::string_view name_of(EventType type) { return event_names[static_cast<std::size_t>(type)]; }

std::optional<EventType> parse_event_type(std::string_view name) {
    const auto found = std::find(event_names.begin(), event_names.end(), name);
    if (found == event_names.end()) return std::nullopt;
    return static_cast<EventType>(found - event_names.begin());
}

std::string_view name_of(JobKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(JobState state) { return state_names[static_cast<std::size_t>(state)]; }

}  // namespace sluice::app
