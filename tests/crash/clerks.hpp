// A server that may be gone at any moment, and clerks who do not give up: whoever has no answer asks again under the
// same key, until there is one.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/client.hpp"
#include "crash/crash.hpp"

namespace sluice::test {

class Server {
public:
    Server(const Place& at, std::filesystem::path log);

    void start();  // on another free port each time
    void kill_9() { program_->kill_9(); }
    int stop();  // GIVES: its exit status
    Program& program() { return *program_; }

    std::uint16_t port() const { return port_; }
    const std::string& first_key() const { return first_key_; }
    Client platform() const { return {port(), first_key()}; }

private:
    std::string address_;
    std::filesystem::path log_;
    std::unique_ptr<Program> program_;
    std::atomic<std::uint16_t> port_ = 0;
    std::string first_key_;
};

// What was asked, and the answer that came in the end.
struct Asked {
    Question question;
    Reply reply;
    std::string reference = {};  // of a payment without a key, which is asked for once
};

// One who works for a subscriber of their own, so that nobody else explains a refusal: each request must succeed, and
// one that were done twice would not.
class Clerk {
public:
    Clerk(int number, Client client, const Server& server, std::uint32_t seed);

    void work_until(const std::atomic<bool>& is_over);
    // Asks again for everything that was answered, and expects the same answers.
    void expect_the_same_answers_again();

    const std::vector<Asked>& asked() const { return asked_; }
    // Payments by their references: recorded; refused, with nothing changed; and those of which nobody knows, because
    // there was no key and no answer.
    const std::set<std::string>& payments() const { return payments_; }
    const std::set<std::string>& refused_payments() const { return refused_payments_; }
    const std::set<std::string>& uncertain_payments() const { return uncertain_payments_; }
    int lost_answers() const { return lost_answers_; }
    int found_done() const { return found_done_; }  // of the lost answers, those to what had been done

private:
    void step();
    void sell();
    void add_add_on();
    void suspend_or_resume();
    void pay();
    void pay_without_a_key();
    void run_many_commands();
    void send(const std::string& target, const std::string& body, int expected_status);
    Reply ask_until_answered(const Question& question);
    void expect_the_same_again(const Asked& asked);
    std::string new_reference() { return subscriber_ + "-" + std::to_string(++references_); }
    std::string payment(const std::string& amount, const std::string& reference) const;
    int chance(int from, int to) { return std::uniform_int_distribution(from, to)(random_); }

    int number_;
    std::string subscriber_;
    Client client_;
    const Server& server_;
    std::mt19937 random_;
    std::vector<Asked> asked_;
    std::set<std::string> payments_;
    std::set<std::string> refused_payments_;
    std::set<std::string> uncertain_payments_;
    int references_ = 0;
    int sub_services_ = 0;
    bool is_suspended_ = false;  // the last of them
    int lost_answers_ = 0;
    int found_done_ = 0;
};

}  // namespace sluice::test
