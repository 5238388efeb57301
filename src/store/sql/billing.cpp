// Bill runs: what is due, loaded and saved for many accounts with few statements.
#include <algorithm>
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/document_rows.hpp"
#include "store/sql/due_accounts.hpp"
#include "store/sql/facts_json.hpp"
#include "store/sql/line_writer.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using invoicing::DocumentId;
using subscriptions::SubServiceId;

std::optional<Date> SqlStore::next_billing_date(OperatorId op, std::optional<Date> after) {
    Query row(*db_, "SELECT MIN(next_billing_date) FROM sub_services WHERE operator_id = ? AND next_billing_date > ?",
              op, after.value_or(*Date::parse("1900-01-01")));
    return row.next() ? row.get<std::optional<Date>>() : std::nullopt;
}

std::int64_t SqlStore::count_due(OperatorId op, Date through) {
    Query row(*db_, "SELECT COUNT(*) FROM sub_services WHERE operator_id = ? AND next_billing_date <= ?", op, through);
    return row.next() ? row.get<std::int64_t>() : 0;
}

std::vector<SubscriberId> SqlStore::due_subscribers(OperatorId op, Date date, std::optional<SubscriberId> after,
                                                    std::int64_t max_sub_services) {
    std::vector<SubscriberId> subscribers;
    Query row(
        *db_,
        "SELECT b.subscriber_id, COUNT(*) FROM sub_services b WHERE b.operator_id = ? AND b.next_billing_date = ? AND "
        "b.subscriber_id > ? AND NOT EXISTS (SELECT 1 FROM parked_accounts k WHERE k.subscriber_id = "
        "b.subscriber_id) GROUP BY b.subscriber_id ORDER BY b.subscriber_id LIMIT ?",
        op, date, after ? after->value() : 0, max_sub_services);
    for (std::int64_t found = 0; found < max_sub_services && row.next();) {
        subscribers.push_back(row.get<SubscriberId>());
        found += row.get<std::int64_t>();
    }
    return subscribers;
}

std::vector<app::BillingFacts> SqlStore::due_accounts(OperatorId op, Date through, SubscriberId first,
                                                      SubscriberId last) {
    return load_due({op, through, first, last});
}

std::vector<app::BillingFacts> SqlStore::indebted_accounts(OperatorId op, Date due_by, SubscriberId first,
                                                           SubscriberId last) {
    using Which = DueAccounts::Which;
    return DueAccounts(*db_, {op, due_by, first, last, Which::in_service_of_debtors}, currency_of(op)).load();
}

std::vector<app::BillingFacts> SqlStore::accounts_due_by(OperatorId op, Date through, std::optional<SubscriberId> after,
                                                         std::int64_t max_sub_services) {
    std::optional<SubscriberId> first;
    std::optional<SubscriberId> last;
    {
        Query row(*db_,
                  "SELECT b.subscriber_id, COUNT(*) FROM sub_services b WHERE b.operator_id + 0 = ? AND "
                  "b.next_billing_date <= ? AND b.subscriber_id > ? GROUP BY b.subscriber_id ORDER BY b.subscriber_id "
                  "LIMIT ?",
                  op, through, after ? after->value() : 0, max_sub_services);
        for (std::int64_t found = 0; found < max_sub_services && row.next();) {
            last = row.get<SubscriberId>();
            if (!first) first = last;
            found += row.get<std::int64_t>();
        }
    }
    if (!first) return {};
    return load_due({op, through, *first, *last, DueAccounts::Which::due_by_then});
}

std::vector<app::BillingFacts> SqlStore::load_due(const DueAccounts::Range& range) {
    const Currency currency = currency_of(range.op);
    auto accounts = DueAccounts(*db_, range, currency).load();
    if (load_credits(accounts, range.first, range.last, currency))
        load_debts_beside_credits(accounts, range.first, range.last, currency);
    std::erase_if(accounts, [](const app::BillingFacts& facts) { return facts.account.sub_services.empty(); });
    return accounts;
}

