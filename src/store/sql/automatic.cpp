#include "store/sql/automatic.hpp"

#include <algorithm>
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/checkout_rows.hpp"
#include "store/sql/due_accounts.hpp"
#include "store/sql/page_keys.hpp"
#include "store/sql/rows.hpp"

namespace sluice::store {

using app::AutomaticAccount;
using app::AutomaticPaymentRow;
using customers::OperatorId;
using customers::SubscriberId;
using payments::AutomaticPaymentId;

namespace {

constexpr std::array<std::string_view, 3> what_names{"top_up", "documents", "sub_service"};

// Of `automatic_payments a`.
const std::string payment_columns =
    "a.id, a.subscriber_id, a.operator_id, a.what, a.sub_service_id, a.saved_method_id, a.next_on, a.stopped, "
    "a.stop_reason, a.failures, a.failed_on, a.declined_on, a.failed_amount, a.failed_balance, a.told_on, "
    "a.told_amount, a.created_at, COALESCE(b.code, ''), m.payment_method_id, m.token, m.customer, m.brand, m.last4, "
    "EXISTS (SELECT 1 FROM checkouts c WHERE c.subscriber_id = a.subscriber_id AND c.automatic_id = a.id AND "
    "c.document_id IS NULL AND c.state IN ('pending', 'unknown'))";
const std::string payment_joins =
    " JOIN saved_methods m ON m.subscriber_id = a.subscriber_id AND m.id = a.saved_method_id LEFT JOIN sub_services b "
    "ON b.subscriber_id = a.subscriber_id AND b.id = a.sub_service_id ";

std::optional<Money> optional_money(Query& row, Currency currency) {
    const auto minor = row.get<std::optional<std::int64_t>>();
    return minor ? std::optional(Money::minor(*minor, currency)) : std::nullopt;
}

AutomaticPaymentRow read_payment(Query& row, Currency currency) {
    const auto id = row.get<AutomaticPaymentId>();
    const auto subscriber = row.get<SubscriberId>();
    const auto op = row.get<OperatorId>();
    const auto what = read_enum<payments::AutomaticFor>(what_names, row);
    const auto sub_service = row.get<std::optional<subscriptions::SubServiceId>>();
    const auto saved = row.get<app::SavedMethodId>();
    AutomaticPaymentRow read{.payment = {.id = id,
                                         .what = what,
                                         .sub_service = sub_service,
                                         .next_on = row.get<Date>(),
                                         .is_stopped = row.get<bool>()},
                             .subscriber = subscriber,
                             .op = op,
                             .saved = saved};
    auto& payment = read.payment;
    read.stop_reason = row.get<std::string>();
    payment.failures = row.get<std::int32_t>();
    payment.failed_on = row.get<std::optional<Date>>();
    payment.declined_on = row.get<std::optional<Date>>();
    payment.failed_amount = optional_money(row, currency);
    payment.failed_balance = optional_money(row, currency);
    payment.told_on = row.get<std::optional<Date>>();
    read.told_amount = optional_money(row, currency);
    read.created_at = row.get<Instant>();
    read.sub_service_code = row.get<std::string>();
    read.method = row.get<app::PaymentMethodId>();
    read.token = row.get<std::string>();
    read.customer = row.get<std::string>();
    read.brand = row.get<std::string>();
    read.last4 = row.get<std::string>();
    read.is_under_way = row.get<bool>();
    return read;
}

// Fills in what belongs to accounts, which are in order of creation.
class AccountReader {
public:
    AccountReader(Connection& db, std::vector<AutomaticAccount>& accounts, Currency currency, Date date)
        : db_(db), currency_(currency), date_(date) {
        for (auto& account : accounts) {
            keys_.push_back({account.subscriber.id.value(), account.subscriber.id.value()});
            account_of_.emplace(account.subscriber.id, &account);
        }
    }

