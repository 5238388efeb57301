#include "domain/catalog/catalog.hpp"

#include <algorithm>
#include <limits>

#include "values/check.hpp"

namespace sluice::catalog {

void Catalog::add(Product product) {
    check(product_at_.emplace(product.id, products_.size()).second, "a product is in the catalogue once");
    products_.push_back(std::move(product));
}

void Catalog::add(PriceVersion version) {
    check(product_at_.contains(version.product), "a price version belongs to a product of the catalogue");
    check(price_at_.emplace(version.id, prices_.size()).second, "a price version is in the catalogue once");
    versions_of_[version.product].push_back(prices_.size());
    prices_.push_back(version);
}

const Product& Catalog::product(ProductId id) const {
    const auto found = product_at_.find(id);
    check(found != product_at_.end(), "a product that is used is in the catalogue");
    return products_[found->second];
}

const PriceVersion& Catalog::price(PriceId id) const {
    const auto found = price_at_.find(id);
    check(found != price_at_.end(), "a price version that is used is in the catalogue");
    return prices_[found->second];
}

const Product* Catalog::find(ProductType type, std::string_view code) const {
    const auto found = std::find_if(products_.begin(), products_.end(),
                                    [&](const Product& p) { return p.type == type && p.code == code; });
    return found == products_.end() ? nullptr : &*found;
}

const PriceVersion* Catalog::price_on(ProductId product, Date date) const {
    return price_on(product, date, PriceId{std::numeric_limits<std::int64_t>::max()});
}

const PriceVersion* Catalog::price_on(ProductId product, Date date, PriceId known) const {
    const auto versions = versions_of_.find(product);
    if (versions == versions_of_.end()) return nullptr;
    const PriceVersion* best = nullptr;
    for (const auto at : versions->second) {
        const auto& candidate = prices_[at];
        if (candidate.valid_from <= date && candidate.id <= known && (!best || candidate.version > best->version))
            best = &candidate;
    }
    return best;
}

const PriceVersion* Catalog::latest_price(ProductId product) const {
    const auto versions = versions_of_.find(product);
    return versions == versions_of_.end() ? nullptr : &prices_[versions->second.back()];
}

bool Catalog::has_tax(std::string_view code) const {
    return std::any_of(taxes_.begin(), taxes_.end(), [&](const TaxRule& rule) { return rule.code == code; });
}

const Discount* Catalog::find_discount(std::string_view code) const {
    const auto found = std::find_if(discounts_.begin(), discounts_.end(),
                                    [&](const Discount& discount) { return discount.code == code; });
    return found == discounts_.end() ? nullptr : &*found;
}

const Discount* Catalog::find_discount(DiscountId id) const {
    const auto found =
        std::find_if(discounts_.begin(), discounts_.end(), [&](const Discount& discount) { return discount.id == id; });
    return found == discounts_.end() ? nullptr : &*found;
}

std::string_view name_of(ProductType type) {
    switch (type) {
        case ProductType::service:
            return "service";
        case ProductType::add_on:
            return "add_on";
        case ProductType::cpe:
            return "cpe";
    }
    fail_promise("a product type has a name", __FILE__, __LINE__);
}

std::string_view name_of(Mode mode) {
    switch (mode) {
        case Mode::recurring:
            return "recurring";
        case Mode::once:
            return "once";
        case Mode::installments:
            return "installments";
    }
    fail_promise("a mode has a name", __FILE__, __LINE__);
}

std::string_view name_of(Timing timing) { return timing == Timing::advance ? "advance" : "arrears"; }

}  // namespace sluice::catalog
