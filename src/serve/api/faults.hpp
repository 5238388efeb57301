// What is wrong with a request, collected while it is checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "serve/api/description.hpp"

namespace sluice::serve::api {

// A place inside a value, as a chain on the stack: its name is only put together when there is a fault.
struct Place {
    static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

    const Place* parent = nullptr;
    std::string_view member = {};
    std::size_t index = no_index;  // of an element of a list, from 0 as in JSON

    std::string text() const;  // "add_ons[2].quantity"
};

class Faults {
public:
    static constexpr std::size_t most = 20;

    explicit Faults(std::string where) : where_(std::move(where)) {}

    bool full() const { return found_.size() >= most; }
    void add(const Place& place, std::string message);
    std::vector<Fault> take() { return std::move(found_); }

private:
    std::string where_;
    std::vector<Fault> found_;
};

}  // namespace sluice::serve::api
