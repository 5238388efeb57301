// How amounts came about, told and computed once more.
#include "app/explain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_files.hpp"
#include "serve/scenario/run_scenario.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

const char* const world = R"(
operator: {code: metro, name: Metro Fiber, currency: USD, time_zone: UTC}
catalog:
  taxes:
    - {code: vat, name: VAT, rate: 20, included: false}
    - {code: city, name: City tax, rate: 1.5, included: true}
  services:
    - {code: net, name: Internet 100, kind: internet, price: 40.00, period: 1 month, setup_fee: 25.00, taxes: [vat, city]}
  cpes:
    - {code: router, name: Router, mode: installments, price: 100.00, installments: 3}
timeline:
  - {at: 2026-01-17, create_subscriber: {code: anna, contact: Anna}}
  - {at: 2026-01-17, add_sub_service: {subscriber: anna, code: home, service: net, cpes: [{code: router, serial: R1}],
                                       billing: {model: pro_rata, cycle_day: 1}}}
  - {at: 2026-01-17, activate: {sub_service: anna/home}}
  - {at: 2026-01-20, create_subscriber: {code: bert, organization: Bert Ltd}}
  - {at: 2026-01-20, import_sub_service: {subscriber: bert, code: shop, service: net, status: active,
                                          activated_on: 2026-01-10, charged_to: 2026-02-10}}
  - {at: 2026-01-25, cancel: {sub_service: bert/shop, at: now, credit: true}}
  - {at: 2026-01-27, cancel: {sub_service: anna/home, at: now, credit: true}}
through: 2026-01-31
)";

class Explain : public testing::Test, public serve::Stage {
protected:
    Explain() : path_(folder_ / "store.db"), store_(store::open_store("sqlite:" + path_.string(), false)) {
        const auto hasher = connect::sha256_hasher();
        IdSource ids(1'700'000'000'000, 0);
        serve::run_scenario(serve::read_scenario(world, ids), *this, *hasher, ids);
    }
    app::Store& store() override { return *store_; }

    // The line that `condition` selects, after `damage` to the closed file.
    app::Explanation explained(const std::string& condition, const std::string& damage = {}) {
        store_.reset();
        std::int64_t id = 0;
        {
            RawFile raw(path_);
            id = raw.integer("SELECT l.id FROM lines l JOIN subscribers s ON s.subscriber_id = l.subscriber_id WHERE " +
                             condition);
            if (!damage.empty()) raw.run(damage + " WHERE id = " + std::to_string(id));
        }
        store_ = store::open_store("sqlite:" + path_.string(), true);
        const auto line = store_->find_line(charging::LineId{id}).value();
        return app::explain(*store_, store_->operators().front(), line);
    }
    // Without the first line, which is an id; and without the letters of other ids.
    std::string told(const std::string& condition, const std::string& damage = {}) {
        const auto text = app::text(explained(condition, damage));
        static const std::regex id("line_[0-9a-z]{13}");
        return std::regex_replace(text.substr(text.find('\n') + 1), id, "line_?????????????");
    }

private:
    TemporaryFolder folder_;
    std::filesystem::path path_;
    std::unique_ptr<app::Store> store_;
};

