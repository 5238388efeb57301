#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"
#include "serve/text/utf8.hpp"
#include "serve/yaml/node.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string bank_statements = "/api/v1/bank-statements";
const std::string bank_lines = "/api/v1/bank-lines";
constexpr std::uintmax_t most_bytes = 32 * 1024 * 1024;

// Many banks still write ISO 8859-1; whatever is no UTF-8 is taken for it.
std::string to_utf8(std::string bytes) {
    if (is_utf8(bytes)) return bytes;
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xC0 | (byte >> 6));
            text += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return text;
}

std::string read_statement_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (!file || error) throw BadInput(path + ": the file cannot be read; is there such a file?");
    if (size > most_bytes) throw BadInput(path + ": the file is larger than 32 MiB; split it by days");
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        throw BadInput(path + ": the file is UTF-16; save it as UTF-8");
    // Some banks end MT940 with a control character of old.
    while (!bytes.empty() && (bytes.back() == '\x1A' || bytes.back() == '\x03' || bytes.back() == '\0'))
        bytes.pop_back();
    std::erase(bytes, '\x01');
    return to_utf8(std::move(bytes));
}

// Numbers and switches of the mapping are numbers and switches in JSON, all else is text.
json::object read_mapping_file(const std::string& path) {
    Node mapping;
    try {
        mapping = parse_yaml(read_text_file(path));
    } catch (const InputError& error) {
        throw BadInput(error.text(path));
    }
    if (mapping.kind != Node::Kind::map)
        throw BadInput(path + ": a mapping names columns, as `date: Buchungstag`; see docs/payments.md");
    json::object object;
    for (const auto& [key, value] : mapping.map) {
        if (value.kind != Node::Kind::text)
            throw BadInput(path + ":" + std::to_string(value.line) + ": \"" + key + "\" must be one text");
        if (key == "has_header" && (value.text == "true" || value.text == "false"))
            object[key] = value.text == "true";
        else if (key == "skip_rows" && value.text.find_first_not_of("0123456789") == std::string::npos &&
                 value.text.size() < 4)
            object[key] = std::stoi(value.text);
        else
            object[key] = value.text;
    }
    return object;
}

std::string found_text(const json::object& line) {
    const auto subscriber = text_in(line, "subscriber");
    if (!subscriber.empty()) return subscriber + " (by " + text_in(line, "matched_by") + ")";
    const auto reason = text_in(line, "reason");
    if (!reason.empty()) return "set aside: " + reason;
    const auto why = text_in(line, "why_unmatched");
    if (why == "other_currency") return "other currency";
    if (why != "several_found") return "nobody found";
    std::string text = "several:";
    for (const auto& code : list_in(line, "candidates")) text += " " + std::string(code.as_string());
    return text;
}

class LineTable {
public:
    void add(const json::object& line) {
        any_ = true;
        table_.row({text_in(line, "id"), text_in(line, "date"), amount_in(line, "amount"), currency_in(line, "amount"),
                    shown(text_in(line, "payer"), 30), shown(text_in(line, "reference"), 40), found_text(line)});
    }
    bool any() const { return any_; }
    std::string text() const { return table_.text(); }

private:
    Table table_{{{"line"}, {"date"}, {"amount", Table::Align::right}, {""}, {"payer"}, {"reference"}, {"whose"}}};
    bool any_ = false;
};

