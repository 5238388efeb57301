// How many durable transfers a second our journal takes, on one account that all of them are for and on many, beside
// pgbench on the same server, which makes one transfer (a row and two balances) a transaction.
//
// In batches: entries of the journal, as a bill run writes them (held, chained, written and committed together).
// Payments: the command that records one, as the API carries it out (found, recorded, booked and allocated; many share
// a commit).
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <memory>

#include "app/commands.hpp"
#include "app/journal.hpp"
#include "bare_store.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"
#include "report.hpp"
#include "serve/engine/writer.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"

namespace sluice::bench {
namespace {

struct Wish {
    std::int64_t accounts = 10'000;
    std::size_t batch = 1'000;
    double seconds = 5;
    int clients = 8;  // of pgbench
};

struct Payer {
    customers::Subscriber subscriber;
    app::JournalHead head;
};

class Journal {
public:
    explicit Journal(const std::string& address)
        : address_(address),
          store_(store::open_store(address, true)),
          ids_(1'800'000'000'000, store_->take_node(1)),
          op_(store_->operators().front()) {
        for (const auto& row : store_->balances(op_.id, std::nullopt, 1'000'000)) {
            customers::Subscriber subscriber{.id = row.subscriber, .code = row.subscriber_code};
            auto head = store_->payment_facts(subscriber, op_.currency).head;
            payers_.push_back({std::move(subscriber), head});
        }
    }

    // Transfers a second. All of them are for the first account, or go round all accounts. Batches come first: they do
    // not know what payments have booked.
    double in_batches(const Wish& wish, bool is_hot) {
        std::int64_t done = 0;
        const Stopwatch watch;
        while (watch.seconds() < wish.seconds) done += append_batch(wish.batch, is_hot);
        const double seconds = watch.seconds();
        booked_ += done;
        expect_all_booked();
        return static_cast<double>(done) / seconds;
    }
    double payments(const Wish& wish, bool is_hot) {
        std::int64_t done = 0;
        const Stopwatch watch;
        {
            serve::Writer writer(*store_);
            while (watch.seconds() < wish.seconds) done += pay_batch(writer, wish.batch, is_hot);
        }
        const double seconds = watch.seconds();
        booked_ += done;
        expect_all_booked();
        return static_cast<double>(done) / seconds;
    }

private:
    Payer& next_payer(bool is_hot) { return payers_[is_hot ? 0 : next_++ % payers_.size()]; }

    std::int64_t append_batch(std::size_t size, bool is_hot) {
        app::Transaction transaction(*store_);
        std::vector<app::BilledAccount> accounts;
        std::vector<customers::SubscriberId> held;
        for (std::size_t i = 0; i < size; ++i) {
            auto& payer = next_payer(is_hot);
            if (accounts.empty() || !is_hot) {
                accounts.push_back({.subscriber = payer.subscriber.id, .head = payer.head});
                held.push_back(payer.subscriber.id);
            }
            auto entry = ledger::entry_of_payment({.id = ids_.next_after<ledger::EntryId>(payer.head.last_entry),
                                                   .subscriber = payer.subscriber.id,
                                                   .date = first_of_month,
                                                   .source = ledger::Source::payment,
                                                   .source_id = ids_.next<payments::PaymentId>().value()},
                                                  amount());
            accounts.back().entries.push_back(app::append(*hasher_, payer.head, std::move(entry), nullptr));
            accounts.back().head = payer.head;
        }
        expect_equal("accounts that are held", static_cast<std::int64_t>(store_->hold(held, true).size()),
                     static_cast<std::int64_t>(held.size()));
        store_->save(op_.id, accounts);
        transaction.commit();
        return static_cast<std::int64_t>(size);
    }

    std::int64_t pay_batch(serve::Writer& writer, std::size_t size, bool is_hot) {
        std::vector<std::future<void>> answers;
        for (std::size_t i = 0; i < size; ++i) {
            const auto answer = std::make_shared<std::promise<void>>();
            answers.push_back(answer->get_future());
            writer.submit(
                [this, code = next_payer(is_hot).subscriber.code](app::Store&) {
                    const auto paid = commands_.record_payment(first_of_month, code, amount(), "card", "");
                    if (!paid) give_up(paid.refusal().message);
                },
                [answer](std::exception_ptr failure) {
                    failure ? answer->set_exception(failure) : answer->set_value();
                });
        }
        for (auto& answer : answers) answer.get();
        return static_cast<std::int64_t>(size);
    }

    Money amount() const { return Money::minor(100, op_.currency); }
    void expect_all_booked() const {
        const auto db = open_bare_store(address_);
        expect_equal("entries", db->number("(SELECT COUNT(*) FROM entries)"), booked_);
        expect_equal("balances", db->number("(SELECT SUM(balance) FROM journal_heads)"),
                     booked_ * amount().minor_units());
    }

