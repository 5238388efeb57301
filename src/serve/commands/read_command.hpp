// The commands that clerks and programs give, read from keys and values: the same names and arguments in scenario files
// and over HTTP.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/commands.hpp"
#include "serve/yaml/fields.hpp"

namespace sluice::serve {

struct Command {
    std::string name;
    std::function<app::CommandResult(app::Commands&)> carry_out;
    std::optional<app::SubServicePath> sub_service;  // the one it is about, if it is about one
};

// What came of a command that makes something, without what it has made.
template <typename Made>
app::CommandResult done_or_refused(const Made& made) {
    if (!made) return Refused{made.refusal()};
    return Done{};
}

// Which codes there are, where that is known before the command is carried out. Checks throw InputError.
class KnownCodes {
public:
    virtual ~KnownCodes() = default;
    virtual void add_subscriber(const std::string&) {}
    virtual void add_sub_service(const std::string&) {}
    virtual void check_subscriber(const std::string&, const Fields&, std::string_view /*key*/) {}
    virtual void check_sub_service(const std::string&, const Fields&) {}
    virtual void check_product(const std::string&, catalog::ProductType, int /*line*/, const std::string& /*path*/) {}
};

// REQUIRES: is_command(name). Takes the command's keys; `fields.done()` is the caller's. Throws InputError.
Command read_command(const std::string& name, Fields& fields, Date date, Currency currency, KnownCodes& codes);

bool is_command(std::string_view name);
std::string command_names();  // "activate, add_add_on, …"

// How a document is corrected: the lines that are credited, of which each names its `line` on the document.
app::CreditNoteRequest read_credit_note(Fields& fields, std::string document, Currency currency);
// `parts`, each with `due` and `amount`.
// What is ordered: `items`, and `days` for which it can be paid.
app::OrderRequest read_order(Fields& fields, std::string subscriber);
std::vector<collection::Plan::Part> read_plan_parts(Fields& fields, Currency currency);
app::WriteOffRequest read_write_off(Fields& fields, std::string document, Currency currency);

// "12.34", or {amount: "12.34", currency: USD}. Throws InputError for another currency or too many decimals.
Money read_money(Fields& fields, std::string_view key, Currency currency);
// The same for a price of the catalogue: up to nine decimals, not negative.
Decimal read_price(Fields& fields, std::string_view key, Currency currency);
// `method`: how money came or went, in the operator's own word, or nothing. Throws InputError for the word that Sluice
// has for money between two subscribers, which reports leave out.
std::string read_method(Fields& fields);

}  // namespace sluice::serve
