// What parse_json reads, written and read again, is the same; what it refuses, it refuses in words.
#include "fuzz/fuzz.hpp"
#include "serve/api/description.hpp"
#include "serve/text/utf8.hpp"

using namespace sluice;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parsed = serve::api::parse_json(fuzz::text(data, size));
    if (const auto* problem = std::get_if<std::string>(&parsed)) {
        fuzz::must(!problem->empty() && serve::is_utf8(*problem), "a refusal is a sentence");
        fuzz::must(!serve::has_control_character(*problem), "a refusal is one line");
        return 0;
    }
    const auto& value = std::get<boost::json::value>(parsed);
    const auto again = serve::api::parse_json(boost::json::serialize(value));
    fuzz::must(again.index() == 0, "what was written is read");
    fuzz::must(std::get<boost::json::value>(again) == value, "what was written is read as it was");
    return 0;
}
