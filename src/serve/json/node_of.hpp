// JSON as a tree of texts, so that what reads YAML files reads requests too.
#pragma once

#include <boost/json.hpp>

#include "serve/yaml/node.hpp"

namespace sluice::serve {

Node node_of(const boost::json::value& value);

}  // namespace sluice::serve
