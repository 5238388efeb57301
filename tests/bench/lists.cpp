// How long a page of each list takes.
//   sluice_bench_lists [--subscribers N] [--store PATH]     a store that is there already is used again
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "app/set_up.hpp"
#include "store/open_store.hpp"

namespace sluice::bench {
namespace {

using Clock = std::chrono::steady_clock;
using customers::OperatorId;
using customers::SubscriberId;
using invoicing::DocumentState;

const OperatorId op_id{1};
const Currency eur = *Currency::from_code("EUR");
const std::vector<std::string> first_names{"Anna", "Bruno",  "Carla", "Diego", "Élodie", "Fatima",  "Goran",
                                           "Hana", "Ingrid", "João",  "Karel", "Lucía",  "Mārtiņš", "Nadia"};
const std::vector<std::string> last_names{"García", "Müller", "Nowak",  "Rossi",    "Silva",    "Smith",
                                          "Novák",  "Dubois", "Ivanov", "Kowalski", "Andersen", "Öztürk"};

class Maker {
public:
    explicit Maker(app::Store& store) : store_(store), ids_(1'700'000'000'000, 0) {}

    void make(std::int64_t count) {
        found();
        for (std::int64_t done = 0; done < count; done += 1'000) {
            app::Transaction transaction(store_);
            batch(done, std::min<std::int64_t>(1'000, count - done));
            transaction.commit();
        }
    }

private:
    std::size_t number(std::size_t below) { return random_() % below; }
    Date day(int year, int month) { return Date::clamped(year * 12 + month - 1, static_cast<int>(number(28)) + 1); }

    void found() {
        app::OperatorSetup setup{
            .op = {.id = op_id, .code = "bench", .name = "Bench", .currency = eur, .time_zone = "UTC"}};
        for (const char* code : {"net", "rare"}) {
            catalog::Product product{.id = ids_.next<catalog::ProductId>(), .type = catalog::ProductType::service};
            product.code = product.name = code;
            product.length = PeriodLength::parse("1 month");
            setup.prices.push_back({.id = ids_.next<catalog::PriceId>(),
                                    .product = product.id,
                                    .version = 1,
                                    .valid_from = *Date::parse("2000-01-01"),
                                    .price = *Decimal::parse("20"),
                                    .setup_fee = {}});
            setup.products.push_back(std::move(product));
        }
        products_ = setup.products;
        prices_ = setup.prices;
        app::Transaction transaction(store_);
        app::store_setup(store_, setup);
        transaction.commit();
    }

    void batch(std::int64_t begin, std::int64_t count) {
        std::vector<customers::Subscriber> subscribers;
        std::vector<subscriptions::SubService> subs;
        for (std::int64_t i = begin; i < begin + count; ++i) {
            customers::Subscriber s{.id = ids_.next<SubscriberId>()};
            s.code = "S" + std::to_string(1'000'000 + i);
            s.contact = first_names[number(first_names.size())] + " " + last_names[number(last_names.size())];
            if (number(10) == 0) s.organization = "Firma " + std::to_string(number(5'000));
            s.category = number(1'000) == 0 ? "vip" : number(4) == 0 ? "office" : "home";
            s.region = "r" + std::to_string(number(16));
            s.pop = "pop" + std::to_string(number(300));
            const std::size_t product = number(2'000) == 0 ? 1 : 0;
            subs.push_back(
                {.id = ids_.next<subscriptions::SubServiceId>(),
                 .subscriber = s.id,
                 .code = "net",
                 .status = number(500) == 0 ? subscriptions::Status::suspended : subscriptions::Status::active,
                 .changed_on = *Date::parse("2026-01-01"),
                 .items = {{.id = ids_.next<subscriptions::ItemId>(),
                            .type = catalog::ProductType::service,
                            .product = products_[product].id,
                            .price = prices_[product].id}}});
            subscribers.push_back(std::move(s));
        }
        store_.add(op_id, subscribers);
        std::vector<app::NewSubService> rows;
        for (const auto& sub : subs) rows.push_back({&sub, day(2026, 4), {}});
        store_.add(op_id, rows);
        std::vector<app::BilledAccount> accounts;
        for (const auto& s : subscribers) accounts.push_back(account(s));
        store_.save_ahead(op_id, {}, accounts);
        store_.save(op_id, accounts);
    }

    // Three invoices: paid, overdue for some, and not yet due; and a payment.
    app::BilledAccount account(const customers::Subscriber& s) {
        app::BilledAccount account{.subscriber = s.id, .head = {.balance = Money::zero(eur)}};
        const payments::Payment payment{ids_.next<payments::PaymentId>(),
                                        s.id,
                                        day(2026, 2),
                                        Money::minor(2'000, eur),
                                        number(2'000) == 0 ? "cheque" : "card",
                                        "R" + std::to_string(number(50'000))};
        store_.add(op_id, payment);
        add(account, ledger::entry_of_payment({ids_.next<ledger::EntryId>(), s.id, payment.date,
                                               ledger::Source::payment, payment.id.value()},
                                              payment.amount));
        for (int month = 1; month <= 3; ++month) {
            const bool is_credit = number(3'000) == 0;
            const auto total = Money::minor(is_credit ? -500 : 2'000 + static_cast<std::int64_t>(number(900)), eur);
            invoicing::Document d{
                .id = ids_.next<invoicing::DocumentId>(),
                .subscriber = s.id,
                .type = is_credit ? invoicing::DocumentType::credit_note : invoicing::DocumentType::invoice,
                .year = 2026,
                .sequence = ++sequence_,
                .number = invoicing::format_number("INV-{year}-{number}", 2026, sequence_),
                .date = Date::clamped(2026 * 12 + month - 1, 1),
                .due = Date::clamped(2026 * 12 + month - 1, 15),
                .currency = eur,
                .unit = std::nullopt,
                .contact = s.contact,
                .organization = s.organization,
                .country = "",
                .region = s.region,
                .net = total,
                .tax = Money::zero(eur),
                .total = total,
                .state = DocumentState::paid,
                .lines = {}};
            const bool is_owed = !is_credit && (month == 3 || (month == 2 && number(10) == 0));
            const auto open = number(4'000) == 0 ? Money::minor(100, eur) : is_owed ? total : Money::zero(eur);
            d.state = invoicing::state_of(total, total - open);
            if (!is_credit && open.is_positive())
                account.new_debts.push_back({d.id, d.date, d.due, d.sequence, total, open});
            add(account, ledger::entry_of_document(
                             {ids_.next<ledger::EntryId>(), s.id, d.date, ledger::Source::document, d.id.value()},
                             total, Money::zero(eur), total));
            account.documents.push_back(std::move(d));
        }
        return account;
    }
    static void add(app::BilledAccount& account, ledger::Entry entry) {
        ++account.head.entries;
        account.head.balance += entry.balance_effect();
        account.entries.push_back({std::move(entry), {}});
    }

    app::Store& store_;
    IdSource ids_;
    std::mt19937 random_{1};
    std::vector<catalog::Product> products_;
    std::vector<catalog::PriceVersion> prices_;
    std::int64_t sequence_ = 0;
};

// The slowest page of ten goes of the first one and of the pages behind it, both ways.
template <typename Query>
void time_list(app::Store& store, const std::string& what, Query query) {
    std::printf("%-44s", what.c_str());
    for (const bool descending : {false, true}) {
        query.paging = {.limit = 50, .descending = descending};
        double worst = 0;
        std::size_t rows = 0;
        for (int page_number = 0; page_number < 20; ++page_number) {
            double best = 1e9;
            std::optional<app::Position> next;
            for (int go = 0; go < 5; ++go) {
                const auto begin = Clock::now();
                const auto page = store.list(op_id, query);
                best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
                next = page.next;
                if (go == 0) rows += page.rows.size();
            }
            worst = std::max(worst, best);
            if (!next) break;
            query.paging.after = next;
        }
        std::printf("  %s %7.2f ms (%4zu rows)", descending ? "descending" : "ascending", worst, rows);
    }
    std::printf("\n");
}

void run(app::Store& store) {
    using app::SubscriberOrder;
    const std::vector<std::pair<std::string, SubscriberOrder>> orders{{"created", SubscriberOrder::created},
                                                                      {"code", SubscriberOrder::code},
                                                                      {"name", SubscriberOrder::name},
                                                                      {"balance", SubscriberOrder::balance}};
    for (const auto& [name, order] : orders) {
        const auto time = [&](const std::string& what, app::SubscriberQuery query) {
            query.order = order;
            time_list(store, "subscribers by " + name + what, query);
        };
        time("", {});
        for (const char* text : {"s", "s1", "a", "anna", "anna garcia", "S1099999", "firma 77", "zzz", "an ga s10"})
            time(std::string(" \"") + text + '"', {.text = text});
        time(" vip", {.category = "vip"});
        time(" home", {.category = "home"});
        time(" office", {.category = "office"});
        time(" pop7", {.pop = "pop7"});
        time(" r7", {.region = "r7"});
        time(" vip r7", {.category = "vip", .region = "r7"});
        time(" office r7 \"silva\"", {.text = "silva", .category = "office", .region = "r7"});
    }
    using subscriptions::Status;
    const auto catalog = store.catalog(op_id);
    const auto* rare = catalog.find(catalog::ProductType::service, "rare");
    const auto* net = catalog.find(catalog::ProductType::service, "net");
    time_list(store, "sub-services", app::SubServiceQuery{});
    time_list(store, "sub-services active", app::SubServiceQuery{.status = Status::active});
    time_list(store, "sub-services suspended", app::SubServiceQuery{.status = Status::suspended});
    time_list(store, "sub-services cancelled", app::SubServiceQuery{.status = Status::cancelled});
    time_list(store, "sub-services net", app::SubServiceQuery{.service = net->id});
    time_list(store, "sub-services rare", app::SubServiceQuery{.service = rare->id});
    time_list(store, "sub-services due by 04-01", app::SubServiceQuery{.due_by = Date::parse("2026-04-01")});
    time_list(store, "sub-services due by 04-20", app::SubServiceQuery{.due_by = Date::parse("2026-04-20")});
    time_list(store, "sub-services rare due by 04-20",
              app::SubServiceQuery{.service = rare->id, .due_by = Date::parse("2026-04-20")});
    const auto some = *store.find_subscriber(op_id, "S1000777");
    time_list(store, "sub-services of one", app::SubServiceQuery{.subscriber = some.id});
    using app::DocumentOrder;
    const std::vector<std::pair<std::string, DocumentOrder>> document_orders{
        {"date", DocumentOrder::date}, {"due", DocumentOrder::due}, {"number", DocumentOrder::number}};
    for (const auto& [name, order] : document_orders) {
        const auto time = [&](const std::string& what, app::DocumentQuery query) {
            query.order = order;
            time_list(store, "documents by " + name + what, query);
        };
        time("", {});
        time(" of one", {.subscriber = some.id});
        time(" INV-2026-0000", {.number_prefix = "INV-2026-0000"});
        time(" INV", {.number_prefix = "INV"});
        time(" invoices", {.type = invoicing::DocumentType::invoice});
        time(" credit notes", {.type = invoicing::DocumentType::credit_note});
        time(" issued", {.state = DocumentState::issued});
        time(" partially paid", {.state = DocumentState::partially_paid});
        time(" paid", {.state = DocumentState::paid});
        time(" void", {.state = DocumentState::voided});
        time(" overdue", {.overdue_on = Date::parse("2026-03-10")});
        time(" of february", {.from = Date::parse("2026-02-01"), .to = Date::parse("2026-02-28")});
        time(" of one day", {.from = Date::parse("2026-02-02"), .to = Date::parse("2026-02-02")});
        time(" paid invoices of march", {.type = invoicing::DocumentType::invoice,
                                         .state = DocumentState::paid,
                                         .from = Date::parse("2026-03-01")});
    }
    time_list(store, "payments", app::PaymentQuery{});
    time_list(store, "payments of one", app::PaymentQuery{.subscriber = some.id});
    time_list(store, "payments by cheque", app::PaymentQuery{.method = "cheque"});
    time_list(store, "payments by card", app::PaymentQuery{.method = "card"});
    time_list(store, "payments R77", app::PaymentQuery{.reference = "R77"});
    time_list(store, "payments of two days",
              app::PaymentQuery{.from = Date::parse("2026-02-07"), .to = Date::parse("2026-02-08")});
    const auto begin = Clock::now();
    for (int i = 0; i < 10'000; ++i) store.subscriber_row(op_id, "S" + std::to_string(1'000'000 + i * 7 % 50'000));
    std::printf("one subscriber by code: %.1f µs\n",
                std::chrono::duration<double, std::micro>(Clock::now() - begin).count() / 10'000);
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    std::int64_t count = 100'000;
    std::string path = (std::filesystem::temp_directory_path() / "sluice-bench-lists.db").string();
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string argument = argv[i];
        if (argument == "--subscribers") count = std::stoll(argv[i + 1]);
        if (argument == "--store") path = argv[i + 1];
    }
    const bool is_there = std::filesystem::exists(path);
    const auto store = sluice::store::open_store("sqlite:" + path, false);
    if (!is_there) sluice::bench::Maker(*store).make(count);
    sluice::bench::run(*store);
    return 0;
}
