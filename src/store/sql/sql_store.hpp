// The store in SQL, written once for every database.
#pragma once

#include <memory>

#include "app/ports/store.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/due_accounts.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

class Sql;
class SqlProFormas;
class SqlWebhooks;
class SqlMessages;
class SqlAutomatic;
class SqlPayouts;
class SqlReports;
class SqlStaff;
class SqlComparisons;
class SqlPriceUses;
class SqlSettings;
class SqlNotes;

// Changes rows of sub-services, without what hangs on them.
class SubServiceUpdater {
public:
    explicit SubServiceUpdater(Connection& db);
    void add(const subscriptions::SubService& after, std::optional<Date> next_billing_date);
    void add(customers::SubscriberId subscriber, const subscriptions::Item& after);
    void flush() {
        rows_.flush();
        items_.flush();
        discount_uses_.flush();
        spans_.flush();
    }
    void add_uses(customers::SubscriberId subscriber, const subscriptions::Item& item,
                  const std::vector<subscriptions::DiscountUse>& before);
    void add(customers::SubscriberId subscriber, subscriptions::SubServiceId sub_service,
             const subscriptions::SuspendedSpan& span);

private:
    Updater rows_;
    Updater items_;
    Inserter discount_uses_;
    Inserter spans_;
};

class SqlStore final : public app::Store {
public:
    // REQUIRES: the migrations have run on `connection`.
    explicit SqlStore(std::unique_ptr<Connection> connection);
    ~SqlStore() override;

    int take_node(int preferred) override { return db_->take_node(preferred); }

    void begin() override;
    void commit() override;
    void rollback() override;
    void wait_shortly(bool shortly) override { db_->wait_shortly(shortly); }

    void add(const customers::Operator& op) override;
    void update(const customers::Operator& op) override;
    void add(customers::OperatorId op, const catalog::Product& product) override;
    void add(customers::OperatorId op, const catalog::PriceVersion& version) override;
    void add(customers::OperatorId op, const catalog::TaxRule& rule) override;

    void add_discount(customers::OperatorId op, const catalog::Discount& discount) override;
    void end_discount(customers::OperatorId op, catalog::DiscountId discount, Date ends_on) override;
    bool is_discount_used(customers::OperatorId op, catalog::DiscountId discount) override;
    void remove_discount(customers::OperatorId op, catalog::DiscountId discount) override;
    void add_promo_code(customers::OperatorId op, const app::PromoCode& code) override;
    void end_promo_code(customers::OperatorId op, subscriptions::PromoCodeId code, Date ends_on) override;
    std::vector<app::PromoCode> promo_codes(customers::OperatorId op) override;
    std::optional<app::PromoCode> find_promo_code(customers::OperatorId op, std::string_view code) override;
    std::optional<app::PromoCode> use_promo_code(customers::OperatorId op, std::string_view code) override;
    std::int64_t uses_of(customers::SubscriberId subscriber, subscriptions::PromoCodeId code) override;
    void add_grant(customers::OperatorId op, const subscriptions::DiscountGrant& grant) override;
    void revoke_grant(customers::SubscriberId subscriber, subscriptions::DiscountGrantId grant, Date date) override;
    std::optional<app::DiscountGrantRow> find_grant(customers::OperatorId op,
                                                    subscriptions::DiscountGrantId grant) override;
    std::vector<app::DiscountGrantRow> grants(customers::OperatorId op, const app::DiscountGrantQuery& query) override;

    std::vector<customers::Operator> operators() override;
    std::optional<customers::Operator> find_operator(customers::OperatorId op) override;
    catalog::Catalog catalog(customers::OperatorId op) override;
    void save_billed_through(customers::OperatorId op, Date through) override;

    void add(customers::OperatorId op, std::span<const customers::Subscriber> subscribers) override;
    void add(std::span<const app::NewUnit> units) override;
    void update(customers::OperatorId op, const customers::Subscriber& subscriber) override;
    void update(customers::SubscriberId subscriber, const customers::Unit& unit) override;
    std::optional<customers::Subscriber> find_subscriber(customers::OperatorId op, std::string_view code) override;
    void hold(customers::OperatorId op) override;
    void hold(customers::OperatorId op, std::string_view subscriber_code) override;
    std::vector<customers::SubscriberId> hold(std::span<const customers::SubscriberId> subscribers, bool wait) override;
    std::optional<customers::Unit> find_unit(customers::SubscriberId subscriber, std::string_view code) override;

