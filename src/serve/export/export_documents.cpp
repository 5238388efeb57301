#include "serve/export/export_documents.hpp"

#include <stdexcept>

#include "serve/csv/csv_writer.hpp"

namespace sluice::serve {
namespace {

constexpr std::int64_t page_rows = 1'000;

void write(CsvWriter& csv, const app::StoredDocument& stored) {
    const auto& document = stored.document;
    csv.row({document.date.text(), invoicing::name_of(document.type), document.number, stored.subscriber_code,
             stored.unit_code, std::to_string(stored.line_count), document.net.text(), document.tax.text(),
             document.total.text()});
}

}  // namespace

std::int64_t export_documents(app::Store& store, customers::OperatorId op, std::ostream& out) {
    CsvWriter csv(out);
    csv.row({"date", "type", "number", "subscriber", "unit", "lines", "net", "tax", "total"});
    std::int64_t count = 0;
    std::optional<std::pair<Date, invoicing::DocumentId>> after;
    for (;;) {
        const auto page = store.documents(op, {}, after, page_rows);
        if (page.empty()) break;
        for (const auto& stored : page) write(csv, stored);
        count += static_cast<std::int64_t>(page.size());
        after.emplace(page.back().document.date, page.back().document.id);
    }
    if (!out.flush()) throw std::runtime_error("the output takes no more; is the disk full?");
    return count;
}

}  // namespace sluice::serve
