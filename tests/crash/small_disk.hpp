// A file system of its own in memory, small enough to be filled.
#pragma once

#include <cstdint>
#include <filesystem>

namespace sluice::test {

class SmallDisk {
public:
    // Whether this process may have one: its user is root and may mount.
    static bool is_possible();

    // REQUIRES: is_possible(). Nobody but this process and those that it starts sees it, and it is gone with them.
    explicit SmallDisk(std::uint64_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void fill(std::uint64_t bytes_left) const;
    void make_space() const;  // that was filled

private:
    std::filesystem::path ballast() const { return path_ / "ballast"; }

    std::filesystem::path path_;
};

}  // namespace sluice::test
