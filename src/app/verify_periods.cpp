// Periods of each recurring item: no day is charged twice, none that had to be charged is left out. Parts of
// instalments likewise. And where the billing of each sub-service stands.
#include <algorithm>

#include "app/verify_account.hpp"
#include "domain/charging/billing.hpp"
#include "domain/rating/rate.hpp"

namespace sluice::app {
namespace {

using charging::ChargeKind;
using invoicing::Line;
using subscriptions::Item;
using subscriptions::SubService;

class PeriodCheck {
public:
    PeriodCheck(const Account& account, const SubService& sub_service, Findings& findings)
        : account_(account), sub_service_(sub_service), findings_(findings) {}

    void run() {
        for (const auto& span : sub_service_.suspended_spans)
            if (span.stops_billing && (!span.to || *span.to > span.from))
                not_billed_.push_back({span.from, span.to.value_or(Date::from_days(far_away))});
        for (const auto& item : sub_service_.items) {
            if (account_.catalog.product(item.product).mode != catalog::Mode::recurring) continue;
            const auto lines = charges_of(item);
            overlaps(item, lines);
            gaps(item, lines);
            beyond(item, lines);
        }
    }

private:
    static constexpr std::int32_t far_away = 1'000'000;

    void found(std::string code, const Item& item, const std::string& message) {
        findings_.add(std::move(code), account_.path(sub_service_),
                      account_.catalog.product(item.product).code + " (" + item.id.text() + ") " + message);
    }

    // The lines with a period, by its start.
    std::vector<const Line*> charges_of(const Item& item) const {
        std::vector<const Line*> charges;
        for (const auto* line : account_.lines_of(item.id))
            if (line->charge.kind == ChargeKind::recurring && line->charge.period) charges.push_back(line);
        std::stable_sort(charges.begin(), charges.end(), [](const Line* a, const Line* b) {
            return a->charge.period->start < b->charge.period->start;
        });
        return charges;
    }

    void overlaps(const Item& item, const std::vector<const Line*>& lines) {
        for (std::size_t i = 0; i < lines.size(); ++i)
            for (std::size_t j = i + 1; j < lines.size(); ++j) {
                const Period common = overlap(*lines[i]->charge.period, *lines[j]->charge.period);
                if (common.empty()) break;  // the next ones start later still
                // The earlier line must have been credited before the days were charged anew.
                const bool i_is_earlier = lines[i]->charge.id < lines[j]->charge.id;
                for (const auto& twice : account_.not_credited(i_is_earlier ? *lines[i] : *lines[j], common))
                    found("period_overlap", item,
                          "is charged twice for " + words(twice) + ": by " + lines[i]->charge.id.text() + " for " +
                              words(*lines[i]->charge.period) + " and by " + lines[j]->charge.id.text() + " for " +
                              words(*lines[j]->charge.period));
            }
    }

    void gaps(const Item& item, const std::vector<const Line*>& lines) {
        if (!item.running || !item.came_to_be() || !sub_service_.billed_to) return;
        const Period there{*item.starts_on,
                           std::min(*sub_service_.billed_to, item.ends_on.value_or(*sub_service_.billed_to))};
        if (there.empty()) return;
        auto covered = not_billed_;
        for (const auto* line : lines) covered.push_back(*line->charge.period);
        for (const auto& missing : without(there, std::move(covered)))
            found("period_gap", item,
                  "is not charged for " + words(missing) + ", though its sub-service is billed to " +
                      sub_service_.billed_to->text());
    }

    // Days of an item that is still there, and that the next period would charge again.
    void beyond(const Item& item, const std::vector<const Line*>& lines) {
        const Date billed_to = sub_service_.billed_to.value_or(Date::from_days(-far_away));
        const Period to_come{billed_to, item.ends_on.value_or(Date::from_days(far_away))};
        for (const auto* line : lines)
            for (const auto& part : account_.not_credited(*line, overlap(*line->charge.period, to_come)))
                found("billed_to", item,
                      "is charged for " + words(part) + ", but its sub-service is billed to " +
                          (sub_service_.billed_to ? sub_service_.billed_to->text() : "no date") +
                          " only: those days would be charged again");
    }

    const Account& account_;
    const SubService& sub_service_;
    Findings& findings_;
    std::vector<Period> not_billed_;
};

// Setup fee, once and instalments: each part at most once, and none left out before one that is charged.
class PartCheck {
public:
    PartCheck(const Account& account, const SubService& sub_service, const Item& item, Findings& findings)
        : account_(account), sub_service_(sub_service), item_(item), findings_(findings) {}

