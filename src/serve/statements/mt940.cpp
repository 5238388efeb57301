// MT940, the end-of-day statement of SWIFT: fields that begin with ":61:" and the like, several statements in a file.
#include <algorithm>
#include <array>
#include <charconv>

#include "serve/statements/mt940_info.hpp"
#include "serve/statements/readers.hpp"
#include "serve/text/utf8.hpp"

namespace sluice::serve {
namespace {

constexpr std::size_t most_field_lines = 50;

struct Field {
    std::int64_t line;
    std::string_view tag;                 // "61"
    std::vector<std::string_view> lines;  // the first one without the tag
};

// Others that look alike are text that a payer wrote.
bool is_tag(std::string_view tag) {
    static constexpr std::array<std::string_view, 20> tags{"20",  "21",  "25",  "25P", "28",  "28C", "60F",
                                                           "60M", "61",  "62F", "62M", "64",  "65",  "86",
                                                           "13",  "13D", "34F", "90C", "90D", "NS"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string_view tag_of(std::string_view line) {
    if (!line.starts_with(':')) return {};
    const auto end = line.find(':', 1);
    if (end == std::string_view::npos || end > 4) return {};
    const auto tag = line.substr(1, end - 1);
    return is_tag(tag) ? tag : std::string_view{};
}

// Takes lines apart, whether they end with LF, CRLF or CR.
class Lines {
public:
    explicit Lines(std::string_view text) : text_(text) {}
    bool next(std::string_view& line) {
        if (text_.empty()) return false;
        ++number_;
        const auto end = std::min(text_.find_first_of("\r\n"), text_.size());
        line = text_.substr(0, end);
        text_.remove_prefix(end);
        if (text_.starts_with("\r\n"))
            text_.remove_prefix(2);
        else if (!text_.empty())
            text_.remove_prefix(1);
        return true;
    }
    std::int64_t number() const { return number_; }

private:
    std::string_view text_;
    std::int64_t number_ = 0;
};

// What comes before the first field of a message, and after its last one, is the envelope.
std::vector<Field> fields_of(std::string_view text) {
    std::vector<Field> fields;
    Lines lines(text);
    bool in_field = false;
    for (std::string_view line; lines.next(line);) {
        while (line.ends_with(' ')) line.remove_suffix(1);
        if (const auto block = line.find("{4:"); block != std::string_view::npos) line.remove_prefix(block + 3);
        if (const auto tag = tag_of(line); !tag.empty()) {
            fields.push_back({lines.number(), tag, {line.substr(tag.size() + 2)}});
            in_field = true;
        } else if (line == "-" || line.starts_with("-}") || line.starts_with('{')) {
            in_field = false;
        } else if (in_field && fields.back().lines.size() < most_field_lines) {
            fields.back().lines.push_back(line);
        }
    }
    return fields;
}

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (text.size() < at + digits) return std::nullopt;
    int number = 0;
    const auto part = text.substr(at, digits);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || end != part.data() + part.size() || part[0] == '-') return std::nullopt;
    return number;
}

// Field 61: "2601150115CR100,50NTRFINV-2026-000001//BANK-REF".
struct Booking {
    std::int64_t line = 0;
    Date date = Date::from_days(0);  // of booking; of value where there is none
    bool is_credit = false;
    bool is_reversal = false;
    bool is_expected = false;  // not booked yet
    std::string amount;        // with a point
    std::string reference;
    std::string bank_reference;
    std::string supplement;
};

class BookingReader {
public:
    explicit BookingReader(const Field& field) : field_(field), rest_(field.lines.front()) {}

    // Nothing, and the fault, when it cannot be read.
    std::optional<Booking> read(std::string& fault) {
        Booking booking{.line = field_.line};
        if (!read_dates(booking)) {
            fault = "it must begin with the value date as YYMMDD";
        } else if (!read_mark(booking)) {
            fault = "C, D, RC or RD must follow the dates";
        } else if (!read_amount_text(booking)) {
            fault = "an amount with a decimal comma must follow the mark, as 100,50";
        } else {
            read_references(booking);
            return booking;
        }
        return std::nullopt;
    }

private:
    bool read_dates(Booking& booking) {
        const auto year = number_at(rest_, 0, 2);
        const auto month = number_at(rest_, 2, 2);
        const auto day = number_at(rest_, 4, 2);
        if (!year || !month || !day) return false;
        const auto value = civil_date(2000 + *year, *month, *day);
        if (!value) return false;
        booking.date = *value;
        rest_.remove_prefix(6);
        const auto entry_month = number_at(rest_, 0, 2);
        const auto entry_day = number_at(rest_, 2, 2);
        if (!entry_month || !entry_day) return true;
        rest_.remove_prefix(4);
        return set_entry_date(booking, *value, *entry_month, *entry_day);
    }
    // It is given without a year: the one in which it is next to the value date.
    static bool set_entry_date(Booking& booking, Date value, int month, int day) {
        std::optional<Date> nearest;
        for (const int year : {value.year() - 1, value.year(), value.year() + 1}) {
            const auto date = civil_date(year, month, day);
            const auto away = [&](Date one) { return std::abs(days_between(one, value)); };
            if (date && (!nearest || away(*date) < away(*nearest))) nearest = date;
        }
        if (nearest) booking.date = *nearest;
        return nearest.has_value();
    }
    bool read_mark(Booking& booking) {
        const auto take = [&](char c) {
            if (!rest_.starts_with(c)) return false;
            rest_.remove_prefix(1);
            return true;
        };
        booking.is_reversal = take('R');
        booking.is_expected = !booking.is_reversal && take('E');
        booking.is_credit = take('C');
        if (!booking.is_credit && !take('D')) return false;
        // The third letter of the currency may follow.
        if (!rest_.empty() && rest_.front() >= 'A' && rest_.front() <= 'Z') rest_.remove_prefix(1);
        return true;
    }
    bool read_amount_text(Booking& booking) {
        const auto end = std::min(rest_.find_first_not_of("0123456789,"), rest_.size());
        const auto amount = rest_.substr(0, end);
        rest_.remove_prefix(end);
        const auto comma = amount.find(',');
        if (comma == 0 || comma == std::string_view::npos || amount.find(',', comma + 1) != std::string_view::npos)
            return false;
        booking.amount = amount;
        booking.amount[comma] = '.';
        return true;
    }
    // A code of four for the kind of transaction, the payer's reference, "//" and the bank's.
    void read_references(Booking& booking) {
        for (int i = 0; i < 4 && !rest_.empty() && static_cast<unsigned char>(rest_.front()) < 0x80; ++i)
            rest_.remove_prefix(1);
        const auto slashes = std::min(rest_.find("//"), rest_.size());
        booking.reference = tidy(rest_.substr(0, slashes), 100);
        if (slashes < rest_.size()) booking.bank_reference = tidy(rest_.substr(slashes + 2), 100);
        if (field_.lines.size() > 1) booking.supplement = field_.lines[1];
    }

