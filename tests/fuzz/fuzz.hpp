// What the fuzz targets share. Each defines LLVMFuzzerTestOneInput, which libFuzzer calls with ever new bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace sluice::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Ends the program with the property that does not hold; libFuzzer keeps the bytes.
inline void must(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "fuzz: it does not hold that %s\n", property);
    std::abort();
}

}  // namespace sluice::fuzz
