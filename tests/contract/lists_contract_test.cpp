// Every list, with every filter, order, direction and size of page, says what a plain look through everything says.
#include <algorithm>

#include "contract/listed_pages.hpp"
#include "store/sql/search_words.hpp"

namespace sluice::contract {
namespace {

using app::Paging;
using app::SubscriberOrder;
using subscriptions::Status;
using support::date;

// Subscribers, one after the other.
class SubscriberModel {
public:
    explicit SubscriberModel(const ListedWorld& world) : world_(world) {
        for (const auto& row : world.subscribers)
            words_.emplace(row.subscriber.id, store::search_words(row.subscriber));
    }

    std::vector<app::SubscriberRow> list(const app::SubscriberQuery& query) const {
        const auto prefixes = prefixes_of(query.text);
        auto rows = filtered(world_.subscribers, [&](const app::SubscriberRow& row) {
            const auto& s = row.subscriber;
            return fits(query.category, s.category) && fits(query.region, s.region) && fits(query.pop, s.pop) &&
                   std::all_of(prefixes.begin(), prefixes.end(),
                               [&](const std::string& prefix) { return has_word(s.id, prefix); });
        });
        switch (query.order) {
            case SubscriberOrder::created:
                return rows;
            case SubscriberOrder::code:
                return sorted(rows, [](const auto& row) { return row.subscriber.code; });
            case SubscriberOrder::name:
                return sorted(rows, [](const auto& row) { return store::sort_name(row.subscriber); });
            case SubscriberOrder::balance:
                return sorted(rows, [](const auto& row) { return row.balance; });
        }
        return rows;
    }

private:
    bool has_word(customers::SubscriberId id, const std::string& prefix) const {
        const auto& words = words_.at(id);
        return std::any_of(words.begin(), words.end(), [&](const auto& word) { return word.starts_with(prefix); });
    }
    std::vector<std::string> prefixes_of(const std::string& text) const {
        std::vector<std::string> prefixes;
        for (const auto& term : store::search_terms(text)) {
            const bool is_there = std::any_of(world_.subscribers.begin(), world_.subscribers.end(),
                                              [&](const auto& row) { return has_word(row.subscriber.id, term.word); });
            if (is_there || term.parts.empty())
                prefixes.push_back(term.word);
            else
                prefixes.insert(prefixes.end(), term.parts.begin(), term.parts.end());
        }
        return prefixes;
    }

