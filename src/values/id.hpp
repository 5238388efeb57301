// 64-bit ids made by the program, time-ordered and unique across processes. On the outside they are prefixed text.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

// "line" + 0x1234… → "line_00000000014d2": 13 digits of Crockford's base 32, in order of the ids.
std::string id_text(std::string_view prefix, std::int64_t id);
// The id behind such text; nothing for another prefix or form.
std::optional<std::int64_t> parse_id(std::string_view prefix, std::string_view text);

// The id of one kind of thing. `Kind::prefix` is how its text starts.
template <typename Kind>
class Id {
public:
    constexpr explicit Id(std::int64_t value) : value_(value) {}
    static std::optional<Id> parse(std::string_view text) {
        const auto value = parse_id(Kind::prefix, text);
        return value ? std::optional<Id>(Id{*value}) : std::nullopt;
    }

    constexpr std::int64_t value() const { return value_; }
    std::string text() const { return id_text(Kind::prefix, value_); }
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::int64_t value_;
};

// Gives ids that only grow: 41 bits of milliseconds, 10 bits of node, 12 bits of count. When a millisecond's count is
// used up the next millisecond's is taken ahead of time.
class IdSource {
public:
    // `unix_ms`: the present; `node`: 0..1023, another one for each process that writes to the same store.
    IdSource(std::int64_t unix_ms, int node)
        : next_((unix_ms << 22) | (std::int64_t{node} << 12)), node_(std::int64_t{node} << 12) {}

    template <typename IdType>
    IdType next() {
        const auto value = next_++;
        if ((next_ & count_mask) == 0) next_ += (std::int64_t{1} << 22) - count_mask - 1;
        return IdType{value};
    }

    // Above `previous` too, which another process may have given whose clock is ahead.
    template <typename IdType>
    IdType next_after(std::int64_t previous) {
        if (next_ <= previous) next_ = (((previous >> 22) + 1) << 22) | node_;
        return next<IdType>();
    }

private:
    static constexpr std::int64_t count_mask = 0xFFF;

    std::int64_t next_;
    std::int64_t node_;  // in its place
};

}  // namespace sluice

template <typename Kind>
struct std::hash<sluice::Id<Kind>> {
    std::size_t operator()(sluice::Id<Kind> id) const noexcept { return std::hash<std::int64_t>{}(id.value()); }
};
