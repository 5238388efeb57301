// Documents, payments and statements: every filter, order, direction and size of page.
#include <algorithm>

#include "contract/listed_pages.hpp"

namespace sluice::contract {
namespace {

using app::DocumentOrder;
using app::Paging;
using invoicing::DocumentState;
using invoicing::DocumentType;
using support::date;

class MoneyLists : public Lists {
protected:
    std::string reference_of(const ledger::Entry::Header& header) {
        for (const auto& row : world->documents)
            if (header.source == ledger::Source::document && id_of(row) == header.source_id) return row.document.number;
        for (const auto& [payment, subscriber, paid, refunds] : world->payments)
            if (header.source == ledger::Source::payment && payment.id.value() == header.source_id)
                return payment.method + (payment.method.empty() || payment.reference.empty() ? "" : " ") +
                       payment.reference;
        return "none";
    }
};

std::vector<app::StoredDocument> model(const ListedWorld& world, const app::DocumentQuery& query) {
    auto rows = filtered(world.documents, [&](const app::StoredDocument& row) {
        const auto& d = row.document;
        const bool is_open = d.state == DocumentState::issued || d.state == DocumentState::partially_paid;
        return fits(query.subscriber, d.subscriber) && fits(query.type, d.type) && fits(query.state, d.state) &&
               (!query.number_prefix || d.number.starts_with(*query.number_prefix)) &&
               (!query.overdue_on || (is_open && d.due < *query.overdue_on)) &&
               (!query.not_overdue_on || !is_open || d.due >= *query.not_overdue_on) && (!query.is_open || is_open) &&
               (!query.due_from || d.due >= *query.due_from) && (!query.due_to || d.due <= *query.due_to) &&
               (!query.from || d.date >= *query.from) && (!query.to || d.date <= *query.to);
    });
    switch (query.order) {
        case DocumentOrder::date:
            return sorted(rows, [](const auto& row) { return row.document.date; });
        case DocumentOrder::due:
            return sorted(rows, [](const auto& row) { return row.document.due; });
        case DocumentOrder::number:
            return sorted(rows, [](const auto& row) { return row.document.number; });
    }
    return rows;
}

// One of each filter, and none.
std::vector<app::DocumentQuery> queries(ListedWorld& world) {
    std::vector<app::DocumentQuery> all{{}};
    const auto also = [&](auto change) {
        for (std::size_t i = 0, end = all.size(); i < end; ++i) change(all.emplace_back(all[i]));
    };
    also([&](auto& query) { query.subscriber = world.documents.front().document.subscriber; });
    also([&](auto& query) { query.number_prefix = "INV-2026-0000"; });
    also([&](auto& query) { query.type = DocumentType::credit_note; });
    also([&](auto& query) { query.state = DocumentState::partially_paid; });
    also([&](auto& query) { query.overdue_on = date("2026-01-25"); });
    also([&](auto& query) { query.from = date("2026-01-12"); });
    also([&](auto& query) { query.to = date("2026-01-22"); });
    // As a report of debts by age leads to its documents, and each of these filters beside others.
    const auto first = date("2026-01-20");
    const auto last = date("2026-01-30");
    all.push_back({.is_open = true});
    all.push_back({.due_from = first});
    all.push_back({.due_to = last});
    all.push_back({.due_from = first, .due_to = last});
    all.push_back({.due_from = first, .due_to = last, .is_open = true});
    all.push_back({.state = DocumentState::paid, .due_from = first, .due_to = last});
    all.push_back({.state = DocumentState::paid, .is_open = true});
    all.push_back({.overdue_on = date("2026-01-25"), .due_from = first, .is_open = true});
    all.push_back({.number_prefix = "INV-2026-0000", .due_from = first, .is_open = true});
    all.push_back({.type = DocumentType::credit_note, .due_to = last});
    all.push_back({.from = date("2026-01-12"), .to = date("2026-01-22"), .due_from = first, .due_to = last});
    for (const auto state : {DocumentState::paid, DocumentState::voided}) {
        all.push_back({.state = state});
        all.push_back({.state = state, .overdue_on = date("2026-02-01")});
    }
    all.push_back({.not_overdue_on = date("2026-01-25")});
    all.push_back({.state = DocumentState::issued, .not_overdue_on = date("2026-01-25"), .from = date("2026-01-12")});
    all.push_back({.type = DocumentType::invoice});
    all.push_back({.number_prefix = "CN"});
    all.push_back({.number_prefix = "nothing"});
    return all;
}

TEST_P(MoneyLists, OfDocumentsAreAsAskedFor) {
    make(120);
    for (auto query : queries(*world))
        for (const auto order : {DocumentOrder::date, DocumentOrder::due, DocumentOrder::number}) {
            query.order = order;
            const auto wanted = model(*world, query);
            expect_list<app::StoredDocument>("documents", wanted, query, {wanted.size() > 50 ? 19 : 1, 400});
        }
}

TEST_P(MoneyLists, OfManyDocumentsAreAsAskedFor) {
    make(6'000);
    ASSERT_GT(world->documents.size(), 10'000U);
    for (auto query : queries(*world)) {
        const int filters = query.subscriber.has_value() + query.number_prefix.has_value() + query.type.has_value() +
                            query.state.has_value() + query.overdue_on.has_value() + query.not_overdue_on.has_value() +
                            query.from.has_value() + query.to.has_value();
        if (filters > 1) continue;
        for (const auto order : {DocumentOrder::date, DocumentOrder::due, DocumentOrder::number}) {
            query.order = order;
            expect_list<app::StoredDocument>("many documents", model(*world, query), query, {240});
        }
    }
}

// Each state is walked on its own: what one of them gives must not hide rows of another one that come earlier.
TEST_P(MoneyLists, OfDocumentsOfSeveralStatesAreInOneOrder) {
    make(1);
    std::vector<app::BilledAccount> accounts{
        {.subscriber = world->some_subscriber().id, .head = {.balance = Money::zero(world->shop.op.currency)}}};
    std::int64_t id = 1;
    const auto add = [&](int count, DocumentState state, const char* day, const char* due) {
        const auto cent = Money::minor(1, world->shop.op.currency);
        for (int i = 0; i < count; ++i, ++id) {
            accounts.front().documents.push_back({.id = invoicing::DocumentId{id},
                                                  .subscriber = accounts.front().subscriber,
                                                  .type = DocumentType::invoice,
                                                  .year = 2025,
                                                  .sequence = id,
                                                  .number = "D" + std::to_string(id),
                                                  .date = date(day),
                                                  .due = date(due),
                                                  .currency = cent.currency(),
                                                  .unit = std::nullopt,
                                                  .net = cent + cent,
                                                  .tax = cent - cent,
                                                  .total = cent + cent,
                                                  .state = state});
            accounts.front().new_debts.push_back({invoicing::DocumentId{id}, date(day), date(due), id, cent + cent,
                                                  state == DocumentState::issued ? cent + cent : cent});
        }
    };
    add(300, DocumentState::partially_paid, "2025-12-01", "2025-12-02");
    add(4'000, DocumentState::issued, "2025-12-10", "2025-12-11");
    add(2'000, DocumentState::issued, "2025-12-12", "2025-12-30");  // not due yet
    written([&] { store().save(world->id(), accounts); });
    const auto page =
        store().list(world->id(), app::DocumentQuery{.overdue_on = date("2025-12-20"), .paging = {.descending = true}});
    ASSERT_EQ(page.rows.size(), 50U);
    EXPECT_EQ(page.rows.front().document.number, "D4300");
    EXPECT_EQ(page.rows.back().document.number, "D4251");
}

TEST_P(MoneyLists, OfDocumentsTellAllOfEach) {
    make(40);
    const auto listed = store().list(world->id(), app::DocumentQuery{.paging = {.limit = 500}}).rows;
    const auto wanted = model(*world, {});
    ASSERT_EQ(listed.size(), wanted.size());
    for (std::size_t i = 0; i < listed.size(); ++i) {
        EXPECT_EQ(tell(listed[i]), tell(wanted[i]));
        const auto by_number = store().find_document(world->id(), wanted[i].document.number);
        const auto by_id = store().find_document(world->id(), wanted[i].document.id);
        ASSERT_TRUE(by_number && by_id);
        EXPECT_EQ(tell(*by_number), tell(wanted[i]));
        EXPECT_EQ(tell(*by_id), tell(wanted[i]));
        EXPECT_FALSE(store().find_document(customers::OperatorId{2}, wanted[i].document.id));
    }
    EXPECT_FALSE(store().find_document(world->id(), "INV-2025-000001"));
}

TEST_P(MoneyLists, OfPaymentsAreAsAskedFor) {
    make(120);
    const auto by_date = sorted(world->payments, [](const auto& row) { return row.payment.date; });
    const auto from_outside = filtered(
        by_date, [](const app::PaymentRow& row) { return row.payment.method != "transfer" && !row.payment.wallet; });
    expect_list<app::PaymentRow>("payments from outside", from_outside, app::PaymentQuery{.is_from_outside = true},
                                 {1, 6, 400});
    expect_list<app::PaymentRow>("payments that went back", std::vector<app::PaymentRow>{},
                                 app::PaymentQuery{.back_from = date("2026-01-01"), .is_from_outside = true}, {6});
    for (const auto& method : {std::optional<std::string>(), std::optional<std::string>("card")})
        for (const auto& reference : {std::optional<std::string>(), std::optional<std::string>("R2")})
            for (const auto& [from, to] :
                 {std::pair("", ""), std::pair("2026-01-10", ""), std::pair("", "2026-01-20"),
                  std::pair("2026-01-15", "2026-01-17"), std::pair("2026-02-01", "2026-01-01")})
                for (const bool of_one : {false, true}) {
                    app::PaymentQuery query{.method = method, .reference = reference};
                    query.from = Date::parse(from);
                    query.to = Date::parse(to);
                    if (of_one) query.subscriber = by_date[by_date.size() / 2].payment.subscriber;
                    const auto wanted = filtered(by_date, [&](const app::PaymentRow& row) {
                        const auto& p = row.payment;
                        return fits(method, p.method) && fits(reference, p.reference) &&
                               fits(query.subscriber, p.subscriber) && (!query.from || p.date >= *query.from) &&
                               (!query.to || p.date <= *query.to);
                    });
                    expect_list<app::PaymentRow>("payments", wanted, query, {1, 6, 400});
                }
}

std::string told(const app::PaymentRow& row) {
    const auto& p = row.payment;
    std::string text = p.id.text() + " " + p.subscriber.text() + " " + row.subscriber_code + " " + p.date.text() + " " +
                       p.amount.text() + " " + p.method + " " + p.reference;
    for (const auto& [number, amount] : row.paid) text += " " + number + " " + amount.text();
    return text;
}

TEST_P(MoneyLists, OfPaymentsTellAllOfEach) {
    make(40);
    for (const auto& made : world->payments) {
        const auto found = store().find_payment(world->id(), made.payment.id);
        ASSERT_TRUE(found);
        EXPECT_EQ(told(*found), told(made));
        EXPECT_FALSE(store().find_payment(customers::OperatorId{2}, made.payment.id));
    }
    const auto sorted_payments = sorted(world->payments, [](const auto& row) { return row.payment.date; });
    const auto listed = store().list(world->id(), app::PaymentQuery{.paging = {.limit = 500}}).rows;
    ASSERT_EQ(listed.size(), sorted_payments.size());
    for (std::size_t i = 0; i < listed.size(); ++i) EXPECT_EQ(told(listed[i]), told(sorted_payments[i]));
}

TEST_P(MoneyLists, StatementsTellTheBalanceAfterEachEntry) {
    make(60);
    for (const auto& row : world->subscribers) {
        std::map<std::int64_t, app::StatementRow> wanted;
        std::vector<app::StatementRow> in_order;
        auto balance = Money::zero(world->shop.op.currency);
        for (const auto& entry : world->entries[row.subscriber.id]) {
            balance += entry.balance_effect();
            in_order.push_back({entry.header(),
                                {entry.postings().begin(), entry.postings().end()},
                                entry.balance_effect(),
                                balance,
                                ""});
            wanted.emplace(entry.header().id.value(), in_order.back());
        }
        EXPECT_EQ(balance, row.balance);
        expect<app::StatementRow>("statement", in_order, {1, 2, 3, 50}, [&](const Paging& paging) {
            auto page = store().statement(row.subscriber, world->shop.op.currency, paging);
            for (const auto& told : page.rows) {
                const auto& made = wanted.at(told.header.id.value());
                EXPECT_EQ(told.header.date, made.header.date);
                EXPECT_EQ(told.header.source, made.header.source);
                EXPECT_EQ(told.header.source_id, made.header.source_id);
                EXPECT_EQ(told.effect, made.effect);
                EXPECT_EQ(told.balance, made.balance);
                EXPECT_EQ(ledger::canonical_text(told.header, told.postings),
                          ledger::canonical_text(made.header, made.postings));
                EXPECT_EQ(told.reference, reference_of(told.header));
            }
            return page;
        });
    }
}

SLUICE_ON_EACH_STORE(MoneyLists);

}  // namespace
}  // namespace sluice::contract
