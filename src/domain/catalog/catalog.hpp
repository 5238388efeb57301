// What an operator sells: services, add-ons and CPEs, their price versions, and the taxes they name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/catalog/discount.hpp"
#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/id.hpp"
#include "values/period.hpp"

namespace sluice::catalog {

enum class ProductType { service, add_on, cpe };
enum class Mode { recurring, once, installments };
enum class Timing { advance, arrears };

struct ProductKind {
    static constexpr std::string_view prefix = "prod";
};
struct PriceKind {
    static constexpr std::string_view prefix = "price";
};
struct TaxKind {
    static constexpr std::string_view prefix = "tax";
};
using ProductId = Id<ProductKind>;
using PriceId = Id<PriceKind>;
using TaxId = Id<TaxKind>;

// A service, an add-on or a CPE of the catalogue. It never changes once sold; its price has versions.
struct Product {
    ProductId id;
    ProductType type;
    std::string code;  // unique in its type
    std::string name;
    std::string kind;                    // services: internet, iptv, voip …; else empty
    Mode mode = Mode::recurring;         // services are always recurring
    std::int32_t installments = 0;       // 1..1200 when mode is installments, else 0
    std::optional<PeriodLength> length;  // services only: the calendar of their sub-services
    Timing timing = Timing::advance;     // services only
    std::vector<std::string> tax_codes;  // in the order they are shown
    bool projected = true;               // its charges are part of what pro-forma documents ask for in advance
};

// Sub-services keep the version they were sold at.
struct PriceVersion {
    PriceId id;
    ProductId product;
    std::int32_t version;  // 1, 2, 3 … of its product
    Date valid_from;       // sold from this date on, until a later version is valid
    Decimal price;         // >= 0, currency units
    Decimal setup_fee;     // >= 0, services only
};

// One rule of a tax code. Several rules may share a code: the one that fits a subscriber and a date best is taken.
struct TaxRule {
    TaxId id;
    std::string code;
    std::string name;
    Decimal rate;         // percent, 0..1000
    bool included;        // inside the price; else on top
    std::string country;  // empty: every country
    std::string region;   // empty: every region
    std::optional<Date> valid_from;
};

class Catalog {
public:
    void add(Product product);
    void add(PriceVersion version);
    void add(TaxRule rule) { taxes_.push_back(std::move(rule)); }
    void add(Discount discount) { discounts_.push_back(std::move(discount)); }

    // REQUIRES: the id is of this catalogue; a foreign one breaks a promise.
    const Product& product(ProductId id) const;
    const PriceVersion& price(PriceId id) const;

    const Product* find(ProductType type, std::string_view code) const;
    // The version that is sold on `date`: the latest one valid by then; nothing if there is none yet.
    const PriceVersion* price_on(ProductId product, Date date) const;
    // The same among the versions whose id is at most `known`.
    const PriceVersion* price_on(ProductId product, Date date, PriceId known) const;
    const PriceVersion* latest_price(ProductId product) const;

    const std::vector<Product>& products() const { return products_; }
    const std::vector<PriceVersion>& prices() const { return prices_; }
    const std::vector<TaxRule>& taxes() const { return taxes_; }
    bool has_tax(std::string_view code) const;
    const std::vector<Discount>& discounts() const { return discounts_; }
    const Discount* find_discount(std::string_view code) const;
    const Discount* find_discount(DiscountId id) const;

private:
    std::vector<Product> products_;
    std::vector<PriceVersion> prices_;
    std::vector<TaxRule> taxes_;
    std::vector<Discount> discounts_;
    std::unordered_map<ProductId, std::size_t> product_at_;
    std::unordered_map<PriceId, std::size_t> price_at_;
    std::unordered_map<ProductId, std::vector<std::size_t>> versions_of_;
};

std::string_view name_of(ProductType type);  // "service", "add_on", "cpe"
std::string_view name_of(Mode mode);
std::string_view name_of(Timing timing);

}  // namespace sluice::catalog
