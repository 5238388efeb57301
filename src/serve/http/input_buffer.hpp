// The bytes of a connection that came and are not used yet. Small while the connection is idle: there may be thousands.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace sluice::serve::http {

class InputBuffer {
public:
    static constexpr std::size_t small_bytes = 4 * 1024;

    std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }

    void consume(std::size_t count) {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }

    // Where to read to: at least `count` bytes. Views of before are void.
    std::span<char> room(std::size_t count) {
        if (capacity_ - end_ < count) make_room(count);
        return {bytes_.get() + end_, capacity_ - end_};
    }
    void filled(std::size_t count) { end_ += count; }

    void give_back_memory() {
        if (empty() && capacity_ > small_bytes) *this = InputBuffer();
    }

private:
    void make_room(std::size_t count) {
        const auto used = end_ - begin_;
        const auto needed = std::max(used + count, small_bytes);
        if (needed > capacity_) {
            const auto capacity = std::max(needed, 2 * capacity_);
            auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
            if (used != 0) std::memcpy(bytes.get(), bytes_.get() + begin_, used);
            bytes_ = std::move(bytes);
            capacity_ = capacity;
        } else if (used != 0) {
            std::memmove(bytes_.get(), bytes_.get() + begin_, used);
        }
        begin_ = 0;
        end_ = used;
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace sluice::serve::http
