// What sets the books right afterwards, always by another entry: money that goes back, credit notes for lines of an
// issued document, debts that are given up. Each is one transaction. Rules: docs/payments.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"
#include "app/refusal.hpp"
#include "app/settle_account.hpp"
#include "domain/catalog/catalog.hpp"
#include "values/result.hpp"

namespace sluice::app {

struct RefundRequest {
    payments::PaymentId payment;
    std::optional<Money> amount = {};  // none: all that can be given back
    std::optional<Money> fee = {};     // none: by the operator's rule
    std::string method = {};           // empty: that of the payment
    std::string reference = {};
    std::optional<invoicing::WalletId> wallet = {};  // that it is set aside in, without a fee; none: it goes out
};

struct ChargeBackRequest {
    payments::PaymentId payment;
    std::optional<Money> amount = {};  // none: all of the payment that has not gone back yet
    std::string reference = {};
};

struct LineCredit {
    std::size_t position;              // of the line on its document, from 1
    std::optional<Money> amount = {};  // before taxes on top; none: all that is left of the line
};

struct CreditNoteRequest {
    std::string document;                // its number
    std::vector<LineCredit> lines = {};  // none: all that is left of all lines
    std::string reason = {};
};

struct WriteOffRequest {
    std::string document;              // its number
    std::optional<Money> amount = {};  // none: all that is open
    std::string reason = {};
};

class Corrections {
public:
    Corrections(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op,
                const catalog::Catalog& catalog)
        : store_(store), hasher_(hasher), ids_(ids), op_(op), catalog_(catalog) {}

    // Gives back what the payment pays for nothing with, nor will with the documents of that day.
    Result<payments::RefundId, Refusal> refund(Date date, const RefundRequest& request);
    // The payer's bank has taken the money back: what it has paid is open again.
    Result<payments::RefundId, Refusal> charge_back(Date date, const ChargeBackRequest& request);
    // Issues a credit note at once. It pays the document that it corrects before any other.
    Result<invoicing::DocumentId, Refusal> credit(Date date, const CreditNoteRequest& request);
    Result<payments::WriteOffId, Refusal> write_off(Date date, const WriteOffRequest& request);

    // What a subscriber has paid ahead, less what the next bill run of that day would invoice; negative: nothing is.
    Money free_credit(Date date, customers::SubscriberId subscriber, Money balance);

private:
    Result<PaymentRow, Refusal> hold_payment(Date date, payments::PaymentId id);
    Result<StoredDocument, Refusal> hold_invoice(Date date, const std::string& number);
    void save(const PaymentRow& paid, BillingFacts facts, payments::Refund refund);
    Result<std::vector<invoicing::Line>, Refusal> credit_lines(Date date, const invoicing::Document& document,
                                                               std::vector<LineCredit> wishes);

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    const customers::Operator& op_;
    const catalog::Catalog& catalog_;
};

}  // namespace sluice::app
