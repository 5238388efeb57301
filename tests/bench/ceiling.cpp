#include "ceiling.hpp"

#include "measuring.hpp"

namespace sluice::bench {
namespace {

using Batch = std::vector<std::string>;  // rows, table by table

std::vector<std::string> conditions_of_batches(BareStore& from, std::int64_t sub_services) {
    std::vector<std::string> conditions;
    std::int64_t first = 0;
    std::int64_t found = 0;
    const auto between = [&](std::int64_t last) {
        conditions.push_back("t.subscriber_id BETWEEN " + std::to_string(first) + " AND " + std::to_string(last));
        first = last + 1;
        found = 0;
    };
    std::int64_t last = 0;
    for (const auto& [subscriber, count] :
         from.pairs("SELECT subscriber_id, COUNT(*) FROM sub_services GROUP BY subscriber_id ORDER BY subscriber_id")) {
        last = subscriber;
        if ((found += count) >= sub_services) between(last);
    }
    if (found > 0) between(last);
    return conditions;
}

std::vector<Batch> read_batches(BareStore& from, const std::vector<Written>& what, std::int64_t sub_services) {
    std::vector<Batch> batches;
    for (const auto& condition : conditions_of_batches(from, sub_services)) {
        Batch batch;
        for (const auto& table : what) {
            const bool is_here = table.has_subscribers || batches.empty();
            batch.push_back(is_here ? from.read(table, table.has_subscribers ? condition : "1 = 1") : "");
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

void expect_same(BareStore& from, BareStore& to, const std::vector<Written>& what) {
    const auto same = [&](const std::string& expression) {
        expect_equal("the ceiling's " + expression, to.number(expression), from.number(expression));
    };
    for (const auto& table : what) same("(SELECT COUNT(*) FROM " + table.table + ")");
    same("(SELECT COALESCE(SUM(balance), 0) FROM journal_heads)");
    same("(SELECT COUNT(*) FROM sub_services WHERE next_billing_date <= '2026-03-01')");
}

}  // namespace

std::vector<Written> written_by_a_bill_run() {
    return {{.table = "sub_services",
             .columns = {"subscriber_id", "id", "billed_to", "next_billing_date"},
             .keys = 2,
             .condition = "t.status = 'active'"},
            {.table = "items",
             .columns = {"subscriber_id", "id", "parts_charged"},
             .keys = 2,
             .condition = "t.product_id IN (SELECT id FROM products WHERE mode = 'installments')"},
            {.table = "journal_heads",
             .columns = {"subscriber_id", "entries", "hash", "balance", "last_entry_id"},
             .keys = 1,
             .condition = "t.entries > 0"},
            {.table = "documents"},
            {.table = "open_documents"},
            {.table = "lines"},
            {.table = "line_taxes"},
            {.table = "entries"},
            {.table = "postings"},
            {.table = "events"}};
}

std::vector<Written> written_by_an_import() {
    std::vector<Written> all;
    for (const char* table : {"operators", "policies", "products", "product_taxes", "price_versions", "tax_rules"})
        all.push_back({.table = table, .has_subscribers = false});
    for (const char* table : {"subscriber_codes", "subscribers", "journal_heads", "subscriber_words", "units",
                              "sub_services", "items", "serial_numbers", "suspended_spans", "lines", "line_taxes"})
        all.push_back({.table = table});
    return all;
}

double write_again(const std::string& from_address, const std::string& to_address, const std::vector<Written>& what,
                   Batches batches) {
    const auto from = open_bare_store(from_address);
    const auto to = open_bare_store(to_address);
    const auto rows = read_batches(*from, what, batches.sub_services);
    const Stopwatch watch;
    if (batches.in_one_transaction) to->run("BEGIN");
    for (const auto& batch : rows) {
        if (!batches.in_one_transaction) to->run("BEGIN");
        for (std::size_t i = 0; i < what.size(); ++i) to->write(what[i], batch[i]);
        if (!batches.in_one_transaction) to->run("COMMIT");
    }
    if (batches.in_one_transaction) to->run("COMMIT");
    const double seconds = watch.seconds();
    expect_same(*from, *to, what);
    return seconds;
}

}  // namespace sluice::bench
