#include "domain/payments/allocate.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::payments {
namespace {

using support::date;
using support::money;

OpenCredit paid(std::int64_t id, const char* amount) { return {OpenCredit::From::payment, id, money(amount)}; }
OpenDocument owed(std::int64_t id, const char* due, const char* amount, std::int32_t year = 2026) {
    return {invoicing::DocumentId{id},
            *Date::parse(std::to_string(year) + "-01-01"),
            date(due),
            id,
            money(amount),
            money(amount)};
}
std::vector<std::string> tell(const std::vector<Allocation>& allocations) {
    std::vector<std::string> told;
    for (const auto& a : allocations)
        told.push_back(std::to_string(a.credit) + " pays " + a.amount.text() + " of " +
                       std::to_string(a.document.value()));
    return told;
}
using Told = std::vector<std::string>;

TEST(Allocate, PaysTheOldestDebtFirst) {
    std::vector<OpenCredit> credits{paid(1, "60.00")};
    std::vector<OpenDocument> documents{owed(2, "2026-03-01", "40.00"), owed(3, "2026-02-01", "40.00")};
    EXPECT_EQ(tell(allocate(credits, documents)), (Told{"1 pays 40.00 of 3", "1 pays 20.00 of 2"}));
    EXPECT_EQ(documents.back().open, money("20.00"));
}

TEST(Allocate, PaysByNumberOnTheSameDueDate) {
    std::vector<OpenCredit> credits{paid(1, "50.00")};
    std::vector<OpenDocument> documents{owed(9, "2026-02-01", "30.00"), owed(4, "2026-02-01", "30.00"),
                                        owed(12, "2026-02-01", "30.00", 2025)};
    EXPECT_EQ(tell(allocate(credits, documents)), (Told{"1 pays 30.00 of 12", "1 pays 20.00 of 4"}));
}

TEST(Allocate, KeepsWhatIsLeftAsCredit) {
    std::vector<OpenCredit> credits{paid(1, "100.00")};
    std::vector<OpenDocument> documents{owed(2, "2026-02-01", "40.00")};
    EXPECT_EQ(tell(allocate(credits, documents)), (Told{"1 pays 40.00 of 2"}));
    EXPECT_EQ(credits.front().left, money("60.00"));
    EXPECT_TRUE(documents.front().open.is_zero());
}

TEST(Allocate, UsesCreditsInTheirOrder) {
    std::vector<OpenCredit> credits{
        paid(1, "10.00"), {OpenCredit::From::credit_note, 2, money("10.00")}, paid(3, "10.00")};
    std::vector<OpenDocument> documents{owed(4, "2026-02-01", "15.00"), owed(5, "2026-02-02", "10.00")};
    EXPECT_EQ(tell(allocate(credits, documents)),
              (Told{"1 pays 10.00 of 4", "2 pays 5.00 of 4", "2 pays 5.00 of 5", "3 pays 5.00 of 5"}));
    EXPECT_EQ(credits.back().left, money("5.00"));
}

TEST(Allocate, DoesNothingWithoutDebtOrCredit) {
    std::vector<OpenCredit> credits{paid(1, "10.00")};
    std::vector<OpenDocument> none;
    EXPECT_TRUE(allocate(credits, none).empty());
    std::vector<OpenCredit> broke;
    std::vector<OpenDocument> documents{owed(2, "2026-02-01", "40.00")};
    EXPECT_TRUE(allocate(broke, documents).empty());
    EXPECT_EQ(documents.front().open, money("40.00"));
}

}  // namespace
}  // namespace sluice::payments