    void run() {
        std::vector<const Line*> lines;
        for (const auto* line : account_.lines_of(item_.id))
            if (line->charge.kind != ChargeKind::recurring && !line->charge.takes_back()) lines.push_back(line);
        if (lines.empty()) return;
        const auto& product = account_.catalog.product(item_.product);
        if (product.mode == catalog::Mode::installments) return installments(lines, product.installments);
        if (lines.size() > 1) found("charged_twice", "is charged " + std::to_string(lines.size()) + " times, not once");
        if (item_.parts_charged != 1) found("parts_charged", "is charged by a line, but does not know of it");
    }

private:
    void found(std::string code, const std::string& message) {
        findings_.add(std::move(code), account_.path(sub_service_),
                      account_.catalog.product(item_.product).code + " (" + item_.id.text() + ") " + message);
    }

    void installments(std::vector<const Line*>& lines, std::int32_t of) {
        for (const auto* line : lines)
            if (!line->charge.parts || line->charge.kind != ChargeKind::installment || line->charge.parts->of != of)
                return found("installment_parts", "has " + std::to_string(of) + " instalments, which " +
                                                      line->charge.id.text() + " does not say");
        std::sort(lines.begin(), lines.end(),
                  [](const Line* a, const Line* b) { return a->charge.parts->first < b->charge.parts->first; });
        // Those before the first line were charged by another system.
        std::int32_t next = lines.front()->charge.parts->first;
        const bool from_the_first = next == 1;
        Money sum = Money::zero(lines.front()->charge.amount.currency());
        for (const auto* line : lines) {
            const auto& parts = *line->charge.parts;
            if (parts.first != next)
                found("installment_parts", "has instalment " + std::to_string(parts.first) + " charged by " +
                                               line->charge.id.text() + ", but " + std::to_string(next) +
                                               " is the next one");
            next = parts.last + 1;
            sum += line->charge.amount;
        }
        if (next != item_.parts_charged + 1)
            found("parts_charged", "has " + std::to_string(next - 1) + " instalments on lines, but " +
                                       std::to_string(item_.parts_charged) + " count as charged");
        const auto& first = lines.front()->charge;
        const Money total = settle(rating::in_full(first.unit_price, first.quantity), sum.currency(), first.rounding);
        if (from_the_first && next == of + 1 && sum != total)
            found("installment_sum", "has instalments of " + words(sum) + " together, but costs " + words(total));
    }

    const Account& account_;
    const SubService& sub_service_;
    const Item& item_;
    Findings& findings_;
};

// When the sub-service is due next: by its state, or earlier for lines that commands have made.
void verify_next_billing_date(const Account& account, const SubService& sub_service, std::optional<Date> stored,
                              Findings& findings) {
    IdSource no_ids(0, 0);
    const charging::Book book{account.catalog, account.op.currency, account.op.rounding, no_ids};
    const customers::Terms terms;  // do not matter for the date
    auto state = sub_service;
    const auto payment = customers::resolve_payment(account.op, account.history.subscriber);
    auto next = charging::SubServiceBilling(book, terms, state, {}).next_billing_date();
    auto by_document = next;  // with monthly documents either date finds it
    for (const auto& other : account.history.lines) {
        const auto& charge = other.line.charge;
        if (other.document || charge.sub_service != sub_service.id || !charge.billing_date) continue;
        if (!next || *charge.billing_date < *next) next = charge.billing_date;
        const Date document_date = payment.document_date(*charge.billing_date);
        if (!by_document || document_date < *by_document) by_document = document_date;
    }
    const auto text = [](std::optional<Date> date) { return date ? date->text() : std::string("no date"); };
    if (next != stored && by_document != stored)
        findings.add("next_billing_date", account.path(sub_service),
                     "is due on " + text(next) + ", but bill runs look for it on " + text(stored));
}

}  // namespace

void verify_periods(const Account& account, Findings& findings) {
    const auto& subs = account.history.sub_services;
    for (std::size_t i = 0; i < subs.size(); ++i)
        findings.guard(account.path(subs[i]), [&] {
            PeriodCheck(account, subs[i], findings).run();
            verify_next_billing_date(account, subs[i], account.history.next_billing_dates.at(i), findings);
        });
}

void verify_parts(const Account& account, Findings& findings) {
    for (const auto& sub : account.history.sub_services) {
        std::size_t setup_fees = 0;
        for (const auto& item : sub.items) {
            findings.guard(account.path(sub), [&] { PartCheck(account, sub, item, findings).run(); });
            for (const auto* line : account.lines_of(item.id)) setup_fees += line->charge.kind == ChargeKind::setup_fee;
        }
        if (setup_fees > 1)
            findings.add("charged_twice", account.path(sub),
                         "the setup fee is charged " + std::to_string(setup_fees) + " times");
    }
}

}  // namespace sluice::app
