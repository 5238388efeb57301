#include "serve/api/description.hpp"

#include <gtest/gtest.h>

namespace sluice::serve::api {
namespace {

constexpr std::string_view document = R"(
openapi: 3.1.0
info: {title: Test, version: "1"}
paths:
  /subscribers:
    get:
      operationId: list_subscribers
      x-role: viewer
      parameters:
        - {$ref: "#/components/parameters/Limit"}
        - {name: sort, in: query, schema: {type: string, enum: [code, -code], default: code}}
        - {name: q, in: query, schema: {type: string, minLength: 1, maxLength: 5}}
        - {name: overdue, in: query, schema: {type: boolean}}
      responses: {"200": {$ref: "#/components/responses/List"}}
    post:
      operationId: create_subscriber
      x-role: clerk
      x-body-limit: 2048
      parameters:
        - {name: Idempotency-Key, in: header, required: true, schema: {type: string, maxLength: 8}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewSubscriber"}}}
      responses:
        "201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/NewSubscriber"}}}}
        "4XX": {description: not, content: {application/problem+json: {schema: {type: object, additionalProperties: true}}}}
  /subscribers/{subscriber}:
    parameters: [{name: subscriber, in: path, required: true, schema: {type: string, format: code}}]
    get: {operationId: get_subscriber, x-role: viewer, responses: {"200": {description: it}}}
    delete: {operationId: remove_subscriber, x-role: owner, responses: {"204": {description: gone}}}
  /subscribers/latest:
    get: {operationId: get_latest, x-role: none, responses: {default: {description: it, content: {text/plain: {schema: {type: string}}}}}}
  /subscribers/{subscriber}/units/{unit}:
    get:
      operationId: get_unit
      x-role: viewer
      parameters:
        - {name: subscriber, in: path, required: true, schema: {type: string}}
        - {name: unit, in: path, required: true, schema: {type: integer, minimum: 1}}
      responses: {"200": {description: it}}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 500, default: 50}}
  responses:
    List:
      description: some
      content: {application/json: {schema: {type: object, required: [items], properties: {items: {type: array, items: {type: string}}}}}}
  schemas:
    NewSubscriber:
      type: object
      additionalProperties: false
      required: [code]
      properties:
        code: {type: string, format: code}
        since: {type: string, format: date}
)";

const Description& description() {
    static const Description described(document);
    return described;
}

Match matched(std::string_view method, std::string_view path) {
    return std::get<Match>(description().match(method, path));
}
const Operation& operation(std::string_view id) {
    for (const auto* each : description().operations())
        if (each->id == id) return *each;
    throw std::out_of_range(std::string(id));
}

// "query limit: is 0, must be …", one line each.
std::string told(const std::vector<Fault>& faults) {
    std::string text;
    for (const auto& fault : faults)
        text += (text.empty() ? "" : "\n") + fault.where + (fault.field.empty() ? "" : " ") + fault.field + ": " +
                fault.message;
    return text;
}
std::string query_faults(std::string_view query) {
    Texts values;
    return told(description().check_query(operation("list_subscribers"), query, values));
}
std::string path_faults(std::string_view path) {
    const auto match = matched("GET", path);
    return told(description().check_path(*match.operation, match.path));
}
std::string body_faults(const boost::json::value& body) {
    return told(description().check_body(operation("create_subscriber"), body));
}
std::string response_faults(std::string_view id, int status, std::string_view content_type, std::string_view body) {
    return told(description().check_response(operation(id), status, content_type, body));
}

TEST(Description, OperationsComeInTheOrderOfTheDocumentWithTheirExtensions) {
    const auto operations = description().operations();
    ASSERT_EQ(operations.size(), 6U);
    const auto& create = *operations[1];
    EXPECT_EQ(create.id, "create_subscriber");
    EXPECT_EQ(create.method, "POST");
    EXPECT_EQ(create.path, "/subscribers");
    EXPECT_EQ(create.role, "clerk");
    EXPECT_EQ(create.body_limit, 2048U);
    EXPECT_TRUE(create.takes_body);
    EXPECT_TRUE(create.needs_body);
    EXPECT_FALSE(create.has_path_parameters);
    EXPECT_EQ(operations[0]->body_limit, 1024U * 1024U);
    EXPECT_FALSE(operations[0]->takes_body);
    EXPECT_TRUE(operations[2]->has_path_parameters);
}

