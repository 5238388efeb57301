// A client of the API that holds every answer against openapi.yaml, and every request that is meant to be good, so that
// no test forgets to.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/api/description.hpp"
#include "support/http_client.hpp"

namespace sluice::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

// openapi.yaml, as the program has it.
const serve::api::Description& description();
const boost::json::value& description_json();

struct Question {
    std::string method = "GET";
    std::string target;
    Headers headers = {};
    std::string body = {};
    bool is_good = true;  // held against the description before it is sent
    std::chrono::seconds longest_answer{5};
};

struct Reply {
    int status = 0;  // 0: none came
    std::string head;
    std::string body;
    boost::json::value json;  // null unless the body is JSON

    std::string header(std::string_view name) const { return HttpReply{.head = head}.header(name); }
    // By JSON pointer: "/items/0/code". A text that says what is missing when there is none.
    std::string text(std::string_view pointer) const;
    std::int64_t number(std::string_view pointer) const;  // -1: none
    bool is_true(std::string_view pointer) const;
    bool is_null(std::string_view pointer) const;
    const boost::json::array& list(std::string_view pointer = "/items") const;
    std::string code() const { return text("/code"); }  // of a problem
};

// The same of any JSON value.
std::string text_at(const boost::json::value& value, std::string_view pointer);

class Client {
public:
    Client(std::uint16_t port, std::string key, std::string op = {});

    Client with_key(std::string key) const { return {port_, std::move(key), operator_}; }
    Client for_operator(std::string op) const { return {port_, key_, std::move(op)}; }
    Client at_port(std::uint16_t port) const { return {port, key_, operator_}; }
    Client again() const { return {port_, key_, operator_}; }  // the same over a connection of its own
    const std::string& key() const { return key_; }
    std::uint16_t port() const { return port_; }

    Reply get(std::string target, Headers headers = {});
    Reply head(std::string target);
    // Without a body when `body` is empty.
    Reply post(std::string target, std::string body = {}, Headers headers = {});
    Reply patch(std::string target, std::string body, Headers headers = {});
    Reply put(std::string target, std::string body, Headers headers = {});
    Reply del(std::string target);
    Reply ask(const Question& question);
    // What goes over the wire, with the client's key and operator.
    std::string bytes_of(const Question& question) const;
    // Sends it and leaves before any answer is read.
    void ask_and_leave(const Question& question);

    // All items of a list, page by page.
    boost::json::array all(const std::string& target, int limit = 500);
    // Long work: asks at `location` until it has ended.
    Reply wait_for(const std::string& location);
    // Starts a bill run and waits for its end.
    Reply bill(const std::string& through, bool dry_run = false);

private:
    Reply exchange(const std::string& bytes, bool to_head);

    std::uint16_t port_;
    std::string key_;
    std::string operator_;
    std::unique_ptr<HttpClient> connection_;
};

// What the description and the answer do not agree on, as sentences; empty when it is as described.
std::vector<std::string> disagreements(const Question& question, const Reply& reply);

std::string money(std::string_view amount, std::string_view currency = "USD");  // as JSON
std::string encoded(std::string_view text);                                     // for a path or a query

}  // namespace sluice::test
