// What subscribers are told by e-mail: of which events, in which words, with what put in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/message_template.hpp"
#include "app/ports/message_store.hpp"

namespace sluice::app {

struct MessageKind {
    std::string_view name;
    EventType event;
    bool is_on_at_first;  // when an operator begins to send e-mail
    std::vector<std::string_view> placeholders;
};
std::span<const MessageKind> message_kinds();
const MessageKind* find_message_kind(std::string_view name);
const MessageKind* message_kind_of(EventType event);

// The program's own wordings.
std::span<const MessageTemplate> built_in_templates();

// The wording for a language: the operator's, else the program's; of the language itself, of that without its region,
// of the operator's language, in English.
const MessageTemplate& choose_template(std::span<const MessageTemplate> own, std::string_view kind,
                                       std::string_view subscriber_language, std::string_view operator_language);
// Without regard to case.
bool is_same_language(std::string_view one, std::string_view other);

PlaceholderValues values_of(const MessageFacts& facts, const customers::Operator& op, Date event_date);
// What is not known of a subscriber who has had no such event yet.
PlaceholderValues sample_values(Currency currency, Date today);

}  // namespace sluice::app
