// Who asks, whether they may, and what they ask for: what a request has to show before it is carried out. Whatever does
// not fit is a Problem.
#pragma once

#include "serve/api/keyring.hpp"

namespace sluice::serve::api {

class Admission {
public:
    Admission(Engine& engine, const Description& description, Keyring& keyring)
        : engine_(engine), description_(description), keyring_(keyring) {}

    // By a key, else by a session.
    Principal authenticate(const Operation& operation, const http::Request& request, Call& call);
    void authorize(const Operation& operation, const Principal& principal) const;
    void read_headers(Call& call, const http::Request& request) const;
    std::optional<customers::OperatorId> operator_of(std::string_view named, const Principal& principal,
                                                     bool is_needed) const;
    void read_body(Call& call, const http::Request& request) const;

private:
    Principal principal_of(const Operation& operation, const http::Request& request, Call& call);

    Engine& engine_;
    const Description& description_;
    Keyring& keyring_;
};

}  // namespace sluice::serve::api