    void read() {
        each([&](AutomaticAccount& account, Query& row) { account.payments.push_back(read_payment(row, currency_)); },
             "SELECT p.subscriber_id, " + payment_columns + " FROM page p CROSS JOIN automatic_payments a" +
                 payment_joins + "WHERE a.subscriber_id = p.subscriber_id ORDER BY p.subscriber_id, a.id");
        read_documents();
        each([](AutomaticAccount& account, Query&) { account.is_held = true; },
             "SELECT h.subscriber_id FROM page p CROSS JOIN collection_holds h WHERE h.subscriber_id = p.subscriber_id "
             "AND h.since_date <= ? AND (h.until_date IS NULL OR h.until_date >= ?)",
             date_, date_);
        each([](AutomaticAccount& account, Query&) { account.is_held = true; },
             "SELECT h.subscriber_id FROM page p CROSS JOIN payment_plans h WHERE h.subscriber_id = p.subscriber_id "
             "AND h.ended_on IS NULL");
        const Date first = Date::clamped(date_.months_since_year_0(), 1);
        each([&](AutomaticAccount& account, Query& row) { account.charged_this_month = row.money(currency_); },
             "SELECT c.subscriber_id, SUM(c.total) FROM page p CROSS JOIN checkouts c WHERE c.subscriber_id = "
             "p.subscriber_id AND c.automatic_on BETWEEN ? AND ? AND c.state IN ('pending', 'unknown', 'succeeded') "
             "GROUP BY c.subscriber_id",
             first, Date::clamped(first.months_since_year_0(), 31));
    }

private:
    void read_documents() {
        each(
            [&](AutomaticAccount& account, Query& row) {
                const auto id = row.get<invoicing::DocumentId>();
                auto number = row.get<std::string>();
                const auto due = row.get<Date>();
                const auto open = row.money(currency_);
                account.documents.push_back({id, std::move(number), due, open, row.get<bool>()});
            },
            "SELECT o.subscriber_id, o.id, d.number, o.due, o.open, EXISTS (SELECT 1 FROM checkouts c WHERE "
            "c.subscriber_id = o.subscriber_id AND c.document_id = o.id AND c.state IN ('pending', 'unknown')) FROM "
            "page p CROSS JOIN open_documents o JOIN documents d ON d.subscriber_id = o.subscriber_id AND d.id = o.id "
            "WHERE o.subscriber_id = p.subscriber_id AND o.due <= ? AND EXISTS (SELECT 1 FROM automatic_payments a "
            "WHERE a.subscriber_id = o.subscriber_id AND a.what = 'documents') ORDER BY o.subscriber_id, o.due, o.id",
            date_);
    }

    template <typename Visit, typename... Parameters>
    void each(const Visit& visit, const std::string& select, const Parameters&... parameters) {
        for (std::span<const RowKey> keys = keys_; !keys.empty();) {
            const auto some = keys.first(std::min(keys.size(), most_page_keys));
            const Sql sql = with_page(db_, some).add(select, parameters...);
            Query row(db_, sql);
            while (row.next()) {
                const auto found = account_of_.find(row.get<SubscriberId>());
                if (found != account_of_.end()) visit(*found->second, row);
            }
            keys = keys.subspan(some.size());
        }
    }

