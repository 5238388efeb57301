// Secrets that are kept encrypted.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace sluice::app {

// There is no key, or it is not the one that the secret was sealed with; what to do, as a sentence.
class SecretsUnavailable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class SecretBox {
public:
    virtual ~SecretBox() = default;
    // From any thread. Both throw SecretsUnavailable.
    virtual std::string seal(std::string_view secret) = 0;
    virtual std::string open(std::string_view sealed) = 0;
};

}  // namespace sluice::app