TEST(DescriptionMatch, APathWithParametersIsDecoded) {
    const auto match = matched("GET", "/subscribers/a%2Fb+c/units/7");
    EXPECT_EQ(match.operation->id, "get_unit");
    EXPECT_EQ(match.path, (Texts{{"subscriber", "a/b+c"}, {"unit", "7"}}));
}

TEST(DescriptionMatch, ALiteralSegmentWinsOverAParameter) {
    EXPECT_EQ(matched("GET", "/subscribers/latest").operation->id, "get_latest");
    EXPECT_EQ(matched("GET", "/subscribers/late").operation->id, "get_subscriber");
}

TEST(DescriptionMatch, ALiteralSegmentThatLeadsNowhereLeavesTheParameter) {
    const auto match = matched("GET", "/subscribers/latest/units/1");
    EXPECT_EQ(match.operation->id, "get_unit");
    EXPECT_EQ(match.path.at("subscriber"), "latest");
}

TEST(DescriptionMatch, PathsThatAreNotDescribedAreNone) {
    for (const auto* path : {"", "/", "subscribers", "/subscribers/", "//subscribers", "/subscribers//units/1",
                             "/subscribers/a/units", "/subscribers/a/", "/Subscribers", "*"})
        EXPECT_TRUE(std::holds_alternative<NoSuchPath>(description().match("GET", path))) << path;
}

TEST(DescriptionMatch, AMethodThatIsNotDescribedNamesThoseThatAre) {
    const auto none = description().match("PUT", "/subscribers");
    ASSERT_TRUE(std::holds_alternative<NoSuchMethod>(none));
    EXPECT_EQ(std::get<NoSuchMethod>(none).allowed, "GET, HEAD, POST");
}

TEST(DescriptionMatch, HeadIsAnsweredByGet) {
    EXPECT_EQ(matched("HEAD", "/subscribers").operation->id, "list_subscribers");
    EXPECT_TRUE(std::holds_alternative<NoSuchMethod>(description().match("get", "/subscribers")));
}

TEST(DescriptionPath, ParametersMustHaveTheirForm) {
    EXPECT_EQ(path_faults("/subscribers/S-1"), "");
    EXPECT_EQ(path_faults("/subscribers/a%20b"),
              "path subscriber: \"a b\" is no code; write 1 to 64 letters, digits, dots, colons, _ or -");
    EXPECT_EQ(path_faults("/subscribers/S-1/units/x"), "path unit: \"x\" is no whole number of at least 1");
    EXPECT_EQ(path_faults("/subscribers/S-1/units/0"), "path unit: is 0, must be at least 1");
}

TEST(DescriptionPath, WhatCannotBeDecodedIsAFault) {
    const std::string no_digits = "path subscriber: has a % without two hexadecimal digits behind it, or a NUL";
    EXPECT_EQ(path_faults("/subscribers/%zz/units/1"), no_digits);
    EXPECT_EQ(path_faults("/subscribers/%4/units/1"), no_digits);
    EXPECT_EQ(path_faults("/subscribers/%00/units/1"), no_digits);
    EXPECT_EQ(path_faults("/subscribers/%FF/units/1"), "path subscriber: is not percent-encoded UTF-8");
    EXPECT_EQ(path_faults("/subscribers/a%0Ab/units/1"),
              "path subscriber: holds a control character, such as the end of a line");
}

TEST(DescriptionQuery, DefaultsAreFilledIn) {
    Texts values;
    EXPECT_TRUE(description().check_query(operation("list_subscribers"), "q=a%20+b&overdue=false", values).empty());
    EXPECT_EQ(values, (Texts{{"limit", "50"}, {"sort", "code"}, {"q", "a  b"}, {"overdue", "false"}}));
}

