// What operators and subscribers write into e-mails: a wording is refused or filled in, and whatever comes out is one
// message with the headers that are meant.
#include <algorithm>
#include <array>

#include "app/message_template.hpp"
#include "app/mime_message.hpp"
#include "fuzz/fuzz.hpp"

using namespace sluice;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text(data, size);
    const auto end = std::min(input.find('\n'), input.size());
    const std::string value(input.substr(0, end));
    const std::string wording(input.substr(std::min(end + 1, input.size())));
    constexpr std::array<std::string_view, 1> names{"name"};
    const auto filled = app::fill_in(wording, {{"name", value}});
    if (app::fault_in_template(wording, names))
        fuzz::must(wording.find("{{") != std::string::npos, "only a placeholder is wrong with a wording");
    const auto mail = app::mime_message({.from_name = value,
                                         .from_address = "billing@metro.example",
                                         .to = "ada@example.com",
                                         .subject = filled,
                                         .body = filled,
                                         .id = "message_1",
                                         .at = {}});
    const auto head_end = mail.find("\r\n\r\n");
    fuzz::must(head_end != std::string::npos, "a message has a head and a body");
    int headers = 0;
    for (std::size_t at = 0; at < head_end + 2;) {
        const auto line_end = mail.find("\r\n", at);
        if (mail[at] != ' ') ++headers;
        at = line_end + 2;
    }
    fuzz::must(headers == 9, "nothing that is written is a header");
    fuzz::must(
        std::all_of(mail.begin(), mail.end(), [](char c) { return (c >= ' ' && c <= '~') || c == '\r' || c == '\n'; }),
        "a message is ASCII");
    return 0;
}
