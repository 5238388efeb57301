// Debtors, and the time that they were given: a few queries for all of a batch.
#include <algorithm>
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sql/wallets.hpp"

namespace sluice::store {

using collection::Debtor;
using customers::OperatorId;
using customers::SubscriberId;

namespace {

constexpr std::array<std::string_view, 4> step_names{"reminder", "late_fee", "suspension", "termination"};
constexpr std::array<std::string_view, 2> hold_names{"exemption", "promised_date"};

struct Range {
    SubscriberId first;
    SubscriberId last;
};

template <typename Visit>
void each_in(Connection& db, const Range& range, const std::string& sql, const Visit& visit) {
    Query row(db, sql, range.first, range.last);
    while (row.next()) visit(row);
}

// What is charged and on no document yet.
template <typename Visit>
void each_unbilled(Connection& db, const Range& range, Currency currency, const Visit& visit) {
    each_in(db, range,
            "SELECT subscriber_id, SUM(gross) FROM lines WHERE subscriber_id BETWEEN ? AND ? AND document_id IS NULL "
            "AND billing_date IS NOT NULL GROUP BY subscriber_id",
            [&](Query& row) {
                const auto subscriber = row.get<SubscriberId>();
                visit(subscriber, row.money(currency));
            });
}

// The latest of a subscriber comes last.
template <typename Visit>
void each_promise(Connection& db, const Range& range, Currency currency, const Visit& visit) {
    each_in(db, range,
            "SELECT subscriber_id, id, date, until_date, amount FROM promised_payments WHERE subscriber_id BETWEEN ? "
            "AND ? ORDER BY subscriber_id, id",
            [&](Query& row) {
                const auto subscriber = row.get<SubscriberId>();
                const auto id = row.get<collection::PromiseId>();
                const auto date = row.get<Date>();
                const auto until = row.get<Date>();
                visit(subscriber, collection::Promise{id, date, until, row.money(currency)});
            });
}

void lend(invoicing::Purse& purse, const collection::Promise& promise) {
    purse.promised = promise.amount;
    purse.promised_until = promise.until;
}

// Fills in what belongs to debtors, who are in order of creation.
class DebtorReader {
public:
    DebtorReader(Connection& db, std::vector<Debtor>& debtors, Currency currency)
        : db_(db), currency_(currency), range_{debtors.front().subscriber.id, debtors.back().subscriber.id} {
        for (auto& debtor : debtors) debtor_of_.emplace(debtor.subscriber.id, &debtor);
    }

    void read() {
        read_debts();
        read_steps();
        read_holds();
        read_plans();
        read_promises();
        read_unbilled();
    }

private:
    void each(const std::string& sql, const std::function<void(Debtor&, Query&)>& visit) {
        each_in(db_, range_, sql, [&](Query& row) {
            const auto found = debtor_of_.find(row.get<SubscriberId>());
            if (found != debtor_of_.end()) visit(*found->second, row);
        });
    }

    void read_debts() {
        each(
            "SELECT o.subscriber_id, o.id, d.number, o.due, o.open FROM open_documents o JOIN documents d ON "
            "d.subscriber_id = o.subscriber_id AND d.id = o.id WHERE o.subscriber_id BETWEEN ? AND ? ORDER BY "
            "o.subscriber_id, o.due, o.id",
            [&](Debtor& debtor, Query& row) {
                const auto id = row.get<invoicing::DocumentId>();
                auto number = row.get<std::string>();
                const auto due = row.get<Date>();
                if (!debtor.purse.oldest_due) debtor.purse.oldest_due = due;
                debtor.debts.push_back({id, std::move(number), due, row.money(currency_)});
            });
    }

    void read_steps() {
        each(
            "SELECT c.subscriber_id, c.kind, c.document_id, c.due, c.days FROM collection_steps c JOIN open_documents "
            "o ON o.subscriber_id = c.subscriber_id AND o.id = c.document_id WHERE c.subscriber_id BETWEEN ? AND ?",
            [](Debtor& debtor, Query& row) {
                const auto kind = read_enum<collection::StepKind>(step_names, row);
                const auto document = row.get<invoicing::DocumentId>();
                const auto due = row.get<Date>();
                debtor.taken.push_back({kind, document, due, row.get<std::int32_t>()});
            });
    }

