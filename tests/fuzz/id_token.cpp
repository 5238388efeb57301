// What a provider of OpenID Connect sends: whatever it is, nobody is signed on who has not its signature, and no
// document leads where nothing may be asked.
#include <algorithm>

#include "connect/oidc/base64url.hpp"
#include "connect/oidc/id_token.hpp"
#include "connect/oidc/provider_documents.hpp"
#include "fuzz/fuzz.hpp"

using namespace sluice;
namespace oidc = connect::oidc;

namespace {

const std::string issuer = "https://id.example";

// The first line is a token, what follows a key set: the keys are of whoever wrote them, so that only a signature that
// fits would let anybody in, and nobody makes one by chance.
void read_token(std::string_view input) {
    const auto end = std::min(input.find('\n'), input.size());
    const auto keys = oidc::read_key_set(input.substr(std::min(end + 1, input.size())));
    const oidc::Expected expected{issuer, "sluice", "n", Instant{std::chrono::seconds{1'000}}};
    const auto who = oidc::read_id_token(input.substr(0, end), keys.value_or(std::vector<oidc::Key>{}), expected);
    fuzz::must(!who, "a made-up token is refused");
}

void read_documents(std::string_view input) {
    try {
        const auto endpoints = oidc::read_discovery(input, issuer);
        for (const auto& address : {endpoints.authorization, endpoints.token, endpoints.keys})
            fuzz::must(address.starts_with("https://"), "only what is safe is asked");
    } catch (const app::SignOnFailed&) {
    }
    try {
        fuzz::must(!oidc::read_tokens(input).id_token.empty(), "tokens hold an ID token");
    } catch (const app::SignOnFailed&) {
    }
    try {
        fuzz::must(oidc::with_user_info({.subject = "ann", .email = {}}, input).subject == "ann", "it is about her");
    } catch (const app::SignOnFailed&) {
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text(data, size);
    read_token(input);
    read_documents(input);
    if (const auto bytes = oidc::from_base64url(input))
        fuzz::must(oidc::base64url(*bytes) == input, "two texts do not stand for the same bytes");
    fuzz::must(oidc::from_base64url(oidc::base64url(input)) == input, "bytes are read as they were written");
    return 0;
}
