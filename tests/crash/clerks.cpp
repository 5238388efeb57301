#include "crash/clerks.hpp"

#include "api/world.hpp"

namespace sluice::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
constexpr std::chrono::seconds patience{60};  // while a database starts again, an answer takes its time
// Sold and billed on one day, changed on the next: so it makes no difference when a bill run comes in between.
const std::string changed_on = R"("date": "2026-01-11"})";

std::string between(const std::string& text, const std::string& before, char after) {
    const auto at = text.find(before);
    if (at == std::string::npos) return {};
    const auto begin = at + before.size();
    const auto end = text.find(after, begin);
    return end == std::string::npos ? "" : text.substr(begin, end - begin);
}

bool says_nothing_was_changed(const Reply& reply) {
    return reply.text("/detail").find("nothing was changed") != std::string::npos;
}

}  // namespace

Server::Server(const Place& at, std::filesystem::path log) : address_(at.address()), log_(std::move(log)) { start(); }

void Server::start() {
    program_ = std::make_unique<Program>(
        std::vector<std::string>{"serve", "--db", address_, "--listen", "127.0.0.1:0", "--log-level", "warn"}, log_);
    const auto end = steady_clock::now() + patience;
    std::string port;
    while (port.empty() && steady_clock::now() < end && !program_->ends_within(milliseconds(2)))
        port = between(program_->said(), "on http://localhost:", ' ');
    if (port.empty()) throw std::runtime_error("sluice serve did not come up: " + program_->said());
    if (const auto key = between(program_->said(), "  slk_", '\n'); !key.empty()) first_key_ = "slk_" + key;
    port_ = static_cast<std::uint16_t>(std::stoi(port));
}

int Server::stop() {
    program_->terminate();
    return program_->wait();
}

Clerk::Clerk(int number, Client client, const Server& server, std::uint32_t seed)
    : number_(number),
      subscriber_("c" + std::to_string(number)),
      client_(std::move(client)),
      server_(server),
      random_(seed + static_cast<std::uint32_t>(number)) {}

void Clerk::work_until(const std::atomic<bool>& is_over) {
    send("/api/v1/subscribers", R"({"code": ")" + subscriber_ + R"(", "contact": "Contact"})", 201);
    while (!is_over && !testing::Test::HasFailure()) {
        step();
        std::this_thread::sleep_for(milliseconds(chance(0, 10)));
    }
}

void Clerk::step() {
    if (sub_services_ == 0) return sell();
    switch (chance(0, 9)) {
        case 0:
            return sell();
        case 1:
        case 2:
            return add_add_on();
        case 3:
        case 4:
            return suspend_or_resume();
        case 5:
            return send("/api/v1/bill-runs", R"({"through": "2026-01-10"})", 202);
        case 6:
            return run_many_commands();
        case 7:
            return pay_without_a_key();
        default:
            return pay();
    }
}

void Clerk::sell() {
    send("/api/v1/subscribers/" + subscriber_ + "/sub-services",
         R"({"code": "n)" + std::to_string(++sub_services_) +
             R"(", "service": "net", "add_ons": [{"code": "ip"}], "activate": true, "date": "2026-01-10"})",
         201);
    is_suspended_ = false;
}

void Clerk::add_add_on() {
    if (is_suspended_) return suspend_or_resume();
    send(sub_service_path(subscriber_, "n" + std::to_string(sub_services_)) + "/add-add-on",
         R"({"add_on": "install", )" + changed_on, 200);
}

void Clerk::suspend_or_resume() {
    send(sub_service_path(subscriber_, "n" + std::to_string(sub_services_)) + (is_suspended_ ? "/resume" : "/suspend"),
         "{" + changed_on, 200);
    is_suspended_ = !is_suspended_;
}

std::string Clerk::payment(const std::string& amount, const std::string& reference) const {
    return R"("subscriber": ")" + subscriber_ + R"(", "amount": )" + money(amount) + R"(, "reference": ")" + reference +
           R"(", "date": "2026-01-10"})";
}

