#include "store/sql/document_rows.hpp"

#include <algorithm>
#include <unordered_map>

#include "domain/invoicing/print_order.hpp"
#include "store/sql/account_rows.hpp"

namespace sluice::store {

using invoicing::DocumentId;

const std::string document_columns =
    "d.subscriber_id, d.id, d.type, d.year, d.sequence, d.number, d.date, d.due, d.currency, d.unit_id, d.contact, "
    "d.organization, d.country, d.region, d.net, d.tax, d.total, d.reason, COALESCE(o.open, 0), s.code, "
    "COALESCE(u.code, '')";
const std::string document_joins =
    " JOIN subscribers s ON s.subscriber_id = d.subscriber_id LEFT JOIN units u ON u.subscriber_id = d.subscriber_id "
    "AND u.id = d.unit_id LEFT JOIN open_documents o ON o.subscriber_id = d.subscriber_id AND o.id = d.id ";
const std::string line_count_column =
    "(SELECT COUNT(*) FROM lines l WHERE l.subscriber_id = d.subscriber_id AND l.document_id = d.id)";

app::StoredDocument read_document(Query& row) {
    const auto subscriber = row.get<customers::SubscriberId>();
    const auto id = row.get<DocumentId>();
    const auto type = read_enum<invoicing::DocumentType>(document_type_names, row);
    const auto year = row.get<std::int32_t>();
    const auto sequence = row.get<std::int64_t>();
    auto number = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto due = row.get<Date>();
    const auto currency = read_currency(row);
    const auto unit = row.get<std::optional<customers::UnitId>>();
    auto contact = row.get<std::string>();
    auto organization = row.get<std::string>();
    auto country = row.get<std::string>();
    auto region = row.get<std::string>();
    const auto net = row.money(currency);
    const auto tax = row.money(currency);
    const auto total = row.money(currency);
    auto reason = row.get<std::string>();
    // A credit note has no debt: it is settled by being issued.
    const auto paid = total - row.money(currency);
    auto subscriber_code = row.get<std::string>();
    auto unit_code = row.get<std::string>();
    return {{id,
             subscriber,
             type,
             year,
             sequence,
             std::move(number),
             date,
             due,
             currency,
             unit,
             std::move(contact),
             std::move(organization),
             std::move(country),
             std::move(region),
             net,
             tax,
             total,
             invoicing::state_of(total, paid),
             {},
             std::move(reason)},
            std::move(subscriber_code),
            std::move(unit_code),
            paid,
            {}};
}

const std::string open_document_columns = "o.id, o.date, o.due, o.sequence, o.total, o.open";

payments::OpenDocument read_open_document(Query& row, Currency currency) {
    const auto id = row.get<DocumentId>();
    const auto date = row.get<Date>();
    const auto due = row.get<Date>();
    const auto sequence = row.get<std::int64_t>();
    const auto total = row.money(currency);
    return {id, date, due, sequence, total, row.money(currency)};
}

std::vector<app::StoredDocument> read_documents(Connection& db, std::span<const RowKey> keys, bool with_lines) {
    std::unordered_map<DocumentId, app::StoredDocument> read;
    each_row_of(db, keys,
                "SELECT " + document_columns + ", " + line_count_column + " FROM page p CROSS JOIN documents d" +
                    document_joins + "WHERE d.subscriber_id = p.subscriber_id AND d.id = p.id",
                [&](Query& row) {
                    auto stored = read_document(row);
                    stored.line_count = row.get<std::int64_t>();
                    const auto id = stored.document.id;
                    read.emplace(id, std::move(stored));
                });
    std::vector<app::StoredDocument> documents;
    documents.reserve(keys.size());
    for (const auto& key : keys)
        if (const auto found = read.find(DocumentId{key.id}); found != read.end())
            documents.push_back(std::move(found->second));
    if (with_lines) load_lines(db, documents);
    return documents;
}

namespace {

class LineLoader {
public:
    LineLoader(Connection& db, std::span<app::StoredDocument> documents) : db_(db), documents_(documents) {
        for (std::size_t i = 0; i < documents.size(); ++i) {
            const auto& document = documents[i].document;
            keys_.push_back({document.subscriber.value(), document.id.value()});
            page_.emplace(document.id, i);
        }
        printed_.resize(documents.size());
    }

