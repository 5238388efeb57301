// E-mail as the store keeps it: events become messages once, worded from what is stored; each is sent by one at a time.
#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/corrections.hpp"
#include "app/ports/message_store.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"
#include "serve/outbox/mail_sending.hpp"

namespace sluice::contract {
namespace {

using app::MessageState;
using support::date;
using support::money;
using support::Shop;

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

class MessagesInStore : public Contract {
protected:
    MessagesInStore() : hasher(connect::sha256_hasher()) {
        shop.service("net", "100");
        found(shop);
        written([&] {
            EXPECT_TRUE(
                commands()
                    .create_subscriber({.code = "ann", .contact = "Ann", .email = "ann@example.com", .language = "de"})
                    .ok());
            EXPECT_TRUE(commands().create_subscriber({.code = "bob", .contact = "Bob"}).ok());
            store().messages().save(settings());
        });
        ann = store().find_subscriber(shop.op.id, "ann")->id;
        bob = store().find_subscriber(shop.op.id, "bob")->id;
    }

    app::Commands commands() { return {store(), *hasher, shop.ids, shop.op}; }
    app::MailSettings settings() {
        return {.op = shop.op.id,
                .host = "smtp.example.com",
                .port = 465,
                .security = app::MailSecurity::tls,
                .username = "metro",
                .sealed_password = "sealed",
                .from_name = "Metro",
                .from_address = "billing@metro.example",
                .reply_to = "help@metro.example",
                .language = "en",
                .kinds = {"payment_received", "document_issued", "payment_refunded"},
                .read_through = store().webhooks().last_event(shop.op.id)};
    }
    payments::PaymentId pay(const char* code, const char* amount) {
        payments::PaymentId paid{0};
        written([&] {
            const auto done = commands().record_payment(date("2026-01-10"), code, money(amount), "cash", "");
            EXPECT_TRUE(done.ok());
            paid = *done;
        });
        return paid;
    }
    bool read(std::int64_t limit = 100) {
        bool more = false;
        const serve::OperatorBook book{shop.op, store().catalog(shop.op.id), *Zone::named("UTC"), 1};
        written([&] { more = serve::read_mail_events(store(), shop.ids, book, at(10), limit); });
        return more;
    }
    std::vector<app::Message> claim(app::Store& from, std::int64_t now) {
        app::Transaction transaction(from);
        auto due = from.messages().claim(shop.op.id, shop.ids.next<app::ClaimId>(), at(now), at(now + 60), 100);
        transaction.commit();
        return due;
    }
    std::vector<app::Message> of(customers::SubscriberId subscriber) {
        return store().messages().messages(subscriber, {}, 100);
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
    customers::SubscriberId ann{0};
    customers::SubscriberId bob{0};
};

TEST_P(MessagesInStore, KeepsSettingsAndWordingsAsTheyAre) {
    reopen();
    auto kept = *store().messages().mail_settings(shop.op.id);
    EXPECT_EQ(kept.host, "smtp.example.com");
    EXPECT_EQ(kept.security, app::MailSecurity::tls);
    EXPECT_EQ(kept.sealed_password, "sealed");
    EXPECT_EQ(kept.kinds.size(), 3U);
    kept.kinds.clear();
    kept.is_enabled = false;
    written([&] {
        store().messages().save(kept);
        store().messages().save(shop.op.id, {"document_issued", "pl", "Temat", "Tekst"});
        store().messages().save(shop.op.id, {"document_issued", "pl", "Temat 2", "Tekst"});
    });
    EXPECT_TRUE(store().messages().mail_settings(shop.op.id)->kinds.empty());
    EXPECT_TRUE(store().messages().senders_behind().empty());
    ASSERT_EQ(store().messages().templates(shop.op.id).size(), 1U);
    EXPECT_EQ(store().messages().templates(shop.op.id)[0].subject, "Temat 2");
    written([&] { store().messages().remove_template(shop.op.id, "document_issued", "pl"); });
    EXPECT_TRUE(store().messages().templates(shop.op.id).empty());
}

TEST_P(MessagesInStore, ASubscribersAddressAndLanguageAreKept) {
    auto subscriber = *store().find_subscriber(shop.op.id, "ann");
    EXPECT_EQ(subscriber.email, "ann@example.com");
    subscriber.email = "ann@other.example";
    subscriber.language = "pt-BR";
    written([&] { store().update(shop.op.id, subscriber); });
    const auto row = store().subscriber_row(shop.op.id, "ann");
    EXPECT_EQ(row->subscriber.email, "ann@other.example");
    EXPECT_EQ(row->subscriber.language, "pt-BR");
}

TEST_P(MessagesInStore, EventsBecomeMessagesOnce) {
    pay("ann", "5.00");
    pay("bob", "7.00");
    EXPECT_EQ(store().messages().senders_behind().size(), 1U);
    while (read(1)) continue;
    EXPECT_FALSE(read());
    EXPECT_TRUE(store().messages().senders_behind().empty());
    const auto told = of(ann);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].kind, "payment_received");
    EXPECT_EQ(told[0].language, "de");
    EXPECT_NE(told[0].subject.find("5.00 USD"), std::string::npos) << told[0].subject;
    EXPECT_NE(told[0].body.find("Kontostand ist 5.00 USD"), std::string::npos) << told[0].body;
    EXPECT_EQ(told[0].state, MessageState::waiting);
    ASSERT_EQ(of(bob).size(), 1U);
    EXPECT_EQ(of(bob)[0].state, MessageState::no_address);
    auto before = *store().messages().mail_settings(shop.op.id);
    before.read_through = 0;  // as if it had been forgotten how far they were read
    written([&] { store().messages().save(before); });
    read();
    EXPECT_EQ(of(ann).size(), 1U);
    EXPECT_EQ(store().messages().count_waiting(), 1);
}

TEST_P(MessagesInStore, ADocumentIsToldWithItsNumberAndWhatIsOpen) {
    written([&] {
        EXPECT_TRUE(
            commands().add_sub_service(date("2026-01-10"), {.subscriber = "ann", .code = "n", .service = "net"}).ok());
        EXPECT_TRUE(commands().activate(date("2026-01-10"), {"ann", "n"}).ok());
    });
    app::BillRun(store(), *hasher, shop.ids, shop.op).run(date("2026-01-10"));
    const auto document = store().documents(shop.op.id, {}, {}, 1).front();
    const auto facts = store().messages().latest_facts(shop.op.id, shop.op.currency, ann, "document.issued");
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->document_number, document.document.number);
    EXPECT_EQ(facts->document_total, document.document.total);
    EXPECT_EQ(facts->document_open, document.document.total);
    EXPECT_EQ(facts->document_due, document.document.due);
    EXPECT_FALSE(facts->amount);
    EXPECT_FALSE(store().messages().latest_facts(shop.op.id, shop.op.currency, bob, "document.issued"));
}