namespace {

std::unordered_map<SubscriberId, app::BillingFacts*> by_subscriber(std::vector<app::BillingFacts>& accounts) {
    std::unordered_map<SubscriberId, app::BillingFacts*> account_of;
    for (auto& facts : accounts) account_of.emplace(facts.account.subscriber.id, &facts);
    return account_of;
}

}  // namespace

// Credit that pays for nothing yet.
bool SqlStore::load_credits(std::vector<app::BillingFacts>& accounts, SubscriberId first, SubscriberId last,
                            Currency currency) {
    const auto account_of = by_subscriber(accounts);
    bool any = false;
    Query row(*db_,
              "SELECT o.subscriber_id, o.source, o.source_id, COALESCE(p.amount, -d.total) - COALESCE((SELECT "
              "SUM(a.amount) FROM allocations a WHERE a.subscriber_id = o.subscriber_id AND a.source = o.source AND "
              "a.source_id = o.source_id), 0) - COALESCE((SELECT SUM(r.amount) FROM refunds r WHERE r.subscriber_id = "
              "o.subscriber_id AND r.payment_id = o.source_id), 0) FROM open_credits o LEFT JOIN payments p ON "
              "o.source = 'payment' AND "
              "p.subscriber_id = o.subscriber_id AND p.id = o.source_id LEFT JOIN documents d ON o.source = "
              "'credit_note' AND d.subscriber_id = o.subscriber_id AND d.id = o.source_id WHERE o.subscriber_id "
              "BETWEEN ? AND ? ORDER BY o.subscriber_id, o.source_id",
              first, last);
    while (row.next()) {
        const auto found = account_of.find(row.get<SubscriberId>());
        const auto source = read_enum<payments::OpenCredit::From>(credit_source_names, row);
        const auto id = row.get<std::int64_t>();
        if (found == account_of.end()) continue;
        found->second->open_credits.push_back({source, id, row.money(currency)});
        any = true;
    }
    return any;
}

void SqlStore::load_debts_beside_credits(std::vector<app::BillingFacts>& accounts, SubscriberId first,
                                         SubscriberId last, Currency currency) {
    const auto account_of = by_subscriber(accounts);
    Query row(*db_,
              "SELECT o.subscriber_id, " + open_document_columns +
                  " FROM open_documents o WHERE o.subscriber_id BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM open_credits "
                  "c WHERE c.subscriber_id = o.subscriber_id)",
              first, last);
    while (row.next()) {
        const auto found = account_of.find(row.get<SubscriberId>());
        const auto debt = read_open_document(row, currency);
        if (found != account_of.end()) found->second->open_documents.push_back(debt);
    }
}

std::vector<app::NumberSeries> SqlStore::number_series(OperatorId op) {
    std::vector<app::NumberSeries> all;
    Query row(*db_, "SELECT type, year, next FROM number_series WHERE operator_id = ? ORDER BY type, year", op);
    while (row.next()) {
        const auto type = read_enum<invoicing::DocumentType>(document_type_names, row);
        const auto year = row.get<std::int32_t>();
        all.push_back({type, year, row.get<std::int64_t>()});
    }
    return all;
}

void SqlStore::save(OperatorId op, const app::NumberSeries& series) {
    Query(*db_,
          "INSERT INTO number_series (operator_id, type, year, next) VALUES (?,?,?,?) ON CONFLICT (operator_id, type, "
          "year) "
          "DO UPDATE SET next = excluded.next",
          op, name_in(document_type_names, series.type), series.year, series.next)
        .run();
}

namespace {

// Documents with their lines.
class DocumentWriter {
public:
    // `bill_run`: that issues them; none: a clerk does.
    DocumentWriter(Connection& db, std::optional<app::JobId> bill_run)
        : bill_run_(bill_run),
          documents_(db, "documents",
                     {"subscriber_id", "id",  "operator_id", "type",    "year",    "sequence",     "number",
                      "date",          "due", "currency",    "unit_id", "contact", "organization", "country",
                      "region",        "net", "tax",         "total",   "reason",  "bill_run_id"}),
          lines_(db) {
        lines_.after(documents_);
    }

