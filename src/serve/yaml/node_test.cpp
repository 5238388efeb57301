#include "serve/yaml/node.hpp"

#include <gtest/gtest.h>

namespace sluice::serve {
namespace {

// The tree in one line: {a: [x, ~]}.
std::string tell(const Node& node) {
    std::string text;
    switch (node.kind) {
        case Node::Kind::nothing:
            return "~";
        case Node::Kind::text:
            return node.text;
        case Node::Kind::list:
            for (const auto& each : node.list) text += (text.empty() ? "" : ", ") + tell(each);
            return "[" + text + "]";
        case Node::Kind::map:
            for (const auto& [key, value] : node.map) text += (text.empty() ? "" : ", ") + key + ": " + tell(value);
            return "{" + text + "}";
    }
    return "";
}
std::string read(const std::string& text) {
    try {
        return tell(parse_yaml(text));
    } catch (const InputError& error) {
        return error.text("f");
    }
}

TEST(ParseYaml, TextsListsAndMapsComeAsTheyAre) {
    EXPECT_EQ(read("a: 1.50\nb:\n- x\n- \nc: {d: 'null', e: null}\ng: |\n  l\n"),
              "{a: 1.50, b: [x, ~], c: {d: null, e: ~}, g: l\n}");
    EXPECT_EQ(read(""), "~");
    EXPECT_EQ(read("# nothing\n"), "~");
    EXPECT_EQ(read("--- x\n...\n"), "x");
}

TEST(ParseYaml, EachValueKnowsItsLine) {
    const auto tree = parse_yaml("a: 1\nb:\n  - x\n  - y\nc:\n");
    EXPECT_EQ(tree.map[0].second.line, 1);
    EXPECT_EQ(tree.map[1].second.list[1].line, 4);
    EXPECT_EQ(tree.map[2].second.line, 5);
}

TEST(ParseYaml, AliasesAreFollowed) {
    EXPECT_EQ(read("a: &x [1, &y 2]\nb: *x\nc: *y\n*y : z\n"), "{a: [1, 2], b: [1, 2], c: 2, 2: z}");
    EXPECT_EQ(read("a: *x"), "f:1: this is not YAML: the referenced anchor is not defined");
}

TEST(ParseYaml, AnAliasOfWhatItIsPartOfIsRefused) {
    EXPECT_EQ(read("a: &x\n  - *x\n"), "f:2: the alias stands for something it is part of");
}

TEST(ParseYaml, AliasesThatGrowWithoutBoundsAreRefused) {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const auto before = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 0; j < 9; ++j) text += ", " + before;
        text += "]\n";
    }
    EXPECT_EQ(read(text), "f:6: the file has more than 1,000,000 values (aliases counted as often as they are used)");
}

TEST(ParseYaml, AliasesDoNotLeadDeeperThanTheLimit) {
    std::string text = "a0: &a0 [x]\n";
    for (int i = 1; i < 70; ++i)
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    EXPECT_EQ(read(text), "f:64: the file is nested deeper than 64 levels");
    EXPECT_EQ(read(std::string(100'000, '[')), "f:1: the file is nested deeper than 64 levels");
}

TEST(ParseYaml, KeysStandOnceAndAreWords) {
    EXPECT_EQ(read("a: 1\nb: 2\na: 3\n"), "f:3: a: the key stands here twice");
    EXPECT_EQ(read("[a]: 1\n"), "f:1: a key must be a plain word");
    EXPECT_EQ(read("~: 1\n"), "f:1: a key must be a plain word");
}

TEST(ParseYaml, OneDocumentIsExpected) {
    EXPECT_EQ(read("a: 1\n---\nb: 2\n"), "f:2: there is more behind the end of the YAML; one document is expected");
}

// yaml-cpp's LoadAll takes such a text for documents without end.
TEST(ParseYaml, TextBehindAFlowMapIsRefused) {
    EXPECT_EQ(read("{},\"catalog\":{}"), "f:1: there is more behind the end of the YAML; one document is expected");
    EXPECT_EQ(read("{}}"), "f:1: this is not YAML: illegal flow end");
}

}  // namespace
}  // namespace sluice::serve
