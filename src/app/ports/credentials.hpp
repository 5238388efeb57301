// What people prove who they are with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::app {

class Credentials {
public:
    virtual ~Credentials() = default;
    // From any thread, from several at a time. Each takes some 20 MiB and some 20 ms, whether it matches or not.
    virtual std::string hash(std::string_view password) const = 0;
    // Against an empty hash nothing matches, and it takes as long.
    virtual bool matches(std::string_view hash, std::string_view password) const = 0;
    // The code of RFC 6238 for a step of 30 seconds: six digits.
    virtual std::string code_at(std::string_view secret, std::int64_t step) const = 0;
};

}  // namespace sluice::app