    void load() {
        each_row_of(db_, keys_,
                    "SELECT l.document_id, b.code, i.type, " + line_columns +
                        " FROM page p CROSS JOIN lines l JOIN sub_services b ON b.subscriber_id = l.subscriber_id AND "
                        "b.id = l.sub_service_id JOIN items i ON i.subscriber_id = l.subscriber_id AND i.id = "
                        "l.item_id WHERE l.subscriber_id = p.subscriber_id AND l.document_id = p.id",
                    [&](Query& row) {
                        auto& printed = printed_[page_.at(row.get<DocumentId>())];
                        auto code = row.get<std::string>();
                        const auto type = read_enum<catalog::ProductType>(product_type_names, row);
                        printed.push_back({std::move(code), type, read_line(row)});
                    });
        for (std::size_t i = 0; i < documents_.size(); ++i) put_lines(printed_[i], documents_[i]);
        each_row_of(db_, keys_,
                    "SELECT t.line_id, " + line_tax_columns +
                        " FROM page p CROSS JOIN lines l JOIN line_taxes t ON t.subscriber_id = l.subscriber_id AND "
                        "t.line_id = l.id WHERE l.subscriber_id = p.subscriber_id AND l.document_id = p.id ORDER BY "
                        "t.subscriber_id, t.line_id, t.position",
                    [&](Query& row) {
                        auto* line = line_of_.at(row.get<charging::LineId>());
                        line->taxes.push_back(read_line_tax(row, line->net.currency()));
                    });
    }

private:
    struct Printed {
        std::string sub_service_code;
        catalog::ProductType type;
        invoicing::Line line;
        auto rank() const { return invoicing::printing_rank(line.charge, type); }
    };

    void put_lines(std::vector<Printed>& printed, app::StoredDocument& stored) {
        std::sort(printed.begin(), printed.end(),
                  [](const Printed& one, const Printed& other) { return one.rank() < other.rank(); });
        stored.document.lines.reserve(printed.size());  // pointers into it stay valid
        for (auto& [code, type, line] : printed) {
            stored.sub_service_codes.push_back(std::move(code));
            stored.document.lines.push_back(std::move(line));
            line_of_.emplace(stored.document.lines.back().charge.id, &stored.document.lines.back());
        }
    }

    Connection& db_;
    std::span<app::StoredDocument> documents_;
    std::vector<RowKey> keys_;
    std::unordered_map<DocumentId, std::size_t> page_;
    std::vector<std::vector<Printed>> printed_;  // by document of the page
    std::unordered_map<charging::LineId, invoicing::Line*> line_of_;
};

}  // namespace

void load_lines(Connection& db, std::span<app::StoredDocument> documents) {
    if (!documents.empty()) LineLoader(db, documents).load();
}

void load_taxes(Connection& db, customers::SubscriberId subscriber, std::span<invoicing::Line* const> lines) {
    std::vector<RowKey> keys;
    std::unordered_map<charging::LineId, invoicing::Line*> line_of;
    for (auto* line : lines) {
        keys.push_back({subscriber.value(), line->charge.id.value()});
        line_of.emplace(line->charge.id, line);
    }
    each_row_of(db, keys,
                "SELECT t.line_id, " + line_tax_columns +
                    " FROM page p CROSS JOIN line_taxes t WHERE t.subscriber_id = p.subscriber_id AND t.line_id = p.id "
                    "ORDER BY t.line_id, t.position",
                [&](Query& row) {
                    auto* line = line_of.at(row.get<charging::LineId>());
                    line->taxes.push_back(read_line_tax(row, line->net.currency()));
                });
}

}  // namespace sluice::store
