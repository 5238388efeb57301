#include "app/automatic_payments.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "app/forecast.hpp"
#include "app/purses.hpp"
#include "app/settle_checkout.hpp"

namespace sluice::app {

using customers::SubscriberId;
using payments::AutomaticFor;
using payments::AutomaticPaymentId;
using payments::ChargeVerdict;
using payments::PlannedCharge;

namespace {

std::string name_of_subscriber(const customers::Subscriber& s) {
    return s.organization.empty() ? s.contact : s.organization;
}

// The methods of an operator, and whether a saved one of them can be charged.
class Methods {
public:
    Methods(Store& store, const Gateways& gateways, customers::OperatorId op) {
        for (auto& method : store.payment_methods(op)) {
            const auto* gateway = find_gateway(gateways, method.gateway);
            if (gateway && can(*gateway, Capability::charge_saved) && method.is_enabled)
                usable_.emplace(method.id, std::move(method));
        }
    }
    const PaymentMethod* find(PaymentMethodId id) const {
        const auto found = usable_.find(id);
        return found == usable_.end() ? nullptr : &found->second;
    }

private:
    std::map<PaymentMethodId, PaymentMethod> usable_;
};

// An account with what is decided of it.
struct Decided {
    AutomaticAccount account;
    std::vector<PlannedCharge> planned;
};

class Decision {
public:
    Decision(Store& store, IdSource& ids, const customers::Operator& op, const catalog::Catalog& catalog,
             const Methods& methods, Date date)
        : store_(store), op_(op), book_{catalog, op.currency, op.rounding, ids}, methods_(methods), date_(date) {}

    std::vector<Decided> decide(std::vector<AutomaticAccount> accounts) {
        std::vector<Decided> decided;
        if (accounts.empty()) return decided;
        load(accounts);
        for (auto& account : accounts) {
            auto facts = facts_of(account);
            std::vector<payments::AutomaticWish> wishes;
            for (const auto& row : account.payments) {
                const auto* method = methods_.find(row.method);
                wishes.push_back({&row.payment, method ? &method->terms : nullptr, row.is_under_way});
            }
            auto planned = payments::plan_charges(facts, wishes, date_, op_.rounding);
            decided.push_back({std::move(account), std::move(planned)});
        }
        return decided;
    }

private:
    // Of what can be spent and what renews only where a payment asks for it.
    void load(const std::vector<AutomaticAccount>& accounts) {
        const auto asks = [](const AutomaticAccount& account) {
            return std::any_of(account.payments.begin(), account.payments.end(),
                               [](const auto& row) { return row.payment.what != AutomaticFor::documents; });
        };
        if (std::none_of(accounts.begin(), accounts.end(), asks)) return;
        const auto first = accounts.front().subscriber.id;
        const auto last = accounts.back().subscriber.id;
        for (auto& [subscriber, purse] : store_.purses(first, last, op_.currency)) purses_.emplace(subscriber, purse);
        for (const auto& waiting : store_.waiting_services(first, last))
            if (waiting.cause == subscriptions::SuspendedFor::funds) waiting_.insert(waiting.subscriber);
        due_ = charged_by(date_, first, last);
        const bool any_top_up = std::any_of(accounts.begin(), accounts.end(), [](const AutomaticAccount& account) {
            return std::any_of(account.payments.begin(), account.payments.end(),
                               [](const auto& row) { return row.payment.what == AutomaticFor::top_up; });
        });
        if (any_top_up) forecast_ = charged_by(last_of_next_month(date_), first, last);
    }

    std::map<SubscriberId, ChargedAhead> charged_by(Date through, SubscriberId first, SubscriberId last) {
        std::map<SubscriberId, ChargedAhead> charged;
        for (auto& facts : store_.automatic().due_by(op_.id, op_.currency, through, first, last)) {
            const auto id = facts.account.subscriber.id;
            auto& ahead = charged.try_emplace(id, ChargedAhead{.all = Money::zero(op_.currency)}).first->second;
            const auto purse = purses_.find(id);
            add_charged(ahead, op_, book_, facts.account, through,
                        purse == purses_.end() ? std::vector<invoicing::Wallet>{} : purse->second.wallets);
        }
        return charged;
    }

