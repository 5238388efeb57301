// Money that came in by bank: what waits for a clerk, and what was done with it.
#include "app/bank_lines.hpp"

#include <array>

#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/resources/bank_json.hpp"

namespace sluice::serve::api {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 3> states{"unmatched", "matched", "set_aside"};
constexpr std::array<std::string_view, 4> matched_by{"reference", "amount_and_name", "payer_account", "clerk"};

// Why nobody was found by the import; null for what needs no clerk.
json::value why_unmatched(const app::StoredBankLine& stored, Currency currency) {
    if (stored.state != app::BankLineState::unmatched) return nullptr;
    if (stored.line.amount.currency() != currency) return "other_currency";
    return stored.candidates.empty() ? "nobody_found" : "several_found";
}

}  // namespace

json::object json_of(const app::BankStatement& statement) {
    return {{"id", statement.id.text()},
            {"file_name", statement.file_name},
            {"format", statement.format},
            {"imported_at", json_of(statement.imported_at)},
            {"statements", statement.statements},
            {"credits", statement.credits},
            {"known", statement.known},
            {"matched", statement.matched},
            {"unmatched", statement.credits - statement.known - statement.matched},
            {"debits", statement.debits},
            {"reversals", statement.reversals},
            {"pending", statement.pending}};
}

json::object json_of(const app::BankLineRow& row, Currency currency) {
    const auto& stored = row.stored;
    const auto& line = stored.line;
    json::array candidates;
    for (const auto& code : row.candidate_codes) candidates.emplace_back(code);
    json::value by = nullptr;
    if (stored.by) by = matched_by[static_cast<std::size_t>(*stored.by)];
    return {{"id", stored.id.text()},
            {"statement", stored.statement.text()},
            {"date", line.date.text()},
            {"amount", json_of(line.amount)},
            {"account", line.account},
            {"payer", line.payer},
            {"payer_account", line.payer_account},
            {"reference", line.reference},
            {"bank_reference", line.bank_reference},
            {"state", states[static_cast<std::size_t>(stored.state)]},
            {"matched_by", std::move(by)},
            {"subscriber", text_or_null(row.subscriber_code)},
            {"payment", stored.payment ? json::value(stored.payment->text()) : json::value(nullptr)},
            {"why_unmatched", why_unmatched(stored, currency)},
            {"candidates", std::move(candidates)},
            {"reason", stored.reason}};
}

namespace {

http::Response list_bank_lines(Desk& desk) {
    app::BankLineQuery query{.subscriber = desk.subscriber_in_query(),
                             .from = desk.date("from"),
                             .to = desk.date("to"),
                             .paging = paging_of(desk)};
    if (const auto state = desk.query("state"))
        query.state = static_cast<app::BankLineState>(std::find(states.begin(), states.end(), *state) - states.begin());
    if (const auto statement = desk.query("statement")) {
        query.statement = payments::BankStatementId::parse(*statement);
        if (!query.statement || !desk.store().find_bank_statement(desk.op_id(), *query.statement))
            throw invalid_request({{"query", "statement", "names no bank statement: \"" + *statement + "\""}});
    }
    const auto page = desk.store().bank_lines(desk.op_id(), query);
    const auto currency = desk.op().currency;
    return ok(page_json(desk, page, [&](const app::BankLineRow& row) { return json_of(row, currency); }));
}

app::BankLineRow line_in_path(Desk& desk) {
    const auto id = payments::BankLineId::parse(desk.path("bank_line"));
    auto found = id ? desk.store().find_bank_line(desk.op_id(), *id) : std::nullopt;
    if (!found) throw not_found("unknown_bank_line", "there is no bank line \"" + desk.path("bank_line") + "\"");
    return std::move(*found);
}

http::Response answer_with_line(Desk& desk) { return ok(json_of(line_in_path(desk), desk.op().currency)); }

app::BankLines bank_lines_of(Desk& desk) {
    return {desk.store(), *desk.engine().parts().hasher, desk.ids(), desk.op()};
}

std::string text_in_body(const Desk& desk, std::string_view member) {
    return std::string(desk.call().body.as_object().at(member).as_string());
}

http::Response assign_bank_line(Desk& desk) {
    const auto id = line_in_path(desk).stored.id;
    const auto assigned = bank_lines_of(desk).assign(id, text_in_body(desk, "subscriber"), desk.today());
    if (!assigned) throw refused(assigned.refusal());
    return answer_with_line(desk);
}

http::Response set_aside_bank_line(Desk& desk) {
    const auto id = line_in_path(desk).stored.id;
    const auto done = bank_lines_of(desk).set_aside(id, text_in_body(desk, "reason"));
    if (!done) throw refused(done.refusal());
    return answer_with_line(desk);
}

http::Response take_back_bank_line(Desk& desk) {
    const auto id = line_in_path(desk).stored.id;
    const auto done = bank_lines_of(desk).take_back(id, desk.today());
    if (!done) throw refused(done.refusal());
    return answer_with_line(desk);
}

}  // namespace

void add_bank_lines(Handlers& handlers) {
    handlers["list_bank_lines"] = {Runs::in_pool, list_bank_lines};
    handlers["get_bank_line"] = {Runs::at_once, answer_with_line};
    handlers["assign_bank_line"] = {Runs::in_writer, assign_bank_line};
    handlers["set_aside_bank_line"] = {Runs::in_writer, set_aside_bank_line};
    handlers["take_back_bank_line"] = {Runs::in_writer, take_back_bank_line};
}

}  // namespace sluice::serve::api
