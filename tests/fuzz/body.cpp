// What a description says of a body holds for each that it lets pass; what it refuses, it refuses in words.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "serve/api/description.hpp"
#include "serve/text/utf8.hpp"
#include "serve/yaml/fields.hpp"

using namespace sluice;
using namespace sluice::serve::api;
namespace json = boost::json;

namespace {

constexpr std::string_view document = R"(
openapi: 3.1.0
paths:
  /things:
    post:
      operationId: make
      x-role: clerk
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {"201": {description: made}}
components:
  schemas:
    Thing:
      type: object
      additionalProperties: false
      required: [code]
      properties:
        code: {type: string, format: code}
        count: {type: [integer, 'null'], minimum: 1, maximum: 9}
        name: {type: string, minLength: 1, maxLength: 5, pattern: '^[^x]*$'}
        note: {type: string, format: multiline}
        on: {type: string, format: date}
        at: {type: string, format: date-time}
        amount: {type: string, format: decimal}
        currency: {type: string, format: currency}
        words: {type: array, maxItems: 3, items: {enum: [a, b]}}
        how:
          oneOf:
            - {type: 'null'}
            - {type: object, additionalProperties: false, required: [by], properties: {by: {const: foot}}}
            - {type: object, additionalProperties: {type: boolean}, required: [by], properties: {by: {const: car}}}
        rest: {}
)";

struct Reached {
    const Description description{document};
    const Operation& make = *description.operations().front();
};

void told_in_words(const std::vector<Fault>& faults) {
    fuzz::must(faults.size() <= 20, "twenty faults are the most");
    for (const auto& fault : faults) {
        fuzz::must(!fault.message.empty() && serve::is_utf8(fault.message) && serve::is_utf8(fault.field),
                   "a fault is told in words");
        fuzz::must(!serve::has_control_character(fault.message + fault.field), "a fault is told in one line");
    }
}

std::string_view text_of(const json::value& value) {
    fuzz::must(value.is_string(), "text is text");
    return {value.get_string().data(), value.get_string().size()};
}

void as_described(const json::object& thing) {
    fuzz::must(thing.contains("code") && serve::is_code(text_of(thing.at("code"))), "there is a code");
    if (const auto* count = thing.if_contains("count"))
        fuzz::must(count->is_null() || (count->is_int64() && count->get_int64() >= 1 && count->get_int64() <= 9),
                   "the count is from 1 to 9");
    if (const auto* name = thing.if_contains("name")) {
        const auto characters = serve::code_points(text_of(*name));
        fuzz::must(characters >= 1 && characters <= 5, "the name has one to five characters");
        fuzz::must(text_of(*name).find('x') == std::string_view::npos, "the name has no x");
        fuzz::must(!serve::has_control_character(text_of(*name)), "the name is one line");
    }
    if (const auto* on = thing.if_contains("on")) fuzz::must(Date::parse(text_of(*on)).has_value(), "the date is one");
    if (const auto* words = thing.if_contains("words"))
        fuzz::must(words->is_array() && words->get_array().size() <= 3, "there are at most three words");
    if (const auto* how = thing.if_contains("how"); how && how->is_object())
        fuzz::must(how->get_object().contains("by"), "it is known by what");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Reached described;
    const auto parsed = parse_json(fuzz::text(data, size));
    if (parsed.index() != 0) return 0;
    const auto& body = std::get<json::value>(parsed);
    const auto faults = described.description.check_body(described.make, body);
    told_in_words(faults);
    if (!faults.empty()) return 0;
    fuzz::must(body.is_object(), "the body is an object");
    as_described(body.get_object());
    return 0;
}
