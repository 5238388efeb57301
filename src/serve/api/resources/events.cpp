// What happened, in order: the base of webhooks and of everything that follows along.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

http::Response list_events(Desk& desk) {
    app::EventQuery query{
        .after = desk.integer("after"), .subscriber = desk.subscriber_in_query(), .limit = desk.integer("limit")};
    if (const auto type = desk.query("type")) query.type = app::parse_event_type(*type);
    json::array items;
    auto next = query.after;
    for (const auto& event : desk.store().events(desk.op_id(), query)) {
        next = event.sequence;
        items.push_back(json_of(event));
    }
    return ok(json::object{{"items", std::move(items)}, {"next_after", next}});
}

}  // namespace

void add_events(Handlers& handlers) { handlers["list_events"] = {Runs::in_pool, list_events}; }

}  // namespace sluice::serve::api
