#include "store/sql/discounts.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;

namespace {

struct FeeCells {
    std::optional<Decimal> percent;
    std::optional<Money> fixed;
    std::optional<std::string_view> order;
};

FeeCells fee_cells(const std::optional<customers::RefundFee>& fee) {
    if (!fee) return {};
    return {fee->percent, fee->fixed, name_in(fee_order_names, fee->order)};
}

std::optional<customers::RefundFee> read_refund_fee(Query& row, Currency currency) {
    const auto percent = row.get<std::optional<std::string>>();
    const auto fixed = row.get<std::optional<std::int64_t>>();
    const auto order = read_optional_enum<customers::FeeOrder>(fee_order_names, row);
    if (!percent || !fixed || !order) return std::nullopt;
    return customers::RefundFee{*Decimal::parse(*percent), Money::minor(*fixed, currency), *order};
}

}  // namespace

void SqlStore::add(const customers::Operator& op) {
    const auto s = cells_of(op.billing);
    const auto fee = fee_cells(op.refund_fee);
    Query(*db_,
          "INSERT INTO operators (id, code, name, currency, time_zone, rounding, due_days, invoice_number, "
          "credit_note_number, refund_fee_percent, refund_fee_fixed, refund_fee_order, " SLUICE_SETTINGS_COLUMNS
          ", " SLUICE_PAYMENT_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          op.id, op.code, op.name, op.currency.code(), op.time_zone, name_in(rounding_names, op.rounding), op.due_days,
          op.invoice_number, op.credit_note_number, fee.percent, fee.fixed, fee.order, s.model, s.cycle_day,
          s.first_charge, s.threshold_day, s.invoicing, s.suspension, s.credit_suspension, terms_cell(op.payment),
          op.payment.credit_limit, op.payment.due_day, op.payment.block_after, op.payment.ladder,
          op.payment.promise_days, op.payment.promise_pause, op.payment.promise_limit, op.payment.lead_days,
          op.payment.order_days, op.payment.charge_retries, op.payment.charge_cap, op.payment.charge_month_cap)
        .run();
    add_policies(op);
    add_ladders(op);
}

void SqlStore::update(const customers::Operator& op) {
    const auto s = cells_of(op.billing);
    const auto fee = fee_cells(op.refund_fee);
    Query(*db_,
          "UPDATE operators SET name = ?, rounding = ?, due_days = ?, invoice_number = ?, credit_note_number = "
          "?, refund_fee_percent = ?, refund_fee_fixed = ?, refund_fee_order = ?, " SLUICE_SETTINGS_UPDATE
          ", " SLUICE_PAYMENT_UPDATE " WHERE id = ?",
          op.name, name_in(rounding_names, op.rounding), op.due_days, op.invoice_number, op.credit_note_number,
          fee.percent, fee.fixed, fee.order, s.model, s.cycle_day, s.first_charge, s.threshold_day, s.invoicing,
          s.suspension, s.credit_suspension, terms_cell(op.payment), op.payment.credit_limit, op.payment.due_day,
          op.payment.block_after, op.payment.ladder, op.payment.promise_days, op.payment.promise_pause,
          op.payment.promise_limit, op.payment.lead_days, op.payment.order_days, op.payment.charge_retries,
          op.payment.charge_cap, op.payment.charge_month_cap, op.id)
        .run();
    for (const char* table : {"policies", "collection_ladders", "holidays"})
        Query(*db_, std::string("DELETE FROM ") + table + " WHERE operator_id = ?", op.id).run();
    add_policies(op);
    add_ladders(op);
    revise(op.id);
}

void SqlStore::add_policies(const customers::Operator& op) {
    std::int64_t position = 0;
    for (const auto& policy : op.policies) {
        const auto p = cells_of(policy.settings);
        Query(*db_,
              "INSERT INTO policies (operator_id, position, region, pop, category, " SLUICE_SETTINGS_COLUMNS
              ", " SLUICE_PAYMENT_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
              op.id, position++, policy.region, policy.pop, policy.category, p.model, p.cycle_day, p.first_charge,
              p.threshold_day, p.invoicing, p.suspension, p.credit_suspension, terms_cell(policy.payment),
              policy.payment.credit_limit, policy.payment.due_day, policy.payment.block_after, policy.payment.ladder,
              policy.payment.promise_days, policy.payment.promise_pause, policy.payment.promise_limit,
              policy.payment.lead_days, policy.payment.order_days, policy.payment.charge_retries,
              policy.payment.charge_cap, policy.payment.charge_month_cap)
            .run();
    }
}

