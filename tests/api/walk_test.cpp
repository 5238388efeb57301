// Every operation of openapi.yaml, asked with what fits and with what does not: the server never fails, never hangs,
// and answers as it is described. The client holds each answer against the description; what the description finds
// wrong with a request must be what the server finds.
#include <chrono>
#include <map>
#include <set>
#include <thread>

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

// What made-up values do not get granted, because it would take one that fits what is there.
const std::set<std::string> never_granted{
    "get_import", "get_parked_account", "replay_parked_account", "simulate", "revoke_api_key", "restore_data",
    "import_bank_statement",
    // These need a gateway that answers.
    "begin_checkout", "get_checkout", "query_checkout", "charge_saved_method", "remove_saved_method",
    // These an address or a subscriber that is there, or a mail server.
    "create_webhook_endpoint", "put_mail_settings", "test_mail_settings", "preview_message_template",
    // These a serial number of that sub-service, a shift with money in it, a cheque that has cleared, and a debt.
    "return_cpe", "pay_out_cash", "bounce_cheque", "release_collection", "end_payment_plan", "agree_on_payment_plan",
    "promise_payment", "enable_automatic_payment", "disable_automatic_payment", "get_payout", "pay_payout",
    "cancel_payout", "query_payout",
    // These a payment of which something is left, and a document that is open still.
    "issue_advance_payment", "withdraw_pro_forma",
    // These the code of a unit or a sub-service.
    "set_aside", "release_wallet", "place_order",
    // These the code of a discount, or of a subscriber.
    "create_promo_code", "grant_discount", "redeem_promo_code",
    // These a session, or a link.
    "sign_in", "get_session", "sign_out", "change_password", "begin_second_factor", "confirm_second_factor",
    "remove_second_factor", "reset_password",
    // This an address that has not asked for links too often.
    "request_password_reset",
    // These a provider for sign-on, and an address of our own.
    "start_sign_on", "finish_sign_on", "create_sign_on_provider", "remove_sign_on_provider"};

const std::set<std::string> corrections{"transfer_money", "refund_payment", "charge_back_payment", "issue_credit_note",
                                        "write_off_document"};

