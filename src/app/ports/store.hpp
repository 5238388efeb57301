// Where facts are kept. One implementation in SQL serves every database (src/store); the contract suite holds for each.
// Failures of the store (gone, full, locked) are thrown as StoreFailure. Everything that belongs together is written
// between begin() and commit().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ports/administration.hpp"
#include "app/ports/automatic_store.hpp"
#include "app/ports/bank_statements.hpp"
#include "app/ports/cash_store.hpp"
#include "app/ports/collection_store.hpp"
#include "app/ports/discount_store.hpp"
#include "app/ports/gateway_store.hpp"
#include "app/ports/hasher.hpp"
#include "app/ports/listing.hpp"
#include "app/ports/payout_store.hpp"
#include "app/ports/pro_forma_store.hpp"
#include "app/ports/report_store.hpp"
#include "app/ports/schedule_store.hpp"
#include "app/ports/stored.hpp"
#include "domain/catalog/catalog.hpp"
#include "domain/customers/customers.hpp"
#include "domain/invoicing/decide.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/ledger/entry.hpp"
#include "domain/payments/allocate.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

// The world did not answer as it should: file gone, disk full, locked by another process, damaged.
class StoreFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Somebody else held or changed the same rows at this moment, and the transaction was ended for it: doing it again
// helps.
class Contention : public StoreFailure {
public:
    using StoreFailure::StoreFailure;
};

// The store was lost while a transaction was being committed: nobody knows whether it is there.
class CommitUncertain : public StoreFailure {
public:
    using StoreFailure::StoreFailure;
};

// The store refused a row that its constraints do not allow: a bug of ours, as with a broken promise.
class ConstraintViolated : public StoreFailure {
public:
    using StoreFailure::StoreFailure;
};

class WebhookStore;
class MessageStore;
class StaffStore;
class ComparisonStore;
class PriceUseStore;
class SettingsStore;
class NoteStore;

// Where a subscriber's journal stands: a projection of their entries that `sluice verify` re-derives.
struct JournalHead {
    std::int64_t entries = 0;
    Hash hash{};                  // of the last entry; zeros before the first
    Money balance;                // positive: in credit
    std::int64_t last_entry = 0;  // its id
};

struct NewSubService {
    const subscriptions::SubService* sub_service;
    std::optional<Date> next_billing_date;
    std::span<const invoicing::Line> lines;  // charged by another system: no billing date
};

struct NewUnit {
    customers::SubscriberId subscriber;
    customers::Unit unit;
};

// A sub-service after a command, with the charges that wait for their billing date's run.
struct ChangedSubService {
    subscriptions::SubService before;  // as it is stored
    subscriptions::SubService after;
    std::optional<Date> next_billing_date;
    std::vector<invoicing::Line> pending_lines = {};
};

// One account as a bill run loads it.
struct BillingFacts {
    invoicing::AccountFacts account;
    JournalHead head;
    std::vector<payments::OpenCredit> open_credits;
    std::vector<payments::OpenDocument> open_documents;  // only when there are open credits
};

struct ChainedEntry {
    ledger::Entry entry;
    Hash hash;
};

// One account's side of a bill run or payment, all of it written in one transaction.
struct BilledAccount {
    customers::SubscriberId subscriber;
    std::vector<invoicing::Document> documents;
    // Lines of `documents` that are stored already, because a command made them; sorted.
    std::vector<charging::LineId> stored_lines;
    std::vector<ChainedEntry> entries;
    std::vector<payments::Allocation> allocations;
    std::vector<payments::OpenCredit> new_credits;      // not used up at once
    std::vector<payments::OpenCredit> used_up_credits;  // stored ones
    std::vector<payments::OpenDocument> new_debts;  // `documents`, unless paid at once; stored ones that are open again
    std::vector<payments::OpenDocument> paid_debts;  // stored ones, with what is open now: in full, if nothing
    JournalHead head;
    std::vector<payments::Allocation> cut_allocations = {};  // stored ones, with what remains of them
    std::vector<payments::Refund> refunds = {};
    std::vector<payments::WriteOff> write_offs = {};
    std::vector<payments::Payment> payments = {};  // out of wallets, as that is all that comes in by itself
    std::vector<invoicing::Wallet> wallets = {};   // that have changed
};

