#include "app/mime_message.hpp"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "app/base64.hpp"

namespace sluice::app {
namespace {

MailText mail() {
    return {.from_name = "Metro Fiber",
            .from_address = "billing@metro.example",
            .to = "ada@example.com",
            .subject = "Hello",
            .body = "One\nTwo\n",
            .id = "message_1",
            .at = Instant{std::chrono::seconds{1'767'225'600}}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", at)) {
        lines.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    return lines;
}

std::string decoded_words(const std::string& header) {
    std::string text;
    std::size_t at = 0;
    if (header.find("=?UTF-8?B?") == std::string::npos) return header;
    while ((at = header.find("=?UTF-8?B?", at)) != std::string::npos) {
        const auto end = header.find("?=", at + 10);
        text += parse_base64(header.substr(at + 10, end - at - 10)).value();
        at = end;
    }
    return text;
}

std::string decoded_body(const std::string& encoded) {
    std::string text;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        if (encoded[i] == '\r') continue;
        if (encoded[i] != '=') {
            text += encoded[i];
        } else if (encoded[i + 1] == '\r') {
            i += 2;
        } else {
            text += static_cast<char>(std::stoi(encoded.substr(i + 1, 2), nullptr, 16));
            i += 2;
        }
    }
    return text;
}

TEST(MimeMessage, HasTheHeadersThatAreMeantAndNoOther) {
    EXPECT_EQ(mime_message(mail()),
              "Date: Thu, 01 Jan 2026 00:00:00 +0000\r\n"
              "From: \"Metro Fiber\" <billing@metro.example>\r\n"
              "To: <ada@example.com>\r\n"
              "Subject: Hello\r\n"
              "Message-ID: <message_1@metro.example>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
              "One\r\nTwo\r\n");
}

TEST(MimeMessage, WhateverIsInATextIsNoHeader) {
    auto hostile = mail();
    hostile.subject = "Hi\r\nBcc: all@example.com\r\n\r\nbody";
    hostile.from_name = "Ada\" <evil@example.com>\r\nX: y";
    hostile.reply_to = "back@example.com";
    const auto text = mime_message(hostile);
    const auto head = lines_of(text.substr(0, text.find("\r\n\r\n") + 2));
    EXPECT_EQ(head.size(), 10U) << text;
    for (const auto& line : head) EXPECT_FALSE(line.starts_with("Bcc") || line.starts_with("X:")) << line;
}

TEST(MimeMessage, NamesAndSubjectsInAnyScriptAreEncodedAndFolded) {
    std::string subject;
    for (int i = 0; i < 40; ++i) subject += "Zażółć ";
    const auto encoded = encoded_words(subject);
    EXPECT_EQ(decoded_words(encoded), subject);
    for (const auto& line : lines_of(encoded + "\r\n")) EXPECT_LE(line.size(), 76U);
    EXPECT_EQ(encoded_words("plain"), "plain");
    EXPECT_NE(encoded_words("=?UTF-8?B?SGk=?="), "=?UTF-8?B?SGk=?=");
}

TEST(MimeMessage, BodiesComeOutAsTheyWentIn) {
    EXPECT_EQ(quoted_printable("a=b \n.\nä"), "a=3Db=20\r\n.\r\n=C3=A4");
    std::mt19937 random(7);
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        const auto size = random() % 300;
        static constexpr std::string_view pieces = "ab =.\n\t\xC3\xA4~\x7F\x01";
        for (std::size_t i = 0; i < size; ++i) text += pieces[random() % pieces.size()];
        const auto encoded = quoted_printable(text);
        ASSERT_EQ(decoded_body(encoded), text);
        for (const auto& line : lines_of(encoded + "\r\n")) {
            ASSERT_LE(line.size(), 76U);
            ASSERT_FALSE(line.ends_with(' '));
        }
        const auto header = encoded_words(text);
        ASSERT_EQ(decoded_words(header), text);
        for (const auto& line : lines_of(header + "\r\n")) ASSERT_LE(line.size(), 76U);
        for (const char c : header) ASSERT_TRUE((c >= ' ' && c <= '~') || c == '\r' || c == '\n');
    }
}

}  // namespace
}  // namespace sluice::app