class Walk : public OverHttp {
protected:
    Walk() {
        make_catalog(op_);
        make_subscriber(op_, "s0");
        sell_net(op_, "s0", "home", "2026-01-10");
        op_.post("/api/v1/subscribers/s0/units", R"({"code": "flat", "name": "Flat"})");
        op_.patch("/api/v1/subscribers/s0", R"({"email": "s0@example.com"})");
        op_.put("/api/v1/mail-settings", R"({"host": "127.0.0.1", "port": 1, "from_address": "us@example.com"})");
        known_["bill_run"] = op_.bill("2026-02-28").text("/id");
        known_["document"] = op_.get("/api/v1/documents").text("/items/0/number");
        known_["line"] = op_.get("/api/v1/documents/" + known_["document"]).text("/lines/0/id");
        known_["payment"] =
            op_.post("/api/v1/payments", R"({"subscriber": "s0", "amount": )" + money("1.00") + "}").text("/id");
        const auto collected = op_.post("/api/v1/collection-runs", "{}").header("Location");
        op_.wait_for(collected);
        known_["collection_run"] = collected.substr(collected.rfind('/') + 1);
        const auto charged = op_.post("/api/v1/automatic-payment-runs", "{}").header("Location");
        op_.wait_for(charged);
        known_["automatic_payment_run"] = charged.substr(charged.rfind('/') + 1);
        known_["message_kind"] = "document_issued";
        known_["language"] = "en";
        for (int tries = 0; tries < 400; ++tries) {
            const auto messages = op_.get("/api/v1/subscribers/s0/messages");
            if (known_["message"] = messages.list().empty() ? "" : messages.text("/items/0/id");
                !known_["message"].empty())
                break;
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
        known_["user"] = op_.post("/api/v1/users", R"({"login": "walk@example.com", "name": "Walk",
                                                       "grants": [{"operator": "op", "role": "clerk"}]})")
                             .text("/id");
        known_["verification"] = op_.post("/api/v1/verifications").text("/id");
        op_.post("/api/v1/payment-methods", R"({"code": "card", "name": "Card", "gateway": "stripe"})");
        const auto shift = op_.post("/api/v1/cash-shifts", R"({"desk": "till", "float": )" + money("9000.00") + "}");
        known_["cash_shift"] = shift.text("/id");
        known_["receipt"] = op_.post("/api/v1/cash-shifts/" + known_["cash_shift"] + "/payments",
                                     R"({"subscriber": "s0", "amount": )" + money("1.00") + "}")
                                .text("/receipt");
        known_["note"] = op_.post("/api/v1/subscribers/s0/notes", R"({"text": "walk"})").text("/id");
        known_["cheque"] =
            op_.post("/api/v1/cheques", R"({"subscriber": "s0", "number": "1", "amount": )" + money("1.00") + "}")
                .text("/id");
        op_.post("/api/v1/subscribers/s0/sub-services", R"({"code": "later", "service": "net"})");
        known_["pro_forma"] =
            op_.post("/api/v1/subscribers/s0/orders", R"({"items": [{"sub_service": "later"}]})").text("/number");
        make_subscriber(op_, "ahead");
        const auto ahead =
            op_.post("/api/v1/payments", R"({"subscriber": "ahead", "amount": )" + money("1.00") + "}").text("/id");
        known_["advance_payment"] =
            op_.post("/api/v1/advance-payments", R"({"payment": ")" + ahead + "\"}").text("/number");
        for (const auto& [parameter, code] : std::map<std::string, std::string>{{"operator", "op"},
                                                                                {"service", "net"},
                                                                                {"add_on", "ip"},
                                                                                {"cpe", "router"},
                                                                                {"subscriber", "s0"},
                                                                                {"unit", "flat"},
                                                                                {"payment_method", "card"},
                                                                                {"task", "billing"},
                                                                                {"sub_service", "home"}})
            known_[parameter] = code;
    }

    std::string target_of(const std::string& path, const json::array& parameters) {
        std::string target = path;
        std::string query;
        for (const auto& reference : parameters) {
            const auto& parameter = values_.resolved(reference);
            const auto name = std::string(parameter.at("name").as_string());
            const auto place = parameter.at("in").as_string();
            const auto known = known_.find(name);
            const auto text = known != known_.end() && values_.chance(60) ? known->second
                              : values_.chance(75)                        ? values_.fitting_text(parameter.at("schema"))
                                                                          : values_.hostile_text();
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

    // A sub-service on which the operation can be carried out.
    // On whatever terms the walk has come to set, orders would not be granted any more.
    void set_terms_back() {
        op_.patch("/api/v1/operators/op", R"({"billing": {}, "payment": {}})");
        op_.put("/api/v1/policies", R"({"items": []})");
        op_.patch("/api/v1/subscribers/s0", R"({"billing": {}, "payment": {}})");
    }

    void prepare_sub_service(const std::string& operation) {
        set_terms_back();
        const auto code = "w" + std::to_string(++sold_);
        op_.post("/api/v1/subscribers/s0/sub-services",
                 R"({"code": ")" + code + R"(", "service": "net", "date": "2026-01-10", "activate": )" +
                     (operation == "activate" ? "false" : "true") + R"(, "add_ons": [{"code": "ip"}]})");
        const std::map<std::string, std::string> before{{"resume", "suspend"}, {"restore_data", "exhaust-data"}};
        if (const auto first = before.find(operation); first != before.end())
            op_.post(sub_service_path("s0", code) + "/" + first->second, R"({"date": "2026-01-10"})");
        known_["sub_service"] = code;
    }

    // Money that may go back, a document that may be corrected.
    void prepare_books(const std::string& id) {
        set_terms_back();
        const auto code = "p" + std::to_string(++sold_);
        make_subscriber(op_, code);
        sell_net(op_, code, "home", "2026-01-10");
        op_.bill("2026-01-31");
        known_["document"] = op_.get("/api/v1/documents?subscriber=" + code).text("/items/0/number");
        known_["subscriber"] = id == "transfer_money" ? "q" + std::to_string(sold_) : "s0";
        make_subscriber(op_, "q" + std::to_string(sold_));
        known_["payment"] =
            op_.post("/api/v1/payments", R"({"subscriber": "q)" + std::to_string(sold_) +
                                             R"(", "date": "2026-01-10", "amount": )" + money("90000000.00") + "}")
                .text("/id");
    }

    // An endpoint with a delivery; there may not be many.
    void prepare_webhook() {
        if (known_.contains("webhook_endpoint")) op_.del("/api/v1/webhook-endpoints/" + known_["webhook_endpoint"]);
        const auto made = op_.post("/api/v1/webhook-endpoints",
                                   R"({"url": "https://127.0.0.1:1/", "event_types": ["bill_run.failed"]})");
        known_["webhook_endpoint"] = made.text("/id");
        known_["webhook_delivery"] = op_.post(made.header("Location") + "/test").text("/id");
    }

    // A discount that nothing goes back to, or one with a code and a grant.
    void prepare_discount(const std::string& operation) {
        const auto code = "d" + std::to_string(++sold_);
        op_.post("/api/v1/discounts", R"({"code": ")" + code + R"(", "percent": "5"})");
        known_["discount"] = known_["promo_code"] = code;
        if (operation == "remove_discount") return;
        op_.post("/api/v1/promo-codes", R"({"code": ")" + code + R"(", "discount": ")" + code + R"("})");
        known_["discount_grant"] =
            op_.post("/api/v1/discount-grants",
                     R"({"subscriber": "s0", "date": "2026-01-10", "discount": ")" + code + "\"}")
                .text("/id");
    }

    // A line that waits for a clerk, or one that was set aside.
    void prepare_bank_line(const std::string& operation) {
        const auto made =
            op_.post("/api/v1/bank-statements", R"({"file": "d,a,t\n2026-02-10,1.00,walk )" + std::to_string(++sold_) +
                                                    R"(\n", "mapping": {"account": "1", "date": "d", "amount": "a",
                                       "reference": "t"}})");
        known_["bank_statement"] = made.text("/statement/id");
        known_["bank_line"] = op_.get("/api/v1/bank-lines?statement=" + known_["bank_statement"]).text("/items/0/id");
        if (operation == "take_back_bank_line")
            op_.post("/api/v1/bank-lines/" + known_["bank_line"] + "/set-aside", R"({"reason": "walk"})");
    }

    // What a header may hold, without what ends it.
    std::string header_text() {
        auto text = values_.hostile_text();
        std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
        return text.substr(0, 2'000);
    }

    Headers headers() {
        Headers all;
        if (values_.chance(20)) all.emplace_back("Idempotency-Key", "k" + std::to_string(values_.number(1, 50)));
        if (values_.chance(5)) all.emplace_back("If-Match", "\"" + std::to_string(values_.number(1, 9)) + "\"");
        for (const auto* name :
             {"If-Match", "If-None-Match", "Accept", "Accept-Encoding", "X-Request-Id", "Range", "Expect",
              "Content-Type", "Sluice-Operator", "Idempotency-Key", "Cookie", "X-Forwarded-For"})
            if (values_.chance(2)) all.emplace_back(name, header_text());
        return all;
    }

    // Whether the description finds something wrong with it.
    static bool is_faulty(const Question& question) {
        const auto query = question.target.find('?');
        const auto found = description().match(question.method, std::string_view(question.target).substr(0, query));
        const auto* match = std::get_if<serve::api::Match>(&found);
        if (!match) return false;
        serve::api::Texts values;
        const auto behind = query == std::string::npos ? "" : question.target.substr(query + 1);
        if (!description().check_path(*match->operation, match->path).empty()) return true;
        if (!description().check_query(*match->operation, behind, values).empty()) return true;
        if (question.body.empty()) return match->operation->needs_body;
        if (!match->operation->takes_body) return true;
        const auto parsed = serve::api::parse_json(question.body);
        const auto* body = std::get_if<json::value>(&parsed);
        return !body || !description().check_body(*match->operation, *body).empty();
    }

    void ask(const std::string& method, const std::string& path, const json::object& operation,
             const json::array& of_path) {
        auto parameters = of_path;
        if (const auto* own = operation.if_contains("parameters"))
            for (const auto& parameter : own->as_array()) parameters.push_back(parameter);
        const Question question{.method = method,
                                .target = target_of(path, parameters),
                                .headers = headers(),
                                .body = body_of(operation),
                                .is_good = false};
        const auto began = std::chrono::steady_clock::now();
        const auto reply = op_.ask(question);
        const auto took = std::chrono::steady_clock::now() - began;
        ++asked_[reply.status / 100];
        good_[std::string(operation.at("operationId").as_string())] += reply.status < 400;
        const auto told = [&] {
            return std::to_string(reply.status) + " to " + method + " " + question.target + "\n" + question.body +
                   "\n" + reply.body;
        };
        EXPECT_TRUE(reply.status >= 200 && reply.status < 500) << told();
        EXPECT_LT(took, std::chrono::seconds(5)) << told();
        EXPECT_TRUE(reply.status >= 400 || !is_faulty(question)) << "the description refuses it: " << told();
    }

    std::uint32_t seed_ = number_from("SLUICE_SEED", 4'711);
    std::mt19937 random_{seed_};
    Values values_{description_json(), random_};
    Client op_ = make_operator(platform(), "op");
    std::map<std::string, std::string> known_;  // what there is, by the parameter that names it
    int sold_ = 0;
    std::map<int, int> asked_;         // by class of status
    std::map<std::string, int> good_;  // by operation: how many were granted
};

TEST_F(Walk, NothingThatIsAskedMakesTheServerFail) {
    SCOPED_TRACE("SLUICE_SEED=" + std::to_string(seed_));
    const auto times = number_from("SLUICE_WALK", 150);
    for (const auto& [path, item] : description_json().at("paths").as_object()) {
        if (!path.starts_with("/api/v1/")) continue;
        const auto* of_path = item.as_object().if_contains("parameters");
        for (const auto& [method, operation] : item.as_object()) {
            if (method == "parameters") continue;
            std::string capitals(method);
            for (auto& letter : capitals) letter = static_cast<char>(std::toupper(letter));
            const auto id = std::string(operation.at("operationId").as_string());
            // Four names have to fit at once; or a unit, a service and what is sold with it.
            const auto how_often = id == "remove_add_on" || id == "place_order" ? 4 * times : times;
            for (std::uint32_t i = 0; i < how_often; ++i) {
                if (i % 10 == 0 && path.find("{sub_service}") != std::string::npos) prepare_sub_service(id);
                if (i % 10 == 0 && corrections.contains(id)) prepare_books(id);
                if (i % 10 == 0 && path.find("{bank_") != std::string::npos) prepare_bank_line(id);
                if (i % 10 == 0 && path.find("{webhook_") != std::string::npos) prepare_webhook();
                if (i % 10 == 0 &&
                    (path.find("{discount") != std::string::npos || path.find("{promo_code}") != std::string::npos))
                    prepare_discount(id);
                if (i % 10 == 0 && path.find("{user}") != std::string::npos)
                    known_["user"] = op_.post("/api/v1/users", R"({"login": "u)" + std::to_string(++sold_) +
                                                                   R"(@example.com", "name": "U", "grants":
                                                  [{"operator": "op", "role": "clerk"}]})")
                                         .text("/id");
                if (i % 10 == 0 && path.find("{note}") != std::string::npos)
                    known_["note"] = op_.post("/api/v1/subscribers/s0/notes", R"({"text": "walk"})").text("/id");
                if (i % 10 == 0 && id == "remove_message_template")
                    op_.put("/api/v1/message-templates/document_issued/en", R"({"subject": "x", "body": "y"})");
                ask(capitals, std::string(path), operation.as_object(), of_path ? of_path->as_array() : json::array());
            }
            if (HasFailure()) return;
        }
    }
    EXPECT_GT(asked_[2], 1'000) << "enough of it was good";
    EXPECT_GT(asked_[4], 1'000) << "enough of it was not";
    for (const auto& [operation, times_granted] : good_)
        EXPECT_TRUE(times_granted > 0 || never_granted.contains(operation)) << operation << " was never granted";
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
