#include "serve/api/json_schema.hpp"

#include <gtest/gtest.h>

#include "serve/api/compile_schema.hpp"

namespace sluice::serve::api {
namespace {

// The schema named Root of a few that may refer to each other.
class Schemas {
public:
    explicit Schemas(const std::string& yaml) : tree_(parse_yaml(yaml)), compiler_(&tree_, pool_) {
        compiler_.compile_named();
        root_ = compiler_.compile(tree_.map.front().second, tree_.map.front().first);
    }
    std::string faults(std::string_view json) const {
        Faults found("body");
        check(*root_, std::get<boost::json::value>(parse_json(json)), {}, found);
        std::string text;
        for (const auto& fault : found.take())
            text += (text.empty() ? "" : "\n") + fault.field + (fault.field.empty() ? "" : ": ") + fault.message;
        return text;
    }

private:
    Node tree_;
    SchemaPool pool_;
    SchemaCompiler compiler_;
    const Schema* root_;
};

std::string faults(const std::string& yaml, std::string_view json) { return Schemas("Root: " + yaml).faults(json); }

std::string refusal(const std::string& yaml) {
    try {
        Schemas compiled(yaml);
    } catch (const InputError& error) {
        return error.key() + ": " + error.what();
    }
    return "";
}

TEST(JsonSchema, ATypeIsToldInWords) {
    EXPECT_EQ(faults("{type: string}", "[1]"), "is a list; must be text");
    EXPECT_EQ(faults("{type: [string, 'null']}", "null"), "");
    EXPECT_EQ(faults("{type: [string, 'null']}", "true"), "is true; must be text or null");
    EXPECT_EQ(faults("{type: boolean}", "\"true\""), "is the text \"true\"; must be true or false");
    EXPECT_EQ(faults("{type: array}", "{}"), "is an object; must be a list");
    EXPECT_EQ(faults("{type: object, additionalProperties: true}", "null"), "is null; must be an object with members");
}

TEST(JsonSchema, ANumberInPlaceOfAnAmountTellsHowAmountsAreWritten) {
    const std::string decimal = "{type: string, format: decimal}";
    EXPECT_EQ(faults(decimal, "12.5"), "is the number 12.5; write amounts as text, as \"12.50\"");
    EXPECT_EQ(faults(decimal, "12"), "is the number 12; write amounts as text, as \"12\"");
    EXPECT_EQ(faults(decimal, "12.345"), "is the number 12.345; write amounts as text, as \"12.345\"");
    EXPECT_EQ(faults(decimal, "1e300"), "is the number 1e+300; write amounts as text, as \"12.50\"");
    EXPECT_EQ(faults("{type: string}", "12"), "is the number 12; write it as text, as \"12\"");
}

TEST(JsonSchema, ANumberInPlaceOfMoneyTellsHowMoneyIsWritten) {
    const Schemas schemas(R"(
Root: {oneOf: [{$ref: '#/components/schemas/Money'}, {type: 'null'}]}
Money:
  type: object
  additionalProperties: false
  required: [amount, currency]
  properties: {amount: {type: string, format: decimal}, currency: {type: string, format: currency}}
)");
    EXPECT_EQ(schemas.faults("null"), "");
    EXPECT_EQ(schemas.faults(R"({"amount": "1.00", "currency": "EUR"})"), "");
    EXPECT_EQ(schemas.faults("12.5"), "is the number 12.5; write it as {\"amount\": \"12.50\", \"currency\": \"USD\"}");
    EXPECT_EQ(schemas.faults("\"12\""),
              "is the text \"12\"; write it as {\"amount\": \"12.50\", \"currency\": \"USD\"}");
    EXPECT_EQ(schemas.faults(R"({"amount": 12.5, "currency": "usd"})"),
              "amount: is the number 12.5; write amounts as text, as \"12.50\"\n"
              "currency: \"usd\" is no currency; write the three capital letters of ISO 4217, as USD");
}

TEST(JsonSchema, WholeNumbersHaveNoPointAndNoExponent) {
    const std::string from_1 = "{type: integer, minimum: 1, maximum: 500}";
    EXPECT_EQ(faults(from_1, "500"), "");
    EXPECT_EQ(faults(from_1, "0"), "is 0, must be at least 1");
    EXPECT_EQ(faults(from_1, "501"), "is 501, must be at most 500");
    const std::string tail = "; must be a whole number from 1 to 500, written without point and exponent";
    EXPECT_EQ(faults(from_1, "1.0"), "is the number 1" + tail);
    EXPECT_EQ(faults(from_1, "1e2"), "is the number 100" + tail);
    EXPECT_EQ(faults(from_1, "\"7\""), "is the text \"7\"; must be a whole number from 1 to 500, without quotes");
    EXPECT_EQ(faults("{type: integer}", "9223372036854775807"), "");
    EXPECT_EQ(faults("{type: integer}", "9223372036854775808"),
              "is the number 9223372036854775808, which is too large");
    EXPECT_EQ(faults("{type: integer, format: int32}", "2147483648"), "is 2147483648, must be at most 2147483647");
}

TEST(JsonSchema, TextHasALengthInCharacters) {
    const std::string short_text = "{type: string, minLength: 2, maxLength: 3}";
    EXPECT_EQ(faults(short_text, "\"äöü\""), "");
    EXPECT_EQ(faults(short_text, "\"a\""), "has 1 character, must have at least 2");
    EXPECT_EQ(faults(short_text, "\"abcd\""), "has 4 characters, must have at most 3");
    EXPECT_EQ(faults("{type: string, minLength: 1}", "\"\""), "is empty");
}

TEST(JsonSchema, ControlCharactersAreRefusedEverywhere) {
    const std::string refused = "holds a control character, such as the end of a line";
    EXPECT_EQ(faults("{type: string}", R"("a\nb")"), refused);
    EXPECT_EQ(faults("{type: string}", R"("a\u007f")"), refused);
    EXPECT_EQ(faults("{}", R"({"a": ["\u0000"]})"), "a[0]: holds a control character");
    EXPECT_EQ(faults("{}", R"({"a": ["several\nlines"]})"), "") << "nothing says that it is one line";
    EXPECT_EQ(faults("{type: object, additionalProperties: true}", R"({"a\n": 1})"),
              "a?: holds a control character in its name");
    EXPECT_EQ(faults("{type: string, format: multiline}", R"("a\r\n\tb")"), "");
    EXPECT_EQ(faults("{type: string, format: multiline}", R"("\u0001")"), "holds a control character");
}

TEST(JsonSchema, FormatsAreCheckedByTheValuesTheyBecome) {
    const auto of_format = [](const std::string& format, const std::string& text) {
        return faults("{type: string, format: " + format + "}", "\"" + text + "\"");
    };
    EXPECT_EQ(of_format("date", "2026-02-28"), "");
    EXPECT_EQ(of_format("date", "2026-01-32"), "\"2026-01-32\" is no date; write year-month-day, as 2026-01-31");
    EXPECT_EQ(of_format("date-time", "2026-01-31T08:00:00Z"), "");
    EXPECT_EQ(of_format("date-time", "2026-01-31"),
              "\"2026-01-31\" is no point in time; write it as 2026-01-31T08:00:00Z");
    EXPECT_EQ(of_format("decimal", "-0.5"), "");
    EXPECT_EQ(
        of_format("decimal", "12,50"),
        "\"12,50\" is no decimal number; write digits with a point and at most 9 decimals, as 12.50, up to 10^18");
    EXPECT_EQ(of_format("code", "a b"), "\"a b\" is no code; write 1 to 64 letters, digits, dots, colons, _ or -");
    EXPECT_EQ(of_format("time-zone", "Asia/Kolkata"), "");
    EXPECT_EQ(of_format("time-zone", "Asia/Nowhere"),
              "\"Asia/Nowhere\" is no time zone; write its name, as Asia/Kolkata");
    EXPECT_EQ(of_format("currency", "KWD"), "");
    EXPECT_EQ(of_format("uri", "no matter"), "");
}

TEST(JsonSchema, APatternMatchesAnywhereUnlessItIsAnchored) {
    EXPECT_EQ(faults("{type: string, pattern: 'b+'}", "\"abbc\""), "");
    EXPECT_EQ(faults("{type: string, pattern: '^b+$'}", "\"abbc\""),
              "\"abbc\" is not written as it should be: it must match ^b+$");
    EXPECT_EQ(faults("{type: string, pattern: '^b+$', x-hint: write only b}", "\"a\""),
              "\"a\" is not written as it should be: write only b");
    // What makes other engines run for years.
    EXPECT_NE(faults("{type: string, pattern: '^(a+)+$'}", "\"" + std::string(100'000, 'a') + "!\""), "");
}

TEST(JsonSchema, OneOfSomeWordsOrOneConstant) {
    EXPECT_EQ(faults("{type: string, enum: [now, later]}", "\"later\""), "");
    EXPECT_EQ(faults("{enum: [now, later]}", "\"soon\""), "\"soon\" is none of: \"now\", \"later\"");
    EXPECT_EQ(faults("{type: [string, 'null'], enum: [now, null]}", "null"), "");
    EXPECT_EQ(faults("{type: integer, enum: [1, 2]}", "3"), "3 is none of: 1, 2");
    EXPECT_EQ(faults("{const: a}", "\"b\""), "\"b\" must be \"a\"");
    EXPECT_EQ(faults("{type: boolean, const: true}", "false"), "false must be true");
}

TEST(JsonSchema, ElementsAreCountedFromZero) {
    const std::string list = "{type: array, minItems: 1, maxItems: 2, items: {type: integer}}";
    EXPECT_EQ(faults(list, "[1, 2]"), "");
    EXPECT_EQ(faults(list, "[]"), "is empty");
    EXPECT_EQ(faults(list, "[1, 2, true]"),
              "has 3 elements, must have at most 2\n[2]: is true; must be a whole number");
}

TEST(JsonSchema, MembersThatAreUnknownOrMissingAreTold) {
    const std::string add_ons = R"({type: object, additionalProperties: false, properties: {
        add_ons: {type: array, items: {type: object, additionalProperties: false, required: [code, quantity],
                  properties: {code: {type: string}, quantity: {type: integer, minimum: 1}}}}}})";
    EXPECT_EQ(faults(add_ons, R"({"add_ons": [{"code": "a", "quantity": 1}]})"), "");
    EXPECT_EQ(faults(add_ons, R"({"add_ons": [{"code": "a", "quantity": 0}, {"cod": "b"}]})"),
              "add_ons[0].quantity: is 0, must be at least 1\n"
              "add_ons[1].cod: is not known here; known are: code, quantity\n"
              "add_ons[1].code: is missing\n"
              "add_ons[1].quantity: is missing");
}

TEST(JsonSchema, OtherMembersMayHaveASchemaOfTheirOwn) {
    const std::string counts = "{type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}";
    EXPECT_EQ(faults(counts, R"({"a": "x", "b": 1})"), "");
    EXPECT_EQ(faults(counts, R"({"b": true})"), "b: is true; must be a whole number");
    EXPECT_EQ(faults("{type: object, properties: {a: {}}}", R"({"b": 1})"), "b: is not known here; known are: a");
}

TEST(JsonSchema, TwentyFaultsAreEnough) {
    const auto text = faults("{type: array, items: {type: integer}}", "[" + std::string(200, ' ') + R"("","","","","",
        "","","","","","","","","","","","","","","","","",""])");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 19);
}

TEST(JsonSchema, LongAndStrangeTextIsShortenedInMessages) {
    EXPECT_EQ(faults("{enum: [a, b]}", "\"" + std::string(100, 'x') + "\""),
              "\"" + std::string(60, 'x') + "…\" is none of: \"a\", \"b\"");
    EXPECT_EQ(faults("{enum: [a, b]}", R"("\u0000")"), "\"?\" is none of: \"a\", \"b\"");
}

const std::string commands = R"(
Root: {type: array, items: {oneOf: [{$ref: '#/components/schemas/Cancel'}, {$ref: '#/components/schemas/Suspend'}]}}
OfSubService:
  type: object
  required: [sub_service]
  properties: {sub_service: {type: string}, date: {type: string, format: date}}
Cancel:
  allOf:
    - {$ref: '#/components/schemas/OfSubService'}
    - {type: object, required: [command], properties: {command: {const: cancel}, at: {enum: [now, end_of_period]}}}
  unevaluatedProperties: false
Suspend:
  allOf:
    - {$ref: '#/components/schemas/OfSubService'}
    - {required: [command, date], properties: {command: {const: suspend}}}
  unevaluatedProperties: false
)";

