// What a JSON value must be: the part of JSON Schema that descriptions use, compiled for checking.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "serve/api/faults.hpp"
#include "serve/api/text_format.hpp"

namespace re2 {
class RE2;
}

namespace sluice::serve::api {

struct Schema {
    // Sets of JSON's types. Numbers are whole numbers: amounts are texts.
    using Types = unsigned;
    static constexpr Types null = 1, boolean = 2, integer = 4, text = 8, list = 16, object = 32, any = 63;
    static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

    struct Member {
        std::string name;
        const Schema* schema;  // null in a part of allOf that only says that it is required
        bool required;
    };
    enum class Others { unsaid, refused, welcome };
    // One of several; `constant` is the value of the member that tells it apart from the others.
    struct Branch {
        const Schema* schema;
        std::string constant;
    };

    Types types = any;
    std::vector<boost::json::value> allowed;  // unless empty, the value is one of these

    TextFormat format = TextFormat::plain;
    std::size_t min_length = 0, max_length = no_limit;  // code points
    std::shared_ptr<const re2::RE2> pattern;
    std::string hint;  // how to write what the pattern asks for

    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();

    const Schema* items = nullptr;
    std::size_t min_items = 0, max_items = no_limit;

    std::vector<Member> members;  // as described
    Others others = Others::unsaid;
    const Schema* others_schema = nullptr;
    std::size_t required_members = 0;
    std::vector<std::size_t> by_name;  // positions in `members`, in order of names

    std::vector<Branch> branches;  // unless empty, one of these says the rest
    std::string told_apart_by;     // the member whose constant does, when several branches are objects

    // Puts the members in order.  REQUIRED before checking.
    void index_members();
    const Member* member(std::string_view name) const;
    std::string known_members() const;  // "code, name"
    bool is_money() const;              // an object of amount and currency
};

// Adds what is wrong to `faults`. Members that the schema leaves open without saying so are refused.
void check(const Schema& schema, const boost::json::value& value, const Place& place, Faults& faults);

// Checks a value that came as text, such as a parameter of a query.  REQUIRES: it is valid UTF-8.
void check_parameter(const Schema& schema, std::string_view text, const Place& place, Faults& faults);

}  // namespace sluice::serve::api
