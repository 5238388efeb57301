#include "contract/listed_world.hpp"

#include <algorithm>

namespace sluice::contract {
namespace {

using customers::SubscriberId;
using customers::Unit;
using invoicing::DocumentState;
using invoicing::DocumentType;
using subscriptions::Status;

const std::vector<std::string> names{"Anna",   "anne",        "Niño", "Nino", "Zoë",         "Ångström", "O'Neill",
                                     "Müller", "Smith-Jones", "東京", "X.Y",  "Green Tower", "Annabel"};
const std::vector<std::string> categories{"", "home", "home", "home", "office"};
const std::vector<std::string> regions{"", "north", "south"};
const std::vector<std::string> methods{"", "cash", "cash", "card"};
const std::vector<std::string> references{"", "R1", "R2", "R3"};

}  // namespace

ListedWorld::ListedWorld(int op, int count) : random_(static_cast<unsigned>(op)) {
    shop.op.id = customers::OperatorId{op};
    shop.op.code = "op" + std::to_string(op);
    shop.ids = IdSource(1'700'000'000'000 + op, op);
    for (const char* service : {"net", "fast", "rare"}) shop.service(service, "40");
    shop.recurring("ip", "5");
    for (int i = 0; i < count; ++i) add_subscriber(i);
    add_allocations();
    sort();
}

void ListedWorld::add_subscriber(int index) {
    customers::Subscriber s{.id = new_id<SubscriberId>()};
    s.code = (index % 3 == 0 ? "green-tower." : index % 3 == 1 ? "S" : "a_b:") + std::to_string(100'000 + index);
    s.contact = any(names) + (chance(50) ? " " + any(names) : "");
    if (chance(40)) s.organization = any(names) + " Ltd";
    s.category = any(categories);
    s.region = any(regions);
    s.pop = index < 3 ? "rare" : chance(50) ? "p1" : "p2";
    in_order_of_adding_.push_back(s);
    subscribers.push_back({s, Money::zero(shop.op.currency)});
    for (std::size_t i = number(0, 2); i > 0; --i)
        units[s.id].push_back({.id = new_id<customers::UnitId>(), .code = "u" + std::to_string(i), .name = "U"});
    for (std::size_t i = number(0, 3); i > 0; --i) add_sub_service(s, "n" + std::to_string(i));
    for (std::size_t i = number(0, 4); i > 0; --i) add_document(s);
    for (std::size_t i = number(0, 3); i > 0; --i) add_payment(s);
}

void ListedWorld::add_sub_service(const customers::Subscriber& subscriber, const std::string& code) {
    subscriptions::SubService sub{.id = new_id<subscriptions::SubServiceId>(),
                                  .subscriber = subscriber.id,
                                  .code = code,
                                  .changed_on = support::date("2026-01-01")};
    sub.status = static_cast<Status>(number(0, chance(30) ? 4 : 1));
    const auto item = [&](const char* product) {
        const auto& sold = shop.product(product);
        return subscriptions::Item{.id = shop.ids.next<subscriptions::ItemId>(),
                                   .type = sold.type,
                                   .product = sold.id,
                                   .price = shop.catalog.latest_price(sold.id)->id};
    };
    // Some have had another service before.
    if (chance(30)) {
        sub.items.push_back(item(chance(50) ? "net" : "rare"));
        sub.items.back().starts_on = support::date("2026-01-01");
        sub.items.back().ends_on = support::date("2026-01-05");
    }
    sub.items.push_back(item(chance(5) ? "rare" : chance(30) ? "fast" : "net"));
    if (chance(50)) sub.items.push_back(item("ip"));
    std::string unit;
    if (const auto found = units.find(subscriber.id); found != units.end() && chance(50)) {
        sub.unit = found->second.front().id;
        unit = found->second.front().code;
    }
    const auto next = chance(80) ? std::optional(day()) : std::nullopt;
    sub_services.push_back({std::move(sub), subscriber.code, unit, next});
}

void ListedWorld::add_document(const customers::Subscriber& subscriber) {
    const bool is_invoice = chance(85);
    const auto total = is_invoice ? amount() : -amount();
    const auto zero = Money::zero(shop.op.currency);
    const auto date = day();
    const auto sequence = static_cast<std::int64_t>(documents.size()) + 1;
    invoicing::Document document{
        .id = new_id<invoicing::DocumentId>(),
        .subscriber = subscriber.id,
        .type = is_invoice ? DocumentType::invoice : DocumentType::credit_note,
        .year = 2026,
        .sequence = sequence,
        .number = invoicing::format_number(is_invoice ? "INV-{year}-{number}" : "CN-{year}-{number}", 2026, sequence),
        .date = date,
        .due = date.plus_days(static_cast<std::int32_t>(number(0, 20))),
        .currency = shop.op.currency,
        .unit = std::nullopt,
        .contact = subscriber.contact,
        .organization = subscriber.organization,
        .country = "",
        .region = subscriber.region,
        .net = total,
        .tax = zero,
        .total = total,
        .state = invoicing::state_of(total, zero),
        .lines = {}};
    add_entry(ledger::entry_of_document(
        {new_id<ledger::EntryId>(), subscriber.id, date, ledger::Source::document, document.id.value()}, total, zero,
        total));
    documents.push_back({std::move(document), subscriber.code, "", is_invoice ? zero : total, {}, 0});
}

void ListedWorld::add_payment(const customers::Subscriber& subscriber) {
    const payments::Payment payment{
        new_id<payments::PaymentId>(), subscriber.id, day(), amount(), any(methods), any(references)};
    add_entry(ledger::entry_of_payment(
        {new_id<ledger::EntryId>(), subscriber.id, payment.date, ledger::Source::payment, payment.id.value()},
        payment.amount));
    payments.push_back({payment, subscriber.code, {}});
}

void ListedWorld::add_entry(ledger::Entry entry) {
    const auto subscriber = entry.header().subscriber;
    subscribers.back().balance += entry.balance_effect();
    entries[subscriber].push_back(std::move(entry));
}

// Each payment pays a cent of each of the subscriber's invoices; some are paid in full, by what is not told here.
void ListedWorld::add_allocations() {
    const auto by_id = [](const app::StoredDocument& one, const app::StoredDocument& other) {
        return one.document.id < other.document.id;
    };
    std::sort(documents.begin(), documents.end(), by_id);
    std::map<SubscriberId, std::vector<app::StoredDocument*>> documents_of;
    for (auto& stored : documents)
        if (stored.document.type == DocumentType::invoice) documents_of[stored.document.subscriber].push_back(&stored);
    const auto cent = Money::minor(1, shop.op.currency);
    for (auto& row : payments)
        for (auto* stored : documents_of[row.payment.subscriber]) {
            stored->paid += cent;
            row.paid.push_back({stored->document.number, cent});
        }
    for (auto& [subscriber, of] : documents_of)
        for (auto* stored : of) {
            if (chance(40)) stored->paid = stored->document.total;
            stored->document.state = invoicing::state_of(stored->document.total, stored->paid);
        }
}

void ListedWorld::sort() {
    const auto sort_by = [](auto& rows, auto id) {
        std::sort(rows.begin(), rows.end(), [&](const auto& one, const auto& other) { return id(one) < id(other); });
    };
    sort_by(subscribers, [](const auto& row) { return row.subscriber.id; });
    sort_by(sub_services, [](const auto& row) { return row.sub_service.id; });
    sort_by(payments, [](const auto& row) { return row.payment.id; });
    for (auto& [subscriber, of] : units) sort_by(of, [](const Unit& unit) { return unit.id; });
    for (auto& [subscriber, of] : entries)
        sort_by(of, [](const ledger::Entry& entry) { return std::pair(entry.header().date, entry.header().id); });
}

void ListedWorld::store_into(app::Store& store) {
    store.add(id(), in_order_of_adding_);
    std::vector<app::NewUnit> new_units;
    for (const auto& [subscriber, of] : units)
        for (const auto& unit : of) new_units.push_back({subscriber, unit});
    store.add(new_units);
    std::vector<app::NewSubService> new_sub_services;
    for (const auto& row : sub_services) new_sub_services.push_back({&row.sub_service, row.next_billing_date, {}});
    store.add(id(), new_sub_services);
    std::map<SubscriberId, app::BilledAccount> accounts;
    const auto account_of = [&](SubscriberId subscriber) -> app::BilledAccount& {
        return accounts
            .try_emplace(subscriber, app::BilledAccount{.subscriber = subscriber,
                                                        .head = {.balance = Money::zero(shop.op.currency)}})
            .first->second;
    };
    std::map<std::string, invoicing::DocumentId> id_of;
    for (const auto& stored : documents) {
        const auto& d = stored.document;
        auto& account = account_of(d.subscriber);
        account.documents.push_back(d);
        if (d.state != DocumentState::paid)
            account.new_debts.push_back({d.id, d.date, d.due, d.sequence, d.total, d.total - stored.paid});
        id_of.emplace(stored.document.number, stored.document.id);
    }
    for (const auto& row : payments) {
        store.add(id(), row.payment);
        for (const auto& [number, paid] : row.paid)
            account_of(row.payment.subscriber)
                .allocations.push_back(
                    {payments::OpenCredit::From::payment, row.payment.id.value(), id_of.at(number), paid});
    }
    for (const auto& [subscriber, of] : entries)
        for (const auto& entry : of) {
            auto& account = account_of(subscriber);
            account.entries.push_back({entry, {}});
            ++account.head.entries;
            account.head.balance += entry.balance_effect();
        }
    std::vector<app::BilledAccount> all;
    for (auto& [subscriber, account] : accounts) all.push_back(std::move(account));
    store.save_ahead(id(), {}, all);
    store.save(id(), all);
}

}  // namespace sluice::contract
