#include "serve/yaml/node.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace sluice::serve {
namespace {

constexpr std::size_t max_bytes = 8 * 1024 * 1024;
constexpr int max_nodes = 1'000'000;
constexpr int max_depth = 64;

// Builds the tree while the parser reads, so that the limits hold before the memory is used.
class Builder : public YAML::EventHandler {
public:
    Node take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (has_document_)
            throw InputError(line_of(mark), "", "there is more behind the end of the YAML; one document is expected");
        has_document_ = true;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add({.line = line_of(mark)}, anchor); }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& text) override {
        add({.kind = Node::Kind::text, .line = line_of(mark), .text = text}, anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchored_.find(anchor);
        if (found == anchored_.end())
            throw InputError(line_of(mark), "", "the alias stands for something it is part of");
        count(found->second, line_of(mark), static_cast<int>(open_.size()));
        place(Node(found->second));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open({.kind = Node::Kind::list, .line = line_of(mark)}, anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open({.kind = Node::Kind::map, .line = line_of(mark)}, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    // A list or map that is not complete yet.
    struct Open {
        Node node;
        YAML::anchor_t anchor;
        std::optional<Node> key = {};  // of a map, while its value is awaited
        std::set<std::string> keys = {};
    };

    static int line_of(const YAML::Mark& mark) { return mark.line + 1; }

    void open(Node node, YAML::anchor_t anchor) {
        count_one(node.line, static_cast<int>(open_.size()));
        open_.push_back({.node = std::move(node), .anchor = anchor});
    }
    void close() {
        auto closed = std::move(open_.back());
        open_.pop_back();
        finish(std::move(closed.node), closed.anchor);
    }
    void add(Node node, YAML::anchor_t anchor) {
        count_one(node.line, static_cast<int>(open_.size()));
        finish(std::move(node), anchor);
    }
    void finish(Node node, YAML::anchor_t anchor) {
        if (anchor != 0) {
            count(node, node.line, static_cast<int>(open_.size()));
            anchored_.insert_or_assign(anchor, node);
        }
        place(std::move(node));
    }

    void place(Node node) {
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (auto& parent = open_.back(); parent.node.kind == Node::Kind::list) {
            parent.node.list.push_back(std::move(node));
        } else if (!parent.key) {
            if (node.kind != Node::Kind::text) throw InputError(node.line, "", "a key must be a plain word");
            if (!parent.keys.insert(node.text).second)
                throw InputError(node.line, node.text, "the key stands here twice");
            parent.key = std::move(node);
        } else {
            if (node.kind == Node::Kind::nothing) node.line = parent.key->line;
            parent.node.map.emplace_back(std::move(parent.key->text), std::move(node));
            parent.key.reset();
        }
    }

    void count(const Node& node, int line, int depth) {
        count_one(line, depth);
        for (const auto& child : node.list) count(child, line, depth + 1);
        for (const auto& [key, child] : node.map) count(child, line, depth + 1);
    }
    void count_one(int line, int depth) {
        if (++nodes_ > max_nodes)
            throw InputError(line, "",
                             "the file has more than 1,000,000 values (aliases counted as often as they are used)");
        if (depth > max_depth) throw InputError(line, "", "the file is nested deeper than 64 levels");
    }

    Node root_;
    bool has_document_ = false;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Node> anchored_;
    int nodes_ = 0;
};

}  // namespace

Node parse_yaml(const std::string& text) {
    if (text.size() > max_bytes) throw InputError(0, "", "the file is larger than 8 MiB");
    try {
        std::istringstream in(text);
        YAML::Parser parser(in);
        Builder builder;
        // Not YAML::LoadAll: with some texts it finds one document after the other, for ever.
        while (parser.HandleNextDocument(builder)) continue;
        return builder.take();
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
