#include "app/explain.hpp"

#include <algorithm>
#include <array>

#include "app/recompute.hpp"
#include "app/verify_account.hpp"

namespace sluice::app {
namespace {

using charging::Charge;
using charging::ChargeKind;
using charging::Proration;
using invoicing::Line;

constexpr int exact_decimals = 12;

Phrase plain(std::string text) { return {"plain", {{"text", std::move(text)}}}; }
Phrase amount_of(Money money) { return {"amount", {{"amount", money}}}; }
Phrase days(std::int64_t count) { return {"days", {{"count", count}}}; }
Phrase period_of(Period period) { return {"period", {{"from", period.start}, {"to", period.end}}}; }
Phrase for_period(Period period) { return {"for_period", {{"from", period.start}, {"to", period.end}}}; }

Phrase rounded(Rounding rounding, Currency currency) {
    const auto key = rounding == Rounding::half_up ? PhraseKey("rounded_half_up") : PhraseKey("rounded_half_even");
    return {key, {{"count", currency.minor_digits()}}};
}

PhraseKey key_of(ChargeKind kind) {
    static constexpr std::array<PhraseKey, 6> keys{"kind_recurring",   "kind_setup_fee", "kind_once",
                                                   "kind_installment", "kind_credit",    "kind_discount"};
    return keys[static_cast<std::size_t>(kind)];
}

PhraseKey key_of(catalog::ProductType type) {
    static constexpr std::array<PhraseKey, 3> keys{"product_service", "product_add_on", "product_cpe"};
    return keys[static_cast<std::size_t>(type)];
}

// "× 15 / 31 days", for what is charged by days.
void add_days(std::vector<Phrase>& formula, const Charge& charge) {
    if (charge.kind == ChargeKind::recurring && charge.proration == Proration::by_days)
        formula.push_back({"factor_days", {{"days", charge.days}, {"count", charge.of_days}}});
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
            disagree({"step_recomputed"}, {"not_possible"}, {plain(broken.what())});
        } catch (const ArithmeticOverflow& overflow) {
            disagree({"step_recomputed"}, {"not_possible"}, {plain(overflow.what())});
        }
        return std::move(told_);
    }

private:
    void tell(Phrase label, Phrase value, std::vector<Phrase> remark = {}, bool agrees = true) {
        told_.steps.push_back({.label = text(label),
                               .value = text(value),
                               .remark = text(remark),
                               .agrees = agrees,
                               .phrases = StepPhrases{std::move(label), std::move(value), std::move(remark)}});
    }
    void disagree(Phrase label, Phrase value, std::vector<Phrase> remark) {
        tell(std::move(label), std::move(value), std::move(remark), false);
        told_.agrees = false;
    }
    // What is stored, next to what it computes to.
    void compare(Phrase label, Money is, Money again, std::vector<Phrase> remark = {}) {
        if (is == again) return tell(std::move(label), amount_of(is), std::move(remark));
        remark.push_back({"computes_to", {{"amount", again}}});
        disagree(std::move(label), amount_of(is), std::move(remark));
    }
    void whose() {
        tell({"step_line"}, plain(charge_.id.text()), {{key_of(charge_.kind)}});
        const auto& who = account_.history.subscriber;
        tell({"step_subscriber"}, plain(who.code), {plain(who.organization.empty() ? who.contact : who.organization)});
        tell({"step_sub_service"}, plain(stored_.sub_service_code));
        const auto* document = stored_.document ? account_.document(*stored_.document) : nullptr;
        if (document)
            tell({"step_document"}, plain(document->document.number),
                 {{"document_date", {{"date", document->document.date}}}});
        else if (charge_.billing_date)
            tell({"step_document"}, {"none_yet"}, {{"waits", {{"date", *charge_.billing_date}}}});
        else
            tell({"step_document"}, {"none"}, {{"charged_before_import"}});
        try {
            const auto& product = account_.catalog.product(charge_.product);
            tell({"step_product"}, plain(product.name), {{key_of(product.type), {{"code", product.code}}}});
        } catch (const BrokenPromise&) {
            disagree({"step_product"}, plain(charge_.product.text()), {{"not_in_catalog"}});
        }
    }

    void price() {
        price_version();
        if (charge_.quantity != 1) tell({"step_quantity"}, {"quantity", {{"quantity", charge_.quantity}}});
        if (charge_.period) period();
        const auto again = recompute({.line = line_});
        tell({"step_exact"}, exact(again), formula());
        const auto rounding = rounded(charge_.rounding, charge_.amount.currency());
        if (charge_.kind == ChargeKind::installment) {
            tell({"step_total"}, amount_of(again.rounded), {rounding});
            installment(again);
        } else {
            compare({"step_amount"}, charge_.amount, again.line.charge.amount, {rounding});
        }
        taxes(again);
    }