    // A document without a number yet gets one later, in this transaction.
    void add(OperatorId op, const app::BilledAccount& account) {
        for (const auto& d : account.documents) {
            documents_.row(d.subscriber, d.id, op, name_in(document_type_names, d.type), d.year,
                           std::max<std::int64_t>(d.sequence, 1), d.number, d.date, d.due, d.currency.code(), d.unit,
                           d.contact, d.organization, d.country, d.region, d.net, d.tax, d.total, d.reason, bill_run_);
            for (const auto& line : d.lines)
                if (!std::binary_search(account.stored_lines.begin(), account.stored_lines.end(), line.charge.id))
                    lines_.add(d.subscriber, d.id, line);
        }
    }
    Inserter& documents() { return documents_; }
    void flush() {
        documents_.flush();
        lines_.flush();
    }

private:
    std::optional<app::JobId> bill_run_;
    Inserter documents_;
    LineWriter lines_;
};

// Whether it pays to store an account's documents before they have numbers, and to change them once more: its lines
// would keep all others waiting who want numbers.
bool goes_ahead(const app::BilledAccount& account) {
    constexpr std::size_t many_lines = 1'000;
    std::size_t lines = 0;
    for (const auto& document : account.documents) lines += document.lines.size();
    return lines >= many_lines;
}

}  // namespace

void SqlStore::save_ahead(OperatorId op, std::span<const app::ChangedSubService> sub_services,
                          std::span<const app::BilledAccount> accounts) {
    SubServiceUpdater updater(*db_);
    for (const auto& changed : sub_services)
        update(op, changed.before, changed.after, changed.next_billing_date, updater);
    updater.flush();
    LineWriter waiting(*db_);
    for (const auto& changed : sub_services)
        for (const auto& line : changed.pending_lines) waiting.add(changed.after.subscriber, std::nullopt, line);
    waiting.flush();
    DocumentWriter documents(*db_, occasion_.bill_run);
    for (const auto& account : accounts)
        if (goes_ahead(account)) documents.add(op, account);
    documents.flush();
}

