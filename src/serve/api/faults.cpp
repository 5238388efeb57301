#include "serve/api/faults.hpp"

#include "serve/text/utf8.hpp"

namespace sluice::serve::api {

std::string Place::text() const {
    auto before = parent ? parent->text() : std::string();
    if (index != no_index) return before + "[" + std::to_string(index) + "]";
    if (member.empty()) return before;
    return before + (before.empty() ? "" : ".") + shown(member);
}

void Faults::add(const Place& place, std::string message) {
    if (!full()) found_.push_back({where_, place.text(), std::move(message)});
}

}  // namespace sluice::serve::api
