#include "options.hpp"

#include "support/postgres_server.hpp"

namespace sluice::bench {

Options::Options(const std::string& purpose) : app_(purpose) {
    add("--runs", runs, "of each thing; medians are shown");
    app_.add_option("--json", json, "a file for the figures");
    auto* own = app_.add_flag("--postgres", own_server_, "on a PostgreSQL server of the bench's own, else on SQLite");
    app_.add_option("--db", server, "on this PostgreSQL server: postgresql://USER@HOST/postgres")->excludes(own);
}

void Options::read(int argc, char** argv) {
    try {
        app_.parse(argc, argv);
    } catch (const CLI::ParseError& end) {
        std::exit(app_.exit(end));
    }
    if (own_server_) need_a_server();
}

void Options::need_a_server() {
    if (server.empty()) server = test::PostgresServer::shared().address("postgres");
}

}  // namespace sluice::bench
