#include "connect/mail/curl_mailer.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace sluice::connect {
namespace {

constexpr long connect_seconds = 10;
constexpr long longest_seconds = 60;
constexpr long first_refusal = 500;  // replies from here on say "never"

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

struct Recipients {
    explicit Recipients(const std::string& address) : list(curl_slist_append(nullptr, address.c_str())) {
        if (!list) throw app::MailFailure("there is no memory for a message");
    }
    ~Recipients() { curl_slist_free_all(list); }
    Recipients(const Recipients&) = delete;
    Recipients& operator=(const Recipients&) = delete;

    curl_slist* list;
};

std::size_t give(char* buffer, std::size_t, std::size_t size, void* rest) {
    auto& text = *static_cast<std::string_view*>(rest);
    const auto count = std::min(size, text.size());
    std::memcpy(buffer, text.data(), count);
    text.remove_prefix(count);
    return count;
}

// The server's last words, which say more than libcurl does.
std::size_t hear(const char* line, std::size_t, std::size_t size, void* last) {
    std::string_view text(line, size);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    static_cast<std::string*>(last)->assign(text);
    return size;
}

class CurlMailer final : public app::Mailer {
public:
    CurlMailer() : easy_(make_handle()) {}

    void send(const app::MailServer& server, const std::string& from, const std::string& to,
              const std::string& message) override {
        auto* easy = easy_.get();
        curl_easy_reset(easy);  // all but the connection
        std::array<char, CURL_ERROR_SIZE> error{};
        const auto host = server.host.find(':') == std::string::npos ? server.host : "[" + server.host + "]";
        const auto url = (server.security == app::MailServer::Security::tls ? "smtps://" : "smtp://") + host + ":" +
                         std::to_string(server.port);
        Recipients recipients("<" + to + ">");
        const auto sender = "<" + from + ">";
        std::string_view rest = message;
        std::string last;
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect_seconds);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT, longest_seconds);
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        // STARTTLS that was asked for is never gone without: who sits between could take it away.
        curl_easy_setopt(
            easy, CURLOPT_USE_SSL,
            static_cast<long>(server.security == app::MailServer::Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        // As other programs of OpenSSL take it: for a certificate that a house has signed itself.
        if (const char* authorities = std::getenv("SSL_CERT_FILE")) curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
        if (!server.username.empty()) {
            curl_easy_setopt(easy, CURLOPT_USERNAME, server.username.c_str());
            curl_easy_setopt(easy, CURLOPT_PASSWORD, server.password.c_str());
        }
        curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
        curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.list);
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &give);
        curl_easy_setopt(easy, CURLOPT_READDATA, &rest);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &hear);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &last);
        const auto code = curl_easy_perform(easy);
        if (code == CURLE_OK) return;
        long reply = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply);
        const std::string why = error[0] != '\0' ? error.data() : curl_easy_strerror(code);
        const auto told = reply >= 400 && last.starts_with(std::to_string(reply)) ? why + " (" + last + ")" : why;
        // Not who we are, but the message or its recipient: what is wrong with the settings can be mended.
        const bool is_about_the_message = code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
                                          code == CURLE_UPLOAD_FAILED || code == CURLE_RECV_ERROR;
        if (is_about_the_message && reply >= first_refusal) throw app::MailRefused(told);
        throw app::MailFailure(told);
    }

private:
    static Easy make_handle() {
        static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
        Easy easy(ready == CURLE_OK ? curl_easy_init() : nullptr, &curl_easy_cleanup);
        if (!easy) throw app::MailFailure("libcurl does not start");
        return easy;
    }

    Easy easy_;
};

}  // namespace

std::unique_ptr<app::Mailer> curl_mailer() { return std::make_unique<CurlMailer>(); }

}  // namespace sluice::connect
