#include "serve/json/node_of.hpp"

namespace sluice::serve {

namespace json = boost::json;

Node node_of(const json::value& value) {
    Node node;
    if (const auto* object = value.if_object()) {
        node.kind = Node::Kind::map;
        for (const auto& [key, member] : *object) node.map.emplace_back(std::string(key), node_of(member));
    } else if (const auto* array = value.if_array()) {
        node.kind = Node::Kind::list;
        for (const auto& element : *array) node.list.push_back(node_of(element));
    } else if (const auto* text = value.if_string()) {
        node.kind = Node::Kind::text;
        node.text = std::string(*text);
    } else if (!value.is_null()) {
        node.kind = Node::Kind::text;
        node.text = json::serialize(value);  // true, false, a whole number
    }
    return node;
}

}  // namespace sluice::serve
