#include "app/commands.hpp"

#include <algorithm>
#include <array>

#include "app/account_payments.hpp"
#include "app/bill_accounts.hpp"
#include "app/purses.hpp"
#include "app/resume_waiting.hpp"
#include "domain/invoicing/decide.hpp"

namespace sluice::app {
namespace {

using catalog::Mode;
using catalog::ProductType;
using customers::Subscriber;
using subscriptions::Item;
using subscriptions::SubService;

Refusal unknown(RefusalCode code, const std::string& what, const std::string& name) {
    return {code, "there is no " + what + " \"" + name + "\""};
}

std::string words(ProductType type) {
    return type == ProductType::service ? "service" : type == ProductType::add_on ? "add-on" : "CPE";
}

std::optional<Refusal> refuse_nameless(const Subscriber& subscriber) {
    if (!subscriber.contact.empty() || !subscriber.organization.empty()) return std::nullopt;
    return Refusal{RefusalCode::contact_or_organization_needed,
                   "subscriber \"" + subscriber.code + "\" needs a contact, an organization or both"};
}

struct Sold {
    const catalog::Product* product;
    const catalog::PriceVersion* price;
};

// What is sold under `code` on `date`, checked against the quantity asked for.
Result<Sold, Refusal> find_sold(const catalog::Catalog& catalog, ProductType type, const ItemRequest& item, Date date) {
    const auto* product = catalog.find(type, item.code);
    if (!product) return Refused{unknown(RefusalCode::unknown_product, words(type), item.code)};
    const auto* price = catalog.price_on(product->id, date);
    if (!price)
        return Refused{Refusal{RefusalCode::not_sold_on_that_date,
                               words(type) + " \"" + item.code + "\" has no price on " + date.text()}};
    if (item.quantity < 1 || item.quantity > max_quantity)
        return Refused{Refusal{RefusalCode::quantity_not_allowed, "quantity of " + words(type) + " \"" + item.code +
                                                                      "\" is " + std::to_string(item.quantity) +
                                                                      "; it must be 1 to 1000000"}};
    if (!item.serial.empty() && item.quantity != 1)
        return Refused{Refusal{RefusalCode::quantity_not_allowed,
                               "CPE \"" + item.code + "\" with a serial number is one device; leave quantity out"}};
    if (item.installments_charged < 0 || item.installments_charged > product->installments)
        return Refused{Refusal{RefusalCode::installments_not_allowed,
                               std::to_string(item.installments_charged) + " instalments of \"" + item.code +
                                   "\" charged, but it has " + std::to_string(product->installments)}};
    return Sold{product, price};
}

}  // namespace

Result<BuiltSubService, Refusal> build_sub_service(const customers::Operator& op, const catalog::Catalog& catalog,
                                                   IdSource& ids, const Subscriber& subscriber,
                                                   const customers::Unit* unit, const SubServiceRequest& request,
                                                   Date date, const charging::TakenOver* taken_over) {
    BuiltSubService built{.state = {.id = ids.next<subscriptions::SubServiceId>(),
                                    .subscriber = subscriber.id,
                                    .unit = unit ? std::optional(unit->id) : std::nullopt,
                                    .code = request.code,
                                    .billing = request.billing,
                                    .changed_on = date},
                          .next_billing_date = std::nullopt,
                          .lines = {}};
    const auto add = [&](ProductType type, const ItemRequest& item) -> std::optional<Refusal> {
        const auto sold = find_sold(catalog, type, item, date);
        if (!sold) return sold.refusal();
        built.state.items.push_back({.id = ids.next<subscriptions::ItemId>(),
                                     .type = type,
                                     .product = sold->product->id,
                                     .price = sold->price->id,
                                     .quantity = item.quantity,
                                     .serial = item.serial,
                                     .parts_charged = item.installments_charged});
        return std::nullopt;
    };
    if (auto refusal = add(ProductType::service, {.code = request.service})) return Refused{*refusal};
    for (const auto& item : request.add_ons)
        if (auto refusal = add(ProductType::add_on, item)) return Refused{*refusal};
    for (const auto& item : request.cpes)
        if (auto refusal = add(ProductType::cpe, item)) return Refused{*refusal};
    if (!taken_over) return built;

    const auto terms = customers::resolve_terms(op, subscriber, unit, request.billing);
    const charging::Book book{catalog, op.currency, op.rounding, ids};
    charging::SubServiceBilling billing(book, terms, built.state, {});
    if (const auto done = billing.take_over(date, *taken_over); !done)
        return Refused{refusal_of(done.refusal(), subscriber.code + "/" + request.code)};
    built.lines = invoicing::assess_all(billing.take_charges(), {}, book, subscriber);
    built.next_billing_date = billing.next_billing_date();
    return built;
}

Commands::Commands(Store& store, const Hasher& hasher, IdSource& ids, customers::Operator op)
    : Commands(store, hasher, ids, op, store.catalog(op.id)) {}

CommandResult Commands::create_subscriber(Subscriber subscriber) {
    if (auto refusal = refuse_nameless(subscriber)) return Refused{*refusal};
    Transaction transaction(store_);
    if (store_.find_subscriber(op_.id, subscriber.code))
        return Refused{Refusal{RefusalCode::code_taken, "there is a subscriber \"" + subscriber.code + "\" already"}};
    subscriber.id = ids_.next<customers::SubscriberId>();
    store_.add(op_.id, std::span(&subscriber, 1));
    store_.add_event(op_.id, {EventType::subscriber_created, subscriber.id, subscriber.id.value()});
    transaction.commit();
    return Done{};
}

CommandResult Commands::update_subscriber(const Subscriber& subscriber) {
    if (auto refusal = refuse_nameless(subscriber)) return Refused{*refusal};
    Transaction transaction(store_);
    store_.update(op_.id, subscriber);
    store_.add_event(op_.id, {EventType::subscriber_updated, subscriber.id, subscriber.id.value()});
    transaction.commit();
    return Done{};
}

void Commands::update_unit(customers::SubscriberId subscriber, const customers::Unit& unit) {
    Transaction transaction(store_);
    store_.update(subscriber, unit);
    store_.add_event(op_.id, {EventType::unit_updated, subscriber, unit.id.value()});
    transaction.commit();
}

CommandResult Commands::create_unit(const std::string& subscriber, customers::Unit unit) {
    Transaction transaction(store_);
    store_.hold(op_.id, subscriber);
    const auto owner = store_.find_subscriber(op_.id, subscriber);
    if (!owner) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", subscriber)};
    if (store_.find_unit(owner->id, unit.code))
        return Refused{Refusal{RefusalCode::code_taken,
                               "subscriber \"" + subscriber + "\" has a unit \"" + unit.code + "\" already"}};
    unit.id = ids_.next<customers::UnitId>();
    const NewUnit added{owner->id, std::move(unit)};
    store_.add(std::span(&added, 1));
    store_.add_event(op_.id, {EventType::unit_created, owner->id, added.unit.id.value()});
    transaction.commit();
    return Done{};
}

CommandResult Commands::add_sub_service(Date date, const SubServiceRequest& request) {
    return store_sub_service(date, request, nullptr);
}

CommandResult Commands::import_sub_service(Date date, const SubServiceRequest& request,
                                           const charging::TakenOver& taken_over) {
    return store_sub_service(date, request, &taken_over);
}

CommandResult Commands::store_sub_service(Date date, const SubServiceRequest& request,
                                          const charging::TakenOver* taken_over) {
    Transaction transaction(store_);
    store_.hold(op_.id, request.subscriber);
    const auto subscriber = store_.find_subscriber(op_.id, request.subscriber);
    if (!subscriber) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", request.subscriber)};
    const auto unit = request.unit.empty() ? std::nullopt : store_.find_unit(subscriber->id, request.unit);
    if (!request.unit.empty() && !unit)
        return Refused{unknown(RefusalCode::unknown_unit, "unit of " + request.subscriber, request.unit)};
    if (store_.has_sub_service(subscriber->id, request.code))
        return Refused{Refusal{RefusalCode::code_taken, "subscriber \"" + request.subscriber +
                                                            "\" has a sub-service \"" + request.code + "\" already"}};
    std::vector<std::string> serials;
    for (const auto& item : request.cpes) {
        if (auto refusal = refuse_serial(item.serial)) return Refused{*refusal};
        if (!item.serial.empty() && std::find(serials.begin(), serials.end(), item.serial) != serials.end())
            return Refused{Refusal{RefusalCode::serial_number_in_use,
                                   "serial number \"" + item.serial + "\" is named twice on this sub-service"}};
        serials.push_back(item.serial);
    }
    auto built =
        build_sub_service(op_, catalog_, ids_, *subscriber, unit ? &*unit : nullptr, request, date, taken_over);
    if (!built) return Refused{built.refusal()};
    const NewSubService added{&built->state, built->next_billing_date, built->lines};
    store_.add(op_.id, std::span(&added, 1));
    store_.add_event(op_.id, {taken_over ? EventType::sub_service_imported : EventType::sub_service_added,
                              subscriber->id, built->state.id.value()});
    transaction.commit();
    return Done{};
}

std::optional<Refusal> Commands::refuse_serial(const std::string& serial) {
    if (serial.empty()) return std::nullopt;
    const auto holder = store_.holder_of_serial(op_.id, serial);
    if (!holder) return std::nullopt;
    return Refusal{RefusalCode::serial_number_in_use,
                   "serial number \"" + serial + "\" is on sub-service " + *holder + "; return it there first"};
}

namespace {

// What these commands make due has to be paid for at once where the terms are limited.
bool asks_for_funds(EventType command) {
    return command == EventType::sub_service_activated || command == EventType::sub_service_resumed ||
           command == EventType::sub_service_service_changed || command == EventType::item_added;
}

}  // namespace

std::optional<Refusal> Commands::refuse_in_debt(Date date, const Subscriber& subscriber, const SubService& state) {
    if (state.status != subscriptions::Status::suspended || state.suspended_for == subscriptions::SuspendedFor::request)
        return std::nullopt;
    const auto debtor = store_.debtor(subscriber, op_.currency);
    const auto where = subscriber.code + "/" + state.code;
    // What is set aside for it may do without the balance.
    if (invoicing::held_for(debtor.purse.wallets, {state.id, state.unit}, op_.currency).is_zero() &&
        collection::is_suspended_for_funds(op_, debtor, date))
        return Refusal{RefusalCode::not_enough_funds, where + " is suspended for want of funds, and the balance is " +
                                                          debtor.purse.balance.text() + "; record a payment first"};
    if (!collection::is_suspended_for_debt(op_, debtor, date)) return std::nullopt;
    const auto& oldest = debtor.debts.front();
    return Refusal{RefusalCode::overdue_debt, where + " is suspended for " + oldest.number + ", of which " +
                                                  oldest.open.text() + " is open since " + oldest.due.text() +
                                                  "; record a payment, or give the subscriber time with a collection "
                                                  "hold"};
}

// Bills the account, as of the command, and sees whether what it costs could be paid.
std::optional<Refusal> Commands::refuse_unfunded(Date date, const Subscriber& subscriber, const SubService& state,
                                                 Money available_before) {
    const auto where = subscriber.code + "/" + state.code;
    const auto nothing = Money::zero(op_.currency);
    const auto refuse = [&](Money cost, Money at_hand) {
        const Money missing = cost - at_hand;
        return Refusal{RefusalCode::not_enough_funds,
                       where + " needs " + cost.text() + " now, and " + std::max(at_hand, nothing).text() +
                           " is available; record a payment of " + missing.text() + " first"};
    };
    for (const auto& unfunded : BillRun(store_, hasher_, ids_, op_, catalog_).bill_account(date, subscriber.id))
        if (unfunded.sub_service == state.id) return refuse(unfunded.cost, unfunded.available);
    const auto rules = customers::resolve_payment(op_, subscriber);
    const Money after = invoicing::available(rules, purse_of(store_, subscriber, op_.currency), date);
    if (after.is_negative() && after < available_before) return refuse(available_before - after, available_before);
    return std::nullopt;
}

CommandResult Commands::on_sub_service(EventType event, Date date, const SubServicePath& path, const Change& change) {
    Transaction transaction(store_);
    store_.hold(op_.id, path.subscriber);
    const auto subscriber = store_.find_subscriber(op_.id, path.subscriber);
    if (!subscriber) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", path.subscriber)};
    auto account = store_.find_account(*subscriber, path.sub_service, date);
    if (!account) return Refused{unknown(RefusalCode::unknown_sub_service, "sub-service", path.text())};
    auto& [state, open_lines] = account->sub_services.front();
    ChangedSubService changed{.before = state, .after = state, .next_billing_date = std::nullopt};
    if (event == EventType::sub_service_resumed)
        if (auto refusal = refuse_in_debt(date, *subscriber, state)) return Refused{*refusal};
    const auto payment = customers::resolve_payment(op_, *subscriber);
    const bool needs_funds = payment.is_limited() && asks_for_funds(event) && !asks_no_funds_;
    const Money available = needs_funds
                                ? invoicing::available(payment, purse_of(store_, *subscriber, op_.currency), date)
                                : Money::zero(op_.currency);
    const auto terms = customers::resolve_terms(op_, *subscriber, account->unit_of(state), state.billing);
    const auto rules = book();
    charging::SubServiceBilling billing(rules, terms, changed.after, invoicing::open_charges(open_lines, op_.currency),
                                        charging::claims_of(catalog_, *subscriber, account->grants, state.id));
    if (const auto done = change(billing); !done) return Refused{refusal_of(done.refusal(), path.text())};
    changed.next_billing_date = billing.next_billing_date();
    changed.pending_lines = invoicing::assess_all(billing.take_charges(), open_lines, rules, *subscriber);
    store_.save(op_.id, changed);
    store_.add_event(op_.id, {event, subscriber->id, changed.after.id.value()});
    if (needs_funds)
        if (auto refusal = refuse_unfunded(date, *subscriber, changed.after, available)) return Refused{*refusal};
    transaction.commit();
    return Done{};
}

CommandResult Commands::activate(Date date, const SubServicePath& path, const std::string& promo_code) {
    Transaction transaction(store_);
    if (!promo_code.empty()) {
        const auto redeemed = discounts().redeem(date, {path.subscriber, path.sub_service}, promo_code);
        if (!redeemed) return Refused{redeemed.refusal()};
    }
    auto done = on_sub_service(EventType::sub_service_activated, date, path,
                               [&](auto& billing) { return billing.activate(date); });
    if (done) transaction.commit();
    return done;
}

CommandResult Commands::suspend(Date date, const SubServicePath& path, const std::string& reason) {
    return on_sub_service(EventType::sub_service_suspended, date, path,
                          [&](auto& billing) { return billing.suspend(date, reason); });
}

CommandResult Commands::resume(Date date, const SubServicePath& path) {
    return on_sub_service(EventType::sub_service_resumed, date, path,
                          [&](auto& billing) { return billing.resume(date); });
}

CommandResult Commands::exhaust_data(Date date, const SubServicePath& path) {
    return on_sub_service(EventType::sub_service_data_exhausted, date, path,
                          [&](auto& billing) { return billing.exhaust_data(date); });
}

CommandResult Commands::restore_data(Date date, const SubServicePath& path) {
    return on_sub_service(EventType::sub_service_data_restored, date, path,
                          [&](auto& billing) { return billing.restore_data(date); });
}

CommandResult Commands::cancel(Date date, const SubServicePath& path, charging::Cancellation how) {
    return on_sub_service(EventType::sub_service_cancelled, date, path,
                          [&](auto& billing) { return billing.cancel(date, how); });
}

CommandResult Commands::change_service(Date date, const SubServicePath& path, const std::string& service,
                                       charging::ChangeWhen when) {
    const auto* product = catalog_.find(ProductType::service, service);
    if (!product) return Refused{unknown(RefusalCode::unknown_product, "service", service)};
    return on_sub_service(EventType::sub_service_service_changed, date, path,
                          [&](auto& billing) { return billing.change_service(date, *product, when); });
}

CommandResult Commands::add_item(Date date, const SubServicePath& path, ProductType type, const ItemRequest& item) {
    const auto sold = find_sold(catalog_, type, item, date);
    if (!sold) return Refused{sold.refusal()};
    if (auto refusal = refuse_serial(item.serial)) return Refused{*refusal};
    return on_sub_service(EventType::item_added, date, path, [&](auto& billing) {
        return billing.add_item(date, {*sold->product, *sold->price, item.quantity, item.serial});
    });
}

CommandResult Commands::remove_item(Date date, const SubServicePath& path, const std::function<bool(const Item&)>& is,
                                    const std::string& what, bool credit, bool waive_installments) {
    bool held = true;
    auto done = on_sub_service(EventType::item_removed, date, path, [&](charging::SubServiceBilling& billing) {
        const auto& items = billing.sub_service().items;
        const auto found =
            std::find_if(items.begin(), items.end(), [&](const Item& item) { return !item.ends_on && is(item); });
        held = found != items.end();
        if (!held) return charging::CommandResult(Refused{charging::CommandRefusal::item_not_held});
        return billing.remove_item(date, found->id, credit, waive_installments);
    });
    if (!held) return Refused{Refusal{RefusalCode::item_not_held, path.text() + " has no " + what}};
    return done;
}

CommandResult Commands::remove_add_on(Date date, const SubServicePath& path, const std::string& add_on, bool credit,
                                      bool waive_installments) {
    const auto* product = catalog_.find(ProductType::add_on, add_on);
    if (!product) return Refused{unknown(RefusalCode::unknown_product, "add-on", add_on)};
    return remove_item(
        date, path, [&](const Item& item) { return item.product == product->id; }, "add-on \"" + add_on + "\"", credit,
        waive_installments);
}

CommandResult Commands::return_cpe(Date date, const SubServicePath& path, const std::string& serial, bool credit,
                                   bool waive_installments) {
    return remove_item(
        date, path, [&](const Item& item) { return item.type == ProductType::cpe && item.serial == serial; },
        "CPE with serial number \"" + serial + "\"", credit, waive_installments);
}

CommandResult Commands::move_to_current_price(Date date, const SubServicePath& path) {
    return on_sub_service(EventType::sub_service_moved_to_current_price, date, path,
                          [&](auto& billing) { return billing.move_to_current_price(date); });
}

CommandResult Commands::change_price(Date date, ProductType type, const std::string& code, Decimal price) {
    const auto* product = catalog_.find(type, code);
    if (!product) return Refused{unknown(RefusalCode::unknown_product, words(type), code)};
    if (price.is_negative())
        return Refused{
            Refusal{RefusalCode::price_not_allowed, "price " + price.text() + " is negative; use a credit instead"}};
    const auto* latest = catalog_.latest_price(product->id);
    if (latest && date < latest->valid_from)
        return Refused{Refusal{RefusalCode::price_not_allowed, "\"" + code + "\" has a price from " +
                                                                   latest->valid_from.text() +
                                                                   " on; a new one cannot begin before it"}};
    const catalog::PriceVersion version{.id = ids_.next<catalog::PriceId>(),
                                        .product = product->id,
                                        .version = latest ? latest->version + 1 : 1,
                                        .valid_from = date,
                                        .price = price,
                                        .setup_fee = latest ? latest->setup_fee : Decimal{}};
    Transaction transaction(store_);
    store_.add(op_.id, version);
    store_.add_event(op_.id, {EventType::price_changed, std::nullopt, product->id.value()});
    transaction.commit();
    catalog_.add(version);
    return Done{};
}

Result<payments::PaymentId, Refusal> Commands::record_payment(Date date, const std::string& subscriber, Money amount,
                                                              const std::string& method, const std::string& reference,
                                                              std::optional<invoicing::WalletId> wallet) {
    if (!amount.is_positive())
        return Refused{
            Refusal{RefusalCode::amount_not_allowed, "a payment of " + amount.text() + "; it must be above zero"}};
    Transaction transaction(store_);
    store_.hold(op_.id, subscriber);
    const auto payer = store_.find_subscriber(op_.id, subscriber);
    if (!payer) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", subscriber)};
    AccountPayments account(store_.payment_facts(*payer, op_.currency));
    const auto payment = account.record(hasher_, ids_, {date, amount, method, reference, wallet});
    store_.add(op_.id, payment);
    const auto paid = account.billed();
    store_.save(op_.id, std::span(&paid, 1));
    store_.add_events(op_.id, account.events(paid));
    resume_waiting(store_, hasher_, ids_, op_, {&payer->id, 1}, std::max(date, today_.value_or(date)));
    transaction.commit();
    return payment.id;
}

Result<payments::PaymentId, Refusal> Commands::take_payment(Date date, const std::string& subscriber, Money amount,
                                                            const std::string& method, const std::string& reference) {
    for (const auto& offered : store_.payment_methods(op_.id)) {
        if (offered.code != method) continue;
        const auto payer = store_.find_subscriber(op_.id, subscriber);
        if (!payer) break;
        if (const auto refusal = payments::refuse(offered.terms, *payer, amount))
            return Refused{Refusal{RefusalCode::payment_method_not_usable,
                                   "\"" + method + "\" " + std::string(payments::message(*refusal))}};
    }
    return record_payment(date, subscriber, amount, method, reference);
}

Result<Money, Refusal> Commands::take_ahead(Date date, const customers::Subscriber& subscriber,
                                            const std::optional<Money>& asked, const RefundRequest& how,
                                            std::string_view what) {
    const auto facts = store_.account_facts(subscriber, op_.currency);
    Money most = Money::zero(op_.currency);
    for (const auto& credit : facts.open_credits)
        if (credit.from == payments::OpenCredit::From::payment) most += credit.left;
    most = std::min(most, corrections().free_credit(date, subscriber.id, facts.head.balance));
    const Money amount = asked.value_or(most);
    if (!amount.is_positive() || amount > most)
        return Refused{
            Refusal{RefusalCode::amount_not_allowed, (asked ? amount.text() + " cannot be " : "nothing can be ") +
                                                         std::string(what) + ": of the payments of " + subscriber.code +
                                                         " " + std::max(most, Money::zero(op_.currency)).text() +
                                                         " is not needed for what was charged"}};
    Money missing = amount;
    for (const auto& credit : facts.open_credits) {
        if (credit.from != payments::OpenCredit::From::payment || missing.is_zero()) continue;
        auto part = how;
        part.payment = payments::PaymentId{credit.id};
        part.amount = std::min(credit.left, missing);
        part.fee = Money::zero(op_.currency);
        const auto gone = corrections().refund(date, part);
        if (!gone) return Refused{gone.refusal()};
        missing -= *part.amount;
    }
    return amount;
}

Result<payments::PaymentId, Refusal> Commands::transfer(Date date, const TransferRequest& request) {
    const auto refuse = [](std::string why) {
        return Refused{Refusal{RefusalCode::amount_not_allowed, std::move(why)}};
    };
    Transaction transaction(store_);
    const auto giver = store_.find_subscriber(op_.id, request.from);
    if (!giver) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", request.from)};
    const auto taker = store_.find_subscriber(op_.id, request.to);
    if (!taker) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", request.to)};
    if (giver->id == taker->id) return refuse("a transfer needs two subscribers, both are \"" + request.to + "\"");
    const std::array both{std::min(giver->id, taker->id), std::max(giver->id, taker->id)};
    store_.hold(both, true);
    const auto taken = take_ahead(
        date, *giver, request.amount,
        {.payment = payments::PaymentId{0}, .method = "transfer", .reference = "to " + request.to}, "transferred");
    if (!taken) return Refused{taken.refusal()};
    auto paid = record_payment(date, request.to, taken.value(), "transfer",
                               request.reference.empty() ? "from " + request.from : request.reference);
    if (paid) transaction.commit();
    return paid;
}

CollectionFigures Commands::collect(Date date) {
    CollectionRun run(store_, hasher_, ids_, op_, date);
    while (run.step()) continue;
    return run.figures();
}

ProFormaFigures Commands::issue_pro_formas(Date date) {
    ProFormaRun run(store_, ids_, op_, date);
    while (run.step()) continue;
    return run.place().figures;
}

Result<payments::PaymentId, Refusal> Commands::find_payment(const std::string& subscriber, const std::string& name) {
    const auto payer = store_.find_subscriber(op_.id, subscriber);
    if (!payer) return Refused{unknown(RefusalCode::unknown_subscriber, "subscriber", subscriber)};
    if (const auto id = payments::PaymentId::parse(name)) {
        const auto row = store_.find_payment(op_.id, *id);
        if (row && row->payment.subscriber == payer->id) return *id;
    }
    const auto found =
        store_.list(op_.id, PaymentQuery{.subscriber = payer->id, .reference = name, .paging = {.limit = 2}});
    if (found.rows.size() == 1) return found.rows.front().payment.id;
    return Refused{Refusal{RefusalCode::unknown_payment,
                           subscriber + " has " + (found.rows.empty() ? "no payment" : "several payments") + " \"" +
                               name + "\"" + (found.rows.empty() ? "" : "; name the one that is meant by its id")}};
}

}  // namespace sluice::app
