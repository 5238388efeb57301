// Sign-on through OpenID Connect: the providers that are trusted, whom their subjects are, and who is on the way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/staff_store.hpp"

namespace sluice::app {

struct OidcProviderTag {
    static constexpr std::string_view prefix = "oidc";
};
using OidcProviderId = Id<OidcProviderTag>;

// By what a user is found at the first sign-on: their login is the verified e-mail address, or the subject itself.
enum class LinkedBy { email, subject };
std::string_view name_of(LinkedBy linked_by);
std::optional<LinkedBy> parse_linked_by(std::string_view name);

struct OidcProvider {
    OidcProviderId id;
    std::string name;    // in addresses
    std::string label;   // for people
    std::string issuer;  // as its ID tokens say, to the letter
    std::string client_id;
    std::string sealed_secret;
    LinkedBy linked_by;
    Instant created_at;
};

struct UserIdentity {
    OidcProviderId provider;
    std::string subject;
    UserId user;
    Instant linked_at;
};

class OidcStore {
public:
    virtual ~OidcStore() = default;

    virtual void add(const OidcProvider& provider) = 0;
    virtual std::vector<OidcProvider> providers() = 0;  // by name
    virtual std::optional<OidcProvider> find_provider(std::string_view name) = 0;
    virtual void remove(OidcProviderId provider) = 0;  // with its identities and who is on the way

    virtual void add(const UserIdentity& identity) = 0;
    virtual std::optional<UserIdentity> find_identity(OidcProviderId provider, std::string_view subject) = 0;
    virtual std::optional<UserIdentity> find_identity(OidcProviderId provider, UserId user) = 0;
    virtual std::vector<UserIdentity> identities() = 0;  // of all, by user
    virtual std::vector<UserIdentity> identities(UserId user) = 0;
    virtual void remove_identities(UserId user) = 0;  // the next sign-on finds the user anew

    // Somebody has been sent to the provider, with a token that the browser alone has.
    virtual void add_sign_on(const Hash& token, OidcProviderId provider, Instant expires_at) = 0;
    // Once: false for one that is unknown, of another provider, used or too old.
    virtual bool take_sign_on(const Hash& token, OidcProviderId provider, Instant now) = 0;
    virtual void forget_sign_ons_before(Instant time) = 0;
};

}  // namespace sluice::app