TEST(DescriptionQuery, EachFaultIsTold) {
    EXPECT_EQ(query_faults("limit=0"), "query limit: is 0, must be at least 1");
    EXPECT_EQ(query_faults("limit=501"), "query limit: is 501, must be at most 500");
    for (const auto* text : {"", "1.0", "1e2", "0x1", " 1", "99999999999999999999"})
        EXPECT_TRUE(query_faults("limit=" + std::string(text)).ends_with("is no whole number from 1 to 500")) << text;
    EXPECT_EQ(query_faults("overdue=yes"), "query overdue: \"yes\" is neither true nor false");
    EXPECT_EQ(query_faults("sort=name"), "query sort: \"name\" is none of: \"code\", \"-code\"");
    EXPECT_EQ(query_faults("q="), "query q: is empty");
    EXPECT_EQ(query_faults("q=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4"), "");
    EXPECT_EQ(query_faults("q=abcdef"), "query q: has 6 characters, must have at most 5");
    EXPECT_EQ(query_faults("page=2"), "query page: is not known here; known are: limit, sort, q, overdue");
    EXPECT_EQ(query_faults("limit=1&limit=1"), "query limit: stands there twice");
    EXPECT_EQ(query_faults("overdue"), "query overdue: has no value; write overdue=…");
    EXPECT_EQ(query_faults("q=%"),
              "query q: has a % without two hexadecimal digits behind it; write the % itself as %25");
    EXPECT_EQ(query_faults("q=%FF"), "query q: is not percent-encoded UTF-8");
    EXPECT_EQ(query_faults("q=a%00"), "query q: holds a control character, such as the end of a line");
    EXPECT_EQ(query_faults("limit=x&q="), "query limit: \"x\" is no whole number from 1 to 500\nquery q: is empty");
}

TEST(DescriptionQuery, NothingBetweenAmpersandsIsPassedOver) { EXPECT_EQ(query_faults("&limit=1&&q=a&"), ""); }

TEST(DescriptionHeaders, ThoseDescribedAreCheckedWhateverTheirCase) {
    const auto& create = operation("create_subscriber");
    Texts values;
    EXPECT_EQ(told(description().check_headers(create, {{"Host", "x"}, {"idempotency-key", "k1"}}, values)), "");
    EXPECT_EQ(values, (Texts{{"Idempotency-Key", "k1"}}));
    const auto faults = [&](const std::vector<std::pair<std::string, std::string>>& headers) {
        Texts read;
        return told(description().check_headers(create, headers, read));
    };
    EXPECT_EQ(faults({}), "header Idempotency-Key: is missing");
    EXPECT_EQ(faults({{"Idempotency-Key", "123456789"}}),
              "header Idempotency-Key: has 9 characters, must have at most 8");
    EXPECT_EQ(faults({{"Idempotency-Key", "a"}, {"IDEMPOTENCY-KEY", "a"}}),
              "header Idempotency-Key: stands there twice");
    EXPECT_EQ(faults({{"Idempotency-Key", "\xFF"}}), "header Idempotency-Key: is not UTF-8");
}

TEST(DescriptionBody, IsCheckedByItsSchema) {
    EXPECT_EQ(body_faults({{"code", "S1"}, {"since", "2026-01-31"}}), "");
    EXPECT_EQ(body_faults({{"cod", "S1"}}),
              "body cod: is not known here; known are: code, since\nbody code: is missing");
    EXPECT_EQ(body_faults(12), "body: is the number 12; must be an object with members");
    EXPECT_EQ(told(description().check_body(operation("get_latest"), {})),
              "body: is not expected: this operation takes none");
}

TEST(DescriptionResponse, MustBeAsDescribed) {
    EXPECT_EQ(response_faults("list_subscribers", 200, "application/json; charset=utf-8", R"({"items":["a"]})"), "");
    EXPECT_EQ(response_faults("list_subscribers", 200, "application/json", R"({"items":[1],"more":2})"),
              "body items[0]: is the number 1; write it as text, as \"1\"\n"
              "body more: is not known here; known are: items");
    EXPECT_EQ(response_faults("list_subscribers", 200, "application/json", "{"),
              "body: the text ends too early at line 1, column 2");
    EXPECT_EQ(response_faults("list_subscribers", 200, "text/html", "{}"),
              "content_type: \"text/html\" is not described for list_subscribers 200");
    EXPECT_EQ(response_faults("list_subscribers", 404, "application/json", "{}"),
              "status: 404 is not described for list_subscribers");
    EXPECT_EQ(response_faults("create_subscriber", 409, "application/problem+json", R"({"title":"x"})"), "");
    EXPECT_EQ(response_faults("remove_subscriber", 204, "", ""), "");
    EXPECT_EQ(response_faults("remove_subscriber", 204, "text/plain", "x"),
              "content_type: \"text/plain\" is not described for remove_subscriber 204");
    EXPECT_EQ(response_faults("get_latest", 503, "text/plain", "{"), "");
}

}  // namespace
}  // namespace sluice::serve::api
