#include "app/import_row.hpp"

#include <algorithm>

#include "values/check.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 2> model_words{"cycle", "pro_rata"};
constexpr std::array<std::string_view, 4> first_charge_words{"partial", "partial_plus_full", "full", "threshold"};
constexpr std::array<std::string_view, 3> invoicing_words{"independent", "merged", "merged_per_unit"};

constexpr std::size_t max_shown_bytes = 80;

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Tabs and line breaks are part of what people type into name fields; other control characters are not.
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t');
}

// A value in one line, cut between characters.
std::string shown(std::string_view value) {
    auto size = std::min(value.size(), max_shown_bytes);
    while (size < value.size() && size > 0 && continues_character(value[size])) --size;
    std::string text;
    for (const char c : value.substr(0, size)) {
        if (c == '\n')
            text += "\\n";
        else if (c == '\r')
            text += "\\r";
        else if (c == '\t')
            text += "\\t";
        else
            text += is_control(c) ? '?' : c;
    }
    return size < value.size() ? text + "…" : text;
}

std::string comma_list(std::span<const std::string_view> words) {
    std::string text;
    for (const auto word : words) (text += text.empty() ? "" : ",") += word;
    return text;
}

}  // namespace

std::string text_of(const ImportProblem& problem) {
    const auto place = problem.line > 0 ? problem.file + ", line " + std::to_string(problem.line) : problem.file;
    return place + ": " + reason_of(problem);
}

std::string reason_of(const ImportProblem& problem) {
    std::string text = problem.column;
    if (!problem.value.empty()) text += " \"" + problem.value + "\"";
    text += (text.empty() ? "" : " ") + problem.wrong;
    return problem.right.empty() ? text : text + "; " + problem.right;
}

bool is_import_code(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return is_capital(c) || is_digit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == ':' || c == '-';
    });
}

std::optional<std::int64_t> parse_count(std::string_view digits) {
    if (digits.empty() || digits.size() > 15 || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::nullopt;
    std::int64_t number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

std::string choice_of(std::span<const std::string_view> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

ImportRowReader::ImportRowReader(std::string file, std::span<const std::string_view> columns, std::size_t optional)
    : file_(std::move(file)),
      columns_(columns),
      needed_(columns.size() - optional),
      places_(columns.size(), not_there) {}

bool ImportRowReader::read_header(const ImportRow& row) {
    problems_.clear();
    line_ = row.line;
    width_ = row.fields.size();
    if (!row.fault.empty()) {
        complain("", std::string(row.fault), "");
        return false;
    }
    for (std::size_t place = 0; place < row.fields.size(); ++place) {
        const auto name = row.fields[place];
        const auto column = column_named(name);
        if (column == not_there)
            complain("header", name, "is not a column of this file", "its columns are " + comma_list(columns_));
        else if (places_[column] != not_there)
            complain("header", name, "stands there twice", "keep one of the two columns");
        else
            places_[column] = place;
    }
    refuse_missing_columns();
    return is_good();
}

void ImportRowReader::refuse_missing_columns() {
    for (std::size_t column = 0; column < needed_; ++column)
        if (places_[column] == not_there)
            complain("header", columns_[column], "is missing",
                     "add the column to the first line; leave its fields empty where nothing is given");
}

bool ImportRowReader::start(const ImportRow& row) {
    problems_.clear();
    line_ = row.line;
    fields_ = row.fields;
    if (!row.fault.empty()) {
        line_ = row.fault_line;
        complain("", std::string(row.fault), "");
    } else if (fields_.size() != width_) {
        complain("",
                 "has " + std::to_string(fields_.size()) + (fields_.size() == 1 ? " field" : " fields") +
                     ", the header has " + std::to_string(width_),
                 "give each column a field, and put fields with a comma in quotes");
    }
    line_ = row.line;
    return is_good();
}

std::size_t ImportRowReader::column_named(std::string_view name) const {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    return found == columns_.end() ? not_there : static_cast<std::size_t>(found - columns_.begin());
}

std::string_view ImportRowReader::text(std::string_view column) const {
    const auto at = column_named(column);
    check(at != not_there, "a column that is read is one of its file");
    return places_[at] == not_there ? std::string_view{} : fields_[places_[at]];
}

std::string_view ImportRowReader::code(std::string_view column, bool is_needed) {
    const auto value = text(column);
    if (value.empty() && is_needed)
        complain(column, "is missing", "write a code: 1 to 64 letters, digits and . _ : -");
    else if (!value.empty() && !is_import_code(value))
        complain(column, "is not a code", "write 1 to 64 letters, digits and . _ : -");
    return value;
}

std::string_view ImportRowReader::short_text(std::string_view column, std::size_t max_characters) {
    const auto value = text(column);
    const auto characters =
        value.size() - static_cast<std::size_t>(std::count_if(value.begin(), value.end(), continues_character));
    if (characters > max_characters)
        complain(column, "has " + std::to_string(characters) + " characters",
                 "write at most " + std::to_string(max_characters));
    if (std::any_of(value.begin(), value.end(), is_control))
        complain(column, "holds a control character", "write printable text");
    return value;
}

std::string_view ImportRowReader::country(std::string_view column) {
    const auto value = text(column);
    if (!value.empty() && !(value.size() == 2 && is_capital(value[0]) && is_capital(value[1])))
        complain(column, "is not a country code", "write two capital letters, for example PL, or nothing");
    return value;
}

std::optional<Date> ImportRowReader::date(std::string_view column) {
    const auto value = text(column);
    if (value.empty()) return std::nullopt;
    const auto date = Date::parse(value);
    if (!date)
        complain(column, "is not a date", "write year-month-day of the years 1900 to 2999, for example 2026-04-01");
    return date;
}

std::optional<std::int64_t> ImportRowReader::number(std::string_view column, std::int64_t min, std::int64_t max) {
    const auto value = text(column);
    if (value.empty()) return std::nullopt;
    const auto number = parse_count(value);
    if (number && *number >= min && *number <= max) return number;
    complain(column, number ? "is out of range" : "is not a whole number",
             "write " + std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
}

std::optional<std::size_t> ImportRowReader::word(std::string_view column, std::span<const std::string_view> words) {
    const auto value = text(column);
    if (value.empty()) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), value);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    complain(column, "is not known here", "write " + choice_of(words));
    return std::nullopt;
}

customers::BillingSettings ImportRowReader::settings() {
    customers::BillingSettings settings;
    if (const auto at = word("model", model_words)) settings.model = static_cast<customers::Model>(*at);
    if (const auto day = number("cycle_day", 1, 31)) settings.cycle_day = static_cast<int>(*day);
    if (const auto at = word("first_charge", first_charge_words))
        settings.first_charge = static_cast<customers::FirstCharge>(*at);
    if (const auto at = word("invoicing", invoicing_words)) settings.invoicing = static_cast<customers::Invoicing>(*at);
    return settings;
}

void ImportRowReader::complain(std::string_view column, std::string wrong, std::string right) {
    complain(column, column.empty() ? std::string_view{} : text(column), std::move(wrong), std::move(right));
}

void ImportRowReader::complain(std::string_view column, std::string_view value, std::string wrong, std::string right) {
    problems_.push_back({file_, line_, std::string(column), shown(value), std::move(wrong), std::move(right)});
}

}  // namespace sluice::app
