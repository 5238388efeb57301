// What the books' hash chain is made with.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace sluice::app {

using Hash = std::array<unsigned char, 32>;  // SHA-256

class Hasher {
public:
    virtual ~Hasher() = default;
    virtual Hash of(std::string_view bytes) const = 0;  // from any thread, from several at a time
};

std::string hex(const Hash& hash);

}  // namespace sluice::app
