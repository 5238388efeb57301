#include "app/import_records.hpp"

#include <array>

#include "app/import_items.hpp"
#include "values/check.hpp"

namespace sluice::app {
namespace {

using catalog::ProductType;
using subscriptions::Status;

constexpr std::array<std::string_view, 13> subscriber_columns{
    "code",  "contact",   "organization", "country",   "region", "pop",     "category",
    "model", "cycle_day", "first_charge", "invoicing", "email",  "language"};
constexpr std::array<std::string_view, 7> unit_columns{"subscriber", "code",         "name",     "model",
                                                       "cycle_day",  "first_charge", "invoicing"};
constexpr std::array<std::string_view, 13> sub_service_columns{
    "subscriber", "unit", "code",  "service",   "status",       "activated_on", "charged_to",
    "add_ons",    "cpes", "model", "cycle_day", "first_charge", "invoicing"};
constexpr std::array<std::string_view, 5> statuses{"inactive", "active", "suspended", "data_exhausted", "cancelled"};

constexpr std::size_t max_name = 200;
constexpr std::size_t max_word = 64;
constexpr std::size_t max_email = 254;
// Nobody pays further ahead; a date beyond it is a typing error, and each period up to it would become a line.
constexpr std::int32_t max_days_ahead = 30 * 366;

std::optional<Status> read_status(ImportRowReader& row) {
    if (row.text("status").empty()) row.complain("status", "is missing", "write " + choice_of(statuses));
    const auto at = row.word("status", statuses);
    return at ? subscriptions::parse_status(statuses[*at]) : std::nullopt;
}

void check_activation(ImportRowReader& row, Status status, std::optional<Date> activated_on, Date as_of) {
    if (status == Status::inactive || status == Status::cancelled) return;
    if (row.text("activated_on").empty())
        row.complain("activated_on", "is missing",
                     "a sub-service that is " + std::string(row.text("status")) + " needs the date of its activation");
    else if (activated_on && *activated_on > as_of)
        row.complain("activated_on", "lies after the date of import, " + as_of.text(),
                     "write the date on which it was activated, or status inactive");
}

void check_charged_to(ImportRowReader& row, std::optional<Date> activated_on, Date charged_to, Date as_of) {
    if (activated_on && charged_to < *activated_on)
        row.complain("charged_to", "lies before activated_on, " + activated_on->text(),
                     "write the first day that is not charged yet, " + activated_on->text() + " or later");
    if (days_between(as_of, charged_to) > max_days_ahead)
        row.complain("charged_to", "lies more than 30 years after the date of import, " + as_of.text(),
                     "write the first day that is not charged yet");
}

charging::TakenOver read_taken_over(ImportRowReader& row, Date as_of) {
    const auto status = read_status(row);
    const auto activated_on = row.date("activated_on");
    const auto charged_to = row.date("charged_to");
    if (status) check_activation(row, *status, activated_on, as_of);
    if (charged_to) check_charged_to(row, activated_on, *charged_to, as_of);
    return {status.value_or(Status::inactive), activated_on, charged_to};
}

}  // namespace

std::span<const std::string_view> import_columns(ImportTable table) {
    switch (table) {
        case ImportTable::subscribers:
            return subscriber_columns;
        case ImportTable::units:
            return unit_columns;
        case ImportTable::sub_services:
            return sub_service_columns;
    }
    fail_promise("a table has columns", __FILE__, __LINE__);
}

std::size_t optional_columns(ImportTable table) {
    return table == ImportTable::subscribers ? 2 : 0;  // email and language, which older files do not have
}

std::span<const std::string_view> profile_columns(ImportTable table) {
    check(table != ImportTable::sub_services, "sub-services have no profile");
    const auto columns = import_columns(table);
    return columns.subspan(3, columns.size() - 3 - optional_columns(table));
}

customers::Subscriber read_subscriber_fields(ImportRowReader& row) {
    customers::Subscriber subscriber;
    subscriber.code = row.code("code");
    subscriber.contact = row.short_text("contact", max_name);
    subscriber.organization = row.short_text("organization", max_name);
    subscriber.country = row.country("country");
    subscriber.region = row.short_text("region", max_word);
    subscriber.pop = row.short_text("pop", max_word);
    subscriber.category = row.short_text("category", max_word);
    subscriber.email = row.short_text("email", max_email);
    if (!subscriber.email.empty() && !customers::is_email_address(subscriber.email))
        row.complain("email", subscriber.email, "is no address", "write one as ada@example.com, or nothing");
    subscriber.language = row.short_text("language", max_word);
    if (!subscriber.language.empty() && !customers::is_language_tag(subscriber.language))
        row.complain("language", subscriber.language, "is no language", "write one as en or pt-BR, or nothing");
    subscriber.billing = row.settings();
    if (subscriber.contact.empty() && subscriber.organization.empty())
        row.complain("contact", "and organization are both empty", "give one of them, or both");
    return subscriber;
}

customers::Unit read_unit_fields(ImportRowReader& row) {
    customers::Unit unit;
    unit.code = row.code("code");
    unit.name = row.short_text("name", max_name);
    unit.billing = row.settings();
    if (unit.name.empty()) row.complain("name", "is missing", "name the flat, office or shop, for example Apt 101");
    return unit;
}

SubServiceRecord read_sub_service_fields(ImportRowReader& row, const catalog::Catalog& catalog, Date as_of) {
    SubServiceRequest request{.subscriber = std::string(row.code("subscriber")),
                              .code = std::string(row.code("code")),
                              .service = std::string(row.code("service")),
                              .unit = std::string(row.code("unit", false)),
                              .add_ons = read_items(row, "add_ons", ProductType::add_on, catalog, as_of),
                              .cpes = read_items(row, "cpes", ProductType::cpe, catalog, as_of),
                              .billing = row.settings()};
    if (is_import_code(request.service))
        find_sold(row, "service", request.service, ProductType::service, catalog, as_of);
    return {std::move(request), read_taken_over(row, as_of)};
}

}  // namespace sluice::app