    void read_holds() {
        each(
            "SELECT subscriber_id, id, kind, since_date, until_date, reason FROM collection_holds WHERE subscriber_id "
            "BETWEEN ? "
            "AND ? ORDER BY subscriber_id, id",
            [](Debtor& debtor, Query& row) {
                const auto id = row.get<collection::HoldId>();
                const auto kind = read_enum<collection::Hold::Kind>(hold_names, row);
                const auto since = row.get<Date>();
                const auto until = row.get<std::optional<Date>>();
                debtor.holds.push_back({id, kind, since, until, row.get<std::string>()});
            });
    }

    void read_plans() {
        each(
            "SELECT subscriber_id, id, date FROM payment_plans WHERE subscriber_id BETWEEN ? AND ? AND ended_on IS "
            "NULL ORDER BY subscriber_id, id",
            [](Debtor& debtor, Query& row) {
                const auto id = row.get<collection::PlanId>();
                debtor.plan = collection::Plan{.id = id, .date = row.get<Date>()};
            });
        each(
            "SELECT subscriber_id, plan_id, due, amount FROM payment_plan_parts WHERE subscriber_id BETWEEN ? AND ? "
            "ORDER BY subscriber_id, plan_id, due",
            [&](Debtor& debtor, Query& row) {
                if (!debtor.plan || debtor.plan->id != row.get<collection::PlanId>()) return;
                const auto due = row.get<Date>();
                debtor.plan->parts.push_back({due, row.money(currency_)});
            });
        each(
            "SELECT subscriber_id, plan_id, document_id, open FROM payment_plan_documents WHERE subscriber_id BETWEEN "
            "? AND ? ORDER BY subscriber_id, plan_id, document_id",
            [&](Debtor& debtor, Query& row) {
                if (!debtor.plan || debtor.plan->id != row.get<collection::PlanId>()) return;
                const auto document = row.get<invoicing::DocumentId>();
                debtor.plan->documents.push_back({document, row.money(currency_)});
            });
    }

    void read_promises() {
        each_promise(db_, range_, currency_, [&](SubscriberId subscriber, const collection::Promise& promise) {
            const auto found = debtor_of_.find(subscriber);
            if (found == debtor_of_.end()) return;
            found->second->promise = promise;
            lend(found->second->purse, promise);
        });
    }

    void read_unbilled() {
        each_unbilled(db_, range_, currency_, [&](SubscriberId subscriber, Money amount) {
            const auto found = debtor_of_.find(subscriber);
            if (found != debtor_of_.end()) found->second->purse.unbilled = amount;
        });
        add_wallets(db_, range_.first, range_.last, currency_, [&](SubscriberId subscriber) {
            const auto found = debtor_of_.find(subscriber);
            return found == debtor_of_.end() ? nullptr : &found->second->purse;
        });
    }

