// Who owns a SQLite store: one process at a time, as long as it lives.
#pragma once

#include <string>

namespace sluice::store {

class LockFile {
public:
    // Of the store at that path. Throws app::StoreFailure when another process has it.
    explicit LockFile(const std::string& store);
    ~LockFile();
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

private:
    int descriptor_;
};

}  // namespace sluice::store
