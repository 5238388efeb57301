// Values made from the JSON Schemas of openapi.yaml: those that fit, and those that do not.
#pragma once

#include <boost/json.hpp>
#include <random>
#include <string>

namespace sluice::test {

class Values {
public:
    Values(const boost::json::value& description, std::mt19937& random) : description_(description), random_(random) {}

    // What the reference, if it is one, stands for.
    const boost::json::object& resolved(const boost::json::value& schema) const;
    // Fits the schema; members that may be left out are left out now and then.
    boost::json::value fitting(const boost::json::value& schema, int depth = 0);
    // Takes one place of the value and puts something there that nobody expects.
    void spoil(boost::json::value& value);
    // As a parameter of a path or query.
    std::string fitting_text(const boost::json::value& schema);
    std::string hostile_text();

    bool chance(int percent) { return number(1, 100) <= percent; }
    int number(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

private:
    boost::json::value fitting_string(const boost::json::object& schema);
    boost::json::value fitting_object(const boost::json::object& schema, int depth);
    boost::json::value hostile_value();

    const boost::json::value& description_;
    std::mt19937& random_;
};

}  // namespace sluice::test