    payments::AutomaticFacts facts_of(const AutomaticAccount& account) const {
        const auto nothing = Money::zero(op_.currency);
        const auto id = account.subscriber.id;
        payments::AutomaticFacts facts{.subscriber = account.subscriber,
                                       .rules = customers::resolve_payment(op_, account.subscriber),
                                       .purse = {.balance = nothing, .unbilled = nothing, .promised = nothing},
                                       .is_held = account.is_held,
                                       .waits_for_funds = waiting_.contains(id),
                                       .documents = account.documents,
                                       .due_now = nothing,
                                       .recommended = nothing,
                                       .charged_this_month = account.charged_this_month};
        if (const auto purse = purses_.find(id); purse != purses_.end()) facts.purse = purse->second;
        if (const auto due = due_.find(id); due != due_.end()) {
            facts.due_now = due->second.all;
            facts.due_of = due->second.of;
        }
        const auto ahead = forecast_.find(id);
        const Money missing =
            facts.purse.unbilled + (ahead == forecast_.end() ? nothing : ahead->second.all) - facts.purse.balance;
        facts.recommended = std::max(missing, nothing);
        return facts;
    }

    Store& store_;
    const customers::Operator& op_;
    charging::Book book_;
    const Methods& methods_;
    Date date_;
    std::map<SubscriberId, invoicing::Purse> purses_;
    std::set<SubscriberId> waiting_;
    std::map<SubscriberId, ChargedAhead> due_;
    std::map<SubscriberId, ChargedAhead> forecast_;
};

// Each thing is charged once for a date, whoever asks and however often.
std::string key_of(const AutomaticPaymentRow& row, const PlannedCharge& charge, Date date) {
    return "automatic " + row.payment.id.text() + " " + date.text() + " " +
           (charge.document ? charge.document->text() : std::string(payments::name_of(row.payment.what)));
}

CheckoutStart start_of(CheckoutRow row, const AutomaticPaymentRow& of, const PaymentMethod& method,
                       const customers::Operator& op) {
    CheckoutStart start;
    start.description = description_of(row, op);
    start.method = method;
    start.customer = of.customer;
    start.token = of.token;
    start.made = std::move(row);
    return start;
}

class Beginning {
public:
    Beginning(Books& books, const AutomaticRun& run)
        : books_(books),
          store_(books.store),
          op_(books.commands.op()),
          run_(run),
          methods_(books.store, run.gateways, op_.id) {}

    AutomaticBatch begin(std::optional<SubscriberId> after, std::int64_t limit) {
        AutomaticBatch batch;
        const AutomaticQuery query{.date = run_.date, .after = after, .limit = limit};
        std::vector<SubscriberId> all;
        for (const auto& account : store_.automatic().accounts(op_.id, op_.currency, query))
            all.push_back(account.subscriber.id);
        if (all.empty()) return batch;
        batch.after = all.back();
        store_.hold(all, true);
        // Those who are to be charged are read once more when they are held.
        auto held = store_.automatic().accounts(op_.id, op_.currency, query);
        std::erase_if(held, [&](const AutomaticAccount& account) {
            return !std::binary_search(all.begin(), all.end(), account.subscriber.id);
        });
        batch.accounts = std::ssize(held);
        Decision decision(store_, books_.ids, op_, books_.commands.catalog(), methods_, run_.date);
        std::vector<Checkout> checkouts;
        for (auto& [account, planned] : decision.decide(std::move(held)))
            for (auto& charge : planned) take(account, charge, batch, checkouts);
        store_.automatic().looked_at(all, run_.date);
        store_.automatic().add(checkouts);
        store_.add_events(op_.id, events_);
        return batch;
    }

private:
    void take(AutomaticAccount& account, const PlannedCharge& charge, AutomaticBatch& batch,
              std::vector<Checkout>& checkouts) {
        auto& of = account.payments[charge.of];
        const bool is_above =
            charge.verdict == ChargeVerdict::above_cap || charge.verdict == ChargeVerdict::above_month_cap;
        if (is_above) {
            ++batch.above_cap;
            tell(of, charge);
        }
        if (charge.verdict != ChargeVerdict::charged) return;
        CheckoutRow row{.checkout = {.id = books_.ids.next<CheckoutId>(),
                                     .subscriber = account.subscriber.id,
                                     .op = op_.id,
                                     .method = of.method,
                                     .kind = CheckoutKind::saved,
                                     .document = charge.document,
                                     .quote = charge.quote,
                                     .saved_method = of.saved,
                                     .request_key = key_of(of, charge, run_.date),
                                     .created_at = run_.now,
                                     .expires_at = run_.now + page_is_open,
                                     .automatic = of.payment.id,
                                     .automatic_on = run_.date,
                                     .automatic_run = run_.run},
                        .subscriber_code = account.subscriber.code,
                        .method_code = methods_.find(of.method)->code,
                        .document_number = charge.number};
        row.checkout.next_query_at = next_query(row.checkout, run_.now);
        checkouts.push_back(row.checkout);
        events_.push_back({EventType::checkout_begun, account.subscriber.id, row.checkout.id.value()});
        batch.charges.push_back(start_of(std::move(row), of, *methods_.find(of.method), op_));
    }

