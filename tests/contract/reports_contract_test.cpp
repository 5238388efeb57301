// Sums over the books, beside what was done.
#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using support::date;
using support::money;
using support::Shop;

// Anna's net costs 40 and 20 % tax from January on; Bert has one in February, which ends in it.
class ReportsOfBooks : public Contract {
protected:
    ReportsOfBooks() : hasher(connect::sha256_hasher()) {
        shop.tax("vat", "20");
        shop.service("net", "40", {.taxes = {"vat"}});
        found(shop);
        app::Commands does{store(), *hasher, shop.ids, store().operators().front()};
        for (const char* code : {"anna", "bert"}) {
            done(does.create_subscriber({.code = code, .contact = code}));
            done(does.add_sub_service(date("2026-01-05"), {.subscriber = code, .code = "n", .service = "net"}));
        }
        done(does.activate(date("2026-01-05"), {"anna", "n"}));
        done(does.activate(date("2026-02-05"), {"bert", "n"}));
        done(does.cancel(date("2026-02-10"), {"bert", "n"}, {.at = charging::CancelAt::now}));
        app::BillRun(store(), *hasher, shop.ids, store().operators().front()).run(date("2026-02-28"));
        const auto paid = does.record_payment(date("2026-02-20"), "anna", money("100.00"), "card", "");
        done(paid);
        done(does.corrections().refund(date("2026-02-21"),
                                       {.payment = paid.value(), .amount = money("3.00"), .fee = money("1.00")}));
        done(does.set_aside(date("2026-02-21"), {.subscriber = "anna", .sub_service = "n"}));
    }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    app::MonthFigures month(const char* first) {
        return store().reports().month(shop.op.id, shop.op.currency, date(first));
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(ReportsOfBooks, AMonthHasWhatBearsItsDates) {
    const auto february = month("2026-02-01");
    EXPECT_EQ(february.documents, 2);
    EXPECT_EQ(february.net, money("80.00"));
    EXPECT_EQ(february.tax, money("16.00"));
    EXPECT_EQ(february.total, money("96.00"));
    EXPECT_EQ(february.came_in.count, 1);
    EXPECT_EQ(february.came_in.amount, money("100.00"));
    EXPECT_EQ(february.went_out.count, 1) << "what is set aside goes nowhere";
    EXPECT_EQ(february.went_out.amount, money("2.00"));
    EXPECT_EQ(february.started, 1);
    EXPECT_EQ(february.cancelled, 1);
    const auto march = month("2026-03-01");
    EXPECT_EQ(march.documents, 0);
    EXPECT_EQ(march.total, money("0.00"));
    EXPECT_EQ(march.came_in.amount, money("0.00"));
}

TEST_P(ReportsOfBooks, DebtsAreOverdueFromTheDayAfterTheyWereDue) {
    const auto due = store().find_document(shop.op.id, "INV-2026-000002")->document.due;
    const auto open = [&](Date today, std::size_t band) {
        return store().reports().debts_by_age(shop.op.id, shop.op.currency, today).at(band).open;
    };
    EXPECT_EQ(open(due, 0).count, 1);
    EXPECT_EQ(open(due, 0).amount, money("48.00"));
    EXPECT_EQ(open(due.plus_days(1), 0).count, 0);
    EXPECT_EQ(open(due.plus_days(1), 1).count, 1);
    EXPECT_EQ(open(due.plus_days(30), 1).count, 1);
    EXPECT_EQ(open(due.plus_days(31), 2).count, 1);
    EXPECT_EQ(open(due.plus_days(91), 4).amount, money("48.00"));
    EXPECT_EQ(open(due.plus_days(4000), 4).count, 1);
}

SLUICE_ON_EACH_STORE(ReportsOfBooks);

}  // namespace
}  // namespace sluice::contract
