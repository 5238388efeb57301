#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace sluice::store {

// A migration with each word of the one side replaced by its other side, in this order.
inline std::string replaced(std::string text,
                            std::initializer_list<std::pair<std::string_view, std::string_view>> words) {
    for (const auto& [from, to] : words)
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    return text;
}

}  // namespace sluice::store
