#include "store/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/ports/store.hpp"

namespace sluice::store {

LockFile::LockFile(const std::string& store) {
    const auto path = store + "-lock";
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) throw app::StoreFailure("cannot create " + path + ": " + std::strerror(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(descriptor_);
    throw app::StoreFailure(
        "another Sluice process is using this store (" + path +
        " is locked); wait until it has finished. A SQLite store belongs to one process at a time: while "
        "`sluice serve` has it, ask that with --server URL --key KEY");
}

LockFile::~LockFile() { ::close(descriptor_); }

}  // namespace sluice::store
