// Lines: each one computed once more, and compared with the item, the price and the line that it goes back to.
#include <algorithm>

#include "app/recompute.hpp"
#include "app/verify_account.hpp"

namespace sluice::app {
namespace {

using charging::Charge;
using charging::ChargeKind;
using charging::Proration;
using invoicing::Line;

class LineCheck {
public:
    LineCheck(const Account& account, const StoredLine& stored, Findings& findings)
        : account_(account), line_(stored.line), charge_(stored.line.charge), findings_(findings) {
        const auto held = account.item(charge_.item);
        item_ = held.item;
        sub_service_ = held.sub_service;
        if (charge_.credits) credited_ = account.line(*charge_.credits);
    }

    void run() {
        owners();
        if (charge_.kind == ChargeKind::credit)
            credit();
        else if (charge_.kind == ChargeKind::discount)
            discount();
        else
            price();
        if (charge_.kind == ChargeKind::recurring) days();
        sums();
        amounts();
        if (!charge_.takes_back()) credited_at_most_once();
    }

private:
    void found(std::string code, const std::string& message) {
        findings_.add(std::move(code), charge_.id.text(), account_.place(line_) + ": " + message);
    }

    void owners() {
        if (!item_ || sub_service_->id != charge_.sub_service)
            return found("line_without_item", "the line charges for an item that its sub-service does not have");
        if (item_->product != charge_.product)
            found("line_product", "the line names another product than the item that it charges for");
        const auto kind =
            charge_.kind == ChargeKind::discount && credited_ ? credited_->line.charge.kind : charge_.kind;
        const auto quantity = kind == ChargeKind::setup_fee ? 1 : item_->quantity;
        if (charge_.quantity != quantity)
            found("line_quantity", "the line charges a quantity of " + std::to_string(charge_.quantity) +
                                       ", the item has " + std::to_string(quantity));
        const bool spans_days = charge_.kind == ChargeKind::recurring;
        const bool is_free = charge_.takes_back();  // of days, or by amount
        if (!is_free && spans_days != charge_.period.has_value())
            found("line_period", spans_days ? "the line has no period" : "the line has a period, but charges for none");
    }

    void price() {
        const auto& versions = account_.catalog.prices();
        const auto version = std::find_if(versions.begin(), versions.end(),
                                          [&](const auto& known) { return known.id == charge_.price; });
        if (version == versions.end() || version->product != charge_.product)
            return found("line_price", "the price version of the line is none of its product");
        const auto price = charge_.kind == ChargeKind::setup_fee ? version->setup_fee : version->price;
        if (charge_.unit_price != price)
            found("line_price", "the unit price is " + charge_.unit_price.text(2) + ", but version " +
                                    std::to_string(version->version) + " of the price is " + price.text(2));
    }

    void days() {
        const auto& period = charge_.period;
        if (!period || !sub_service_) return;
        auto days = period->days();
        if (is_in_arrears()) days -= suspended_days(*sub_service_, *period);
        if (charge_.days != days)
            found("line_days", "the line charges " + std::to_string(charge_.days) + " days, but " + words(*period) +
                                   " has " + std::to_string(days) + " to charge");
        const auto full = full_period_of(charge_, *sub_service_);
        if (!full) {
            if (charge_.of_days < period->days())
                found("line_days", "a full period of " + std::to_string(charge_.of_days) +
                                       " days is shorter than the period charged, " + words(*period));
            return;
        }
        if (period->end > full->end)
            found("period_off_grid",
                  "the period " + words(*period) + " reaches beyond the full period " + words(*full));
        if (charge_.of_days != full->days())
            found("line_days", "the line is a share of " + std::to_string(charge_.of_days) +
                                   " days, but the full period " + words(*full) + " has " +
                                   std::to_string(full->days()));
    }

    // A change of timing comes with a new main service: the last one made before the line is the one that counts.
    bool is_in_arrears() const {
        const subscriptions::Item* main = nullptr;
        for (const auto& item : sub_service_->items)
            if (item.is_main() && item.id.value() < charge_.id.value()) main = &item;
        return main && account_.catalog.product(main->product).timing == catalog::Timing::arrears;
    }

    void sums() {
        if (line_.net + line_.tax != line_.gross)
            found("line_sum", "net " + words(line_.net) + " and tax " + words(line_.tax) + " do not make gross " +
                                  words(line_.gross));
        Money taxes = Money::zero(line_.tax.currency());
        for (const auto& tax : line_.taxes) taxes += tax.amount;
        if (taxes != line_.tax)
            found("line_tax_sum",
                  "the tax of the line is " + words(line_.tax) + ", but its taxes sum up to " + words(taxes));
    }

