#include "app/explain.hpp"

#include <algorithm>

#include "app/recompute.hpp"
#include "app/verify_account.hpp"

namespace sluice::app {
namespace {

using charging::Charge;
using charging::ChargeKind;
using charging::Proration;
using invoicing::Line;

constexpr int exact_decimals = 12;

std::string rounding_text(Rounding rounding, Currency currency) {
    return std::string(rounding == Rounding::half_up ? "half up" : "half to even") + " to " +
           std::to_string(currency.minor_digits()) + " decimals";
}

// Twelve decimals, less the zeros at the end that tell nothing.
std::string exact_text(const Amount& amount, Currency currency) {
    auto text = amount.text(exact_decimals);
    if (!text.ends_with('0')) return text;  // "…" stands where more would follow
    const auto point = text.find('.') + 1;
    auto last = text.find_last_not_of('0');
    last = std::max(last, point + static_cast<std::size_t>(currency.minor_digits()) - 1);
    text.resize(last + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string days_text(std::int32_t days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

class Explainer {
public:
    Explainer(const StoredLine& stored, const Account& account)
        : stored_(stored), line_(stored.line), charge_(stored.line.charge), account_(account) {
        told_.line = charge_.id.text();
    }

    Explanation run() {
        whose();
        try {
            if (charge_.kind == ChargeKind::credit)
                credit();
            else if (charge_.kind == ChargeKind::discount)
                discount();
            else
                price();
        } catch (const BrokenPromise& broken) {
            disagree("recomputed", "not possible", broken.what());
        } catch (const ArithmeticOverflow& overflow) {
            disagree("recomputed", "not possible", overflow.what());
        }
        return std::move(told_);
    }

private:
    void tell(std::string label, std::string value, std::string remark = {}) {
        told_.steps.push_back({std::move(label), std::move(value), std::move(remark)});
    }
    void disagree(std::string label, std::string value, std::string remark) {
        told_.steps.push_back({std::move(label), std::move(value), std::move(remark), false});
        told_.agrees = false;
    }
    // What is stored, next to what it computes to.
    void compare(std::string label, Money is, Money again, std::string remark = {}) {
        if (is == again) return tell(std::move(label), words(is), std::move(remark));
        if (!remark.empty()) remark += "; ";
        disagree(std::move(label), words(is), remark + "computes to " + words(again));
    }
    void whose() {
        tell("line", charge_.id.text(), std::string(name_of(charge_.kind)));
        const auto& who = account_.history.subscriber;
        tell("subscriber", who.code, who.organization.empty() ? who.contact : who.organization);
        tell("sub-service", stored_.sub_service_code);
        const auto* document = stored_.document ? account_.document(*stored_.document) : nullptr;
        if (document)
            tell("document", document->document.number, "of " + document->document.date.text());
        else if (charge_.billing_date)
            tell("document", "none yet", "waits for the bill run of " + charge_.billing_date->text());
        else
            tell("document", "none", "charged by another system before the import; kept here to credit it if need be");
        try {
            const auto& product = account_.catalog.product(charge_.product);
            tell("for", product.name, std::string(name_of(product.type)) + " " + product.code);
        } catch (const BrokenPromise&) {
            disagree("for", charge_.product.text(), "is not in the catalogue");
        }
    }

    void price() {
        price_version();
        if (charge_.quantity != 1) tell("quantity", std::to_string(charge_.quantity));
        if (charge_.period) period();
        const auto again = recompute({.line = line_});
        tell("exact", exact_text(again.exact, charge_.amount.currency()), formula());
        const auto rounding = rounding_text(charge_.rounding, charge_.amount.currency());
        if (charge_.kind == ChargeKind::installment) {
            tell("total", words(again.rounded), "rounded " + rounding);
            installment(again);
        } else {
            compare("amount", charge_.amount, again.line.charge.amount, "rounded " + rounding);
        }
        taxes(again);
    }

    void price_version() {
        const auto& versions = account_.catalog.prices();
        const auto version = std::find_if(versions.begin(), versions.end(),
                                          [&](const auto& known) { return known.id == charge_.price; });
        const auto digits = charge_.amount.currency().minor_digits();
        const auto unit_price = charge_.unit_price.text(digits) + " " + std::string(charge_.amount.currency().code());
        const std::string label = charge_.kind == ChargeKind::setup_fee ? "setup fee" : "price";
        if (version == versions.end()) return disagree(label, unit_price, "its price version is not in the catalogue");
        const auto price = charge_.kind == ChargeKind::setup_fee ? version->setup_fee : version->price;
        const auto remark =
            "version " + std::to_string(version->version) + ", valid from " + version->valid_from.text();
        if (price == charge_.unit_price)
            tell(label, unit_price, remark);
        else
            disagree(label, unit_price, remark + " is " + price.text(digits));
    }

    void period() {
        const auto* sub = account_.sub_service(charge_.sub_service);
        const auto full = sub ? full_period_of(charge_, *sub) : std::nullopt;
        const auto not_charged = charge_.period->days() - charge_.days;
        tell("period charged", words(*charge_.period),
             days_text(charge_.days) +
                 (not_charged > 0 ? ", " + days_text(not_charged) + " suspended are not charged" : ""));
        if (!full)
            tell("full period", days_text(charge_.of_days), "by the calendar that the sub-service had then");
        else if (full->days() == charge_.of_days)
            tell("full period", words(*full), days_text(charge_.of_days));
        else
            disagree("full period", days_text(charge_.of_days), words(*full) + " has " + days_text(full->days()));
        if (charge_.proration == Proration::whole_price)
            tell("proration", "none", "the first period is charged in full, whatever its length");
    }

    std::string formula() const {
        std::string text = charge_.unit_price.text(charge_.amount.currency().minor_digits());
        if (charge_.quantity != 1) text += " × " + std::to_string(charge_.quantity);
        if (charge_.kind == ChargeKind::recurring && charge_.proration == Proration::by_days)
            text += " × " + std::to_string(charge_.days) + " / " + std::to_string(charge_.of_days) + " days";
        return text;
    }

    void installment(const Recomputed& again) {
        const auto& parts = *charge_.parts;
        const auto total = again.rounded.minor_units();
        const auto currency = charge_.amount.currency();
        tell("instalment",
             std::to_string(parts.first) + (parts.last == parts.first ? "" : " to " + std::to_string(parts.last)) +
                 " of " + std::to_string(parts.of),
             words(Money::minor(total / parts.of, currency)) + " each, the remainder of " +
                 words(Money::minor(total % parts.of, currency)) + " with the first");
        compare("amount", charge_.amount, again.line.charge.amount);
    }

    void credit() {
        const auto* credited = account_.line(*charge_.credits);
        if (!credited) return disagree("credits", charge_.credits->text(), "that line is not there");
        LineFacts facts{.line = line_, .credited = &credited->line};
        Money given_back = Money::zero(charge_.amount.currency());
        for (const auto* other : account_.credits_of(*charge_.credits))
            if (other->charge.id < charge_.id) {
                facts.earlier_credits.push_back(other);
                given_back += other->charge.amount;
            }
        const auto& of = credited->line.charge;
        tell("credits", of.id.text(),
             (of.billing_date ? "charged on " + of.billing_date->text() : "charged by another system") +
                 (of.period ? " for " + words(*of.period) : ""));
        tell("charged there", words(of.amount));
        if (charge_.period)
            tell("period credited", words(*charge_.period),
                 days_text(charge_.days) + " of " + std::to_string(charge_.of_days));
        const auto again = recompute(facts);
        if (!charge_.period) return by_amount(again, given_back);
        Money price = of.amount;
        for (const auto* other : facts.earlier_credits)
            if (other->charge.kind == ChargeKind::discount) price += other->charge.amount;
        if (price != of.amount) tell("paid there", words(price), "less discounts of " + words(of.amount - price));
        tell("exact", exact_text(again.exact, charge_.amount.currency()),
             "-" + price.text() + " × " + std::to_string(charge_.days) + " / " + std::to_string(charge_.of_days) +
                 " days");
        tell("rounded", words(again.rounded), "rounded " + rounding_text(charge_.rounding, charge_.amount.currency()));
        if (!facts.earlier_credits.empty()) tell("credited before", words(given_back), "of the same line");
        const bool capped = again.line.charge.amount != again.rounded;
        compare("amount", charge_.amount, again.line.charge.amount,
                capped ? "no more than the " + words(again.left) + " that are left of the line" : "");
        taxes(again);
    }

    void discount() {
        const auto* credited = account_.line(*charge_.credits);
        if (!credited) return disagree("takes from", charge_.credits->text(), "that line is not there");
        const auto* known = account_.catalog.find_discount(*charge_.discount);
        if (!known) return disagree("discount", charge_.discount->text(), "is not in the catalogue");
        LineFacts facts{.line = line_, .credited = &credited->line, .discount = known};
        for (const auto* other : account_.credits_of(*charge_.credits))
            if (other->charge.id < charge_.id) facts.earlier_credits.push_back(other);
        const auto& of = credited->line.charge;
        const auto currency = charge_.amount.currency();
        const auto again = recompute(facts);
        tell("discount", known->name, known->code + (known->automatic ? ", automatic" : ", granted"));
        tell("takes from", of.id.text(), words(of.amount) + (of.period ? " for " + words(*of.period) : ""));
        if (again.left != of.amount) tell("left of it", words(again.left), "after the discounts before this one");
        if (known->percent) {
            tell("exact", exact_text(again.exact, currency),
                 "-" + again.left.text() + " × " + known->percent->text() + " %");
        } else {
            auto formula = "-" + known->fixed->text(currency.minor_digits());
            if (of.quantity != 1) formula += " × " + std::to_string(of.quantity);
            if (of.kind == ChargeKind::recurring && of.proration == Proration::by_days)
                formula += " × " + std::to_string(of.days) + " / " + std::to_string(of.of_days) + " days";
            if (of.parts && of.parts->last > of.parts->first)
                formula += " × " + std::to_string(of.parts->last - of.parts->first + 1) + " instalments";
            tell("exact", exact_text(again.exact, currency), formula);
        }
        const bool capped = again.line.charge.amount != again.rounded;
        compare("amount", charge_.amount, again.line.charge.amount,
                capped ? "no more than the " + words(again.left) + " that are left of the line"
                       : "rounded " + rounding_text(charge_.rounding, currency));
        taxes(again);
    }

    // A clerk said how much.
    void by_amount(const Recomputed& again, Money given_back) {
        if (!given_back.is_zero()) tell("credited before", words(given_back), "of the same line");
        compare("amount", charge_.amount, again.line.charge.amount, "as the credit note was asked for");
        taxes(again);
    }

    void taxes(const Recomputed& again) {
        const auto rounding = rounding_text(charge_.rounding, charge_.amount.currency());
        for (std::size_t i = 0; i < line_.taxes.size(); ++i) {
            const auto& tax = line_.taxes[i];
            if (i >= again.taxes.size()) {
                disagree(tax.name, words(tax.amount), "the line that is credited has no such tax");
                continue;
            }
            const auto& computed = again.taxes[i];
            compare(tax.name, tax.amount, again.line.taxes[i].amount,
                    tax.rate.text() + " % " + (tax.included ? "included in " : "on top of ") + words(computed.base) +
                        " = " + exact_text(computed.exact, charge_.amount.currency()) + ", rounded " + rounding);
        }
        if (line_.taxes.empty()) tell("taxes", "none");
        compare("net", line_.net, again.line.net);
        compare("tax", line_.tax, again.line.tax);
        compare("gross", line_.gross, again.line.gross);
    }

    const StoredLine& stored_;
    const Line& line_;
    const Charge& charge_;
    const Account& account_;
    Explanation told_;
};

// Letters, not bytes, so that columns stay in line.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t to) {
    return text + std::string(to > width(text) ? to - width(text) : 0, ' ');
}

}  // namespace

Explanation explain(Store& store, const customers::Operator& op, const StoredLine& line) {
    const auto catalog = store.catalog(op.id);
    // The account's own page: it begins after the id before.
    const auto histories = store.histories(op, customers::SubscriberId{line.subscriber.value() - 1}, 1);
    check(histories.size() == 1 && histories.front().subscriber.id == line.subscriber,
          "the subscriber of a stored line is one of the operator");
    const Account account(histories.front(), op, catalog);
    return Explainer(line, account).run();
}

std::string text(const Explanation& explanation) {
    std::size_t labels = 0;
    std::size_t values = 0;
    for (const auto& step : explanation.steps) {
        labels = std::max(labels, width(step.label));
        values = std::max(values, width(step.value));
    }
    std::string told;
    for (const auto& [label, value, remark, agrees] : explanation.steps) {
        told += (agrees ? "  " : "! ") + padded(label, labels + 2);
        told += remark.empty() ? value : padded(value, values + 2) + remark;
        told += '\n';
    }
    return told + (explanation.agrees ? "Computed once more: everything agrees.\n"
                                      : "Computed once more: what is marked with ! does not agree.\n");
}

}  // namespace sluice::app
