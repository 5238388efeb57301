// How fast a bill run is, against the ceiling: the same rows, in the same tables with the same indexes and the same
// durability, written by the store's own fastest means (a bare loop over prepared statements; COPY), with nothing
// computed.
//   sluice_bench_bill_run [--sub-services N] [--runs N] [--json] [--workers N] [--postgres | --db postgresql://…]
// --postgres starts a server of its own, with small settings; --db takes one that is there, whose databases
// sluice_bench_before, …_billed and …_bare are made again and again.
// Each phase runs in a process of its own, so that its memory is its own.
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/set_up.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "postgres_ceiling.hpp"
#include "store/open_store.hpp"
#include "support/postgres_server.hpp"

namespace sluice::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

const Date month = *Date::parse("2026-03-01");

struct Measured {
    double seconds = 0;
    double megabytes = 0;  // peak of the process
    std::int64_t documents = 0;
};

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// Runs `phase` in a child process; what it returns, and the child's peak memory, come back.
Measured in_own_process(const std::function<Measured()>& phase) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    const auto child = ::fork();
    if (child == 0) {
        auto measured = phase();
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        measured.megabytes = static_cast<double>(usage.ru_maxrss) / 1024.0;
        const bool written = ::write(ends[1], &measured, sizeof measured) == sizeof measured;
        ::_exit(written ? 0 : 1);
    }
    Measured measured;
    ::close(ends[1]);
    const bool read = ::read(ends[0], &measured, sizeof measured) == sizeof measured;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!read || status != 0) {
        std::fprintf(stderr, "a phase failed\n");
        std::exit(1);
    }
    return measured;
}

// An operator with one monthly service with tax on top, and `count` subscribers who have it since 2026-01-01.
app::OperatorSetup setup_of(IdSource& ids) {
    app::OperatorSetup setup{.op = {.id = ids.next<customers::OperatorId>(),
                                    .code = "bench",
                                    .name = "Bench",
                                    .currency = *Currency::from_code("EUR"),
                                    .time_zone = "Europe/Warsaw"},
                             .products = {},
                             .prices = {},
                             .taxes = {}};
    setup.taxes.push_back({.id = ids.next<catalog::TaxId>(),
                           .code = "vat",
                           .name = "VAT",
                           .rate = Decimal::whole(23),
                           .included = false,
                           .country = "",
                           .region = "",
                           .valid_from = std::nullopt});
    catalog::Product product{.id = ids.next<catalog::ProductId>(), .type = catalog::ProductType::service};
    product.code = "net";
    product.name = "Internet 100";
    product.length = PeriodLength::parse("1 month");
    product.tax_codes = {"vat"};
    setup.prices.push_back({.id = ids.next<catalog::PriceId>(),
                            .product = product.id,
                            .version = 1,
                            .valid_from = *Date::parse("1900-01-01"),
                            .price = *Decimal::parse("24.90"),
                            .setup_fee = {}});
    setup.products.push_back(std::move(product));
    return setup;
}

void make_store(const std::string& address, std::int64_t count) {
    IdSource ids(1'700'000'000'000, 0);
    const auto store = store::open_store(address, false);
    const auto setup = setup_of(ids);
    app::Transaction transaction(*store);
    app::store_setup(*store, setup);
    const auto catalog = store->catalog(setup.op.id);
    for (std::int64_t done = 0; done < count;) {
        std::vector<customers::Subscriber> subscribers;
        std::vector<app::BuiltSubService> built;
        for (int i = 0; i < 1'000 && done < count; ++i, ++done) {
            customers::Subscriber subscriber{.id = ids.next<customers::SubscriberId>()};
            subscriber.code = "S" + std::to_string(done);
            subscriber.contact = "Customer " + std::to_string(done);
            const charging::TakenOver taken_over{.status = subscriptions::Status::active,
                                                 .activated_on = Date::parse("2026-01-01"),
                                                 .charged_to = month};
            built.push_back(*app::build_sub_service(setup.op, catalog, ids, subscriber, nullptr,
                                                    {.subscriber = subscriber.code, .code = "net", .service = "net"},
                                                    month, &taken_over));
            subscribers.push_back(std::move(subscriber));
        }
        store->add(setup.op.id, subscribers);
        std::vector<app::NewSubService> rows;
        for (const auto& sub : built) rows.push_back({&sub.state, sub.next_billing_date, sub.lines});
        store->add(setup.op.id, rows);
    }
    transaction.commit();
}

