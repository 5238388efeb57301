// Settings that people read, change in a file and hand back: `show --json` writes the file, `set` reads it.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "serve/cli/client.hpp"

namespace sluice::serve {

// What `show --json` prints: the answer, and before it the member "etag", by which `set` notices that somebody else has
// changed it since.
boost::json::object file_of(const Edition& read);

struct SettingsFile {
    boost::json::object settings;
    std::string etag;  // empty: none is in it, and whatever is there now gets changed
};
// `file`: its path; "-" for standard input. Throws BadInput with the place where it is no JSON.
SettingsFile read_settings_file(const std::string& file);

// "prepaid", "yes", "50.00 USD", "10, 5, 4", "model pro_rata; cycle_day 1" (without what is null); "-" for null.
std::string setting_text(const boost::json::value& value);

}  // namespace sluice::serve
