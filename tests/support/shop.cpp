#include "support/shop.hpp"

#include <algorithm>

#include "values/check.hpp"

namespace sluice::support {

using catalog::Mode;
using catalog::PriceId;
using catalog::Product;
using catalog::ProductId;
using catalog::ProductType;
using charging::CommandResult;
using charging::SubServiceBilling;

Date date(std::string_view text) { return Date::parse(text).value(); }
Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
Money money(std::string_view text, std::string_view currency) {
    return Money::parse(text, Currency::from_code(currency).value()).value();
}

Shop::Shop(std::string_view currency, Rounding rounding)
    : ids(1'700'000'000'000, 0),
      op{.id = customers::OperatorId{1},
         .code = "shop",
         .name = "Shop",
         .currency = Currency::from_code(currency).value(),
         .time_zone = "UTC",
         .rounding = rounding,
         .billing = {},
         .policies = {}},
      subscriber{.id = customers::SubscriberId{1},
                 .code = "anna",
                 .contact = "Anna",
                 .organization = {},
                 .country = "US",
                 .region = "Cook",
                 .pop = {},
                 .category = {},
                 .billing = {}} {}

void Shop::add(Product product, std::string_view price, std::string_view setup_fee) {
    const auto id = product.id;
    catalog.add(std::move(product));
    catalog.add(catalog::PriceVersion{.id = ids.next<PriceId>(),
                                      .product = id,
                                      .version = 1,
                                      .valid_from = date("2000-01-01"),
                                      .price = decimal(price),
                                      .setup_fee = decimal(setup_fee)});
}

void Shop::service(std::string code, std::string_view price, const ServiceOptions& options) {
    add({.id = ids.next<ProductId>(),
         .type = ProductType::service,
         .code = code,
         .name = code,
         .kind = "internet",
         .length = PeriodLength::parse(options.period).value(),
         .timing = options.timing,
         .tax_codes = options.taxes},
        price, options.setup_fee);
}

void Shop::recurring(std::string code, std::string_view price, std::vector<std::string> taxes) {
    add({.id = ids.next<ProductId>(),
         .type = ProductType::add_on,
         .code = code,
         .name = code,
         .kind = {},
         .mode = Mode::recurring,
         .length = std::nullopt,
         .tax_codes = std::move(taxes)},
        price);
}

void Shop::once(std::string code, std::string_view price, std::vector<std::string> taxes) {
    add({.id = ids.next<ProductId>(),
         .type = ProductType::add_on,
         .code = code,
         .name = code,
         .kind = {},
         .mode = Mode::once,
         .length = std::nullopt,
         .tax_codes = std::move(taxes)},
        price);
}

void Shop::installments(std::string code, std::string_view price, std::int32_t parts, std::vector<std::string> taxes) {
    add({.id = ids.next<ProductId>(),
         .type = ProductType::cpe,
         .code = code,
         .name = code,
         .kind = {},
         .mode = Mode::installments,
         .installments = parts,
         .length = std::nullopt,
         .tax_codes = std::move(taxes)},
        price);
}

void Shop::tax(std::string code, std::string_view rate, const TaxOptions& options) {
    catalog.add(catalog::TaxRule{.id = ids.next<catalog::TaxId>(),
                                 .code = code,
                                 .name = code,
                                 .rate = decimal(rate),
                                 .included = options.included,
                                 .country = options.country,
                                 .region = options.region,
                                 .valid_from = options.valid_from});
}

void Shop::new_price(std::string_view code, std::string_view price, std::string_view from) {
    const auto& of = product(code);
    const auto* latest = catalog.latest_price(of.id);
    catalog.add(catalog::PriceVersion{.id = ids.next<PriceId>(),
                                      .product = of.id,
                                      .version = latest->version + 1,
                                      .valid_from = date(from),
                                      .price = decimal(price),
                                      .setup_fee = latest->setup_fee});
}

const Product& Shop::product(std::string_view code) const {
    for (const auto type : {ProductType::service, ProductType::add_on, ProductType::cpe})
        if (const auto* found = catalog.find(type, code)) return *found;
    fail_promise("a test names products that it has", __FILE__, __LINE__);
}

Life::Life(Shop& shop, customers::Terms terms, std::string_view service, const std::vector<ItemAtStart>& items)
    : shop_(shop),
      terms_(terms),
      state_{.id = shop.ids.next<subscriptions::SubServiceId>(),
             .subscriber = shop.subscriber.id,
             .code = "s1",
             .changed_on = date("2000-01-01")} {
    const auto hold = [&](const Product& product, std::int64_t quantity) {
        state_.items.push_back({.id = shop_.ids.next<subscriptions::ItemId>(),
                                .type = product.type,
                                .product = product.id,
                                .price = shop_.catalog.latest_price(product.id)->id,
                                .quantity = quantity});
    };
    hold(shop_.product(service), 1);
    for (const auto& item : items) hold(shop_.product(item.code), item.quantity);
}

void Life::keep(subscriptions::SubService state, std::vector<charging::Charge> charges) {
    const auto book = shop_.book();
    auto charged = invoicing::assess_all(std::move(charges), lines_, book, shop_.subscriber);
    std::move(charged.begin(), charged.end(), std::back_inserter(lines_));
    state_ = std::move(state);
}

CommandResult Life::activate(std::string_view on) {
    return give([&](SubServiceBilling& billing) { return billing.activate(date(on)); });
}
CommandResult Life::suspend(std::string_view on) {
    return give([&](SubServiceBilling& billing) { return billing.suspend(date(on), "unpaid"); });
}
CommandResult Life::resume(std::string_view on) {
    return give([&](SubServiceBilling& billing) { return billing.resume(date(on)); });
}
CommandResult Life::exhaust_data(std::string_view on) {
    return give([&](SubServiceBilling& billing) { return billing.exhaust_data(date(on)); });
}
CommandResult Life::restore_data(std::string_view on) {
    return give([&](SubServiceBilling& billing) { return billing.restore_data(date(on)); });
}
CommandResult Life::cancel(std::string_view on, charging::Cancellation how) {
    return give([&](SubServiceBilling& billing) { return billing.cancel(date(on), how); });
}
CommandResult Life::change_service(std::string_view on, std::string_view code, charging::ChangeWhen when) {
    return give(
        [&](SubServiceBilling& billing) { return billing.change_service(date(on), shop_.product(code), when); });
}
CommandResult Life::move_to_current_price(std::string_view on) {
    return give([&](SubServiceBilling& billing) { return billing.move_to_current_price(date(on)); });
}

CommandResult Life::add(std::string_view on, std::string_view code, std::int64_t quantity) {
    const auto& product = shop_.product(code);
    const auto& price = *shop_.catalog.price_on(product.id, date(on));
    return give([&](SubServiceBilling& billing) {
        return billing.add_item(date(on), {.product = product, .price = price, .quantity = quantity});
    });
}

CommandResult Life::remove(std::string_view on, std::string_view code, bool credit, bool waive) {
    const auto& product = shop_.product(code);
    std::optional<subscriptions::ItemId> held;
    for (const auto& item : state_.items)
        if (item.product == product.id && (!held || !item.ends_on)) held = item.id;
    check(held.has_value(), "a test removes what was added");
    return give([&](SubServiceBilling& billing) { return billing.remove_item(date(on), *held, credit, waive); });
}

CommandResult Life::take_over(std::string_view on, const charging::TakenOver& taken_over) {
    state_.changed_on = date(on);  // it is created on the date of import
    return give([&](SubServiceBilling& billing) { return billing.take_over(date(on), taken_over); });
}

void Life::bill(std::string_view through) {
    const auto result = give([&](SubServiceBilling& billing) -> CommandResult {
        billing.bill_through(date(through));
        return Done{};
    });
    check(result.ok(), "billing is never refused");
}

std::optional<Date> Life::next_billing_date() {
    const auto book = shop_.book();
    auto state = state_;
    return SubServiceBilling(book, terms_, state, open()).next_billing_date();
}

std::vector<std::string> Life::news() {
    std::vector<std::string> told;
    for (; told_ < lines_.size(); ++told_) told.push_back(tell(lines_[told_].charge, shop_.catalog));
    return told;
}

std::string tell(const charging::Charge& charge, const catalog::Catalog& catalog) {
    std::string text = charge.billing_date ? charge.billing_date->text() : "elsewhere";
    text += " " + catalog.product(charge.product).code + " " + std::string(name_of(charge.kind)) + " " +
            charge.amount.text();
    if (charge.period)
        text += " [" + charge.period->start.text() + ", " + charge.period->end.text() + ") " +
                std::to_string(charge.days) + "/" + std::to_string(charge.of_days);
    if (charge.parts) {
        text += " " + std::to_string(charge.parts->first);
        if (charge.parts->last != charge.parts->first) text += "-" + std::to_string(charge.parts->last);
        text += "/" + std::to_string(charge.parts->of);
    }
    return text;
}

}  // namespace sluice::support
