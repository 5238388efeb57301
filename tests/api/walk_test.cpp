// Every operation of openapi.yaml, asked with what fits and with what does not: the server never fails, never hangs,
// and answers as it is described. The client holds each answer against the description.
#include <chrono>

#include "api/hostile_values.hpp"
#include "api/world.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

// SLUICE_SEED chooses other values, SLUICE_WALK how many requests an operation gets.
std::uint32_t number_from(const char* name, std::uint32_t otherwise) {
    const char* wish = std::getenv(name);
    return wish ? static_cast<std::uint32_t>(std::stoul(wish)) : otherwise;
}

class Walk : public OverHttp {
protected:
    Walk() {
        make_catalog(op_);
        make_subscriber(op_, "s0");
        sell_net(op_, "s0", "home", "2026-01-10");
    }

    std::string target_of(const std::string& path, const json::array& parameters) {
        std::string target = path;
        std::string query;
        for (const auto& reference : parameters) {
            const auto& parameter = values_.resolved(reference);
            const auto name = std::string(parameter.at("name").as_string());
            const auto place = parameter.at("in").as_string();
            const auto text =
                values_.chance(85) ? values_.fitting_text(parameter.at("schema")) : values_.hostile_text();
            if (place == "path") {
                const auto at = target.find("{" + name + "}");
                target.replace(at, name.size() + 2, encoded(text).substr(0, 4'000));
            } else if (place == "query" && values_.chance(30)) {
                query += (query.empty() ? "?" : "&") + name + "=" + encoded(text).substr(0, 2'000);
            }
        }
        if (values_.chance(3)) query += (query.empty() ? "?" : "&") + std::string("unknown=1");
        return target + query;
    }

    std::string body_of(const json::object& operation) {
        const auto* request = operation.if_contains("requestBody");
        if (!request) return values_.chance(3) ? "{}" : "";
        auto body = values_.fitting(values_.resolved(*request).at("content").at("application/json").at("schema"));
        for (int i = values_.chance(50) ? values_.number(1, 2) : 0; i > 0; --i) values_.spoil(body);
        auto text = json::serialize(body);
        if (values_.chance(4)) text = text.substr(0, text.size() / 2);
        if (values_.chance(2)) text.insert(text.size() / 2, "\xFF");
        return text;
    }

    void ask(const std::string& method, const std::string& path, const json::object& operation) {
        json::array parameters;
        if (const auto* own = operation.if_contains("parameters")) parameters = own->as_array();
        Headers headers;
        if (values_.chance(20)) headers.emplace_back("Idempotency-Key", "k" + std::to_string(values_.number(1, 50)));
        if (values_.chance(5)) headers.emplace_back("If-Match", "\"" + std::to_string(values_.number(1, 9)) + "\"");
        const Question question{.method = method,
                                .target = target_of(path, parameters),
                                .headers = headers,
                                .body = body_of(operation),
                                .is_good = false};
        const auto began = std::chrono::steady_clock::now();
        const auto reply = op_.ask(question);
        const auto took = std::chrono::steady_clock::now() - began;
        ++asked_[reply.status / 100];
        EXPECT_TRUE(reply.status >= 200 && reply.status < 500)
            << reply.status << " to " << method << " " << question.target << "\n"
            << question.body << "\n"
            << reply.body;
        EXPECT_LT(took, std::chrono::seconds(5)) << method << " " << question.target;
    }

    std::uint32_t seed_ = number_from("SLUICE_SEED", 4'711);
    std::mt19937 random_{seed_};
    Values values_{description_json(), random_};
    Client op_ = make_operator(platform(), "op");
    std::map<int, int> asked_;  // by class of status
};

TEST_F(Walk, NothingThatIsAskedMakesTheServerFail) {
    SCOPED_TRACE("SLUICE_SEED=" + std::to_string(seed_));
    const auto times = number_from("SLUICE_WALK", 150);
    for (const auto& [path, item] : description_json().at("paths").as_object()) {
        if (!path.starts_with("/api/v1/")) continue;
        for (const auto& [method, operation] : item.as_object()) {
            if (method == "parameters") continue;
            std::string capitals(method);
            for (auto& letter : capitals) letter = static_cast<char>(std::toupper(letter));
            for (std::uint32_t i = 0; i < times; ++i) ask(capitals, std::string(path), operation.as_object());
            if (HasFailure()) return;
        }
    }
    EXPECT_GT(asked_[2], 1'000) << "enough of it was good";
    EXPECT_GT(asked_[4], 1'000) << "enough of it was not";
    EXPECT_EQ(op_.get("/health/ready").status, 200);
    expect_sound_books(op_);
}

TEST_F(Walk, ABodyThatIsTooLargeIsRefusedBeforeItIsSent) {
    const auto head = "POST /api/v1/subscribers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + op_.key() +
                      "\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n";
    HttpClient client(server_.port());
    const auto reply = client.send(head).receive();
    EXPECT_EQ(reply.status, 413);
    EXPECT_NE(reply.body.find("too_large"), std::string::npos);
}

TEST_F(Walk, NestingThatNobodyNeedsIsRefusedWithItsPlace) {
    const auto reply = op_.ask(
        {.method = "POST", .target = "/api/v1/subscribers", .body = std::string(500'000, '['), .is_good = false});
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.code(), "malformed_json");
}

}  // namespace
}  // namespace sluice::test