void Clerk::pay() {
    const auto reference = new_reference();
    send("/api/v1/payments", "{" + payment("1.00", reference), 201);
    payments_.insert(reference);
}

// Which nobody may take for a request that can be sent again.
void Clerk::pay_without_a_key() {
    const auto reference = new_reference();
    const Question question{.method = "POST",
                            .target = "/api/v1/payments",
                            .body = "{" + payment("0.01", reference),
                            .longest_answer = patience};
    auto reply = client_.ask(question);
    EXPECT_TRUE(reply.status == 201 || reply.status == 503 || reply.status == 0) << reply.status << " " << reply.body;
    auto& kind = reply.status == 201               ? payments_
                 : says_nothing_was_changed(reply) ? refused_payments_
                                                   : uncertain_payments_;
    kind.insert(reference);
    asked_.push_back({question, std::move(reply), reference});
}

// Each of which would be refused the second time, but the payments.
void Clerk::run_many_commands() {
    std::string commands = R"({"command": "create_unit", "subscriber": ")" + subscriber_ + R"(", "code": "u)" +
                           std::to_string(asked_.size()) + R"(", "name": "U"})";
    std::set<std::string> references;
    for (int i = 0; i < 3; ++i) {
        const auto reference = *references.insert(new_reference()).first;
        commands += R"(, {"command": "record_payment", )" + payment("0.10", reference);
    }
    send("/api/v1/commands", R"({"commands": [)" + commands + "]}", 200);
    EXPECT_EQ(asked_.back().reply.text("/refused"), "0") << asked_.back().reply.body;
    payments_.merge(references);
}

void Clerk::send(const std::string& target, const std::string& body, int expected_status) {
    Question question{.method = "POST",
                      .target = target,
                      .headers = {{"Idempotency-Key", subscriber_ + "-" + std::to_string(asked_.size())}},
                      .body = body,
                      .longest_answer = patience};
    const int lost_before = lost_answers_;
    auto reply = ask_until_answered(question);
    EXPECT_EQ(reply.status, expected_status) << target << " " << body << "\n" << reply.body;
    const bool was_lost = lost_answers_ > lost_before;
    if (was_lost && !asked_.empty()) expect_the_same_again(asked_.back());  // which was answered before the end
    asked_.push_back({std::move(question), std::move(reply)});
}

Reply Clerk::ask_until_answered(const Question& question) {
    const auto end = steady_clock::now() + patience;
    bool is_lost = false;
    bool is_unknown = false;  // whether it has been done
    for (;;) {
        auto reply = client_.ask(question);
        if (reply.status != 0 && reply.status != 503) {
            const bool was_done = is_lost && reply.header("Idempotency-Replayed") == "true";
            EXPECT_TRUE(!was_done || is_unknown) << question.target << " was said to have changed nothing";
            lost_answers_ += is_lost;
            found_done_ += was_done;
            return reply;
        }
        is_unknown = is_unknown || !says_nothing_was_changed(reply);
        if (steady_clock::now() > end) {
            ADD_FAILURE() << "no answer to " << question.target << ": " << reply.body;
            return reply;
        }
        is_lost = true;
        std::this_thread::sleep_for(milliseconds(3));
        if (reply.status == 0) client_ = Client(client_.at_port(server_.port()));
    }
}

void Clerk::expect_the_same_again(const Asked& asked) {
    if (!asked.reference.empty()) return;
    const auto again = ask_until_answered(asked.question);
    EXPECT_EQ(again.status, asked.reply.status) << asked.question.target << " " << again.body;
    EXPECT_EQ(again.body, asked.reply.body);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true") << asked.question.target;
}

void Clerk::expect_the_same_answers_again() {
    for (const auto& asked : asked_) {
        expect_the_same_again(asked);
        if (testing::Test::HasFailure()) return;
    }
}

}  // namespace sluice::test
