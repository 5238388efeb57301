#include "serve/cli/document_text.hpp"

#include "serve/cli/answers.hpp"
#include "serve/cli/table.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::string words_of(const json::object& line) {
    const auto kind = text_in(line, "kind");
    if (kind == "recurring") return "period";
    if (kind == "setup_fee") return "setup fee";
    if (kind == "installment") return "instalment " + text_in(line, "installment");
    return kind;  // once, credit
}

// "15/31", of which a line without a period has none.
std::string days_of(const json::object& line) {
    if (text_in(line, "from").empty()) return {};
    return std::to_string(number_in(line, "days")) + "/" + std::to_string(number_in(line, "of_days"));
}

}  // namespace

std::string state_text(const json::object& document) {
    auto state = text_in(document, "state");
    if (state == "partially_paid") state = "partially paid";
    return is_set(document, "overdue") ? state + ", overdue" : state;
}

std::string addressee(const json::object& document) {
    auto organization = text_in(document, "organization");
    return organization.empty() ? text_in(document, "contact") : organization;
}

std::string document_text(const json::object& document) {
    const bool is_invoice = text_in(document, "type") == "invoice";
    const auto unit = text_in(document, "unit");
    const auto head = text_in(document, "number") + "  " + text_in(document, "date") + "  " +
                      (is_invoice ? "invoice" : "credit note") + " for " + addressee(document) + " (" +
                      text_in(document, "subscriber") + (unit.empty() ? "" : ", unit " + unit) + ")" +
                      (is_invoice ? ", due " + text_in(document, "due") : "") + ", " + state_text(document) + "\n";
    const auto reason = text_in(document, "reason");
    using Align = Table::Align;
    Table table({{"#", Align::right},
                 {"sub-service"},
                 {"item"},
                 {"for"},
                 {"from"},
                 {"to"},
                 {"days", Align::right},
                 {"quantity", Align::right},
                 {"price", Align::right},
                 {"net", Align::right},
                 {"tax", Align::right},
                 {"gross", Align::right}});
    for (const auto& each : list_in(document, "lines")) {
        const auto& line = as_object(each);
        table.row({std::to_string(number_in(line, "position")), text_in(line, "sub_service"), text_in(line, "name"),
                   words_of(line), text_in(line, "from"), text_in(line, "to"), days_of(line), text_in(line, "quantity"),
                   amount_in(line, "unit_price"), amount_in(line, "net"), amount_in(line, "tax"),
                   amount_in(line, "gross")});
    }
    table.rule();
    table.row({"", "", "", "", "", "", "", "", currency_in(document, "total"), amount_in(document, "net"),
               amount_in(document, "tax"), amount_in(document, "total")});
    return head + (reason.empty() ? "" : "  " + reason + "\n") + table.text("  ");
}

}  // namespace sluice::serve
