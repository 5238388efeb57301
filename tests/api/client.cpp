#include "api/client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "serve/api/desk.hpp"
#include "serve/api/embedded_files.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;
using serve::api::Description;
using std::chrono::steady_clock;

std::string embedded(std::string_view path) {
    for (const auto& file : serve::api::embedded_files())
        if (file.path == path) return std::string(file.bytes);
    throw std::logic_error("not embedded: " + std::string(path));
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }
std::string_view query_of(std::string_view target) {
    const auto question = target.find('?');
    return question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
}

std::string sentence(const serve::api::Fault& fault) {
    return fault.where + (fault.field.empty() ? " " : " " + fault.field + " ") + fault.message;
}

// A request that a test believes to be good is one.
void expect_good(const Question& question) {
    const auto found = description().match(question.method, path_of(question.target));
    const auto* match = std::get_if<serve::api::Match>(&found);
    ASSERT_TRUE(match) << question.method << " " << question.target << " is not described";
    std::vector<serve::api::Fault> faults = description().check_path(*match->operation, match->path);
    serve::api::Texts values;
    for (auto& fault : description().check_query(*match->operation, query_of(question.target), values))
        faults.push_back(std::move(fault));
    if (match->operation->takes_body && !question.body.empty())
        for (auto& fault : description().check_body(*match->operation, json::parse(question.body)))
            faults.push_back(std::move(fault));
    for (const auto& fault : faults)
        ADD_FAILURE() << "the test asks wrongly: " << question.method << " " << question.target << ": "
                      << sentence(fault) << "\n"
                      << question.body;
}

// Headers that the description calls required.
void check_headers(const serve::api::Operation& operation, const Reply& reply, std::vector<std::string>& wrong) {
    const auto& responses = description_json()
                                .at("paths")
                                .at(operation.path)
                                .at(operation.method == "GET"     ? "get"
                                    : operation.method == "POST"  ? "post"
                                    : operation.method == "PUT"   ? "put"
                                    : operation.method == "PATCH" ? "patch"
                                                                  : "delete")
                                .at("responses")
                                .as_object();
    const auto resolve = [](const json::value& value) -> const json::object& {
        const auto* ref = value.as_object().if_contains("$ref");
        return ref ? description_json().at_pointer(std::string_view(ref->as_string()).substr(1)).as_object()
                   : value.as_object();
    };
    const auto* response = responses.if_contains(std::to_string(reply.status));
    if (!response) return;
    const auto* headers = resolve(*response).if_contains("headers");
    if (!headers) return;
    for (const auto& [name, header] : headers->as_object()) {
        const auto* required = resolve(header).if_contains("required");
        if (required && required->as_bool() && reply.header(name).empty())
            wrong.push_back("header " + std::string(name) + " is missing");
    }
}

// Answers that belong to no operation of the description are problems too.
void check_problem(const Reply& reply, std::vector<std::string>& wrong) {
    static const auto* any = std::get<serve::api::Match>(description().match("GET", "/api/v1/key")).operation;
    for (const auto& fault : description().check_response(*any, 400, reply.header("Content-Type"), reply.body))
        wrong.push_back(sentence(fault));
}

}  // namespace

const Description& description() {
    static const Description loaded(embedded("/api/openapi.json"));
    return loaded;
}

const json::value& description_json() {
    static const json::value parsed = json::parse(embedded("/api/openapi.json"));
    return parsed;
}

std::vector<std::string> disagreements(const Question& question, const Reply& reply) {
    std::vector<std::string> wrong;
    if (reply.header("X-Request-Id").empty()) wrong.emplace_back("header X-Request-Id is missing");
    if (reply.status >= 400 && question.method != "HEAD") {
        const bool is_replayed = reply.header("Idempotency-Replayed") == "true";  // it is the first one's instance then
        if (!is_replayed && reply.text("/instance") != reply.header("X-Request-Id"))
            wrong.emplace_back("instance is not X-Request-Id");
        if (reply.number("/status") != reply.status) wrong.emplace_back("status in the body is another one");
        const bool is_told = reply.json.is_object() && reply.json.get_object().contains("errors");
        const bool is_of_the_transport = reply.head.find("\r\nConnection: close\r\n") != std::string::npos;
        if (is_told && reply.code() != "invalid_request") wrong.emplace_back("errors go with invalid_request alone");
        if (!is_told && !is_of_the_transport && reply.code() == "invalid_request")
            wrong.emplace_back("errors are missing");
    }
    const auto found = description().match(question.method, path_of(question.target));
    const auto* match = std::get_if<serve::api::Match>(&found);
    if (question.method == "HEAD") return wrong;
    static const std::set<int> of_no_operation{405, 408, 411, 414, 417, 431, 501, 505};
    if (!match || of_no_operation.contains(reply.status)) {
        check_problem(reply, wrong);
        return wrong;
    }
    for (const auto& fault :
         description().check_response(*match->operation, reply.status, reply.header("Content-Type"), reply.body))
        wrong.push_back(sentence(fault));
    check_headers(*match->operation, reply, wrong);
    return wrong;
}

std::string text_at(const json::value& value, std::string_view pointer) {
    boost::system::error_code error;
    const auto* found = value.find_pointer(pointer, error);
    if (!found) return "(nothing at " + std::string(pointer) + " of " + json::serialize(value) + ")";
    if (const auto* text = found->if_string()) return std::string(*text);
    return json::serialize(*found);
}

std::string Reply::text(std::string_view pointer) const { return text_at(json, pointer); }

std::int64_t Reply::number(std::string_view pointer) const {
    boost::system::error_code error;
    const auto* found = json.find_pointer(pointer, error);
    return found && found->is_int64() ? found->get_int64() : -1;
}

