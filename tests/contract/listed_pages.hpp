// Reads lists page by page, to compare them with what a plain look through everything says.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>

#include "contract/listed_world.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {

inline std::int64_t id_of(const app::SubscriberRow& row) { return row.subscriber.id.value(); }
inline std::int64_t id_of(const app::SubServiceRow& row) { return row.sub_service.id.value(); }
inline std::int64_t id_of(const app::StoredDocument& row) { return row.document.id.value(); }
inline std::int64_t id_of(const app::PaymentRow& row) { return row.payment.id.value(); }
inline std::int64_t id_of(const app::UnitRow& row) { return row.unit.id.value(); }
inline std::int64_t id_of(const app::StatementRow& row) { return row.header.id.value(); }

using Ids = std::vector<std::int64_t>;
template <typename Row>
Ids ids_of(const std::vector<Row>& rows) {
    Ids ids;
    for (const auto& row : rows) ids.push_back(id_of(row));
    return ids;
}

class Lists : public Contract {
protected:
    void make(int subscribers) {
        world = std::make_unique<ListedWorld>(1, subscribers);
        ListedWorld neighbour(2, 40);  // whose rows are in no list
        found(world->shop);
        found(neighbour.shop);
        written([&] {
            world->store_into(store());
            neighbour.store_into(store());
        });
        reopen();
    }

    // Reads page by page, both ways, and expects `wanted`: rows of the world, in order.
    template <typename Row>
    void expect(const std::string& what, std::vector<Row> wanted, std::initializer_list<std::int64_t> limits,
                const std::function<app::Page<Row>(const app::Paging&)>& read) {
        for (const bool descending : {false, true}) {
            const auto ids = ids_of(wanted);
            for (const auto limit : limits) {
                app::Paging paging{.limit = limit, .descending = descending};
                Ids all;
                for (;;) {
                    const auto page = read(paging);
                    const auto some = ids_of(page.rows);
                    all.insert(all.end(), some.begin(), some.end());
                    ASSERT_EQ(page.next.has_value(), all.size() < ids.size()) << what << " pages of " << limit;
                    if (!page.next) break;
                    ASSERT_EQ(std::ssize(some), limit) << what;
                    paging.after = page.next;
                }
                ASSERT_EQ(all, ids) << what << (descending ? " descending" : "") << " pages of " << limit;
            }
            std::reverse(wanted.begin(), wanted.end());
        }
    }
    // `query` of any kind, with all paging.
    template <typename Row, typename Query>
    void expect_list(const std::string& what, std::vector<Row> wanted, Query query,
                     std::initializer_list<std::int64_t> limits) {
        expect<Row>(what, std::move(wanted), limits, [&](const app::Paging& paging) {
            query.paging = paging;
            return store().list(world->id(), query);
        });
    }

    std::unique_ptr<ListedWorld> world;
};

template <typename Row, typename Passes>
std::vector<Row> filtered(std::vector<Row> rows, const Passes& passes) {
    std::erase_if(rows, [&](const Row& row) { return !passes(row); });
    return rows;
}
template <typename T, typename U>
bool fits(const std::optional<T>& filter, const U& value) {
    return !filter || *filter == value;
}
template <typename Row, typename Key>
std::vector<Row> sorted(std::vector<Row> rows, const Key& key) {
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& one, const Row& other) { return key(one) < key(other); });
    return rows;
}

}  // namespace sluice::contract
