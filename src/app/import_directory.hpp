// What an import remembers of the rows it has seen: who has which code, in little memory.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::app {

// Codes with the row that named them first.
class ImportDirectory {
public:
    struct Entry {
        std::int64_t line;
        std::int64_t id = 0;        // 0: the row was not imported
        std::uint32_t profile = 0;  // see ImportProfiles
    };

    // The entry of `code`, a new one with `line` unless there is one already; `is_new` says which.
    struct Added {
        Entry& entry;
        bool is_new;
    };
    Added add(std::string_view code, std::int64_t line) {
        if (const auto found = entries_.find(code); found != entries_.end()) return {found->second, false};
        return {entries_.emplace(keep(code), Entry{line}).first->second, true};
    }
    const Entry* find(std::string_view code) const {
        const auto found = entries_.find(code);
        return found == entries_.end() ? nullptr : &found->second;
    }

private:
    std::string_view keep(std::string_view text) {
        auto* copy = static_cast<char*>(memory_.allocate(text.size() + 1, 1));
        std::memcpy(copy, text.data(), text.size());
        return {copy, text.size()};
    }

    std::pmr::monotonic_buffer_resource memory_;
    std::pmr::unordered_map<std::string_view, Entry> entries_{&memory_};
};

// What many rows have in common, kept once: a hundred thousand subscribers have few different regions and terms.
template <typename Profile>
class ImportProfiles {
public:
    // The number of the profile that `key` stands for; `make` gives it when it is new.
    template <typename Make>
    std::uint32_t add(const std::string& key, const Make& make) {
        const auto [at, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(profiles_.size()));
        if (is_new) profiles_.push_back(make());
        return at->second;
    }
    const Profile& operator[](std::uint32_t number) const { return profiles_[number]; }

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<Profile> profiles_;
};

}  // namespace sluice::app
