#include "store/postgres/postgres_connection.hpp"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <deque>
#include <initializer_list>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "app/ports/store.hpp"
#include "app/ports/store_address.hpp"
#include "store/postgres/copy_text.hpp"
#include "store/sql/dialect.hpp"
#include "store/sql/rows.hpp"
#include "values/check.hpp"

namespace sluice::store {
namespace {

constexpr Oid bytea_type = 17;
constexpr int node_lock = 73105842;
const std::string migration_lock = "7310584207";  // of this database; a number that nobody else takes
constexpr std::size_t most_unanswered = 200;  // statements on their way; their answers fit into the socket's buffers

struct FreeResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, FreeResult>;

std::string without_line_end(const char* message) {
    std::string text(message ? message : "");
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

// "?" to "$1", "$2", … — none of our statements has a question mark elsewhere.
std::string with_numbered_parameters(const std::string& sql, int& count) {
    std::string numbered;
    numbered.reserve(sql.size() + 16);
    count = 0;
    for (const char c : sql) {
        if (c == '?')
            numbered += '$' + std::to_string(++count);
        else
            numbered += c;
    }
    return numbered;
}

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

// What libpq says of an address that it cannot read, or reads otherwise than it was meant, may show what is secret.
void check_address(const std::string& address) {
    const auto begin = address.find("://") + 3;
    const auto user_end = address.find_first_of("@/", begin);
    const bool has_user = user_end != std::string::npos && address[user_end] == '@';
    const auto rest = has_user ? user_end + 1 : begin;
    const bool is_readable = address.substr(rest, address.find('?', rest) - rest).find('@') == std::string::npos &&
                             std::unique_ptr<PQconninfoOption, FreeOptions>(PQconninfoParse(address.c_str(), nullptr));
    if (!is_readable)
        throw app::StoreFailure(
            "the address " + app::without_password(address) +
            " is none that PostgreSQL knows; write postgresql://USER@HOST:PORT/DATABASE?NAME=VALUE, "
            "with %40 for @, %2F for /, %3D for = and %25 for % in a password or a value");
}

// What went wrong, as far as the server says.
struct Problem {
    std::string state;  // SQLSTATE
    std::string message;
};

[[noreturn]] void raise(const Problem& problem) {
    const auto is = [&](std::string_view state) { return problem.state.starts_with(state); };
    const std::string message = "the store could not carry out a statement: " + problem.message;
    if (is("23")) throw app::ConstraintViolated(message);
    if (is("40001") || is("40P01") || is("55P03"))
        throw app::Contention(message + "; somebody else changed the same rows at this moment, try again");
    if (is("53100")) throw app::StoreFailure(message + "; free some space on the server, then run the command again");
    if (is("42501"))
        throw app::StoreFailure(message +
                                "; the role that Sluice signs in with has to own the database, or have what "
                                "docs/operations.md grants to one that does not");
    if (is("57014")) throw app::StoreFailure(message + "; it took longer than statement_timeout allows");
    throw app::StoreFailure(message);
}

class PostgresConnection;

class PostgresStatement final : public Statement {
public:
    PostgresStatement(PostgresConnection& connection, const std::string& sql, std::string name)
        : connection_(connection),
          name_(std::move(name)),
          is_read_(sql.starts_with("SELECT") || sql.starts_with("WITH")) {
        int parameters = 0;
        sql_ = with_numbered_parameters(sql, parameters);
        const auto count = static_cast<std::size_t>(parameters);
        values_.resize(count);
        lengths_.resize(count);
        formats_.resize(count);
        numbers_.resize(count);
    }

    void bind(int parameter, const Cell& cell) override;
    bool step() override;
    void reset() override {
        result_.reset();
        has_run_ = false;
    }
    bool is_null(int column) override { return PQgetisnull(result_.get(), row_, column) != 0; }
    std::int64_t integer(int column) override;
    std::string_view text(int column) override;

private:
    friend class PostgresConnection;

    PostgresConnection& connection_;
    std::string sql_;
    std::string name_;
    bool is_read_;
    bool is_prepared_ = false;
    bool has_run_ = false;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::array<char, 24>> numbers_;
    std::vector<std::string> texts_;  // with a zero at the end, which libpq wants
    ResultPtr result_;
    int row_ = -1;
    std::string decoded_;
};

// Statements that write are sent without waiting for their answers: these come with the next thing that is read, or
// when the transaction ends. So a command makes a few round trips, not one a statement.
class PostgresConnection final : public Connection {
public:
    PostgresConnection(std::string address, PostgresUse use)
        : address_(std::move(address)),
          use_(use),
          begin_(use == PostgresUse::write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
        connect();
    }
    ~PostgresConnection() override {
        statements_.clear();
        PQfinish(connection_);
    }
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    Statement& prepare(const std::string& sql) override {
        auto& statement = statements_[sql];
        if (!statement)
            statement = std::make_unique<PostgresStatement>(*this, sql, "s" + std::to_string(statements_.size()));
        return *statement;
    }

    void run_script(const std::string& sql) override {
        ready();
        drain();
        PQexitPipelineMode(connection_);
        const ResultPtr result(PQexec(connection_, sql.c_str()));
        const auto status = PQresultStatus(result.get());
        const auto problem = problem_of(result.get());
        PQenterPipelineMode(connection_);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(problem);
    }

    std::string in_dialect(std::string migration) const override {
        // Text sorts by its bytes everywhere, whatever the database's own collation.
        const auto settings = settings_columns_sql();
        return replaced(std::move(migration), {{"{billing_settings}", settings},
                                               {"{bytewise}", "TEXT"},
                                               {" TEXT", " TEXT COLLATE \"C\""},
                                               {"{int}", "BIGINT"},
                                               {"INTEGER", "BIGINT"},
                                               {"{date}", "DATE"},
                                               {"{bytes}", "BYTEA"},
                                               {"{code3}", "CHAR(3)"},
                                               {"{strict}", ""},
                                               {"{only_postgresql}", ""},
                                               {"{only_sqlite}", "-- "},
                                               {"{clustered}", ""}});
    }

    bool has_other_writers() const override { return true; }
    void lock_migrations() override { run_script("SELECT pg_advisory_lock(" + migration_lock + ")"); }
    void unlock_migrations() override { run_script("SELECT pg_advisory_unlock(" + migration_lock + ")"); }

    void wait_shortly(bool shortly) override {
        run(shortly ? "SET LOCAL lock_timeout = '10ms'" : "SET LOCAL lock_timeout = DEFAULT");
    }

    bool copy_rows(const std::string& table, const std::string& columns, std::size_t width,
                   std::span<const Cell> cells) override {
        if (cells.size() / width < fewest_to_copy) return false;
        drain();
        PQexitPipelineMode(connection_);
        const auto problem = copy("COPY " + table + " (" + columns + ") FROM STDIN", width, cells);
        PQenterPipelineMode(connection_);
        if (problem) fail(*problem);
        return true;
    }

    bool take(std::int64_t thing) override {
        ready();
        return is_true("SELECT pg_try_advisory_lock(?)", {thing});
    }
    void give_back(std::int64_t thing) override {
        ready();
        is_true("SELECT pg_advisory_unlock(?)", {thing});
    }
    // Held by the session, so that it is free again when this process is gone, in whatever way.
    int take_node(int preferred) override {
        constexpr int nodes = 1024;
        for (int i = 0; i < nodes; ++i) {
            const int node = (preferred + i) % nodes;
            if (!lock_node(node)) continue;
            node_ = node;
            return node;
        }
        throw app::StoreFailure("1024 processes write to this store already; stop some of them");
    }

    void begin() override {
        if (depth_ == 0) {
            ready();
            run(begin_);
            is_untouched_ = use_ == PostgresUse::read;
        } else {
            run("SAVEPOINT s" + std::to_string(depth_));
        }
        ++depth_;
    }
    void commit() override {
        if (depth_ == 1)
            commit_all();
        else
            run("RELEASE SAVEPOINT s" + std::to_string(depth_ - 1));
        drain();
        --depth_;
    }
    void rollback() override {
        --depth_;
        if (PQstatus(connection_) == CONNECTION_BAD) return;  // gone, and the transaction with it
        try {
            drain();
        } catch (const app::StoreFailure&) {
            // It is what is rolled back.
        }
        if (PQstatus(connection_) == CONNECTION_BAD) return;
        if (depth_ == 0) {
            run("ROLLBACK");
        } else {
            const auto name = std::to_string(depth_);
            run("ROLLBACK TO SAVEPOINT s" + name);
            run("RELEASE SAVEPOINT s" + name);
        }
        drain();
    }

private:
    friend class PostgresStatement;

    static constexpr std::size_t fewest_to_copy = 16;

    // What was sent before is answered first, so that only the end itself can be uncertain.
    void commit_all() {
        drain();
        run("COMMIT");
        try {
            drain();
        } catch (const app::StoreFailure&) {
            if (PQstatus(connection_) != CONNECTION_BAD) throw;
            throw app::CommitUncertain(
                "the connection to the store was lost while a change was being committed: look whether it is there "
                "before "
                "you make it again");
        }
    }
    void connect() {
        connection_ = PQconnectdb(with_defaults().c_str());
        if (PQstatus(connection_) != CONNECTION_OK) {
            const auto message = without_line_end(PQerrorMessage(connection_));
            PQfinish(connection_);
            connection_ = nullptr;
            if (message.find("\" does not exist") != std::string::npos && message.find("database") != std::string::npos)
                throw app::StoreFailure("there is no store at " + app::without_password(address_) + ": " + message +
                                        "; create an empty database with createdb, or mend the address");
            throw app::StoreFailure("cannot reach the store at " + app::without_password(address_) + ": " + message);
        }
        if (PQserverVersion(connection_) < 150000) {
            const auto version = PQserverVersion(connection_) / 10000;
            PQfinish(connection_);
            connection_ = nullptr;
            throw app::StoreFailure("the store's server is PostgreSQL " + std::to_string(version) +
                                    "; Sluice needs 15 or later");
        }
        PQsetNoticeProcessor(
            connection_, [](void*, const char*) {}, nullptr);
        // Rows are asked for by their keys, and lie in memory or on a disk that does not turn: with the server's own
        // figure (4) it prefers to read whole tables to some hundreds of keys.
        const ResultPtr set(PQexec(connection_,
                                   "SET datestyle = 'ISO'; SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET "
                                   "standard_conforming_strings = on; SET bytea_output = 'hex'; SET jit = off; SET "
                                   "random_page_cost = 1.1"));
        if (PQresultStatus(set.get()) != PGRES_COMMAND_OK) {
            const auto problem = problem_of(set.get());
            PQfinish(connection_);
            connection_ = nullptr;
            raise(problem);
        }
        PQenterPipelineMode(connection_);
        if (node_ >= 0 && !lock_node(node_)) {
            PQfinish(connection_);
            connection_ = nullptr;
            throw app::StoreFailure(
                "another process has taken this one's place while the connection to the store was lost; start this one "
                "again");
        }
    }
    bool lock_node(int node) { return is_true("SELECT pg_try_advisory_lock(?, ?)", {node_lock, node}); }
    bool is_true(const std::string& sql, std::initializer_list<std::int64_t> parameters) {
        auto& statement = static_cast<PostgresStatement&>(prepare(sql));
        int at = 0;
        for (const auto parameter : parameters) statement.bind(at++, parameter);
        send(statement);
        const auto result = drain();
        return *PQgetvalue(result.get(), 0, 0) == 't';
    }
    // Keep-alives tell that a server is gone; the URI can say otherwise.
    std::string with_defaults() const {
        auto address = address_;
        const auto add = [&](std::string_view key, std::string_view value) {
            if (address.find(std::string(key) + "=") != std::string::npos) return;
            address += address.find('?') == std::string::npos ? '?' : '&';
            ((address += key) += '=') += value;
        };
        add("connect_timeout", "10");
        add("keepalives_idle", "30");
        add("application_name", "sluice");
        return address;
    }

    // A connection that was lost is made again, as long as no transaction was lost with it.
    void ready() {
        if (connection_ && PQstatus(connection_) == CONNECTION_OK) return;
        check(depth_ == 0, "a lost connection has ended its transaction");
        reconnect();
    }
    // Patient once: as long as the server stays away, whoever comes next is told so at once. Who only reads is told
    // soon.
    void reconnect() {
        PQfinish(connection_);
        connection_ = nullptr;
        unanswered_.clear();
        for (const auto& [sql, statement] : statements_) statement->is_prepared_ = false;
        std::chrono::milliseconds pause{100};
        const int patience = use_ == PostgresUse::read ? 2 : 5;
        for (int left = is_given_up_ ? 0 : patience;; --left, pause *= 2) {
            try {
                connect();
                is_given_up_ = false;
                return;
            } catch (const app::StoreFailure&) {
                is_given_up_ = left == 0;
                if (is_given_up_) throw;
            }
            std::this_thread::sleep_for(pause);
        }
    }

    Problem problem_of(const PGresult* result) const {
        const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
        const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
        const char* detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : nullptr;
        if (!primary) return {state ? state : "", without_line_end(PQerrorMessage(connection_))};
        return {state ? state : "", primary + (detail ? std::string(" (") + detail + ")" : std::string())};
    }

    [[noreturn]] void fail(const Problem& problem) {
        if (PQstatus(connection_) == CONNECTION_BAD)
            throw app::StoreFailure("the connection to the store was lost: " +
                                    (problem.message.empty() ? "the server is gone" : problem.message) +
                                    "; what was committed stays, run the command again");
        raise(problem);
    }

    void run(const std::string& sql) {
        auto& statement = static_cast<PostgresStatement&>(prepare(sql));
        send(statement);
    }

    // GIVES: the rows, for what reads.
    ResultPtr carry_out(PostgresStatement& statement) {
        if (depth_ == 0) ready();
        const bool is_first = is_untouched_;
        try {
            send(statement);
            if (!statement.is_read_ && depth_ > 0) return nullptr;
            auto result = drain();
            is_untouched_ = false;
            return result;
        } catch (const app::StoreFailure&) {
            if (PQstatus(connection_) != CONNECTION_BAD || !is_first) throw;
        }
        // The server was started again since the last time, and nothing has been read of this transaction yet.
        reconnect();
        run(begin_);
        send(statement);
        auto result = drain();
        is_untouched_ = false;
        return result;
    }
    void send(PostgresStatement& statement) {
        if (unanswered_.size() >= most_unanswered) drain();
        if (!statement.is_prepared_) {
            if (PQsendPrepare(connection_, statement.name_.c_str(), statement.sql_.c_str(), 0, nullptr) == 0)
                fail({"", without_line_end(PQerrorMessage(connection_))});
            statement.is_prepared_ = true;
            unanswered_.push_back(&statement);
        }
        if (PQsendQueryPrepared(connection_, statement.name_.c_str(), static_cast<int>(statement.values_.size()),
                                statement.values_.data(), statement.lengths_.data(), statement.formats_.data(), 0) == 0)
            fail({"", without_line_end(PQerrorMessage(connection_))});
        unanswered_.push_back(nullptr);
    }

    // All answers, and the rows of the last one. The first problem is thrown when everything has been read.
    ResultPtr drain() {
        if (unanswered_.empty()) return nullptr;
        if (PQpipelineSync(connection_) == 0) {
            unanswered_.clear();
            fail({"", without_line_end(PQerrorMessage(connection_))});
        }
        ResultPtr last;
        std::optional<Problem> problem;
        while (!unanswered_.empty()) {
            auto* prepared = unanswered_.front();
            unanswered_.pop_front();
            ResultPtr result(PQgetResult(connection_));
            const auto status = PQresultStatus(result.get());
            if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
                if (prepared) prepared->is_prepared_ = false;
                if (!problem && status != PGRES_PIPELINE_ABORTED) problem = problem_of(result.get());
            }
            if (PQstatus(connection_) == CONNECTION_BAD) break;
            last = std::move(result);
            const ResultPtr end(PQgetResult(connection_));  // each answer ends with a null
        }
        if (PQstatus(connection_) == CONNECTION_BAD) {
            unanswered_.clear();
            fail(problem.value_or(Problem{}));
        }
        const ResultPtr sync(PQgetResult(connection_));
        if (problem) fail(*problem);
        return last;
    }

    std::optional<Problem> copy(const std::string& sql, std::size_t width, std::span<const Cell> cells) {
        const ResultPtr start(PQexec(connection_, sql.c_str()));
        if (PQresultStatus(start.get()) != PGRES_COPY_IN) return problem_of(start.get());
        constexpr std::size_t piece = std::size_t{1} << 13;
        copy_text_.clear();
        for (std::size_t at = 0; at < cells.size(); at += width) {
            append_copy_row(copy_text_, cells.subspan(at, width));
            if (copy_text_.size() < piece && at + width < cells.size()) continue;
            if (PQputCopyData(connection_, copy_text_.data(), static_cast<int>(copy_text_.size())) != 1)
                return Problem{"", without_line_end(PQerrorMessage(connection_))};
            copy_text_.clear();
        }
        PQputCopyEnd(connection_, nullptr);
        std::optional<Problem> problem;
        for (;;) {
            const ResultPtr result(PQgetResult(connection_));
            if (!result) break;
            if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && !problem) problem = problem_of(result.get());
            if (PQstatus(connection_) == CONNECTION_BAD) break;
        }
        return problem;
    }

