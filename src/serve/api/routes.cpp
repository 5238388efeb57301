#include "serve/api/routes.hpp"

#include "serve/api/query_string.hpp"

namespace sluice::serve::api {
namespace {

Texts parameters(const Operation& operation, const std::vector<std::string_view>& segments) {
    Texts values;
    if (!operation.has_path_parameters) return values;
    const auto names = segments_of(operation.path);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto name = parameter_name(names[i]);
        if (name.empty()) continue;
        auto decoded = percent_decode(segments[i], Plus::is_plus);
        values.emplace(name, decoded ? std::move(*decoded) : '\0' + std::string(segments[i]));
    }
    return values;
}

}  // namespace

std::vector<std::string_view> segments_of(std::string_view path) {
    if (!path.starts_with('/')) return {};
    std::vector<std::string_view> segments;
    segments.reserve(8);
    while (!path.empty()) {
        path.remove_prefix(1);
        segments.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(segments.back().size());
    }
    return segments;
}

std::string_view parameter_name(std::string_view segment) {
    const bool is_parameter = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
    return is_parameter ? segment.substr(1, segment.size() - 2) : std::string_view{};
}

bool Routes::add(const Operation& operation) {
    auto* place = &root_;
    for (const auto segment : segments_of(operation.path)) {
        if (parameter_name(segment).empty()) {
            place = &place->literal[std::string(segment)];
        } else {
            if (!place->parameter) place->parameter = std::make_unique<Branching>();
            place = place->parameter.get();
        }
    }
    return place->operations.emplace(operation.method, &operation).second;
}

// Literal segments win; where they lead nowhere, a parameter is tried.
const Routes::Branching* Routes::find(const Branching& from, const Segments& segments, std::size_t at) {
    if (at == segments.size()) return from.operations.empty() ? nullptr : &from;
    if (const auto next = from.literal.find(segments[at]); next != from.literal.end())
        if (const auto* found = find(next->second, segments, at + 1)) return found;
    return from.parameter && !segments[at].empty() ? find(*from.parameter, segments, at + 1) : nullptr;
}

std::variant<Match, NoSuchPath, NoSuchMethod> Routes::match(std::string_view method, std::string_view path) const {
    const auto segments = segments_of(path);
    const auto* place = segments.empty() ? nullptr : find(root_, segments, 0);
    if (!place) return NoSuchPath{};
    const auto operation = place->operations.find(method == "HEAD" ? "GET" : method);
    if (operation != place->operations.end()) return Match{operation->second, parameters(*operation->second, segments)};
    std::string allowed;
    for (const auto& entry : place->operations)
        allowed += (allowed.empty() ? "" : ", ") + entry.first + (entry.first == "GET" ? ", HEAD" : "");
    return NoSuchMethod{allowed};
}

}  // namespace sluice::serve::api