    std::string address_;
    std::unique_ptr<app::Hasher> hasher_ = connect::sha256_hasher();
    std::unique_ptr<app::Store> store_;
    IdSource ids_;
    customers::Operator op_;
    app::Commands commands_{*store_, *hasher_, ids_, op_};
    std::vector<Payer> payers_;
    std::size_t next_ = 0;
    std::int64_t booked_ = 0;
};

// One transfer a transaction. The account with the smaller number is changed first, so that none waits in a circle.
std::string pgbench_script(bool is_hot) {
    return std::string(is_hot ? "\\set one 1\n" : "\\set one random(1, :accounts - 1)\n") +
           "\\set other random(:one + 1, :accounts)\n"
           "BEGIN;\n"
           "INSERT INTO transfers (debit, credit, amount) VALUES (:one, :other, 100);\n"
           "UPDATE accounts SET balance = balance - 100 WHERE id = :one;\n"
           "UPDATE accounts SET balance = balance + 100 WHERE id = :other;\n"
           "END;\n";
}

// What a program prints.
std::string output_of(const std::string& command) {
    auto* pipe = ::popen(command.c_str(), "r");
    expect(pipe != nullptr, command + " can be started");
    std::string output;
    char piece[4096];
    while (const auto size = std::fread(piece, 1, sizeof piece, pipe)) output.append(piece, size);
    expect(::pclose(pipe) == 0, command + " ends well");
    return output;
}

double pgbench(Stores& stores, const Wish& wish, bool is_hot) {
    const auto address = stores.make_room("transfers");
    const auto accounts = std::to_string(wish.accounts);
    const auto db = open_bare_store(address);
    db->run(
        "CREATE TABLE accounts (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL);"
        "CREATE TABLE transfers (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, debit BIGINT NOT NULL, credit "
        "BIGINT NOT NULL, amount BIGINT NOT NULL);"
        "INSERT INTO accounts SELECT n, 0 FROM generate_series(1, " +
        accounts + ") n");
    char script[] = "/tmp/sluice-bench-XXXXXX";
    const int file = ::mkstemp(script);
    expect(file >= 0, "there is a file for the script of pgbench");
    ::close(file);
    std::ofstream(script) << pgbench_script(is_hot);
    const auto output = output_of("pgbench --no-vacuum --protocol=prepared --client=" + std::to_string(wish.clients) +
                                  " --time=" + std::to_string(static_cast<int>(wish.seconds)) +
                                  " --define=accounts=" + accounts + " --file=" + script + " '" + address + "'");
    ::unlink(script);
    const std::string before = "tps = ";
    const auto at = output.find(before);
    expect(at != std::string::npos, "pgbench tells how fast it was");
    expect(db->number("(SELECT COUNT(*) FROM transfers)") > 0, "there are transfers");
    expect_equal("balances", db->number("(SELECT SUM(balance) FROM accounts)"), 0);
    return std::stod(output.substr(at + before.size()));
}

void measure(Stores& stores, const Options& options, const Wish& wish, bool is_hot, Report& report) {
    std::vector<double> theirs;
    std::vector<double> batched;
    std::vector<double> paid;
    for (int run = 0; run < options.runs; ++run) {
        theirs.push_back(pgbench(stores, wish, is_hot));
        Journal journal(stores.copy("before", "journal"));
        batched.push_back(journal.in_batches(wish, is_hot));
        paid.push_back(journal.payments(wish, is_hot));
    }
    report.add(is_hot ? "one account" : "many accounts",
               {{"accounts", is_hot ? 1 : static_cast<double>(wish.accounts)},
                {"runs", static_cast<double>(options.runs)},
                {"pgbench_transfers_per_second", median(theirs)},
                {"transfers_in_batches_per_second", median(batched)},
                {"postings_in_batches_per_second", 2 * median(batched)},
                {"ratio_of_batches_to_pgbench", median(batched) / median(theirs), 1},
                {"payments_per_second", median(paid)},
                {"ratio_of_payments_to_pgbench", median(paid) / median(theirs), 1}});
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    using namespace sluice::bench;
    Options options("How many durable transfers a second the journal takes, beside pgbench on the same PostgreSQL.");
    Wish wish;
    options.add("--accounts", wish.accounts, "how many, when it is not one alone");
    options.add("--batch", wish.batch, "transfers in a transaction of ours; not more than accounts");
    options.add("--seconds", wish.seconds, "that each part of a run takes");
    options.add("--clients", wish.clients, "of pgbench");
    options.read(argc, argv);
    options.need_a_server();
    expect(static_cast<std::int64_t>(wish.batch) <= wish.accounts, "a batch has an account once");
    const auto stores = open_stores(options.server);
    in_own_process([&] { return make_realistic_store(stores->make_room("before"), {.subscribers = wish.accounts}); });
    Report report("ledger", stores->kind());
    for (const bool is_hot : {true, false}) measure(*stores, options, wish, is_hot, report);
    report.print();
    report.write_json(options.json);
    return 0;
}
