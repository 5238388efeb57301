#include <algorithm>
#include <array>

#include "app/ports/message_store.hpp"
#include "app/ports/webhook_store.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 3> delivery_states{"waiting", "delivered", "given_up"};
constexpr std::array<std::string_view, 3> securities{"starttls", "tls", "none"};
constexpr std::array<std::string_view, 5> message_states{"waiting", "sent", "refused", "no_address", "given_up"};

template <typename Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(DeliveryState state) { return delivery_states[static_cast<std::size_t>(state)]; }
std::optional<DeliveryState> parse_delivery_state(std::string_view name) {
    return parse<DeliveryState>(delivery_states, name);
}
std::string_view name_of(MailSecurity security) { return securities[static_cast<std::size_t>(security)]; }
std::optional<MailSecurity> parse_mail_security(std::string_view name) { return parse<MailSecurity>(securities, name); }
std::string_view name_of(MessageState state) { return message_states[static_cast<std::size_t>(state)]; }

bool WebhookEndpoint::wants(std::string_view event_type) const {
    return event_types.empty() || std::find(event_types.begin(), event_types.end(), event_type) != event_types.end();
}

}  // namespace sluice::app
