#include "serve/engine/checkout_tools.hpp"

namespace sluice::serve {
namespace {

app::InBooks in_books(Engine& engine, customers::OperatorId op, const app::Occasion& occasion) {
    return [&engine, op, occasion](const std::function<void(app::Books&)>& step) {
        engine.writer().run([&](app::Store& store) {
            store.set_occasion(occasion);
            const auto book = engine.books().of(store, op);
            app::Books books{store, engine.commands(store, *book), engine.ids()};
            books.commands.set_today(book->zone.date_at(occasion.at));
            step(books);
        });
    };
}

Date today(Engine& engine, customers::OperatorId op, Instant now) {
    auto lease = engine.readers().lend();
    return engine.books().of(lease.store(), op)->zone.date_at(now);
}

}  // namespace

CheckoutsAtWork::CheckoutsAtWork(Engine& engine, customers::OperatorId op, app::Occasion occasion,
                                 std::shared_ptr<app::HttpClient> http)
    : http_(http ? std::move(http) : engine.parts().http_client()),
      tools_({.gateways = engine.parts().gateways,
              .secrets = *engine.parts().secrets,
              .http = *http_,
              .in_books = in_books(engine, op, occasion),
              .now = occasion.at,
              .today = today(engine, op, occasion.at)}),
      checkouts_(tools_) {}

}  // namespace sluice::serve