    void add(customers::OperatorId op, std::span<const app::NewSubService> sub_services) override;
    bool has_sub_service(customers::SubscriberId subscriber, std::string_view code) override;
    std::optional<invoicing::AccountFacts> find_account(const customers::Subscriber& subscriber,
                                                        std::string_view sub_service_code, Date date) override;
    std::optional<std::string> holder_of_serial(customers::OperatorId op, std::string_view serial) override;
    void save(customers::OperatorId op, const app::ChangedSubService& changed) override;

    std::optional<Date> next_billing_date(customers::OperatorId op, std::optional<Date> after) override;
    std::int64_t count_due(customers::OperatorId op, Date through) override;
    std::vector<customers::SubscriberId> due_subscribers(customers::OperatorId op, Date date,
                                                         std::optional<customers::SubscriberId> after,
                                                         std::int64_t max_sub_services) override;
    std::vector<app::BillingFacts> due_accounts(customers::OperatorId op, Date through, customers::SubscriberId first,
                                                customers::SubscriberId last) override;
    std::vector<app::BillingFacts> accounts_due_by(customers::OperatorId op, Date through,
                                                   std::optional<customers::SubscriberId> after,
                                                   std::int64_t max_sub_services) override;
    std::vector<app::BillingFacts> indebted_accounts(customers::OperatorId op, Date due_by,
                                                     customers::SubscriberId first,
                                                     customers::SubscriberId last) override;
    app::NumberSeries hold_number_series(customers::OperatorId op, invoicing::DocumentType type,
                                         std::int32_t year) override;
    std::vector<app::NumberSeries> number_series(customers::OperatorId op) override;
    void save(customers::OperatorId op, const app::NumberSeries& series) override;
    void save_ahead(customers::OperatorId op, std::span<const app::ChangedSubService> sub_services,
                    std::span<const app::BilledAccount> accounts) override;
    void save(customers::OperatorId op, std::span<const app::BilledAccount> accounts) override;

    std::vector<payments::Use> uses(const payments::Payment& payment) override;
    std::vector<invoicing::Line> credits_of(customers::SubscriberId subscriber,
                                            std::span<const subscriptions::ItemId> items) override;
    void park(customers::OperatorId op, customers::SubscriberId subscriber, Date date, std::string_view reason,
              const app::BillingFacts* facts) override;
    void unpark(customers::SubscriberId subscriber) override;
    std::vector<app::ParkedAccount> parked_accounts(customers::OperatorId op) override;

    app::BillingFacts payment_facts(const customers::Subscriber& subscriber, Currency currency) override {
        return journal_facts(subscriber, currency, false);
    }
    app::BillingFacts account_facts(const customers::Subscriber& subscriber, Currency currency) override {
        return journal_facts(subscriber, currency, true);
    }
    void add(customers::OperatorId op, const payments::Payment& payment) override;

    std::vector<app::StoredDocument> documents(customers::OperatorId op, const app::DocumentFilter& filter,
                                               std::optional<std::pair<Date, invoicing::DocumentId>> after,
                                               std::int64_t limit) override;
    std::vector<app::SubscriberBalance> balances(customers::OperatorId op, std::optional<customers::SubscriberId> after,
                                                 std::int64_t limit) override;
    std::optional<app::StoredLine> find_line(charging::LineId line) override;
    std::vector<app::AccountHistory> histories(const customers::Operator& op,
                                               std::optional<customers::SubscriberId> after,
                                               std::int64_t limit) override;

