// Bank statements: files that are imported, and the files that were.
#include "app/import_bank_statement.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/resources/bank_json.hpp"
#include "serve/statements/statement_file.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::int32_t days_ahead = 10;  // banks book for the next working day

std::string text_of(const json::object& object, std::string_view member, std::string_view otherwise = "") {
    const auto* value = object.if_contains(member);
    return std::string(value ? std::string_view(value->as_string()) : otherwise);
}

Problem faulty(const StatementFaults& found) {
    std::vector<Fault> faults;
    for (const auto& fault : found.faults()) faults.push_back({"body", "file", fault.text()});
    const auto more = faults.size() - 1;
    return {400, "invalid_request",
            "nothing was imported: " + std::string(found.what()) +
                (more > 0 ? " (and " + std::to_string(more) + " more)" : ""),
            std::move(faults)};
}

Problem faulty_mapping(std::string field, std::string message) {
    return invalid_request(std::vector<Fault>{{"body", std::move(field), std::move(message)}});
}

CsvMapping read_mapping(const json::object& body) {
    const auto* value = body.if_contains("mapping");
    if (!value) throw faulty_mapping("mapping", "is missing; a CSV file needs one that says what its columns are");
    const auto& object = value->as_object();
    CsvMapping mapping;
    mapping.account = text_of(object, "account");
    const auto separator = text_of(object, "separator", ",");
    mapping.separator = separator == "tab" ? '\t' : separator.front();
    if (const auto* header = object.if_contains("has_header")) mapping.has_header = header->as_bool();
    if (const auto* rows = object.if_contains("skip_rows")) mapping.skip_rows = rows->to_number<std::int64_t>();
    mapping.date_format = text_of(object, "date_format", mapping.date_format);
    mapping.decimal_sign = text_of(object, "decimal_sign", ".").front();
    mapping.date = text_of(object, "date");
    mapping.amount = text_of(object, "amount");
    mapping.credit = text_of(object, "credit");
    mapping.debit = text_of(object, "debit");
    mapping.currency = text_of(object, "currency");
    mapping.reference = text_of(object, "reference");
    mapping.payer = text_of(object, "payer");
    mapping.payer_account = text_of(object, "payer_account");
    mapping.bank_reference = text_of(object, "bank_reference");
    if (mapping.amount.empty() == mapping.credit.empty())
        throw faulty_mapping("mapping", "must name either `amount`, with a sign for debits, or `credit` and `debit`");
    return mapping;
}

app::BankFile read_file(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    const std::string_view text(body.at("file").as_string());
    const auto named = text_of(body, "format");
    const auto format = named.empty() ? guess_format(text) : parse_statement_format(named);
    check(format.has_value(), "a checked format is one that is read");
    std::optional<CsvMapping> mapping;
    if (*format == StatementFormat::csv) mapping = read_mapping(body);
    try {
        auto file = read_statement(text, *format, mapping ? &*mapping : nullptr, desk.op().currency,
                                   desk.today().plus_days(days_ahead));
        file.name = text_of(body, "file_name");
        file.hash = app::hex(desk.engine().parts().hasher->of(text));
        return file;
    } catch (const StatementFaults& faults) {
        throw faulty(faults);
    }
}

json::object imported_json(const app::ImportedBankStatement& imported, bool is_preview, json::array lines) {
    return {{"object", is_preview ? "bank_statement_preview" : "bank_statement_import"},
            {"imported_before", !imported.is_new},
            {"statement", json_of(imported.statement)},
            {"lines", std::move(lines)}};
}

// What the import would do, in a transaction that is not kept, with the first lines that would be new.
http::Response preview_import(Desk& desk, const app::BankFile& file, app::BankImport& import) {
    constexpr std::int64_t most_lines = 500;
    app::Transaction not_kept(desk.store());
    const auto imported = import.run(file, {desk.call().now, desk.call().principal->actor()});
    json::array lines;
    if (imported.is_new) {
        const auto page = desk.store().bank_lines(
            desk.op_id(), {.statement = imported.statement.id, .paging = {.limit = most_lines}});
        for (const auto& row : page.rows) lines.emplace_back(json_of(row, desk.op().currency));
    }
    return ok(imported_json(imported, true, std::move(lines)));
}

http::Response import_bank_statement(Desk& desk) {
    const auto file = read_file(desk);
    app::BankImport import(desk.store(), *desk.engine().parts().hasher, desk.ids(), desk.op());
    if (desk.is_set("preview")) return preview_import(desk, file, import);
    const auto imported = import.run(file, {desk.call().now, desk.call().principal->actor()});
    auto body = imported_json(imported, false, {});
    if (!imported.is_new) return ok(body);
    return created(body, "/api/v1/bank-statements/" + imported.statement.id.text());
}

http::Response list_bank_statements(Desk& desk) {
    const auto page = desk.store().bank_statements(desk.op_id(), paging_of(desk));
    return ok(page_json(desk, page, [](const app::BankStatement& statement) { return json_of(statement); }));
}

http::Response get_bank_statement(Desk& desk) {
    const auto id = payments::BankStatementId::parse(desk.path("bank_statement"));
    const auto found = id ? desk.store().find_bank_statement(desk.op_id(), *id) : std::nullopt;
    if (!found)
        throw not_found("unknown_bank_statement", "there is no bank statement \"" + desk.path("bank_statement") + "\"");
    return ok(json_of(*found));
}

}  // namespace

void add_bank_statements(Handlers& handlers) {
    handlers["import_bank_statement"] = {Runs::in_writer, import_bank_statement};
    handlers["list_bank_statements"] = {Runs::in_pool, list_bank_statements};
    handlers["get_bank_statement"] = {Runs::at_once, get_bank_statement};
}

}  // namespace sluice::serve::api