TEST(JsonSchema, TheFaultsOfTheBranchThatWasMeantAreTold) {
    const Schemas schemas(commands);
    EXPECT_EQ(schemas.faults(R"([{"command": "cancel", "sub_service": "a", "at": "now"},
                                 {"command": "suspend", "sub_service": "a", "date": "2026-01-01"}])"),
              "");
    EXPECT_EQ(schemas.faults(R"([{"command": "cancel", "at": "soon"}])"),
              "[0].at: \"soon\" is none of: \"now\", \"end_of_period\"\n[0].sub_service: is missing");
    EXPECT_EQ(schemas.faults(R"([{"command": "suspend", "sub_service": "a", "at": "now"}])"),
              "[0].at: is not known here; known are: sub_service, date, command\n[0].date: is missing");
    EXPECT_EQ(schemas.faults(R"([{"command": "stop"}])"), "[0].command: \"stop\" is none of: cancel, suspend");
    EXPECT_EQ(schemas.faults(R"([{"sub_service": "a"}])"), "[0].command: is missing; it is one of: cancel, suspend");
    EXPECT_EQ(schemas.faults("[1]"), "[0]: is the number 1; must be an object with members");
}

TEST(CompileSchema, WhatIsNotUnderstoodIsRefused) {
    const auto refused = [](const std::string& yaml) { return refusal("Root: " + yaml); };
    const std::string at = "components.schemas.Root";
    EXPECT_TRUE(refused("{type: string, contentEncoding: base64}")
                    .starts_with(at + ".contentEncoding: unknown key; known here: "));
    EXPECT_EQ(refused("{type: number}"),
              at + ".type: \"number\" is not supported; amounts and other numbers are texts");
    EXPECT_EQ(refused("{type: string, format: uuid}"), at + ".format: \"uuid\" is not known");
    EXPECT_EQ(refused("{type: integer, format: date}"), at + ".format: \"date\" is not known for a whole number");
    EXPECT_EQ(refused("{type: string, pattern: 'a(?=b)'}"),
              at + ".pattern: cannot be used: invalid perl operator: (?=");
    EXPECT_EQ(refused("{type: string, minimum: 1}"),
              at + ".minimum: says something about a type that the schema does not give");
    EXPECT_EQ(refused("{maxLength: 1}"), at + ".maxLength: says something about a type that the schema does not give");
    EXPECT_EQ(refused("{properties: {a: {}}}"), at + ": describes members without type: object");
    EXPECT_EQ(refused("{type: object}"),
              at + ": is an object without members; say additionalProperties if any are welcome");
    EXPECT_EQ(refused("{type: object, required: [b], properties: {a: {}}}"),
              at + ".required: b is not described in properties");
    EXPECT_EQ(refused("{type: integer, enum: [a]}"), at + ".enum: \"a\" is not of the type that is given");
    EXPECT_EQ(refused("{type: [string, 'null'], enum: [a]}"), at + ".enum: lacks null, which the type allows");
    EXPECT_EQ(refused("{$ref: '#/components/schemas/Other'}"), at + ".$ref: #/components/schemas/Other does not exist");
    EXPECT_EQ(refused("{type: array, items: {$ref: '#/components/schemas/Root'}}"),
              at + ".items.$ref: #/components/schemas/Root contains itself, which is not supported");
    EXPECT_EQ(refused("{$ref: x, maxLength: 1}").substr(0, 46), at + ".maxLength: unknown key");
}

