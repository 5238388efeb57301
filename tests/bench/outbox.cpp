// How many events a second become webhooks that wait, and how many webhooks a second a server delivers to a receiver
// that answers after 50 ms. outbox [EVENTS]
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "api/webhook_receiver.hpp"
#include "app/webhooks.hpp"
#include "connect/crypto/random_bytes.hpp"
#include "connect/crypto/secret_box.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "connect/http_client/curl_client.hpp"
#include "serve/outbox/courier.hpp"
#include "serve/outbox/webhook_sending.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"
#include "support/shop.hpp"

namespace sluice::bench {
namespace {

using std::chrono::steady_clock;

double seconds_since(steady_clock::time_point begin) {
    return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

Instant now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

void run(std::size_t events) {
    const auto stores = open_stores({});
    const auto hasher = connect::sha256_hasher();
    serve::Engine engine(store::open_database(stores->make_room("outbox"), false),
                         {.open_store = store::open_store,
                          .hasher = hasher.get(),
                          .now = now,
                          .random_bytes = connect::random_bytes,
                          .node = 1,
                          .secrets = connect::secret_box(std::string(64, 'a'), {}),
                          .http_client = connect::curl_client,
                          .webhooks_to_private_networks = true});
    test::WebhookReceiver receiver(std::chrono::milliseconds(50));
    support::Shop shop;
    const app::WebhookEndpoint endpoint{
        .id = app::WebhookEndpointId{5},
        .op = shop.op.id,
        .url = receiver.url(),
        .description = {},
        .event_types = {},
        .sealed_secret = engine.parts().secrets->seal(app::webhook_secret(connect::random_bytes(32))),
        .created_at = now()};
    engine.writer().run([&](app::Store& store) {
        store.add(shop.op);
        store.webhooks().add(endpoint);
        const std::vector<app::NewEvent> new_events(events, {app::EventType::payment_recorded, std::nullopt, 1});
        store.add_events(shop.op.id, new_events);
    });
    const auto began = steady_clock::now();
    for (bool more = true; more;)
        engine.writer().run(
            [&](app::Store& store) { more = serve::read_events(store, engine.ids(), endpoint.id, now(), 500); });
    const auto reading = seconds_since(began);
    std::printf("%zu events became webhooks in %.2f s: %.0f a second\n", events, reading,
                static_cast<double>(events) / reading);
    const auto sending_began = steady_clock::now();
    serve::Courier courier(engine, [](const std::string& what) { std::puts(what.c_str()); });
    receiver.wait_for(events, std::chrono::seconds(600));
    const auto sending = seconds_since(sending_began);
    courier.stop();
    engine.close();
    std::printf("%zu webhooks were delivered in %.2f s: %.0f a second to one receiver that answers after 50 ms\n",
                receiver.requests().size(), sending, static_cast<double>(events) / sending);
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    sluice::bench::run(argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : 10'000);
    return 0;
}
