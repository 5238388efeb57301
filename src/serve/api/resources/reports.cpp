// Sums for who runs the business: months, and debts by their age.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object json_of(const app::Totals& totals) {
    return {{"count", totals.count}, {"amount", api::json_of(totals.amount)}};
}

json::object json_of(const app::MonthFigures& month) {
    return {{"month", month.first.text().substr(0, 7)},
            {"documents", month.documents},
            {"net", api::json_of(month.net)},
            {"tax", api::json_of(month.tax)},
            {"total", api::json_of(month.total)},
            {"came_in", json_of(month.came_in)},
            {"went_out", json_of(month.went_out)},
            {"started", month.started},
            {"cancelled", month.cancelled}};
}

// The latest months, this one last.
http::Response report_months(Desk& desk) {
    const auto wish = desk.query("months");
    const int months = wish ? std::stoi(*wish) : 12;
    const auto& op = desk.op();
    const int this_month = desk.today().months_since_year_0();
    json::array items;
    for (int month = this_month - months + 1; month <= this_month; ++month)
        items.push_back(json_of(desk.store().reports().month(op.id, op.currency, Date::clamped(month, 1))));
    return ok(json::object{{"items", std::move(items)}});
}

http::Response report_debts(Desk& desk) {
    const auto& op = desk.op();
    json::array items;
    for (const auto& age : desk.store().reports().debts_by_age(op.id, op.currency, desk.today()))
        items.push_back(json::object{{"from_days", age.from_days ? json::value(*age.from_days) : json::value(nullptr)},
                                     {"to_days", age.to_days ? json::value(*age.to_days) : json::value(nullptr)},
                                     {"open", json_of(age.open)}});
    return ok(json::object{{"as_of", desk.today().text()}, {"items", std::move(items)}});
}

}  // namespace

void add_reports(Handlers& handlers) {
    handlers["report_months"] = {Runs::in_pool, report_months};
    handlers["report_debts"] = {Runs::in_pool, report_debts};
}

}  // namespace sluice::serve::api