struct ParkedAccount {
    customers::SubscriberId subscriber;
    std::string subscriber_code;
    Date date;  // the billing date that failed
    std::string reason;
    std::string facts;  // JSON, as they were loaded
};

struct DocumentFilter {
    std::optional<customers::SubscriberId> subscriber;
    std::optional<std::string> number;
    bool with_lines = false;
};

struct SubscriberBalance {
    customers::SubscriberId subscriber;
    std::string subscriber_code;
    std::string name;
    Money balance;
};

struct StoredEntry {
    ledger::Entry::Header header;
    std::vector<ledger::Posting> postings;
    Hash hash;
};

// Everything that is stored of one subscriber, for verification.
struct AccountHistory {
    customers::Subscriber subscriber;
    std::vector<subscriptions::SubService> sub_services = {};  // with all their suspended spans
    std::vector<std::optional<Date>> next_billing_dates = {};
    std::vector<StoredLine> lines = {};
    std::vector<StoredDocument> documents = {};  // without lines
    std::vector<StoredEntry> entries = {};       // in order
    std::vector<payments::Payment> payments = {};
    std::vector<payments::Allocation> allocations = {};
    std::vector<payments::Refund> refunds = {};
    std::vector<payments::WriteOff> write_offs = {};
    std::vector<invoicing::Wallet> wallets = {};
    std::vector<std::pair<payments::OpenCredit::From, std::int64_t>> open_credits = {};  // the work lists
    std::vector<payments::OpenDocument> open_documents = {};
    std::optional<JournalHead> head = {};
    std::vector<subscriptions::DiscountGrant> grants = {};
    std::vector<std::string> loose_rows = {};  // rows that belong to nothing: "a posting of entry_…"
};

struct NumberSeries {
    invoicing::DocumentType type;
    std::int32_t year;
    std::int64_t next;  // the number that the next document gets
};

