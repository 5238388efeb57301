#include "store/sql/facts_json.hpp"

#include <boost/json.hpp>

#include "store/sql/rows.hpp"

namespace sluice::store {
namespace {

namespace json = boost::json;

json::value date_or_null(const std::optional<Date>& date) {
    return date ? json::value(json::string(date->text())) : json::value(nullptr);
}

json::object item_json(const subscriptions::Item& item) {
    return {{"id", item.id.text()},
            {"type", name_in(product_type_names, item.type)},
            {"product", item.product.text()},
            {"price", item.price.text()},
            {"quantity", item.quantity},
            {"serial", item.serial},
            {"starts_on", date_or_null(item.starts_on)},
            {"ends_on", date_or_null(item.ends_on)},
            {"running", item.running},
            {"parts_charged", item.parts_charged},
            {"waived", item.waived}};
}

json::object sub_service_json(const subscriptions::SubService& sub) {
    json::array items;
    for (const auto& item : sub.items) items.push_back(item_json(item));
    json::array spans;
    for (const auto& span : sub.suspended_spans)
        spans.push_back(json::object{
            {"from", span.from.text()}, {"to", date_or_null(span.to)}, {"stops_billing", span.stops_billing}});
    return {
        {"id", sub.id.text()},
        {"code", sub.code},
        {"status", name_in(status_names, sub.status)},
        {"grid_boundary", sub.grid ? json::value(json::string(sub.grid->boundary_0().text())) : json::value(nullptr)},
        {"grid_day", sub.grid ? json::value(sub.grid->day()) : json::value(nullptr)},
        {"started_on", date_or_null(sub.started_on)},
        {"restarted", sub.restarted},
        {"billed_to", date_or_null(sub.billed_to)},
        {"changed_on", sub.changed_on.text()},
        {"cancel_on", date_or_null(sub.cancel_on)},
        {"suspended_spans", std::move(spans)},
        {"items", std::move(items)}};
}

}  // namespace

std::string facts_json(const app::BillingFacts& facts) {
    const auto& account = facts.account;
    json::array subs;
    for (const auto& sub : account.sub_services) subs.push_back(sub_service_json(sub.state));
    json::array pending;
    for (const auto& line : account.pending_lines) pending.push_back(json::string(line.charge.id.text()));
    return json::serialize(json::object{{"subscriber", account.subscriber.code},
                                        {"country", account.subscriber.country},
                                        {"region", account.subscriber.region},
                                        {"category", account.subscriber.category},
                                        {"balance", facts.head.balance.text()},
                                        {"currency", facts.head.balance.currency().code()},
                                        {"pending_lines", std::move(pending)},
                                        {"sub_services", std::move(subs)}});
}

}  // namespace sluice::store
