// An e-mail as it goes over the wire (RFC 5322, 2045, 2047): plain text in UTF-8. Whatever is in the texts, the headers
// are those that are meant, and none more.
#pragma once

#include <string>
#include <string_view>

#include "values/zone.hpp"

namespace sluice::app {

struct MailText {
    std::string from_name;
    std::string from_address;  // addresses: as customers::is_email_address() has them
    std::string to;
    std::string reply_to = {};
    std::string subject;
    std::string body;
    std::string id;  // the same whenever this mail is sent: doubles are known by it
    Instant at;
};

std::string mime_message(const MailText& mail);

// One header's text: words of RFC 2047 where plain ones do not do, folded.
std::string encoded_words(std::string_view text);
std::string quoted_printable(std::string_view text);

}  // namespace sluice::app
