// Objects, and schemas that are put together out of others.
#include <algorithm>

#include "serve/api/compile_schema.hpp"

namespace sluice::serve::api {
namespace {

Schema::Member* find(std::vector<Schema::Member>& members, std::string_view name) {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const auto& each) { return each.name == name; });
    return found == members.end() ? nullptr : &*found;
}

// The constant text that the member of that name must have; null when it has none or may be missing.
const boost::json::value* constant_of(const Schema& schema, std::string_view name) {
    const auto* member = schema.member(name);
    if (!member || !member->required || member->schema->allowed.size() != 1) return nullptr;
    return member->schema->allowed.front().is_string() ? &member->schema->allowed.front() : nullptr;
}

std::vector<const Schema*> objects_of(const Schema& schema) {
    std::vector<const Schema*> objects;
    for (const auto& branch : schema.branches)
        if (branch.schema->types & Schema::object) objects.push_back(branch.schema);
    return objects;
}

bool says_only_objects(const Schema& schema) {
    return schema.branches.empty() && schema.allowed.empty() &&
           (schema.types == Schema::object || schema.types == Schema::any);
}

}  // namespace

void SchemaCompiler::read_object(Schema& schema, Fields& fields) {
    read_members(schema, fields);
    read_others(schema, fields);
    schema.index_members();
}

void SchemaCompiler::read_members(Schema& schema, Fields& fields) {
    if (const auto* properties = fields.take("properties")) {
        if (properties->kind != Node::Kind::map) fields.fail("properties", "members are expected here");
        for (const auto& [name, node] : properties->map)
            schema.members.push_back({name, compile(node, fields.path() + "." + name), false});
    }
    const auto* required = fields.take("required");
    if (!required) return;
    if (required->kind != Node::Kind::list) fields.fail("required", "a list is expected here");
    for (const auto& name : required->list)
        if (auto* member = find(schema.members, name.text))
            member->required = true;
        else
            schema.members.push_back({name.text, nullptr, true});
}

void SchemaCompiler::read_others(Schema& schema, Fields& fields) {
    for (const auto* key : {"additionalProperties", "unevaluatedProperties"}) {
        const auto* node = fields.take(key);
        if (!node) continue;
        if (schema.others != Schema::Others::unsaid) fields.fail(key, "stands beside additionalProperties");
        schema.others = node->text == "false" ? Schema::Others::refused : Schema::Others::welcome;
        if (node->kind == Node::Kind::map)
            schema.others_schema = compile(*node, fields.path() + "." + key);
        else if (node->text != "false" && node->text != "true")
            fields.fail(key, "takes true, false or a schema");
    }
}

void SchemaCompiler::read_branches(Schema& schema, Fields& fields, std::string_view key) {
    if (schema.types != Schema::any || !schema.members.empty() || fields.has("allOf") || !schema.branches.empty())
        fields.fail(key, "stands alone: put what all branches share into each of them, by allOf");
    schema.types = 0;
    for (const auto& [path, node] : fields.take_list(key)) {
        const auto* branch = compile(*node, path);
        const auto shared = schema.types & branch->types;
        if (shared & ~Schema::object)
            fields.fail(key, "has two branches that only differ in what a value says; give them different types");
        schema.types |= branch->types;
        schema.branches.push_back({branch, ""});
    }
    if (schema.branches.empty()) fields.fail(key, "has no branch");
    tell_apart(schema, fields, key);
}

// Several objects must differ in the constant of one member, so that faults can be told of the one that was meant.
void SchemaCompiler::tell_apart(Schema& schema, Fields& fields, std::string_view key) {
    const auto objects = objects_of(schema);
    if (const auto* discriminator = fields.take("discriminator")) {
        Fields inner(*discriminator, fields.path() + ".discriminator");
        schema.told_apart_by = inner.text("propertyName");
        inner.done();
    }
    if (objects.size() < 2 && schema.told_apart_by.empty()) return;
    for (const auto& member : objects.front()->members)
        if (schema.told_apart_by.empty() && constant_of(*objects.front(), member.name))
            schema.told_apart_by = member.name;
    std::set<std::string> constants;
    for (auto& branch : schema.branches) {
        if (!(branch.schema->types & Schema::object)) continue;
        const auto* constant = constant_of(*branch.schema, schema.told_apart_by);
        if (constant) branch.constant = constant->get_string();
        if (!constant || !constants.insert(branch.constant).second)
            fields.fail(key, "has several objects as branches, but no required member whose constant tells them apart");
    }
}

void SchemaCompiler::read_parts(Schema& schema, Fields& fields) {
    const auto parts = fields.take_list("allOf");
    if (parts.size() == 1 && schema.types == Schema::any && schema.members.empty() &&
        schema.others == Schema::Others::unsaid) {
        schema = *compile(*parts.front().second, parts.front().first);  // a reference with words of its own
        return;
    }
    if (!says_only_objects(schema)) fields.fail("allOf", "puts objects together, and nothing else");
    if (fields.has("additionalProperties"))
        fields.fail("additionalProperties", "does not see the members of allOf; say unevaluatedProperties");
    schema.types = Schema::object;
    auto own = std::move(schema.members);
    schema.members.clear();
    for (const auto& [path, node] : parts) add_part(schema, *compile(*node, path, Role::part_of_all_of), fields);
    Schema last;
    last.members = std::move(own);
    add_part(schema, last, fields);
    schema.index_members();
}

void SchemaCompiler::add_part(Schema& whole, const Schema& part, Fields& fields) {
    if (!says_only_objects(part)) fields.fail("allOf", "puts objects together, and nothing else");
    if (part.others == Schema::Others::refused)
        fields.fail("allOf",
                    "has a part that refuses the members of the others; say unevaluatedProperties: false beside allOf");
    if (part.others == Schema::Others::welcome) fields.fail("allOf", "has a part with additionalProperties");
    for (const auto& member : part.members) {
        auto* known = find(whole.members, member.name);
        if (!known) {
            whole.members.push_back(member);
            continue;
        }
        if (known->schema && member.schema && known->schema != member.schema)
            fields.fail("allOf", "describes the member " + member.name + " twice");
        if (!known->schema) known->schema = member.schema;
        known->required |= member.required;
    }
}

void SchemaCompiler::finish(Schema& schema, Fields& fields, Role role) {
    const bool is_object = schema.types != Schema::any && schema.types & Schema::object;
    if (role == Role::part_of_all_of || !schema.branches.empty()) return;
    if (!is_object && (!schema.members.empty() || schema.others != Schema::Others::unsaid))
        fields.fail("", "describes members without type: object");
    if (is_object && schema.members.empty() && schema.others == Schema::Others::unsaid)
        fields.fail("", "is an object without members; say additionalProperties if any are welcome");
    if (schema.types == Schema::any) schema.others = Schema::Others::welcome;
    for (const auto& member : schema.members)
        if (!member.schema) fields.fail("required", member.name + " is not described in properties");
}

}  // namespace sluice::serve::api
