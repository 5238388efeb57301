// A SQLite file as one moment of it is: nothing here writes to it, takes its lock or makes a checkpoint, so that it may
// be the store of another process that goes on writing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/ports/copies.hpp"
#include "app/ports/store.hpp"

struct sqlite3;

namespace sluice::store {

// The file is not what it should be.
class UnfitFile : public app::StoreFailure {
public:
    UnfitFile(app::CopyRefusal reason, const std::string& message) : StoreFailure(message), reason_(reason) {}
    app::CopyRefusal reason() const { return reason_; }

private:
    app::CopyRefusal reason_;
};

class StoreFile {
public:
    // A file without a journal or a lock beside it belongs to nobody: it is read as it is, even where nothing can be
    // written beside it.  Throws UnfitFile, app::StoreFailure.
    explicit StoreFile(const std::string& path);

    // 0: it is empty.
    std::int64_t schema();
    // Throws UnfitFile for what is no store, or one of a newer program.
    app::CopyContents contents();
    // Page by page into an empty file, which then needs no journal beside it. False: stopped.
    // Other processes may write meanwhile: their journal cannot begin anew before this has ended, and grows.
    bool copy_to(const std::string& path, const app::CopyProgress& progress);
    // Whether pages, rows and indexes hang together. False: stopped.  Throws UnfitFile.
    bool check(const app::CopyProgress& progress);

private:
    struct Close {
        void operator()(sqlite3* db) const;
    };

    std::string path_;
    std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace sluice::store