    void hold_first_key() override;
    void add(const app::ApiKey& key) override;
    std::vector<app::ApiKey> api_keys() override;
    void revoke(app::ApiKeyId key, Instant at) override;
    std::optional<app::KeptAnswer> find_answer(std::optional<customers::OperatorId> op, std::string_view key) override;
    void keep(std::optional<customers::OperatorId> op, std::string_view key, const app::KeptAnswer& answer,
              Instant at) override;
    std::int64_t forget_answers_before(Instant time, std::int64_t limit) override;
    void set_occasion(app::Occasion occasion) override;
    void add_events(customers::OperatorId op, std::span<const app::NewEvent> events) override;
    std::optional<customers::SubscriberId> subscriber_of_occasion() const override { return subscriber_of_occasion_; }
    std::vector<app::Event> events(customers::OperatorId op, const app::EventQuery& query) override;
    void add(const app::Job& job) override;
    void update(const app::Job& job) override;
    std::optional<app::Job> find_job(app::JobId job) override;
    std::optional<app::Job> hold_job(app::JobId job) override;
    bool take_job(app::JobId job) override;
    void give_back_job(app::JobId job) override;
    std::vector<app::Job> jobs(std::optional<customers::OperatorId> op, app::JobKind kind,
                               std::optional<app::JobId> before, std::int64_t limit) override;
    std::vector<app::Job> unfinished_jobs() override;
    std::optional<std::int64_t> revision(customers::OperatorId op) override;
    app::Page<app::SubscriberRow> list(customers::OperatorId op, const app::SubscriberQuery& query) override;
    app::Page<app::SubServiceRow> list(customers::OperatorId op, const app::SubServiceQuery& query) override;
    app::Page<app::StoredDocument> list(customers::OperatorId op, const app::DocumentQuery& query) override;
    app::Page<app::PaymentRow> list(customers::OperatorId op, const app::PaymentQuery& query) override;
    app::Page<app::UnitRow> units(customers::SubscriberId subscriber, const app::Paging& paging) override;
    app::Page<app::StatementRow> statement(const customers::Subscriber& subscriber, Currency currency,
                                           const app::Paging& paging) override;
    std::optional<app::SubscriberRow> subscriber_row(customers::OperatorId op, std::string_view code) override;
    std::optional<app::SubServiceRow> find_sub_service(customers::SubscriberId subscriber,
                                                       std::string_view code) override;
    std::optional<app::StoredDocument> find_document(customers::OperatorId op, std::string_view number) override;
    std::optional<app::StoredDocument> find_document(customers::OperatorId op, invoicing::DocumentId id) override;
    std::optional<app::PaymentRow> find_payment(customers::OperatorId op, payments::PaymentId id) override;
    std::optional<app::StoredLine> find_line(customers::OperatorId op, customers::SubscriberId subscriber,
                                             charging::LineId line) override;
    std::vector<app::PendingLine> pending_lines(customers::SubscriberId subscriber) override;

