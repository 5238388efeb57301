// The only place that picks concrete parts.
#include <unistd.h>

#include <iostream>

#include "connect/crypto/credentials.hpp"
#include "connect/crypto/random_bytes.hpp"
#include "connect/crypto/secret_box.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "connect/gateways/gateways.hpp"
#include "connect/http_client/curl_client.hpp"
#include "connect/mail/curl_mailer.hpp"
#include "connect/oidc/sign_on.hpp"
#include "serve/cli/cli.hpp"
#include "store/move_store.hpp"
#include "store/open_store.hpp"
#include "store/sqlite/copies.hpp"

int main(int argc, char** argv) {
    const sluice::serve::Parts parts{.open_store = sluice::store::open_store,
                                     .open_database = sluice::store::open_database,
                                     .migrate = sluice::store::migrate_store,
                                     .move_store = sluice::store::move_store,
                                     .back_up = sluice::store::back_up,
                                     .restore = sluice::store::restore,
                                     .http_client = sluice::connect::curl_client,
                                     .mailer = sluice::connect::curl_mailer,
                                     .hasher = sluice::connect::sha256_hasher(),
                                     .credentials = sluice::connect::credentials(),
                                     .random_bytes = sluice::connect::random_bytes,
                                     .gateways = sluice::connect::gateways(),
                                     .sign_on = sluice::connect::sign_on(sluice::connect::curl_client),
                                     .secret_box = sluice::connect::secret_box,
                                     .node = static_cast<int>(::getpid() % 1024),
                                     .out = std::cout,
                                     .err = std::cerr};
    return sluice::serve::run_cli(argc, argv, parts);
}