    void tell(AutomaticPaymentRow& of, const PlannedCharge& charge) {
        if (!payments::is_to_be_told(of.payment, run_.date)) return;
        of.payment.told_on = run_.date;
        of.told_amount = charge.quote.total;
        store_.automatic().update(of);
        events_.push_back({EventType::automatic_payment_above_cap, of.subscriber, of.payment.id.value()});
    }

    Books& books_;
    Store& store_;
    const customers::Operator& op_;
    const AutomaticRun& run_;
    Methods methods_;
    std::vector<NewEvent> events_;
};

std::optional<AutomaticPaymentRow> present(const std::vector<AutomaticPaymentRow>& rows,
                                           const std::optional<subscriptions::SubServiceId>& sub_service) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.payment.sub_service == sub_service; });
    return found == rows.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

Result<AutomaticPaymentRow, Refusal> enable_automatic(Books& books, const Gateways& gateways,
                                                      const EnableAutomatic& wish, Instant now, Date today) {
    auto& store = books.store;
    const auto& op = books.commands.op();
    store.hold(op.id, wish.subscriber);
    const auto subscriber = store.find_subscriber(op.id, wish.subscriber);
    if (!subscriber) return Refused{unknown_thing(RefusalCode::unknown_subscriber, "subscriber", wish.subscriber)};
    if (!payments::suits(wish.what, customers::resolve_payment(op, *subscriber)))
        return Refused{Refusal{RefusalCode::automatic_payment_not_allowed,
                               wish.what == AutomaticFor::top_up
                                   ? "top-ups are for the terms prepaid and credit_limit; take documents"
                                   : "with the terms prepaid nothing is open; take top_up"}};
    std::optional<subscriptions::SubServiceId> sub_service;
    if (wish.what == AutomaticFor::sub_service) {
        const auto account = store.find_account(*subscriber, wish.sub_service, today);
        if (!account)
            return Refused{unknown_thing(RefusalCode::unknown_sub_service, "sub-service of " + subscriber->code,
                                         wish.sub_service)};
        sub_service = account->sub_services.front().state.id;
    }
    const auto all = store.saved_methods(subscriber->id);
    const auto saved = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == wish.saved; });
    if (saved == all.end())
        return Refused{
            unknown_thing(RefusalCode::unknown_saved_method, "saved method of " + subscriber->code, wish.saved.text())};
    if (!Methods(store, gateways, op.id).find(saved->method))
        return Refused{Refusal{RefusalCode::payment_method_not_usable,
                               "the payment method of " + wish.saved.text() +
                                   " is not enabled, or its gateway cannot charge saved methods"}};
    auto& automatic = store.automatic();
    if (const auto earlier = present(automatic.of_subscriber(subscriber->id, op.currency), sub_service)) {
        if (earlier->is_under_way)
            return Refused{Refusal{
                RefusalCode::settlement_under_way,
                "a charge of " + earlier->payment.id.text() + " is under way; wait until it is known how it ends"}};
        automatic.remove(subscriber->id, earlier->payment.id);
    }
    const AutomaticPaymentRow row{.payment = {.id = books.ids.next<AutomaticPaymentId>(),
                                              .what = wish.what,
                                              .sub_service = sub_service,
                                              .next_on = today},
                                  .subscriber = subscriber->id,
                                  .op = op.id,
                                  .saved = wish.saved,
                                  .created_at = now};
    automatic.add(row);
    store.add_event(op.id, {EventType::automatic_payment_enabled, subscriber->id, row.payment.id.value()});
    return *automatic.find(subscriber->id, row.payment.id, op.currency);
}

Result<Done, Refusal> disable_automatic(Books& books, const std::string& code, AutomaticPaymentId id) {
    auto& store = books.store;
    const auto& op = books.commands.op();
    store.hold(op.id, code);
    const auto subscriber = store.find_subscriber(op.id, code);
    if (!subscriber) return Refused{unknown_thing(RefusalCode::unknown_subscriber, "subscriber", code)};
    if (!store.automatic().find(subscriber->id, id, op.currency))
        return Refused{
            unknown_thing(RefusalCode::unknown_automatic_payment, "automatic payment of " + code, id.text())};
    store.automatic().remove(subscriber->id, id);
    store.add_event(op.id, {EventType::automatic_payment_ended, subscriber->id, id.value()});
    return Done{};
}

