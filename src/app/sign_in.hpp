// The rules of signing in: what a password may be, how long whoever fails has to wait, codes of a second factor.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/credentials.hpp"
#include "app/ports/staff_store.hpp"

namespace sluice::app {

inline constexpr std::chrono::hours session_idle{12};
inline constexpr std::chrono::hours session_life{7 * 24};
inline constexpr std::chrono::hours first_link_life{7 * 24};
inline constexpr std::chrono::hours link_life{1};

// What is compared: an e-mail address in lower case.
std::string login_of(std::string_view address);

// Why it is no password for that login, as a sentence; nothing when it is one (NIST SP 800-63B: long enough, whichever
// characters, none of those that are tried first).
std::optional<std::string> password_fault(std::string_view password, std::string_view login);

// How long to wait from the last attempt on. A few may fail for nothing; then the wait doubles, up to 15 minutes, so
// that nobody can lock out somebody else for long. Many people may share an address.
std::chrono::seconds wait_after(AttemptsOf kind, std::int64_t failures);
// Nothing to wait for: zero.
std::chrono::seconds wait_left(AttemptsOf kind, const Attempts& attempts, Instant now);
// With one more; failures of long ago count no more.
Attempts with_another(const Attempts& attempts, Instant now);

// The step whose code this is: of now, or one next to it, and later than the one that was taken last.
std::optional<std::int64_t> step_of_code(const Credentials& credentials, std::string_view secret, std::string_view code,
                                         std::int64_t last_step, Instant now);
std::string base32(std::string_view bytes);  // RFC 4648, without padding
std::string totp_uri(std::string_view login, std::string_view base32_secret);

// Recovery codes are compared without dashes, spaces and capitals.
std::string plain_code(std::string_view code);

// Whether everybody who is an owner of `op` (none: of the platform) is one no longer, or may not sign in any more.
bool has_owner(std::span<const User> users, std::optional<customers::OperatorId> op);
// The user as changed may not leave behind nobody who owns what they owned.
bool leaves_no_owner(std::vector<User> users, const User& changed);

}  // namespace sluice::app