TEST_F(Explain, APartialPeriodWithTaxes) {
    EXPECT_EQ(told("s.code = 'anna' AND kind = 'recurring'"), R"(  subscriber      anna                      Anna
  sub-service     home
  document        INV-2026-000001           of 2026-01-17
  for             Internet 100              service net
  price           40.00 USD                 version 1, valid from 1900-01-01
  period charged  2026-01-17 to 2026-02-01  15 days
  full period     2026-01-01 to 2026-02-01  31 days
  exact           19.354838709677…          40.00 × 15 / 31 days
  amount          19.35 USD                 rounded half up to 2 decimals
  VAT             3.81 USD                  20 % on top of 19.06 USD = 3.812, rounded half up to 2 decimals
  City tax        0.29 USD                  1.5 % included in 19.35 USD = 0.285960591133…, rounded half up to 2 decimals
  net             19.06 USD
  tax             4.10 USD
  gross           23.16 USD
Computed once more: everything agrees.
)");
}
TEST_F(Explain, ByWhichPhrasesItIsSaid) {
    const auto steps = explained("s.code = 'anna' AND kind = 'recurring'").steps;
    const auto price = std::find_if(steps.begin(), steps.end(), [](const auto& step) { return step.label == "price"; });
    ASSERT_NE(price, steps.end());
    EXPECT_EQ(price->phrases->label.key.form().key, "step_price");
    EXPECT_EQ(price->phrases->value.key.form().key, "price");
    ASSERT_EQ(price->phrases->remark.size(), 1U);
    const auto& [key, facts] = price->phrases->remark.front();
    EXPECT_EQ(key.form().key, "price_version");
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_EQ(std::get<std::int64_t>(facts[0].value), 1);
    EXPECT_EQ(std::get<Date>(facts[1].value).text(), "1900-01-01");
}
TEST_F(Explain, ASetupFee) {
    EXPECT_EQ(told("kind = 'setup_fee'"), R"(  subscriber   anna                Anna
  sub-service  home
  document     INV-2026-000001     of 2026-01-17
  for          Internet 100        service net
  setup fee    25.00 USD           version 1, valid from 1900-01-01
  exact        25.00               25.00
  amount       25.00 USD           rounded half up to 2 decimals
  VAT          4.93 USD            20 % on top of 24.63 USD = 4.926, rounded half up to 2 decimals
  City tax     0.37 USD            1.5 % included in 25.00 USD = 0.369458128078…, rounded half up to 2 decimals
  net          24.63 USD
  tax          5.30 USD
  gross        29.93 USD
Computed once more: everything agrees.
)");
}
TEST_F(Explain, AnInstalmentWithTheRemainder) {
    EXPECT_EQ(told("kind = 'installment' AND first_part = 1"), R"(  subscriber   anna                Anna
  sub-service  home
  document     INV-2026-000001     of 2026-01-17
  for          Router              cpe router
  price        100.00 USD          version 1, valid from 1900-01-01
  exact        100.00              100.00
  total        100.00 USD          rounded half up to 2 decimals
  instalment   1 of 3              33.33 USD each, the remainder of 0.01 USD with the first
  amount       33.34 USD
  taxes        none
  net          33.34 USD
  tax          0.00 USD
  gross        33.34 USD
Computed once more: everything agrees.
)");
}
TEST_F(Explain, InstalmentsThatFallDueTogether) {
    EXPECT_EQ(told("kind = 'installment' AND first_part = 2"), R"(  subscriber   anna                Anna
  sub-service  home
  document     INV-2026-000002     of 2026-01-27
  for          Router              cpe router
  price        100.00 USD          version 1, valid from 1900-01-01
  exact        100.00              100.00
  total        100.00 USD          rounded half up to 2 decimals
  instalment   2 to 3 of 3         33.33 USD each, the remainder of 0.01 USD with the first
  amount       66.66 USD
  taxes        none
  net          66.66 USD
  tax          0.00 USD
  gross        66.66 USD
Computed once more: everything agrees.
)");
}
TEST_F(Explain, ACredit) {
    EXPECT_EQ(told("s.code = 'anna' AND kind = 'credit'"), R"(  subscriber       anna                      Anna
  sub-service      home
  document         INV-2026-000002           of 2026-01-27
  for              Internet 100              service net
  credits          line_?????????????        charged on 2026-01-17 for 2026-01-17 to 2026-02-01
  charged there    19.35 USD
  period credited  2026-01-27 to 2026-02-01  5 days of 15
  exact            -6.45                     -19.35 × 5 / 15 days
  rounded          -6.45 USD                 rounded half up to 2 decimals
  amount           -6.45 USD
  VAT              -1.27 USD                 20 % on top of -6.35 USD = -1.27, rounded half up to 2 decimals
  City tax         -0.10 USD                 1.5 % included in -6.45 USD = -0.095320197044…, rounded half up to 2 decimals
  net              -6.35 USD
  tax              -1.37 USD
  gross            -7.72 USD
Computed once more: everything agrees.
)");
}
TEST_F(Explain, WhatAnotherSystemHasCharged) {
    EXPECT_EQ(told("s.code = 'bert' AND kind = 'recurring'"), R"(  subscriber      bert                      Bert Ltd
  sub-service     shop
  document        none                      charged by another system before the import; kept here to credit it if need be
  for             Internet 100              service net
  price           40.00 USD                 version 1, valid from 1900-01-01
  period charged  2026-01-10 to 2026-02-10  31 days
  full period     2026-01-10 to 2026-02-10  31 days
  exact           40.00                     40.00 × 31 / 31 days
  amount          40.00 USD                 rounded half up to 2 decimals
  VAT             7.88 USD                  20 % on top of 39.41 USD = 7.882, rounded half up to 2 decimals
  City tax        0.59 USD                  1.5 % included in 40.00 USD = 0.591133004926…, rounded half up to 2 decimals
  net             39.41 USD
  tax             8.47 USD
  gross           47.88 USD
Computed once more: everything agrees.
)");
}
TEST_F(Explain, AnAmountThatDoesNotAgree) {
    const std::string line = "s.code = 'anna' AND kind = 'recurring'";
    EXPECT_EQ(told(line, "UPDATE lines SET amount = 1936"), R"(  subscriber      anna                      Anna
  sub-service     home
  document        INV-2026-000001           of 2026-01-17
  for             Internet 100              service net
  price           40.00 USD                 version 1, valid from 1900-01-01
  period charged  2026-01-17 to 2026-02-01  15 days
  full period     2026-01-01 to 2026-02-01  31 days
  exact           19.354838709677…          40.00 × 15 / 31 days
! amount          19.36 USD                 rounded half up to 2 decimals; computes to 19.35 USD
  VAT             3.81 USD                  20 % on top of 19.06 USD = 3.812, rounded half up to 2 decimals
  City tax        0.29 USD                  1.5 % included in 19.35 USD = 0.285960591133…, rounded half up to 2 decimals
  net             19.06 USD
  tax             4.10 USD
  gross           23.16 USD
Computed once more: what is marked with ! does not agree.
)");
    EXPECT_FALSE(explained(line).agrees);
}
TEST_F(Explain, ACreditWhoseLineIsGone) {
    EXPECT_EQ(told("s.code = 'anna' AND kind = 'credit'", "UPDATE lines SET credits_line_id = 1"),
              R"(  subscriber   anna                Anna
  sub-service  home
  document     INV-2026-000002     of 2026-01-27
  for          Internet 100        service net
! credits      line_?????????????  that line is not there
Computed once more: what is marked with ! does not agree.
)");
}
TEST_F(Explain, DaysThatCannotBe) {
    const auto explanation = explained("s.code = 'anna' AND kind = 'recurring'", "UPDATE lines SET of_days = 0");
    EXPECT_FALSE(explanation.agrees);
    EXPECT_EQ(explanation.steps.back().label, "recomputed");
    EXPECT_EQ(explanation.steps.back().value, "not possible");
}

}  // namespace
}  // namespace sluice::contract
