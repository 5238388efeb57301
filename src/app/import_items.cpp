#include "app/import_items.hpp"

#include <algorithm>

namespace sluice::app {
namespace {

using catalog::Product;
using catalog::ProductType;

constexpr std::size_t max_serial_bytes = 100;
constexpr std::size_t max_codes_shown = 12;
constexpr const char* form = "write code, code:serial, code*quantity or code@instalments, separated by ;";

std::string_view words(ProductType type) {
    return type == ProductType::service ? "service" : type == ProductType::add_on ? "add-on" : "CPE";
}

// "the services are net-100, net-300 …"
std::string offer(const catalog::Catalog& catalog, ProductType type) {
    std::vector<std::string_view> codes;
    for (const auto& product : catalog.products())
        if (product.type == type) codes.push_back(product.code);
    if (codes.empty()) return "the catalogue of operator.yaml has none; add it there";
    const auto all = codes.size();
    if (all > max_codes_shown) codes.resize(max_codes_shown);
    std::string text = "write " + choice_of(codes);
    return all > max_codes_shown ? text + " … (" + std::to_string(all) + " in operator.yaml)" : text;
}

// An entry taken apart, nothing of it checked.
struct Entry {
    std::string_view text;
    std::string_view head;  // code and serial
    std::optional<std::string_view> quantity;
    std::optional<std::string_view> installments;
};

// The first '*' or '@' ends code and serial.
Entry take_apart(std::string_view text) {
    Entry entry{text, text, std::nullopt, std::nullopt};
    if (const auto at = entry.head.find_first_of("*@"); at != std::string_view::npos) entry.head = text.substr(0, at);
    auto rest = text.substr(entry.head.size());
    if (rest.starts_with('*')) {
        const auto end = std::min(rest.find('@'), rest.size());
        entry.quantity = rest.substr(1, end - 1);
        rest.remove_prefix(end);
    }
    if (rest.starts_with('@')) entry.installments = rest.substr(1);
    return entry;
}

// Codes and serial numbers may both hold colons: the longest code of the catalogue decides.
std::string_view code_of(std::string_view head, ProductType type, const catalog::Catalog& catalog) {
    for (auto end = head.size();; end = head.rfind(':', end - 1)) {
        if (end == std::string_view::npos || end == 0) break;
        if (catalog.find(type, head.substr(0, end))) return head.substr(0, end);
    }
    return head.substr(0, std::min(head.find(':'), head.size()));
}

bool is_serial(std::string_view text) {
    return !text.empty() && text.size() <= max_serial_bytes && std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7F;
    });
}

class EntryReader {
public:
    EntryReader(ImportRowReader& row, std::string_view column, ProductType type, const catalog::Catalog& catalog,
                Date as_of)
        : row_(row), column_(column), type_(type), catalog_(catalog), as_of_(as_of) {}

    ItemRequest read(std::string_view text) {
        const auto entry = take_apart(text);
        text_ = text;
        const auto code = code_of(entry.head, type_, catalog_);
        ItemRequest item{.code = std::string(code)};
        if (code.empty()) {
            complain("names no code", form);
            return item;
        }
        const auto* product = find_sold(row_, column_, code, type_, catalog_, as_of_);
        if (entry.head.size() > code.size()) read_serial(entry.head.substr(code.size() + 1), item);
        if (entry.quantity) read_quantity(*entry.quantity, item);
        if (entry.installments && product) read_installments(*entry.installments, *product, item);
        if (!item.serial.empty() && item.quantity != 1)
            complain("has a serial number, so it is one device", "leave *quantity out, or write one entry per device");
        return item;
    }

private:
    void complain(std::string wrong, std::string right) {
        row_.complain(column_, text_, std::move(wrong), std::move(right));
    }
    void read_serial(std::string_view serial, ItemRequest& item) {
        if (type_ != ProductType::cpe)
            complain("has a serial number, which add-ons do not have", "leave :serial out");
        else if (!is_serial(serial))
            complain("has no proper serial number", "write 1 to 100 printable characters after the colon");
        else
            item.serial = serial;
    }
    void read_quantity(std::string_view digits, ItemRequest& item) {
        const auto quantity = parse_count(digits);
        if (quantity && *quantity >= 1 && *quantity <= max_quantity)
            item.quantity = *quantity;
        else
            complain("has no proper quantity", "write * and a whole number of 1 to " + std::to_string(max_quantity));
    }
    void read_installments(std::string_view digits, const Product& product, ItemRequest& item) {
        const auto charged = parse_count(digits);
        if (charged && *charged <= product.installments)
            item.installments_charged = static_cast<std::int32_t>(*charged);
        else if (product.mode == catalog::Mode::installments)
            complain("has no proper number of instalments charged",
                     "write @ and a whole number of 0 to " + std::to_string(product.installments));
        else
            complain("is not sold in instalments", "leave @instalments out");
    }

    ImportRowReader& row_;
    std::string_view column_;
    ProductType type_;
    const catalog::Catalog& catalog_;
    Date as_of_;
    std::string_view text_;
};

}  // namespace

const Product* find_sold(ImportRowReader& row, std::string_view column, std::string_view code, ProductType type,
                         const catalog::Catalog& catalog, Date as_of) {
    const auto* product = catalog.find(type, code);
    if (!product)
        row.complain(column, code, "is no " + std::string(words(type)) + " of the catalogue", offer(catalog, type));
    else if (!catalog.price_on(product->id, as_of))
        row.complain(column, code, "has no price on " + as_of.text(), "give it a price from that date on");
    else
        return product;
    return nullptr;
}

std::vector<ItemRequest> read_items(ImportRowReader& row, std::string_view column, ProductType type,
                                    const catalog::Catalog& catalog, Date as_of) {
    std::vector<ItemRequest> items;
    auto rest = row.text(column);
    EntryReader reader(row, column, type, catalog, as_of);
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        items.push_back(reader.read(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return items;
}

}  // namespace sluice::app
