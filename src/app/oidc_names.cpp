#include "app/ports/oidc_store.hpp"

namespace sluice::app {

std::string_view name_of(LinkedBy linked_by) { return linked_by == LinkedBy::email ? "email" : "subject"; }

std::optional<LinkedBy> parse_linked_by(std::string_view name) {
    if (name == "email") return LinkedBy::email;
    if (name == "subject") return LinkedBy::subject;
    return std::nullopt;
}

}  // namespace sluice::app
