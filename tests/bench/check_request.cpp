// How long it takes to find an operation and to check what was sent.  Usage: sluice_bench_check_request
#include <chrono>
#include <cstdio>
#include <functional>

#include "serve/api/description.hpp"

namespace {

using namespace sluice::serve::api;

constexpr std::string_view document = R"(
openapi: 3.1.0
paths:
  /api/v1/subscribers:
    get:
      operationId: list
      x-role: viewer
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 500, default: 50}}
        - {name: q, in: query, schema: {type: string, maxLength: 200}}
        - {name: sort, in: query, schema: {type: string, enum: [code, name, -code, -name], default: code}}
      responses: {"200": {description: it}}
  /api/v1/subscribers/{subscriber}/sub-services/{sub_service}:
    post:
      operationId: add
      x-role: clerk
      parameters:
        - {name: subscriber, in: path, required: true, schema: {type: string, format: code}}
        - {name: sub_service, in: path, required: true, schema: {type: string, format: code}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Body'}}}
      responses: {"200": {description: it}}
components:
  schemas:
    Body:
      type: object
      additionalProperties: false
      required: [code, service]
      properties:
        code: {type: string, format: code}
        service: {type: string, format: code}
        unit: {type: [string, 'null'], format: code}
        name: {type: string, minLength: 1, maxLength: 200}
        date: {type: string, format: date}
        amount: {type: string, format: decimal}
        currency: {type: string, format: currency}
        at: {type: string, enum: [now, end_of_period, end_of_commitment]}
        quantity: {type: integer, minimum: 1, maximum: 1000}
        reference: {type: string, pattern: '^[A-Z]{2}-[0-9]+$'}
)";
constexpr std::string_view sent = R"({"code": "SUB-1", "service": "fiber-100", "unit": null, "name": "Jüan Müller",
    "date": "2026-01-31", "amount": "12.50", "currency": "USD", "at": "end_of_period", "quantity": 2,
    "reference": "AB-12345"})";
constexpr std::string_view path = "/api/v1/subscribers/S-1/sub-services/SUB-1";

void measure(const char* what, const std::function<bool()>& work) {
    constexpr int times = 200'000;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i)
        if (!work()) std::printf("%s: a fault\n", what);
    const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
    std::printf("%-24s %6.2f µs\n", what, taken.count() / times);
}

}  // namespace

int main() {
    const Description description(document);
    const auto match = std::get<Match>(description.match("POST", path));
    const auto& list = *description.operations().front();
    const auto body = std::get<boost::json::value>(parse_json(sent));
    measure("match", [&] { return std::holds_alternative<Match>(description.match("POST", path)); });
    measure("check_path", [&] { return description.check_path(*match.operation, match.path).empty(); });
    measure("check_query", [&] {
        Texts values;
        return description.check_query(list, "limit=20&q=m%C3%BCller", values).empty();
    });
    measure("parse_json, 10 members", [&] { return parse_json(sent).index() == 0; });
    measure("check_body, 10 members", [&] { return description.check_body(*match.operation, body).empty(); });
}