    std::string address_;
    PostgresUse use_;
    std::string begin_;
    PGconn* connection_ = nullptr;
    std::unordered_map<std::string, std::unique_ptr<PostgresStatement>> statements_;
    // What was sent and not answered yet: a statement for its preparation, null for its execution.
    std::deque<PostgresStatement*> unanswered_;
    std::string copy_text_;
    int depth_ = 0;
    int node_ = -1;              // none
    bool is_given_up_ = false;   // the server did not come back in time
    bool is_untouched_ = false;  // a transaction that reads, and has read nothing yet
};

void PostgresStatement::bind(int parameter, const Cell& cell) {
    const auto at = static_cast<std::size_t>(parameter);
    check(at < values_.size(), "a parameter has a place");
    formats_[at] = 0;
    lengths_[at] = 0;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        auto& digits = numbers_[at];
        *std::to_chars(digits.data(), digits.data() + digits.size() - 1, *number).ptr = '\0';
        values_[at] = digits.data();
    } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
        if (text->find('\0') != std::string_view::npos)
            throw app::StoreFailure("a text has a zero character, which PostgreSQL cannot keep; leave it out");
        if (texts_.size() < values_.size()) texts_.resize(values_.size());
        texts_[at].assign(*text);
        values_[at] = texts_[at].c_str();
    } else if (const auto* bytes = std::get_if<Bytes>(&cell)) {
        formats_[at] = 1;
        lengths_[at] = static_cast<int>(bytes->bytes.size());
        values_[at] = bytes->bytes.data();
    } else {
        values_[at] = nullptr;
    }
}

bool PostgresStatement::step() {
    if (!has_run_) {
        has_run_ = true;
        row_ = -1;
        result_ = connection_.carry_out(*this);
    }
    if (!is_read_) return false;
    return ++row_ < PQntuples(result_.get());
}

std::int64_t PostgresStatement::integer(int column) {
    const char* text = PQgetvalue(result_.get(), row_, column);
    if (*text == 't' || *text == 'f') return *text == 't' ? 1 : 0;
    std::int64_t number = 0;
    std::from_chars(text, text + PQgetlength(result_.get(), row_, column), number);
    return number;
}

std::string_view PostgresStatement::text(int column) {
    const std::string_view text(PQgetvalue(result_.get(), row_, column),
                                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column)));
    if (PQftype(result_.get(), column) != bytea_type) return text;
    decoded_ = decode_hex(text.substr(std::min<std::size_t>(text.size(), 2)));
    return decoded_;
}

}  // namespace

std::unique_ptr<Connection> open_postgres(const std::string& address, PostgresUse use) {
    check_address(address);
    return std::make_unique<PostgresConnection>(address, use);
}

}  // namespace sluice::store
