#include "serve/statements/mt940_info.hpp"

#include <algorithm>
#include <array>

#include "serve/statements/collector.hpp"

namespace sluice::serve {
namespace {

constexpr std::size_t full_piece = 27;  // characters of ?20 …: a word that does not fit goes on in the next piece
constexpr std::size_t full_line = 65;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_sign(char c) {
    return c > ' ' && c < 0x7F && !is_digit(c) && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z');
}

std::string joined(const std::vector<std::string_view>& lines) {
    std::string all;
    for (const auto line : lines) all += line;
    return all;
}

void append_piece(std::string& all, std::string_view piece) {
    all += piece;
    if (piece.size() < full_piece) all += ' ';
}

// Marks that SEPA banks put into the pieces: "EREF+…SVWZ+…".
struct Mark {
    std::size_t at;
    std::string_view name;
};

std::vector<Mark> marks_in(std::string_view text) {
    static constexpr std::array<std::string_view, 16> names{"EREF", "KREF", "MREF", "BREF", "RREF", "CRED",
                                                            "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE",
                                                            "IBAN", "BIC",  "PURP", "SQTP"};
    std::vector<Mark> marks;
    for (auto plus = text.find('+'); plus != std::string_view::npos; plus = text.find('+', plus + 1))
        for (const auto name : names)
            if (plus >= name.size() && text.substr(plus - name.size(), name.size()) == name)
                marks.push_back({plus - name.size(), name});
    return marks;
}

void read_remittance(const std::string& text, Mt940Info& info) {
    const auto marks = marks_in(text);
    if (marks.empty()) {
        info.reference = text;
        return;
    }
    std::string end_to_end;
    info.reference = text.substr(0, marks.front().at);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const auto begin = marks[i].at + marks[i].name.size() + 1;
        const auto end = i + 1 < marks.size() ? marks[i + 1].at : text.size();
        const auto value = tidy(std::string_view(text).substr(begin, end - begin), 2'000);
        if (marks[i].name == "SVWZ") append_words(info.reference, value);
        if (marks[i].name == "EREF" && !is_no_reference(value)) end_to_end = value;
        if (marks[i].name == "IBAN" && info.payer_account.empty()) info.payer_account = value;
    }
    append_words(info.reference, end_to_end);
}

// "166?00GUTSCHRIFT?20SVWZ+…?30BIC?31IBAN?32NAME": a sign and two digits begin a piece.
Mt940Info read_pieces(std::string_view text, char sign) {
    Mt940Info info;
    std::string remittance;
    const auto begins_piece = [&](std::size_t at) {
        return text[at] == sign && at + 2 < text.size() && is_digit(text[at + 1]) && is_digit(text[at + 2]);
    };
    for (std::size_t at = text.find(sign); at < text.size();) {
        auto next = at + 1;
        while (next < text.size() && !begins_piece(next)) ++next;
        if (begins_piece(at)) {
            const int code = (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
            const auto piece = text.substr(at + 3, next - at - 3);
            if ((code >= 20 && code <= 29) || (code >= 60 && code <= 63)) append_piece(remittance, piece);
            if (code == 31) info.payer_account = piece;
            if (code == 32 || code == 33) info.payer += piece;
        }
        at = next;
    }
    read_remittance(remittance, info);
    return info;
}

// "/TRTP/SEPA OVERBOEKING/IBAN/NL…/NAME/…/REMI/…/EREF/…"
constexpr std::array<std::string_view, 19> slash_names{"TRTP", "IBAN", "BIC",  "NAME", "REMI", "EREF", "CNTP",
                                                       "MARF", "CSID", "ORDP", "BENM", "ISDT", "PREF", "RTRN",
                                                       "PURP", "ULTD", "ULTC", "SVCL", "TRCD"};

bool begins_name(std::string_view text, std::size_t at) {
    if (text[at] != '/') return false;
    return std::any_of(slash_names.begin(), slash_names.end(), [&](std::string_view name) {
        return text.substr(at + 1, name.size()) == name && text.substr(at + 1 + name.size(), 1) == "/";
    });
}

// "NL08ABNA0123456789/ABNANL2A/J. Jansen/Amsterdam"
void read_counterparty(std::string_view value, Mt940Info& info) {
    const auto account = value.substr(0, value.find('/'));
    if (info.payer_account.empty()) info.payer_account = account;
    for (int i = 0; i < 2 && !value.empty(); ++i) value.remove_prefix(std::min(value.size(), value.find('/') + 1));
    if (info.payer.empty()) info.payer = value.substr(0, value.find('/'));
}

Mt940Info read_slashes(std::string_view text) {
    Mt940Info info;
    std::string end_to_end;
    for (std::size_t at = 0; at < text.size();) {
        auto next = at + 1;
        while (next < text.size() && !begins_name(text, next)) ++next;
        const auto part = text.substr(at + 1, next - at - 1);
        const auto name = part.substr(0, part.find('/'));
        auto value = part.substr(std::min(part.size(), name.size() + 1));
        while (value.ends_with('/')) value.remove_suffix(1);
        if (name == "IBAN" && info.payer_account.empty()) info.payer_account = value;
        if (name == "NAME" && info.payer.empty()) info.payer = value;
        if (name == "CNTP") read_counterparty(value, info);
        if (name == "EREF" && !is_no_reference(value)) end_to_end = value;
        if (name == "REMI") {
            for (const std::string_view lead : {"USTD//", "STRD/CUR/", "STRD//"})
                if (value.starts_with(lead)) value.remove_prefix(lead.size());
            append_words(info.reference, value);
        }
        at = next;
    }
    append_words(info.reference, end_to_end);
    return info;
}

Mt940Info read_free_text(const std::vector<std::string_view>& lines) {
    Mt940Info info;
    for (const auto line : lines) {
        info.reference += line;
        if (line.size() < full_line) info.reference += ' ';
    }
    return info;
}

}  // namespace

Mt940Info read_mt940_info(const std::vector<std::string_view>& lines) {
    const auto text = joined(lines);
    const bool has_code = text.size() > 6 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]);
    const auto sign_at = has_code ? std::size_t{3} : std::size_t{0};
    const bool has_pieces = text.size() > sign_at + 2 && is_sign(text[sign_at]) && is_digit(text[sign_at + 1]) &&
                            is_digit(text[sign_at + 2]);
    if (has_pieces) return read_pieces(text, text[sign_at]);
    if (!text.empty() && begins_name(text, 0)) return read_slashes(text);
    return read_free_text(lines);
}

}  // namespace sluice::serve
