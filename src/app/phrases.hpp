// What `explain` says: a phrase is a key with facts. Its English is made here; the console words the same keys in other
// languages (web/console/src/why/phrase_messages.ts).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "values/currency.hpp"
#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/money.hpp"

namespace sluice::app {

struct PhraseForm {
    std::string_view key;
    std::string_view text;            // with its facts, as {date}
    std::string_view one = {};        // when the fact `count` is 1; empty: as `text`
    std::string_view parting = ", ";  // what stands between it and the phrase before it
};

constexpr std::string_view times = " × ";

// Every key is one of PhraseKey in openapi.yaml, too.
constexpr std::array phrase_forms{
    // What a step is about: its label.
    PhraseForm{"step_line", "line"},
    PhraseForm{"step_subscriber", "subscriber"},
    PhraseForm{"step_sub_service", "sub-service"},
    PhraseForm{"step_document", "document"},
    PhraseForm{"step_product", "for"},
    PhraseForm{"step_setup_fee", "setup fee"},
    PhraseForm{"step_price", "price"},
    PhraseForm{"step_quantity", "quantity"},
    PhraseForm{"step_period_charged", "period charged"},
    PhraseForm{"step_full_period", "full period"},
    PhraseForm{"step_proration", "proration"},
    PhraseForm{"step_exact", "exact"},
    PhraseForm{"step_total", "total"},
    PhraseForm{"step_installment", "instalment"},
    PhraseForm{"step_rounded", "rounded"},
    PhraseForm{"step_amount", "amount"},
    PhraseForm{"step_credits", "credits"},
    PhraseForm{"step_charged_there", "charged there"},
    PhraseForm{"step_period_credited", "period credited"},
    PhraseForm{"step_paid_there", "paid there"},
    PhraseForm{"step_credited_before", "credited before"},
    PhraseForm{"step_takes_from", "takes from"},
    PhraseForm{"step_discount", "discount"},
    PhraseForm{"step_left", "left of it"},
    PhraseForm{"step_taxes", "taxes"},
    PhraseForm{"step_net", "net"},
    PhraseForm{"step_tax", "tax"},
    PhraseForm{"step_gross", "gross"},
    PhraseForm{"step_recomputed", "recomputed"},
    // Facts by themselves.
    PhraseForm{"plain", "{text}"},
    PhraseForm{"amount", "{amount}"},
    PhraseForm{"price", "{price}"},
    PhraseForm{"exact", "{exact}"},
    PhraseForm{"quantity", "{quantity}"},
    PhraseForm{"period", "{from} to {to}"},
    PhraseForm{"days", "{count} days", "{count} day"},
    PhraseForm{"days_of", "{count} days of {of}", "{count} day of {of}"},
    PhraseForm{"part", "{first} of {of}"},
    PhraseForm{"parts", "{first} to {last} of {of}"},
    PhraseForm{"none", "none"},
    PhraseForm{"none_yet", "none yet"},
    PhraseForm{"not_possible", "not possible"},
    // Whose line it is, and of what kind.
    PhraseForm{"kind_recurring", "recurring"},
    PhraseForm{"kind_setup_fee", "setup_fee"},
    PhraseForm{"kind_once", "once"},
    PhraseForm{"kind_installment", "installment"},
    PhraseForm{"kind_credit", "credit"},
    PhraseForm{"kind_discount", "discount"},
    PhraseForm{"product_service", "service {code}"},
    PhraseForm{"product_add_on", "add_on {code}"},
    PhraseForm{"product_cpe", "cpe {code}"},
    PhraseForm{"not_in_catalog", "is not in the catalogue"},
    PhraseForm{"document_date", "of {date}"},
    PhraseForm{"waits", "waits for the bill run of {date}"},
    PhraseForm{"charged_before_import",
               "charged by another system before the import; kept here to credit it if need be"},
    // Price, period and instalments.
    PhraseForm{"price_version", "version {version}, valid from {date}"},
    PhraseForm{"price_version_says", "version {version}, valid from {date} is {number}"},
    PhraseForm{"price_not_in_catalog", "its price version is not in the catalogue"},
    PhraseForm{"days_suspended", "{count} days suspended are not charged", "{count} day suspended are not charged"},
    PhraseForm{"earlier_calendar", "by the calendar that the sub-service had then"},
    PhraseForm{"period_has_days", "{from} to {to} has {count} days", "{from} to {to} has {count} day"},
    PhraseForm{"whole_price", "the first period is charged in full, whatever its length"},
    PhraseForm{"each_part", "{amount} each, the remainder of {remainder} with the first"},
    // Credits and discounts.
    PhraseForm{"charged_on", "charged on {date}"},
    PhraseForm{"charged_elsewhere", "charged by another system"},
    PhraseForm{"for_period", "for {from} to {to}", {}, " "},
    PhraseForm{"line_not_there", "that line is not there"},
    PhraseForm{"less_discounts", "less discounts of {amount}"},
    PhraseForm{"of_same_line", "of the same line"},
    PhraseForm{"no_more_than_left", "no more than the {amount} that are left of the line"},
    PhraseForm{"as_asked", "as the credit note was asked for"},
    PhraseForm{"discount_automatic", "automatic"},
    PhraseForm{"discount_granted", "granted"},
    PhraseForm{"after_discounts", "after the discounts before this one"},
    // Factors of a formula.
    PhraseForm{"factor_number", "{number}", {}, times},
    PhraseForm{"factor_less", "-{number}", {}, times},
    PhraseForm{"factor_quantity", "{quantity}", {}, times},
    PhraseForm{"factor_days", "{days} / {count} days", {}, times},
    PhraseForm{"factor_percent", "{rate} %", {}, times},
    PhraseForm{"factor_installments", "{count} instalments", {}, times},
    // Rounding, taxes, and what differs.
    PhraseForm{"rounded_half_up", "rounded half up to {count} decimals"},
    PhraseForm{"rounded_half_even", "rounded half to even to {count} decimals"},
    PhraseForm{"tax_on_top", "{rate} % on top of {amount} = {exact}"},
    PhraseForm{"tax_included", "{rate} % included in {amount} = {exact}"},
    PhraseForm{"no_such_tax", "the line that is credited has no such tax"},
    PhraseForm{"computes_to", "computes to {amount}", {}, "; "},
};

// One of the keys above: another text does not compile.
class PhraseKey {
public:
    consteval PhraseKey(const char* key) : form_(form_of(key)) {}
    const PhraseForm& form() const { return *form_; }

private:
    static consteval const PhraseForm* form_of(std::string_view key) {
        for (const auto& form : phrase_forms)
            if (form.key == key) return &form;
        throw "there is no such phrase";
    }
    const PhraseForm* form_;
};

struct Price {
    Decimal amount;
    Currency currency;
};

// Its name says of which kind it is; see PhraseFacts in openapi.yaml. Numbers with decimals are texts.
struct Fact {
    std::string_view name;
    std::variant<std::int64_t, std::string, Date, Money, Price> value;
};

struct Phrase {
    PhraseKey key;
    std::vector<Fact> facts = {};
};

// In English.  REQUIRES: the facts that the phrase's form names.
std::string text(const Phrase& phrase);
// One after the other; nothing for none.
std::string text(const std::vector<Phrase>& phrases);

}  // namespace sluice::app
