#include "serve/api/description.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "serve/api/load_description.hpp"
#include "serve/api/query_string.hpp"
#include "serve/api/routes.hpp"
#include "serve/json/node_of.hpp"
#include "serve/text/utf8.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::serve::api {
namespace {

const Parameter* find(const std::vector<Parameter>& parameters, std::string_view name) {
    for (const auto& each : parameters)
        if (each.name == name) return &each;
    return nullptr;
}

std::string names_of(const std::vector<Parameter>& parameters) {
    std::string names;
    for (const auto& each : parameters) names += (names.empty() ? "" : ", ") + each.name;
    return names.empty() ? "none" : names;
}

// Those that did not come: a fault, or their default.
void fill_in(const std::vector<Parameter>& described, Texts& values, Faults& faults) {
    for (const auto& each : described) {
        if (each.required && !values.contains(each.name)) faults.add({nullptr, each.name}, "is missing");
        if (each.otherwise) values.emplace(each.name, *each.otherwise);
    }
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

const Answer* answer_to(const std::vector<Answer>& answers, int status) {
    const auto text = std::to_string(status);
    for (const auto& wanted : {text, text.substr(0, 1) + "XX", std::string("default")})
        for (const auto& each : answers)
            if (each.status == wanted) return &each;
    return nullptr;
}

void check_answer_body(const Content& content, std::string_view body, Faults& faults) {
    if (!is_json(content.media_type)) return;
    const auto parsed = parse_json(body);
    if (const auto* problem = std::get_if<std::string>(&parsed)) return faults.add({}, *problem);
    if (content.schema) check(*content.schema, std::get<boost::json::value>(parsed), {}, faults);
}

}  // namespace

struct Description::Impl {
    explicit Impl(const Node& document) : loaded(load_description(document)) {
        std::set<std::string> ids;
        for (const auto& operation : loaded.operations) {
            if (!ids.insert(operation.id).second) throw InputError(0, operation.id, "two operations have this id");
            if (!routes.add(operation)) throw InputError(0, operation.path, "another path means the same");
        }
    }

    LoadedDescription loaded;
    Routes routes;
};

Description::Description(std::string_view openapi) {
    try {
        impl_ = std::make_unique<Impl>(openapi.starts_with('{') ? node_of(boost::json::parse(openapi))
                                                                : parse_yaml(std::string(openapi)));
    } catch (const InputError& error) {
        throw std::runtime_error(error.text("openapi.yaml"));
    }
}

Description::~Description() = default;

std::variant<Match, NoSuchPath, NoSuchMethod> Description::match(std::string_view method, std::string_view path) const {
    return impl_->routes.match(method, path);
}

std::vector<const Operation*> Description::operations() const {
    std::vector<const Operation*> all;
    for (const auto& operation : impl_->loaded.operations) all.push_back(&operation);
    return all;
}

std::vector<Fault> Description::check_query(const Operation& operation, std::string_view query, Texts& values) const {
    const auto& described = operation.schemas->query;
    Faults faults("query");
    for (auto& sent : split_query(query)) {
        const Place place{nullptr, sent.name};
        const auto* known = find(described, sent.name);
        if (!known && operation.schemas->welcomes_others_in_query) continue;
        if (!known)
            faults.add(place, "is not known here; known are: " + names_of(described));
        else if (!sent.fault.empty())
            faults.add(place, sent.fault);
        else if (values.contains(sent.name))
            faults.add(place, "stands there twice");
        else
            check_parameter(*known->schema, sent.value, place, faults);
        if (known) values.emplace(std::move(sent.name), std::move(sent.value));
        if (faults.full()) break;
    }
    fill_in(described, values, faults);
    return faults.take();
}

std::vector<Fault> Description::check_path(const Operation& operation, const Texts& path) const {
    Faults faults("path");
    for (const auto& described : operation.schemas->path) {
        const Place place{nullptr, described.name};
        const auto sent = path.find(described.name);
        if (sent == path.end())
            faults.add(place, "is missing");
        else if (sent->second.starts_with('\0'))
            faults.add(place, "has a % without two hexadecimal digits behind it, or a NUL");
        else if (!is_utf8(sent->second))
            faults.add(place, "is not percent-encoded UTF-8");
        else
            check_parameter(*described.schema, sent->second, place, faults);
    }
    return faults.take();
}

std::vector<Fault> Description::check_headers(const Operation& operation,
                                              const std::vector<std::pair<std::string, std::string>>& headers,
                                              Texts& values) const {
    Faults faults("header");
    for (const auto& described : operation.schemas->headers) {
        const Place place{nullptr, described.name};
        for (const auto& [name, value] : headers) {
            if (!equal_but_for_case(name, described.name)) continue;
            if (!values.emplace(described.name, value).second)
                faults.add(place, "stands there twice");
            else if (!is_utf8(value))
                faults.add(place, "is not UTF-8");
            else
                check_parameter(*described.schema, value, place, faults);
        }
    }
    fill_in(operation.schemas->headers, values, faults);
    return faults.take();
}

std::vector<Fault> Description::check_body(const Operation& operation, const boost::json::value& body) const {
    Faults faults("body");
    if (operation.schemas->body)
        check(*operation.schemas->body, body, {}, faults);
    else
        faults.add({}, "is not expected: this operation takes none");
    return faults.take();
}

std::vector<Fault> Description::check_response(const Operation& operation, int status, std::string_view content_type,
                                               std::string_view body) const {
    const auto* answer = answer_to(operation.schemas->answers, status);
    if (!answer) return {{"status", "", std::to_string(status) + " is not described for " + operation.id}};
    if (answer->content.empty() && body.empty()) return {};
    const auto media_type = content_type.substr(0, content_type.find(';'));
    for (const auto& content : answer->content) {
        if (!equal_but_for_case(media_type, content.media_type.substr(0, content.media_type.find(';')))) continue;
        Faults faults("body");
        check_answer_body(content, body, faults);
        return faults.take();
    }
    return {
        {"content_type", "",
         "\"" + std::string(content_type) + "\" is not described for " + operation.id + " " + std::to_string(status)}};
}

}  // namespace sluice::serve::api
