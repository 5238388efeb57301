#include "store/move_store.hpp"

#include <algorithm>
#include <array>

#include "app/ports/store_address.hpp"
#include "store/postgres/postgres_connection.hpp"
#include "store/sql/migrate.hpp"
#include "store/sql/query.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sqlite/sqlite_connection.hpp"

namespace sluice::store {
namespace {

// Each behind those that its rows refer to.
constexpr std::array<std::string_view, 83> tables{"operators",
                                                  "policies",
                                                  "products",
                                                  "product_taxes",
                                                  "price_versions",
                                                  "tax_rules",
                                                  "number_series",
                                                  "subscribers",
                                                  "subscriber_codes",
                                                  "subscriber_words",
                                                  "serial_numbers",
                                                  "units",
                                                  "sub_services",
                                                  "items",
                                                  "suspended_spans",
                                                  "documents",
                                                  "open_documents",
                                                  "lines",
                                                  "line_taxes",
                                                  "payments",
                                                  "refunds",
                                                  "write_offs",
                                                  "open_credits",
                                                  "allocations",
                                                  "entries",
                                                  "postings",
                                                  "journal_heads",
                                                  "parked_accounts",
                                                  "api_keys",
                                                  "idempotency_keys",
                                                  "events",
                                                  "jobs",
                                                  "bank_statements",
                                                  "bank_lines",
                                                  "bank_line_candidates",
                                                  "payer_accounts",
                                                  "payment_methods",
                                                  "saved_methods",
                                                  "checkouts",
                                                  "gateway_events",
                                                  "collection_ladders",
                                                  "holidays",
                                                  "collection_steps",
                                                  "collection_holds",
                                                  "payment_plans",
                                                  "payment_plan_parts",
                                                  "payment_plan_documents",
                                                  "promised_payments",
                                                  "scheduled_tasks",
                                                  "cash_shifts",
                                                  "cash_movements",
                                                  "cash_receipt_series",
                                                  "cheques",
                                                  "webhook_endpoints",
                                                  "webhook_deliveries",
                                                  "webhook_attempts",
                                                  "mail_settings",
                                                  "message_templates",
                                                  "messages",
                                                  "pro_formas",
                                                  "pro_forma_lines",
                                                  "ordered_items",
                                                  "advance_payments",
                                                  "advance_series",
                                                  "automatic_payments",
                                                  "discounts",
                                                  "promo_codes",
                                                  "discount_grants",
                                                  "discount_uses",
                                                  "payouts",
                                                  "wallets",
                                                  "users",
                                                  "user_grants",
                                                  "user_sessions",
                                                  "recovery_codes",
                                                  "password_resets",
                                                  "sign_in_attempts",
                                                  "audit_log",
                                                  "bill_run_differences",
                                                  "notes",
                                                  "oidc_providers",
                                                  "user_identities",
                                                  "oidc_sign_ons"};

std::int64_t count(Connection& db, const std::string& table) {
    Query row(db, "SELECT COUNT(*) FROM " + table);
    return row.next() ? row.get<std::int64_t>() : 0;
}

// A table that a later migration makes must not be forgotten here.
void expect_all_tables(Connection& sqlite) {
    Query row(sqlite,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations' AND name NOT LIKE "
              "'sqlite!_%' ESCAPE '!'");
    while (row.next()) {
        const auto name = row.get<std::string>();
        check(std::find(tables.begin(), tables.end(), name) != tables.end(), "every table of a store is copied");
    }
}

struct Column {
    std::string name;
    bool is_number;
    bool is_bytes;
};

std::vector<Column> columns_of(Connection& sqlite, const std::string& table) {
    std::vector<Column> columns;
    Query row(sqlite, "SELECT name, type FROM pragma_table_info(?)", table);
    while (row.next()) {
        auto name = row.get<std::string>();
        const auto type = row.get<std::string>();
        columns.push_back({std::move(name), type == "INTEGER", type == "BLOB"});
    }
    return columns;
}

Cell cell_of(Statement& row, int at, const Column& column) {
    if (row.is_null(at)) return Null{};
    if (column.is_number) return row.integer(at);
    if (column.is_bytes) return Bytes{row.text(at)};
    return row.text(at);
}

void copy_table(Connection& from, Connection& to, const std::string& table, const app::MoveProgress& progress) {
    const auto columns = columns_of(from, table);
    std::vector<std::string> names;
    std::string list;
    for (const auto& column : columns) {
        names.push_back(column.name);
        (list += list.empty() ? "" : ", ") += column.name;
    }
    Inserter rows(to, table, names);
    auto& row = from.prepare("SELECT " + list + " FROM " + table);
    std::vector<Cell> cells(columns.size());
    std::int64_t copied = 0;
    while (row.step()) {
        for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = cell_of(row, static_cast<int>(i), columns[i]);
        rows.row_of(cells);
        if (++copied % 4'096 == 0) progress(table, copied);
    }
    row.reset();
    rows.flush();
    progress(table, copied);
}

}  // namespace

std::vector<std::pair<std::string, std::int64_t>> move_store(const app::MoveWish& wish,
                                                             const app::MoveProgress& progress,
                                                             const app::MoveCheck& check_copy) {
    const auto from = open_sqlite(wish.from.substr(wish.from.find(':') + 1), true);
    migrate(*from);
    expect_all_tables(*from);
    auto opened = open_postgres(wish.to, PostgresUse::write);
    auto& to = *opened;
    migrate(to);
    SqlStore copy(std::move(opened));
    for (const std::string table : {"operators", "api_keys"})
        if (count(to, table) > 0)
            throw app::StoreFailure("the database at " + app::without_password(wish.to) +
                                    " holds a store already; copy into an empty database");
    std::vector<std::pair<std::string, std::int64_t>> copied;
    app::Transaction transaction(copy);
    for (const auto name : tables) {
        const std::string table(name);
        copy_table(*from, to, table, progress);
        const auto rows = count(*from, table);
        check(count(to, table) == rows, "a copied table has as many rows as the table it was copied from");
        copied.emplace_back(table, rows);
    }
    to.run_script("ANALYZE");
    check_copy(copy);
    transaction.commit();
    return copied;
}

}  // namespace sluice::store
