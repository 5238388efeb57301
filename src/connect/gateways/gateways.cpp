#include "connect/gateways/gateways.hpp"

#include "connect/gateways/stripe/stripe.hpp"

namespace sluice::connect {

// A new one is a folder beside stripe/, and a line here.
app::Gateways gateways() {
    return {
        stripe::gateway(),
    };
}

}  // namespace sluice::connect