    Connection& db_;
    Currency currency_;
    Range range_;
    std::unordered_map<SubscriberId, Debtor*> debtor_of_;
};

invoicing::Purse empty_purse(Currency currency) {
    const auto nothing = Money::zero(currency);
    return {.balance = nothing, .unbilled = nothing, .promised = nothing};
}

Debtor read_debtor(Query& row, Currency currency) {
    auto subscriber = read_subscriber(row);
    Debtor debtor{.subscriber = std::move(subscriber), .purse = empty_purse(currency)};
    debtor.purse.balance = Money::minor(row.get<std::optional<std::int64_t>>().value_or(0), currency);
    return debtor;
}

}  // namespace

std::vector<Debtor> SqlStore::debtors(OperatorId op, Currency currency, const app::DebtorQuery& query) {
    std::optional<SubscriberId> first;
    std::optional<SubscriberId> last;
    {
        Query row(
            *db_,
            "SELECT o.subscriber_id FROM open_documents o WHERE o.operator_id + 0 = ? AND o.subscriber_id > ? AND "
            "o.due <= ? GROUP BY o.subscriber_id ORDER BY o.subscriber_id LIMIT ?",
            op, query.after ? query.after->value() : 0, query.due_by, query.limit);
        while (row.next()) {
            last = row.get<SubscriberId>();
            if (!first) first = last;
        }
    }
    std::vector<Debtor> debtors;
    if (!first) return debtors;
    {
        Query row(*db_,
                  "SELECT " + subscriber_columns +
                      ", h.balance FROM subscribers s LEFT JOIN journal_heads h ON h.subscriber_id = s.subscriber_id "
                      "WHERE s.operator_id + 0 = ? AND s.subscriber_id BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM "
                      "open_documents o WHERE o.subscriber_id = s.subscriber_id AND o.due <= ?) ORDER BY "
                      "s.subscriber_id",
                  op, *first, *last, query.due_by);
        while (row.next()) debtors.push_back(read_debtor(row, currency));
    }
    if (!debtors.empty()) DebtorReader(*db_, debtors, currency).read();
    return debtors;
}

Debtor SqlStore::debtor(const customers::Subscriber& subscriber, Currency currency) {
    std::vector<Debtor> one;
    {
        Query row(*db_,
                  "SELECT " + subscriber_columns +
                      ", h.balance FROM subscribers s LEFT JOIN journal_heads h ON h.subscriber_id = s.subscriber_id "
                      "WHERE s.subscriber_id = ?",
                  subscriber.id);
        check(row.next(), "a subscriber whose debts are asked for exists");
        one.push_back(read_debtor(row, currency));
    }
    DebtorReader(*db_, one, currency).read();
    return std::move(one.front());
}

std::vector<std::pair<SubscriberId, invoicing::Purse>> SqlStore::purses(SubscriberId first, SubscriberId last,
                                                                        Currency currency) {
    const Range range{first, last};
    std::unordered_map<SubscriberId, invoicing::Purse> purses;
    const auto purse_of = [&](SubscriberId subscriber) -> invoicing::Purse& {
        return purses.try_emplace(subscriber, empty_purse(currency)).first->second;
    };
    each_in(*db_, range, "SELECT subscriber_id, balance FROM journal_heads WHERE subscriber_id BETWEEN ? AND ?",
            [&](Query& row) {
                auto& purse = purse_of(row.get<SubscriberId>());
                purse.balance = row.money(currency);
            });
    each_unbilled(*db_, range, currency,
                  [&](SubscriberId subscriber, Money amount) { purse_of(subscriber).unbilled = amount; });
    each_in(*db_, range,
            "SELECT subscriber_id, MIN(due) FROM open_documents WHERE subscriber_id BETWEEN ? AND ? GROUP BY "
            "subscriber_id",
            [&](Query& row) {
                auto& purse = purse_of(row.get<SubscriberId>());
                purse.oldest_due = row.get<Date>();
            });
    each_promise(*db_, range, currency, [&](SubscriberId subscriber, const collection::Promise& promise) {
        lend(purse_of(subscriber), promise);
    });
    add_wallets(*db_, first, last, currency, [&](SubscriberId subscriber) { return &purse_of(subscriber); });
    return {purses.begin(), purses.end()};
}

std::vector<app::WaitingService> SqlStore::waiting_services(SubscriberId first, SubscriberId last) {
    std::vector<app::WaitingService> waiting;
    each_in(
        *db_, {first, last},
        "SELECT b.subscriber_id, s.code, b.code, b.changed_on, b.suspended_for FROM sub_services b JOIN subscribers "
        "s ON s.subscriber_id = b.subscriber_id WHERE b.subscriber_id BETWEEN ? AND ? AND b.suspended_for <> "
        "'request' AND b.status = 'suspended' ORDER BY b.subscriber_id, b.id",
        [&](Query& row) {
            const auto subscriber = row.get<SubscriberId>();
            auto subscriber_code = row.get<std::string>();
            auto code = row.get<std::string>();
            const auto changed_on = row.get<Date>();
            waiting.push_back({subscriber, std::move(subscriber_code), std::move(code), changed_on,
                               read_enum<subscriptions::SuspendedFor>(suspended_for_names, row)});
        });
    return waiting;
}

std::vector<SubscriberId> SqlStore::waiting_without_debt(OperatorId op, std::optional<SubscriberId>& after,
                                                         std::int64_t limit) {
    std::vector<SubscriberId> subscribers;
    Query row(
        *db_,
        "SELECT h.subscriber_id FROM journal_heads h WHERE h.subscriber_id IN (SELECT b.subscriber_id FROM "
        "sub_services b WHERE b.suspended_for <> 'request' AND b.suspended_for = 'debt' AND b.status = 'suspended' AND "
        "b.subscriber_id > ?) AND h.operator_id + 0 = ? AND NOT EXISTS (SELECT 1 FROM open_documents o WHERE "
        "o.subscriber_id = h.subscriber_id) ORDER BY h.subscriber_id LIMIT ?",
        after ? after->value() : 0, op, limit);
    while (row.next()) subscribers.push_back(row.get<SubscriberId>());
    if (!subscribers.empty()) after = subscribers.back();
    return subscribers;
}

void SqlStore::add_steps(std::span<const std::pair<SubscriberId, collection::Step>> steps, Date date) {
    Inserter rows(*db_, "collection_steps", {"subscriber_id", "document_id", "due", "kind", "days", "date"});
    rows.or_update("(subscriber_id, document_id, due, kind, days) DO NOTHING");
    for (const auto& [subscriber, step] : steps)
        rows.row(subscriber, step.document, step.due, name_in(step_names, step.kind), step.days, date);
    rows.flush();
}

void SqlStore::add_hold(SubscriberId subscriber, const collection::Hold& hold) {
    Query(*db_,
          "INSERT INTO collection_holds (subscriber_id, id, kind, since_date, until_date, reason) VALUES (?,?,?,?,?,?)",
          subscriber, hold.id, name_in(hold_names, hold.kind), hold.since, hold.until, hold.reason)
        .run();
}

bool SqlStore::remove_hold(SubscriberId subscriber, collection::HoldId hold) {
    {
        Query row(*db_, "SELECT 1 FROM collection_holds WHERE subscriber_id = ? AND id = ?", subscriber, hold);
        if (!row.next()) return false;
    }
    Query(*db_, "DELETE FROM collection_holds WHERE subscriber_id = ? AND id = ?", subscriber, hold).run();
    return true;
}

void SqlStore::add_plan(SubscriberId subscriber, const collection::Plan& plan) {
    check(!plan.parts.empty(), "a payment plan has parts");
    Query(*db_, "INSERT INTO payment_plans (subscriber_id, id, date, currency) VALUES (?,?,?,?)", subscriber, plan.id,
          plan.date, plan.parts.front().amount.currency().code())
        .run();
    Inserter parts(*db_, "payment_plan_parts", {"subscriber_id", "plan_id", "due", "amount"});
    for (const auto& part : plan.parts) parts.row(subscriber, plan.id, part.due, part.amount);
    parts.flush();
    Inserter documents(*db_, "payment_plan_documents", {"subscriber_id", "plan_id", "document_id", "open"});
    for (const auto& document : plan.documents) documents.row(subscriber, plan.id, document.id, document.open);
    documents.flush();
}

void SqlStore::end_plan(SubscriberId subscriber, collection::PlanId plan, Date date) {
    Query(*db_, "UPDATE payment_plans SET ended_on = ? WHERE subscriber_id = ? AND id = ?", date, subscriber, plan)
        .run();
}

void SqlStore::add_promise(SubscriberId subscriber, const collection::Promise& promise) {
    Query(*db_,
          "INSERT INTO promised_payments (subscriber_id, id, date, until_date, currency, amount) VALUES (?,?,?,?,?,?)",
          subscriber, promise.id, promise.date, promise.until, promise.amount.currency().code(), promise.amount)
        .run();
}

std::vector<collection::Promise> SqlStore::promises(SubscriberId subscriber, Currency currency, std::int64_t limit) {
    std::vector<collection::Promise> promises;
    Query row(
        *db_,
        "SELECT id, date, until_date, amount FROM promised_payments WHERE subscriber_id = ? ORDER BY id DESC LIMIT ?",
        subscriber, limit);
    while (row.next()) {
        const auto id = row.get<collection::PromiseId>();
        const auto date = row.get<Date>();
        const auto until = row.get<Date>();
        promises.push_back({id, date, until, row.money(currency)});
    }
    return promises;
}

}  // namespace sluice::store
