// A server that is killed while it charges saved cards by itself, by a gateway that does not always answer and tells
// some things twice: each document is paid once, and what the gateway has moved is what the books have.
// SLUICE_CHARGES=100000 makes a month-end of it, and tells how fast it was.
#include <iostream>
#include <set>

#include "api/world.hpp"
#include "app/automatic_payments.hpp"
#include "app/bill_accounts.hpp"
#include "app/gateway_settings.hpp"
#include "connect/crypto/secret_box.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "crash/clerks.hpp"
#include "crash/stripe_stand_in.hpp"
#include "store/open_store.hpp"
#include "support/shop.hpp"

namespace sluice::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::int64_t number(const char* name, std::int64_t otherwise) {
    const char* value = std::getenv(name);
    return value ? std::stoll(value) : otherwise;
}

const std::string secret = "whsec_of_the_test";
const std::string key(64, 'a');

struct Environment {
    explicit Environment(std::map<std::string, std::string> of) : set(std::move(of)) {
        for (const auto& [name, value] : set) ::setenv(name.c_str(), value.c_str(), 1);
    }
    ~Environment() {
        for (const auto& [name, value] : set) ::unsetenv(name.c_str());
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    std::map<std::string, std::string> set;
};

// As many accounts, each with a document that is due and a card that is charged for it.
void make_accounts(const std::string& address, std::int64_t count) {
    const auto store = store::open_store(address, false);
    const auto hasher = connect::sha256_hasher();
    const auto secrets = connect::secret_box(key, "");
    IdSource ids(1'700'000'000'000, store->take_node(1));
    support::Shop shop;
    shop.op.code = "op";
    shop.service("net", "10");
    app::Transaction founded(*store);
    store->add(shop.op);
    for (const auto& product : shop.catalog.products()) store->add(shop.op.id, product);
    for (const auto& version : shop.catalog.prices()) store->add(shop.op.id, version);
    const app::PaymentMethod card{
        .id = ids.next<app::PaymentMethodId>(),
        .op = shop.op.id,
        .code = "card",
        .name = "Card",
        .gateway = "stripe",
        .is_enabled = true,
        .is_test = true,
        .terms = {.commission = {.fixed = Money::zero(shop.op.currency)}},
        .sealed_settings = app::seal(*secrets, {{"secret_key", "sk_test_good"}, {"webhook_secrets", secret}}),
        .created_at = Instant{}};
    store->add_payment_method(card);
    founded.commit();
    const Date begun = *Date::parse("2026-01-10");
    for (std::int64_t i = 0; i < count;) {
        app::Transaction transaction(*store);
        app::Commands commands(*store, *hasher, ids, shop.op);
        for (const auto end = std::min(count, i + 1'000); i < end; ++i) {
            const auto code = "s" + std::to_string(i);
            check(commands.create_subscriber({.code = code, .contact = code}).ok(), "made");
            check(commands.add_sub_service(begun, {.subscriber = code, .code = "n", .service = "net"}).ok(), "sold");
            check(commands.activate(begun, {code, "n"}).ok(), "activated");
            const auto subscriber = store->find_subscriber(shop.op.id, code)->id;
            const auto saved = store->add_saved_method({.id = ids.next<app::SavedMethodId>(),
                                                        .subscriber = subscriber,
                                                        .op = shop.op.id,
                                                        .method = card.id,
                                                        .token = "pm_" + code,
                                                        .customer = "cus_" + code,
                                                        .brand = "visa",
                                                        .last4 = "4242",
                                                        .expires_month = 1,
                                                        .expires_year = 2040,
                                                        .created_at = Instant{}});
            store->automatic().add({.payment = {.id = ids.next<payments::AutomaticPaymentId>(),
                                                .what = payments::AutomaticFor::documents,
                                                .next_on = begun},
                                    .subscriber = subscriber,
                                    .op = shop.op.id,
                                    .saved = saved,
                                    .created_at = Instant{}});
        }
        transaction.commit();
    }
    app::BillRun(*store, *hasher, ids, shop.op).run(begun);
}

class AutomaticCharges : public Crash {};

TEST_P(AutomaticCharges, KilledInTheMiddleLoseAndDoubleNothing) {
    const auto charges = number("SLUICE_CHARGES", 600);
    const bool is_large = charges > 10'000;
    const auto at = place("charges");
    make_accounts(at->address(), charges);
    std::atomic<std::uint16_t> port = 0;
    StripeStandIn stripe({.secret = secret, .webhook = "/webhooks/op/card", .port = [&] { return port.load(); }});
    const Environment environment({{"SLUICE_SECRET_KEY", key},
                                   {"SLUICE_STRIPE_API", stripe.url()},
                                   {"SLUICE_STRIPE_SECONDS", "2"},
                                   {"SLUICE_LOG_LEVEL", "warn"},
                                   {"SLUICE_CHARGES_AT_ONCE", is_large ? "400" : "32"}});
    Server server(*at, file("server.log"));
    port = server.port();
    const auto began = steady_clock::now();
    auto client = server.platform().for_operator("op");
    const auto started = client.post("/api/v1/automatic-payment-runs", "{}");
    ASSERT_EQ(started.status, 202) << started.body;
    const int wanted_kills = is_large ? 3 : std::min(kills(), 5);
    const auto step = static_cast<std::size_t>(charges / (wanted_kills + 1));
    for (int killed = 1; killed <= wanted_kills; ++killed) {
        while (stripe.count_moved() < step * static_cast<std::size_t>(killed)) std::this_thread::sleep_for(2ms);
        server.kill_9();
        server.start();
        port = server.port();
    }
    auto after = server.platform().for_operator("op");
    const auto run = after.wait_for(started.header("Location"));
    const auto charged = std::chrono::duration<double>(steady_clock::now() - began).count();
    EXPECT_EQ(run.text("/state"), "finished") << run.body;
    // Outcomes that are not known are asked for, and webhooks come.
    const auto is_open = [&] {
        return !after.get("/api/v1/checkouts?state=unknown&limit=1").list().empty() ||
               !after.get("/api/v1/checkouts?state=pending&limit=1").list().empty() || stripe.untold() > 0;
    };
    for (int tries = 0; tries < 1'200 && is_open(); ++tries) std::this_thread::sleep_for(100ms);
    EXPECT_FALSE(is_open());
    const auto settled = std::chrono::duration<double>(steady_clock::now() - began).count();
    EXPECT_EQ(server.stop(), 0) << server.program().said();

    const auto moved = stripe.moved();
    std::int64_t doubled = 0;
    for (const auto& [attempt, of] : moved) doubled += of.times - 1;
    auto store = store::open_store(at->address(), true);
    const auto op = store->operators().front();
    std::int64_t paid = 0;
    std::set<std::string> references;
    std::optional<app::Position> place;
    do {
        const auto page = store->list(op.id, app::PaymentQuery{.paging = {.after = place, .limit = 1'000}});
        for (const auto& row : page.rows) {
            ++paid;
            references.insert(row.payment.reference);
        }
        place = page.next;
    } while (place);
    const auto open = std::ssize(store->debtors(op.id, op.currency, {.due_by = *Date::parse("2999-01-01")}));
    EXPECT_EQ(doubled, 0) << "the gateway moved money twice for one charge";
    EXPECT_EQ(moved.size(), static_cast<std::size_t>(charges)) << "charged at the gateway";
    EXPECT_EQ(paid, charges) << "in the books";
    EXPECT_EQ(references.size(), moved.size()) << "each payment of the gateway once";
    EXPECT_EQ(open, 0) << "documents that are not paid";
    std::cout << charges << " charges, killed " << wanted_kills << " times, " << stripe.silent()
              << " requests not answered in time, " << stripe.told_twice() << " webhooks twice: " << charged
              << " s until the run was done (" << static_cast<int>(static_cast<double>(charges) / charged)
              << " a second), " << settled << " s until all was known; lost "
              << charges - static_cast<std::int64_t>(moved.size()) + open << ", doubled "
              << doubled + paid - static_cast<std::int64_t>(references.size()) << std::endl;
    store.reset();
    expect_sound_books(*at);
}

SLUICE_ON_EACH_STORE(AutomaticCharges);

}  // namespace
}  // namespace sluice::test