    Connection& db_;
    Currency currency_;
    Date date_;
    std::vector<RowKey> keys_;
    std::unordered_map<SubscriberId, AutomaticAccount*> account_of_;
};

}  // namespace

void SqlAutomatic::add(const AutomaticPaymentRow& r) {
    const auto& p = r.payment;
    Query(db_,
          "INSERT INTO automatic_payments (subscriber_id, id, operator_id, what, sub_service_id, saved_method_id, "
          "next_on, stopped, stop_reason, failures, failed_on, declined_on, failed_amount, failed_balance, told_on, "
          "told_amount, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          r.subscriber, p.id, r.op, name_in(what_names, p.what), p.sub_service, r.saved, p.next_on, p.is_stopped,
          r.stop_reason, p.failures, p.failed_on, p.declined_on, p.failed_amount, p.failed_balance, p.told_on,
          r.told_amount, r.created_at)
        .run();
}

void SqlAutomatic::update(const AutomaticPaymentRow& r) {
    const auto& p = r.payment;
    Query(db_,
          "UPDATE automatic_payments SET next_on = ?, stopped = ?, stop_reason = ?, failures = ?, failed_on = ?, "
          "declined_on = ?, failed_amount = ?, failed_balance = ?, told_on = ?, told_amount = ? WHERE subscriber_id = "
          "? AND id = ?",
          p.next_on, p.is_stopped, r.stop_reason, p.failures, p.failed_on, p.declined_on, p.failed_amount,
          p.failed_balance, p.told_on, r.told_amount, r.subscriber, p.id)
        .run();
}

void SqlAutomatic::remove(SubscriberId subscriber, AutomaticPaymentId id) {
    Query(db_, "DELETE FROM automatic_payments WHERE subscriber_id = ? AND id = ?", subscriber, id).run();
}

std::vector<AutomaticPaymentRow> SqlAutomatic::of_subscriber(SubscriberId subscriber, Currency currency) {
    std::vector<AutomaticPaymentRow> rows;
    Query row(db_,
              "SELECT " + payment_columns + " FROM automatic_payments a" + payment_joins +
                  "WHERE a.subscriber_id = ? ORDER BY a.id",
              subscriber);
    while (row.next()) rows.push_back(read_payment(row, currency));
    return rows;
}

std::optional<AutomaticPaymentRow> SqlAutomatic::find(SubscriberId subscriber, AutomaticPaymentId id,
                                                      Currency currency) {
    Query row(db_,
              "SELECT " + payment_columns + " FROM automatic_payments a" + payment_joins +
                  "WHERE a.subscriber_id = ? AND a.id = ?",
              subscriber, id);
    if (!row.next()) return std::nullopt;
    return read_payment(row, currency);
}

void SqlAutomatic::succeeded(SubscriberId subscriber, AutomaticPaymentId id, Date today) {
    Query(db_,
          "UPDATE automatic_payments SET failures = 0, failed_on = NULL, failed_amount = NULL, failed_balance = NULL, "
          "told_on = NULL, told_amount = NULL WHERE subscriber_id = ? AND id = ? AND (failed_on IS NOT NULL OR told_on "
          "IS NOT NULL) AND (declined_on IS NULL OR declined_on <> ?)",
          subscriber, id, today)
        .run();
}

void SqlAutomatic::looked_at(std::span<const SubscriberId> subscribers, Date date) {
    std::vector<RowKey> all;
    for (const auto& id : subscribers) all.push_back({id.value(), id.value()});
    for (std::span<const RowKey> keys = all; !keys.empty();) {
        const auto some = keys.first(std::min(keys.size(), most_page_keys));
        const Sql sql = with_page(db_, some).add(
            "UPDATE automatic_payments SET next_on = ? WHERE subscriber_id IN (SELECT subscriber_id FROM page WHERE "
            "subscriber_id IS NOT NULL) AND stopped = 0 AND next_on <= ?",
            date.plus_days(1), date);
        Query(db_, sql).run();
        keys = keys.subspan(some.size());
    }
}

std::vector<AutomaticAccount> SqlAutomatic::accounts(OperatorId op, Currency currency,
                                                     const app::AutomaticQuery& query) {
    std::vector<RowKey> keys;
    {
        Query row(db_,
                  "SELECT DISTINCT a.subscriber_id FROM automatic_payments a WHERE a.operator_id = ? AND "
                  "a.subscriber_id > ? AND (? = 0 OR (a.stopped = 0 AND a.next_on <= ?)) ORDER BY a.subscriber_id "
                  "LIMIT ?",
                  op, query.after ? query.after->value() : 0, query.only_due, query.date, query.limit);
        while (row.next()) {
            const auto id = row.get<std::int64_t>();
            keys.push_back({id, id});
        }
    }
    std::vector<AutomaticAccount> accounts;
    each_row_of(
        db_, keys,
        "SELECT " + subscriber_columns +
            " FROM page p CROSS JOIN subscribers s WHERE s.subscriber_id = p.subscriber_id ORDER BY "
            "s.subscriber_id",
        [&](Query& row) {
            accounts.push_back({.subscriber = read_subscriber(row), .charged_this_month = Money::zero(currency)});
        });
    if (!accounts.empty()) AccountReader(db_, accounts, currency, query.date).read();
    return accounts;
}

std::vector<app::BillingFacts> SqlAutomatic::due_by(OperatorId op, Currency currency, Date through, SubscriberId first,
                                                    SubscriberId last) {
    auto accounts = DueAccounts(db_, {op, through, first, last, DueAccounts::Which::due_of_automatic}, currency).load();
    std::erase_if(accounts, [](const app::BillingFacts& facts) { return facts.account.sub_services.empty(); });
    return accounts;
}

void SqlAutomatic::add(std::span<const app::Checkout> checkouts) {
    CheckoutWriter writer(db_);
    for (const auto& checkout : checkouts) writer.add(checkout);
    writer.flush();
}

std::vector<app::CheckoutRow> SqlAutomatic::of_run(OperatorId op, std::int64_t run, app::CheckoutState state,
                                                   std::optional<app::CheckoutId> after, std::int64_t limit) {
    std::vector<app::CheckoutRow> rows;
    Query row(db_,
              "SELECT " + checkout_columns +
                  "WHERE c.automatic_run = ? AND c.state = ? AND c.id > ? AND (c.state <> 'pending' OR c.reference = "
                  "'') AND c.operator_id = ? ORDER BY c.id LIMIT ?",
              run, name_in(checkout_state_names, state), after ? after->value() : 0, op, limit);
    while (row.next()) rows.push_back(read_checkout(row));
    return rows;
}

void SqlAutomatic::given_up(const app::Checkout& c) {
    Query(db_, "UPDATE checkouts SET request_key = ? WHERE subscriber_id = ? AND id = ?", "given up " + c.id.text(),
          c.subscriber, c.id)
        .run();
    Query(db_,
          "UPDATE automatic_payments SET next_on = ? WHERE subscriber_id = ? AND id = ? AND next_on = ? AND stopped = "
          "0 AND failures = 0",
          *c.automatic_on, c.subscriber, *c.automatic, c.automatic_on->plus_days(1))
        .run();
}

std::vector<std::pair<app::CheckoutState, std::int64_t>> SqlAutomatic::counts_of_run(std::int64_t run) {
    std::vector<std::pair<app::CheckoutState, std::int64_t>> counts;
    Query row(db_, "SELECT state, COUNT(*) FROM checkouts WHERE automatic_run = ? GROUP BY state ORDER BY state", run);
    while (row.next()) {
        const auto state = read_enum<app::CheckoutState>(checkout_state_names, row);
        counts.emplace_back(state, row.get<std::int64_t>());
    }
    return counts;
}

}  // namespace sluice::store
