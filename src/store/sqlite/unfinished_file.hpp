// A file that gets its name when it is whole, and is gone when it does not come to that.
#pragma once

#include <string>

namespace sluice::store {

class UnfinishedFile {
public:
    // Beside `target`, empty, for the user alone. What a killed process left of one is taken over; that of a living one
    // is refused.  Throws app::StoreFailure.
    explicit UnfinishedFile(std::string target);
    ~UnfinishedFile();
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& path() const { return path_; }
    int descriptor() const { return descriptor_; }

    // Whoever may read and write `other` may do so with this one, as far as this process can give it.
    void take_access_of(const std::string& other);
    void make_durable();
    // GIVES: false, and nothing done, when the target is there and not to be replaced.  REQUIRES: made durable.
    bool put_in_place(bool replace);

private:
    std::string target_;
    std::string path_;
    int descriptor_ = -1;
    bool in_place_ = false;
};

// Throws app::StoreFailure with what the system says against it.
[[noreturn]] void fail_on_file(const std::string& what);
void make_directory_durable(const std::string& path_of_a_file);
// At this path, or as a link that leads nowhere.
bool is_there(const std::string& path);

}  // namespace sluice::store
