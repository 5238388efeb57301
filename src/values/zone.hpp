// The one door between instants and civil dates: the operator's IANA time zone.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "values/date.hpp"

namespace sluice {

// UTC, in microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// Reads RFC 3339: "2026-03-01T07:30:00Z", fractions of a second and offsets like "+05:30" included.
std::optional<Instant> parse_instant(std::string_view text);

class Zone {
public:
    // Nothing comes back for a name that the system's time-zone database does not have.
    static std::optional<Zone> named(const std::string& iana_name);

    // The civil date that clocks in the zone show at `instant`.
    Date date_at(Instant instant) const;
    // The clocks there, as "2026-03-29 02:00".
    std::string clock_at(Instant instant) const;
    // When clocks there show that hour of that date: the first time, when they show it twice; when they skip it, the
    // moment at which they go on.  REQUIRES: hour 0..23.
    Instant instant_at(Date date, int hour) const;
    const std::string& name() const { return name_; }

private:
    struct Rules;
    Zone(std::string name, std::shared_ptr<const Rules> rules) : name_(std::move(name)), rules_(std::move(rules)) {}

    std::string name_;
    std::shared_ptr<const Rules> rules_;
};

}  // namespace sluice