void SqlStore::add_ladders(const customers::Operator& op) {
    for (const auto& ladder : op.ladders)
        Query(*db_,
              "INSERT INTO collection_ladders (operator_id, code, reminders, late_fee_after, late_fee, suspend_after, "
              "terminate_after, spares_weekends) VALUES (?,?,?,?,?,?,?,?)",
              op.id, ladder.code, ladder.reminders, ladder.late_fee_after, ladder.late_fee, ladder.suspend_after,
              ladder.terminate_after, ladder.spares_weekends)
            .run();
    for (const auto& date : op.holidays)
        Query(*db_, "INSERT INTO holidays (operator_id, date) VALUES (?,?)", op.id, date).run();
}

void SqlStore::read_ladders(customers::Operator& op) {
    Query row(*db_,
              "SELECT code, reminders, late_fee_after, late_fee, suspend_after, terminate_after, spares_weekends FROM "
              "collection_ladders WHERE operator_id = ? ORDER BY code",
              op.id);
    while (row.next()) {
        customers::Ladder ladder{.code = row.get<std::string>()};
        ladder.reminders = read_days(row.get<std::string>());
        ladder.late_fee_after = row.get<std::optional<std::int32_t>>();
        ladder.late_fee = row.get<std::string>();
        ladder.suspend_after = row.get<std::optional<std::int32_t>>();
        ladder.terminate_after = row.get<std::optional<std::int32_t>>();
        ladder.spares_weekends = row.get<bool>();
        op.ladders.push_back(std::move(ladder));
    }
    Query holiday(*db_, "SELECT date FROM holidays WHERE operator_id = ? ORDER BY date", op.id);
    while (holiday.next()) op.holidays.push_back(holiday.get<Date>());
}

std::vector<customers::Operator> SqlStore::operators() { return read_operators(std::nullopt); }

