// How long it takes to bill one account with very many sub-services on one merged invoice, against the ceiling; and, on
// PostgreSQL, whether small accounts wait for it.
#include <atomic>
#include <thread>

#include "app/bill_accounts.hpp"
#include "ceiling.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"
#include "report.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"

namespace sluice::bench {
namespace {

constexpr std::int64_t homes = 100;

Made make_store(const std::string& address, std::int64_t flats, std::int64_t small_accounts) {
    StoreMaker maker(address);
    RealisticCustomers customers;
    maker.add(customers.apartment_complex(flats));
    for (std::int64_t i = 0; i < small_accounts; ++i) maker.add(customers.next(1));
    return maker.finish();
}

// One who works with the store, with a connection of their own.
class Worker {
public:
    explicit Worker(const std::string& address)
        : store_(store::open_store(address, true)),
          ids_(1'800'000'000'000, store_->take_node(1)),
          op_(store_->operators().front()) {}

    // Bills batch by batch until there are so many documents.  GIVES: seconds.
    double bill(std::int64_t documents) {
        app::BillRun run(*store_, *hasher_, ids_, op_);
        const Stopwatch watch;
        while (run.progress().documents < documents && run.step(first_of_month)) continue;
        expect_equal("documents", run.progress().documents, documents);
        return watch.seconds();
    }
    double pay(const std::string& subscriber) {
        const Stopwatch watch;
        const auto paid =
            commands_.record_payment(first_of_month, subscriber, Money::minor(100, op_.currency), "card", "");
        if (!paid) give_up(paid.refusal().message);
        return watch.seconds();
    }

private:
    std::unique_ptr<app::Hasher> hasher_ = connect::sha256_hasher();
    std::unique_ptr<app::Store> store_;
    IdSource ids_;
    customers::Operator op_;
    app::Commands commands_{*store_, *hasher_, ids_, op_};
};

struct Waits {
    double payment = 0;  // the longest, in seconds
    double bill = 0;     // of the small accounts
    std::int64_t payments = 0;
};

// Pays and bills small accounts while `meanwhile` goes on, and not less than a second.
Waits small_accounts(const std::string& address, std::int64_t documents, const std::function<void()>& meanwhile) {
    Worker clerk(address);
    Worker biller(address);
    Waits waits;
    std::atomic<bool> is_over = false;
    std::jthread main([&] {
        const Stopwatch watch;
        meanwhile();
        std::this_thread::sleep_for(std::chrono::duration<double>(1 - watch.seconds()));
        is_over = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the big account is held by now
    std::jthread bills([&] { waits.bill = biller.bill(documents); });
    for (; !is_over; ++waits.payments)
        waits.payment = std::max(waits.payment, clerk.pay("S" + std::to_string(1'000'001 + waits.payments % homes)));
    bills.join();
    return waits;
}

void measure(Stores& stores, const Options& options, std::int64_t flats, Report& report) {
    const auto made = in_own_process([&] { return make_store(stores.make_room("before"), flats, 0); }).result;
    expect_equal("merged invoices", made.documents, 1);
    std::vector<double> ours;
    std::vector<double> bare;
    double megabytes = 0;
    for (int run = 0; run < options.runs; ++run) {
        const auto billed = stores.copy("before", "billed");
        const auto done = in_own_process([&] { return Worker(billed).bill(1); });
        const auto target = stores.copy("before", "bare");
        ours.push_back(done.result);
        megabytes = std::max(megabytes, done.peak_megabytes);
        bare.push_back(in_own_process([&] {
                           return write_again(billed, target, written_by_a_bill_run(), {.sub_services = 1});
                       }).result);
    }
    const auto lines = open_bare_store(stores.address("billed"))->number("(SELECT COUNT(*) FROM lines)");
    expect(lines >= flats, "there is a line for each flat");
    report.add("one account", {{"sub_services", static_cast<double>(flats)},
                               {"lines_on_one_invoice", static_cast<double>(lines)},
                               {"runs", static_cast<double>(options.runs)},
                               {"seconds", median(ours), 2},
                               {"ceiling_seconds", median(bare), 2},
                               {"ratio_to_ceiling", median(bare) / median(ours), 2},
                               {"peak_megabytes", megabytes}});
}

// On a store that many write to.
void measure_neighbours(Stores& stores, std::int64_t flats, Report& report) {
    const auto made = in_own_process([&] { return make_store(stores.make_room("before"), flats, homes); }).result;
    const auto documents = made.documents - 1;  // of the small accounts
    const auto add = [&](const std::string& what, const Waits& waits) {
        report.add(what, {{"small_accounts", static_cast<double>(homes)},
                          {"payments", static_cast<double>(waits.payments)},
                          {"longest_payment_ms", waits.payment * 1e3, 1},
                          {"ms_to_bill_the_small_accounts", waits.bill * 1e3, 1}});
    };
    {
        const auto address = stores.copy("before", "billed");
        // Without the big account in the way: its sub-services are due later.
        open_bare_store(address)->run(
            "UPDATE sub_services SET next_billing_date = '2026-04-01' WHERE subscriber_id = (SELECT MIN(subscriber_id) "
            "FROM subscribers)");
        add("alone", small_accounts(address, documents, [] {}));
    }
    const auto address = stores.copy("before", "billed");
    Worker biller_of_the_big_one(address);
    add("beside the big one", small_accounts(address, documents, [&] { biller_of_the_big_one.bill(1); }));
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    using namespace sluice::bench;
    Options options("How long it takes to bill one account with very many sub-services on one merged invoice.");
    std::int64_t flats = 30'000;
    options.add("--sub-services", flats, "of the account");
    options.read(argc, argv);
    const auto stores = open_stores(options.server);
    Report report("big_account", stores->kind());
    measure(*stores, options, flats, report);
    if (!options.server.empty()) measure_neighbours(*stores, flats, report);
    report.print();
    report.write_json(options.json);
    return 0;
}
