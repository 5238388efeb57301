// From the YAML of OpenAPI to operations.
#pragma once

#include <deque>
#include <string>

#include "serve/api/compile_schema.hpp"
#include "serve/api/operation_schemas.hpp"

namespace sluice::serve::api {

struct LoadedDescription {
    std::deque<Operation> operations;  // in the order of the document
    SchemaPool schemas;                // what the operations refer to
};

// Throws InputError for whatever it does not understand.
LoadedDescription load_description(const Node& document);

}  // namespace sluice::serve::api
