// Statements in CSV, whose columns a mapping names.
#include <algorithm>
#include <array>
#include <charconv>

#include "serve/csv/csv_reader.hpp"
#include "serve/statements/readers.hpp"
#include "serve/text/utf8.hpp"

namespace sluice::serve {
namespace {

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// By a format as "dd.mm.yyyy".
std::optional<Date> read_date(std::string_view text, std::string_view format) {
    std::array<int, 3> parts{0, 0, 0};  // year, month, day
    while (!format.empty()) {
        const auto letter = format.front();
        const auto width = std::min(format.find_first_not_of(letter), format.size());
        const auto part = text.substr(0, width);
        if (part.size() < width) return std::nullopt;
        const bool is_part = letter == 'y' || letter == 'm' || letter == 'd';
        if (is_part) {
            if (!std::all_of(part.begin(), part.end(), is_digit)) return std::nullopt;
            auto& number = parts[letter == 'y' ? 0 : letter == 'm' ? 1 : 2];
            std::from_chars(part.data(), part.data() + part.size(), number);
            if (letter == 'y' && width == 2) number += 2000;
        } else if (part != format.substr(0, width)) {
            return std::nullopt;
        }
        format.remove_prefix(width);
        text.remove_prefix(width);
    }
    if (!text.empty()) return std::nullopt;
    return civil_date(parts[0], parts[1], parts[2]);
}

// "+1.234,56", "1'234.50-": a sign before or behind, signs between thousands only where thousands are.
std::optional<Money> read_number(std::string_view text, char decimal_sign, Currency currency) {
    bool is_negative = false;
    const auto take_sign = [&](bool at_front) {
        if (text.empty()) return;
        const char c = at_front ? text.front() : text.back();
        if (c != '+' && c != '-') return;
        is_negative = c == '-';
        at_front ? text.remove_prefix(1) : text.remove_suffix(1);
    };
    const auto before = text.size();
    take_sign(true);
    if (text.size() == before) take_sign(false);
    const auto point = std::min(text.find(decimal_sign), text.size());
    std::string digits;
    std::size_t since_sign = 0;
    bool has_groups = false;
    for (const char c : text.substr(0, point)) {
        if (is_digit(c)) {
            digits += c;
            ++since_sign;
            continue;
        }
        const bool is_between = c == '.' || c == ',' || c == '\'' || c == ' ';
        if (!is_between || since_sign == 0 || since_sign > 3 || (has_groups && since_sign != 3)) return std::nullopt;
        has_groups = true;
        since_sign = 0;
    }
    if (digits.empty() || (has_groups && since_sign != 3)) return std::nullopt;
    if (point < text.size()) (digits += '.') += text.substr(point + 1);
    const auto money = read_amount(digits, currency);
    if (!money) return std::nullopt;
    return is_negative ? -*money : *money;
}

class CsvStatementReader {
public:
    CsvStatementReader(std::string_view text, const CsvMapping& mapping, Currency currency,
                       StatementCollector& collector)
        : mapping_(mapping),
          currency_(currency),
          collector_(collector),
          csv_(text, CsvLimits{.separator = mapping.separator}) {}

    void read() {
        collector_.begin_statement();
        for (std::int64_t i = 0; i < mapping_.skip_rows; ++i)
            if (!csv_.next()) break;
        if (!find_columns()) return;
        while (const auto* row = csv_.next()) {
            if (collector_.is_full()) return;
            if (row->fault)
                collector_.fault(row->fault_line, std::string(message(*row->fault)));
            else
                take(*row);
        }
    }

private:
    bool find_columns() {
        const CsvRow* header = nullptr;
        if (mapping_.has_header) {
            header = csv_.next();
            if (!header) {
                collector_.fault(0,
                                 "the file has no header line; without one, say has_header: false and number the "
                                 "columns");
                return false;
            }
        }
        bool good = true;
        for (const auto& [column, name] : {std::pair{&date_, &mapping_.date},
                                           {&amount_, &mapping_.amount},
                                           {&credit_, &mapping_.credit},
                                           {&debit_, &mapping_.debit},
                                           {&currency_column_, &mapping_.currency},
                                           {&reference_, &mapping_.reference},
                                           {&payer_, &mapping_.payer},
                                           {&payer_account_, &mapping_.payer_account},
                                           {&bank_reference_, &mapping_.bank_reference}})
            if (!name->empty()) good = find(*name, header, *column) && good;
        return good;
    }
    bool find(const std::string& name, const CsvRow* header, std::size_t& column) {
        if (!header) {
            const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), column);
            if (error == std::errc{} && end == name.data() + name.size() && column-- > 0) return true;
            collector_.fault(0, "\"" + shown(name) +
                                    "\" is no number of a column; without a header line, columns are "
                                    "numbered from 1");
            return false;
        }
        std::string known;
        for (std::size_t i = 0; i < header->fields.size(); ++i) {
            const auto title = tidy(header->fields[i], 200);
            if (title == name) {
                column = i;
                return true;
            }
            known += (i > 0 ? ", \"" : "\"") + title + "\"";
        }
        collector_.fault(header->line, "there is no column \"" + shown(name) + "\"; there is " + shown(known, 400));
        return false;
    }

