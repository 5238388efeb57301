#include "values/zone.hpp"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

namespace sluice {

struct Zone::Rules {
    cctz::time_zone zone;
};

std::optional<Instant> parse_instant(std::string_view text) {
    // Years of four digits only: the calendar of Date ends there.
    if (text.size() < 20 || text.size() > 40 || text[4] != '-' || text[10] != 'T') return std::nullopt;
    cctz::time_point<std::chrono::microseconds> instant;
    if (!cctz::parse("%Y-%m-%dT%H:%M:%E*S%Ez", std::string(text), cctz::utc_time_zone(), &instant)) return std::nullopt;
    if (!Date::parse(text.substr(0, 10))) return std::nullopt;
    return Instant{instant.time_since_epoch()};
}

std::optional<Zone> Zone::named(const std::string& iana_name) {
    auto rules = std::make_shared<Rules>();
    // cctz also takes fixed offsets and paths; an operator names a place of the database.
    const bool plausible = !iana_name.empty() && iana_name.size() <= 64 && iana_name.front() != '/' &&
                           iana_name.find("..") == std::string::npos && iana_name.find(':') == std::string::npos &&
                           !iana_name.starts_with("Fixed/");
    if (!plausible || !cctz::load_time_zone(iana_name, &rules->zone)) return std::nullopt;
    return Zone{iana_name, std::move(rules)};
}

Date Zone::date_at(Instant instant) const {
    const cctz::civil_day day(
        cctz::convert(cctz::time_point<std::chrono::microseconds>{instant.time_since_epoch()}, rules_->zone));
    return Date::from_days(static_cast<std::int32_t>(day - cctz::civil_day(1970, 1, 1)));
}

std::string Zone::clock_at(Instant instant) const {
    return cctz::format("%Y-%m-%d %H:%M", cctz::time_point<std::chrono::microseconds>{instant.time_since_epoch()},
                        rules_->zone);
}

Instant Zone::instant_at(Date date, int hour) const {
    const auto day = cctz::civil_day(1970, 1, 1) + date.days_since_1970();
    const auto found = rules_->zone.lookup(cctz::civil_second(day.year(), day.month(), day.day(), hour));
    const auto seconds = found.kind == cctz::time_zone::civil_lookup::SKIPPED ? found.trans : found.pre;
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(seconds.time_since_epoch())};
}

}  // namespace sluice
