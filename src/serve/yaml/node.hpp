// YAML (and JSON, which is YAML too) as a tree of texts with their places: no number is ever converted on the way.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sluice::serve {

// Bad input, said so that it can be mended: where, which key, what is wrong.
class InputError : public std::runtime_error {
public:
    InputError(int line, std::string key, const std::string& what)
        : std::runtime_error(what), line_(line), key_(std::move(key)) {}

    // "file.yaml:12: timeline[3].cancel.at: …"
    std::string text(const std::string& file) const {
        return file + (line_ > 0 ? ":" + std::to_string(line_) : "") + ": " + (key_.empty() ? "" : key_ + ": ") +
               what();
    }
    int line() const { return line_; }
    const std::string& key() const { return key_; }

private:
    int line_;  // from 1; 0 when it is about the whole file
    std::string key_;
};

struct Node {
    enum class Kind { nothing, text, list, map } kind = Kind::nothing;
    int line = 0;  // from 1
    std::string text = {};
    std::vector<Node> list = {};
    std::vector<std::pair<std::string, Node>> map = {};
};

// Limits: 8 MiB of text, 1,000,000 nodes after aliases are followed, 64 levels.  Throws InputError.
Node parse_yaml(const std::string& text);

// The whole file.  Throws InputError when it cannot be read or is too large.
std::string read_text_file(const std::string& path);

}  // namespace sluice::serve
