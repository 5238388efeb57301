// Money that came in, and which documents it pays: the oldest debt first. What is left stays as credit.
// Source: billing rules, Ledger.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/invoicing/document.hpp"
#include "domain/invoicing/wallet.hpp"
#include "values/date.hpp"
#include "values/money.hpp"

namespace sluice::payments {

struct PaymentTag {
    static constexpr std::string_view prefix = "pay";
};
using PaymentId = Id<PaymentTag>;

struct Payment {
    PaymentId id;
    customers::SubscriberId subscriber;
    Date date;
    Money amount;  // > 0
    std::string method;
    std::string reference;
    std::optional<invoicing::WalletId> wallet = {};  // that it comes out of; none: from outside
};

// A debt: a document that is not paid in full.
struct OpenDocument {
    invoicing::DocumentId id;
    Date date;  // of issue; it numbers within its year
    Date due;
    std::int64_t sequence;
    Money total;
    Money open;  // > 0
    bool operator==(const OpenDocument&) const = default;
};

// Credit that pays for nothing yet: the rest of a payment or of a credit note. A write-off pays its document at once.
struct OpenCredit {
    enum class From { payment, credit_note, write_off } from;
    std::int64_t id;
    Money left;  // > 0
};

struct Allocation {
    OpenCredit::From from;
    std::int64_t credit;
    invoicing::DocumentId document;
    Money amount;  // > 0
};

// Which of two debts is paid first: by due date, then number.
bool is_older(const OpenDocument& one, const OpenDocument& other);

// Pays `documents` from `credits`, both reduced by what was allocated. Credits are used in their order, documents by
// due date, then number.
std::vector<Allocation> allocate(std::vector<OpenCredit>& credits, std::vector<OpenDocument>& documents);

}  // namespace sluice::payments
