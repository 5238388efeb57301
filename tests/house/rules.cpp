#include "house/rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

namespace sluice::house {
namespace {

// In the order money walks: a folder may include those before it.
constexpr std::array<std::string_view, 14> domain_folders{
    "catalog",   "customers", "subscriptions", "usage",      "rating",  "charging",  "taxes",
    "invoicing", "ledger",    "payments",      "collection", "network", "licensing", "reports"};

// Clocks, threads and files: a decision has none of them.
constexpr std::array<std::string_view, 17> not_pure{
    "atomic",     "barrier",   "chrono",       "condition_variable", "cstdio", "ctime",
    "filesystem", "fstream",   "future",       "iostream",           "latch",  "mutex",
    "random",     "semaphore", "shared_mutex", "stop_token",         "thread"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// "domain/charging/billing.cpp" → "domain", "charging".
struct Place {
    explicit Place(std::string_view path) {
        const auto slash = path.find('/');
        ring = slash == std::string_view::npos ? "main" : path.substr(0, slash);
        if (slash == std::string_view::npos) return;
        const auto rest = path.substr(slash + 1);
        folder = rest.substr(0, std::min(rest.find('/'), rest.size()));
    }
    std::string_view ring;
    std::string_view folder;
};

std::optional<std::size_t> rank_in_domain(std::string_view folder) {
    const auto found = std::find(domain_folders.begin(), domain_folders.end(), folder);
    if (found == domain_folders.end()) return std::nullopt;
    return static_cast<std::size_t>(found - domain_folders.begin());
}

bool domain_may_include(const Place& from, const Place& to) {
    const auto mine = rank_in_domain(from.folder);
    const auto theirs = rank_in_domain(to.folder);
    return mine && theirs && *theirs <= *mine;
}

bool may_include(const Place& from, const Place& to) {
    const bool is_port = to.ring == "app" && to.folder == "ports";
    if (from.ring == "main" || to.ring == from.ring) return from.ring != "domain" || domain_may_include(from, to);
    if (to.ring == "values") return true;
    if (from.ring == "app") return to.ring == "domain";
    if (from.ring == "store" || from.ring == "connect") return to.ring == "domain" || is_port;
    if (from.ring == "serve") return to.ring == "domain" || to.ring == "app";
    return false;
}

bool is_standard(std::string_view header) {
    return header.find('/') == std::string_view::npos && header.find('.') == std::string_view::npos;
}

// Which library headers a place may use besides the standard library.
bool may_use(std::string_view file, const Place& from, std::string_view header) {
    if (from.ring == "domain") return is_standard(header) && !is_one_of(not_pure, header);
    if (is_standard(header)) return true;
    if (from.ring == "values") return file == "values/zone.cpp" && header.starts_with("cctz/");
    if (from.ring == "app") return false;
    if (header == "sqlite3.h") return from.ring == "store";
    return true;
}

class Inspection {
public:
    Inspection(const std::string& file, std::string_view text)
        : file_(file), place_(file), is_test_(file.ends_with("_test.cpp")), text_(text), source_(take_apart(text)) {}

    std::vector<Complaint> complaints() {
        includes();
        if (place_.ring == "values" || place_.ring == "domain")
            refuse(source_.code, R"(\b(double|float)\b)", "binary floating point near money");
        if (place_.ring != "serve" && place_.ring != "main")
            refuse(
                source_.code,
                R"(\bnow\s*\(|\b(system|steady|high_resolution)_clock\b|\b(gettimeofday|clock_gettime)\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\))",
                "asks the clock; only serve/ does, and passes as_of");
        if (place_.ring != "store")
            refuse(
                source_.strings,
                R"(\bSELECT\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\b(CREATE|DROP|ALTER)\s+(TABLE|INDEX|UNIQUE|VIEW)\b|\bPRAGMA\b|\bBEGIN\s+(IMMEDIATE|TRANSACTION)\b)",
                "SQL outside of store/");
        refuse(source_.strings, R"(\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\b(date|datetime|strftime)\s*\([^)]*'now')",
               "SQL that asks the clock; times are parameters");
        return std::move(complaints_);
    }

private:
    void complain(std::size_t at, std::string what) {
        const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        complaints_.push_back({file_, static_cast<int>(line), std::move(what)});
    }

    void refuse(const std::string& where, const char* pattern, const std::string& what) {
        const std::regex regex(pattern);
        for (std::sregex_iterator match(where.begin(), where.end(), regex), end; match != end; ++match)
            complain(static_cast<std::size_t>(match->position()), what + ": " + match->str());
    }

    void includes() {
        static const std::regex include(R"(#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"])");
        const std::string text(text_);
        for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match) {
            const auto at = static_cast<std::size_t>(match->position());
            if (source_.code[at] != '#') continue;  // in a comment or a string
            const std::string header = (*match)[2];
            const bool allowed = (*match)[1] == "<" ? library(header) : project(header);
            if (!allowed) complain(at, place_text() + " must not include " + header);
        }
    }
    bool library(const std::string& header) const {
        if (is_test_ && (header.starts_with("gtest/") || header.starts_with("rapidcheck"))) return true;
        return may_use(file_, place_, header);
    }
    bool project(const std::string& header) const {
        if (is_test_ && header.starts_with("support/")) return true;
        return may_include(place_, Place(header));
    }
    std::string place_text() const {
        return std::string(place_.ring) + (place_.ring == "domain" ? "/" + std::string(place_.folder) : "");
    }

    std::string file_;
    Place place_;
    bool is_test_;
    std::string_view text_;
    Source source_;
    std::vector<Complaint> complaints_;
};

}  // namespace

std::vector<Complaint> inspect(const std::string& file, std::string_view text) {
    return Inspection(file, text).complaints();
}

}  // namespace sluice::house
