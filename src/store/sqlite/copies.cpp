#include "store/sqlite/copies.hpp"

#include <unistd.h>

#include <array>
#include <filesystem>
#include <optional>

#include "store/sqlite/lock_file.hpp"
#include "store/sqlite/store_file.hpp"
#include "store/sqlite/unfinished_file.hpp"

namespace sluice::store {
namespace {

namespace fs = std::filesystem;
using app::CopyRefusal;

// Behind the name of a store, as SQLite and this program write them.
constexpr std::array<const char*, 4> files_beside{"-wal", "-shm", "-journal", "-lock"};

bool is_postgres(const std::string& address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

// A link is followed, since SQLite keeps its files beside what it leads to.
std::string path_in(const std::string& address) {
    const std::string sqlite = "sqlite:";
    const auto path = address.starts_with(sqlite) ? address.substr(sqlite.size()) : "";
    if (path.empty() || path == ":memory:")
        throw app::StoreFailure("no store at \"" + address +
                                "\"; write --db sqlite:PATH, for example --db sqlite:sluice.db");
    std::error_code ignored;
    return fs::is_symlink(path, ignored) ? fs::weakly_canonical(path).string() : path;
}

bool are_the_same(const std::string& one, const std::string& other) {
    std::error_code ignored;
    const auto whole = [](const std::string& path) { return fs::weakly_canonical(fs::absolute(path)); };
    return whole(one) == whole(other) || fs::equivalent(one, other, ignored);
}

bool has_files_beside(const std::string& path) {
    for (const char* suffix : files_beside)
        if (is_there(path + suffix)) return true;
    return false;
}

bool has_bytes(const std::string& path) {
    std::error_code none;
    const auto size = fs::file_size(path, none);
    return !none && size > 0;
}

std::optional<CopyRefusal> refusal_of(const app::BackupWish& wish, const std::string& store) {
    const auto& file = wish.file;
    if (is_there(file) && !fs::is_regular_file(file)) return CopyRefusal::file_is_no_regular_file;
    if (are_the_same(file, store)) return CopyRefusal::file_is_the_store;
    for (const char* suffix : files_beside)
        if (are_the_same(file, store + suffix)) return CopyRefusal::file_is_the_store;
    if (has_files_beside(file)) return CopyRefusal::file_belongs_to_a_store;
    if (is_there(file) && !wish.replace) return CopyRefusal::file_exists;
    return std::nullopt;
}

std::optional<CopyRefusal> refusal_of(const app::RestoreWish& wish, const std::string& store) {
    if (!is_there(wish.file)) return CopyRefusal::file_is_missing;
    if (!fs::is_regular_file(wish.file)) return CopyRefusal::file_is_no_regular_file;
    if (are_the_same(wish.file, store)) return CopyRefusal::file_is_the_store;
    // What is left of a journal would be read into the new store.
    const bool exists = is_there(store) || is_there(store + "-wal") || is_there(store + "-journal");
    if (exists && wish.aside_suffix.empty()) return CopyRefusal::store_exists;
    return std::nullopt;
}

// What a file says of itself in bytes 18 and 19 of SQLite's header. A backup needs no journal beside it, and so can be
// read where nothing can be written; a store has one from its first opening on.
enum class Journal : char { rollback = 1, write_ahead = 2 };

void set_journal(const UnfinishedFile& file, Journal journal) {
    const std::array<char, 2> versions{static_cast<char>(journal), static_cast<char>(journal)};
    if (::pwrite(file.descriptor(), versions.data(), versions.size(), 18) != 2)
        fail_on_file("cannot write " + file.path());
}

// GIVES: what the copy holds; nothing: stopped.
std::optional<app::CopyContents> copy(StoreFile& from, UnfinishedFile& to, Journal journal,
                                      const app::CopyProgress& progress) {
    if (!from.copy_to(to.path(), progress)) return std::nullopt;
    set_journal(to, journal);
    StoreFile written(to.path());
    if (!written.check(progress)) return std::nullopt;
    auto contents = written.contents();
    to.make_durable();
    return contents;
}

// With whatever SQLite has of it in other files. It is whole under its new name before it is gone under the old one.
void move_aside(const std::string& store, const std::string& aside) {
    for (const std::string suffix : {"", "-wal", "-journal"})
        if (is_there(aside + suffix)) throw app::StoreFailure(aside + suffix + " is there already");
    for (const std::string suffix : {"-wal", "-journal"})
        if (has_bytes(store + suffix) && ::link((store + suffix).c_str(), (aside + suffix).c_str()) != 0)
            fail_on_file("cannot name " + store + suffix + " " + aside + suffix);
    if (is_there(store) && ::rename(store.c_str(), aside.c_str()) != 0)
        fail_on_file("cannot rename " + store + " to " + aside);
    make_directory_durable(store);
    for (const char* suffix : {"-wal", "-journal", "-shm"}) ::unlink((store + suffix).c_str());
    make_directory_durable(store);
}

Result<app::Restored, CopyRefusal> restore_to(const app::RestoreWish& wish, const std::string& store,
                                              const app::CopyProgress& progress) {
    StoreFile file(wish.file);
    file.contents();  // what is no store is refused before it is copied
    const LockFile lock(store);
    UnfinishedFile fresh(store);
    fresh.take_access_of(store);
    auto contents = copy(file, fresh, Journal::write_ahead, progress);
    if (!contents) return Refused{CopyRefusal::stopped};
    // Who had the lock before us may have made a store.
    if (const auto refusal = refusal_of(wish, store)) return Refused{*refusal};
    app::Restored restored{.contents = std::move(*contents), .moved_aside = ""};
    if (is_there(store)) restored.moved_aside = store + wish.aside_suffix;
    if (!wish.aside_suffix.empty()) move_aside(store, store + wish.aside_suffix);
    if (!fresh.put_in_place(false)) return Refused{CopyRefusal::store_exists};
    return restored;
}

}  // namespace

Result<app::CopyContents, CopyRefusal> back_up(const app::BackupWish& wish, const app::CopyProgress& progress) {
    if (is_postgres(wish.address)) return Refused{CopyRefusal::database_has_its_own_tools};
    const auto store = path_in(wish.address);
    if (!is_there(store)) throw app::StoreFailure("there is no store at " + store + "; `sluice import` creates one");
    if (const auto refusal = refusal_of(wish, store)) return Refused{*refusal};
    StoreFile source(store);
    source.contents();
    UnfinishedFile fresh(wish.file);
    auto contents = copy(source, fresh, Journal::rollback, progress);
    if (!contents) return Refused{CopyRefusal::stopped};
    if (!fresh.put_in_place(wish.replace)) return Refused{CopyRefusal::file_exists};
    return std::move(*contents);
}

Result<app::Restored, CopyRefusal> restore(const app::RestoreWish& wish, const app::CopyProgress& progress) {
    if (is_postgres(wish.address)) return Refused{CopyRefusal::database_has_its_own_tools};
    const auto store = path_in(wish.address);
    if (const auto refusal = refusal_of(wish, store)) return Refused{*refusal};
    try {
        return restore_to(wish, store, progress);
    } catch (const UnfitFile& unfit) {
        return Refused{unfit.reason()};
    }
}

}  // namespace sluice::store
