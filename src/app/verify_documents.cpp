// Documents: the sums of their lines, and what is frozen beside them.
#include <algorithm>

#include "app/verify_account.hpp"

namespace sluice::app {
namespace {

using invoicing::Document;
using invoicing::DocumentType;

class DocumentCheck {
public:
    DocumentCheck(const Account& account, const StoredDocument& stored, Findings& findings)
        : account_(account),
          document_(stored.document),
          lines_(account.lines_on(stored.document.id)),
          findings_(findings) {}

    void run() {
        number();
        shape();
        lines();
        sums();
    }

private:
    void found(std::string code, const std::string& message) {
        findings_.add(std::move(code), document_.number, account_.code() + ": " + message);
    }

    bool is_invoice() const { return document_.type == DocumentType::invoice; }

    void number() {
        if (document_.year != document_.date.year())
            found("document_year", "the document of " + document_.date.text() + " is numbered in the year " +
                                       std::to_string(document_.year));
        const auto numbered = [&](std::string_view pattern) {
            return invoicing::format_number(pattern, document_.year, document_.sequence);
        };
        const auto& op = account_.op;
        const auto number = numbered(is_invoice() ? op.invoice_number : op.credit_note_number);
        // The pattern may have been another one then. Whether it is that of the other series, NumberCheck sees.
        const auto year_and_digits = numbered("{year} {number}");
        const auto space = year_and_digits.find(' ');
        const auto has = [&](const std::string& part) { return document_.number.find(part) != std::string::npos; };
        const bool of_an_earlier_pattern =
            has(year_and_digits.substr(0, space)) && has(year_and_digits.substr(space + 1));
        if (number != document_.number && !of_an_earlier_pattern)
            found("document_number", "the document is called " + document_.number + ", but it is number " +
                                         std::to_string(document_.sequence) + " of its year, " + number);
    }

    void shape() {
        if (is_invoice() == document_.total.is_negative())
            found("document_type", "a total of " + words(document_.total) +
                                       (is_invoice() ? " makes a credit note, "
                                                       "not an invoice"
                                                     : " makes an invoice, not a "
                                                       "credit note"));
    }

    void lines() {
        if (lines_.empty()) return found("document_without_lines", "the document has no lines");
        std::optional<customers::UnitId> unit;
        for (const auto* line : lines_) {
            // A monthly document has what the month before it has charged, on whatever terms the subscriber is now.
            customers::PaymentRules monthly{.terms = customers::PaymentTerms::unlimited_postpaid,
                                            .credit_limit = Money::zero(document_.currency),
                                            .promise_limit = Money::zero(document_.currency),
                                            .charge_cap = Money::zero(document_.currency),
                                            .charge_month_cap = Money::zero(document_.currency)};
            const auto& on = line->charge.billing_date;
            if (on != document_.date && (!on || monthly.document_date(*on) != document_.date))
                found("line_date", "the line " + line->charge.id.text() + " falls due on " +
                                       (line->charge.billing_date ? line->charge.billing_date->text() : "no date") +
                                       ", the document is of " + document_.date.text());
            const auto* sub = account_.sub_service(line->charge.sub_service);
            const auto of_line = sub ? sub->unit : std::nullopt;
            if (line == lines_.front()) unit = of_line;
            if (unit != of_line) unit.reset();
        }
        // What a clerk has issued names the unit of the invoice that it corrects, of which it may credit a part.
        const bool is_of_a_clerk = std::all_of(lines_.begin(), lines_.end(), [](const invoicing::Line* line) {
            return line->charge.kind == charging::ChargeKind::credit && !line->charge.period;
        });
        if (unit != document_.unit && (!is_of_a_clerk || document_.unit))
            found("document_unit", "the document does not name the unit that all its lines, and only they, belong to");
    }

    void sums() {
        Money net = Money::zero(document_.currency);
        Money tax = net;
        Money total = net;
        for (const auto* line : lines_) {
            net += line->net;
            tax += line->tax;
            total += line->gross;
        }
        sum("document_net", "net", document_.net, net);
        sum("document_tax", "tax", document_.tax, tax);
        sum("document_total", "the total", document_.total, total);
    }
    void sum(const char* code, const std::string& what, Money stored, Money of_lines) {
        if (stored != of_lines)
            found(code, what + " is " + words(stored) + ", but the lines sum up to " + words(of_lines));
    }

    const Account& account_;
    const Document& document_;
    const std::vector<const invoicing::Line*>& lines_;
    Findings& findings_;
};

}  // namespace

void verify_documents(const Account& account, Findings& findings) {
    for (const auto& stored : account.history.documents)
        findings.guard(stored.document.number, [&] { DocumentCheck(account, stored, findings).run(); });
}

}  // namespace sluice::app
