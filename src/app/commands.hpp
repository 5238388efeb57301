// What clerks, subscribers and scenarios do to an operator's accounts. Each command is one transaction: it is carried
// out whole or refused with a reason, and a refused one leaves nothing behind.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/collection_run.hpp"
#include "app/corrections.hpp"
#include "app/debtors.hpp"
#include "app/discounts.hpp"
#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"
#include "app/pro_formas.hpp"
#include "app/refusal.hpp"
#include "domain/charging/billing.hpp"
#include "values/result.hpp"

namespace sluice::app {

class Cheques;

using CommandResult = Result<Done, Refusal>;

// An add-on or CPE to be put on a sub-service.
struct ItemRequest {
    std::string code;
    std::int64_t quantity = 1;              // 1..1,000,000
    std::string serial = {};                // CPEs only
    std::int32_t installments_charged = 0;  // imports only: by the other system
};

struct SubServiceRequest {
    std::string subscriber;
    std::string code;
    std::string service;
    std::string unit = {};  // empty: none
    std::vector<ItemRequest> add_ons = {};
    std::vector<ItemRequest> cpes = {};
    customers::BillingSettings billing = {};
};

// "subscriber-code/sub-service-code"
struct SubServicePath {
    std::string subscriber;
    std::string sub_service;
    std::string text() const { return subscriber + "/" + sub_service; }
};

// A sub-service made from a request, with what it costs to get there.
struct BuiltSubService {
    subscriptions::SubService state;
    std::optional<Date> next_billing_date;
    std::vector<invoicing::Line> lines;  // charged by another system
};

struct TransferRequest {
    std::string from;  // codes of subscribers
    std::string to;
    std::optional<Money> amount = {};
    std::string reference = {};  // empty: "from" and the code
};

// For a unit or a sub-service: one of the two.
struct WalletRequest {
    std::string subscriber;
    std::string unit = {};
    std::string sub_service = {};
    std::optional<Money> amount = {};
};

constexpr std::int64_t max_quantity = 1'000'000;

// Builds a sub-service as of `date`; with `taken_over`, as another system left it. Serial numbers and codes are not
// looked up.
Result<BuiltSubService, Refusal> build_sub_service(const customers::Operator& op, const catalog::Catalog& catalog,
                                                   IdSource& ids, const customers::Subscriber& subscriber,
                                                   const customers::Unit* unit, const SubServiceRequest& request,
                                                   Date date, const charging::TakenOver* taken_over);

class Commands {
public:
    Commands(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op);
    // With the catalogue as the store has it.
    Commands(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op, catalog::Catalog catalog)
        : store_(store), hasher_(hasher), ids_(ids), op_(std::move(op)), catalog_(std::move(catalog)) {}

    // `subscriber.id` is given by the command.
    CommandResult create_subscriber(customers::Subscriber subscriber);
    // REQUIRES: the subscriber, and the unit of the subscriber, is stored; all but the code may have changed.
    CommandResult update_subscriber(const customers::Subscriber& subscriber);
    void update_unit(customers::SubscriberId subscriber, const customers::Unit& unit);
    CommandResult create_unit(const std::string& subscriber, customers::Unit unit);
    CommandResult add_sub_service(Date date, const SubServiceRequest& request);
    CommandResult import_sub_service(Date date, const SubServiceRequest& request,
                                     const charging::TakenOver& taken_over);
    // With a promo code: that is redeemed for it first.
    CommandResult activate(Date date, const SubServicePath& path, const std::string& promo_code = {});
    CommandResult suspend(Date date, const SubServicePath& path, const std::string& reason);
    CommandResult resume(Date date, const SubServicePath& path);
    CommandResult exhaust_data(Date date, const SubServicePath& path);
    CommandResult restore_data(Date date, const SubServicePath& path);
    CommandResult cancel(Date date, const SubServicePath& path, charging::Cancellation how);
    CommandResult change_service(Date date, const SubServicePath& path, const std::string& service,
                                 charging::ChangeWhen when);
    CommandResult add_item(Date date, const SubServicePath& path, catalog::ProductType type, const ItemRequest& item);
    CommandResult remove_add_on(Date date, const SubServicePath& path, const std::string& add_on, bool credit,
                                bool waive_installments);
    CommandResult return_cpe(Date date, const SubServicePath& path, const std::string& serial, bool credit,
                             bool waive_installments);
    CommandResult move_to_current_price(Date date, const SubServicePath& path);
    // A new price version, valid from `date` on.
    CommandResult change_price(Date date, catalog::ProductType type, const std::string& code, Decimal price);
    // `wallet`: that the money comes out of; it is the caller's to change.
    Result<payments::PaymentId, Refusal> record_payment(Date date, const std::string& subscriber, Money amount,
                                                        const std::string& method, const std::string& reference,
                                                        std::optional<invoicing::WalletId> wallet = {});

