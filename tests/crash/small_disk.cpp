#include "crash/small_disk.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace sluice::test {

namespace fs = std::filesystem;

bool SmallDisk::is_possible() {
    static const bool is = ::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0 &&
                           ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return is;
}

SmallDisk::SmallDisk(std::uint64_t bytes) {
    auto name = (fs::temp_directory_path() / "sluice-disk-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the directory " + name);
    path_ = name;
    const auto options = "mode=0755,size=" + std::to_string(bytes);
    if (::mount("tmpfs", path_.c_str(), "tmpfs", 0, options.c_str()) != 0)
        throw std::runtime_error("cannot mount a file system at " + path_.string());
}

SmallDisk::~SmallDisk() {
    ::umount2(path_.c_str(), MNT_DETACH);
    ::rmdir(path_.c_str());
}

void SmallDisk::fill(std::uint64_t bytes_left) const {
    const auto free = fs::space(path_).free;
    if (free <= bytes_left) return;
    const int file = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const bool is_full = file >= 0 && ::posix_fallocate(file, 0, static_cast<off_t>(free - bytes_left)) == 0;
    ::close(file);
    if (!is_full) throw std::runtime_error("cannot fill " + path_.string());
}

void SmallDisk::make_space() const { fs::remove(ballast()); }

}  // namespace sluice::test
