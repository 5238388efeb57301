#include "postgres_ceiling.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

namespace sluice::bench {
namespace {

class Database {
public:
    explicit Database(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) give_up();
    }
    ~Database() { PQfinish(connection_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void run(const std::string& sql) { expect(PQexec(connection_, sql.c_str()), PGRES_COMMAND_OK); }

    // Lines of COPY's text format.
    std::vector<std::string> read(const std::string& query) {
        expect(PQexec(connection_, ("COPY (" + query + ") TO STDOUT").c_str()), PGRES_COPY_OUT);
        std::vector<std::string> lines;
        char* line = nullptr;
        for (int size = 0; (size = PQgetCopyData(connection_, &line, 0)) > 0; PQfreemem(line))
            lines.emplace_back(line, static_cast<std::size_t>(size));
        end_of_copy();
        return lines;
    }
    void write(const std::string& table, const std::vector<std::string>& lines, std::size_t begin, std::size_t end) {
        expect(PQexec(connection_, ("COPY " + table + " FROM STDIN").c_str()), PGRES_COPY_IN);
        std::string piece;
        for (auto at = begin; at < end; ++at) {
            piece += lines[at];
            if (piece.size() < (std::size_t{1} << 16) && at + 1 < end) continue;
            PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size()));
            piece.clear();
        }
        PQputCopyEnd(connection_, nullptr);
        end_of_copy();
    }

private:
    void expect(PGresult* result, ExecStatusType status) {
        const bool good = PQresultStatus(result) == status;
        PQclear(result);
        if (!good) give_up();
    }
    void end_of_copy() {
        for (auto* result = PQgetResult(connection_); result; result = PQgetResult(connection_))
            expect(result, PGRES_COMMAND_OK);
    }
    [[noreturn]] void give_up() {
        std::fprintf(stderr, "%s", PQerrorMessage(connection_));
        std::exit(1);
    }

    PGconn* connection_;
};

struct Table {
    std::string name;
    std::vector<std::string> lines;
};

}  // namespace

void run_sql(const std::string& address, const std::string& sql) {
    Database database(address);
    database.run("SET client_min_messages = warning");
    database.run(sql);
}

double copy_ceiling(const std::string& billed, const std::string& target) {
    std::vector<Table> tables;
    {
        Database from(billed);
        const std::string of_run = " WHERE document_id IS NOT NULL";
        tables = {
            {"changed_sub_services",
             from.read("SELECT subscriber_id, id, billed_to, next_billing_date FROM sub_services ORDER BY 1, 2")},
            {"changed_heads", from.read("SELECT subscriber_id, entries, hash, balance, last_entry_id FROM "
                                        "journal_heads ORDER BY 1")},
            {"documents", from.read("SELECT * FROM documents ORDER BY subscriber_id, id")},
            {"lines", from.read("SELECT * FROM lines" + of_run + " ORDER BY subscriber_id, id")},
            {"line_taxes", from.read("SELECT t.* FROM line_taxes t JOIN lines l ON l.subscriber_id = t.subscriber_id "
                                     "AND l.id = t.line_id" +
                                     of_run + " ORDER BY t.subscriber_id, t.line_id")},
            {"entries", from.read("SELECT * FROM entries ORDER BY subscriber_id, id")},
            {"postings", from.read("SELECT * FROM postings ORDER BY subscriber_id, entry_id")},
            {"events", from.read("SELECT * FROM events WHERE type = 'document.issued' ORDER BY sequence")}};
    }
    Database to(target);
    to.run(
        "CREATE TEMP TABLE changed_sub_services ON COMMIT DELETE ROWS AS SELECT subscriber_id, id, billed_to, "
        "next_billing_date FROM sub_services WITH NO DATA; CREATE TEMP TABLE changed_heads ON COMMIT DELETE ROWS AS "
        "SELECT subscriber_id, entries, hash, balance, last_entry_id FROM journal_heads WITH NO DATA");
    const std::size_t documents = tables[2].lines.size();
    const std::size_t batches = (documents + 999) / 1'000;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t batch = 0; batch < batches; ++batch) {
        to.run("BEGIN");
        for (const auto& table : tables) {
            const auto count = table.lines.size();
            to.write(table.name, table.lines, count * batch / batches, count * (batch + 1) / batches);
        }
        to.run(
            "UPDATE sub_services s SET billed_to = c.billed_to, next_billing_date = c.next_billing_date FROM "
            "changed_sub_services c WHERE s.subscriber_id = c.subscriber_id AND s.id = c.id");
        to.run(
            "UPDATE journal_heads h SET entries = c.entries, hash = c.hash, balance = c.balance, last_entry_id = "
            "c.last_entry_id FROM changed_heads c WHERE h.subscriber_id = c.subscriber_id");
        to.run("COMMIT");
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace sluice::bench