    // What a clerk takes: when there is a payment method of that code, within its terms.
    Result<payments::PaymentId, Refusal> take_payment(Date date, const std::string& subscriber, Money amount,
                                                      const std::string& method, const std::string& reference);

    // Money that one subscriber has paid ahead becomes another one's: what is left of payments, the oldest first, goes
    // back without a fee and is recorded as a payment. Without `amount` all that could be refunded. GIVES: that
    // payment.
    Result<payments::PaymentId, Refusal> transfer(Date date, const TransferRequest& request);
    // Takes what a subscriber has paid ahead, the oldest payment first, without a fee: `asked`, or all that could be
    // refunded. For a transaction that goes on. `what` becomes of it: "transferred".
    Result<Money, Refusal> take_ahead(Date date, const customers::Subscriber& subscriber,
                                      const std::optional<Money>& asked, const RefundRequest& how,
                                      std::string_view what);
    // Money that is kept for one unit or sub-service. GIVES: the wallet. Without `amount` all that could be refunded.
    Result<invoicing::WalletId, Refusal> set_aside(Date date, const WalletRequest& request);
    // Becomes a payment again, for whatever is open first. Without `amount` all that is in it.
    Result<payments::PaymentId, Refusal> release(Date date, const WalletRequest& request);
    // A subscriber's payment by its id, or by its reference when no other one has it.
    Result<payments::PaymentId, Refusal> find_payment(const std::string& subscriber, const std::string& name);
    Cheques cheques();  // app/cash_desk.hpp
    Corrections corrections() { return {store_, hasher_, ids_, op_, catalog_}; }
    ProFormas pro_formas() { return {store_, hasher_, ids_, op_}; }
    Debtors debtors() { return {store_, hasher_, ids_, op_}; }
    Discounts discounts() { return {store_, ids_, op_, catalog_}; }
    // The whole collection of that day.
    CollectionFigures collect(Date date);

    // The pro-forma documents of that day.
    ProFormaFigures issue_pro_formas(Date date);

    // The operator's local date, from which on sub-services resume for money that has an earlier one.
    void set_today(Date today) { today_ = today; }
    // Orders are carried out whatever they cost: to learn what that is.
    void ask_no_funds() { asks_no_funds_ = true; }

    const customers::Operator& op() const { return op_; }
    const catalog::Catalog& catalog() const { return catalog_; }

private:
    using Change = std::function<charging::CommandResult(charging::SubServiceBilling&)>;
    CommandResult on_sub_service(EventType event, Date date, const SubServicePath& path, const Change& change);
    Result<customers::Subscriber, Refusal> hold_subscriber(const std::string& code);
    CommandResult remove_item(Date date, const SubServicePath& path,
                              const std::function<bool(const subscriptions::Item&)>& is, const std::string& what,
                              bool credit, bool waive_installments);
    CommandResult store_sub_service(Date date, const SubServiceRequest& request, const charging::TakenOver* taken_over);
    std::optional<Refusal> refuse_serial(const std::string& serial);
    std::optional<Refusal> refuse_in_debt(Date date, const customers::Subscriber& subscriber,
                                          const subscriptions::SubService& sub_service);
    std::optional<Refusal> refuse_unfunded(Date date, const customers::Subscriber& subscriber,
                                           const subscriptions::SubService& sub_service, Money available_before);
    charging::Book book() { return {catalog_, op_.currency, op_.rounding, ids_}; }

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    customers::Operator op_;
    catalog::Catalog catalog_;
    std::optional<Date> today_ = {};
    bool asks_no_funds_ = false;
};

}  // namespace sluice::app
