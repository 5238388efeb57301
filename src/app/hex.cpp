#include "app/ports/hasher.hpp"

namespace sluice::app {

std::string hex(const Hash& hash) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : hash) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

}  // namespace sluice::app
