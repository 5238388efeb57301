// Cash at a desk: a clerk opens a shift with a float, takes and pays out money, and counts the till at its end. Each of
// these is one transaction. Rules: docs/payments.md.
#pragma once

#include <string>

#include "app/commands.hpp"

namespace sluice::app {

inline constexpr std::string_view receipt_pattern = "RCPT-{year}-{number}";

class CashDesk {
public:
    struct Tools {
        Store& store;
        Commands& commands;
        IdSource& ids;
        Instant now;
        Date today;  // in the operator's zone
        std::string actor;
    };
    explicit CashDesk(Tools tools) : tools_(std::move(tools)), store_(tools_.store) {}

    Result<CashShiftId, Refusal> open(const std::string& desk, const std::string& clerk, Money float_amount);
    // Records the payment. Its receipt's number is taken last, so that there is no gap.
    struct Taken {
        std::string subscriber;
        Money amount;
        std::string method;
        std::string reference;
    };
    Result<CashMovementId, Refusal> take(CashShiftId shift, const Taken& payment);
    // Refunds a payment, however it came in, out of the till.
    Result<CashMovementId, Refusal> pay_out(CashShiftId shift, const RefundRequest& refund);
    // Money that is no subscriber's: to the bank, for an expense, change from the safe.  REQUIRES: cash_in or cash_out.
    Result<CashMovementId, Refusal> move(CashShiftId shift, CashMovementKind kind, Money amount,
                                         const std::string& reason);
    Result<CashShiftId, Refusal> close(CashShiftId shift, Money counted, const std::string& explanation);

private:
    Result<CashShiftRow, Refusal> hold(CashShiftId id);
    std::optional<Refusal> refuse_without(const CashShiftRow& row, Money amount) const;
    CashMovement movement(const CashShift& shift, CashMovementKind kind, Money amount);

    Tools tools_;
    Store& store_;
};

// Cheques: a payment from the day on which one was handed in, charged back when it bounces.
class Cheques {
public:
    Cheques(Store& store, Commands& commands, IdSource& ids) : store_(store), commands_(commands), ids_(ids) {}

    struct Received {
        std::string subscriber;
        Money amount;
        std::string number;
        std::string bank;
        std::string method;
    };
    Result<ChequeId, Refusal> receive(Date date, const Received& cheque);
    // A subscriber's cheque by its number, when no other one has it.
    Result<ChequeId, Refusal> find(const std::string& subscriber, const std::string& number);
    // The bank has paid it.
    Result<ChequeId, Refusal> clear(Date date, ChequeId id);
    // The bank has not: what it paid is open again.
    Result<ChequeId, Refusal> bounce(Date date, ChequeId id, const std::string& reason);

private:
    Result<ChequeRow, Refusal> hold(Date date, ChequeId id);

    Store& store_;
    Commands& commands_;
    IdSource& ids_;
};

}  // namespace sluice::app