void end_automatic_of(Store& store, customers::OperatorId op, SubscriberId subscriber, SavedMethodId saved,
                      Currency currency) {
    for (const auto& row : store.automatic().of_subscriber(subscriber, currency)) {
        if (row.saved != saved) continue;
        store.automatic().remove(subscriber, row.payment.id);
        store.add_event(op, {EventType::automatic_payment_ended, subscriber, row.payment.id.value()});
    }
}

void note_outcome(Books& books, const CheckoutRow& settled, Date today) {
    const auto& checkout = settled.checkout;
    auto& store = books.store;
    const auto& op = books.commands.op();
    if (checkout.state == CheckoutState::succeeded)
        return store.automatic().succeeded(checkout.subscriber, *checkout.automatic, today);
    auto row = store.automatic().find(checkout.subscriber, *checkout.automatic, op.currency);
    if (!row || row->payment.is_stopped) return;
    const bool is_for_good = checkout.reason == name_of(FailureReason::declined_for_good) ||
                             checkout.reason == name_of(FailureReason::authentication_required);
    if (is_for_good) {
        row->payment.is_stopped = true;
        row->stop_reason = checkout.reason;
        row->payment.failed_amount = checkout.quote.amount;
    } else if (checkout.reason == name_of(FailureReason::declined)) {
        const auto subscriber = store.subscriber_row(op.id, settled.subscriber_code);
        check(subscriber.has_value(), "a checkout has a subscriber");
        payments::decline(row->payment, customers::resolve_payment(op, subscriber->subscriber), checkout.quote.amount,
                          subscriber->balance, today);
    } else {
        // Nobody was asked for money: at once again where nothing stands against it, else on its next day.
        if (checkout.reason == name_of(FailureReason::abandoned) || checkout.state == CheckoutState::expired)
            store.automatic().given_up(checkout);
        return;
    }
    store.automatic().update(*row);
    store.add_event(op.id, {is_for_good ? EventType::automatic_payment_stopped : EventType::automatic_payment_declined,
                            checkout.subscriber, row->payment.id.value()});
}

std::vector<PlannedAutomatic> planned_automatic(Store& store, IdSource& ids, const customers::Operator& op,
                                                const catalog::Catalog& catalog, const Gateways& gateways, Date date,
                                                std::optional<SubscriberId>& after, std::int64_t limit) {
    std::vector<PlannedAutomatic> all;
    auto accounts = store.automatic().accounts(op.id, op.currency,
                                               {.date = date, .only_due = false, .after = after, .limit = limit});
    after = std::ssize(accounts) < limit ? std::nullopt : std::optional(accounts.back().subscriber.id);
    const Methods methods(store, gateways, op.id);
    for (auto& [account, planned] : Decision(store, ids, op, catalog, methods, date).decide(std::move(accounts)))
        for (auto& charge : planned)
            all.push_back({account.subscriber.code, name_of_subscriber(account.subscriber), account.payments[charge.of],
                           std::move(charge)});
    return all;
}

AutomaticBatch begin_charges(Books& books, const AutomaticRun& run, std::optional<SubscriberId> after,
                             std::int64_t limit) {
    return Beginning(books, run).begin(after, limit);
}

AutomaticBatch unbegun_charges(Books& books, const AutomaticRun& run, std::optional<CheckoutId>& after,
                               std::int64_t limit) {
    auto& store = books.store;
    const auto& op = books.commands.op();
    const Methods methods(store, run.gateways, op.id);
    AutomaticBatch batch;
    auto rows = store.automatic().of_run(op.id, run.run, CheckoutState::pending, after, limit);
    after = rows.empty() ? std::nullopt : std::optional(rows.back().checkout.id);
    for (auto& row : rows) {
        const auto* method = methods.find(row.checkout.method);
        const auto of = store.automatic().find(row.checkout.subscriber, *row.checkout.automatic, op.currency);
        if (!method || !of || of->payment.is_stopped) continue;  // it ends as a page does to which nobody came
        batch.charges.push_back(start_of(std::move(row), *of, *method, op));
    }
    return batch;
}

}  // namespace sluice::app