    const ListedWorld& world_;
    std::map<customers::SubscriberId, std::vector<std::string>> words_;
};

const std::vector<SubscriberOrder> subscriber_orders{SubscriberOrder::created, SubscriberOrder::code,
                                                     SubscriberOrder::name, SubscriberOrder::balance};

TEST_P(Lists, OfSubscribersAreAsAskedFor) {
    make(120);
    const SubscriberModel model(*world);
    for (const auto order : subscriber_orders)
        for (const char* text : {"", "nino", "ANN", "s1000", "green-tow", "green-", "tower-green", "smith-j o", "京",
                                 "a n", "nobody", "x.y", "a_b:100002", "..."})
            for (const auto& category :
                 {std::optional<std::string>(), std::optional<std::string>("home"), std::optional<std::string>("")})
                for (const auto& pop : {std::optional<std::string>(), std::optional<std::string>("rare")}) {
                    app::SubscriberQuery query{.text = text, .category = category, .pop = pop, .order = order};
                    if (std::string(text) == "ANN" && pop) query.region = "north";
                    expect_list<app::SubscriberRow>(std::string("subscribers \"") + text + '"', model.list(query),
                                                    query, {1, 7, 200});
                }
    EXPECT_EQ(model.list({.text = "nino"}).size(), model.list({.text = "NIÑO"}).size());
    EXPECT_GT(model.list({.text = "nino"}).size(), 10U);
}

TEST_P(Lists, OfManySubscribersAreAsAskedFor) {
    make(6'000);
    const SubscriberModel model(*world);
    for (const auto order : subscriber_orders)
        for (const char* text : {"", "a", "anna g", "s10000"})
            for (const auto& category : {std::optional<std::string>(), std::optional<std::string>("home"),
                                         std::optional<std::string>("office")}) {
                const app::SubscriberQuery query{.text = text, .category = category, .order = order};
                expect_list<app::SubscriberRow>(std::string("many subscribers \"") + text + '"', model.list(query),
                                                query, {499});
            }
}

TEST_P(Lists, OfManyWhoStandFarBehindTheBeginAreAsAskedFor) {
    make(8'000);
    const app::SubscriberQuery query{.text = "s1",
                                     .order = SubscriberOrder::code};  // in descending order they come last
    const auto wanted = SubscriberModel(*world).list(query);
    EXPECT_GT(wanted.size(), 2'500U);
    expect_list<app::SubscriberRow>("those who come last", wanted, query, {63});
}

TEST_P(Lists, OfSubServicesAreAsAskedFor) {
    make(120);
    const auto& some = world->sub_services[world->sub_services.size() / 2].sub_service;
    for (const auto& status :
         {std::optional<Status>(), std::optional(Status::active), std::optional(Status::cancelled)})
        for (const char* service : {"", "net", "rare"})
            for (const auto& due : {std::optional<Date>(), std::optional(date("2026-01-20"))})
                for (const bool of_one : {false, true}) {
                    app::SubServiceQuery query{.status = status, .due_by = due};
                    if (*service) query.service = world->shop.product(service).id;
                    if (of_one) query.subscriber = some.subscriber;
                    const auto wanted = filtered(world->sub_services, [&](const app::SubServiceRow& row) {
                        const auto& sub = row.sub_service;
                        return fits(query.subscriber, sub.subscriber) && fits(status, sub.status) &&
                               fits(query.service, sub.main().product) &&
                               (!due || (row.next_billing_date && *row.next_billing_date <= *due));
                    });
                    expect_list<app::SubServiceRow>("sub-services", wanted, query, {1, 5, 300});
                }
    for (const auto& from : {std::optional<Date>(), std::optional(date("2026-01-12"))})
        for (const auto& to : {std::optional<Date>(), std::optional(date("2026-02-10"))})
            for (const auto& status : {std::optional<Status>(), std::optional(Status::active)}) {
                if (!from && !to) continue;
                const auto is_within = [&](std::optional<Date> day) {
                    return day && (!from || *day >= *from) && (!to || *day <= *to);
                };
                expect_list<app::SubServiceRow>(
                    "sub-services that began",
                    filtered(world->sub_services,
                             [&](const app::SubServiceRow& row) {
                                 return fits(status, row.sub_service.status) && is_within(row.sub_service.started_on);
                             }),
                    app::SubServiceQuery{.status = status, .started_from = from, .started_to = to}, {1, 7, 300});
                expect_list<app::SubServiceRow>(
                    "sub-services that ended",
                    filtered(world->sub_services,
                             [&](const app::SubServiceRow& row) {
                                 return fits(status, row.sub_service.status) &&
                                        row.sub_service.status == Status::cancelled &&
                                        is_within(row.sub_service.changed_on);
                             }),
                    app::SubServiceQuery{.status = status, .cancelled_from = from, .cancelled_to = to}, {1, 7, 300});
            }
    for (const auto& [subscriber, units] : world->units)
        for (const bool with_subscriber : {true, false}) {
            app::SubServiceQuery query{.unit = units.front().id};
            if (with_subscriber) query.subscriber = subscriber;
            expect_list<app::SubServiceRow>(
                "sub-services of a unit",
                filtered(world->sub_services,
                         [&](const app::SubServiceRow& row) { return row.sub_service.unit == units.front().id; }),
                query, {1, 500});
        }
}

TEST_P(Lists, OfSubServicesTellAllOfEach) {
    make(30);
    for (const auto& wanted : store().list(world->id(), app::SubServiceQuery{.paging = {.limit = 500}}).rows) {
        const auto& rows = world->sub_services;
        const auto made =
            std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return id_of(row) == id_of(wanted); });
        ASSERT_NE(made, rows.end());
        EXPECT_EQ(wanted.sub_service, made->sub_service);
        EXPECT_EQ(wanted.subscriber_code, made->subscriber_code);
        EXPECT_EQ(wanted.unit_code, made->unit_code);
        EXPECT_EQ(wanted.next_billing_date, made->next_billing_date);
        const auto found = store().find_sub_service(made->sub_service.subscriber, made->sub_service.code);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->sub_service, made->sub_service);
        EXPECT_EQ(found->unit_code, made->unit_code);
    }
    EXPECT_FALSE(store().find_sub_service(world->some_subscriber().id, "none"));
}

TEST_P(Lists, OfUnitsAreInOrderOfCreation) {
    make(20);
    for (const auto& row : world->subscribers) {
        std::vector<app::UnitRow> wanted;
        for (const auto& unit : world->units[row.subscriber.id]) wanted.push_back({unit});
        expect<app::UnitRow>("units", wanted, {1, 2, 50},
                             [&](const Paging& paging) { return store().units(row.subscriber.id, paging); });
    }
}

TEST_P(Lists, OfSubscribersTellAllOfEach) {
    make(40);
    const auto listed = store().list(world->id(), app::SubscriberQuery{.paging = {.limit = 500}}).rows;
    ASSERT_EQ(listed.size(), world->subscribers.size());
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const auto& made = world->subscribers[i];
        EXPECT_EQ(tell(listed[i].subscriber), tell(made.subscriber));
        EXPECT_EQ(listed[i].balance, made.balance);
        const auto found = store().subscriber_row(world->id(), made.subscriber.code);
        ASSERT_TRUE(found);
        EXPECT_EQ(tell(found->subscriber), tell(made.subscriber));
        EXPECT_EQ(found->balance, made.balance);
    }
    EXPECT_FALSE(store().subscriber_row(world->id(), "none"));
    EXPECT_FALSE(store().subscriber_row(customers::OperatorId{3}, world->some_subscriber().code));
}

TEST_P(Lists, OfAnythingBeginAnywhereWithAPositionOfAnotherList) {
    make(10);
    for (const auto order : subscriber_orders)
        for (const bool descending : {false, true})
            EXPECT_NO_THROW(store().list(
                world->id(),
                app::SubscriberQuery{.order = order,
                                     .paging = {.after = app::Position{"nonsense", -5}, .descending = descending}}));
}

SLUICE_ON_EACH_STORE(Lists);

}  // namespace
}  // namespace sluice::contract
