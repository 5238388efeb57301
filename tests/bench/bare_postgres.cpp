#include <libpq-fe.h>

#include <algorithm>
#include <set>

#include "bare_store.hpp"
#include "measuring.hpp"

namespace sluice::bench {
namespace {

class BarePostgres final : public BareStore {
public:
    explicit BarePostgres(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) fail();
        run("SET client_min_messages = warning");
    }
    ~BarePostgres() override { PQfinish(connection_); }

    std::vector<std::pair<std::int64_t, std::int64_t>> pairs(const std::string& sql) override {
        std::vector<std::pair<std::int64_t, std::int64_t>> all;
        auto* result = PQexec(connection_, sql.c_str());
        if (PQresultStatus(result) != PGRES_TUPLES_OK) fail();
        for (int row = 0; row < PQntuples(result); ++row)
            all.emplace_back(std::stoll(PQgetvalue(result, row, 0)), std::stoll(PQgetvalue(result, row, 1)));
        PQclear(result);
        return all;
    }
    void run(const std::string& sql) override { end(PQexec(connection_, sql.c_str()), PGRES_COMMAND_OK); }

    // Lines of COPY's text format.
    std::string read(const Written& what, const std::string& condition) override {
        end(PQexec(connection_, ("COPY (" + select_from(what, condition) + ") TO STDOUT").c_str()), PGRES_COPY_OUT);
        std::string rows;
        char* line = nullptr;
        for (int size = 0; (size = PQgetCopyData(connection_, &line, 0)) > 0; PQfreemem(line))
            rows.append(line, static_cast<std::size_t>(size));
        end_of_copy();
        return rows;
    }
    void write(const Written& what, const std::string& rows) override {
        if (rows.empty()) return;
        if (what.keys > 0) return update(what, rows);
        copy(what.table, rows);
    }

private:
    void copy(const std::string& table, const std::string& rows) {
        end(PQexec(connection_, ("COPY " + table + " FROM STDIN").c_str()), PGRES_COPY_IN);
        constexpr std::size_t piece = std::size_t{1} << 16;
        for (std::size_t at = 0; at < rows.size(); at += piece)
            if (PQputCopyData(connection_, rows.data() + at, static_cast<int>(std::min(piece, rows.size() - at))) != 1)
                fail();
        if (PQputCopyEnd(connection_, nullptr) != 1) fail();
        end_of_copy();
    }
    // All of a batch at once, from a table beside it.
    void update(const Written& what, const std::string& rows) {
        const auto changed = "changed_" + what.table;
        if (prepared_.insert(what.table).second)
            run("CREATE TEMP TABLE " + changed + " ON COMMIT DELETE ROWS AS SELECT " + comma_list(what.columns) +
                " FROM " + what.table + " WITH NO DATA");
        copy(changed, rows);
        std::string sql = "UPDATE " + what.table + " t SET ";
        for (std::size_t i = what.keys; i < what.columns.size(); ++i)
            sql += (i > what.keys ? ", " : "") + what.columns[i] + " = c." + what.columns[i];
        sql += " FROM " + changed + " c";
        for (std::size_t i = 0; i < what.keys; ++i)
            sql += (i == 0 ? " WHERE t." : " AND t.") + what.columns[i] + " = c." + what.columns[i];
        run(sql);
    }
    void end(PGresult* result, ExecStatusType status) {
        const bool good = PQresultStatus(result) == status;
        PQclear(result);
        if (!good) fail();
    }
    void end_of_copy() {
        for (auto* result = PQgetResult(connection_); result; result = PQgetResult(connection_))
            end(result, PGRES_COMMAND_OK);
    }
    [[noreturn]] void fail() { give_up(PQerrorMessage(connection_)); }

    PGconn* connection_;
    std::set<std::string> prepared_;
};

}  // namespace

std::unique_ptr<BareStore> open_bare_postgres(const std::string& address) {
    return std::make_unique<BarePostgres>(address);
}

}  // namespace sluice::bench
