// From the YAML of a JSON Schema to a Schema.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "serve/api/json_schema.hpp"
#include "serve/yaml/fields.hpp"

namespace sluice::serve::api {

using SchemaPool = std::vector<std::unique_ptr<const Schema>>;

// Compiles schemas into a pool that keeps them. Throws InputError for every keyword that it does not know, and for
// whatever would let a value pass unseen: what is documented is checked.
class SchemaCompiler {
public:
    // `named`: components/schemas, or null.  REQUIRES: the tree stays where it is while compiling.
    SchemaCompiler(const Node* named, SchemaPool& pool) : named_(named), pool_(pool) {}

    const Schema* compile(const Node& node, const std::string& path);
    // All that are named, used or not.
    void compile_named();

private:
    enum class Role { whole, part_of_all_of };

    const Schema* keep(Schema schema);
    const Schema* compile(const Node& node, const std::string& path, Role role);
    const Schema* reference(const std::string& target, Fields& fields);

    Schema read(const Node& node, const std::string& path, Role role);
    void read_types(Schema& schema, Fields& fields);
    void read_allowed(Schema& schema, Fields& fields);
    void read_text(Schema& schema, Fields& fields);
    void read_integer(Schema& schema, Fields& fields);
    void read_list(Schema& schema, Fields& fields);
    void read_object(Schema& schema, Fields& fields);
    void read_members(Schema& schema, Fields& fields);
    void read_others(Schema& schema, Fields& fields);
    void read_branches(Schema& schema, Fields& fields, std::string_view key);
    void tell_apart(Schema& schema, Fields& fields, std::string_view key);
    void read_parts(Schema& schema, Fields& fields);
    void add_part(Schema& whole, const Schema& part, Fields& fields);
    void finish(Schema& schema, Fields& fields, Role role);

    const Node* named_;
    SchemaPool& pool_;
    std::map<std::string, const Schema*, std::less<>> compiled_;
    std::set<std::string, std::less<>> under_way_;
};

}  // namespace sluice::serve::api