std::string count(std::int64_t number, const std::string& one, const std::string& many) {
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

void print_import(std::ostream& out, const std::string& file, const json::object& import) {
    const auto& statement = object_in(import, "statement");
    const auto number = [&](std::string_view member) { return number_in(statement, member); };
    const bool is_preview = text_in(import, "object") == "bank_statement_preview";
    if (is_set(import, "imported_before")) {
        out << file << ": imported before, as " << text_in(statement, "id") << "; nothing was added.\n";
        return;
    }
    out << file << ": " << count(number("credits"), "credit", "credits") << (is_preview ? " would come in: " : ": ")
        << number("matched") << " matched, " << number("unmatched") << " for a clerk, " << number("known")
        << " known before.\n";
    if (number("debits") + number("reversals") + number("pending") > 0)
        out << "  Passed over: " << count(number("debits"), "debit", "debits") << ", "
            << count(number("reversals"), "reversal", "reversals") << ", " << number("pending") << " not booked yet.\n";
    LineTable table;
    for (const auto& line : list_in(import, "lines")) table.add(as_object(line));
    if (table.any()) out << table.text();
    if (!is_preview && number("unmatched") > 0)
        out << "  See `sluice statements lines --state unmatched`, then `sluice statements assign LINE SUBSCRIBER`.\n";
}

void print_line(Session& session, const CommonOptions& options, const json::value& line) {
    if (options.json) {
        session.parts.out << pretty(line);
        return;
    }
    LineTable table;
    table.add(as_object(line));
    session.parts.out << table.text();
}

// A command to one line.
int tell_line(Session& session, const BankLineOptions& options, const std::string& command, const json::value& body) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    print_line(session, options,
               client->post(bank_lines + "/" + api::segment(options.line) + "/" + command, op.code, body));
    return exit_done;
}

}  // namespace

int import_statements(Session& session, const StatementsOptions& options) {
    const auto mapping = options.mapping.empty() ? std::nullopt : std::optional(read_mapping_file(options.mapping));
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& file : options.files) files.emplace_back(file, read_statement_file(file));
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::array imports;
    for (auto& [path, text] : files) {
        json::object body{{"file", std::move(text)}, {"file_name", std::filesystem::path(path).filename().string()}};
        if (!options.format.empty()) body["format"] = options.format;
        if (mapping) body["mapping"] = *mapping;
        const auto answer = [&] {
            try {
                return client->post(bank_statements + (options.preview ? "?preview=true" : ""), op.code, body);
            } catch (const BadInput& refused) {
                throw BadInput(path + ": " + refused.what());
            }
        }();
        if (options.json)
            imports.push_back(answer);
        else
            print_import(session.parts.out, path, as_object(answer));
    }
    if (options.json) session.parts.out << pretty(json::object{{"items", std::move(imports)}});
    return exit_done;
}

int list_statements(Session& session, const StatementsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::array items;
    Table table({{"statement"},
                 {"file"},
                 {"format"},
                 {"imported"},
                 {"credits", Table::Align::right},
                 {"known", Table::Align::right},
                 {"matched", Table::Align::right},
                 {"unmatched", Table::Align::right}});
    const auto next = client->each(
        bank_statements, op.code,
        [&](const json::object& item) {
            const auto number = [&](std::string_view member) { return std::to_string(number_in(item, member)); };
            table.row({text_in(item, "id"), text_in(item, "file_name"), text_in(item, "format"),
                       text_in(item, "imported_at"), number("credits"), number("known"), number("matched"),
                       number("unmatched")});
            items.push_back(item);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No bank statements yet. `sluice statements import FILE` reads them.\n"
                                            : table.text());
    return exit_done;
}

int list_bank_lines(Session& session, const StatementsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    std::string list = bank_lines + "?";
    for (const auto& [name, value] : {std::pair<std::string, std::string>{"state", options.state},
                                      {"statement", options.statement},
                                      {"subscriber", options.subscriber}})
        if (!value.empty()) list += name + "=" + api::segment(value) + "&";
    list.pop_back();
    json::array items;
    LineTable table;
    const auto next = client->each(
        list, op.code,
        [&](const json::object& line) {
            table.add(line);
            items.push_back(line);
        },
        options.limit);
    auto& out = session.parts.out;
    if (options.json)
        out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        out << (table.any() ? table.text() : "No such bank lines.\n")
            << (next.is_null() ? "" : "There are more; show them with --limit N.\n");
    return exit_done;
}

int assign_bank_line(Session& session, const BankLineOptions& options) {
    return tell_line(session, options, "assign", json::object{{"subscriber", options.subscriber}});
}

int set_aside_bank_line(Session& session, const BankLineOptions& options) {
    return tell_line(session, options, "set-aside", json::object{{"reason", options.reason}});
}

int take_back_bank_line(Session& session, const BankLineOptions& options) {
    return tell_line(session, options, "take-back", nullptr);
}

}  // namespace sluice::serve