TEST(CompileSchema, BranchesMustBeToldApart) {
    const auto refused = [](const std::string& yaml) { return refusal("Root: " + yaml); };
    const std::string at = "components.schemas.Root";
    EXPECT_EQ(refused("{oneOf: [{type: string}, {type: string, format: date}]}"),
              at + ".oneOf: has two branches that only differ in what a value says; give them different types");
    const std::string not_told_apart =
        at + ".oneOf: has several objects as branches, but no required member whose constant tells them apart";
    EXPECT_EQ(refused("{oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]}"),
              not_told_apart);
    EXPECT_EQ(
        refused("{oneOf: [{type: object, properties: {a: {const: x}}}, {type: object, properties: {a: {const: y}}}]}"),
        not_told_apart);
    EXPECT_EQ(refused("{type: object, oneOf: [{type: string}]}"),
              at + ".oneOf: stands alone: put what all branches share into each of them, by allOf");
    EXPECT_EQ(refused("{anyOf: [{type: string}, {type: integer}]}"), "");
}

TEST(CompileSchema, PartsOfAWholeAreOpenObjects) {
    const auto refused = [](const std::string& yaml) { return refusal("Root: " + yaml); };
    const std::string at = "components.schemas.Root";
    EXPECT_EQ(
        refused("{allOf: [{type: object, additionalProperties: false, properties: {a: {}}}, {properties: {b: {}}}]}"),
        at + ".allOf: has a part that refuses the members of the others; say unevaluatedProperties: false beside "
             "allOf");
    EXPECT_EQ(refused("{allOf: [{properties: {a: {}}}, {properties: {a: {}}}]}"),
              at + ".allOf: describes the member a twice");
    EXPECT_EQ(refused("{allOf: [{type: string}, {type: string}]}"),
              at + ".allOf: puts objects together, and nothing else");
    EXPECT_EQ(refused("{allOf: [{properties: {a: {}}}, {properties: {b: {}}}], additionalProperties: false}"),
              at + ".additionalProperties: does not see the members of allOf; say unevaluatedProperties");
    EXPECT_EQ(refused("{description: as it is, allOf: [{type: string}]}"), "");
}

}  // namespace
}  // namespace sluice::serve::api
