#include "serve/api/load_description.hpp"

#include <algorithm>
#include <array>

#include "serve/api/routes.hpp"

namespace sluice::serve::api {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> methods{{{"get", "GET"},
                                                                                {"put", "PUT"},
                                                                                {"post", "POST"},
                                                                                {"delete", "DELETE"},
                                                                                {"patch", "PATCH"},
                                                                                {"head", ""},
                                                                                {"options", ""}}};
constexpr std::uint64_t default_body_limit = 1024 * 1024;
constexpr std::int64_t largest_body_limit = std::int64_t{1} << 40;

const Node* child(const Node* node, std::string_view key) {
    if (!node) return nullptr;
    for (const auto& [name, value] : node->map)
        if (name == key) return &value;
    return nullptr;
}

void pass_over(Fields& fields, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys) fields.take(key);
}

// An object of which somebody may send more than is described would lose the rest without a word.
void need_closed(const Schema& schema, Fields& fields) {
    if (schema.types != Schema::any && schema.types & Schema::object && schema.branches.empty() &&
        schema.others == Schema::Others::unsaid)
        fields.fail("requestBody", "leaves open whether other members than " + schema.known_members() +
                                       " are welcome; say additionalProperties: false");
    for (const auto& member : schema.members) need_closed(*member.schema, fields);
    for (const auto& branch : schema.branches) need_closed(*branch.schema, fields);
    if (schema.items) need_closed(*schema.items, fields);
    if (schema.others_schema) need_closed(*schema.others_schema, fields);
}

class Loader {
public:
    Loader(const Node* components, SchemaCompiler& schemas) : components_(components), schemas_(schemas) {}

    Operation operation(const Node& node, const std::string& method, const std::string& path, const Node* shared) {
        Fields fields(node, "paths." + path + "." + method);
        pass_over(fields, {"summary", "description", "tags", "deprecated", "externalDocs", "security"});
        Operation operation{.id = fields.text("operationId"), .method = method, .path = path};
        const auto role =
            fields.one_of("x-role", {"none", "signature", "session", "viewer", "clerk", "owner", "platform"});
        if (!role) fields.fail("", "says nobody who may: x-role is missing");
        operation.role = fields.text("x-role");
        operation.body_limit = static_cast<std::uint64_t>(
            fields.integer("x-body-limit", 0, largest_body_limit).value_or(std::int64_t{default_body_limit}));
        auto compiled = std::make_shared<Operation::Schemas>();
        compiled->welcomes_others_in_query = fields.boolean("x-open-query").value_or(false);
        if (shared) read_parameters(*shared, *compiled);
        read_parameters(node, *compiled);
        fields.take("parameters");
        compare_with_path(operation, *compiled, fields);
        if (const auto* body = fields.take("requestBody")) read_body(*body, operation, *compiled, fields);
        read_answers(fields, *compiled);
        fields.done();
        operation.schemas = std::move(compiled);
        return operation;
    }

private:
    // Follows {$ref: "#/components/parameters/Limit"}.
    const Node& resolve(const Node& node, std::string_view section) const {
        const auto* target = child(&node, "$ref");
        if (!target) return node;
        const auto beginning = "#/components/" + std::string(section) + "/";
        const bool is_here = target->text.starts_with(beginning);
        const auto* found =
            is_here ? child(child(components_, section), target->text.substr(beginning.size())) : nullptr;
        if (!found || child(found, "$ref")) throw InputError(target->line, "$ref", target->text + " does not exist");
        return *found;
    }

    void read_parameters(const Node& node, Operation::Schemas& compiled) {
        const auto* list = child(&node, "parameters");
        if (!list) return;
        for (const auto& each : list->list) {
            const auto& parameter_node = resolve(each, "parameters");
            Fields fields(parameter_node, "parameters");
            pass_over(fields, {"description", "example", "examples", "deprecated"});
            Parameter parameter{fields.text("name"), fields.boolean("required").value_or(false), nullptr, {}};
            const auto place = fields.one_of("in", {"path", "query", "header"});
            if (!place) fields.fail("in", "is missing");
            read_schema(parameter, fields);
            fields.done();
            if (*place == 0 && !parameter.required) fields.fail("required", "must be true for a part of the path");
            auto& list_of_place = *place == 0 ? compiled.path : *place == 1 ? compiled.query : compiled.headers;
            for (const auto& other : list_of_place)
                if (other.name == parameter.name) fields.fail("name", parameter.name + " is described twice");
            list_of_place.push_back(std::move(parameter));
        }
    }

    void read_schema(Parameter& parameter, Fields& fields) {
        const auto* node = fields.take("schema");
        if (!node) fields.fail("schema", "is missing");
        parameter.schema = schemas_.compile(*node, "parameters." + parameter.name);
        const auto types = parameter.schema->types;
        if (types != Schema::text && types != Schema::integer && types != Schema::boolean)
            fields.fail("schema", "of a parameter must be of one type: string, integer or boolean");
        const auto* otherwise = child(node, "default");
        if (!otherwise) return;
        Faults faults("default");
        check_parameter(*parameter.schema, otherwise->text, {nullptr, "default"}, faults);
        if (faults.full() || !faults.take().empty()) fields.fail("schema", "has a default that it does not allow");
        parameter.otherwise = otherwise->text;
    }

