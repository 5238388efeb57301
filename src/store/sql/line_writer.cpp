#include "store/sql/line_writer.hpp"

namespace sluice::store {
namespace {

using charging::ChargeKind;

// What tells apart the charges of one kind for one item: the first day of the period, the part, or nothing; of
// discounts the line that they take from.
std::int64_t occurrence_of(const charging::Charge& charge) {
    if (charge.kind == ChargeKind::discount) return charge.credits->value();  // each line has its own
    if (charge.period) return charge.period->start.days_since_1970();
    return charge.parts ? charge.parts->first : 0;
}

}  // namespace

LineWriter::LineWriter(Connection& db)
    : lines_(db, "lines", {"subscriber_id", "id",         "document_id", "sub_service_id", "item_id",
                           "product_id",    "price_id",   "kind",        "billing_date",   "period_start",
                           "period_end",    "days",       "of_days",     "quantity",       "unit_price",
                           "proration",     "first_part", "last_part",   "of_parts",       "credits_line_id",
                           "occurrence",    "revision",   "rounding",    "currency",       "amount",
                           "net",           "tax",        "gross",       "discount_id"}),
      taxes_(db, "line_taxes",
             {"subscriber_id", "line_id", "position", "tax_id", "code", "name", "rate", "included", "amount"}) {
    taxes_.after(lines_);
}

void LineWriter::add(customers::SubscriberId subscriber, std::optional<invoicing::DocumentId> document,
                     const invoicing::Line& line) {
    const auto& c = line.charge;
    const auto start = c.period ? std::optional(c.period->start) : std::nullopt;
    const auto end = c.period ? std::optional(c.period->end) : std::nullopt;
    const auto part = [&](std::int32_t charging::Parts::*which) {
        return c.parts ? std::optional((*c.parts).*which) : std::nullopt;
    };
    lines_.row(subscriber, c.id, document, c.sub_service, c.item, c.product, c.price, name_in(kind_names, c.kind),
               c.billing_date, start, end, c.days, c.of_days, c.quantity, c.unit_price,
               name_in(proration_names, c.proration), part(&charging::Parts::first), part(&charging::Parts::last),
               part(&charging::Parts::of), c.credits, occurrence_of(c), c.revision, name_in(rounding_names, c.rounding),
               c.amount.currency().code(), c.amount, line.net, line.tax, line.gross, c.discount);
    std::int64_t position = 0;
    for (const auto& tax : line.taxes)
        taxes_.row(subscriber, c.id, position++, tax.tax, tax.code, tax.name, tax.rate, tax.included, tax.amount);
}

void LineWriter::flush() {
    lines_.flush();
    taxes_.flush();
}

}  // namespace sluice::store
