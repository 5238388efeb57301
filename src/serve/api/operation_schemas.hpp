// What an operation takes and answers, compiled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "serve/api/description.hpp"
#include "serve/api/json_schema.hpp"

namespace sluice::serve::api {

struct Parameter {
    std::string name;
    bool required;
    const Schema* schema;
    std::optional<std::string> otherwise;  // default
};

struct Content {
    std::string media_type;          // "application/json"
    const Schema* schema = nullptr;  // of JSON; null: any
};

struct Answer {
    std::string status;  // "200", "4XX", "default"
    std::vector<Content> content;
};

struct Operation::Schemas {
    std::vector<Parameter> path;
    std::vector<Parameter> query;
    bool welcomes_others_in_query = false;  // x-open-query: what is not described there is passed over
    std::vector<Parameter> headers;
    const Schema* body = nullptr;
    std::vector<Answer> answers;
};

// "application/json", "application/problem+json"
bool is_json(std::string_view media_type);

}  // namespace sluice::serve::api
