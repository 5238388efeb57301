#include "serve/cli/client.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using std::chrono::steady_clock;

constexpr std::int64_t page_rows = 500;

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

// In one block of memory, which is given back as a whole.
json::value parse(const std::string& text) {
    boost::system::error_code error;
    auto value = json::parse(text, error, json::make_shared_resource<json::monotonic_resource>(2 * text.size() + 1024));
    if (error) throw std::runtime_error("the answer is no JSON; is this a server of Sluice?");
    return value;
}

json::value body_of(const http::Response& response) {
    return response.body.empty() ? json::value(nullptr) : parse(response.body);
}

[[noreturn]] void refuse(const http::Response& response) {
    boost::system::error_code error;
    const auto problem = json::parse(response.body, error);
    const auto* object = error ? nullptr : problem.if_object();
    const auto* detail = object ? object->if_contains("detail") : nullptr;
    if (!detail || !detail->is_string())
        throw std::runtime_error("the answer has the status " + std::to_string(response.status) +
                                 " and is none of Sluice's; is the address right?");
    std::string text(detail->as_string());
    // The detail tells the first of several faults.
    if (const auto* errors = object->if_contains("errors"); errors && errors->is_array())
        for (std::size_t i = 1; i < errors->as_array().size(); ++i) {
            const auto& one = as_object(errors->as_array()[i]);
            const auto field = text_in(one, "field");
            text += "\n  " + (field.empty() ? "" : "\"" + field + "\" ") + text_in(one, "message");
        }
    if (response.status == 412)
        throw BadInput(
            "somebody else has changed it since you read it, so nothing is changed. Look at it with `show` and try "
            "again; make a changed file anew from what `show --json` prints now");
    if (response.status == 401) throw BadInput(text + " (--key KEY, or SLUICE_KEY)");
    if (response.status < 500) throw BadInput(text);
    throw std::runtime_error(text + "; try again, and when it stays so, look for " + text_in(*object, "instance") +
                             " in the server's log");
}

// Notes Ctrl-C, once: the second one ends the program.
class Interrupts {
public:
    Interrupts() {
        noted = 0;
        struct sigaction action {};
        action.sa_handler = [](int) { noted = 1; };
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        ::sigaction(SIGINT, &action, &before_);
        if (before_.sa_handler == SIG_IGN) ::sigaction(SIGINT, &before_, nullptr);  // in the background of a shell
    }
    ~Interrupts() { ::sigaction(SIGINT, &before_, nullptr); }
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;
    bool came() const { return noted != 0; }

private:
    static inline volatile std::sig_atomic_t noted = 0;
    struct sigaction before_ {};
};

bool has_ended(const json::object& job) {
    const auto state = text_in(job, "state");
    return state != "queued" && state != "running";
}

}  // namespace

void Where::fill_in(bool one_is_needed) {
    if (!db.empty() && !server.empty())
        throw BadInput("--db and --server exclude each other: a store on this machine, or a server that has one");
    if (db.empty() && server.empty()) {
        db = from_environment("SLUICE_DB");
        server = from_environment("SLUICE_SERVER");
        if (!db.empty() && !server.empty())
            throw BadInput("SLUICE_DB and SLUICE_SERVER are both set; say which one with --db or --server");
        if (db.empty() && server.empty() && one_is_needed)
            throw BadInput(
                "which books? Say --db sqlite:PATH for a store on this machine, or --server URL --key KEY for a server "
                "(or set SLUICE_DB, or SLUICE_SERVER and SLUICE_KEY)");
    }
    if (server.empty()) {
        if (!key.empty()) throw BadInput("--key belongs to --server URL; a store on this machine needs none");
        return;
    }
    if (key.empty()) key = from_environment("SLUICE_KEY");
    if (key.empty())
        throw BadInput("a server wants a key: --key KEY, or SLUICE_KEY; `sluice api-keys create` makes one");
}

json::value Client::get(const std::string& target, const std::string& op) {
    return body_of(call("GET", target, op, nullptr));
}

json::value Client::post(const std::string& target, const std::string& op, const json::value& body) {
    return body_of(call("POST", target, op, body.is_null() ? nullptr : &body));
}

json::value Client::patch(const std::string& target, const std::string& op, const json::value& body,
                          const std::string& etag) {
    return body_of(call("PATCH", target, op, &body, etag));
}

