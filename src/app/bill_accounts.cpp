#include "app/bill_accounts.hpp"

#include <algorithm>

#include "app/document_events.hpp"
#include "app/purses.hpp"
#include "app/resume_waiting.hpp"

namespace sluice::app {

using customers::SubscriberId;
using invoicing::Document;

BillRun::BillRun(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op)
    : BillRun(store, hasher, ids, op, store.catalog(op.id)) {}

BillRun::BillRun(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op, catalog::Catalog catalog)
    : store_(store),
      hasher_(hasher),
      ids_(ids),
      op_(std::move(op)),
      catalog_(std::move(catalog)),
      revision_(store.revision(op_.id).value_or(0)),
      place_{.progress = {.date = Date::from_days(0), .totals = BillingTotals::zero(op_.currency)}} {}

// Clerks may have changed prices or policies since the batch before.
void BillRun::refresh() {
    const auto revision = store_.revision(op_.id);
    if (revision == revision_) return;
    auto op = store_.find_operator(op_.id);
    check(op.has_value(), "an operator that is billed exists");
    op_ = std::move(*op);
    catalog_ = store_.catalog(op_.id);
    revision_ = *revision;
}

// Date by date. Accounts that somebody else holds (another run that bills them, a clerk) are passed over, and waited
// for when there are no others left on that date. When a pass through the dates has billed something, another one looks
// for what clerks have put on earlier dates meanwhile.
bool BillRun::step(Date through) {
    refresh();
    for (;;) {
        if (place_.date_is_done) {
            auto date = store_.next_billing_date(op_.id, place_.date);
            if ((!date || *date > through) && place_.billed_in_this_pass) {
                place_.billed_in_this_pass = false;
                date = store_.next_billing_date(op_.id, std::nullopt);
            }
            if (!date || *date > through) return false;
            place_.date = date;
            place_.progress.date = *date;
            begin_date(false);
        }
        const auto subscribers =
            store_.due_subscribers(op_.id, *place_.date, place_.billed_last, sub_services_per_batch);
        if (!subscribers.empty()) {
            bill_batch(*place_.date, subscribers);
            place_.billed_last = subscribers.back();
            place_.billed_in_this_pass = true;
            return true;
        }
        if (place_.passed_over_some)
            begin_date(!place_.billed_some);
        else
            place_.date_is_done = true;
    }
}

void BillRun::begin_date(bool wait_for_others) {
    place_.billed_last.reset();
    place_.date_is_done = false;
    place_.passed_over_some = false;
    place_.billed_some = false;
    place_.waits_for_others = wait_for_others;
}

BillingSummary BillRun::finish(Date through) {
    if (!op_.billed_through || *op_.billed_through < through) {
        op_.billed_through = through;
        store_.save_billed_through(op_.id, through);
    }
    return {op_, through, place_.progress.totals, store_.parked_accounts(op_.id)};
}

BillingSummary BillRun::run(Date through, const std::function<void(const BillingProgress&)>& progress) {
    while (step(through))
        if (progress) progress(place_.progress);
    return finish(through);
}

// A batch is one transaction. If anything in it breaks a promise it is undone and its accounts are billed one by one,
// so that only the account that is to blame stays behind.
void BillRun::bill_batch(Date date, std::span<const SubscriberId> subscribers) {
    std::string reason;
    try {
        bill_and_save(date, subscribers, place_.waits_for_others);
        return;
    } catch (const BrokenPromise& broken) {
        reason = broken.what();
    } catch (const ArithmeticOverflow& overflow) {
        reason = overflow.what();
    } catch (const ConstraintViolated& violated) {
        reason = violated.what();
    }
    if (subscribers.size() == 1) return park(date, subscribers.front(), reason);
    for (const auto& subscriber : subscribers) bill_batch(date, {&subscriber, 1});
}

// Numbers are taken when all is decided, and what needs none is stored, since nobody else can number documents until
// this transaction ends.
void BillRun::bill_and_save(Date through, std::span<const SubscriberId> subscribers, bool wait) {
    Transaction transaction(store_);
    const auto held = store_.hold(subscribers, wait);
    if (held.size() < subscribers.size()) place_.passed_over_some = true;
    if (held.empty()) return;
    place_.billed_some = true;
    std::vector<ChangedSubService> sub_services;
    std::vector<BilledAccount> billed;
    std::vector<Settlement> settlements;
    Issuer issuer(store_, hasher_, ids_, op_);
    std::vector<NewEvent> events;
    unfunded_.clear();
    auto accounts = store_.due_accounts(op_.id, through, held.front(), held.back());
    // A discount may have been made, and granted, since the operator was read.
    if (std::any_of(accounts.begin(), accounts.end(), [](const auto& facts) { return !facts.account.grants.empty(); }))
        refresh();
    give_purses(store_, op_, accounts);
    std::map<SubscriberId, SetAside> set_aside;
    for (const auto& [subscriber, wallet] : store_.wallets(held.front(), held.back()))
        set_aside[subscriber].wallets.push_back(wallet);
    for (auto& facts : accounts) {
        if (!std::binary_search(held.begin(), held.end(), facts.account.subscriber.id)) continue;
        if (const auto has = set_aside.find(facts.account.subscriber.id); has != set_aside.end())
            for (const auto& sub : facts.account.sub_services) has->second.units.emplace(sub.state.id, sub.state.unit);
        billed.push_back(decide(facts, through, issuer, sub_services, events));
        settlements.emplace_back(std::move(facts.open_credits), std::move(facts.open_documents));
    }
    store_.save_ahead(op_.id, sub_services, billed);
    auto totals = place_.progress.totals;
    for (std::size_t i = 0; i < billed.size(); ++i) {
        const auto has = set_aside.find(billed[i].subscriber);
        issuer.issue_all(billed[i], settlements[i], has == set_aside.end() ? nullptr : &has->second);
        settlements[i].store_into(billed[i]);
        for (const auto& d : billed[i].documents) totals.add(d.net, d.tax, d.total, d.lines.size());
    }
    store_.save(op_.id, billed);
    issuer.save_numbers();
    for (const auto& account : billed) {
        for (const auto& wallet : account.wallets)
            events.push_back({EventType::wallet_changed, account.subscriber, wallet.id.value()});
        for (const auto& event : document_events(account)) events.push_back(event);
    }
    store_.add_events(op_.id, events);
    // A credit note is money that comes in. (Resuming takes numbers of its own.)
    std::vector<SubscriberId> credited;
    for (const auto& account : billed)
        if (!account.new_credits.empty()) credited.push_back(account.subscriber);
    resume_waiting(store_, hasher_, ids_, op_, credited, through);
    transaction.commit();
    place_.progress.totals = totals;
    place_.progress.sub_services += std::ssize(sub_services);
    place_.progress.documents = totals.invoices + totals.credit_notes;
}

void BillRun::park(Date date, SubscriberId subscriber, const std::string& reason) {
    std::vector<BillingFacts> facts;
    try {
        facts = store_.due_accounts(op_.id, date, subscriber, subscriber);
    } catch (const BrokenPromise&) {
        // What is stored cannot even be read; the reason says why.
    }
    Transaction transaction(store_);
    store_.park(op_.id, subscriber, date, reason, facts.empty() ? nullptr : &facts.front());
    store_.add_event(op_.id, {EventType::account_parked, subscriber, subscriber.value()});
    transaction.commit();
}

std::vector<invoicing::Unfunded> BillRun::bill_account(Date through, SubscriberId subscriber) {
    bill_and_save(through, {&subscriber, 1}, true);
    return std::move(unfunded_);
}

std::optional<std::string> BillRun::replay(const ParkedAccount& parked) {
    const Date through = std::max(parked.date, op_.billed_through.value_or(parked.date));
    try {
        Transaction transaction(store_);
        bill_and_save(through, {&parked.subscriber, 1}, true);
        store_.unpark(parked.subscriber);
        store_.add_event(op_.id, {EventType::account_replayed, parked.subscriber, parked.subscriber.value()});
        transaction.commit();
        return std::nullopt;
    } catch (const BrokenPromise& broken) {
        return broken.what();
    } catch (const ArithmeticOverflow& overflow) {
        return overflow.what();
    } catch (const ConstraintViolated& violated) {
        return violated.what();
    }
}

BilledAccount BillRun::decide(BillingFacts& facts, Date as_of, Issuer& issuer,
                              std::vector<ChangedSubService>& sub_services, std::vector<NewEvent>& events) {
    auto& account = facts.account;
    BilledAccount billed{.subscriber = account.subscriber.id,
                         .documents = {},
                         .stored_lines = {},
                         .entries = {},
                         .allocations = {},
                         .new_credits = {},
                         .used_up_credits = {},
                         .new_debts = {},
                         .paid_debts = {},
                         .head = facts.head};
    for (const auto& line : account.pending_lines) billed.stored_lines.push_back(line.charge.id);
    std::sort(billed.stored_lines.begin(), billed.stored_lines.end());
    const auto first = sub_services.size();
    for (const auto& sub : account.sub_services)
        sub_services.push_back({.before = sub.state, .after = sub.state, .next_billing_date = std::nullopt});

    const charging::Book book{catalog_, op_.currency, op_.rounding, ids_};
    auto proposal = invoicing::decide(op_, book, account, as_of);
    for (std::size_t i = 0; i < account.sub_services.size(); ++i) {
        sub_services[first + i].after = std::move(account.sub_services[i].state);
        sub_services[first + i].next_billing_date = proposal.next_billing_dates[i];
        sub_services[first + i].pending_lines = std::move(proposal.waiting[i]);
    }
    for (const auto& unfunded : proposal.unfunded) {
        events.push_back({EventType::sub_service_suspended, account.subscriber.id, unfunded.sub_service.value()});
        unfunded_.push_back(unfunded);
    }
    for (auto& draft : proposal.drafts)
        billed.documents.push_back(issuer.document_of(account.subscriber, std::move(draft)));

    const bool credits_something = std::any_of(billed.documents.begin(), billed.documents.end(),
                                               [](const Document& document) { return document.total.is_negative(); });
    if (credits_something && facts.open_credits.empty())
        facts.open_documents = store_.payment_facts(account.subscriber, op_.currency).open_documents;
    return billed;
}

}  // namespace sluice::app
