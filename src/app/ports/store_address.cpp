#include "app/ports/store_address.hpp"

#include <algorithm>
#include <array>

namespace sluice::app {

std::string without_password(const std::string& address) {
    auto shown = address;
    const auto slashes = shown.find("://");
    if (slashes == std::string::npos) return shown;
    // The last @ and all before it, so that nothing is shown of a password that should have been percent-encoded.
    const auto question = shown.find('?');
    const auto at =
        shown.rfind('@', question == std::string::npos || shown.find('@') > question ? std::string::npos : question);
    if (at != std::string::npos) {
        const auto colon = shown.find(':', slashes + 3);
        if (colon < at) shown.erase(colon, at - colon);
    }
    for (const std::string parameter : {"password=", "sslpassword="})
        for (auto found = shown.find(parameter); found != std::string::npos; found = shown.find(parameter, found)) {
            found += parameter.size();
            const auto end = std::min(shown.find('&', found), shown.size());
            shown.replace(found, end - found, "…");
        }
    return shown;
}

}  // namespace sluice::app
