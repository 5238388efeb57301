#include "contract/schema.hpp"

#include <algorithm>
#include <set>

#include "store/sql/query.hpp"

namespace sluice::contract {
namespace {

// Small tables that every machine has all of. Nothing in them belongs to a subscriber.
const std::set<std::string> reference_tables{"operators",
                                             "policies",
                                             "products",
                                             "product_taxes",
                                             "price_versions",
                                             "tax_rules",
                                             "number_series",
                                             "api_keys",
                                             "schema_migrations",
                                             "payment_methods",
                                             "scheduled_tasks",
                                             "cash_shifts",
                                             "cash_receipt_series",
                                             "webhook_endpoints",
                                             "mail_settings",
                                             "message_templates",
                                             "collection_ladders",
                                             "holidays",
                                             "advance_series",
                                             "discounts",
                                             "promo_codes",
                                             "users",
                                             "user_grants",
                                             "user_sessions",
                                             "recovery_codes",
                                             "password_resets",
                                             "sign_in_attempts",
                                             "oidc_providers",
                                             "user_identities",
                                             "oidc_sign_ons"};

// Tables that may name a subscriber and are not found by it, and why.
const std::map<std::string, std::string> exceptions{
    {"subscriber_codes", "a directory that leads to the subscriber: a code is unique within its operator"},
    {"serial_numbers", "a directory that leads to the subscriber: a serial number is unique within its operator"},
    {"subscriber_words", "a directory that leads to the subscriber: search finds words within an operator"},
    {"events", "numbered without gaps within an operator, and read in that order"},
    {"idempotency_keys", "a request is repeated within its operator, before it is known whom it is about"},
    {"jobs", "long work is an operator's"},
    {"bank_statements", "a bank tells an operator of many payers in one file"},
    {"bank_lines", "money that came in is the operator's before it is known whose it is"},
    {"bank_line_candidates", "with its bank line, which may be of any of them"},
    {"payer_accounts", "a directory that leads to the subscriber: a payer is found within an operator"},
    {"cash_movements",
     "money in a till is the operator's, some of it nobody's, and receipts count within the operator"},
    {"webhook_deliveries", "an operator's endpoint is told of events, whoever's they are"},
    {"webhook_attempts", "with its delivery, of an operator's endpoint"},
    {"audit_log", "what was done is read by time, operator and who did it, and much of it is about no subscriber"},
    {"gateway_events", "a gateway tells of what its payment method knows of, whoever's it is"}};

const std::set<std::string> money{"amount", "net", "tax", "total", "gross", "balance", "open"};

// What each database is asked; the answers have the same columns.
struct Questions {
    std::string columns;       // table, column, type, whether it may be null
    std::string keys;          // table, key, whether it is the primary one, column
    std::string foreign_keys;  // table, key, other table, column, other column
    std::string unwanted;      // in words
};

const Questions sqlite{
    .columns =
        "SELECT t.name, c.name, lower(c.type), c.\"notnull\" = 0 AND c.pk = 0 FROM pragma_table_list t JOIN "
        "pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type = 'table' AND t.name <> 'sqlite_schema'",
    .keys =
        "SELECT t.name, 'primary', 1, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE "
        "t.schema = 'main' AND t.name <> 'sqlite_schema' AND c.pk > 0 UNION ALL SELECT t.name, k.name, 0, "
        "COALESCE(c.name, '') FROM pragma_table_list t JOIN pragma_index_list(t.name) k JOIN "
        "pragma_index_info(k.name) c WHERE t.schema = 'main' AND k.\"unique\" = 1 AND k.origin <> 'pk'",
    .foreign_keys =
        "SELECT t.name, 'foreign key ' || k.id, k.\"table\", k.\"from\", COALESCE(k.\"to\", '') FROM "
        "pragma_table_list t JOIN pragma_foreign_key_list(t.name) k WHERE t.schema = 'main' ORDER BY 1, "
        "k.id, k.seq",
    .unwanted =
        "SELECT 'a trigger: ' || name FROM sqlite_master WHERE type = 'trigger' UNION ALL "
        "SELECT 'a deferrable constraint: ' || name FROM sqlite_master WHERE sql LIKE '%deferrable%' UNION ALL "
        "SELECT 'ids that the database makes: ' || name FROM sqlite_master WHERE sql LIKE '%autoincrement%' UNION ALL "
        "SELECT 'not strict: ' || name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
        "AND name <> 'sqlite_schema' AND name <> 'sqlite_sequence' UNION ALL "
        "SELECT 'a virtual table: ' || name FROM pragma_table_list WHERE type = 'virtual' UNION ALL "
        "SELECT 'a generated column: ' || t.name || '.' || c.name FROM pragma_table_list t JOIN "
        "pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND c.hidden IN (2, 3)"};

const std::string of_public = " JOIN pg_namespace n ON n.nspname = 'public' AND n.oid = ";
const Questions postgres{
    .columns = "SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull FROM pg_class t" +
               of_public +
               "t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid WHERE t.relkind IN ('r', 'p') AND a.attnum > "
               "0 AND NOT a.attisdropped",
    .keys =
        "SELECT t.relname, i.relname, k.indisprimary, COALESCE(a.attname, '') FROM pg_index k JOIN pg_class t ON "
        "t.oid = k.indrelid JOIN pg_class i ON i.oid = k.indexrelid" +
        of_public +
        "t.relnamespace CROSS JOIN LATERAL unnest(k.indkey) WITH ORDINALITY AS u (attnum, place) LEFT JOIN "
        "pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.attnum WHERE k.indisunique AND u.place <= "
        "k.indnkeyatts ORDER BY 1, 2, u.place",
    .foreign_keys =
        "SELECT t.relname, k.conname, o.relname, a.attname, b.attname FROM pg_constraint k JOIN pg_class t ON "
        "t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid" +
        of_public +
        "t.relnamespace CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS u (here, there, place) JOIN "
        "pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.here JOIN pg_attribute b ON b.attrelid = "
        "k.confrelid AND b.attnum = u.there WHERE k.contype = 'f' ORDER BY 1, 2, u.place",
    .unwanted = "SELECT 'a trigger: ' || g.tgname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid" + of_public +
                "t.relnamespace WHERE NOT g.tgisinternal UNION ALL "
                "SELECT 'a rule: ' || r.rulename FROM pg_rewrite r JOIN pg_class t ON t.oid = r.ev_class" +
                of_public +
                "t.relnamespace WHERE t.relkind <> 'v' UNION ALL "
                "SELECT 'a stored procedure: ' || p.proname FROM pg_proc p" +
                of_public +
                "p.pronamespace UNION ALL "
                "SELECT 'ids that the database makes: ' || t.relname FROM pg_class t" +
                of_public +
                "t.relnamespace WHERE t.relkind = 'S' UNION ALL "
                "SELECT 'a deferrable constraint: ' || k.conname FROM pg_constraint k" +
                of_public +
                "k.connamespace WHERE k.condeferrable UNION ALL "
                "SELECT 'an exclusion constraint: ' || k.conname FROM pg_constraint k" +
                of_public +
                "k.connamespace WHERE k.contype = 'x' UNION ALL "
                "SELECT 'a generated column: ' || t.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class t ON "
                "t.oid = a.attrelid" +
                of_public + "t.relnamespace WHERE a.attgenerated <> ''"};

bool ends_with_one_of(const std::string& name, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

// A date is called like one.
bool is_called_a_date(const std::string& name) {
    static const std::set<std::string> dates{"date",           "due",           "valid_from",   "billed_to",
                                             "billed_through", "grid_boundary", "period_start", "period_end"};
    return dates.contains(name) || ends_with_one_of(name, {"_on", "_date", "_as_of"});
}

class Rules {
public:
    explicit Rules(const Schema& schema) : schema_(schema) {}

    std::vector<std::string> broken() {
        broken_ = schema_.unwanted;
        for (const auto& [name, table] : schema_.tables) {
            check_class(name, table);
            check_columns(name, table);
            check_keys(name, table);
            check_foreign_keys(name, table);
        }
        return std::move(broken_);
    }

private:
    bool is_of_a_subscriber(const std::string& name) const {
        const auto table = schema_.tables.find(name);
        return table != schema_.tables.end() && table->second.columns.contains("subscriber_id") &&
               !reference_tables.contains(name) && !exceptions.contains(name);
    }
    void check_class(const std::string& name, const Table& table) {
        const bool is_reference = reference_tables.contains(name);
        const bool has_subscriber = table.columns.contains("subscriber_id");
        if (is_reference && has_subscriber) broken(name, "a reference table belongs to no subscriber");
        if (!is_reference && !has_subscriber && !exceptions.contains(name))
            broken(name, "neither of a subscriber nor a reference table nor one of the exceptions");
    }
    void check_columns(const std::string& name, const Table& table) {
        static const std::set<std::string> types{"integer", "bigint", "text", "blob", "bytea", "date", "character(3)"};
        const std::string integer = schema_.has_dates ? "bigint" : "integer";
        for (const auto& [column, is] : table.columns) {
            const auto at = name + "." + column;
            if (!types.contains(is.type) || (schema_.has_dates && is.type == "integer"))
                broken(at, "of a type that the store does not use, " + is.type);
            if (is.type != integer && (money.contains(column) || ends_with_one_of(column, {"_id", "_at"})))
                broken(at, "money, ids and instants are 64-bit integers, not " + is.type);
            if (is.type != (schema_.has_dates ? "date" : "text") && is_called_a_date(column))
                broken(at, "a date is no " + is.type);
            if (is.type == "date" && !is_called_a_date(column)) broken(at, "a date has to be called like one");
        }
    }
    void check_keys(const std::string& name, const Table& table) {
        bool has_primary = false;
        for (const auto& [key, is] : table.keys) {
            has_primary = has_primary || is.is_primary;
            if (is_of_a_subscriber(name) &&
                std::find(is.columns.begin(), is.columns.end(), "subscriber_id") == is.columns.end())
                broken(name, (is.is_primary ? "the primary key" : "the unique " + key) + " is without subscriber_id");
        }
        if (!has_primary) broken(name, "has no primary key");
        if (is_of_a_subscriber(name) && table.columns.at("subscriber_id").may_be_null)
            broken(name, "subscriber_id may be null");
    }
    void check_foreign_keys(const std::string& name, const Table& table) {
        for (const auto& [key, is] : table.foreign_keys) {
            const auto what = "the foreign key to " + is.table;
            if (exceptions.contains(is.table)) broken(name, what + " leads to a table that is not with the subscriber");
            if (!is_of_a_subscriber(is.table)) continue;
            if (!is_of_a_subscriber(name)) {
                broken(name, what + " leads to a table of subscribers");
                continue;
            }
            const std::pair<std::string, std::string> both{"subscriber_id", "subscriber_id"};
            if (std::find(is.columns.begin(), is.columns.end(), both) == is.columns.end())
                broken(name, what + " is without subscriber_id");
        }
    }
    void broken(const std::string& where, const std::string& what) { broken_.push_back(where + ": " + what); }

    const Schema& schema_;
    std::vector<std::string> broken_;
};

}  // namespace

Schema read_schema(store::Connection& connection) {
    using store::Query;
    const bool is_postgres = connection.has_other_writers();
    const auto& ask = is_postgres ? postgres : sqlite;
    Schema schema{.tables = {}, .unwanted = {}, .has_dates = is_postgres};
    // In the order of its columns.
    const auto text = [](Query& row) { return row.get<std::string>(); };
    for (Query row(connection, ask.columns); row.next();) {
        auto& columns = schema.tables[text(row)].columns;
        auto& column = columns[text(row)];
        column.type = text(row);
        column.may_be_null = row.get<bool>();
    }
    for (Query row(connection, ask.keys); row.next();) {
        auto& keys = schema.tables[text(row)].keys;
        auto& key = keys[text(row)];
        key.is_primary = row.get<bool>();
        key.columns.push_back(text(row));
    }
    for (Query row(connection, ask.foreign_keys); row.next();) {
        auto& keys = schema.tables[text(row)].foreign_keys;
        auto& key = keys[text(row)];
        key.table = text(row);
        auto from = text(row);
        auto to = text(row);
        key.columns.emplace_back(std::move(from), std::move(to));
    }
    for (Query row(connection, ask.unwanted); row.next();) schema.unwanted.push_back(text(row));
    return schema;
}

std::vector<std::string> broken_rules(const Schema& schema) { return Rules(schema).broken(); }

}  // namespace sluice::contract