std::optional<customers::Operator> SqlStore::find_operator(OperatorId op) {
    auto found = read_operators(op);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<customers::Operator> SqlStore::read_operators(std::optional<OperatorId> only) {
    std::vector<customers::Operator> operators;
    Query row(*db_,
              std::string("SELECT id, code, name, currency, time_zone, rounding, due_days, invoice_number, "
                          "credit_note_number, billed_through, refund_fee_percent, refund_fee_fixed, "
                          "refund_fee_order, " SLUICE_SETTINGS_COLUMNS ", " SLUICE_PAYMENT_COLUMNS " FROM operators") +
                  (only ? " WHERE id = ?" : " WHERE ? = 0") + " ORDER BY id",
              only ? only->value() : 0);
    while (row.next()) {
        const auto id = row.get<OperatorId>();
        auto code = row.get<std::string>();
        auto name = row.get<std::string>();
        const auto currency = read_currency(row);
        customers::Operator op{.id = id, .code = std::move(code), .name = std::move(name), .currency = currency};
        op.time_zone = row.get<std::string>();
        op.rounding = read_enum<Rounding>(rounding_names, row);
        op.due_days = row.get<std::int32_t>();
        op.invoice_number = row.get<std::string>();
        op.credit_note_number = row.get<std::string>();
        op.billed_through = row.get<std::optional<Date>>();
        op.refund_fee = read_refund_fee(row, currency);
        op.billing = read_settings(row);
        op.payment = read_payment_settings(row);
        operators.push_back(std::move(op));
    }
    for (auto& op : operators) {
        Query policy(*db_,
                     "SELECT region, pop, category, " SLUICE_SETTINGS_COLUMNS ", " SLUICE_PAYMENT_COLUMNS
                     " FROM policies WHERE operator_id = ? ORDER BY position",
                     op.id);
        while (policy.next()) {
            auto region = policy.get<std::string>();
            auto pop = policy.get<std::string>();
            auto category = policy.get<std::string>();
            auto settings = read_settings(policy);
            op.policies.push_back({std::move(region), std::move(pop), std::move(category), std::move(settings),
                                   read_payment_settings(policy)});
        }
        read_ladders(op);
    }
    return operators;
}

void SqlStore::add(OperatorId op, const catalog::Product& product) {
    Query(
        *db_,
        "INSERT INTO products (id, operator_id, type, code, name, kind, mode, installments, period, timing, projected) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        product.id, op, name_in(product_type_names, product.type), product.code, product.name, product.kind,
        name_in(mode_names, product.mode), product.installments,
        product.length ? std::optional(product.length->text()) : std::nullopt, name_in(timing_names, product.timing),
        product.projected)
        .run();
    std::int64_t position = 0;
    for (const auto& code : product.tax_codes)
        Query(*db_, "INSERT INTO product_taxes (product_id, position, tax_code) VALUES (?,?,?)", product.id, position++,
              code)
            .run();
    revise(op);
}

void SqlStore::add(OperatorId op, const catalog::PriceVersion& version) {
    Query(*db_,
          "INSERT INTO price_versions (id, product_id, version, valid_from, price, setup_fee) VALUES (?,?,?,?,?,?)",
          version.id, version.product, version.version, version.valid_from, version.price, version.setup_fee)
        .run();
    revise(op);
}

void SqlStore::add(OperatorId op, const catalog::TaxRule& rule) {
    Query(*db_,
          "INSERT INTO tax_rules (id, operator_id, code, name, rate, included, country, region, valid_from) "
          "VALUES (?,?,?,?,?,?,?,?,?)",
          rule.id, op, rule.code, rule.name, rule.rate, rule.included, rule.country, rule.region, rule.valid_from)
        .run();
    revise(op);
}

catalog::Catalog SqlStore::catalog(OperatorId op) {
    std::vector<catalog::Product> products;
    {
        Query row(*db_,
                  "SELECT id, type, code, name, kind, mode, installments, period, timing, projected FROM products "
                  "WHERE operator_id = ? ORDER BY id",
                  op);
        while (row.next()) {
            const auto id = row.get<catalog::ProductId>();
            const auto type = read_enum<catalog::ProductType>(product_type_names, row);
            catalog::Product product{.id = id, .type = type};
            product.code = row.get<std::string>();
            product.name = row.get<std::string>();
            product.kind = row.get<std::string>();
            product.mode = read_enum<catalog::Mode>(mode_names, row);
            product.installments = row.get<std::int32_t>();
            if (const auto period = row.get<std::optional<std::string>>())
                product.length = PeriodLength::parse(*period);
            product.timing = read_enum<catalog::Timing>(timing_names, row);
            product.projected = row.get<bool>();
            products.push_back(std::move(product));
        }
    }
    for (auto& product : products) {
        Query row(*db_, "SELECT tax_code FROM product_taxes WHERE product_id = ? ORDER BY position", product.id);
        while (row.next()) product.tax_codes.push_back(row.get<std::string>());
    }
    catalog::Catalog catalog;
    for (auto& product : products) catalog.add(std::move(product));
    Query price(*db_,
                "SELECT v.id, v.product_id, v.version, v.valid_from, v.price, v.setup_fee FROM price_versions v "
                "JOIN products p ON p.id = v.product_id WHERE p.operator_id = ? ORDER BY v.product_id, v.version",
                op);
    while (price.next()) {
        const auto id = price.get<catalog::PriceId>();
        const auto product = price.get<catalog::ProductId>();
        const auto version = price.get<std::int32_t>();
        const auto valid_from = price.get<Date>();
        const auto amount = price.get<Decimal>();
        catalog.add(catalog::PriceVersion{id, product, version, valid_from, amount, price.get<Decimal>()});
    }
    Query tax(*db_,
              "SELECT id, code, name, rate, included, country, region, valid_from FROM tax_rules WHERE operator_id = ? "
              "ORDER BY id",
              op);
    while (tax.next()) {
        const auto id = tax.get<catalog::TaxId>();
        catalog::TaxRule rule{.id = id};
        rule.code = tax.get<std::string>();
        rule.name = tax.get<std::string>();
        rule.rate = tax.get<Decimal>();
        rule.included = tax.get<bool>();
        rule.country = tax.get<std::string>();
        rule.region = tax.get<std::string>();
        rule.valid_from = tax.get<std::optional<Date>>();
        catalog.add(std::move(rule));
    }
    read_discounts(*db_, op, catalog);
    return catalog;
}

void SqlStore::save_billed_through(OperatorId op, Date through) {
    Query(*db_, "UPDATE operators SET billed_through = ? WHERE id = ?", through, op).run();
    revise(op);
}

Currency SqlStore::currency_of(OperatorId op) {
    Query row(*db_, "SELECT currency FROM operators WHERE id = ?", op);
    check(row.next(), "an operator that is used exists");
    return read_currency(row);
}

}  // namespace sluice::store
