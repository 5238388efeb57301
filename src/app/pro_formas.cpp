#include "app/pro_formas.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "app/commands.hpp"
#include "app/purses.hpp"
#include "app/words.hpp"
#include "domain/invoicing/decide.hpp"

namespace sluice::app {

using customers::Subscriber;
using customers::SubscriberId;
using invoicing::Line;
using invoicing::ProForma;
using invoicing::ProFormaPurpose;
using invoicing::ProFormaState;

namespace {

Refused<Refusal> refuse(RefusalCode code, std::string message) { return {Refusal{code, std::move(message)}}; }

void number(Store& store, const customers::Operator& op, ProForma& pro_forma) {
    pro_forma.year = pro_forma.date.year();
    pro_forma.sequence = store.pro_formas().take_number(op.id, AdvanceSeries::pro_forma, pro_forma.year);
    pro_forma.number = invoicing::format_number(invoicing::pro_forma_pattern, pro_forma.year, pro_forma.sequence);
}

// What tells a charge from all others, whenever it is decided.
auto key_of(const Line& line) {
    const auto& charge = line.charge;
    return std::tuple(charge.item, charge.kind, charge.period ? charge.period->start : Date::from_days(0),
                      charge.parts ? charge.parts->first : 0, charge.revision);
}

// All that the account is charged by then and is on no document yet.
std::vector<Line> unbilled(Store& store, const customers::Operator& op, const charging::Book& book, Date date,
                           SubscriberId subscriber) {
    std::vector<Line> lines;
    for (auto& facts : store.due_accounts(op.id, date, subscriber, subscriber)) {
        auto proposal = invoicing::decide(op, book, facts.account, date);
        const auto take = [&](std::vector<Line>& from) {
            lines.insert(lines.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        };
        for (auto& draft : proposal.drafts) take(draft.lines);
        for (auto& waiting : proposal.waiting) take(waiting);
    }
    return lines;
}

CommandResult carry_out(Commands& commands, Date date, const std::string& subscriber, const OrderedRequest& item) {
    const SubServicePath path{subscriber, item.sub_service};
    if (item.product.empty()) return commands.activate(date, path);
    return commands.add_item(date, path, item.type, {.code = item.product, .quantity = item.quantity});
}

}  // namespace

// Carries it out and takes it back: what it costs is what a bill run would charge.
Result<std::vector<Line>, Refusal> ProFormas::cost_of(Date date, const Subscriber& subscriber,
                                                      std::span<const OrderedRequest> items) {
    Transaction not_kept(store_);
    Commands commands(store_, hasher_, ids_, op_);
    commands.ask_no_funds();
    const charging::Book book{commands.catalog(), op_.currency, op_.rounding, ids_};
    std::vector<decltype(key_of(std::declval<Line>()))> before;
    for (const auto& line : unbilled(store_, op_, book, date, subscriber.id)) before.push_back(key_of(line));
    for (const auto& item : items)
        if (auto done = carry_out(commands, date, subscriber.code, item); !done) return Refused{done.refusal()};
    auto lines = unbilled(store_, op_, book, date, subscriber.id);
    std::erase_if(
        lines, [&](const Line& line) { return std::find(before.begin(), before.end(), key_of(line)) != before.end(); });
    return lines;
}

Result<std::string, Refusal> ProFormas::order(Date date, const OrderRequest& request) {
    Transaction transaction(store_);
    store_.hold(op_.id, request.subscriber);
    const auto subscriber = store_.find_subscriber(op_.id, request.subscriber);
    if (!subscriber)
        return refuse(RefusalCode::unknown_subscriber, "there is no subscriber \"" + request.subscriber + "\"");
    const auto lines = cost_of(date, *subscriber, request.items);
    if (!lines) return Refused{lines.refusal()};
    const auto rules = customers::resolve_payment(op_, *subscriber);
    ProForma order{.id = ids_.next<invoicing::ProFormaId>(),
                   .subscriber = subscriber->id,
                   .purpose = ProFormaPurpose::order,
                   .year = 0,
                   .sequence = 0,
                   .number = {},
                   .date = date,
                   .expires_on = date.plus_days(request.days.value_or(rules.order_days)),
                   .paid_ahead = Money::zero(op_.currency),
                   .total = Money::zero(op_.currency)};
    for (const auto& line : lines.value()) order.lines.push_back(invoicing::pro_forma_line(line));
    order.total = invoicing::sum_of(order.lines, op_.currency);
    if (!order.total.is_positive())
        return refuse(RefusalCode::nothing_to_pay,
                      "nothing of this is to be paid on " + date.text() + "; activate or add it without an order");
    const auto catalog = store_.catalog(op_.id);
    for (const auto& item : request.items) {
        const auto account = store_.find_account(*subscriber, item.sub_service, date);
        check(account.has_value(), "a sub-service that could be changed is there");
        const auto* product = item.product.empty() ? nullptr : catalog.find(item.type, item.product);
        order.items.push_back({account->sub_services.front().state.id,
                               product ? std::optional(product->id) : std::nullopt, item.quantity});
    }
    number(store_, op_, order);
    store_.pro_formas().add(op_.id, order);
    store_.add_event(op_.id, {EventType::pro_forma_issued, subscriber->id, order.id.value()});
    settle({&subscriber->id, 1}, date);
    transaction.commit();
    return order.number;
}

Result<Done, Refusal> ProFormas::withdraw(Date date, const std::string& number, const std::string& reason) {
    Transaction transaction(store_);
    auto row = store_.pro_formas().find(op_.id, number);
    if (row) {
        store_.hold(op_.id, row->subscriber_code);
        row = store_.pro_formas().find(op_.id, number);
    }
    if (!row) return refuse(RefusalCode::unknown_pro_forma, "there is no pro-forma document \"" + number + "\"");
    if (row->pro_forma.state != ProFormaState::open)
        return refuse(RefusalCode::pro_forma_settled, number + " is " + std::string(name_of(row->pro_forma.state)) +
                                                          " since " + row->pro_forma.settled_on->text() +
                                                          "; only open ones can be withdrawn");
    close(row->pro_forma, ProFormaState::withdrawn, std::max(date, row->pro_forma.date), reason);
    transaction.commit();
    return Done{};
}

Result<std::string, Refusal> ProFormas::issue_advance_payment(Date date, payments::PaymentId payment) {
    Transaction transaction(store_);
    auto row = store_.find_payment(op_.id, payment);
    if (row) {
        store_.hold(op_.id, row->subscriber_code);
        row = store_.find_payment(op_.id, payment);
    }
    if (!row) return refuse(RefusalCode::unknown_payment, "there is no payment \"" + payment.text() + "\"");
    if (date < row->payment.date)
        return refuse(RefusalCode::date_not_allowed,
                      date.text() + " is before the payment, which is of " + row->payment.date.text());
    if (const auto issued = store_.pro_formas().find_advance(op_.id, payment))
        return refuse(RefusalCode::code_taken, "the payment has a document already, " + issued->advance.number);
    Money left = row->payment.amount;
    for (const auto& paid : row->paid) left -= paid.amount;
    for (const auto& refund : row->refunds) left -= refund.amount;
    if (!left.is_positive())
        return refuse(RefusalCode::nothing_to_pay,
                      "nothing of the payment is paid ahead: all of it has paid documents "
                      "or gone back");
    AdvancePayment advance{.subscriber = row->payment.subscriber,
                           .payment = payment,
                           .year = date.year(),
                           .sequence = 0,
                           .number = {},
                           .date = date,
                           .amount = left};
    advance.sequence = store_.pro_formas().take_number(op_.id, AdvanceSeries::advance_payment, advance.year);
    advance.number = invoicing::format_number(invoicing::advance_payment_pattern, advance.year, advance.sequence);
    store_.pro_formas().add(op_.id, advance);
    store_.add_event(op_.id, {EventType::advance_payment_issued, advance.subscriber, payment.value()});
    transaction.commit();
    return advance.number;
}

void ProFormas::close(ProForma& pro_forma, ProFormaState state, Date date, std::string reason) {
    pro_forma.state = state;
    pro_forma.settled_on = date;
    pro_forma.reason = std::move(reason);
    store_.pro_formas().update(pro_forma);
    store_.add_event(op_.id, {state == ProFormaState::paid ? EventType::pro_forma_paid : EventType::pro_forma_withdrawn,
                              pro_forma.subscriber, pro_forma.id.value()});
}

// Only money that is there counts: no credit limit, no promise.
Result<Done, Refusal> ProFormas::begin(Date date, const std::string& code, ProForma& order) {
    Transaction transaction(store_);
    const auto subscriber = store_.find_subscriber(op_.id, code);
    check(subscriber.has_value(), "an order has a subscriber");
    Commands commands(store_, hasher_, ids_, op_);
    std::vector<OrderedRequest> items;
    for (const auto& item : order.items) {
        const auto account = store_.find_account(*subscriber, item.code, date);
        check(account.has_value(), "an ordered sub-service is there");
        date = std::max(date, account->sub_services.front().state.changed_on);
        OrderedRequest request{.sub_service = item.code, .quantity = item.quantity};
        if (item.product) {
            const auto& product = commands.catalog().product(*item.product);
            request.product = product.code;
            request.type = product.type;
        }
        items.push_back(std::move(request));
    }
    const auto cost = cost_of(date, *subscriber, items);
    if (!cost) return Refused{cost.refusal()};
    Money needed = Money::zero(op_.currency);
    for (const auto& line : cost.value()) needed += line.gross;
    const auto purse = purse_of(store_, *subscriber, op_.currency);
    if (needed > purse.balance - purse.unbilled)
        return refuse(RefusalCode::not_enough_funds, order.number + " needs " + words(needed));
    for (const auto& item : items)
        if (auto done = carry_out(commands, date, code, item); !done) return Refused{done.refusal()};
    close(order, ProFormaState::paid, date);
    transaction.commit();
    return Done{};
}

void ProFormas::settle(std::span<const SubscriberId> subscribers, Date date) {
    if (subscribers.empty()) return;
    for (auto& [pro_forma, subscriber, name] : store_.pro_formas().open(subscribers.front(), subscribers.back())) {
        if (!std::binary_search(subscribers.begin(), subscribers.end(), pro_forma.subscriber)) continue;
        const Date on = std::max(date, pro_forma.date);
        if (on > pro_forma.expires_on) continue;
        if (pro_forma.purpose == ProFormaPurpose::projected_spending) {
            if (store_.pro_formas().paid_since(pro_forma) >= pro_forma.total) close(pro_forma, ProFormaState::paid, on);
            continue;
        }
        const auto begun = begin(on, subscriber, pro_forma);
        if (begun) continue;
        const auto& refusal = begun.refusal();
        const bool waits = refusal.code == RefusalCode::not_enough_funds || refusal.code == RefusalCode::overdue_debt;
        if (!waits) close(pro_forma, ProFormaState::withdrawn, on, refusal.message);
    }
}

bool ProFormaRun::step() {
    if (!place_.expiry_is_done) {
        if (step_expiry()) return true;
        place_.expiry_is_done = true;
    }
    Transaction transaction(store_);
    const auto from = place_.after;
    auto seen = store_.accounts_due_by(op_.id, horizon_, from, batch);
    const bool is_last = seen.empty();
    const auto first = from ? SubscriberId{from->value() + 1} : SubscriberId{0};
    const auto last =
        is_last ? SubscriberId{std::numeric_limits<std::int64_t>::max()} : seen.back().account.subscriber.id;
    place_.after = last;
    std::vector<SubscriberId> held;
    for (const auto& asked : asked_of(std::move(seen)))
        if (asked.lead_days) held.push_back(asked.subscriber.id);
    for (const auto& open : store_.pro_formas().open(first, last))
        if (open.pro_forma.purpose == ProFormaPurpose::projected_spending) held.push_back(open.pro_forma.subscriber);
    std::sort(held.begin(), held.end());
    held.erase(std::unique(held.begin(), held.end()), held.end());
    if (held.empty()) return !is_last;
    // Those who are held are looked at once more.
    store_.hold(held, true);
    auto accounts = store_.accounts_due_by(op_.id, horizon_, from, batch);
    std::erase_if(accounts, [&](const BillingFacts& facts) {
        return !std::binary_search(held.begin(), held.end(), facts.account.subscriber.id);
    });
    const auto all = asked_of(std::move(accounts));
    auto latest = store_.pro_formas().latest_projected(op_.id, held.front(), held.back());
    const auto latest_of = [&](SubscriberId id) -> const ProForma* {
        const auto found =
            std::lower_bound(latest.begin(), latest.end(), id,
                             [](const ProForma& one, SubscriberId other) { return one.subscriber < other; });
        return found != latest.end() && found->subscriber == id ? &*found : nullptr;
    };
    std::vector<NewEvent> events;
    for (const auto& asked : all)
        if (asked.lead_days) ask(asked, latest_of(asked.subscriber.id), events);
    for (auto& pro_forma : latest) {
        if (pro_forma.state != ProFormaState::open ||
            !std::binary_search(held.begin(), held.end(), pro_forma.subscriber))
            continue;
        const bool is_needed = std::any_of(
            all.begin(), all.end(), [&](const Asked& asked) { return asked.subscriber.id == pro_forma.subscriber; });
        if (!is_needed) withdraw(pro_forma, "Not needed any more", events);
    }
    store_.add_events(op_.id, events);
    transaction.commit();
    return !is_last;
}

bool ProFormaRun::step_expiry() {
    Transaction transaction(store_);
    auto expired = store_.pro_formas().expired(op_.id, date_, batch);
    if (expired.empty()) return false;
    std::vector<SubscriberId> owners;
    for (const auto& pro_forma : expired) owners.push_back(pro_forma.subscriber);
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    store_.hold(owners, true);
    std::vector<NewEvent> events;
    for (auto& pro_forma : store_.pro_formas().expired(op_.id, date_, batch)) {
        if (!std::binary_search(owners.begin(), owners.end(), pro_forma.subscriber)) continue;
        pro_forma.state = ProFormaState::expired;
        pro_forma.settled_on = date_;
        store_.pro_formas().update(pro_forma);
        events.push_back({EventType::pro_forma_expired, pro_forma.subscriber, pro_forma.id.value()});
        ++place_.figures.expired;
    }
    store_.add_events(op_.id, events);
    transaction.commit();
    return true;
}

std::vector<ProFormaRun::Asked> ProFormaRun::asked_of(std::vector<BillingFacts> accounts) const {
    std::erase_if(accounts, [&](const BillingFacts& facts) {
        const auto rules = customers::resolve_payment(op_, facts.account.subscriber);
        return rules.terms != customers::PaymentTerms::prepaid || rules.credit_limit.is_positive() ||
               customers::lead_days_of(op_, facts.account.subscriber).empty();
    });
    if (accounts.empty()) return {};
    const auto catalog = store_.catalog(op_.id);
    const charging::Book book{catalog, op_.currency, op_.rounding, ids_};
    give_purses(store_, op_, accounts);
    std::vector<Asked> asked;
    for (auto& facts : accounts) {
        const auto subscriber = facts.account.subscriber;
        if (!facts.account.purse) {
            const auto nothing = Money::zero(op_.currency);
            facts.account.purse = {.balance = nothing, .unbilled = nothing, .promised = nothing};
        }
        auto projection = invoicing::project(op_, book, std::move(facts.account), horizon_);
        if (!projection) continue;
        const int days = std::max(0, days_between(date_, projection->runs_out_on));
        asked.push_back({subscriber, std::move(*projection),
                         invoicing::lead_reached(customers::lead_days_of(op_, subscriber), days)});
    }
    return asked;
}

// Each lead day once: the same again is a reminder, something else replaces what was asked for before.
void ProFormaRun::ask(const Asked& asked, const ProForma* latest, std::vector<NewEvent>& events) {
    const auto& projection = asked.projection;
    const auto id = asked.subscriber.id;
    if (latest && latest->runs_out_on == projection.runs_out_on && *latest->lead_days <= *asked.lead_days) return;
    const bool is_open = latest && latest->state == ProFormaState::open;
    if (is_open && latest->runs_out_on == projection.runs_out_on && latest->total == projection.total) {
        auto reminded = *latest;
        reminded.lead_days = asked.lead_days;
        store_.pro_formas().update(reminded);
        events.push_back({EventType::pro_forma_reminded, id, reminded.id.value()});
        ++place_.figures.reminded;
        return;
    }
    if (is_open) withdraw(*latest, "Replaced by a later one", events);
    ProForma pro_forma{.id = ids_.next<invoicing::ProFormaId>(),
                       .subscriber = id,
                       .purpose = ProFormaPurpose::projected_spending,
                       .year = 0,
                       .sequence = 0,
                       .number = {},
                       .date = date_,
                       .expires_on = horizon_,
                       .runs_out_on = projection.runs_out_on,
                       .lead_days = asked.lead_days,
                       .paid_ahead = projection.balance,
                       .total = projection.total,
                       .lines = projection.lines};
    number(store_, op_, pro_forma);
    store_.pro_formas().add(op_.id, pro_forma);
    events.push_back({EventType::pro_forma_issued, id, pro_forma.id.value()});
    ++place_.figures.issued;
}

void ProFormaRun::withdraw(ProForma pro_forma, std::string reason, std::vector<NewEvent>& events) {
    pro_forma.state = ProFormaState::withdrawn;
    pro_forma.settled_on = date_;
    pro_forma.reason = std::move(reason);
    store_.pro_formas().update(pro_forma);
    events.push_back({EventType::pro_forma_withdrawn, pro_forma.subscriber, pro_forma.id.value()});
    ++place_.figures.withdrawn;
}

}  // namespace sluice::app