TEST_P(MessagesInStore, OfSeveralRefundsOfAPaymentEachIsToldWithItsAmount) {
    const auto paid = pay("ann", "9.00");
    const auto catalog = store().catalog(shop.op.id);
    for (const auto* amount : {"2.00", "3.00"})
        written([&] {
            app::Corrections corrections(store(), *hasher, shop.ids, shop.op, catalog);
            EXPECT_TRUE(corrections.refund(date("2026-01-10"), {.payment = paid, .amount = money(amount)}).ok());
        });
    read();
    const auto told = of(ann);
    ASSERT_EQ(told.size(), 3U);
    EXPECT_NE(told[1].subject.find("2.00 USD"), std::string::npos) << told[1].subject;
    EXPECT_NE(told[0].subject.find("3.00 USD"), std::string::npos) << told[0].subject;
}

TEST_P(MessagesInStore, OneThatIsClaimedIsNobodyElsesUntilTheClaimEnds) {
    pay("ann", "5.00");
    pay("ann", "6.00");
    read();
    EXPECT_EQ(store().messages().senders_due(at(10)).size(), 1U);
    EXPECT_EQ(claim(store(), 10).size(), 2U);
    EXPECT_TRUE(claim(store(), 11).empty());
    EXPECT_TRUE(store().messages().senders_due(at(12)).empty());
    auto due = claim(store(), 71);
    ASSERT_EQ(due.size(), 2U) << "whoever had them is gone";
    due[0].state = MessageState::sent;
    due[0].attempts = 1;
    due[0].next_attempt_at.reset();
    due[0].ended_at = at(72);
    due[1].reason = "451 later";
    due[1].attempts = 1;
    due[1].next_attempt_at = at(90);
    written([&] {
        for (const auto& message : due) store().messages().record(message);
    });
    EXPECT_TRUE(store().messages().senders_due(at(89)).empty());
    ASSERT_EQ(claim(store(), 90).size(), 1U);
    EXPECT_EQ(store().messages().find_message(ann, due[0].id)->state, MessageState::sent);
    EXPECT_EQ(store().messages().find_message(ann, due[1].id)->reason, "451 later");
    EXPECT_FALSE(store().messages().find_message(bob, due[1].id));
    std::int64_t forgotten = 0;
    written([&] { forgotten = store().messages().forget_before(at(1'000), 10); });
    EXPECT_EQ(forgotten, 1);
    EXPECT_EQ(of(ann).size(), 1U);
}

TEST_P(MessagesInStore, TwoServersDoNotClaimTheSame) {
    if (!home->is_shared()) GTEST_SKIP() << "one process alone";
    pay("ann", "5.00");
    read();
    const auto other = home->open();
    app::Transaction mine(store());
    const auto first = store().messages().claim(shop.op.id, app::ClaimId{1}, at(10), at(70), 10);
    EXPECT_TRUE(claim(*other, 10).empty()) << "who claims waits for nobody";
    mine.commit();
    EXPECT_EQ(first.size(), 1U);
    EXPECT_TRUE(claim(*other, 11).empty());
}

SLUICE_ON_EACH_STORE(MessagesInStore);

}  // namespace
}  // namespace sluice::contract