    void amounts() {
        LineFacts facts{.line = line_};
        if (charge_.takes_back()) {
            if (!credited_) return;  // found already
            if (charge_.discount) facts.discount = account_.catalog.find_discount(*charge_.discount);
            if (charge_.kind == ChargeKind::discount && !facts.discount) return;
            facts.credited = &credited_->line;
            for (const auto* other : account_.credits_of(*charge_.credits))
                if (other->charge.id < charge_.id) facts.earlier_credits.push_back(other);
        }
        const auto again = recompute(facts).line;
        if (charge_.amount != again.charge.amount)
            found("line_amount",
                  "the amount is " + words(charge_.amount) + ", but computes to " + words(again.charge.amount));
        if (line_.net != again.net)
            found("line_net", "net is " + words(line_.net) + ", but computes to " + words(again.net));
        for (std::size_t i = 0; i < line_.taxes.size() && i < again.taxes.size(); ++i)
            if (line_.taxes[i].amount != again.taxes[i].amount)
                found("line_tax", line_.taxes[i].name + " is " + words(line_.taxes[i].amount) + ", but computes to " +
                                      words(again.taxes[i].amount));
    }

    void credit() {
        if (!credited_) return found("credit_without_line", "the line that this one credits is not there");
        const auto& other = credited_->line.charge;
        const bool may_be_credited = charge_.period ? other.kind == ChargeKind::recurring : !other.takes_back();
        if (!may_be_credited || other.item != charge_.item || other.price != charge_.price ||
            other.unit_price != charge_.unit_price)
            found("credit_of_another",
                  "the credit is not of the item and price of the line that it credits, " + other.id.text());
        if (charge_.period && other.period) credited_days(*other.period);
        same_taxes();
    }

    // What it takes, and that it is known, is compared as of every line.
    void discount() {
        if (!credited_) return found("discount_without_line", "the line that this discount takes from is not there");
        const auto& other = credited_->line.charge;
        if (other.takes_back() || other.item != charge_.item || other.price != charge_.price ||
            other.unit_price != charge_.unit_price || other.period != charge_.period ||
            other.billing_date != charge_.billing_date)
            found("discount_of_another",
                  "the discount is not of the item, price and date of the line that it takes from, " + other.id.text());
        const auto* known = charge_.discount ? account_.catalog.find_discount(*charge_.discount) : nullptr;
        if (!known) return found("unknown_discount", "the discount of the line is not in the catalogue");
        const Date date = charge_.billing_date.value_or(Date::from_days(0));
        if (known->starts_on && date < *known->starts_on)
            found("discount_not_valid",
                  known->code + " is taken on " + date.text() + ", but begins on " + known->starts_on->text());
        same_taxes();
    }

    void same_taxes() {
        const auto same = std::equal(line_.taxes.begin(), line_.taxes.end(), credited_->line.taxes.begin(),
                                     credited_->line.taxes.end(), [](const auto& a, const auto& b) {
                                         return a.tax == b.tax && a.rate == b.rate && a.included == b.included;
                                     });
        if (!same) found("credit_taxes", "the credit does not carry the taxes of the line that it credits");
    }

    void credited_days(Period charged) {
        if (overlap(*charge_.period, charged) != *charge_.period)
            found("credit_outside_line",
                  "the credit covers " + words(*charge_.period) + ", but the line charged " + words(charged));
        if (charge_.days != charge_.period->days() || charge_.of_days != charged.days())
            found("line_days", "the credit is of " + std::to_string(charge_.days) + "/" +
                                   std::to_string(charge_.of_days) + " days, but its periods have " +
                                   std::to_string(charge_.period->days()) + "/" + std::to_string(charged.days()));
    }

    // All credits of this line together.
    void credited_at_most_once() {
        Money credited = Money::zero(charge_.amount.currency());
        const auto& credits = account_.credits_of(charge_.id);
        for (std::size_t i = 0; i < credits.size(); ++i) {
            credited -= credits[i]->charge.amount;
            if (credits[i]->charge.kind == ChargeKind::discount) continue;
            for (std::size_t j = 0; j < i; ++j) {
                if (credits[j]->charge.kind == ChargeKind::discount) continue;
                const auto& a = credits[j]->charge.period;
                const auto& b = credits[i]->charge.period;
                if (a && b && !overlap(*a, *b).empty())
                    found("credits_overlap", "the days " + words(overlap(*a, *b)) + " are credited twice");
            }
        }
        if (credited > charge_.amount)
            found("credits_exceed_line",
                  "the line charged " + words(charge_.amount) + ", its credits give back " + words(credited));
    }

    const Account& account_;
    const Line& line_;
    const Charge& charge_;
    Findings& findings_;
    const subscriptions::Item* item_ = nullptr;
    const subscriptions::SubService* sub_service_ = nullptr;
    const StoredLine* credited_ = nullptr;
};

}  // namespace

void verify_lines(const Account& account, Findings& findings) {
    for (const auto& stored : account.history.lines) {
        const auto id = stored.line.charge.id.text();
        if (stored.document && !account.document(*stored.document))
            findings.add("line_without_document", id, account.code() + ": the document of the line is not there");
        findings.guard(id, [&] { LineCheck(account, stored, findings).run(); });
    }
}

}  // namespace sluice::app
