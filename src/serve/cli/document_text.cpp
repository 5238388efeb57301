#include "serve/cli/document_text.hpp"

#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

std::string words_of(const charging::Charge& charge) {
    switch (charge.kind) {
        case charging::ChargeKind::recurring:
            return "period";
        case charging::ChargeKind::setup_fee:
            return "setup fee";
        case charging::ChargeKind::once:
            return "once";
        case charging::ChargeKind::installment:
            return "instalment " + (charge.parts ? parts_text(*charge.parts) : "");
        case charging::ChargeKind::credit:
            return "credit";
    }
    return {};
}

}  // namespace

std::string state_text(const invoicing::Document& document, Date as_of) {
    std::string state(invoicing::name_of(document.state));
    if (state == "partially_paid") state = "partially paid";
    if (invoicing::is_overdue(document, as_of)) state += ", overdue";
    return state;
}

std::string document_text(const app::StoredDocument& stored, const catalog::Catalog& catalog, Date as_of) {
    const auto& d = stored.document;
    std::string head = d.number + "  " + d.date.text() + "  " +
                       (d.type == invoicing::DocumentType::invoice ? "invoice" : "credit note") + " for " +
                       (d.organization.empty() ? d.contact : d.organization) + " (" + stored.subscriber_code +
                       (stored.unit_code.empty() ? "" : ", unit " + stored.unit_code) + ")" +
                       (d.type == invoicing::DocumentType::invoice ? ", due " + d.due.text() : "") + ", " +
                       state_text(d, as_of) + "\n";
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
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
        const auto& line = d.lines[i];
        const auto& c = line.charge;
        table.row({std::to_string(i + 1), stored.sub_service_codes[i], catalog.product(c.product).name, words_of(c),
                   c.period ? c.period->start.text() : "", c.period ? c.period->end.text() : "",
                   c.period ? std::to_string(c.days) + "/" + std::to_string(c.of_days) : "", std::to_string(c.quantity),
                   c.unit_price.text(d.currency.minor_digits()), line.net.text(), line.tax.text(), line.gross.text()});
    }
    table.rule();
    table.row(
        {"", "", "", "", "", "", "", "", std::string(d.currency.code()), d.net.text(), d.tax.text(), d.total.text()});
    return head + table.text("  ");
}

}  // namespace sluice::serve
