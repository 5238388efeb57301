#include "serve/api/compile_schema.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::string_view to_schemas = "#/components/schemas/";

// Keywords that tell people something and check nothing.
void pass_over_annotations(Fields& fields) {
    for (const auto key : {"title", "description", "default", "example", "examples", "deprecated", "readOnly",
                           "writeOnly", "externalDocs", "$comment"})
        fields.take(key);
}

Schema::Types type_named(std::string_view name) {
    if (name == "null") return Schema::null;
    if (name == "boolean") return Schema::boolean;
    if (name == "integer") return Schema::integer;
    if (name == "string") return Schema::text;
    if (name == "array") return Schema::list;
    return name == "object" ? Schema::object : 0;
}

json::value allowed_value(const Schema& schema, const Node& node, Fields& fields, std::string_view key) {
    const auto number = [&] {
        try {
            std::size_t end = 0;
            const std::int64_t value = std::stoll(node.text, &end);
            return end == node.text.size() ? std::optional(value) : std::nullopt;
        } catch (const std::exception&) {
            return std::optional<std::int64_t>();
        }
    };
    if (node.kind == Node::Kind::nothing && schema.types & Schema::null) return nullptr;
    if (node.kind != Node::Kind::text) fields.fail(key, "takes single values of the type that is given");
    if (schema.types & Schema::text) return json::value(node.text);
    if (schema.types & Schema::boolean && (node.text == "true" || node.text == "false")) return node.text == "true";
    if (const auto value = number(); value && schema.types & Schema::integer) return *value;
    fields.fail(key, "\"" + node.text + "\" is not of the type that is given");
}

std::size_t limit(Fields& fields, std::string_view key, std::size_t otherwise) {
    const auto value = fields.integer(key, 0, 1'000'000'000);
    return value ? static_cast<std::size_t>(*value) : otherwise;
}

void need(const Schema& schema, Schema::Types type, Fields& fields, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (fields.has(key) && !(schema.types != Schema::any && schema.types & type))
            fields.fail(key, "says something about a type that the schema does not give");
}

}  // namespace

const Schema* SchemaCompiler::compile(const Node& node, const std::string& path) {
    return compile(node, path, Role::whole);
}

void SchemaCompiler::compile_named() {
    if (!named_) return;
    for (const auto& [name, node] : named_->map) {
        Fields fields(*named_, "components.schemas");
        reference(std::string(to_schemas) + name, fields);
    }
}

const Schema* SchemaCompiler::keep(Schema schema) {
    pool_.push_back(std::make_unique<const Schema>(std::move(schema)));
    return pool_.back().get();
}

const Schema* SchemaCompiler::compile(const Node& node, const std::string& path, Role role) {
    if (node.kind != Node::Kind::map) throw InputError(node.line, path, "a schema is expected here, as in {type: …}");
    Fields fields(node, path);
    if (const auto* target = fields.take("$ref")) {
        pass_over_annotations(fields);
        fields.done();
        return reference(target->text, fields);
    }
    return keep(read(node, path, role));
}

const Schema* SchemaCompiler::reference(const std::string& target, Fields& fields) {
    const auto name = target.starts_with(to_schemas) ? target.substr(to_schemas.size()) : "";
    if (const auto found = compiled_.find(name); found != compiled_.end()) return found->second;
    if (!under_way_.insert(name).second) fields.fail("$ref", target + " contains itself, which is not supported");
    const auto found = named_ ? std::find_if(named_->map.begin(), named_->map.end(),
                                             [&](const auto& entry) { return entry.first == name; })
                              : decltype(named_->map.begin()){};
    if (!named_ || found == named_->map.end()) fields.fail("$ref", target + " does not exist");
    const auto* schema = compile(found->second, "components.schemas." + name, Role::whole);
    under_way_.erase(name);
    return compiled_[name] = schema;
}