    void price_version() {
        const auto& versions = account_.catalog.prices();
        const auto version = std::find_if(versions.begin(), versions.end(),
                                          [&](const auto& known) { return known.id == charge_.price; });
        const auto currency = charge_.amount.currency();
        const bool is_fee = charge_.kind == ChargeKind::setup_fee;
        const Phrase label{is_fee ? PhraseKey("step_setup_fee") : PhraseKey("step_price")};
        const Phrase unit_price{"price", {{"price", Price{charge_.unit_price, currency}}}};
        if (version == versions.end()) return disagree(label, unit_price, {{"price_not_in_catalog"}});
        const auto price = is_fee ? version->setup_fee : version->price;
        std::vector<Fact> facts{{"version", version->version}, {"date", version->valid_from}};
        if (price == charge_.unit_price) return tell(label, unit_price, {{"price_version", std::move(facts)}});
        facts.push_back({"number", price.text(currency.minor_digits())});
        disagree(label, unit_price, {{"price_version_says", std::move(facts)}});
    }

    void period() {
        const auto* sub = account_.sub_service(charge_.sub_service);
        const auto full = sub ? full_period_of(charge_, *sub) : std::nullopt;
        const auto not_charged = charge_.period->days() - charge_.days;
        std::vector<Phrase> charged{days(charge_.days)};
        if (not_charged > 0) charged.push_back({"days_suspended", {{"count", not_charged}}});
        tell({"step_period_charged"}, period_of(*charge_.period), std::move(charged));
        if (!full)
            tell({"step_full_period"}, days(charge_.of_days), {{"earlier_calendar"}});
        else if (full->days() == charge_.of_days)
            tell({"step_full_period"}, period_of(*full), {days(charge_.of_days)});
        else
            disagree({"step_full_period"}, days(charge_.of_days),
                     {{"period_has_days", {{"from", full->start}, {"to", full->end}, {"count", full->days()}}}});
        if (charge_.proration == Proration::whole_price) tell({"step_proration"}, {"none"}, {{"whole_price"}});
    }

    Phrase exact(const Recomputed& again) const {
        return {"exact", {{"exact", exact_text(again.exact, charge_.amount.currency())}}};
    }

    std::vector<Phrase> formula() const {
        const auto price = charge_.unit_price.text(charge_.amount.currency().minor_digits());
        std::vector<Phrase> formula{{"factor_number", {{"number", price}}}};
        if (charge_.quantity != 1) formula.push_back({"factor_quantity", {{"quantity", charge_.quantity}}});
        add_days(formula, charge_);
        return formula;
    }

    void installment(const Recomputed& again) {
        const auto& parts = *charge_.parts;
        const auto total = again.rounded.minor_units();
        const auto currency = charge_.amount.currency();
        const Phrase one{"part", {{"first", parts.first}, {"of", parts.of}}};
        const Phrase several{"parts", {{"first", parts.first}, {"last", parts.last}, {"of", parts.of}}};
        tell({"step_installment"}, parts.last == parts.first ? one : several,
             {{"each_part",
               {{"amount", Money::minor(total / parts.of, currency)},
                {"remainder", Money::minor(total % parts.of, currency)}}}});
        compare({"step_amount"}, charge_.amount, again.line.charge.amount);
    }

    void credit() {
        const auto* credited = account_.line(*charge_.credits);
        if (!credited) return disagree({"step_credits"}, plain(charge_.credits->text()), {{"line_not_there"}});
        LineFacts facts{.line = line_, .credited = &credited->line};
        Money given_back = Money::zero(charge_.amount.currency());
        for (const auto* other : account_.credits_of(*charge_.credits))
            if (other->charge.id < charge_.id) {
                facts.earlier_credits.push_back(other);
                given_back += other->charge.amount;
            }
        const auto& of = credited->line.charge;
        std::vector<Phrase> when{of.billing_date ? Phrase{"charged_on", {{"date", *of.billing_date}}}
                                                 : Phrase{"charged_elsewhere"}};
        if (of.period) when.push_back(for_period(*of.period));
        tell({"step_credits"}, plain(of.id.text()), std::move(when));
        tell({"step_charged_there"}, amount_of(of.amount));
        if (charge_.period)
            tell({"step_period_credited"}, period_of(*charge_.period),
                 {{"days_of", {{"count", charge_.days}, {"of", charge_.of_days}}}});
        const auto again = recompute(facts);
        if (!charge_.period) return by_amount(again, given_back);
        Money price = of.amount;
        for (const auto* other : facts.earlier_credits)
            if (other->charge.kind == ChargeKind::discount) price += other->charge.amount;
        if (price != of.amount)
            tell({"step_paid_there"}, amount_of(price), {{"less_discounts", {{"amount", of.amount - price}}}});
        tell({"step_exact"}, exact(again),
             {{"factor_less", {{"number", price.text()}}},
              {"factor_days", {{"days", charge_.days}, {"count", charge_.of_days}}}});
        tell({"step_rounded"}, amount_of(again.rounded), {rounded(charge_.rounding, charge_.amount.currency())});
        if (!facts.earlier_credits.empty()) tell({"step_credited_before"}, amount_of(given_back), {{"of_same_line"}});
        std::vector<Phrase> limit;
        if (again.line.charge.amount != again.rounded) limit = {no_more_than(again.left)};
        compare({"step_amount"}, charge_.amount, again.line.charge.amount, std::move(limit));
        taxes(again);
    }

