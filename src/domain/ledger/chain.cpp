#include "domain/ledger/chain.hpp"

namespace sluice::ledger {
namespace {

void field(std::string& text, std::string_view value) {
    text += value;
    text += '\n';
}

void field(std::string& text, std::int64_t value) { field(text, std::to_string(value)); }

void field(std::string& text, const std::optional<Date>& date) { field(text, date ? date->text() : std::string("-")); }

void append_line(std::string& text, const invoicing::Line& line) {
    const auto& c = line.charge;
    field(text, c.id.value());
    field(text, c.sub_service.value());
    field(text, c.item.value());
    field(text, c.price.value());
    field(text, charging::name_of(c.kind));
    field(text, c.period ? std::optional(c.period->start) : std::nullopt);
    field(text, c.period ? std::optional(c.period->end) : std::nullopt);
    field(text, std::int64_t{c.days});
    field(text, std::int64_t{c.of_days});
    field(text, c.quantity);
    field(text, c.unit_price.text());
    field(text, std::int64_t{c.parts ? c.parts->first : 0});
    field(text, std::int64_t{c.parts ? c.parts->last : 0});
    field(text, c.credits ? c.credits->value() : 0);
    if (c.discount) field(text, c.discount->value());
    field(text, c.amount.minor_units());
    field(text, line.net.minor_units());
    field(text, line.tax.minor_units());
    field(text, line.gross.minor_units());
    for (const auto& tax : line.taxes) {
        field(text, tax.code);
        field(text, tax.name);
        field(text, tax.rate.text());
        field(text, std::int64_t{tax.included});
        field(text, tax.amount.minor_units());
    }
}

}  // namespace

void append_canonical_text(std::string& text, const invoicing::Document& document) {
    field(text, document.id.value());
    field(text, invoicing::name_of(document.type));
    field(text, document.number);
    field(text, document.date);
    field(text, document.due);
    field(text, document.currency.code());
    field(text, document.unit ? document.unit->value() : 0);
    field(text, document.contact);
    field(text, document.organization);
    field(text, document.country);
    field(text, document.region);
    field(text, document.net.minor_units());
    field(text, document.tax.minor_units());
    field(text, document.total.minor_units());
    if (!document.reason.empty()) field(text, document.reason);
    for (const auto& line : document.lines) append_line(text, line);
}

}  // namespace sluice::ledger