Measured bill(const std::string& address, int workers) {
    const auto hasher = connect::sha256_hasher();
    std::vector<std::unique_ptr<app::Store>> stores;
    for (int i = 0; i < workers; ++i) stores.push_back(store::open_store(address, true));
    const auto op = stores.front()->operators().front();
    const auto begin = Clock::now();
    std::atomic<std::int64_t> invoices = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < workers; ++i)
            threads.emplace_back([&, i] {
                auto& store = *stores[static_cast<std::size_t>(i)];
                IdSource ids(1'800'000'000'000, store.take_node(i));
                invoices += app::BillRun(store, *hasher, ids, op).run(month).totals.invoices;
            });
    }
    return {seconds_since(begin), 0, invoices};
}

// A rolled-back run in memory-sized batches would still touch the store: this decides on facts that are loaded already.
Measured decide(const std::string& address) {
    IdSource ids(1'800'000'000'000, 1);
    const auto store = store::open_store(address, true);
    const auto op = store->operators().front();
    const auto catalog = store->catalog(op.id);
    const charging::Book book{catalog, op.currency, op.rounding, ids};
    Measured measured;
    std::optional<customers::SubscriberId> after;
    for (;;) {
        const auto due = store->due_subscribers(op.id, month, after, 1'000);
        if (due.empty()) return measured;
        after = due.back();
        auto facts = store->due_accounts(op.id, month, due.front(), due.back());
        const auto begin = Clock::now();
        for (auto& account : facts)
            measured.documents +=
                static_cast<std::int64_t>(invoicing::decide(op, book, account.account, month).drafts.size());
        measured.seconds += seconds_since(begin);
    }
}

void must(int result, sqlite3* db) {
    if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    std::exit(1);
}

struct Value {
    int type;
    std::int64_t number;
    std::string text;
};

// The rows that a bill run wrote, table by table, in its batches of 1,000 documents.
struct Table {
    std::string insert;
    std::vector<std::vector<Value>> rows;
};

Table read_rows(sqlite3* db, const std::string& name, const std::string& condition, const std::string& order) {
    sqlite3_stmt* select = nullptr;
    must(sqlite3_prepare_v2(db, ("SELECT * FROM " + name + " " + condition + " ORDER BY " + order).c_str(), -1, &select,
                            nullptr),
         db);
    const int columns = sqlite3_column_count(select);
    Table table{"INSERT INTO " + name + " VALUES (?", {}};
    for (int i = 1; i < columns; ++i) table.insert += ",?";
    table.insert += ")";
    while (sqlite3_step(select) == SQLITE_ROW) {
        std::vector<Value> row;
        for (int i = 0; i < columns; ++i) {
            Value value{sqlite3_column_type(select, i), sqlite3_column_int64(select, i), {}};
            const auto* bytes = static_cast<const char*>(sqlite3_column_blob(select, i));
            if (bytes && value.type != SQLITE_INTEGER)
                value.text.assign(bytes, static_cast<std::size_t>(sqlite3_column_bytes(select, i)));
            row.push_back(std::move(value));
        }
        table.rows.push_back(std::move(row));
    }
    sqlite3_finalize(select);
    return table;
}

// These are there already.
Table journal_heads(sqlite3* db) {
    auto table = read_rows(db, "journal_heads", "", "subscriber_id");
    table.insert +=
        " ON CONFLICT (subscriber_id) DO UPDATE SET entries = excluded.entries, hash = excluded.hash, balance = "
        "excluded.balance, last_entry_id = excluded.last_entry_id";
    return table;
}

void bind_row(sqlite3_stmt* statement, const std::vector<Value>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        const auto size = static_cast<int>(row[i].text.size());
        if (row[i].type == SQLITE_INTEGER)
            sqlite3_bind_int64(statement, at, row[i].number);
        else if (row[i].type == SQLITE_TEXT)
            sqlite3_bind_text(statement, at, row[i].text.data(), size, SQLITE_STATIC);
        else if (row[i].type == SQLITE_BLOB)
            sqlite3_bind_blob(statement, at, row[i].text.data(), size, SQLITE_STATIC);
        else
            sqlite3_bind_null(statement, at);
    }
}