void SqlStore::save(OperatorId op, std::span<const app::BilledAccount> accounts) {
    DocumentWriter documents(*db_, occasion_.bill_run);
    Updater numbers(*db_, "documents", 2,
                    {{"subscriber_id", Updater::Type::integer},
                     {"id", Updater::Type::integer},
                     {"sequence", Updater::Type::integer},
                     {"number", Updater::Type::text}});
    Inserter debts(*db_, "open_documents",
                   {"subscriber_id", "id", "operator_id", "date", "due", "sequence", "total", "open"});
    debts.after(documents.documents());
    Inserter entries(*db_, "entries", {"subscriber_id", "id", "date", "source", "source_id", "hash"});
    Inserter postings(*db_, "postings", {"subscriber_id", "entry_id", "position", "account", "currency", "amount"});
    postings.after(entries);
    Inserter allocations(*db_, "allocations", {"subscriber_id", "source", "source_id", "document_id", "amount"});
    allocations.after(documents.documents());
    Inserter more_allocations(*db_, "allocations", {"subscriber_id", "source", "source_id", "document_id", "amount"});
    more_allocations.or_update(
        "(subscriber_id, source, source_id, document_id) DO UPDATE SET amount = allocations.amount + excluded.amount");
    Inserter refunds(*db_, "refunds",
                     {"subscriber_id", "id", "payment_id", "kind", "date", "currency", "amount", "fee", "method",
                      "reference", "wallet_id"});
    Inserter write_offs(*db_, "write_offs",
                        {"subscriber_id", "id", "document_id", "date", "currency", "amount", "reason"});
    for (const auto& account : accounts) {
        if (goes_ahead(account))
            for (const auto& d : account.documents) numbers.row(d.subscriber, d.id, d.sequence, d.number);
        else
            documents.add(op, account);
        for (const auto& debt : account.new_debts)
            debts.row(account.subscriber, debt.id, op, debt.date, debt.due, debt.sequence, debt.total, debt.open);
        for (const auto& [entry, hash] : account.entries) {
            const auto& h = entry.header();
            entries.row(h.subscriber, h.id, h.date, name_in(entry_source_names, h.source), h.source_id, hash);
            std::int64_t position = 0;
            for (const auto& posting : entry.postings())
                postings.row(h.subscriber, h.id, position++, name_in(account_names, posting.account),
                             posting.amount.currency().code(), posting.amount);
        }
        for (const auto& r : account.refunds)
            refunds.row(r.subscriber, r.id, r.payment, name_in(refund_kind_names, r.kind), r.date,
                        r.amount.currency().code(), r.amount, r.fee, r.method, r.reference, r.wallet);
        for (const auto& w : account.write_offs)
            write_offs.row(w.subscriber, w.id, w.document, w.date, w.amount.currency().code(), w.amount, w.reason);
        // Credit may pay more of a document that it pays already only where a charge-back has opened that again.
        auto& allocating = account.cut_allocations.empty() ? allocations : more_allocations;
        for (const auto& a : account.allocations)
            allocating.row(account.subscriber, name_in(credit_source_names, a.from), a.credit, a.document, a.amount);
    }
    documents.flush();
    numbers.flush();
    debts.flush();
    entries.flush();
    postings.flush();
    allocations.flush();
    more_allocations.flush();
    refunds.flush();
    write_offs.flush();
    for (const auto& account : accounts) {
        if (!account.payments.empty()) add_payments(op, account.payments);
        save_wallets(account.subscriber, account.wallets);
        save_stored_lines(account);
        save_credit_changes(account);
    }
    constexpr auto integer = Updater::Type::integer;
    Updater settled(*db_, "open_documents", 2, {{"subscriber_id", integer}, {"id", integer}});
    Updater part_paid(*db_, "open_documents", 2, {{"subscriber_id", integer}, {"id", integer}, {"open", integer}});
    for (const auto& account : accounts)
        for (const auto& debt : account.paid_debts)
            if (debt.open.is_zero())
                settled.row(account.subscriber, debt.id);
            else
                part_paid.row(account.subscriber, debt.id, debt.open);
    settled.flush();
    part_paid.flush();
    Updater heads(*db_, "journal_heads", 1,
                  {{"subscriber_id", integer},
                   {"entries", integer},
                   {"hash", Updater::Type::bytes},
                   {"balance", integer},
                   {"last_entry_id", integer}});
    for (const auto& account : accounts)
        if (!account.entries.empty())
            heads.row(account.subscriber, account.head.entries, account.head.hash, account.head.balance,
                      account.head.last_entry);
    heads.flush();
}

// Lines that commands made beforehand go on the documents that were issued now.
void SqlStore::save_stored_lines(const app::BilledAccount& account) {
    if (account.stored_lines.empty()) return;
    for (const auto& document : account.documents)
        for (const auto& line : document.lines)
            if (std::binary_search(account.stored_lines.begin(), account.stored_lines.end(), line.charge.id))
                Query(*db_, "UPDATE lines SET document_id = ? WHERE subscriber_id = ? AND id = ?", document.id,
                      account.subscriber, line.charge.id)
                    .run();
}

void SqlStore::save_credit_changes(const app::BilledAccount& account) {
    for (const auto& credit : account.new_credits)
        Query(*db_, "INSERT INTO open_credits (subscriber_id, source, source_id) VALUES (?,?,?)", account.subscriber,
              name_in(credit_source_names, credit.from), credit.id)
            .run();
    for (const auto& credit : account.used_up_credits)
        Query(*db_, "DELETE FROM open_credits WHERE subscriber_id = ? AND source = ? AND source_id = ?",
              account.subscriber, name_in(credit_source_names, credit.from), credit.id)
            .run();
    for (const auto& cut : account.cut_allocations)
        if (cut.amount.is_zero())
            Query(
                *db_,
                "DELETE FROM allocations WHERE subscriber_id = ? AND source = ? AND source_id = ? AND document_id = ?",
                account.subscriber, name_in(credit_source_names, cut.from), cut.credit, cut.document)
                .run();
        else
            Query(*db_,
                  "UPDATE allocations SET amount = ? WHERE subscriber_id = ? AND source = ? AND source_id = ? AND "
                  "document_id = ?",
                  cut.amount, account.subscriber, name_in(credit_source_names, cut.from), cut.credit, cut.document)
                .run();
}