Schema SchemaCompiler::read(const Node& node, const std::string& path, Role role) {
    Fields fields(node, path);
    pass_over_annotations(fields);
    Schema schema;
    read_types(schema, fields);
    read_allowed(schema, fields);
    read_text(schema, fields);
    read_integer(schema, fields);
    read_list(schema, fields);
    read_object(schema, fields);
    for (const auto key : {"oneOf", "anyOf"})
        if (fields.has(key)) read_branches(schema, fields, key);
    if (fields.has("allOf")) read_parts(schema, fields);
    finish(schema, fields, role);
    fields.done();
    return schema;
}

void SchemaCompiler::read_types(Schema& schema, Fields& fields) {
    const auto* node = fields.take("type");
    // A constant alone is as good as a type: {const: activate}.
    if (!node && (fields.has("const") || fields.has("enum"))) schema.types = Schema::text;
    if (!node) return;
    schema.types = 0;
    const auto add = [&](const std::string& name) {
        const auto type = type_named(name);
        if (type == 0) fields.fail("type", "\"" + name + "\" is not supported; amounts and other numbers are texts");
        schema.types |= type;
    };
    if (node->kind == Node::Kind::text) add(node->text);
    for (const auto& name : node->list) add(name.text);
    if (schema.types == 0) fields.fail("type", "names no type");
}

void SchemaCompiler::read_allowed(Schema& schema, Fields& fields) {
    if (fields.has("const")) {
        const auto* node = fields.take("const");
        if (!node) fields.fail("const", "is missing");
        schema.allowed.push_back(allowed_value(schema, *node, fields, "const"));
    }
    if (!fields.has("enum")) return;
    const auto* node = fields.take("enum");
    if (!node || node->list.empty()) fields.fail("enum", "names no value");
    bool has_null = false;
    for (const auto& each : node->list) {
        has_null |= each.kind == Node::Kind::nothing;
        schema.allowed.push_back(allowed_value(schema, each, fields, "enum"));
    }
    if (schema.types & Schema::null && !has_null) fields.fail("enum", "lacks null, which the type allows");
}

void SchemaCompiler::read_text(Schema& schema, Fields& fields) {
    need(schema, Schema::text, fields, {"minLength", "maxLength", "pattern", "x-hint"});
    schema.min_length = limit(fields, "minLength", schema.min_length);
    schema.max_length = limit(fields, "maxLength", schema.max_length);
    if (const auto* node = fields.take("pattern")) {
        auto pattern = std::make_shared<re2::RE2>(node->text, re2::RE2::Quiet);
        if (!pattern->ok()) fields.fail("pattern", "cannot be used: " + pattern->error());
        schema.pattern = std::move(pattern);
    }
    schema.hint = fields.text_or("x-hint", "");
    const auto* format = fields.take("format");
    if (!format || schema.types & Schema::integer) return;  // read_integer reads those of numbers
    need(schema, Schema::text, fields, {"format"});
    const auto known = text_format_named(format->text);
    if (!known) fields.fail("format", "\"" + format->text + "\" is not known");
    schema.format = *known;
}

void SchemaCompiler::read_integer(Schema& schema, Fields& fields) {
    constexpr auto min = std::numeric_limits<std::int64_t>::min(), max = std::numeric_limits<std::int64_t>::max();
    need(schema, Schema::integer, fields, {"minimum", "maximum"});
    const auto* format = fields.take("format");
    const bool is_integer = schema.types != Schema::any && schema.types & Schema::integer;
    if (format && is_integer) {
        if (format->text != "int32" && format->text != "int64")
            fields.fail("format", "\"" + format->text + "\" is not known for a whole number");
        if (format->text == "int32") {
            schema.minimum = std::numeric_limits<std::int32_t>::min();
            schema.maximum = std::numeric_limits<std::int32_t>::max();
        }
    }
    schema.minimum = fields.integer("minimum", min, max).value_or(schema.minimum);
    schema.maximum = fields.integer("maximum", min, max).value_or(schema.maximum);
}

void SchemaCompiler::read_list(Schema& schema, Fields& fields) {
    need(schema, Schema::list, fields, {"items", "minItems", "maxItems"});
    schema.min_items = limit(fields, "minItems", schema.min_items);
    schema.max_items = limit(fields, "maxItems", schema.max_items);
    if (const auto* node = fields.take("items")) schema.items = compile(*node, fields.path() + ".items");
}

}  // namespace sluice::serve::api