class Store : public Listing,
              public Administration,
              public BankStatements,
              public GatewayStore,
              public CollectionStore,
              public ScheduleStore,
              public CashStore,
              public DiscountStore {
public:
    using Administration::add;
    using Administration::update;

    // For ids: a number, 0..1023, that nobody else who writes to the same database has until this store is closed;
    // `preferred` when it is free. Throws StoreFailure when all are taken.
    virtual int take_node(int preferred) = 0;

    // Transactions. An inner one can be undone without the outer one; only the outermost commit makes anything durable.
    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void rollback() = 0;
    // How long the present transaction waits for what others hold: whoever holds something already waits so shortly
    // that nobody gets stuck, and then throws Contention. REQUIRES: no inner transaction.
    virtual void wait_shortly(bool shortly) = 0;

    // Operators and their catalogues
    virtual void add(const customers::Operator& op) = 0;
    // All but its code, currency and time zone, and how far it is billed. Its policies replace those that are stored.
    virtual void update(const customers::Operator& op) = 0;
    virtual void add(customers::OperatorId op, const catalog::Product& product) = 0;
    virtual void add(customers::OperatorId op, const catalog::PriceVersion& version) = 0;
    virtual void add(customers::OperatorId op, const catalog::TaxRule& rule) = 0;
    virtual std::vector<customers::Operator> operators() = 0;
    virtual std::optional<customers::Operator> find_operator(customers::OperatorId op) = 0;
    virtual catalog::Catalog catalog(customers::OperatorId op) = 0;
    virtual void save_billed_through(customers::OperatorId op, Date through) = 0;

    // Customers
    virtual void add(customers::OperatorId op, std::span<const customers::Subscriber> subscribers) = 0;
    virtual void add(std::span<const NewUnit> units) = 0;
    // All but the codes.
    virtual void update(customers::OperatorId op, const customers::Subscriber& subscriber) = 0;
    virtual void update(customers::SubscriberId subscriber, const customers::Unit& unit) = 0;
    virtual std::optional<customers::Subscriber> find_subscriber(customers::OperatorId op, std::string_view code) = 0;
    // Holds an account until the transaction ends, so that nobody else changes it meanwhile: first this, then what the
    // change is decided by. Where one writes alone nothing happens. An unknown code holds nothing.
    virtual void hold(customers::OperatorId op, std::string_view subscriber_code) = 0;
    // An operator's settings in the same way.
    virtual void hold(customers::OperatorId op) = 0;
    // Many accounts. GIVES: which are held; without `wait` those are left out that somebody else holds.
    virtual std::vector<customers::SubscriberId> hold(std::span<const customers::SubscriberId> subscribers,
                                                      bool wait) = 0;
    virtual std::optional<customers::Unit> find_unit(customers::SubscriberId subscriber, std::string_view code) = 0;

    // Sub-services
    virtual void add(customers::OperatorId op, std::span<const NewSubService> sub_services) = 0;
    virtual bool has_sub_service(customers::SubscriberId subscriber, std::string_view code) = 0;
    // The account with this one sub-service and its open lines; nothing if there is none of that code.
    // A command on `date` can credit the open lines.
    virtual std::optional<invoicing::AccountFacts> find_account(const customers::Subscriber& subscriber,
                                                                std::string_view sub_service_code, Date date) = 0;
    // Who holds the serial number, as "subscriber/sub-service"; nothing if nobody does.
    virtual std::optional<std::string> holder_of_serial(customers::OperatorId op, std::string_view serial) = 0;
    virtual void save(customers::OperatorId op, const ChangedSubService& changed) = 0;

    // Billing
    // The earliest date after `after` (from the beginning without it) on which something is due.
    virtual std::optional<Date> next_billing_date(customers::OperatorId op, std::optional<Date> after) = 0;
    virtual std::int64_t count_due(customers::OperatorId op, Date through) = 0;
    // Accounts with something due on `date`, not parked, in order of creation after `after`: as many as hold about
    // `max_sub_services` due sub-services, at least one if there is any.
    virtual std::vector<customers::SubscriberId> due_subscribers(customers::OperatorId op, Date date,
                                                                 std::optional<customers::SubscriberId> after,
                                                                 std::int64_t max_sub_services) = 0;
    // The accounts from `first` to `last` (parked ones left out unless it is one account) with the sub-services on
    // which something is due by `through`.
    virtual std::vector<BillingFacts> due_accounts(customers::OperatorId op, Date through,
                                                   customers::SubscriberId first, customers::SubscriberId last) = 0;
    // The same with the sub-services in service of those with an open document that is due by `due_by`.
    virtual std::vector<BillingFacts> indebted_accounts(customers::OperatorId op, Date due_by,
                                                        customers::SubscriberId first,
                                                        customers::SubscriberId last) = 0;
    // The next accounts after `after` with something due by `through`, all dates at once, in order of creation: as many
    // as hold about `max_sub_services` due sub-services. Parked accounts are left out.
    virtual std::vector<BillingFacts> accounts_due_by(customers::OperatorId op, Date through,
                                                      std::optional<customers::SubscriberId> after,
                                                      std::int64_t max_sub_services) = 0;
    // Held until the transaction ends: nobody else numbers documents of this series meanwhile.
    virtual NumberSeries hold_number_series(customers::OperatorId op, invoicing::DocumentType type,
                                            std::int32_t year) = 0;
    virtual std::vector<NumberSeries> number_series(customers::OperatorId op) = 0;
    virtual void save(customers::OperatorId op, const NumberSeries& series) = 0;
    // What a bill run leaves, in two steps of one transaction: first what needs no numbers of documents (sub-services
    // as they are now; documents with very many lines), then the same accounts, numbered, with all else.
    virtual void save_ahead(customers::OperatorId op, std::span<const ChangedSubService> sub_services,
                            std::span<const BilledAccount> accounts) = 0;
    virtual void save(customers::OperatorId op, std::span<const BilledAccount> accounts) = 0;

    // What a payment pays of which documents.
    virtual std::vector<payments::Use> uses(const payments::Payment& payment) = 0;
    // All credits of lines of these items, in order of creation.
    virtual std::vector<invoicing::Line> credits_of(customers::SubscriberId subscriber,
                                                    std::span<const subscriptions::ItemId> items) = 0;

    // `facts`: as they were loaded; null when they could not be.
    virtual void park(customers::OperatorId op, customers::SubscriberId subscriber, Date date, std::string_view reason,
                      const BillingFacts* facts) = 0;
    virtual void unpark(customers::SubscriberId subscriber) = 0;
    virtual std::vector<ParkedAccount> parked_accounts(customers::OperatorId op) = 0;

    // Payments
    // The journal and the debts of one subscriber, and where there are debts the credits: else these pay for nothing,
    // and may be very many. No sub-services.
    virtual BillingFacts payment_facts(const customers::Subscriber& subscriber, Currency currency) = 0;
    // The same with all credits.
    virtual BillingFacts account_facts(const customers::Subscriber& subscriber, Currency currency) = 0;
    virtual void add(customers::OperatorId op, const payments::Payment& payment) = 0;

    // What is told to others; written in this store's transactions.
    virtual WebhookStore& webhooks() = 0;
    virtual MessageStore& messages() = 0;
    virtual ProFormaStore& pro_formas() = 0;
    virtual AutomaticStore& automatic() = 0;
    virtual PayoutStore& payouts() = 0;
    virtual ReportStore& reports() = 0;
    virtual StaffStore& staff() = 0;
    virtual ComparisonStore& comparisons() = 0;
    virtual PriceUseStore& price_uses() = 0;
    virtual SettingsStore& settings() = 0;
    virtual NoteStore& notes() = 0;

    // Reading. Pages hold at most `limit` rows; the next page begins after the last row of the one before.
    virtual std::vector<StoredDocument> documents(customers::OperatorId op, const DocumentFilter& filter,
                                                  std::optional<std::pair<Date, invoicing::DocumentId>> after,
                                                  std::int64_t limit) = 0;
    virtual std::vector<SubscriberBalance> balances(customers::OperatorId op,
                                                    std::optional<customers::SubscriberId> after,
                                                    std::int64_t limit) = 0;
    using Listing::find_line;
    virtual std::optional<StoredLine> find_line(charging::LineId line) = 0;
    virtual std::vector<AccountHistory> histories(const customers::Operator& op,
                                                  std::optional<customers::SubscriberId> after, std::int64_t limit) = 0;
};

// A store that one thread of this process writes to while others read.
class Database {
public:
    virtual ~Database() = default;
    virtual Store& writer() = 0;
    virtual bool has_many_writers() const = 0;
    // One more that writes, for a thread of its own; null where only one can write.
    virtual std::unique_ptr<Store> open_writer() = 0;
    // Sees what has been committed; between begin() and commit() one moment of it. Each is for one thread at a time,
    // and must be gone before the database.
    virtual std::unique_ptr<Store> open_reader() = 0;
};

// Commits when told to; rolls back when it is left without.
class Transaction {
public:
    explicit Transaction(Store& store) : store_(store) { store_.begin(); }
    ~Transaction() {
        if (!open_) return;
        try {
            store_.rollback();
        } catch (const StoreFailure&) {
            // The failure that brought us here is on its way up already; a lost connection has rolled back by itself.
        }
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
        store_.commit();
        open_ = false;
    }

private:
    Store& store_;
    bool open_ = true;
};

}  // namespace sluice::app
