#include "app/collection_run.hpp"

#include <algorithm>

#include "app/commands.hpp"
#include "app/resume_waiting.hpp"

namespace sluice::app {

using collection::Debtor;
using collection::Step;
using collection::StepKind;
using customers::SubscriberId;
using subscriptions::Status;
using subscriptions::SuspendedFor;

namespace {

DebtorQuery query_of(const customers::Operator& op, Date date, std::optional<SubscriberId> after, std::int64_t limit) {
    return {.due_by = date.plus_days(collection::days_ahead(op)), .after = after, .limit = limit};
}

// Why services of the debtor are to be suspended; nothing when they are not.
std::optional<SuspendedFor> cause_of(const customers::Operator& op, const Debtor& debtor, Date date) {
    if (collection::is_suspended_for_debt(op, debtor, date)) return SuspendedFor::debt;
    if (collection::is_suspended_for_funds(op, debtor, date)) return SuspendedFor::funds;
    return std::nullopt;
}

// Nobody loses a service without warning: it has been suspended for debt for as long as the ladder leaves between
// suspension and termination, whenever the collection began.
std::vector<WaitingService> terminable(Store& store, const customers::Operator& op, const Debtor& debtor, Date date) {
    const auto ladder = customers::find_ladder(op, customers::resolve_payment(op, debtor.subscriber).ladder);
    if (!ladder || !ladder->terminate_after) return {};
    const Date latest = date.plus_days(ladder->suspend_after.value_or(0) - *ladder->terminate_after);
    auto services = store.waiting_services(debtor.subscriber.id, debtor.subscriber.id);
    std::erase_if(services, [&](const WaitingService& service) {
        return service.cause != SuspendedFor::debt || service.changed_on > latest;
    });
    return services;
}

}  // namespace

bool CollectionRun::step() {
    if (!place_.debtors_are_done) {
        if (step_debtors()) return true;
        place_.debtors_are_done = true;
        place_.after.reset();
    }
    return step_waiting();
}

// Those who are to be changed are read once more when they are held.
std::vector<Debtor> CollectionRun::hold_debtors() {
    const auto query = query_of(op_, date_, place_.after, batch);
    const auto seen = store_.debtors(op_.id, op_.currency, query);
    if (seen.empty()) return {};
    std::vector<SubscriberId> all;
    for (const auto& debtor : seen) all.push_back(debtor.subscriber.id);
    store_.hold(all, true);
    auto held = store_.debtors(op_.id, op_.currency, query);
    std::erase_if(
        held, [&](const Debtor& debtor) { return !std::binary_search(all.begin(), all.end(), debtor.subscriber.id); });
    place_.after = all.back();
    return held;
}

bool CollectionRun::step_debtors() {
    Transaction transaction(store_);
    const auto from = place_.after;
    const auto debtors = hold_debtors();
    if (place_.after == from) return false;
    std::vector<std::pair<SubscriberId, Step>> taken;
    std::vector<NewEvent> events;
    std::vector<const Debtor*> suspended;
    std::vector<SubscriberId> free;
    for (const auto& debtor : debtors) {
        const auto id = debtor.subscriber.id;
        for (const auto& step : collection::steps_due(op_, debtor, date_)) {
            switch (step.kind) {
                case StepKind::reminder:
                    events.push_back({EventType::document_reminded, id, step.document.value()});
                    ++place_.figures.reminders;
                    break;
                case StepKind::late_fee:
                    if (!charge_late_fee(debtor)) continue;
                    break;
                case StepKind::suspension:
                    break;
                case StepKind::termination:
                    if (!terminate(debtor)) continue;
                    break;
            }
            taken.emplace_back(id, step);
        }
        if (cause_of(op_, debtor, date_))
            suspended.push_back(&debtor);
        else
            free.push_back(id);
    }
    if (!suspended.empty()) suspend(suspended, events);
    store_.add_steps(taken, date_);
    store_.add_events(op_.id, events);
    place_.figures.debtors += std::ssize(debtors);
    place_.figures.resumed += resume_waiting(store_, hasher_, ids_, op_, free, date_, Waiting::for_debt);
    transaction.commit();
    return true;
}

// Whose suspension nothing asks for any more: the debt is gone.
bool CollectionRun::step_waiting() {
    Transaction transaction(store_);
    const auto waiting = store_.waiting_without_debt(op_.id, place_.after, batch);
    if (waiting.empty()) return false;
    store_.hold(waiting, true);
    place_.figures.resumed += resume_waiting(store_, hasher_, ids_, op_, waiting, date_, Waiting::for_debt);
    transaction.commit();
    return true;
}

void CollectionRun::suspend(const std::vector<const Debtor*>& debtors, std::vector<NewEvent>& events) {
    const auto catalog = store_.catalog(op_.id);
    const charging::Book book{catalog, op_.currency, op_.rounding, ids_};
    std::vector<ChangedSubService> changes;
    const auto due_by = query_of(op_, date_, std::nullopt, batch).due_by;
    for (auto& facts :
         store_.indebted_accounts(op_.id, due_by, debtors.front()->subscriber.id, debtors.back()->subscriber.id)) {
        auto& account = facts.account;
        const auto debtor =
            std::lower_bound(debtors.begin(), debtors.end(), account.subscriber.id,
                             [](const Debtor* one, SubscriberId id) { return one->subscriber.id < id; });
        if (debtor == debtors.end() || (*debtor)->subscriber.id != account.subscriber.id) continue;
        const auto cause = *cause_of(op_, **debtor, date_);
        const auto rules = customers::resolve_payment(op_, account.subscriber);
        for (auto& [state, open_lines] : account.sub_services) {
            ChangedSubService changed{.before = state, .after = state, .next_billing_date = std::nullopt};
            const auto terms = customers::resolve_terms(op_, account.subscriber, account.unit_of(state), state.billing);
            charging::SubServiceBilling billing(
                book, terms, changed.after, invoicing::open_charges(open_lines, op_.currency),
                charging::claims_of(catalog, account.subscriber, account.grants, state.id));
            const auto why = cause == SuspendedFor::debt ? "Overdue: " + (*debtor)->debts.front().number
                                                         : std::string("No funds left");
            if (!billing.suspend(date_, why, cause)) continue;  // ended, or changed by a later command
            changed.next_billing_date = billing.next_billing_date();
            changed.pending_lines = invoicing::assess_all(billing.take_charges(), open_lines, book, account.subscriber);
            const auto id = state.id;
            const auto wait_for = [&](const invoicing::Line& line) {
                const Date on = rules.document_date(*line.charge.billing_date);
                auto& next = changed.next_billing_date;
                if (line.charge.sub_service == id && (!next || on < *next)) next = on;
            };
            for (const auto& line : account.pending_lines) wait_for(line);
            for (const auto& line : changed.pending_lines) wait_for(line);
            events.push_back({EventType::sub_service_suspended, account.subscriber.id, state.id.value()});
            changes.push_back(std::move(changed));
        }
    }
    store_.save_ahead(op_.id, changes, {});
    place_.figures.suspended += std::ssize(changes);
}

// False when there is nothing that can be terminated yet.
bool CollectionRun::terminate(const Debtor& debtor) {
    Commands commands(store_, hasher_, ids_, op_);
    const auto before = place_.figures.terminated;
    for (const auto& service : terminable(store_, op_, debtor, date_))
        if (commands.cancel(std::max(date_, service.changed_on), {service.subscriber_code, service.code},
                            {.at = charging::CancelAt::now}))
            ++place_.figures.terminated;
    return place_.figures.terminated > before;
}

// As an add-on of the oldest sub-service that is in service. Not while none is.
bool CollectionRun::charge_late_fee(const Debtor& debtor) {
    const auto ladder = customers::find_ladder(op_, customers::resolve_payment(op_, debtor.subscriber).ladder);
    const auto page = store_.list(
        op_.id, SubServiceQuery{.subscriber = debtor.subscriber.id, .status = Status::active, .paging = {.limit = 1}});
    if (page.rows.empty()) return false;
    const auto& row = page.rows.front();
    Commands commands(store_, hasher_, ids_, op_);
    if (!commands.add_item(std::max(date_, row.sub_service.changed_on), {row.subscriber_code, row.sub_service.code},
                           catalog::ProductType::add_on, {.code = ladder->late_fee}))
        return false;
    ++place_.figures.late_fees;
    return true;
}

std::vector<PlannedStep> planned_steps(Store& store, const customers::Operator& op, Date date,
                                       std::optional<SubscriberId>& after, std::int64_t limit) {
    std::vector<PlannedStep> planned;
    const auto debtors = store.debtors(op.id, op.currency, query_of(op, date, after, limit));
    after = std::ssize(debtors) < limit ? std::nullopt : std::optional(debtors.back().subscriber.id);
    if (debtors.empty()) return planned;
    const auto in_service = store.indebted_accounts(op.id, query_of(op, date, std::nullopt, 0).due_by,
                                                    debtors.front().subscriber.id, debtors.back().subscriber.id);
    for (const auto& debtor : debtors) {
        const auto& s = debtor.subscriber;
        const bool can_be_suspended = std::any_of(in_service.begin(), in_service.end(), [&](const BillingFacts& facts) {
            return facts.account.subscriber.id == s.id && !facts.account.sub_services.empty();
        });
        const auto add = [&](const Step& step, std::optional<SuspendedFor> cause) {
            const auto debt = std::find_if(debtor.debts.begin(), debtor.debts.end(),
                                           [&](const auto& one) { return one.document == step.document; });
            planned.push_back(
                {s.code, s.organization.empty() ? s.contact : s.organization, step, debt->number, debt->open, cause});
        };
        for (const auto& step : collection::steps_due(op, debtor, date))
            if (step.kind == StepKind::termination ? !terminable(store, op, debtor, date).empty()
                                                   : step.kind != StepKind::suspension)
                add(step, std::nullopt);
        const auto cause = cause_of(op, debtor, date);
        if (!cause || !can_be_suspended) continue;
        const auto& oldest = debtor.debts.front();
        add({StepKind::suspension, oldest.document, oldest.due, days_between(oldest.due, date)}, cause);
    }
    return planned;
}

}  // namespace sluice::app