void SqlStore::park(OperatorId op, SubscriberId subscriber, Date date, std::string_view reason,
                    const app::BillingFacts* facts) {
    Query(
        *db_,
        "INSERT INTO parked_accounts (subscriber_id, operator_id, date, reason, facts) VALUES (?,?,?,?,?) ON CONFLICT "
        "(subscriber_id) DO UPDATE SET date = excluded.date, reason = excluded.reason, facts = excluded.facts",
        subscriber, op, date, reason, facts ? facts_json(*facts) : std::string("{}"))
        .run();
}

void SqlStore::unpark(SubscriberId subscriber) {
    Query(*db_, "DELETE FROM parked_accounts WHERE subscriber_id = ?", subscriber).run();
}

std::vector<app::ParkedAccount> SqlStore::parked_accounts(OperatorId op) {
    std::vector<app::ParkedAccount> parked;
    Query row(*db_,
              "SELECT k.subscriber_id, s.code, k.date, k.reason, k.facts FROM parked_accounts k JOIN subscribers s ON "
              "s.subscriber_id = k.subscriber_id WHERE k.operator_id = ? ORDER BY k.subscriber_id",
              op);
    while (row.next()) {
        const auto id = row.get<SubscriberId>();
        auto code = row.get<std::string>();
        const auto date = row.get<Date>();
        auto reason = row.get<std::string>();
        parked.push_back({id, std::move(code), date, std::move(reason), row.get<std::string>()});
    }
    return parked;
}

app::BillingFacts SqlStore::journal_facts(const customers::Subscriber& subscriber, Currency currency,
                                          bool all_credits) {
    std::vector<app::BillingFacts> one;
    one.push_back({.account = {.subscriber = subscriber, .units = {}, .sub_services = {}, .pending_lines = {}},
                   .head = {.balance = Money::zero(currency)},
                   .open_credits = {},
                   .open_documents = {}});
    {
        Query row(*db_, "SELECT entries, hash, balance, last_entry_id FROM journal_heads WHERE subscriber_id = ?",
                  subscriber.id);
        if (row.next()) {
            one.front().head.entries = row.get<std::int64_t>();
            one.front().head.hash = row.get<app::Hash>();
            one.front().head.balance = row.money(currency);
            one.front().head.last_entry = row.get<std::int64_t>();
        }
    }
    // Earlier credit has nothing to pay where there is no debt, however much of it there is.
    load_debts(one.front(), currency);
    if (all_credits || !one.front().open_documents.empty()) load_credits(one, subscriber.id, subscriber.id, currency);
    return std::move(one.front());
}

std::vector<payments::Use> SqlStore::uses(const payments::Payment& payment) {
    std::vector<payments::Use> uses;
    Query row(*db_,
              "SELECT a.amount, d.id, d.date, d.due, d.sequence, d.total, COALESCE(o.open, 0) FROM allocations a JOIN "
              "documents d ON d.subscriber_id = a.subscriber_id AND d.id = a.document_id LEFT JOIN open_documents o ON "
              "o.subscriber_id = a.subscriber_id AND o.id = a.document_id WHERE a.subscriber_id = ? AND a.source = "
              "'payment' AND a.source_id = ?",
              payment.subscriber, payment.id);
    while (row.next()) {
        const auto amount = row.money(payment.amount.currency());
        uses.push_back({read_open_document(row, payment.amount.currency()), amount});
    }
    return uses;
}

void SqlStore::load_debts(app::BillingFacts& facts, Currency currency) {
    Query row(*db_, "SELECT " + open_document_columns + " FROM open_documents o WHERE o.subscriber_id = ?",
              facts.account.subscriber.id);
    while (row.next()) facts.open_documents.push_back(read_open_document(row, currency));
}

void SqlStore::add(OperatorId op, const payments::Payment& payment) {
    Query(*db_,
          "INSERT INTO payments (subscriber_id, id, operator_id, date, currency, amount, method, reference, wallet_id) "
          "VALUES (?,?,?,?,?,?,?,?,?)",
          payment.subscriber, payment.id, op, payment.date, payment.amount.currency().code(), payment.amount,
          payment.method, payment.reference, payment.wallet)
        .run();
}

}  // namespace sluice::store
