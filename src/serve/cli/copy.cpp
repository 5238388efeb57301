// A SQLite store becomes one on PostgreSQL. It goes past the API: two stores are open at once.
#include <ostream>

#include "app/ports/store_address.hpp"
#include "app/verify.hpp"
#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

}  // namespace

int copy(Session& session, const MoveOptions& options) {
    if (!options.from.starts_with("sqlite:"))
        throw BadInput("--from takes a SQLite store, as sqlite:PATH; PostgreSQL's own pg_dump copies the others");
    if (!options.to.starts_with("postgresql://") && !options.to.starts_with("postgres://"))
        throw BadInput(
            "--to takes a PostgreSQL database, as postgresql://USER@HOST/DATABASE; `sluice backup` copies a "
            "SQLite store to a file");
    const auto& parts = session.parts;
    std::vector<std::pair<std::string, std::int64_t>> tables;
    {
        ProgressLine progress(parts.err, session.progress_on_terminal);
        tables = parts.move_store(
            {options.from, options.to},
            [&](const std::string& table, std::int64_t rows) {
                progress.show("copying " + table + ": " + std::to_string(rows) + " rows");
            },
            [&](app::Store& copied) {
                for (const auto& op : copied.operators()) {
                    const auto report = app::verify(copied, *parts.hasher, op, [&](const app::VerifyReport& at) {
                        progress.show("verifying " + op.code + ": " + std::to_string(at.accounts) + " accounts");
                    });
                    if (report.findings.empty()) continue;
                    throw app::StoreFailure("the copy was undone: the books of " + op.code + " are not sound (" +
                                            report.findings.front().where + ": " + report.findings.front().message +
                                            "); run `sluice verify --db " + options.from +
                                            "` and mend what it finds first");
                }
            });
    }
    std::int64_t rows = 0;
    json::object counted;
    for (const auto& [table, count] : tables) {
        rows += count;
        counted[table] = count;
    }
    const auto to = app::without_password(options.to);
    if (options.json)
        parts.out << pretty(json::object{{"from", options.from}, {"to", to}, {"rows", std::move(counted)}});
    else
        parts.out << "Copied " << rows << " rows of " << tables.size() << " tables to " << to
                  << ", and verified its books. The old store is as it was.\n";
    return exit_done;
}

}  // namespace sluice::serve
