// openapi.yaml at work: routes, parameters and bodies are read from it, so that what is documented is what is checked.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sluice::serve::api {

// One thing that is wrong with a request, so that it can be mended.
struct Fault {
    std::string where;    // "body", "query", "path" or "header"
    std::string field;    // "add_ons[2].quantity" (counted from 0, as in JSON), "limit"; empty: it is about the whole
    std::string message;  // "is 0, must be at least 1"
};

using Texts = std::map<std::string, std::string, std::less<>>;

// One method of one path. Extensions of the description: x-role (who may: "none", "signature" of a gateway, "viewer",
// "clerk", "owner", "platform") and x-body-limit (bytes; 1 MiB without it).
struct Operation {
    std::string id;      // operationId
    std::string method;  // "POST"
    std::string path;    // "/api/v1/subscribers/{subscriber}"
    std::string role;
    std::uint64_t body_limit;
    bool takes_body = false;
    bool needs_body = false;  // requestBody.required
    bool has_path_parameters = false;
    struct Schemas;
    std::shared_ptr<const Schemas> schemas;
};

struct NoSuchPath {};
struct NoSuchMethod {
    std::string allowed;  // "GET, HEAD, POST", for the Allow header
};
struct Match {
    const Operation* operation;
    // Parameters, percent-decoded. One that cannot be decoded is kept as it was sent, behind a NUL: check_path refuses
    // it.
    Texts path;
};

class Description {
public:
    // From YAML or JSON. Throws std::runtime_error for a description that says something this class does not
    // understand: nothing that is documented goes unchecked.
    explicit Description(std::string_view openapi);
    ~Description();

    // `path` as sent, without the query. HEAD is answered by GET. /bill-runs/latest wins over /bill-runs/{bill_run}.
    std::variant<Match, NoSuchPath, NoSuchMethod> match(std::string_view method, std::string_view path) const;
    std::vector<const Operation*> operations() const;

    // Splits "a=1&b=x%20y" and checks it: unknown, repeated, missing or malformed parameters are faults. Defaults of
    // the description are filled in.
    std::vector<Fault> check_query(const Operation& operation, std::string_view query, Texts& values) const;
    std::vector<Fault> check_path(const Operation& operation, const Texts& path) const;
    // Checks those headers that the operation describes, and puts them into `values` under the names of the
    // description.
    std::vector<Fault> check_headers(const Operation& operation,
                                     const std::vector<std::pair<std::string, std::string>>& headers,
                                     Texts& values) const;
    // Checks the body's JSON; at most 20 faults are told.
    std::vector<Fault> check_body(const Operation& operation, const boost::json::value& body) const;
    // For tests: what an answer says that the description does not, or the other way round. `where` is "status",
    // "content_type" or "body". Not for HEAD.
    std::vector<Fault> check_response(const Operation& operation, int status, std::string_view content_type,
                                      std::string_view body) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Reads JSON as it may come from anybody: valid UTF-8, at most 32 levels, no key twice in one object, nothing behind
// it. Either the value, or a sentence that says what is wrong and where.
std::variant<boost::json::value, std::string> parse_json(std::string_view text);

}  // namespace sluice::serve::api
