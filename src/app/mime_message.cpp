#include "app/mime_message.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/base64.hpp"

namespace sluice::app {
namespace {

constexpr std::size_t longest_plain_header = 60;
constexpr std::size_t bytes_in_word = 39;  // a line has at most 76 characters, with "Subject: " before it
constexpr std::size_t longest_line = 75;   // and a = at its end

bool is_printable(char c) { return c >= ' ' && c <= '~'; }
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// In one line.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, ' ');
    return line;
}

// A name before an address: quoted, or encoded.
std::string phrase(std::string_view name) {
    const auto line = one_line(name);
    const auto encoded = encoded_words(line);
    if (encoded != line) return encoded;
    std::string quoted = "\"";
    for (const char c : line) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\"";
}

std::string date_text(Instant at) {
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    std::array<char, 64> text{};
    const auto written = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                                       days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                                       months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                                       static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                                       static_cast<int>(time.seconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(written));
}

}  // namespace

std::string encoded_words(std::string_view text) {
    const bool is_plain = text.size() <= longest_plain_header && std::all_of(text.begin(), text.end(), is_printable) &&
                          text.find("=?") == std::string_view::npos && !text.starts_with(' ') && !text.ends_with(' ');
    if (is_plain) return std::string(text);
    std::string words;
    while (!text.empty()) {
        auto size = std::min(bytes_in_word, text.size());
        while (size < text.size() && size > 1 && continues_character(text[size])) --size;  // between characters
        words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return words;
}

std::string quoted_printable(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (c == '\n') {
            encoded += "\r\n";
            column = 0;
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        const bool is_plain = is_printable(c) && c != '=' && !(c == ' ' && ends_line);
        const std::size_t width = is_plain ? 1 : 3;
        if (column + width > longest_line) {
            encoded += "=\r\n";
            column = 0;
        }
        if (is_plain) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            ((encoded += '=') += digits[byte >> 4]) += digits[byte & 0xF];
        }
        column += width;
    }
    return encoded;
}

std::string mime_message(const MailText& mail) {
    const auto domain = mail.from_address.substr(mail.from_address.find('@') + 1);
    std::string text = "Date: " + date_text(mail.at) + "\r\n";
    text += "From: " + (mail.from_name.empty() ? std::string{} : phrase(mail.from_name) + " ") + "<" +
            mail.from_address + ">\r\n";
    text += "To: <" + mail.to + ">\r\n";
    if (!mail.reply_to.empty()) text += "Reply-To: <" + mail.reply_to + ">\r\n";
    text += "Subject: " + encoded_words(one_line(mail.subject)) + "\r\n";
    text += "Message-ID: <" + mail.id + "@" + domain + ">\r\n";
    text += "Auto-Submitted: auto-generated\r\n";
    text += "MIME-Version: 1.0\r\n";
    text += "Content-Type: text/plain; charset=utf-8\r\n";
    text += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    text += quoted_printable(mail.body);
    if (!text.ends_with("\r\n")) text += "\r\n";
    return text;
}

}  // namespace sluice::app
