// Which operation a path means.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "serve/api/description.hpp"

namespace sluice::serve::api {

// "/a/b" → "a", "b"; "/a/" → "a", "". None for a path that does not begin with /.
std::vector<std::string_view> segments_of(std::string_view path);

// The name in "{subscriber}"; empty for a segment that is no parameter.
std::string_view parameter_name(std::string_view segment);

class Routes {
public:
    // False when there already is an operation for the same paths and method.  REQUIRES: the operation outlives the
    // routes.
    bool add(const Operation& operation);
    std::variant<Match, NoSuchPath, NoSuchMethod> match(std::string_view method, std::string_view path) const;

private:
    struct Branching {
        std::map<std::string, Branching, std::less<>> literal;
        std::unique_ptr<Branching> parameter;
        std::map<std::string, const Operation*, std::less<>> operations;  // by method
    };
    using Segments = std::vector<std::string_view>;

    static const Branching* find(const Branching& from, const Segments& segments, std::size_t at);

    Branching root_;
};

}  // namespace sluice::serve::api