    static std::string field(const CsvRow& row, std::size_t column) {
        return column < row.fields.size() ? tidy(row.fields[column], 2'000) : std::string{};
    }

    void take(const CsvRow& row) {
        if (std::all_of(row.fields.begin(), row.fields.end(), [](auto text) { return tidy(text, 1).empty(); })) return;
        const auto day = field(row, date_);
        const auto date = read_date(day, mapping_.date_format);
        if (!date)
            return collector_.fault(row.line, "\"" + shown(day) + "\" is no date by the format " +
                                                  mapping_.date_format +
                                                  "; mend the row, or the mapping's date_format");
        const auto amount = amount_of(row);
        if (!amount) return;
        if (amount->is_negative()) return collector_.debit();
        collector_.credit(row.line, {.account = mapping_.account,
                                     .date = *date,
                                     .amount = *amount,
                                     .bank_reference = field(row, bank_reference_),
                                     .reference = field(row, reference_),
                                     .payer = field(row, payer_),
                                     .payer_account = field(row, payer_account_)});
    }

    std::optional<Money> amount_of(const CsvRow& row) {
        auto currency = std::optional(currency_);
        if (currency_column_ != no_column) {
            const auto code = field(row, currency_column_);
            currency = Currency::from_code(code);
            if (!currency) {
                collector_.fault(row.line, "\"" + shown(code) + "\" is no currency; write its code, as EUR");
                return std::nullopt;
            }
        }
        if (amount_ != no_column) return number_in(row, amount_, *currency);
        const auto credit = field(row, credit_);
        const bool is_debit = credit.empty() || is_nothing(credit);
        if (!is_debit) return number_in(row, credit_, *currency);
        if (debit_ == no_column) {
            collector_.debit();
            return std::nullopt;
        }
        const auto debit = number_in(row, debit_, *currency);
        if (!debit) return std::nullopt;
        return debit->is_positive() ? -*debit : *debit;
    }
    static bool is_nothing(std::string_view number) {
        return number.find_first_not_of("0.,'+- ") == std::string_view::npos;
    }
    std::optional<Money> number_in(const CsvRow& row, std::size_t column, Currency currency) {
        const auto text = field(row, column);
        const auto money = read_number(text, mapping_.decimal_sign, currency);
        if (!money)
            collector_.fault(row.line, "\"" + shown(text) + "\" is no amount in " + std::string(currency.code()) +
                                           " with the decimal sign \"" + mapping_.decimal_sign +
                                           "\"; mend the row, or the mapping's decimal_sign");
        return money;
    }

    const CsvMapping& mapping_;
    Currency currency_;
    StatementCollector& collector_;
    CsvReader csv_;
    std::size_t date_ = no_column;
    std::size_t amount_ = no_column;
    std::size_t credit_ = no_column;
    std::size_t debit_ = no_column;
    std::size_t currency_column_ = no_column;
    std::size_t reference_ = no_column;
    std::size_t payer_ = no_column;
    std::size_t payer_account_ = no_column;
    std::size_t bank_reference_ = no_column;
};

}  // namespace

void read_statement_csv(std::string_view text, const CsvMapping& mapping, Currency currency,
                        StatementCollector& collector) {
    CsvStatementReader(text, mapping, currency, collector).read();
}

}  // namespace sluice::serve