    void add_bank_statement(customers::OperatorId op, const app::BankStatement& statement) override;
    void update_bank_statement(customers::OperatorId op, const app::BankStatement& statement) override;
    std::optional<app::BankStatement> find_bank_statement(customers::OperatorId op,
                                                          std::string_view file_hash) override;
    std::optional<app::BankStatement> find_bank_statement(customers::OperatorId op,
                                                          payments::BankStatementId id) override;
    app::Page<app::BankStatement> bank_statements(customers::OperatorId op, const app::Paging& paging) override;
    void add_bank_lines(customers::OperatorId op, std::span<const app::StoredBankLine> lines) override;
    void update_bank_line(customers::OperatorId op, const app::StoredBankLine& line) override;
    std::vector<app::BankStatements::Unlike> lines_unlike_their_payments(customers::OperatorId op,
                                                                         std::int64_t limit) override;
    std::vector<std::string> known_fingerprints(customers::OperatorId op,
                                                std::span<const std::string> fingerprints) override;
    app::Page<app::BankLineRow> bank_lines(customers::OperatorId op, const app::BankLineQuery& query) override;
    std::optional<app::BankLineRow> find_bank_line(customers::OperatorId op, payments::BankLineId id) override;
    std::optional<app::BankLineRow> hold_bank_line(customers::OperatorId op, payments::BankLineId id) override;
    std::vector<app::LineAnswer> answers_to(customers::OperatorId op,
                                            std::span<const app::LineQuestion> questions) override;
    void learn(customers::OperatorId op, std::span<const app::PayerAccount> accounts) override;
    void unlearn(customers::OperatorId op, const app::PayerAccount& account) override;
    std::vector<app::BillingFacts> payment_facts_of(std::span<const customers::SubscriberId> subscribers,
                                                    Currency currency) override;
    void add_payments(customers::OperatorId op, std::span<const payments::Payment> payments) override;
    std::vector<collection::Debtor> debtors(customers::OperatorId op, Currency currency,
                                            const app::DebtorQuery& query) override;
    collection::Debtor debtor(const customers::Subscriber& subscriber, Currency currency) override;
    std::vector<std::pair<customers::SubscriberId, invoicing::Wallet>> wallets(customers::SubscriberId first,
                                                                               customers::SubscriberId last) override;
    std::vector<app::WalletRow> wallets(customers::SubscriberId subscriber) override;
    void save_wallets(customers::SubscriberId subscriber, std::span<const invoicing::Wallet> wallets) override;
    std::vector<std::pair<customers::SubscriberId, invoicing::Purse>> purses(customers::SubscriberId first,
                                                                             customers::SubscriberId last,
                                                                             Currency currency) override;
    std::vector<app::WaitingService> waiting_services(customers::SubscriberId first,
                                                      customers::SubscriberId last) override;
    std::vector<customers::SubscriberId> waiting_without_debt(customers::OperatorId op,
                                                              std::optional<customers::SubscriberId>& after,
                                                              std::int64_t limit) override;
    void add_steps(std::span<const std::pair<customers::SubscriberId, collection::Step>> steps, Date date) override;
    void add_hold(customers::SubscriberId subscriber, const collection::Hold& hold) override;
    bool remove_hold(customers::SubscriberId subscriber, collection::HoldId hold) override;
    void add_plan(customers::SubscriberId subscriber, const collection::Plan& plan) override;
    void end_plan(customers::SubscriberId subscriber, collection::PlanId plan, Date date) override;
    void add_promise(customers::SubscriberId subscriber, const collection::Promise& promise) override;
    std::vector<collection::Promise> promises(customers::SubscriberId subscriber, Currency currency,
                                              std::int64_t limit) override;
    void add_payment_method(const app::PaymentMethod& method) override;
    void update_payment_method(const app::PaymentMethod& method) override;
    std::vector<app::PaymentMethod> payment_methods(customers::OperatorId op) override;
    void add_checkout(const app::Checkout& checkout) override;
    void update_checkout(const app::Checkout& checkout) override;
    std::optional<app::CheckoutRow> find_checkout(customers::OperatorId op, app::CheckoutId id) override;
    std::optional<app::CheckoutRow> find_checkout(app::PaymentMethodId method,
                                                  std::string_view gateway_payment) override;
    std::optional<app::CheckoutRow> find_checkout_by_key(customers::SubscriberId subscriber,
                                                         std::string_view request_key) override;
    std::optional<app::CheckoutRow> open_checkout_of(customers::SubscriberId subscriber,
                                                     invoicing::DocumentId document) override;
    std::vector<app::CheckoutRow> checkouts(customers::OperatorId op, const app::CheckoutQuery& query) override;
    std::vector<app::CheckoutRow> checkouts_to_query(Instant now, std::int64_t limit) override;
    bool add_gateway_event(const app::StoredGatewayEvent& event) override;
    std::vector<app::StoredGatewayEvent> gateway_events(customers::OperatorId op, app::StoredGatewayEvent::State state,
                                                        std::int64_t limit) override;
    app::SavedMethodId add_saved_method(const app::SavedMethod& saved) override;
    std::vector<app::SavedMethod> saved_methods(customers::SubscriberId subscriber) override;
    void remove_saved_method(customers::SubscriberId subscriber, app::SavedMethodId id) override;
    std::vector<app::ScheduledTask> scheduled_tasks(customers::OperatorId op) override;
    std::optional<app::ScheduledTask> hold_scheduled_task(customers::OperatorId op, std::string_view task) override;
    void save_scheduled_task(const app::ScheduledTask& task) override;
    std::vector<std::pair<customers::OperatorId, std::string>> due_tasks(Instant now, std::int64_t limit) override;
    void add_cash_shift(const app::CashShift& shift) override;
    void close_cash_shift(const app::CashShift& shift) override;
    std::optional<app::CashShiftRow> find_cash_shift(customers::OperatorId op, app::CashShiftId id) override;
    std::optional<app::CashShiftRow> open_cash_shift(customers::OperatorId op, std::string_view desk) override;
    void hold_cash_shift(customers::OperatorId op, app::CashShiftId id) override;
    std::vector<app::CashShiftRow> cash_shifts(customers::OperatorId op, const app::ShiftQuery& query) override;
    void add_cash_movement(const app::CashMovement& movement) override;
    std::vector<app::CashMovementRow> cash_movements(customers::OperatorId op, app::CashShiftId shift,
                                                     std::optional<app::CashMovementId> after,
                                                     std::int64_t limit) override;
    std::optional<app::CashMovementRow> find_cash_receipt(customers::OperatorId op, std::string_view receipt) override;
    std::int64_t take_receipt_number(customers::OperatorId op, std::int32_t year) override;
    std::vector<std::pair<std::int32_t, std::int64_t>> receipt_series(customers::OperatorId op) override;
    std::vector<app::CashMovement> all_cash_movements(customers::OperatorId op,
                                                      std::optional<app::CashMovementId> after,
                                                      std::int64_t limit) override;
    void add_cheque(const app::Cheque& cheque) override;
    void update_cheque(const app::Cheque& cheque) override;
    std::optional<app::ChequeRow> find_cheque(customers::OperatorId op, app::ChequeId id) override;
    std::vector<app::ChequeRow> cheques(customers::OperatorId op, const app::ChequeQuery& query) override;
    app::ProFormaStore& pro_formas() override;
    app::WebhookStore& webhooks() override;
    app::MessageStore& messages() override;
    app::AutomaticStore& automatic() override;
    app::PayoutStore& payouts() override;
    app::ReportStore& reports() override;
    app::StaffStore& staff() override;
    app::ComparisonStore& comparisons() override;
    app::PriceUseStore& price_uses() override;
    app::SettingsStore& settings() override;
    app::NoteStore& notes() override;

private:
    void revise(customers::OperatorId op);
    std::vector<app::BillingFacts> load_due(const DueAccounts::Range& range);
    std::vector<customers::Operator> read_operators(std::optional<customers::OperatorId> only);
    Currency currency_of(customers::OperatorId op);
    // False when there is none.
    bool load_credits(std::vector<app::BillingFacts>& accounts, customers::SubscriberId first,
                      customers::SubscriberId last, Currency currency);
    void load_debts_beside_credits(std::vector<app::BillingFacts>& accounts, customers::SubscriberId first,
                                   customers::SubscriberId last, Currency currency);
    app::BillingFacts journal_facts(const customers::Subscriber& subscriber, Currency currency, bool all_credits);
    void load_debts(app::BillingFacts& facts, Currency currency);
    void save_stored_lines(const app::BilledAccount& account);
    void save_credit_changes(const app::BilledAccount& account);
    void update(customers::OperatorId op, const subscriptions::SubService& before,
                const subscriptions::SubService& after, std::optional<Date> next_billing_date,
                SubServiceUpdater& sub_services);