    static Phrase no_more_than(Money left) { return {"no_more_than_left", {{"amount", left}}}; }

    void discount() {
        const auto* credited = account_.line(*charge_.credits);
        if (!credited) return disagree({"step_takes_from"}, plain(charge_.credits->text()), {{"line_not_there"}});
        const auto* known = account_.catalog.find_discount(*charge_.discount);
        if (!known) return disagree({"step_discount"}, plain(charge_.discount->text()), {{"not_in_catalog"}});
        LineFacts facts{.line = line_, .credited = &credited->line, .discount = known};
        for (const auto* other : account_.credits_of(*charge_.credits))
            if (other->charge.id < charge_.id) facts.earlier_credits.push_back(other);
        const auto& of = credited->line.charge;
        const auto again = recompute(facts);
        tell(
            {"step_discount"}, plain(known->name),
            {plain(known->code), {known->automatic ? PhraseKey("discount_automatic") : PhraseKey("discount_granted")}});
        std::vector<Phrase> from{amount_of(of.amount)};
        if (of.period) from.push_back(for_period(*of.period));
        tell({"step_takes_from"}, plain(of.id.text()), std::move(from));
        if (again.left != of.amount) tell({"step_left"}, amount_of(again.left), {{"after_discounts"}});
        tell({"step_exact"}, exact(again), formula_of(*known, of, again.left));
        const bool capped = again.line.charge.amount != again.rounded;
        compare({"step_amount"}, charge_.amount, again.line.charge.amount,
                {capped ? no_more_than(again.left) : rounded(charge_.rounding, charge_.amount.currency())});
        taxes(again);
    }

    std::vector<Phrase> formula_of(const catalog::Discount& discount, const Charge& of, Money left) const {
        if (discount.percent)
            return {{"factor_less", {{"number", left.text()}}},
                    {"factor_percent", {{"rate", discount.percent->text()}}}};
        const auto fixed = discount.fixed->text(charge_.amount.currency().minor_digits());
        std::vector<Phrase> formula{{"factor_less", {{"number", fixed}}}};
        if (of.quantity != 1) formula.push_back({"factor_quantity", {{"quantity", of.quantity}}});
        add_days(formula, of);
        if (of.parts && of.parts->last > of.parts->first)
            formula.push_back({"factor_installments", {{"count", of.parts->last - of.parts->first + 1}}});
        return formula;
    }

    // A clerk said how much.
    void by_amount(const Recomputed& again, Money given_back) {
        if (!given_back.is_zero()) tell({"step_credited_before"}, amount_of(given_back), {{"of_same_line"}});
        compare({"step_amount"}, charge_.amount, again.line.charge.amount, {{"as_asked"}});
        taxes(again);
    }

    void taxes(const Recomputed& again) {
        const auto currency = charge_.amount.currency();
        for (std::size_t i = 0; i < line_.taxes.size(); ++i) {
            const auto& tax = line_.taxes[i];
            if (i >= again.taxes.size()) {
                disagree(plain(tax.name), amount_of(tax.amount), {{"no_such_tax"}});
                continue;
            }
            const auto& computed = again.taxes[i];
            compare(plain(tax.name), tax.amount, again.line.taxes[i].amount,
                    {{tax.included ? PhraseKey("tax_included") : PhraseKey("tax_on_top"),
                      {{"rate", tax.rate.text()},
                       {"amount", computed.base},
                       {"exact", exact_text(computed.exact, currency)}}},
                     rounded(charge_.rounding, currency)});
        }
        if (line_.taxes.empty()) tell({"step_taxes"}, {"none"});
        compare({"step_net"}, line_.net, again.line.net);
        compare({"step_tax"}, line_.tax, again.line.tax);
        compare({"step_gross"}, line_.gross, again.line.gross);
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
    for (const auto& [label, value, remark, agrees, phrases] : explanation.steps) {
        told += (agrees ? "  " : "! ") + padded(label, labels + 2);
        told += remark.empty() ? value : padded(value, values + 2) + remark;
        told += '\n';
    }
    return told + (explanation.agrees ? "Computed once more: everything agrees.\n"
                                      : "Computed once more: what is marked with ! does not agree.\n");
}

}  // namespace sluice::app