    static void compare_with_path(Operation& operation, const Operation::Schemas& compiled, Fields& fields) {
        std::size_t in_path = 0;
        for (const auto segment : segments_of(operation.path)) {
            const auto name = parameter_name(segment);
            if (name.empty()) {
                if (segment.find_first_of("{}") != std::string_view::npos)
                    fields.fail("", "has a parameter that is not the whole of a segment");
                continue;
            }
            ++in_path;
            operation.has_path_parameters = true;
            if (std::none_of(compiled.path.begin(), compiled.path.end(), [&](const auto& p) { return p.name == name; }))
                fields.fail("parameters", "do not describe " + std::string(name) + ", which is in the path");
        }
        if (in_path != compiled.path.size()) fields.fail("parameters", "describe some that are not in the path");
    }

    void read_body(const Node& node, Operation& operation, Operation::Schemas& compiled, Fields& of_operation) {
        Fields fields(resolve(node, "requestBodies"), of_operation.path() + ".requestBody");
        pass_over(fields, {"description"});
        operation.takes_body = true;
        operation.needs_body = fields.boolean("required").value_or(false);
        const auto content = read_content(fields);
        if (content.size() != 1 || content.front().media_type != "application/json" || !content.front().schema)
            fields.fail("content", "must be application/json with a schema, and nothing else");
        fields.done();
        compiled.body = content.front().schema;
        need_closed(*compiled.body, of_operation);
    }

    std::vector<Content> read_content(Fields& fields) {
        std::vector<Content> result;
        const auto* content = fields.take("content");
        if (!content) return result;
        for (const auto& [media_type, node] : content->map) {
            Fields inner(node, fields.path() + "." + media_type);
            pass_over(inner, {"example", "examples"});
            const auto* schema = inner.take("schema");
            result.push_back({media_type, schema ? schemas_.compile(*schema, inner.path()) : nullptr});
            // What is no JSON is one text, and nothing more can be checked.
            if (!is_json(media_type) && schema &&
                !(schema->map.size() == 1 && result.back().schema->types == Schema::text))
                inner.fail("schema", "of what is not JSON can only be {type: string}");
            inner.done();
        }
        return result;
    }

    void read_answers(Fields& of_operation, Operation::Schemas& compiled) {
        const auto* responses = of_operation.take("responses");
        if (!responses || responses->map.empty()) of_operation.fail("responses", "are missing");
        for (const auto& [status, node] : responses->map) {
            const bool is_status = status == "default" || (status.size() == 3 && status[0] >= '1' && status[0] <= '5');
            if (!is_status) of_operation.fail("responses", "\"" + status + "\" is no status");
            Fields fields(resolve(node, "responses"), of_operation.path() + "." + status);
            pass_over(fields, {"description", "headers"});
            compiled.answers.push_back({status, read_content(fields)});
            fields.done();
        }
    }

    const Node* components_;
    SchemaCompiler& schemas_;
};

void check_head(Fields& fields) {
    pass_over(fields, {"info", "tags", "externalDocs", "security", "components", "paths"});
    if (!fields.text("openapi").starts_with("3.1")) fields.fail("openapi", "must be 3.1");
    for (const auto& [path, server] : fields.take_list("servers")) {
        Fields inner(*server, path);
        pass_over(inner, {"description"});
        const auto url = inner.text("url");
        const auto host = url.find("://");
        if (url != "/" && (host == std::string::npos || url.find('/', host + 3) != std::string::npos))
            inner.fail("url", "must have no path of its own; paths are written whole");
        inner.done();
    }
    fields.done();
}

void check_components(const Node* components) {
    if (!components) return;
    Fields fields(*components, "components");
    pass_over(fields,
              {"schemas", "parameters", "responses", "requestBodies", "headers", "examples", "securitySchemes"});
    fields.done();
}

}  // namespace

bool is_json(std::string_view media_type) {
    return media_type == "application/json" ||
           (media_type.starts_with("application/") && media_type.ends_with("+json"));
}

LoadedDescription load_description(const Node& document) {
    Fields fields(document, "");
    check_head(fields);
    const auto* components = child(&document, "components");
    check_components(components);
    LoadedDescription loaded;
    SchemaCompiler schemas(child(components, "schemas"), loaded.schemas);
    schemas.compile_named();
    Loader loader(components, schemas);
    const auto* paths = child(&document, "paths");
    if (!paths) fields.fail("paths", "are missing");
    for (const auto& [path, node] : paths->map) {
        if (!path.starts_with('/')) fields.fail("paths", path + " does not begin with /");
        Fields item(node, "paths." + path);
        pass_over(item, {"summary", "description", "parameters"});
        for (const auto& [name, method] : methods) {
            const auto* operation = item.take(name);
            if (!operation) continue;
            if (method.empty()) item.fail(name, "answers itself and is not described");
            loaded.operations.push_back(
                loader.operation(*operation, std::string(method), path, child(&node, "parameters") ? &node : nullptr));
        }
        item.done();
    }
    return loaded;
}

}  // namespace sluice::serve::api
