#include "serve/api/load_description.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace sluice::serve::api {
namespace {

// A description with one operation, in which one piece is replaced.
std::string document(std::string_view piece = "", std::string_view by = "") {
    std::string text = R"(openapi: 3.1.0
paths:
  /things/{thing}:
    post:
      operationId: make
      x-role: clerk
      parameters: [{name: thing, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, additionalProperties: false, properties: {a: {}}}}}}
      responses: {"201": {description: made}}
)";
    const auto at = text.find(piece);
    if (at == std::string::npos) throw std::logic_error("no such piece");
    return text.replace(at, piece.size(), by);
}

std::string refusal(std::string_view piece, std::string_view by) {
    try {
        const Description described(document(piece, by));
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(LoadDescription, TheDocumentOfTheseTestsIsFine) { EXPECT_EQ(Description(document()).operations().size(), 1U); }

TEST(LoadDescription, ABodyMayBeLeftOutUnlessItIsRequired) {
    EXPECT_FALSE(Description(document()).operations().front()->needs_body);
    EXPECT_TRUE(Description(document("{content", "{required: true, content")).operations().front()->needs_body);
}

TEST(LoadDescription, WhatIsWrongIsToldWithItsLine) {
    EXPECT_EQ(refusal("x-role: clerk", "x-rol: clerk"),
              "openapi.yaml:5: paths./things/{thing}.POST: says nobody who may: x-role is missing");
    EXPECT_EQ(refusal("x-role: clerk", "x-role: king"),
              "openapi.yaml:6: paths./things/{thing}.POST.x-role: \"king\" is none of: none, signature, session, "
              "viewer, clerk, "
              "owner, "
              "platform");
    EXPECT_TRUE(refusal("x-role: clerk", "x-role: clerk\n      x-body-limt: 1")
                    .starts_with("openapi.yaml:7: paths./things/{thing}.POST.x-body-limt: unknown key; known here: "));
}

TEST(LoadDescription, OtherVersionsAreRefused) {
    EXPECT_EQ(refusal("3.1.0", "3.0.3"), "openapi.yaml:1: openapi: must be 3.1");
}

TEST(LoadDescription, AServerWithAPathIsRefused) {
    const auto with_server = [](const std::string& url) {
        return refusal("paths:", "servers: [{url: '" + url + "'}]\npaths:");
    };
    EXPECT_EQ(with_server("/"), "");
    EXPECT_EQ(with_server("https://billing.example"), "");
    const std::string refused = "openapi.yaml:2: servers[1].url: must have no path of its own; paths are written whole";
    EXPECT_EQ(with_server("/api/v1"), refused);
    EXPECT_EQ(with_server("https://billing.example/api"), refused);
}

TEST(LoadDescription, ThePathAndItsParametersMustAgree) {
    EXPECT_EQ(refusal("/things/{thing}:", "/things/{other}:"),
              "openapi.yaml:7: paths./things/{other}.POST.parameters: do not describe other, which is in the path");
    EXPECT_EQ(refusal("/things/{thing}:", "/things:"),
              "openapi.yaml:7: paths./things.POST.parameters: describe some that are not in the path");
    EXPECT_EQ(refusal("/things/{thing}:", "/things/{thing}.pdf:"),
              "openapi.yaml:5: paths./things/{thing}.pdf.POST: has a parameter that is not the whole of a segment");
    EXPECT_EQ(refusal("required: true", "required: false"),
              "openapi.yaml:7: parameters.required: must be true for a part of the path");
}

TEST(LoadDescription, ParametersAreSingleValues) {
    EXPECT_EQ(refusal("schema: {type: string}", "schema: {type: array}"),
              "openapi.yaml:7: parameters.schema: of a parameter must be of one type: string, integer or boolean");
    EXPECT_EQ(refusal("in: path, ", "in: cookie, "),
              "openapi.yaml:7: parameters.in: \"cookie\" is none of: path, query, header");
    EXPECT_EQ(refusal("[{name: thing",
                      "[{name: limit, in: query, schema: {type: integer, maximum: 5, default: 6}}, {name: "
                      "thing"),
              "openapi.yaml:7: parameters.schema: has a default that it does not allow");
    EXPECT_EQ(refusal("[{name: thing", "[{$ref: '#/components/parameters/None'}, {name: thing"),
              "openapi.yaml:7: $ref: #/components/parameters/None does not exist");
}

TEST(LoadDescription, ABodyMustSayWhatItDoesWithUnknownMembers) {
    EXPECT_EQ(refusal("additionalProperties: false, ", ""),
              "openapi.yaml:8: paths./things/{thing}.POST.requestBody: leaves open whether other members than a are "
              "welcome; say additionalProperties: false");
    EXPECT_EQ(refusal("a: {}", "a: {type: array, items: {type: object, properties: {b: {}}}}"),
              "openapi.yaml:8: paths./things/{thing}.POST.requestBody: leaves open whether other members than b are "
              "welcome; say additionalProperties: false");
}

TEST(LoadDescription, BodiesAreJson) {
    EXPECT_EQ(refusal("application/json", "text/csv"),
              "openapi.yaml:8: paths./things/{thing}.POST.requestBody.text/csv.schema: of what is not JSON can only be "
              "{type: string}");
    EXPECT_EQ(refusal("application/json: {schema", "application/json: {schem"),
              "openapi.yaml:8: paths./things/{thing}.POST.requestBody.application/json.schem: unknown key; known here: "
              "example, examples, schema");
}

TEST(LoadDescription, NothingIsDescribedTwice) {
    const std::string again = R"(
  /things/{it}:
    post:
      operationId: again
      x-role: none
      parameters: [{name: it, in: path, required: true, schema: {type: string}}]
      responses: {default: {description: made}})";
    EXPECT_EQ(refusal("paths:", "paths:" + again), "openapi.yaml: /things/{thing}: another path means the same");
    auto same_id = again;
    same_id.replace(same_id.find("/{it}"), 5, "/{it}/x").replace(same_id.find("again"), 5, "make");
    EXPECT_EQ(refusal("paths:", "paths:" + same_id), "openapi.yaml: make: two operations have this id");
}

TEST(LoadDescription, ASchemaThatNobodyUsesIsReadAllTheSame) {
    EXPECT_EQ(
        refusal("paths:", "components: {schemas: {Price: {type: number}}}\npaths:"),
        "openapi.yaml:2: components.schemas.Price.type: \"number\" is not supported; amounts and other numbers are "
        "texts");
}

TEST(LoadDescription, WhatIsNoYamlIsRefused) { EXPECT_NE(refusal("openapi: 3.1.0", "{"), ""); }

}  // namespace
}  // namespace sluice::serve::api