json::value Client::put(const std::string& target, const std::string& op, const json::value& body,
                        const std::string& etag) {
    return body_of(call("PUT", target, op, &body, etag));
}

Edition Client::read(const std::string& target, const std::string& op) {
    const auto response = call("GET", target, op, nullptr);
    Edition read{.body = body_of(response), .etag = {}};
    for (const auto& [name, value] : response.headers)
        if (name == "ETag") read.etag = value;
    return read;
}

void Client::remove(const std::string& target, const std::string& op) { call("DELETE", target, op, nullptr); }

http::Response Client::call(std::string method, const std::string& target, const std::string& op,
                            const json::value* body, const std::string& etag) {
    http::Request request{.method = std::move(method), .target = target};
    if (!op.empty()) request.headers.emplace_back("Sluice-Operator", op);
    if (!etag.empty()) request.headers.emplace_back("If-Match", etag);
    if (body) {
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = json::serialize(*body);
    }
    auto response = send(std::move(request));
    if (response.status >= 300 || response.status < 200) refuse(response);
    return response;
}

json::value Client::each(const std::string& list, const std::string& op,
                         const std::function<void(const json::object&)>& action, std::int64_t most) {
    std::string cursor;
    while (most > 0) {
        const auto page = get(list + (list.find('?') == std::string::npos ? "?" : "&") +
                                  "limit=" + std::to_string(std::min(most, page_rows)) + cursor,
                              op);
        const auto& items = list_in(as_object(page), "items");
        for (const auto& item : items) action(as_object(item));
        most -= static_cast<std::int64_t>(items.size());
        const auto next = text_in(as_object(page), "next");
        if (next.empty()) return nullptr;
        if (most <= 0) return json::string(next);
        cursor = "&cursor=" + next;
    }
    return nullptr;
}

json::object Client::carry_out(const std::string& target, const std::string& op, const json::value& body,
                               const std::function<void(const json::object&)>& progress,
                               const std::function<void()>& on_interrupt) {
    using std::chrono::milliseconds;
    const auto began = steady_clock::now();
    std::optional<Interrupts> interrupts;
    if (on_interrupt) interrupts.emplace();
    auto job = post(target, op, body);
    const auto address = target + "/" + text_in(as_object(job), "id");
    while (!has_ended(as_object(job))) {
        // Short work is not waited for long, and long work not asked for often.
        const auto so_far = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
        std::this_thread::sleep_for(std::clamp(so_far / 20, milliseconds(2), milliseconds(250)));
        if (interrupts && interrupts->came()) {
            on_interrupt();
            interrupts.reset();
            post(address + "/cancel", op);
        }
        job = get(address, op);
        progress(as_object(job));
    }
    return as_object(job);
}

std::unique_ptr<Client> open_client(const Parts& parts, const Where& where) {
    return where.server.empty() ? local_client(parts, where.db) : remote_client(parts, where.server, where.key);
}

std::vector<OperatorFacts> selected_operators(Client& client, const Where& where) {
    std::vector<OperatorFacts> selected;
    std::string known;
    client.each("/api/v1/operators", {}, [&](const json::object& op) {
        const auto currency = Currency::from_code(text_in(op, "currency"));
        if (!currency) throw std::runtime_error("the answer has an operator without a currency");
        OperatorFacts facts{text_in(op, "code"), text_in(op, "name"), *currency};
        known += (known.empty() ? "" : ", ") + facts.code;
        if (where.op.empty() || where.op == facts.code) selected.push_back(std::move(facts));
    });
    if (selected.empty() && !where.op.empty())
        throw BadInput("--operator: there is no operator \"" + where.op + "\"; " +
                       (known.empty() ? "there is none yet, import one first" : "there is: " + known));
    return selected;
}

BadInput no_operator() {
    return BadInput(
        "there is no operator yet; make one with `sluice operators create`, or import one with `sluice import`");
}

OperatorFacts selected_operator(Client& client, const Where& where) {
    auto operators = selected_operators(client, where);
    if (operators.empty()) throw no_operator();
    if (operators.size() == 1) return std::move(operators.front());
    std::string known;
    for (const auto& op : operators) known += (known.empty() ? "" : ", ") + op.code;
    throw BadInput("there are several operators (" + known + "); say which one with --operator CODE");
}

}  // namespace sluice::serve
