// How fast a bill run is when all is due on one day, against the ceiling: what it wrote, written again by the
// database's fastest means. And how long a second run takes, which finds nothing due. Each phase runs in a process of
// its own, so that its memory is its own.
#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include "app/bill_accounts.hpp"
#include "ceiling.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "domain/invoicing/decide.hpp"
#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"
#include "report.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"

namespace sluice::bench {
namespace {

struct Billed {
    double seconds = 0;
    std::int64_t documents = 0;
    std::int64_t lines = 0;
};

Billed bill(const std::string& address, int workers) {
    const auto hasher = connect::sha256_hasher();
    std::vector<std::unique_ptr<app::Store>> stores;
    for (int i = 0; i < workers; ++i) stores.push_back(store::open_store(address, true));
    const auto op = stores.front()->operators().front();
    std::atomic<std::int64_t> documents = 0;
    std::atomic<std::int64_t> lines = 0;
    const Stopwatch watch;
    {
        std::vector<std::jthread> threads;
        for (auto& store : stores)
            threads.emplace_back([&] {
                IdSource ids(1'800'000'000'000, store->take_node(1));
                const auto summary = app::BillRun(*store, *hasher, ids, op).run(first_of_month);
                documents += summary.totals.invoices + summary.totals.credit_notes;
                lines += summary.totals.lines;
                if (!summary.parked.empty()) give_up("parked: " + summary.parked.front().reason);
            });
    }
    return {watch.seconds(), documents, lines};
}

// A rolled-back run in memory-sized batches would still touch the store: this decides on facts that are loaded already.
double decide(const std::string& address) {
    IdSource ids(1'800'000'000'000, 1);
    const auto store = store::open_store(address, true);
    const auto op = store->operators().front();
    const auto catalog = store->catalog(op.id);
    const charging::Book book{catalog, op.currency, op.rounding, ids};
    double seconds = 0;
    std::optional<customers::SubscriberId> after;
    for (;;) {
        const auto due = store->due_subscribers(op.id, first_of_month, after, 1'000);
        if (due.empty()) return seconds;
        after = due.back();
        auto facts = store->due_accounts(op.id, first_of_month, due.front(), due.back());
        const Stopwatch watch;
        for (auto& account : facts) invoicing::decide(op, book, account.account, first_of_month);
        seconds += watch.seconds();
    }
}

struct Wish {
    std::vector<std::int64_t> sizes{10'000, 100'000};
    int workers = 1;
};

void measure(Stores& stores, const Options& options, std::int64_t sub_services, int workers, Report& report) {
    const auto before = stores.make_room("before");
    const Stopwatch making;
    const auto made = in_own_process([&] { return make_realistic_store(before, {.sub_services = sub_services}); });
    const double making_seconds = making.seconds();
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> ratios;
    std::vector<double> deciding;
    std::vector<double> nothing_due;
    double megabytes = 0;
    std::int64_t lines = 0;
    for (int run = 0; run < options.runs; ++run) {
        const auto billed = stores.copy("before", "billed");
        deciding.push_back(in_own_process([&] { return decide(billed); }).result);
        const auto first = in_own_process([&] { return bill(billed, workers); });
        expect_equal("documents", first.result.documents, made.result.documents);
        const auto second = in_own_process([&] { return bill(billed, workers); });
        expect_equal("documents of the second run", second.result.documents, 0);
        const auto target = stores.copy("before", "bare");
        const auto ceiling = in_own_process(
            [&] { return write_again(billed, target, written_by_a_bill_run(), {.sub_services = 1'000}); });
        ours.push_back(first.result.seconds);
        bare.push_back(ceiling.result);
        ratios.push_back(ceiling.result / first.result.seconds);
        nothing_due.push_back(second.result.seconds);
        megabytes = std::max(megabytes, first.peak_megabytes);
        lines = first.result.lines;
    }
    const auto documents = static_cast<double>(made.result.documents);
    report.add(std::to_string(sub_services), {{"sub_services", static_cast<double>(made.result.sub_services)},
                                              {"subscribers", static_cast<double>(made.result.subscribers)},
                                              {"documents", documents},
                                              {"lines", static_cast<double>(lines)},
                                              {"workers", static_cast<double>(workers)},
                                              {"runs", static_cast<double>(options.runs)},
                                              {"seconds", median(ours), 2},
                                              {"documents_per_second", documents / median(ours)},
                                              {"lines_per_second", static_cast<double>(lines) / median(ours)},
                                              {"microseconds_per_document", median(ours) * 1e6 / documents, 1},
                                              {"ceiling_documents_per_second", documents / median(bare)},
                                              {"ratio_to_ceiling", median(ratios), 2},
                                              {"peak_megabytes", megabytes},
                                              {"seconds_with_nothing_due", median(nothing_due), 3},
                                              {"seconds_of_decide_alone", median(deciding), 2},
                                              {"seconds_of_making_the_store", making_seconds, 1},
                                              {"peak_megabytes_of_making_it", made.peak_megabytes}});
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    using namespace sluice::bench;
    Options options("How fast a bill run is when all is due on one day, against the ceiling of the same rows.");
    Wish wish;
    options.add("--sub-services", wish.sizes, "how many; several sizes one after the other");
    options.add("--workers", wish.workers, "that bill at once; more than one on PostgreSQL");
    options.read(argc, argv);
    const auto stores = open_stores(options.server);
    Report report("bill_run", stores->kind());
    for (const auto size : wish.sizes) measure(*stores, options, size, wish.workers, report);
    report.print();
    report.write_json(options.json);
    return 0;
}
