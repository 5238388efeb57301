#include "serve/csv/csv_writer.hpp"

#include <stdexcept>

#include "values/check.hpp"

namespace sluice::serve {
namespace {

// A byte order mark at the front would be taken for that of the file.
bool needs_quotes(std::string_view field) {
    return field.find_first_of("\",\r\n") != std::string_view::npos || field.starts_with("\xEF\xBB\xBF");
}

}  // namespace

void CsvWriter::row(std::span<const std::string_view> fields) {
    check(!fields.empty(), "a row has a field");
    line_.clear();
    // One empty field alone would be an empty line, which is no row.
    if (fields.size() == 1 && fields.front().empty()) line_ = "\"\"";
    for (const auto& field : fields) {
        if (&field != &fields.front()) line_ += ',';
        append(field);
    }
    line_ += '\n';
    if (!out_.write(line_.data(), static_cast<std::streamsize>(line_.size())))
        throw std::runtime_error("the output takes no more; is the disk full?");
}

void CsvWriter::append(std::string_view field) {
    if (!needs_quotes(field)) {
        line_ += field;
        return;
    }
    line_ += '"';
    for (const char c : field) {
        if (c == '"') line_ += '"';
        line_ += c;
    }
    line_ += '"';
}

}  // namespace sluice::serve
