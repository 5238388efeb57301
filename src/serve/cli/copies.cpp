// Backup and restore. They go past the API: a server cannot replace the store that it has, and a copy is made by
// another process than the one that writes.
#include <csignal>
#include <cstdio>
#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using app::CopyRefusal;

// Notes what would end the program, so that it ends with nothing half-done.
class StopSignals {
public:
    StopSignals() {
        noted = 0;
        struct sigaction action {};
        action.sa_handler = [](int) { noted = 1; };
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            struct sigaction before {};
            ::sigaction(signal, nullptr, &before);
            if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
        }
    }
    bool came() const { return noted != 0; }

private:
    static inline volatile std::sig_atomic_t noted = 0;
};

std::string size_text(std::int64_t bytes) {
    static constexpr const char* units[] = {"bytes", "kB", "MB", "GB", "TB"};
    if (bytes < 1'000) return std::to_string(bytes) + " bytes";
    std::size_t unit = 1;
    std::int64_t tenths = bytes / 100;
    for (; tenths >= 10'000 && unit < 4; ++unit) tenths /= 1'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + units[unit];
}

std::string progress_text(app::CopyStep step, std::int64_t done, std::int64_t of) {
    const std::string word = step == app::CopyStep::copying ? "copying" : "checking the copy";
    return of > 0 ? word + ": " + std::to_string(done * 100 / of) + " %" : word;
}

std::string sentence(CopyRefusal refusal, const std::string& file, const std::string& db) {
    switch (refusal) {
        case CopyRefusal::database_has_its_own_tools:
            return "PostgreSQL's own tools back up and restore its databases: pg_dump and pg_restore, or pg_basebackup "
                   "with its log for any moment; docs/operations.md says how";
        case CopyRefusal::file_is_missing:
            return "there is no file " + file;
        case CopyRefusal::file_is_no_regular_file:
            return file + " is no file but something else; name a file";
        case CopyRefusal::file_is_the_store:
            return file + " is a file of the store " + db + " itself; name another one";
        case CopyRefusal::file_belongs_to_a_store:
            return file + " is used as a store, or was: there is a lock or a journal beside it; name another file";
        case CopyRefusal::file_exists:
            return file + " is there already; --force replaces it";
        case CopyRefusal::store_exists:
            return "there is a store at " + db + " already; --force renames it first, and keeps it";
        case CopyRefusal::file_is_no_store:
            return file + " is no backup of a Sluice store; nothing was restored";
        case CopyRefusal::file_is_of_a_newer_program:
            return file + " was made by a newer Sluice than this one; restore it with that version or a newer one";
        case CopyRefusal::file_is_damaged:
            return file + " is damaged; nothing was restored, take an older backup";
        case CopyRefusal::stopped:
            break;
    }
    return "stopped; nothing was left behind";
}

template <typename T>
T accepted(Result<T, CopyRefusal> result, const std::string& file, const std::string& db) {
    if (result.ok()) return std::move(result).value();
    const auto refusal = result.refusal();
    if (refusal == CopyRefusal::stopped) throw std::runtime_error(sentence(refusal, file, db));
    throw BadInput(sentence(refusal, file, db));
}

template <typename Work>
auto with_progress(Session& session, const Work& work) {
    const StopSignals signals;
    ProgressLine line(session.parts.err, session.progress_on_terminal);
    return work([&](app::CopyStep step, std::int64_t done, std::int64_t of) {
        line.show(progress_text(step, done, of));
        return !signals.came();
    });
}

void print_books(std::ostream& out, const app::CopyContents& contents) {
    if (contents.operators.empty()) {
        out << "It holds no operator yet.\n";
        return;
    }
    Table table({{"operator"}, {"name"}, {"billed through"}});
    for (const auto& books : contents.operators)
        table.row({books.code, books.name, books.billed_through ? books.billed_through->text() : "not yet"});
    out << table.text("  ");
}

json::object json_of(const app::CopyContents& contents) {
    json::array operators;
    for (const auto& books : contents.operators) {
        const auto through = books.billed_through ? json::value(books.billed_through->text()) : json::value(nullptr);
        operators.push_back(json::object{{"code", books.code}, {"name", books.name}, {"billed_through", through}});
    }
    return {{"bytes", contents.bytes}, {"schema", contents.schema}, {"operators", std::move(operators)}};
}

// "20261124T193050Z": when this is carried out, for a file's name.
std::string time_for_a_name() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(now - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

}  // namespace

int back_up(Session& session, const CopyOptions& options) {
    const auto db = session.local_store("a backup is made", "--db sqlite:PATH");
    const auto contents =
        accepted(with_progress(session,
                               [&](const app::CopyProgress& progress) {
                                   return session.parts.back_up(
                                       {.address = db, .file = options.file, .replace = options.force}, progress);
                               }),
                 options.file, db);
    auto& out = session.parts.out;
    if (options.json) {
        json::object answer{{"store", db}, {"file", options.file}};
        for (const auto& [member, value] : json_of(contents)) answer[member] = value;
        out << pretty(answer);
        return exit_done;
    }
    out << "Backed up " << db << " to " << options.file << ": " << size_text(contents.bytes) << ", checked.\n";
    print_books(out, contents);
    return exit_done;
}

int restore(Session& session, const CopyOptions& options) {
    const auto db = session.local_store("a backup is restored", "--db sqlite:PATH");
    const auto suffix = options.force ? ".before-restore-" + time_for_a_name() : "";
    const auto restored =
        accepted(with_progress(session,
                               [&](const app::CopyProgress& progress) {
                                   return session.parts.restore(
                                       {.file = options.file, .address = db, .aside_suffix = suffix}, progress);
                               }),
                 options.file, db);
    const auto& aside = restored.moved_aside;
    auto& out = session.parts.out;
    if (options.json) {
        json::object answer{{"store", db},
                            {"file", options.file},
                            {"moved_aside", aside.empty() ? json::value(nullptr) : json::value(aside)}};
        for (const auto& [member, value] : json_of(restored.contents)) answer[member] = value;
        out << pretty(answer);
        return exit_done;
    }
    if (!aside.empty()) out << "The store that was there is now " << aside << ".\n";
    out << "Restored " << options.file << " to " << db << ": " << size_text(restored.contents.bytes) << ", checked.\n";
    print_books(out, restored.contents);
    return exit_done;
}

}  // namespace sluice::serve