// Writes what is in the store at `billed` into the one at `target`, which is as it was before the run.
Measured ceiling(const std::string& billed, const std::string& target) {
    sqlite3* from = nullptr;
    must(sqlite3_open(billed.c_str(), &from), from);
    const std::vector<Table> tables{
        read_rows(from, "documents", "", "id"),
        read_rows(from, "lines", "WHERE document_id IS NOT NULL", "id"),
        read_rows(from, "line_taxes", "WHERE line_id IN (SELECT id FROM lines WHERE document_id IS NOT NULL)",
                  "subscriber_id, line_id, position"),
        read_rows(from, "entries", "", "id"),
        read_rows(from, "postings", "", "subscriber_id, entry_id, position"),
        read_rows(from, "events", "WHERE type = 'document.issued'", "sequence"),
        journal_heads(from)};
    // subscriber_id, id, billed_to, next_billing_date
    auto subs = read_rows(from, "(SELECT billed_to, next_billing_date, subscriber_id, id FROM sub_services)", "", "3");
    sqlite3_close(from);

    sqlite3* to = nullptr;
    must(sqlite3_open(target.c_str(), &to), to);
    must(sqlite3_exec(
             to,
             "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = "
             "-131072; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 2048",
             nullptr, nullptr, nullptr),
         to);
    std::vector<sqlite3_stmt*> statements;
    for (const auto& table : tables) {
        statements.push_back(nullptr);
        must(sqlite3_prepare_v2(to, table.insert.c_str(), -1, &statements.back(), nullptr), to);
    }
    sqlite3_stmt* update = nullptr;
    must(sqlite3_prepare_v2(
             to, "UPDATE sub_services SET billed_to = ?, next_billing_date = ? WHERE subscriber_id = ? AND id = ?", -1,
             &update, nullptr),
         to);
    const auto begin = Clock::now();
    const std::size_t batches = (subs.rows.size() + 999) / 1'000;
    for (std::size_t batch = 0; batch < batches; ++batch) {
        must(sqlite3_exec(to, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), to);
        const auto run = [&](sqlite3_stmt* statement, const std::vector<std::vector<Value>>& rows) {
            const auto per_batch = rows.size() / batches;
            const auto end = batch + 1 == batches ? rows.size() : (batch + 1) * per_batch;
            for (auto row = batch * per_batch; row < end; ++row) {
                bind_row(statement, rows[row]);
                must(sqlite3_step(statement), to);
                sqlite3_reset(statement);
            }
        };
        run(update, subs.rows);
        for (std::size_t i = 0; i < tables.size(); ++i) run(statements[i], tables[i].rows);
        must(sqlite3_exec(to, "COMMIT", nullptr, nullptr, nullptr), to);
    }
    const Measured measured{seconds_since(begin), 0, static_cast<std::int64_t>(tables[0].rows.size())};
    for (auto* statement : statements) sqlite3_finalize(statement);
    sqlite3_finalize(update);
    sqlite3_close(to);
    return measured;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Options {
    std::int64_t count = 100'000;
    int runs = 5;
    int workers = 1;
    bool json = false;
    std::string server;  // of PostgreSQL; empty: SQLite
};

// Where the stores are: one as it is before the run, and copies of it.
class Place {
public:
    virtual ~Place() = default;
    virtual std::string address(const std::string& name) const = 0;
    virtual void make_empty(const std::string& name) = 0;
    virtual void copy(const std::string& from, const std::string& to) = 0;
    virtual Measured ceiling_of(const std::string& billed, const std::string& bare) const = 0;
};

class Files final : public Place {
public:
    ~Files() override { fs::remove_all(directory_); }
    std::string address(const std::string& name) const override { return "sqlite:" + file(name); }
    void make_empty(const std::string& name) override { fs::remove(file(name)); }
    void copy(const std::string& from, const std::string& to) override {
        fs::remove(file(to) + "-wal");
        fs::copy_file(file(from), file(to), fs::copy_options::overwrite_existing);
        ::sync();  // else the first commits wait until the copy is on disk
    }
    Measured ceiling_of(const std::string& billed, const std::string& bare) const override {
        return ceiling(file(billed), file(bare));
    }

private:
    static fs::path made() {
        auto directory = fs::temp_directory_path() / ("sluice-bench-" + std::to_string(::getpid()));
        fs::create_directories(directory);
        return directory;
    }
    std::string file(const std::string& name) const { return (directory_ / (name + ".db")).string(); }

    fs::path directory_ = made();
};

class Databases final : public Place {
public:
    explicit Databases(std::string server) : server_(std::move(server)) {}
    ~Databases() override {
        for (const char* name : {"before", "billed", "bare"}) drop(name);
    }
    std::string address(const std::string& name) const override {
        return server_.substr(0, server_.rfind('/')) + "/sluice_bench_" + name;
    }
    void make_empty(const std::string& name) override {
        drop(name);
        run_sql(server_, "CREATE DATABASE sluice_bench_" + name + " TEMPLATE template0");
    }
    void copy(const std::string& from, const std::string& to) override {
        run_sql(address(from), "VACUUM ANALYZE");
        drop(to);
        run_sql(server_, "CREATE DATABASE sluice_bench_" + to + " TEMPLATE sluice_bench_" + from);
        run_sql(server_, "CHECKPOINT");
    }
    Measured ceiling_of(const std::string& billed, const std::string& bare) const override {
        return {copy_ceiling(address(billed), address(bare)), 0, 0};
    }

private:
    void drop(const std::string& name) {
        run_sql(server_, "DROP DATABASE IF EXISTS sluice_bench_" + name + " WITH (FORCE)");
    }

    std::string server_;
};

int run(const Options& options) {
    const auto [count, runs, workers, json, server] = options;
    std::unique_ptr<Place> place = std::make_unique<Files>();
    if (!server.empty()) place = std::make_unique<Databases>(server);
    place->make_empty("before");
    in_own_process([&, count = count] {
        make_store(place->address("before"), count);
        return Measured{};
    });
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> deciding;
    double megabytes = 0;
    for (int i = 0; i < runs; ++i) {
        for (const char* name : {"billed", "bare"}) place->copy("before", name);
        deciding.push_back(in_own_process([&] { return decide(place->address("bare")); }).seconds);
        const auto billed = in_own_process([&, workers = workers] { return bill(place->address("billed"), workers); });
        if (billed.documents != count) {
            std::fprintf(stderr, "%lld documents, expected %lld\n", static_cast<long long>(billed.documents),
                         static_cast<long long>(count));
            return 1;
        }
        ours.push_back(billed.seconds);
        megabytes = std::max(megabytes, billed.megabytes);
        bare.push_back(in_own_process([&] { return place->ceiling_of("billed", "bare"); }).seconds);
    }
    const auto n = static_cast<double>(count);
    const double ratio = median(bare) / median(ours);
    if (json)
        std::printf(
            "{\"sub_services\": %lld, \"runs\": %d, \"documents_per_second\": %.0f, \"ceiling_per_second\": %.0f, "
            "\"ratio\": %.2f, \"peak_megabytes\": %.0f, \"decisions_per_second\": %.0f}\n",
            static_cast<long long>(count), runs, n / median(ours), n / median(bare), ratio, megabytes,
            n / median(deciding));
    else
        std::printf(
            "%9lld sub-services, median of %d: %7.0f documents/s, ceiling %7.0f/s, ratio %.2f, peak %4.0f MB, decide "
            "alone %8.0f accounts/s\n",
            static_cast<long long>(count), runs, n / median(ours), n / median(bare), ratio, megabytes,
            n / median(deciding));
    return 0;
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    sluice::bench::Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--json")
            options.json = true;
        else if (argument == "--sub-services" && i + 1 < argc)
            options.count = std::stoll(argv[++i]);
        else if (argument == "--runs" && i + 1 < argc)
            options.runs = std::stoi(argv[++i]);
        else if (argument == "--workers" && i + 1 < argc)
            options.workers = std::stoi(argv[++i]);
        else if (argument == "--postgres")
            options.server = sluice::test::PostgresServer::shared().address("postgres");
        else if (argument == "--db" && i + 1 < argc)
            options.server = argv[++i];
        else {
            std::fprintf(stderr,
                         "usage: %s [--sub-services N] [--runs N] [--workers N] [--json] [--postgres | --db "
                         "postgresql://USER@HOST/postgres]\n",
                         argv[0]);
            return 2;
        }
    }
    return sluice::bench::run(options);
}
