#include "serve/statements/collector.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "serve/text/utf8.hpp"

namespace sluice::serve {
namespace {

constexpr std::size_t name_characters = 200;
constexpr std::size_t account_characters = 64;
constexpr std::size_t reference_characters = 1'000;

bool is_space(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }

std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && seen++ == count) return text.substr(0, at);
    return text;
}

}  // namespace

void StatementCollector::credit(std::int64_t at_line, payments::BankLine line) {
    if (!line.amount.is_positive()) return;  // a booking of nothing
    if (line.date > latest_)
        return fault(at_line, "the date of booking " + line.date.text() +
                                  " lies in the future; is day, month and year taken for each other?");
    line.account = tidy_account(line.account);
    line.bank_reference = tidy(line.bank_reference, name_characters);
    line.reference = tidy(line.reference, reference_characters);
    line.payer = tidy(line.payer, name_characters);
    line.payer_account = tidy_account(line.payer_account);
    if (++credits_ == most_statement_lines + 1)
        fault(at_line, "there are more than " + std::to_string(most_statement_lines) +
                           " credits in the file; split it by days and import the parts");
    if (credits_ <= most_statement_lines) file_.statements.back().push_back(std::move(line));
}

void StatementCollector::fault(std::int64_t line, std::string message) {
    if (!is_full()) faults_.push_back({line, std::move(message)});
}

app::BankFile StatementCollector::finish() && {
    if (!faults_.empty()) throw StatementFaults(std::move(faults_));
    return std::move(file_);
}

std::string tidy(std::string_view text, std::size_t max_characters) {
    std::string result;
    bool space = false;
    for (const char c : text) {
        if (is_space(c)) {
            space = !result.empty();
            continue;
        }
        if (space) result += ' ';
        space = false;
        result += c;
    }
    return std::string(first_code_points(result, max_characters));
}

std::string tidy_account(std::string_view text) {
    std::string result;
    for (const char c : text)
        if (!is_space(c)) result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return std::string(first_code_points(result, account_characters));
}

void append_words(std::string& all, std::string_view more) {
    if (more.empty()) return;
    if (!all.empty()) all += ' ';
    all += more;
}

// Banks write more zeros behind the point than the currency has places.
std::optional<Money> read_amount(std::string_view text, Currency currency) {
    const auto point = text.find('.');
    if (point != std::string_view::npos) {
        while (text.size() > point + 1 && text.back() == '0') text.remove_suffix(1);
        if (text.size() == point + 1) text.remove_suffix(1);
    }
    return Money::parse(text, currency);
}

std::optional<Date> civil_date(int year, int month, int day) {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
    return Date::parse(text.data());
}

bool is_no_reference(std::string_view text) {
    return text.empty() || text == "NONREF" || text == "NOTPROVIDED" || text == "NOT PROVIDED";
}

std::string_view name_of(StatementFormat format) {
    return format == StatementFormat::camt ? "camt" : format == StatementFormat::mt940 ? "mt940" : "csv";
}

std::optional<StatementFormat> parse_statement_format(std::string_view name) {
    for (const auto format : {StatementFormat::camt, StatementFormat::mt940, StatementFormat::csv})
        if (name == name_of(format)) return format;
    return std::nullopt;
}

StatementFormat guess_format(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto* first = std::find_if_not(text.begin(), text.end(), is_space);
    if (first != text.end() && *first == '<') return StatementFormat::camt;
    const auto head = text.substr(0, 2'000);
    const bool is_mt940 = head.find(":20:") != std::string_view::npos && head.find(":25:") != std::string_view::npos;
    return is_mt940 ? StatementFormat::mt940 : StatementFormat::csv;
}

}  // namespace sluice::serve