    const Field& field_;
    std::string_view rest_;
};

class Mt940Reader {
public:
    explicit Mt940Reader(StatementCollector& collector) : collector_(collector) {}

    void read(std::string_view text) {
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        for (const auto& field : fields_of(text)) {
            if (collector_.is_full()) return;
            take(field);
        }
        finish_booking();
        if (!collector_.has_statement())
            collector_.fault(0, "the file holds no statement of MT940 (no :60F: with an opening balance)");
    }

private:
    void take(const Field& field) {
        const auto tag = field.tag;
        if (tag == "86" && booking_ && info_.empty()) {
            info_ = field.lines;
            return;
        }
        finish_booking();
        if (tag == "20") is_open_ = false;
        if (tag == "25" || tag == "25P") name_account(field);
        if (tag == "34F")
            collector_.fault(field.line,
                             "this is MT942, a report within the day; import the bank's MT940 of the day "
                             "instead");
        if (tag == "60F" || tag == "60M") open(field);
        if (tag == "61") begin_booking(field);
    }

    void name_account(const Field& field) {
        account_ = tidy_account(field.lines.front());
        if (account_.empty()) collector_.fault(field.line, "field :25: is empty; it has to name the account");
    }

    // "C260114EUR1234,56". With 60M the statement of the page before goes on.
    void open(const Field& field) {
        const auto balance = std::string_view(field.lines.front());
        const auto currency = balance.size() >= 10 ? Currency::from_code(balance.substr(7, 3)) : std::nullopt;
        if (!currency)
            return collector_.fault(field.line, "the opening balance \"" + shown(balance) +
                                                    "\" names no currency; it looks like C260131EUR1234,56");
        if (account_.empty())
            return collector_.fault(field.line, "no field :25: before it says of which account the statement is");
        currency_ = currency;
        is_open_ = true;
        const bool goes_on = field.tag == "60M" && last_account_ == account_ && collector_.has_statement();
        if (!goes_on) collector_.begin_statement();
        last_account_ = account_;
    }

    void begin_booking(const Field& field) {
        if (!is_open_)
            return collector_.fault(field.line,
                                    "a booking (:61:) stands before any opening balance (:60F:), which "
                                    "would say its currency");
        std::string fault;
        booking_ = BookingReader(field).read(fault);
        if (!booking_)
            collector_.fault(field.line,
                             "the booking \":61:" + shown(field.lines.front()) + "\" cannot be read: " + fault);
    }

    void finish_booking() {
        const auto booking = std::exchange(booking_, std::nullopt);
        const auto lines = std::exchange(info_, {});
        if (!booking) return;
        if (booking->is_expected) return collector_.pending();
        if (booking->is_reversal) return collector_.reversal();
        if (!booking->is_credit) return collector_.debit();
        const auto amount = read_amount(booking->amount, *currency_);
        if (!amount)
            return collector_.fault(booking->line, "the amount " + booking->amount + " has more decimals than " +
                                                       std::string(currency_->code()) + ", or is too large");
        auto info = read_mt940_info(lines);
        if (!is_no_reference(booking->reference)) append_words(info.reference, booking->reference);
        if (tidy(info.reference, 1).empty()) info.reference = booking->supplement;
        collector_.credit(booking->line,
                          {.account = account_,
                           .date = booking->date,
                           .amount = *amount,
                           .bank_reference = is_no_reference(booking->bank_reference) ? "" : booking->bank_reference,
                           .reference = std::move(info.reference),
                           .payer = std::move(info.payer),
                           .payer_account = std::move(info.payer_account)});
    }

    StatementCollector& collector_;
    std::string account_;
    std::string last_account_;
    std::optional<Currency> currency_;
    bool is_open_ = false;
    std::optional<Booking> booking_;
    std::vector<std::string_view> info_;
};

}  // namespace

void read_mt940(std::string_view text, StatementCollector& collector) { Mt940Reader(collector).read(text); }

}  // namespace sluice::serve
