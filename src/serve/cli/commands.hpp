// One function per command of the command line; each in a file of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "serve/cli/client.hpp"
#include "serve/engine/engine.hpp"
#include "values/date.hpp"
#include "values/id.hpp"

namespace sluice::serve {

// What every command gets.
struct Session {
    const Parts& parts;
    IdSource ids;
    Where where;
    bool progress_on_terminal;

    // On the books that `where` names. Throws BadInput, app::StoreFailure.
    std::unique_ptr<Client> client();
    // The address that --db or SLUICE_DB says, where a server will not do. Throws BadInput that begins with `what` is
    // done and ends with how to say it.
    std::string local_store(const std::string& what, const std::string& how);
};

struct CommonOptions {
    bool json = false;
};

struct SimulateOptions : CommonOptions {
    std::vector<std::string> files;
    bool check = false;
};
int simulate(Session& session, const SimulateOptions& options);

struct ImportOptions : CommonOptions {
    std::string directory;
    std::string as_of;
    bool partial = false;
    std::string rejects = "rejects";
};
int import_operator(Session& session, const ImportOptions& options);

struct BillOptions : CommonOptions {
    std::string through;
    bool dry_run = false;
    bool compare = false;
    int workers = 1;
};
int bill(Session& session, const BillOptions& options);

struct DocumentsOptions : CommonOptions {
    std::string subscriber;
    std::string number;
    std::int64_t limit = 100;
};
int list_documents(Session& session, const DocumentsOptions& options);
int show_document(Session& session, const DocumentsOptions& options);
int export_documents(Session& session, const CommonOptions& options);
int list_balances(Session& session, const CommonOptions& options);

struct ExplainOptions : CommonOptions {
    std::string line;
    std::string subscriber;  // of a line that is named by its id
};
int explain_line(Session& session, const ExplainOptions& options);

struct PaymentsOptions : CommonOptions {
    std::string subscriber;
    std::string method;
    std::int64_t limit = 100;
};
int list_payments(Session& session, const PaymentsOptions& options);

// What is done to one payment or document, or recorded for one subscriber. Empty: as the server has it.
struct DebtorOptions : CommonOptions {
    std::string subscriber;
    std::string id;  // of a hold or plan
    std::string until;
    std::string reason;
    std::string amount;
    std::string date;
    std::int64_t days = 0;  // 0: not said
    std::vector<std::string> parts;
};
int show_funds(Session& session, const DebtorOptions& options);
int hold_collection(Session& session, const DebtorOptions& options);
int release_collection(Session& session, const DebtorOptions& options);
int agree_on_plan(Session& session, const DebtorOptions& options);
int end_plan(Session& session, const DebtorOptions& options);
int promise_payment(Session& session, const DebtorOptions& options);

struct CollectionOptions : CommonOptions {
    std::string date;
};
int preview_collection(Session& session, const CollectionOptions& options);
int run_collection(Session& session, const CollectionOptions& options);

struct AutomaticOptions : CommonOptions {
    std::string subscriber;
    std::string id;
    bool top_up = false;
    bool documents = false;
    std::string sub_service;
    std::string saved_method;
    std::string date;
};
int list_automatic_payments(Session& session, const AutomaticOptions& options);
int enable_automatic_payment(Session& session, const AutomaticOptions& options);
int disable_automatic_payment(Session& session, const AutomaticOptions& options);
int preview_automatic_payments(Session& session, const AutomaticOptions& options);
int run_automatic_payments(Session& session, const AutomaticOptions& options);

struct PayoutOptions : CommonOptions {
    std::string id;
    std::string state;
    std::string reference;
    std::size_t limit = 0;  // 0: all
};
int list_payouts(Session& session, const PayoutOptions& options);
int pay_payout(Session& session, const PayoutOptions& options);
int cancel_payout(Session& session, const PayoutOptions& options);
int query_payout(Session& session, const PayoutOptions& options);

struct CorrectionOptions : CommonOptions {
    std::string name;  // a payment's id, a document's number, a subscriber's code
    std::string to;    // another subscriber's code
    std::string unit;  // of a wallet: it, or the sub-service, by code
    std::string sub_service;
    std::string amount;
    std::string fee;
    std::string method;
    std::string reference;
    std::string reason;
    std::string date;
    std::string through;
    std::vector<std::string> lines;
};
int show_payment(Session& session, const CorrectionOptions& options);
int record_payment(Session& session, const CorrectionOptions& options);
int transfer_money(Session& session, const CorrectionOptions& options);
int set_aside(Session& session, const CorrectionOptions& options);
int release_wallet(Session& session, const CorrectionOptions& options);
int refund_payment(Session& session, const CorrectionOptions& options);
int charge_back_payment(Session& session, const CorrectionOptions& options);
int credit_document(Session& session, const CorrectionOptions& options);
int write_off_document(Session& session, const CorrectionOptions& options);

struct ParkedOptions : CommonOptions {
    std::string subscriber;
};
int list_parked(Session& session, const ParkedOptions& options);
int show_parked(Session& session, const ParkedOptions& options);
int replay_parked(Session& session, const ParkedOptions& options);

int verify_books(Session& session, const CommonOptions& options);

struct StatementsOptions : CommonOptions {
    std::vector<std::string> files;
    std::string format;   // empty: what each looks like
    std::string mapping;  // a YAML file, for CSV
    bool preview = false;
    std::string state;
    std::string statement;
    std::string subscriber;
    std::int64_t limit = 100;
};
int import_statements(Session& session, const StatementsOptions& options);
int list_statements(Session& session, const StatementsOptions& options);
int list_bank_lines(Session& session, const StatementsOptions& options);

struct BankLineOptions : CommonOptions {
    std::string line;
    std::string subscriber;
    std::string reason;
};
int assign_bank_line(Session& session, const BankLineOptions& options);
int set_aside_bank_line(Session& session, const BankLineOptions& options);
int take_back_bank_line(Session& session, const BankLineOptions& options);

struct CopyOptions : CommonOptions {
    std::string file;
    bool force = false;
};
int back_up(Session& session, const CopyOptions& options);
int restore(Session& session, const CopyOptions& options);

struct MigrateOptions : CommonOptions {
    bool plan = false;
};
int migrate(Session& session, const MigrateOptions& options);

struct MoveOptions : CommonOptions {
    std::string from;
    std::string to;
};
int copy(Session& session, const MoveOptions& options);

struct ApiKeyOptions : CommonOptions {
    std::string name;
    std::string role;
    std::string id;
};
int list_api_keys(Session& session, const ApiKeyOptions& options);
int create_api_key(Session& session, const ApiKeyOptions& options);
int revoke_api_key(Session& session, const ApiKeyOptions& options);

struct PaymentMethodOptions : CommonOptions {
    std::string code;
    std::string gateway = "stripe";
    std::string name;
    std::vector<std::string> settings;
    std::string minimum;
    std::string maximum;
    std::string percent;
    std::string fixed;
    bool on_top = false;
    bool enable = false;
    bool disable = false;
    bool test_mode = false;
    bool live_mode = false;
};
int list_payment_methods(Session& session, const PaymentMethodOptions& options);
int create_payment_method(Session& session, const PaymentMethodOptions& options);
int update_payment_method(Session& session, const PaymentMethodOptions& options);

struct CheckoutOptions : CommonOptions {
    std::string id;
    std::string subscriber;
    std::string method;
    std::string document;
    std::string amount;
    bool save_method = false;
    std::string return_url;
    std::int64_t limit = 100;
};
int list_checkouts(Session& session, const CheckoutOptions& options);
int begin_checkout(Session& session, const CheckoutOptions& options);
int show_checkout(Session& session, const CheckoutOptions& options);
int query_checkout(Session& session, const CheckoutOptions& options);
int list_gateway_events(Session& session, const CheckoutOptions& options);

struct JobsOptions : CommonOptions {
    std::string task;
    int hour = -1;  // as it is
    bool enable = false;
    bool disable = false;
    bool compare = false;
    bool no_compare = false;
};
int list_jobs(Session& session, const JobsOptions& options);
int set_job(Session& session, const JobsOptions& options);
int run_job(Session& session, const JobsOptions& options);

struct CashOptions : CommonOptions {
    std::string name;  // a desk, or the number of a receipt
    std::string clerk;
    std::string subscriber;
    std::string payment;
    std::string amount;
    std::string fee;
    std::string method = "cash";
    std::string reference;
    std::string reason;
    std::string date;
    std::int64_t limit = 100;
};
int list_cash_shifts(Session& session, const CashOptions& options);
int open_cash_shift(Session& session, const CashOptions& options);
int take_cash(Session& session, const CashOptions& options);
int pay_out_cash(Session& session, const CashOptions& options);
int put_cash_in(Session& session, const CashOptions& options);
int take_cash_out(Session& session, const CashOptions& options);
int close_cash_shift(Session& session, const CashOptions& options);
int show_cash_shift(Session& session, const CashOptions& options);
int show_cash_receipt(Session& session, const CashOptions& options);
int report_cash(Session& session, const CashOptions& options);

struct ChequeOptions : CommonOptions {
    std::string id;
    std::string subscriber;
    std::string amount;
    std::string number;
    std::string bank;
    std::string method = "cheque";
    std::string reason;
    std::string date;
    std::string state;
    std::int64_t limit = 100;
};
int list_cheques(Session& session, const ChequeOptions& options);
int receive_cheque(Session& session, const ChequeOptions& options);
int clear_cheque(Session& session, const ChequeOptions& options);
int bounce_cheque(Session& session, const ChequeOptions& options);

struct ProFormaOptions : CommonOptions {
    std::string number;  // of a document; issuing an advance payment: the payment's id
    std::string subscriber;
    std::vector<std::string> sub_services;
    std::vector<std::string> add_ons;  // as CODE or CODE=2, and so are CPEs
    std::vector<std::string> cpes;
    bool activate = false;
    std::int64_t days = 0;  // 0: as the settings say
    std::string reason;
    std::string date;
    std::string state;
    std::string purpose;
    std::int64_t limit = 100;
};
int list_pro_formas(Session& session, const ProFormaOptions& options);
int show_pro_forma(Session& session, const ProFormaOptions& options);
int place_order(Session& session, const ProFormaOptions& options);
int withdraw_pro_forma(Session& session, const ProFormaOptions& options);
int list_advance_payments(Session& session, const ProFormaOptions& options);
int show_advance_payment(Session& session, const ProFormaOptions& options);
int issue_advance_payment(Session& session, const ProFormaOptions& options);

struct SavedMethodOptions : CommonOptions {
    std::string subscriber;
    std::string id;
    std::string document;
    std::string amount;
};
int list_saved_methods(Session& session, const SavedMethodOptions& options);
int remove_saved_method(Session& session, const SavedMethodOptions& options);
int charge_saved_method(Session& session, const SavedMethodOptions& options);

struct DiscountOptions : CommonOptions {
    std::string code;  // of the discount or promo code, or the id of a grant
    std::string name;
    std::string percent;
    std::string fixed;
    std::string type;
    std::string product;  // of a promo code: the discount
    std::string kind;
    std::string charges = "recurring";
    std::string region;
    std::string pop;
    std::string category;
    std::string from;
    std::string to;
    std::int64_t periods = 0;
    std::int64_t priority = 0;
    bool stacks = false;
    bool automatic = false;
    std::int64_t max_uses = 0;
    std::int64_t max_uses_per_subscriber = 0;
    std::string whose;  // a subscriber, or subscriber/sub-service
    std::string reason;
    std::string date;
    std::int64_t limit = 100;
};
int list_discounts(Session& session, const DiscountOptions& options);
int create_discount(Session& session, const DiscountOptions& options);
int show_discount(Session& session, const DiscountOptions& options);
int end_discount(Session& session, const DiscountOptions& options);
int remove_discount(Session& session, const DiscountOptions& options);
int grant_discount(Session& session, const DiscountOptions& options);
int revoke_discount(Session& session, const DiscountOptions& options);
int list_discount_grants(Session& session, const DiscountOptions& options);
int list_promo_codes(Session& session, const DiscountOptions& options);
int create_promo_code(Session& session, const DiscountOptions& options);
int show_promo_code(Session& session, const DiscountOptions& options);
int end_promo_code(Session& session, const DiscountOptions& options);
int redeem_promo_code(Session& session, const DiscountOptions& options);

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::string certificate;
    std::string private_key;
    bool behind_proxy = false;
    std::string log_format = "text";
    std::string log_level = "info";
    int io_threads = 2;
    int workers = 2;
    std::size_t max_group = 512;
    int charges_at_once = 64;
    std::string secret_key_file;
    bool no_scheduler = false;
};
int serve(Session& session, const ServeOptions& options);

// Helpers that the commands share. They throw BadInput, which ends the command with exit status 2.
class BadInput : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
Date date_option(const std::string& name, const std::string& text);
std::string text_of_file(const std::string& path);
// The operator that a command needs is not there yet.
BadInput no_operator();
// What an engine on the store at `db` takes from this program.  `secret_key_file`: empty for the usual one, beside a
// SQLite store.
EngineParts engine_parts(const Parts& parts, const std::string& db, const std::string& secret_key_file = {});

// A line on standard error that is written over on a terminal, and now and then elsewhere.
class ProgressLine {
public:
    ProgressLine(std::ostream& err, bool on_terminal);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(const std::string& text);

private:
    std::ostream& err_;
    bool on_terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace sluice::serve
