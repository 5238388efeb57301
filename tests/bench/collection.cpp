// How long the collection of a day takes: a realistic operator of whose subscribers one in twenty is overdue, as many
// as a ladder can concern on one day. Reminders on one day, suspension on another, and a second run that finds nothing
// to do.
#include "app/bill_accounts.hpp"
#include "app/collection_run.hpp"
#include "bare_store.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"
#include "report.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"

namespace sluice::bench {
namespace {

constexpr std::int64_t one_in = 20;

struct Debtors {
    std::int64_t subscribers;
    std::int64_t overdue;  // subscribers
};

// All but one in twenty have paid the present month ahead.
Debtors make_store(const std::string& address, std::int64_t subscribers) {
    {
        StoreMaker maker(address);
        std::int64_t count = 0;
        each_realistic_customer({.subscribers = subscribers}, [&](Customer customer) {
            if (count++ % one_in != 0)
                for (auto& [request, taken_over] : customer.contracts)
                    taken_over.charged_to = request.service == "voip"  // in arrears
                                                ? first_of_month
                                                : Date::clamped(first_of_month.months_since_year_0() + 2, 1);
            maker.add(std::move(customer));
        });
        maker.finish(false);
    }
    const auto store = store::open_store(address, true);
    const auto hasher = connect::sha256_hasher();
    IdSource ids(1'800'000'000'000, store->take_node(1));
    auto op = store->operators().front();
    op.payment.ladder = "standard";
    store->update(op);
    app::BillRun(*store, *hasher, ids, op).run(first_of_month);
    const auto db = open_bare_store(address);
    return {subscribers, db->number("(SELECT COUNT(DISTINCT subscriber_id) FROM open_documents)")};
}

struct Times {
    double reminding;
    double suspending;
    double again;
    std::int64_t suspended;
};

Times measure(const std::string& address) {
    const auto store = store::open_store(address, true);
    const auto hasher = connect::sha256_hasher();
    IdSource ids(1'900'000'000'000, store->take_node(1));
    const auto op = store->operators().front();
    const Date due = first_of_month.plus_days(op.due_days);
    const auto run_on = [&](Date date, app::CollectionFigures& figures) {
        const Stopwatch watch;
        app::CollectionRun run(*store, *hasher, ids, op, date);
        while (run.step()) continue;
        figures = run.figures();
        return watch.seconds();
    };
    app::CollectionFigures reminded, suspended, nothing;
    const auto reminding = run_on(due, reminded);
    const auto suspending = run_on(due.plus_days(7), suspended);
    const auto again = run_on(due.plus_days(7), nothing);
    const auto db = open_bare_store(address);
    expect_equal("suspended", db->number("(SELECT COUNT(*) FROM sub_services WHERE suspended_for = 'debt')"),
                 suspended.suspended);
    expect_equal("done again", nothing.reminders + nothing.suspended + nothing.resumed, 0);
    expect_equal("reminders", reminded.reminders, db->number("(SELECT COUNT(*) FROM open_documents)"));
    return {reminding, suspending, again, suspended.suspended};
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    using namespace sluice::bench;
    Options options("How long the collection of a day takes when one subscriber in twenty is overdue.");
    std::int64_t subscribers = 100'000;
    options.add("--subscribers", subscribers, "of the operator");
    options.read(argc, argv);
    const auto stores = open_stores(options.server);
    const auto made = in_own_process([&] { return make_store(stores->make_room("before"), subscribers); }).result;
    std::vector<double> reminding, suspending, again, memory;
    std::int64_t suspended = 0;
    for (int run = 0; run < options.runs; ++run) {
        const auto address = stores->copy("before", "collection");
        const auto finished = in_own_process([&] { return measure(address); });
        reminding.push_back(finished.result.reminding);
        suspending.push_back(finished.result.suspending);
        again.push_back(finished.result.again);
        memory.push_back(finished.peak_megabytes);
        suspended = finished.result.suspended;
    }
    Report report("collection", stores->kind());
    report.add("a day", {{"subscribers", static_cast<double>(made.subscribers)},
                         {"overdue", static_cast<double>(made.overdue)},
                         {"suspended_sub_services", static_cast<double>(suspended)},
                         {"runs", static_cast<double>(options.runs)},
                         {"seconds_to_remind", median(reminding), 2},
                         {"seconds_to_suspend", median(suspending), 2},
                         {"seconds_again", median(again), 2},
                         {"peak_megabytes", median(memory)}});
    report.print();
    report.write_json(options.json);
    return 0;
}
