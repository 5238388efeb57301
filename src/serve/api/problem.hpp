// What ends a request that cannot be granted: problem details for HTTP (RFC 9457).
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "app/refusal.hpp"
#include "serve/api/description.hpp"
#include "serve/http/message.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::serve::api {

class Problem : public std::runtime_error {
public:
    Problem(int status, std::string code, const std::string& detail, std::vector<Fault> faults = {})
        : std::runtime_error(detail), status_(status), code_(std::move(code)), faults_(std::move(faults)) {}

    int status() const { return status_; }
    const std::string& code() const { return code_; }
    http::Response response(const std::string& request_id) const;

private:
    int status_;
    std::string code_;
    std::vector<Fault> faults_;
};

// The faults of a request that does not fit the description.
Problem invalid_request(std::vector<Fault> faults);
// What a reader of keys and values found.
Problem invalid_request(const InputError& error);
// A wish that the rules do not grant.
Problem refused(const app::Refusal& refusal);
Problem not_found(std::string code, const std::string& detail);
Problem busy(const std::string& detail);

}  // namespace sluice::serve::api