    void add_policies(const customers::Operator& op);
    void add_ladders(const customers::Operator& op);
    void read_ladders(customers::Operator& op);
    std::optional<app::StoredDocument> document_where(const Sql& where);
    std::optional<app::StoredLine> line_where(const Sql& where);

    void write_events();
    std::int64_t last_event(customers::OperatorId op);

    struct OwnedEvent {
        customers::OperatorId op;
        app::NewEvent event;
        app::Occasion occasion;
    };

    std::unique_ptr<Connection> db_;
    std::unique_ptr<SqlProFormas> pro_formas_;
    std::unique_ptr<SqlWebhooks> webhooks_;
    std::unique_ptr<SqlMessages> messages_;
    std::unique_ptr<SqlAutomatic> automatic_;
    std::unique_ptr<SqlPayouts> payouts_;
    std::unique_ptr<SqlReports> reports_;
    std::unique_ptr<SqlStaff> staff_;
    std::unique_ptr<SqlComparisons> comparisons_;
    std::unique_ptr<SqlPriceUses> price_uses_;
    std::unique_ptr<SqlSettings> settings_;
    std::unique_ptr<SqlNotes> notes_;
    std::vector<OwnedEvent> new_events_;      // of the transaction
    std::vector<std::size_t> events_before_;  // how many there were when each transaction inside another one began
    app::Occasion occasion_{Instant{}, "sluice"};
    std::optional<customers::SubscriberId> subscriber_of_occasion_;
};

}  // namespace sluice::store
