#include "store/sqlite/unfinished_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "app/ports/store.hpp"

namespace sluice::store {
namespace {

// Whether the name still is that of the open file: whoever finished before us has taken it away.
bool is_named(int descriptor, const std::string& path) {
    struct stat open_file {};
    struct stat named {};
    return ::fstat(descriptor, &open_file) == 0 && ::stat(path.c_str(), &named) == 0 &&
           open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

int create_alone(const std::string& path) {
    for (;;) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0) fail_on_file("cannot create " + path);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor);
            throw app::StoreFailure("another Sluice process is writing " + path + "; wait until it has finished");
        }
        if (is_named(descriptor, path)) return descriptor;
        ::close(descriptor);
    }
}

}  // namespace

void fail_on_file(const std::string& what) { throw app::StoreFailure(what + ": " + std::strerror(errno)); }

bool is_there(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

void make_directory_durable(const std::string& path_of_a_file) {
    const auto parent = std::filesystem::path(path_of_a_file).parent_path();
    const int descriptor = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail_on_file("cannot open the directory of " + path_of_a_file);
    // Some file systems of other machines know no such thing.
    const bool is_durable = ::fsync(descriptor) == 0 || errno == EINVAL;
    ::close(descriptor);
    if (!is_durable) fail_on_file("cannot make the directory of " + path_of_a_file + " durable");
}

UnfinishedFile::UnfinishedFile(std::string target)
    : target_(std::move(target)), path_(target_ + ".unfinished"), descriptor_(create_alone(path_)) {
    if (::ftruncate(descriptor_, 0) == 0 && ::fchmod(descriptor_, 0600) == 0) return;
    const auto error = errno;
    ::close(descriptor_);
    errno = error;
    fail_on_file("cannot write " + path_);
}

UnfinishedFile::~UnfinishedFile() {
    if (!in_place_) ::unlink(path_.c_str());
    ::close(descriptor_);
}

void UnfinishedFile::take_access_of(const std::string& other) {
    struct stat info {};
    if (::stat(other.c_str(), &info) != 0) return;
    // Only root can give files away; for others the owner is whoever restores.
    if (::fchown(descriptor_, info.st_uid, info.st_gid) == 0) ::fchmod(descriptor_, info.st_mode & 0777);
}

void UnfinishedFile::make_durable() {
    if (::fsync(descriptor_) != 0) fail_on_file("cannot write " + path_);
}

bool UnfinishedFile::put_in_place(bool replace) {
    int result = ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), replace ? 0 : RENAME_NOREPLACE);
    if (result != 0 && errno == EINVAL) {  // a file system that cannot do both at once
        if (is_there(target_)) return false;
        result = ::rename(path_.c_str(), target_.c_str());
    }
    if (result != 0 && errno == EEXIST) return false;
    if (result != 0) fail_on_file("cannot name " + path_ + " " + target_);
    in_place_ = true;
    make_directory_durable(target_);
    return true;
}

}  // namespace sluice::store
