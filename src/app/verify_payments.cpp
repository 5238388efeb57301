// Payments and credit notes against the documents that they pay: nothing is paid or spent twice, and the states of
// documents follow.
#include <map>

#include "app/verify_account.hpp"

namespace sluice::app {
namespace {

using From = payments::OpenCredit::From;
using invoicing::DocumentType;

class PaymentCheck {
public:
    PaymentCheck(const Account& account, Findings& findings)
        : account_(account), findings_(findings), zero_(Money::zero(account.op.currency)) {}

    void run() {
        sources();
        allocations();
        documents();
        credits();
        wallets();
    }

private:
    using Credit = std::pair<From, std::int64_t>;

    std::string text(Credit credit) const {
        if (credit.first == From::payment) return payments::PaymentId{credit.second}.text();
        if (credit.first == From::write_off) return payments::WriteOffId{credit.second}.text();
        return number(invoicing::DocumentId{credit.second});
    }
    void found(std::string code, std::string where, const std::string& message) {
        findings_.add(std::move(code), std::move(where), account_.code() + ": " + message);
    }

    void sources() {
        for (const auto& payment : account_.history.payments)
            left_.emplace(Credit{From::payment, payment.id.value()}, payment.amount);
        for (const auto& [document, code, unit, paid, subs, lines] : account_.history.documents)
            if (document.type == DocumentType::credit_note)
                left_.emplace(Credit{From::credit_note, document.id.value()}, -document.total);
        for (const auto& given_up : account_.history.write_offs)
            left_.emplace(Credit{From::write_off, given_up.id.value()}, given_up.amount);
        for (const auto& refund : account_.history.refunds) {
            const auto payment = left_.find({From::payment, refund.payment.value()});
            if (payment == left_.end())
                found("refund_of_nothing", refund.id.text(),
                      "gives back " + words(refund.amount) + " of a payment that is not there");
            else
                payment->second -= refund.amount;
        }
    }

    void allocations() {
        for (const auto& allocation : account_.history.allocations) {
            const Credit credit{allocation.from, allocation.credit};
            const auto source = left_.find(credit);
            if (source == left_.end())
                found("allocation_of_nothing", text(credit),
                      "pays " + words(allocation.amount) + " of a document, but is not there");
            else
                source->second -= allocation.amount;
            const auto* document = account_.document(allocation.document);
            if (!document)
                found("allocation_to_nothing", text(credit),
                      "pays " + words(allocation.amount) + " of a document that is not there");
            paid_.try_emplace(allocation.document, zero_).first->second += allocation.amount;
        }
    }

    void documents() {
        for (const auto& stored : account_.history.documents) {
            const auto& document = stored.document;
            const auto at = paid_.find(document.id);
            const Money paid = at == paid_.end() ? zero_ : at->second;
            const Money debt = document.total.is_negative() ? zero_ : document.total;
            if (paid > debt)
                found("paid_too_much", document.number,
                      "has " + words(paid) + " allocated to it, but is of " + words(document.total));
            if (paid < debt) {
                debts_.push_back({document.id, document.date, document.due, document.sequence, debt, debt - paid});
                if (oldest_debt_.empty()) oldest_debt_ = document.number;
            }
        }
        open_documents();
    }

    void open_documents() {
        std::map<invoicing::DocumentId, payments::OpenDocument> listed;
        for (const auto& debt : account_.history.open_documents) listed.emplace(debt.id, debt);
        for (const auto& debt : debts_) {
            const auto node = listed.extract(debt.id);
            if (node.empty() || node.mapped() != debt)
                found("open_document", number(debt.id),
                      "has " + text(debt) + ", but is listed with " + (node.empty() ? "nothing" : text(node.mapped())));
        }
        for (const auto& [id, debt] : listed)
            found("open_document", number(id), "has nothing to pay, but is listed with " + text(debt));
    }
    static std::string text(const payments::OpenDocument& debt) {
        return words(debt.open) + " of " + words(debt.total) + " to pay by " + debt.due.text();
    }
    std::string number(invoicing::DocumentId id) const {
        const auto* stored = account_.document(id);
        return stored ? stored->document.number : id.text();
    }

    void credits() {
        std::map<Credit, bool> listed;
        for (const auto& credit : account_.history.open_credits) {
            listed[credit] = true;
            if (!left_.contains(credit))
                found("open_credit", text(credit), "is listed as open credit, but is not there");
        }
        for (const auto& [credit, left] : left_) {
            if (left.is_negative())
                found("credit_spent_twice", text(credit),
                      "pays and gives back " + words(-left) + " more than it is worth");
            if (left.is_positive() != listed.contains(credit))
                found("open_credit", text(credit),
                      listed.contains(credit) ? "is listed as open credit, but nothing of it is left"
                                              : "has " + words(left) + " left that is not listed as open credit");
            if (left.is_positive() && !oldest_debt_.empty())
                found("credit_unused", text(credit),
                      "has " + words(left) + " left while " + oldest_debt_ + " is not paid");
        }
    }

    // What went in, less what came out, is in it.
    void wallets() {
        std::map<invoicing::WalletId, Money> held;
        for (const auto& refund : account_.history.refunds)
            if (refund.wallet) held.try_emplace(*refund.wallet, zero_).first->second += refund.amount - refund.fee;
        for (const auto& payment : account_.history.payments)
            if (payment.wallet) held.try_emplace(*payment.wallet, zero_).first->second -= payment.amount;
        for (const auto& wallet : account_.history.wallets) {
            const auto node = held.extract(wallet.id);
            const Money expected = node.empty() ? zero_ : node.mapped();
            if (wallet.amount != expected)
                found("wallet_amount", wallet.id.text(),
                      "a wallet holds " + words(wallet.amount) + ", but " + words(expected) +
                          " is what went in less what came out");
        }
        for (const auto& [wallet, amount] : held)
            found("wallet_missing", wallet.text(), words(amount) + " is set aside in a wallet that is not there");
    }

    const Account& account_;
    Findings& findings_;
    Money zero_;
    std::map<Credit, Money> left_;
    std::map<invoicing::DocumentId, Money> paid_;
    std::vector<payments::OpenDocument> debts_;
    std::string oldest_debt_;
};

}  // namespace

void verify_payments(const Account& account, Findings& findings) {
    findings.guard(account.code(), [&] { PaymentCheck(account, findings).run(); });
}

}  // namespace sluice::app
