#include "serve/json/documents_json.hpp"

#include <algorithm>

namespace sluice::serve {
namespace {

namespace json = boost::json;

json::value date_or_null(const std::optional<Date>& date) {
    return date ? json::value(json::string(date->text())) : json::value(nullptr);
}

json::string text(Money money) { return json::string(money.text()); }

void write(std::string& out, const json::value& value, std::size_t indent) {
    const std::string inner(indent + 2, ' ');
    const auto children = [&](char open, char close, const auto& all, const auto& write_child) {
        if (all.empty()) {
            (out += open) += close;
            return;
        }
        out += open;
        const char* separator = "\n";
        for (const auto& child : all) {
            (out += separator) += inner;
            write_child(child);
            separator = ",\n";
        }
        ((out += '\n') += std::string(indent, ' ')) += close;
    };
    if (const auto* object = value.if_object())
        children('{', '}', *object, [&](const auto& member) {
            (out += json::serialize(json::value(member.key()))) += ": ";
            write(out, member.value(), indent + 2);
        });
    else if (const auto* array = value.if_array())
        children('[', ']', *array, [&](const json::value& element) { write(out, element, indent + 2); });
    else
        out += json::serialize(value);
}

}  // namespace

const catalog::Discount& discount_of(const catalog::Catalog& catalog, catalog::DiscountId id) {
    const auto* discount = catalog.find_discount(id);
    check(discount != nullptr, "a discount that stands on a line is in the catalogue");
    return *discount;
}

std::string parts_text(const charging::Parts& parts) {
    const auto first = std::to_string(parts.first);
    const auto range = parts.first == parts.last ? first : first + "-" + std::to_string(parts.last);
    return range + "/" + std::to_string(parts.of);
}

json::object line_json(const invoicing::Line& line, const std::string& sub_service, const catalog::Catalog& catalog) {
    const auto& c = line.charge;
    json::array taxes;
    for (const auto& tax : line.taxes)
        taxes.push_back(json::object{{"code", tax.code},
                                     {"name", tax.name},
                                     {"rate", tax.rate.text()},
                                     {"included", tax.included},
                                     {"amount", text(tax.amount)}});
    const bool has_days = c.period.has_value();
    return {{"sub_service", sub_service},
            {"item", catalog.product(c.product).code},
            {"kind", charging::name_of(c.kind)},
            {"from", date_or_null(has_days ? std::optional(c.period->start) : std::nullopt)},
            {"to", date_or_null(has_days ? std::optional(c.period->end) : std::nullopt)},
            {"days", has_days ? json::value(c.days) : json::value(nullptr)},
            {"of_days", has_days ? json::value(c.of_days) : json::value(nullptr)},
            {"quantity", std::to_string(c.quantity)},
            {"unit_price", c.unit_price.text(c.amount.currency().minor_digits())},
            {"amount", text(c.amount)},
            {"taxes", std::move(taxes)},
            {"net", text(line.net)},
            {"tax", text(line.tax)},
            {"gross", text(line.gross)},
            {"installment", c.parts ? json::value(json::string(parts_text(*c.parts))) : json::value(nullptr)},
            {"discount",
             c.discount ? json::value(json::string(discount_of(catalog, *c.discount).code)) : json::value(nullptr)}};
}

json::object document_json(const app::StoredDocument& stored, const catalog::Catalog& catalog, Date as_of) {
    const auto& d = stored.document;
    json::array lines;
    json::array sub_services;
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
        const auto& sub_service = stored.sub_service_codes[i];
        if (i == 0 || stored.sub_service_codes[i - 1] != sub_service) sub_services.push_back(json::string(sub_service));
        lines.push_back(line_json(d.lines[i], sub_service, catalog));
    }
    return {{"number", d.number},
            {"type", invoicing::name_of(d.type)},
            {"date", d.date.text()},
            {"due", d.due.text()},
            {"subscriber", stored.subscriber_code},
            {"unit", stored.unit_code.empty() ? json::value(nullptr) : json::value(json::string(stored.unit_code))},
            {"sub_services", std::move(sub_services)},
            {"currency", d.currency.code()},
            {"state", invoicing::name_of(d.state)},
            {"overdue", invoicing::is_overdue(d, as_of)},
            {"paid", text(stored.paid)},
            {"net", text(d.net)},
            {"tax", text(d.tax)},
            {"total", text(d.total)},
            {"lines", std::move(lines)}};
}

std::string pretty(const json::value& value) {
    std::string out;
    write(out, value, 0);
    return out += '\n';
}

}  // namespace sluice::serve
