// What is kept of cash desks and cheques.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/payments/refund.hpp"
#include "values/zone.hpp"

namespace sluice::app {

struct CashShiftTag {
    static constexpr std::string_view prefix = "shift";
};
using CashShiftId = Id<CashShiftTag>;
struct CashMovementTag {
    static constexpr std::string_view prefix = "cash";
};
using CashMovementId = Id<CashMovementTag>;
struct ChequeTag {
    static constexpr std::string_view prefix = "cheque";
};
using ChequeId = Id<ChequeTag>;

// How a closed shift was closed: it stays so.
struct ShiftClosing {
    Instant at;
    std::string by;
    Money expected;  // float and movements
    Money counted;
    std::string explanation;  // of the difference; empty only when there is none
};

// A clerk at the till of a desk. One shift of a desk is open at a time.
struct CashShift {
    CashShiftId id;
    customers::OperatorId op;
    std::string desk;
    std::string clerk;
    Date date;  // on which it was opened
    Money float_amount;
    Instant opened_at;
    std::string opened_by;
    std::optional<ShiftClosing> closing = {};
};

enum class CashMovementKind { payment, refund, cash_in, cash_out };
std::string_view name_of(CashMovementKind kind);

struct CashReceipt {
    std::int32_t year;
    std::int64_t sequence;
    std::string number;
};

struct CashMovement {
    CashMovementId id;
    customers::OperatorId op;
    CashShiftId shift;
    CashMovementKind kind;
    Instant at;
    std::string actor;
    Date date;
    Money amount;  // > 0; refunds and cash_out leave the till
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<payments::PaymentId> payment = {};
    std::optional<payments::RefundId> refund = {};
    std::optional<CashReceipt> receipt = {};  // of payments
    std::string reason = {};
};
struct CashMovementRow {
    CashMovement movement;
    std::string subscriber_code;
    std::string subscriber_name;
};

// What movements of a shift come to, by kind, in the order of the kinds.
struct CashSums {
    Money payments;
    Money refunds;
    Money cash_in;
    Money cash_out;
    std::int64_t count = 0;
    Money expected(Money float_amount) const { return float_amount + payments - refunds + cash_in - cash_out; }
};
struct CashShiftRow {
    CashShift shift;
    CashSums sums;
};

enum class ChequeState { received, cleared, bounced };
std::string_view name_of(ChequeState state);
std::optional<ChequeState> parse_cheque_state(std::string_view name);

struct Cheque {
    ChequeId id;
    customers::SubscriberId subscriber;
    customers::OperatorId op;
    payments::PaymentId payment;
    std::string number;
    std::string bank;
    Date date;
    Money amount;
    ChequeState state = ChequeState::received;
    std::optional<Date> settled_on = {};
    std::optional<payments::RefundId> refund = {};  // the charge-back of one that bounced
    std::string reason = {};
};
struct ChequeRow {
    Cheque cheque;
    std::string subscriber_code;
};

// Newest first, those before `before`.
struct ShiftQuery {
    std::optional<std::string> desk = {};
    std::optional<Date> date = {};
    std::optional<bool> is_open = {};
    std::optional<CashShiftId> before = {};
    std::int64_t limit = 50;
};
struct ChequeQuery {
    std::optional<ChequeState> state = {};
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<ChequeId> before = {};
    std::int64_t limit = 50;
};
class CashStore {
public:
    virtual ~CashStore() = default;

    // A second open shift of the desk violates a constraint.
    virtual void add_cash_shift(const CashShift& shift) = 0;
    virtual void close_cash_shift(const CashShift& shift) = 0;
    virtual std::optional<CashShiftRow> find_cash_shift(customers::OperatorId op, CashShiftId id) = 0;
    virtual std::optional<CashShiftRow> open_cash_shift(customers::OperatorId op, std::string_view desk) = 0;
    // Until the transaction ends nobody else closes it or writes into it.
    virtual void hold_cash_shift(customers::OperatorId op, CashShiftId id) = 0;
    virtual std::vector<CashShiftRow> cash_shifts(customers::OperatorId op, const ShiftQuery& query) = 0;

    virtual void add_cash_movement(const CashMovement& movement) = 0;
    // In their order.
    virtual std::vector<CashMovementRow> cash_movements(customers::OperatorId op, CashShiftId shift,
                                                        std::optional<CashMovementId> after, std::int64_t limit) = 0;
    virtual std::optional<CashMovementRow> find_cash_receipt(customers::OperatorId op, std::string_view receipt) = 0;
    // The number that the next receipt gets. Held until the transaction ends, and counted on.
    virtual std::int64_t take_receipt_number(customers::OperatorId op, std::int32_t year) = 0;
    virtual std::vector<std::pair<std::int32_t, std::int64_t>> receipt_series(customers::OperatorId op) = 0;
    // Of all shifts, by id, for verification.
    virtual std::vector<CashMovement> all_cash_movements(customers::OperatorId op, std::optional<CashMovementId> after,
                                                         std::int64_t limit) = 0;

    // REQUIRES of all that write: the subscriber is held.
    virtual void add_cheque(const Cheque& cheque) = 0;
    virtual void update_cheque(const Cheque& cheque) = 0;  // its state
    virtual std::optional<ChequeRow> find_cheque(customers::OperatorId op, ChequeId id) = 0;
    virtual std::vector<ChequeRow> cheques(customers::OperatorId op, const ChequeQuery& query) = 0;
};

}  // namespace sluice::app
