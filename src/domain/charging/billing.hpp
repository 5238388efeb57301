// The clock of one sub-service: what falls due on a date, and what the commands of a date do to it.
//
// Commands of date D are applied in order; then date D is billed. Whoever gives a command first catches up with the
// dates before it, so that a run which comes late and a run on every day give the same charges. Source: billing rules,
// Time, Billing models, Items, Life of a sub-service.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/charging/charge.hpp"
#include "domain/charging/discounts.hpp"
#include "domain/customers/customers.hpp"
#include "domain/subscriptions/sub_service.hpp"
#include "values/id.hpp"
#include "values/result.hpp"

namespace sluice::charging {

// What every decision of an operator's sub-services needs besides the sub-service itself.
struct Book {
    const catalog::Catalog& catalog;
    Currency currency;
    Rounding rounding;
    IdSource& ids;
};

enum class CommandRefusal {
    already_active,
    not_active,
    not_suspended,
    already_suspended,
    data_not_exhausted,
    cancelled,
    cancellation_scheduled,
    before_an_earlier_command,
    service_already_held,
    service_not_sold_on_that_date,
    item_not_held,
    pro_rata_needs_a_cycle_day,
    threshold_needs_a_threshold_day,
    import_needs_activated_on,
    activated_after_the_import,
    charged_before_activation,
    charged_ahead_in_arrears,
};
std::string_view name_of(CommandRefusal refusal);  // "already_active" …
std::string_view message(CommandRefusal refusal);
using CommandResult = Result<Done, CommandRefusal>;

enum class CancelAt { end_of_period, now };
enum class ChangeWhen { now, next_period };
struct Cancellation {
    CancelAt at = CancelAt::end_of_period;
    bool credit = false;  // the unused rest; at the end of the period there is none
    bool waive_installments = false;
};

// An item that a command adds.
struct NewItem {
    const catalog::Product& product;
    const catalog::PriceVersion& price;
    std::int64_t quantity = 1;
    std::string serial = {};
};

// What is known of a sub-service that another system has billed. Setup fee and `once` items count as charged.
// Source: scenario format, import_sub_service.
struct TakenOver {
    subscriptions::Status status;
    std::optional<Date> activated_on;  // fixes the grid; needed unless inactive or cancelled
    std::optional<Date> charged_to;    // none: nothing charged yet
};

// One sub-service with its terms and the charges that may be credited. Charges that result are collected in charges().
// REQUIRES: `open` holds the recurring charges that reach past the present day or the begin of the present suspension.
class SubServiceBilling {
public:
    SubServiceBilling(const Book& book, const customers::Terms& terms, subscriptions::SubService& sub_service,
                      std::vector<OpenCharge> open, std::vector<DiscountClaim> claims = {});

    // The next date on which something falls due or takes effect; nothing if that needs a command first.
    std::optional<Date> next_billing_date() const;

    // Bills `date` and whatever was missed before it, date by date.
    void bill_through(Date date);

    // Each command first catches up with the days before `date`. When refused, nothing has been changed by the command.
    CommandResult activate(Date date);
    // For funds nothing is charged while it lasts, whatever the terms say.
    CommandResult suspend(Date date, std::string reason,
                          subscriptions::SuspendedFor cause = subscriptions::SuspendedFor::request);
    CommandResult resume(Date date);
    CommandResult exhaust_data(Date date);
    CommandResult restore_data(Date date);
    CommandResult cancel(Date date, Cancellation how);
    CommandResult change_service(Date date, const catalog::Product& service, ChangeWhen when);
    CommandResult move_to_current_price(Date date);
    CommandResult add_item(Date date, NewItem item);
    // Removes an add-on or returns a CPE. REQUIRES: the item is one of the sub-service.
    CommandResult remove_item(Date date, subscriptions::ItemId item, bool credit, bool waive_installments);

    // What another system has done so far, for a sub-service whose items are there but nothing else yet. The lines that
    // result stand for what that system has charged beyond `date`: they have no billing date, and may be credited.
    CommandResult take_over(Date date, const TakenOver& taken_over);

    const subscriptions::SubService& sub_service() const { return sub_; }
    const std::vector<Charge>& charges() const { return charges_; }
    std::vector<Charge> take_charges() { return std::move(charges_); }

private:
    using Item = subscriptions::Item;
    struct ChargedPeriod {
        Period span;
        Period full;
        Proration proration;
    };

    // billing.cpp: what falls due by the calendar
    void start_of_day(Date date);
    void end_of_day(Date date);
    std::vector<ChargedPeriod> open_periods(Date date);
    void charge_item(Date date, Item& item, Date charged_before, std::span<const ChargedPeriod> periods,
                     bool restarting);
    void charge_periods(Date date, const Item& item, Date charged_before, std::span<const ChargedPeriod> periods);
    void charge_installment(Date date, Item& item);
    void charge_missed_periods(Date date);
    void close_ended_periods(Date date);
    bool charge_ended_periods(Date date);
    void charge_begun_period(Date date);
    bool close_span(Date date, Period span, Period full);
    bool waits_for_first_charge(const Item& item) const;

    // commands.cpp: what commands do
    std::optional<CommandRefusal> begin(Date date);
    std::optional<CommandRefusal> refuse_terms() const;
    Grid grid_from(Date date, PeriodLength length) const;
    void finish(Date date, bool credit, bool waive_installments);
    void charge_outstanding_installments(Date date);
    void apply_change(Date date, const catalog::Product& service, catalog::PriceId price);
    void charge_as_elsewhere(Date date);
    void replace_main(Date date, const catalog::Product& service, catalog::PriceId price);
    void restart(Date date, PeriodLength length);
    void apply_price_move(subscriptions::PriceMove move);
    Date next_boundary(Date date) const;

    // credits.cpp
    void credit(Date date, const Item& item, Period span);
    void credit_charge(Date date, OpenCharge& open, Period span);
    void credit_suspended_days(Date date);
    bool is_credited(const OpenCharge& open, Period span) const;
    Money share_of(const OpenCharge& open, Period part) const;

    // discounts.cpp
    Money discount_latest(Date period);
    bool applies(const DiscountClaim& claim, const Charge& line, const Item& item, Date period) const;
    void count_use(const DiscountClaim& claim, Item& item, Date period);

    // lines
    void charge(Charge line) {
        const Date date = *line.billing_date;
        charges_.push_back(std::move(line));
        discount_latest(date);
    }
    void charge_period(Date date, const Item& item, Period span, std::int32_t days, Period full, Proration proration);
    Charge blank(Date date, const Item& item, ChargeKind kind) const;
    const catalog::Product& product(const Item& item) const { return book_.catalog.product(item.product); }
    catalog::Timing timing() const { return product(sub_.main()).timing; }
    bool in_advance() const { return timing() == catalog::Timing::advance; }
    bool recurs(const Item& item) const { return product(item).mode == catalog::Mode::recurring; }

    const Book& book_;
    const customers::Terms& terms_;
    subscriptions::SubService& sub_;
    std::vector<OpenCharge> open_;
    std::vector<Charge> charges_;
    std::vector<DiscountClaim> claims_;
};

}  // namespace sluice::charging
