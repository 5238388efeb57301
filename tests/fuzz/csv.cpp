// Good rows, written and read again, are the same; and it does not matter where the blocks of a stream end.
#include <sstream>

#include "fuzz/fuzz.hpp"
#include "serve/csv/csv_reader.hpp"
#include "serve/csv/csv_writer.hpp"
#include "serve/text/utf8.hpp"

using namespace sluice;

namespace {

struct Row {
    std::int64_t line;
    std::vector<std::string> fields;
    std::optional<serve::CsvFault> fault;
    std::int64_t fault_line;
    bool operator==(const Row&) const = default;
};

std::vector<Row> read_all(serve::CsvReader reader) {
    std::vector<Row> rows;
    while (const auto* row = reader.next())
        rows.push_back({row->line, {row->fields.begin(), row->fields.end()}, row->fault, row->fault_line});
    return rows;
}

void good_rows_come_back(const std::vector<Row>& rows) {
    std::ostringstream out;
    serve::CsvWriter writer(out);
    std::vector<std::vector<std::string>> good, again;
    for (const auto& row : rows) {
        if (row.fault) continue;
        for (const auto& field : row.fields) fuzz::must(serve::is_utf8(field), "good fields are UTF-8");
        writer.row(std::vector<std::string_view>(row.fields.begin(), row.fields.end()));
        good.push_back(row.fields);
    }
    const auto written = out.str();
    for (auto& row : read_all(serve::CsvReader(written))) {
        fuzz::must(!row.fault, "what was written has no fault");
        again.push_back(std::move(row.fields));
    }
    fuzz::must(again == good, "what was written is read as it was");
}

// The first byte says how large the blocks are.
void blocks_do_not_matter(std::string_view bytes) {
    if (bytes.empty()) return;
    const serve::CsvLimits limits{.block_bytes = 3 + std::size_t{static_cast<unsigned char>(bytes[0])} % 32};
    const std::string text(bytes.substr(1));
    std::istringstream stream(text);
    fuzz::must(read_all(serve::CsvReader(stream, limits)) == read_all(serve::CsvReader(text)), "blocks do not matter");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text(data, size);
    good_rows_come_back(read_all(serve::CsvReader(bytes)));
    blocks_do_not_matter(bytes);
    return 0;
}
