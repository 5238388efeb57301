// Money that came in by bank, as a bank statement tells it, and how it is known whose it is.
#pragma once

#include <string>

#include "values/date.hpp"
#include "values/id.hpp"
#include "values/money.hpp"

namespace sluice::payments {

struct BankStatementTag {
    static constexpr std::string_view prefix = "statement";
};
using BankStatementId = Id<BankStatementTag>;
struct BankLineTag {
    static constexpr std::string_view prefix = "bankline";
};
using BankLineId = Id<BankLineTag>;

// A booked credit. A text that the bank does not give is empty.
struct BankLine {
    std::string account;              // of the operator, that the money came in on: IBAN, or what the bank calls it
    Date date;                        // of booking
    Money amount;                     // > 0, in the currency of the statement
    std::string bank_reference = {};  // the bank's own id of this booking
    std::string reference = {};       // what the payer wrote
    std::string payer = {};           // name
    std::string payer_account = {};   // IBAN, or what the bank calls it
};

// Two bookings with the same identity in one statement are two; in two statements they are one, told twice. What the
// bank calls the booking tells it apart from others; where the bank gives nothing, all that it says of it does.
std::string identity_of(const BankLine& line);

}  // namespace sluice::payments
