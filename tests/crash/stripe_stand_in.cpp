#include "crash/stripe_stand_in.hpp"

#include "connect/gateways/stripe/signature.hpp"
#include "connect/http_client/curl_client.hpp"

namespace sluice::test {
namespace {

using namespace std::chrono_literals;
namespace http = serve::http;

constexpr int senders = 6;

// The value of a member of a form, as it is written there.
std::string in_form(std::string_view form, std::string_view name) {
    const auto begin = form.find(std::string(name) + "=");
    if (begin == std::string_view::npos) return {};
    const auto from = begin + name.size() + 1;
    return std::string(form.substr(from, form.find('&', from) - from));
}

}  // namespace

StripeStandIn::StripeStandIn(Conduct conduct) : conduct_(std::move(conduct)) {
    http::ServerOptions options;
    options.port = 0;
    options.io_threads = 1;
    server_ = std::make_unique<http::Server>(options, static_cast<http::Service&>(*this));
    server_->start();
    threads_.emplace_back([this] { keep_time(); });
    for (int i = 0; i < senders; ++i) threads_.emplace_back([this] { send_webhooks(); });
}

StripeStandIn::~StripeStandIn() {
    {
        const std::scoped_lock lock(time_mutex_, webhooks_mutex_);
        stopping_ = true;
    }
    time_.notify_all();
    webhooks_wake_.notify_all();
    for (auto& thread : threads_) thread.join();
    server_->stop(1s);
}

std::string StripeStandIn::url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

std::map<std::string, StripeStandIn::Moved> StripeStandIn::moved() {
    const std::lock_guard lock(mutex_);
    return moved_;
}
std::size_t StripeStandIn::count_moved() {
    const std::lock_guard lock(mutex_);
    return moved_.size();
}
std::size_t StripeStandIn::untold() {
    const std::lock_guard lock(webhooks_mutex_);
    return untold_;
}

http::Response StripeStandIn::refuse(int status, std::string_view detail, const std::string&) const {
    return {status, "text/plain", std::string(detail)};
}

void StripeStandIn::handle(http::Request request, http::Answer answer) {
    auto body = answer_to(request);
    const auto number = ++requests_;
    const bool is_silent = conduct_.one_in_silent != 0 && number % conduct_.one_in_silent == 0;
    if (is_silent) ++silent_;
    later(is_silent ? conduct_.silence : conduct_.latency, [body = std::move(body), answer = std::move(answer)] {
        answer({body.empty() ? 404 : 200, "application/json", body});
    });
}

std::string StripeStandIn::json_of(const std::string& id, const Intent& intent) const {
    return R"({"id":")" + id + R"(","object":"payment_intent","currency":"usd","status":")" + intent.status +
           R"(","amount":)" + std::to_string(intent.amount) + R"(,"amount_received":)" +
           (intent.status == "succeeded" ? std::to_string(intent.amount) : "0") + R"(,"metadata":{"sluice_attempt":")" +
           intent.attempt + R"("}})";
}

std::string StripeStandIn::create(const http::Request& request) {
    const auto key = std::string(request.header("Idempotency-Key"));
    const auto known = by_key_.find(key);
    const auto id = known != by_key_.end() ? known->second : "pi_" + std::to_string(++count_);
    if (known == by_key_.end()) {
        by_key_.emplace(key, id);
        intents_.emplace(id, Intent{in_form(request.body, "metadata%5Bsluice_attempt%5D"),
                                    std::stoll(in_form(request.body, "amount")), "requires_confirmation"});
    }
    return json_of(id, intents_.at(id));
}

std::string StripeStandIn::answer_to(const http::Request& request) {
    const std::string path = "/v1/payment_intents";
    const std::lock_guard lock(mutex_);
    if (request.method == "POST" && request.target == path) return create(request);
    const auto rest = request.target.substr(std::min(request.target.size(), path.size() + 1));
    const auto id = rest.substr(0, rest.find_first_of("/?"));
    const auto found = intents_.find(id);
    if (found == intents_.end()) return {};
    auto& intent = found->second;
    const bool is_open = intent.status == "requires_confirmation";
    if (rest.ends_with("/cancel") && is_open) intent.status = "canceled";
    if (rest.ends_with("/confirm") && is_open) {
        intent.status = "succeeded";
        auto& moved = moved_[intent.attempt];
        ++moved.times;
        moved.amount += intent.amount;
        const std::lock_guard webhooks_lock(webhooks_mutex_);
        webhooks_.push(R"({"id":"evt_)" + id +
                       R"(","object":"event","type":"payment_intent.succeeded","data":{"object":)" +
                       json_of(id, intent) + "}}");
        ++untold_;
        webhooks_wake_.notify_one();
    }
    return json_of(id, intent);
}

void StripeStandIn::later(std::chrono::milliseconds after, std::function<void()> action) {
    const std::lock_guard lock(time_mutex_);
    const auto at = std::chrono::steady_clock::now() + after;
    const bool is_first = due_.empty() || at < due_.top().at;
    due_.push({at, std::move(action)});
    if (is_first) time_.notify_one();
}

void StripeStandIn::keep_time() {
    std::unique_lock lock(time_mutex_);
    while (!stopping_) {
        if (due_.empty()) {
            time_.wait(lock);
        } else if (const auto next = due_.top().at; next > std::chrono::steady_clock::now()) {
            time_.wait_until(lock, next);
        } else {
            const auto action = due_.top().action;
            due_.pop();
            lock.unlock();
            action();
            lock.lock();
        }
    }
    while (!due_.empty()) {
        due_.top().action();
        due_.pop();
    }
}

// Again and again, until Sluice has taken it.
void StripeStandIn::send_webhooks() {
    const auto client = connect::curl_client();
    for (std::uint64_t number = 1;; ++number) {
        std::string body;
        {
            std::unique_lock lock(webhooks_mutex_);
            webhooks_wake_.wait(lock, [&] { return stopping_ || !webhooks_.empty(); });
            if (stopping_) return;
            body = std::move(webhooks_.front());
            webhooks_.pop();
        }
        const bool is_twice = conduct_.one_in_twice != 0 && number % conduct_.one_in_twice == 0;
        if (is_twice) ++twice_;
        for (int times = is_twice ? 2 : 1; times > 0;) {
            const auto now = std::to_string(
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                    .count());
            const app::HttpRequest request{
                .method = "POST",
                .url = "http://127.0.0.1:" + std::to_string(conduct_.port()) + conduct_.webhook,
                .headers = {{"Content-Type", "application/json"},
                            {"Stripe-Signature",
                             "t=" + now + ",v1=" + connect::stripe::hmac(conduct_.secret, now + "." + body)}},
                .body = body,
                .longest_seconds = 10};
            try {
                if (client->send(request).status == 200) {
                    --times;
                    continue;
                }
            } catch (const app::HttpFailure&) {
                // It is being started again.
            }
            std::unique_lock lock(webhooks_mutex_);
            if (webhooks_wake_.wait_for(lock, 200ms, [&] { return stopping_; })) return;
        }
        const std::lock_guard lock(webhooks_mutex_);
        --untold_;
    }
}

}  // namespace sluice::test
