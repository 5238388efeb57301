// What anybody may send to the address of a gateway's webhook: nothing is let through that is not signed, and nothing
// that is signed breaks anything.
#include <algorithm>

#include "connect/gateways/stripe/objects.hpp"
#include "connect/gateways/stripe/signature.hpp"
#include "fuzz/fuzz.hpp"

using namespace sluice;
namespace stripe = connect::stripe;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text(data, size);
    const auto end = std::min(input.find('\n'), input.size());
    const auto header = input.substr(0, end);
    const auto body = input.substr(std::min(end + 1, input.size()));
    const Instant now{std::chrono::seconds{1'000}};
    const std::vector<std::string> secrets{"whsec_1", "whsec_2"};
    fuzz::must(stripe::check_signature(header, body, secrets, now).has_value(), "a made-up signature is refused");
    const auto good = "t=1000,v1=" + stripe::hmac("whsec_2", "1000." + std::string(body));
    fuzz::must(!stripe::check_signature(good, body, secrets, now), "a good signature is let through");
    const auto event = stripe::read_event(body);
    fuzz::must(!event || (!event->id.empty() && !event->type.empty()), "an event has a name and a type");
    return 0;
}
