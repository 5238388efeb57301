// A PostgreSQL server for benches that are no program of ours: prints its address, and is gone when its input ends.
#include <cstdio>

#include "support/postgres_server.hpp"

int main() {
    std::printf("%s\n", sluice::test::PostgresServer::shared().address("postgres").c_str());
    std::fflush(stdout);
    while (std::getchar() != EOF) continue;
    return 0;
}
