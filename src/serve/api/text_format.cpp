#include "serve/api/text_format.hpp"

#include <array>
#include <string>
#include <utility>

#include "serve/yaml/fields.hpp"
#include "values/currency.hpp"
#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/zone.hpp"

namespace sluice::serve::api {
namespace {

constexpr std::array<std::pair<std::string_view, TextFormat>, 10> names{{
    {"date", TextFormat::date},
    {"date-time", TextFormat::instant},
    {"decimal", TextFormat::decimal},
    {"code", TextFormat::code},
    {"time-zone", TextFormat::time_zone},
    {"currency", TextFormat::currency},
    {"multiline", TextFormat::multiline},
    {"uri", TextFormat::plain},
    {"email", TextFormat::plain},
    {"password", TextFormat::plain},
}};

bool is_fine(TextFormat format, std::string_view text) {
    switch (format) {
        case TextFormat::plain:
        case TextFormat::multiline:
            return true;
        case TextFormat::date:
            return Date::parse(text).has_value();
        case TextFormat::instant:
            return parse_instant(text).has_value();
        case TextFormat::decimal:
            return Decimal::parse(text).has_value();
        case TextFormat::code:
            return is_code(text);
        case TextFormat::time_zone:
            return Zone::named(std::string(text)).has_value();
        case TextFormat::currency:
            return Currency::from_code(text).has_value();
    }
    return false;
}

std::string_view sentence(TextFormat format) {
    switch (format) {
        case TextFormat::plain:
        case TextFormat::multiline:
            return "";
        case TextFormat::date:
            return "is no date; write year-month-day, as 2026-01-31";
        case TextFormat::instant:
            return "is no point in time; write it as 2026-01-31T08:00:00Z";
        case TextFormat::decimal:
            return "is no decimal number; write digits with a point and at most 9 decimals, as 12.50, up to 10^18";
        case TextFormat::code:
            return "is no code; write 1 to 64 letters, digits, dots, colons, _ or -";
        case TextFormat::time_zone:
            return "is no time zone; write its name, as Asia/Kolkata";
        case TextFormat::currency:
            return "is no currency; write the three capital letters of ISO 4217, as USD";
    }
    return "";
}

}  // namespace

std::optional<TextFormat> text_format_named(std::string_view name) {
    for (const auto& [known, format] : names)
        if (known == name) return format;
    return std::nullopt;
}

std::string_view complaint(TextFormat format, std::string_view text) {
    return is_fine(format, text) ? std::string_view{} : sentence(format);
}

}  // namespace sluice::serve::api