bool Reply::is_true(std::string_view pointer) const { return text(pointer) == "true"; }
bool Reply::is_null(std::string_view pointer) const { return text(pointer) == "null"; }

const json::array& Reply::list(std::string_view pointer) const {
    static const json::array nothing;
    boost::system::error_code error;
    const auto* found = json.find_pointer(pointer, error);
    if (found && found->is_array()) return found->get_array();
    ADD_FAILURE() << "no list at " << pointer << " of " << body;
    return nothing;
}

Client::Client(std::uint16_t port, std::string key, std::string op)
    : port_(port), key_(std::move(key)), operator_(std::move(op)) {}

Reply Client::get(std::string target, Headers headers) {
    return ask({.target = std::move(target), .headers = std::move(headers)});
}
Reply Client::head(std::string target) {
    return ask({.method = "HEAD", .target = std::move(target), .is_good = false});
}
Reply Client::del(std::string target) { return ask({.method = "DELETE", .target = std::move(target)}); }
Reply Client::post(std::string target, std::string body, Headers headers) {
    return ask({"POST", std::move(target), std::move(headers), std::move(body)});
}
Reply Client::patch(std::string target, std::string body, Headers headers) {
    return ask({"PATCH", std::move(target), std::move(headers), std::move(body)});
}
Reply Client::put(std::string target, std::string body, Headers headers) {
    return ask({"PUT", std::move(target), std::move(headers), std::move(body)});
}

std::string Client::bytes_of(const Question& question) const {
    std::string bytes = question.method + " " + question.target + " HTTP/1.1\r\nHost: sluice\r\n";
    if (!key_.empty()) bytes += "Authorization: Bearer " + key_ + "\r\n";
    bool names_type = false;
    bool names_operator = operator_.empty();
    for (const auto& [name, value] : question.headers) {
        bytes.append(name).append(": ").append(value).append("\r\n");
        names_type = names_type || name == "Content-Type";
        names_operator = names_operator || name == "Sluice-Operator";
    }
    if (!names_operator) bytes += "Sluice-Operator: " + operator_ + "\r\n";
    if (!question.body.empty() && !names_type) bytes += "Content-Type: application/json\r\n";
    if (!question.body.empty() || question.method == "POST")
        bytes += "Content-Length: " + std::to_string(question.body.size()) + "\r\n";
    return bytes + "\r\n" + question.body;
}

void Client::ask_and_leave(const Question& question) {
    HttpClient connection(port_);
    connection.send(bytes_of(question));
}

Reply Client::exchange(const std::string& bytes, bool to_head) {
    if (!connection_ || !connection_->is_connected()) connection_ = std::make_unique<HttpClient>(port_);
    auto got = connection_->send(bytes).receive(to_head);
    if (got.head.find("\r\nConnection: close\r\n") != std::string::npos) connection_.reset();
    Reply reply{.status = got.status, .head = std::move(got.head), .body = std::move(got.body), .json = {}};
    boost::system::error_code error;
    if (!reply.body.empty() && reply.header("Content-Type").find("json") != std::string::npos)
        reply.json = json::parse(reply.body, error);
    if (error) ADD_FAILURE() << "an answer is no JSON: " << reply.body;
    return reply;
}

Reply Client::ask(const Question& question) {
    if (question.is_good) expect_good(question);
    const auto began = steady_clock::now();
    auto reply = exchange(bytes_of(question), question.method == "HEAD");
    if (reply.status == 0) {
        connection_.reset();
        return reply;
    }
    const auto asked = [&] {
        return question.method + " " + question.target + "\n" + question.body.substr(0, 2'000) + "\n-> " +
               std::to_string(reply.status) + " " + reply.body.substr(0, 2'000);
    };
    EXPECT_LT(steady_clock::now() - began, question.longest_answer) << asked();
    for (const auto& wrong : disagreements(question, reply)) ADD_FAILURE() << wrong << "\n" << asked();
    return reply;
}

json::array Client::all(const std::string& target, int limit) {
    json::array items;
    const std::string page = target + (target.find('?') == std::string::npos ? "?" : "&") + "limit=";
    std::string next;
    do {
        const auto reply = get(page + std::to_string(limit) + (next.empty() ? "" : "&cursor=" + next));
        if (reply.status != 200) {
            ADD_FAILURE() << target << ": " << reply.body;
            return items;
        }
        for (const auto& item : reply.list()) items.push_back(item);
        next = reply.is_null("/next") ? "" : reply.text("/next");
    } while (!next.empty());
    return items;
}

Reply Client::wait_for(const std::string& location) {
    for (auto pause = std::chrono::milliseconds(1);; pause = std::min(pause * 2, std::chrono::milliseconds(50))) {
        auto reply = get(location);
        const auto state = reply.text("/state");
        if (reply.status != 200 || (state != "queued" && state != "running")) return reply;
        std::this_thread::sleep_for(pause);
    }
}

Reply Client::bill(const std::string& through, bool dry_run) {
    const auto started =
        post("/api/v1/bill-runs", R"({"through": ")" + through + R"(", "dry_run": )" + (dry_run ? "true}" : "false}"));
    if (started.status != 202) return started;
    auto run = wait_for(started.header("Location"));
    EXPECT_EQ(run.text("/state"), "finished") << run.body;
    return run;
}

std::string money(std::string_view amount, std::string_view currency) {
    return R"({"amount": ")" + std::string(amount) + R"(", "currency": ")" + std::string(currency) + R"("})";
}

std::string encoded(std::string_view text) { return serve::api::segment(text); }

}  // namespace sluice::test
