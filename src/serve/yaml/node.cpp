#include "serve/yaml/node.hpp"

#include <yaml-cpp/yaml.h>

#include <fstream>
#include <set>

namespace sluice::serve {
namespace {

constexpr std::size_t max_bytes = 8 * 1024 * 1024;
constexpr int max_nodes = 1'000'000;
constexpr int max_depth = 64;

class Copier {
public:
    Node copy(const YAML::Node& from, int depth) {
        const int line = from.Mark().line + 1;
        if (++nodes_ > max_nodes)
            throw InputError(line, "",
                             "the file has more than 1,000,000 values (aliases counted as often as they are used)");
        if (depth > max_depth) throw InputError(line, "", "the file is nested deeper than 64 levels");
        Node node{.line = line};
        switch (from.Type()) {
            case YAML::NodeType::Undefined:
            case YAML::NodeType::Null:
                break;
            case YAML::NodeType::Scalar:
                node.kind = Node::Kind::text;
                node.text = from.Scalar();
                break;
            case YAML::NodeType::Sequence:
                node.kind = Node::Kind::list;
                for (const auto& child : from) node.list.push_back(copy(child, depth + 1));
                break;
            case YAML::NodeType::Map:
                copy_map(from, node, depth);
                break;
        }
        return node;
    }

private:
    void copy_map(const YAML::Node& from, Node& node, int depth) {
        node.kind = Node::Kind::map;
        std::set<std::string> seen;
        for (const auto& entry : from) {
            const int line = entry.first.Mark().line + 1;
            if (!entry.first.IsScalar()) throw InputError(line, "", "a key must be a plain word");
            const auto& key = entry.first.Scalar();
            if (!seen.insert(key).second) throw InputError(line, key, "the key stands here twice");
            auto child = copy(entry.second, depth + 1);
            if (child.line <= 0) child.line = line;
            node.map.emplace_back(key, std::move(child));
        }
    }

    int nodes_ = 0;
};

}  // namespace

Node parse_yaml(const std::string& text) {
    if (text.size() > max_bytes) throw InputError(0, "", "the file is larger than 8 MiB");
    try {
        const auto documents = YAML::LoadAll(text);
        if (documents.size() > 1) throw InputError(0, "", "the file holds several YAML documents; one is expected");
        return documents.empty() ? Node{} : Copier().copy(documents.front(), 0);
    } catch (const YAML::Exception& error) {
        throw InputError(error.mark.line + 1, "", "this is not YAML: " + error.msg);
    }
}

std::string read_text_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw InputError(0, "", "the file cannot be opened");
    std::string text(max_bytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (file.gcount() == 0 && !file.eof())) throw InputError(0, "", "the file cannot be read");
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

}  // namespace sluice::serve
