// Random lives of accounts, commands and bill runs in any order: whatever happens, nobody is parked and what is stored
// verifies without a finding.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/set_up.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "store/open_store.hpp"
#include "support/shop.hpp"

namespace sluice::contract {
namespace {

using charging::CancelAt;
using charging::ChangeWhen;
using customers::BillingSettings;
using customers::FirstCharge;
using customers::Invoicing;
using customers::Model;
using support::date;
using support::Shop;

class RandomLife {
public:
    explicit RandomLife(unsigned seed)
        : random_(seed), shop_("USD", one_in(4) ? Rounding::half_even : Rounding::half_up) {
        const auto price = [&] {
            return Decimal::from_scaled(Int128{number(0, 9'999'999)} * 10'000'000 / 1000).text();
        };
        shop_.tax("vat", "19");
        shop_.tax("city", "1.5", {.included = true});
        shop_.service("net", price(), {.setup_fee = one_in(2) ? "0" : "25.5", .taxes = {"vat", "city"}});
        shop_.service("fast", price(), {.taxes = {"city"}});
        shop_.service("weekly", "0.05", {.period = "1 week", .taxes = {"vat"}});
        shop_.service("voice", price(), {.timing = catalog::Timing::arrears, .taxes = {"vat"}});
        shop_.service("year", price(), {.period = "1 year"});
        shop_.recurring("ip", one_in(3) ? "0.01" : price(), {"vat"});
        shop_.once("install", price(), {"vat"});
        shop_.installments("router", price(), number(1, 5), {"city"});
        shop_.op.billing = settings();
        if (one_in(2))
            shop_.op.refund_fee = customers::RefundFee{
                Decimal::whole(number(0, 20)), Money::minor(number(0, 300), shop_.op.currency),
                one_of({customers::FeeOrder::percent_and_fixed, customers::FeeOrder::fixed_first})};
        if (one_in(2)) shop_.op.payment = payment();
        store_ = store::open_store("sqlite::memory:", false);
        app::Transaction transaction(*store_);
        add_discounts();
        app::store_setup(*store_, {shop_.op,
                                   shop_.catalog.products(),
                                   shop_.catalog.prices(),
                                   shop_.catalog.taxes(),
                                   shop_.catalog.discounts(),
                                   {{.id = shop_.ids.next<subscriptions::PromoCodeId>(),
                                     .code = "HELLO",
                                     .discount = shop_.catalog.find_discount("welcome")->id,
                                     .max_uses = 2}}});
        transaction.commit();
    }

    void live() {
        Date today = date("2026-01-01").plus_days(number(0, 60));
        create(today);
        today = today.plus_days(1);
        for (int step = 0; step < 40; ++step) {
            if (!one_in(3)) today = today.plus_days(one_in(2) ? number(0, 3) : number(0, 25));
            if (one_in(4)) bill(today.plus_days(-number(0, 1)));
            command(today);
        }
        bill(today.plus_days(number(0, 200)));
    }

    app::VerifyReport verify() { return app::verify(*store_, *hasher_, store_->operators().front()); }
    std::vector<app::ParkedAccount> parked() { return store_->parked_accounts(shop_.op.id); }
    const std::vector<std::string>& told() const { return told_; }
    // Every line, as Life::news() tells it.
    std::vector<std::string> lines() {
        std::vector<std::string> lines;
        for (const auto& history : store_->histories(shop_.op, std::nullopt, 10))
            for (const auto& stored : history.lines)
                lines.push_back(stored.line.charge.item.text() + " " +
                                support::tell(stored.line.charge, shop_.catalog));
        return lines;
    }

private:
    std::int32_t number(std::int32_t from, std::int32_t to) {
        return std::uniform_int_distribution<std::int32_t>(from, to)(random_);
    }
    bool one_in(std::int32_t n) { return number(1, n) == 1; }
    template <typename T>
    T one_of(std::initializer_list<T> all) {
        return *(all.begin() + number(0, static_cast<std::int32_t>(all.size()) - 1));
    }

    // Some that whoever matches has, and some that are granted.
    void add_discounts() {
        using catalog::Combines;
        using catalog::DiscountedCharges;
        const auto add = [&](catalog::Discount discount) {
            discount.id = shop_.ids.next<catalog::DiscountId>();
            discount.name = discount.code;
            discount.charges =
                one_of({DiscountedCharges::recurring, DiscountedCharges::one_time, DiscountedCharges::all});
            discount.combines = one_of({Combines::best_of, Combines::stacks});
            discount.priority = number(0, 3);
            if (one_in(2)) discount.periods = number(1, 4);
            if (one_in(3))
                discount.fixed = Decimal::from_scaled(Int128{number(1, 9'999)} * 10'000'000);
            else
                discount.percent = Decimal::from_scaled(Int128{number(1, 10'000)} * 10'000'000);
            shop_.catalog.add(discount);
        };
        const catalog::DiscountId none{0};
        if (one_in(2)) add({.id = none, .code = "all", .automatic = true});
        if (one_in(2))
            add({.id = none,
                 .code = "addons",
                 .type = catalog::ProductType::add_on,
                 .starts_on = date("2026-02-10"),
                 .automatic = true});
        add({.id = none, .code = "welcome"});
        add({.id = none, .code = "loyal", .type = catalog::ProductType::service});
    }

    void discount(Date on) {
        auto does = commands();
        const app::Discounts::Whose whose{"anna", one_in(2) ? "" : one_of<const char*>({"a", "b"})};
        const auto* code = one_of<const char*>({"welcome", "loyal"});
        if (one_in(3)) return tell(on, "redeem", does.discounts().redeem(on, whose, "HELLO"));
        if (one_in(2)) return tell(on, "grant", does.discounts().grant(on, whose, code, ""));
        const auto held = does.discounts().find(whose, code);
        if (held.ok()) tell(on, "revoke", does.discounts().revoke(on, *held));
    }

    BillingSettings settings() {
        BillingSettings s;
        if (one_in(2)) s.model = one_of({Model::cycle, Model::pro_rata});
        s.cycle_day = number(1, 31);
        if (one_in(2))
            s.first_charge = one_of(
                {FirstCharge::partial, FirstCharge::partial_plus_full, FirstCharge::full, FirstCharge::threshold});
        s.threshold_day = number(1, 31);
        if (one_in(2)) s.invoicing = one_of({Invoicing::independent, Invoicing::merged, Invoicing::merged_per_unit});
        if (one_in(2)) s.suspension_stops_billing = one_in(2);
        if (one_in(2)) s.credit_suspension = one_in(2);
        return s;
    }

    customers::PaymentSettings payment() {
        using customers::PaymentTerms;
        return {.terms = one_of({PaymentTerms::invoice, PaymentTerms::prepaid, PaymentTerms::credit_limit,
                                 PaymentTerms::unlimited_postpaid}),
                .credit_limit = Decimal::whole(number(0, 100)),
                .block_after = number(0, 20),
                .ladder = one_in(2) ? "standard" : "none",
                .promise_days = number(0, 10),
                .promise_pause = number(0, 20)};
    }

    // Time for the debtor, and what is done when it is over.
    void collect(Date on) {
        auto does = commands();
        const Money amount = Money::minor(number(1, 9'000), shop_.op.currency);
        switch (number(0, 5)) {
            case 0:
                return tell(on, "hold", does.debtors().hold(on, "anna", on.plus_days(number(0, 20)), ""));
            case 1:
                return tell(on, "promise", does.debtors().promise(on, "anna", amount, std::nullopt));
            case 2: {
                const auto debtor = store_->debtor(*store_->find_subscriber(shop_.op.id, "anna"), shop_.op.currency);
                Money open = Money::zero(shop_.op.currency);
                for (const auto& debt : debtor.debts) open += debt.open;
                const Money first = std::min(open, amount);
                std::vector<collection::Plan::Part> parts{{on.plus_days(number(0, 9)), first}};
                if (first < open) parts.push_back({on.plus_days(number(10, 40)), open - first});
                return tell(on, "plan", does.debtors().agree_on_plan(on, "anna", parts));
            }
            default:
                does.collect(on);
                told_.push_back(on.text() + " collect");
        }
    }

    app::Commands commands() { return {*store_, *hasher_, shop_.ids, store_->operators().front()}; }
    template <typename Result>
    void tell(Date on, const std::string& what, const Result& result) {
        told_.push_back(on.text() + " " + what + (result.ok() ? "" : " — " + result.refusal().message));
    }
    void bill(Date through) {
        app::BillRun(*store_, *hasher_, shop_.ids, store_->operators().front()).run(through);
        told_.push_back(through.text() + " bill");
    }

    void create(Date today) {
        auto does = commands();
        tell(today, "subscriber", does.create_subscriber({.code = "anna", .contact = "Anna"}));
        tell(today, "unit", does.create_unit("anna", {.code = "flat", .name = "Flat", .billing = settings()}));
        for (const char* code : {"a", "b"}) {
            app::SubServiceRequest request{.subscriber = "anna",
                                           .code = code,
                                           .service = one_of<const char*>({"net", "fast", "weekly", "voice", "year"}),
                                           .unit = one_in(2) ? "flat" : "",
                                           .billing = settings()};
            if (one_in(2)) request.add_ons.push_back({.code = "ip", .quantity = number(1, 3)});
            if (one_in(2)) request.add_ons.push_back({.code = "install"});
            if (one_in(2)) request.cpes.push_back({.code = "router"});
            const bool imported = one_in(4);
            const charging::TakenOver taken{
                one_of({subscriptions::Status::active, subscriptions::Status::suspended}),
                today.plus_days(-number(0, 100)),
                today.plus_days(request.service == "voice" ? -number(0, 60) : number(-60, 60))};
            tell(today, (imported ? "import " : "add ") + request.service,
                 imported ? does.import_sub_service(today, request, taken) : does.add_sub_service(today, request));
            if (imported) charged_to_.insert_or_assign(code, *taken.charged_to);
            if (imported || one_in(4)) continue;  // some are activated later, by an order or not at all
            tell(today, "activate", does.activate(today, {"anna", code}));
        }
    }

    std::optional<Money> some_amount() {
        if (one_in(3)) return std::nullopt;
        return Money::minor(number(1, 6'000), shop_.op.currency);
    }

    // Money that goes back, and debts that are given up: of any payment and document there is.
    void correct(Date on) {
        auto does = commands();
        const auto payments = store_->list(shop_.op.id, app::PaymentQuery{.paging = {.limit = 100}}).rows;
        const auto documents = store_->list(shop_.op.id, app::DocumentQuery{.paging = {.limit = 100}}).rows;
        const auto any_of = [&](const auto& all) {
            return all[static_cast<std::size_t>(number(0, static_cast<std::int32_t>(all.size()) - 1))];
        };
        if (!payments.empty() && one_in(2)) {
            const auto paid = any_of(payments).payment;
            if (one_in(2))
                return tell(on, "refund", does.corrections().refund(on, {.payment = paid.id, .amount = some_amount()}));
            return tell(on, "charge back",
                        does.corrections().charge_back(on, {.payment = paid.id, .amount = some_amount()}));
        }
        if (documents.empty()) return;
        const auto& number_of = any_of(documents).document.number;
        if (one_in(3))
            return tell(on, "write off " + number_of,
                        does.corrections().write_off(on, {.document = number_of, .amount = some_amount()}));
        app::CreditNoteRequest note{.document = number_of, .reason = one_in(2) ? "goodwill" : ""};
        if (one_in(2)) note.lines.push_back({.position = 1, .amount = some_amount()});
        if (one_in(4)) note.lines.push_back({.position = 1, .amount = Money::minor(1, shop_.op.currency)});
        tell(on, "credit " + number_of, does.corrections().credit(on, note));
    }

    // Money that is set aside for a sub-service, and taken out again.
    void fence(Date on, const app::SubServicePath& path) {
        auto does = commands();
        const app::WalletRequest request{
            .subscriber = path.subscriber, .sub_service = path.sub_service, .amount = some_amount()};
        if (one_in(3)) return tell(on, "release " + path.sub_service, does.release(on, request));
        tell(on, "set aside " + path.sub_service, does.set_aside(on, request));
    }

    // What is asked for in advance.
    void ask(Date on) {
        auto does = commands();
        app::OrderRequest order{.subscriber = "anna", .items = {{.sub_service = one_of<const char*>({"a", "b"})}}};
        if (one_in(2)) order.items.front().product = one_of<const char*>({"ip", "install"});
        if (one_in(3)) order.items.push_back({.sub_service = "a", .product = "install", .quantity = number(1, 3)});
        const auto payments = store_->list(shop_.op.id, app::PaymentQuery{.paging = {.limit = 100}}).rows;
        switch (number(0, 3)) {
            case 0:
                does.issue_pro_formas(on);
                return told_.push_back(on.text() + " pro-formas");
            case 1:
                if (payments.empty()) return;
                return tell(on, "advance", does.pro_formas().issue_advance_payment(on, payments.back().payment.id));
            default:
                return tell(on, "order", does.pro_formas().order(on, order));
        }
    }

    void command(Date on) {
        auto does = commands();
        const app::SubServicePath path{"anna", one_of<const char*>({"a", "b"})};
        const auto say = [&](const std::string& what, const auto& result) {
            tell(on, what + " " + path.sub_service, result);
        };
        switch (number(0, 26)) {
            case 24:
            case 25:
            case 26:
                return fence(on, path);
            case 21:
            case 22:
            case 23:
                return discount(on);
            case 18:
            case 19:
            case 20:
                return ask(on);
            case 15:
            case 16:
            case 17:
                return collect(on);
            case 0:
            case 1:
                return say("suspend", does.suspend(on, path, "unpaid"));
            case 2:
            case 3:
            case 4:
                return say("resume", does.resume(on, path));
            case 5: {
                const auto* service = one_of<const char*>({"net", "fast", "weekly", "voice", "year"});
                const auto charged_to = charged_to_.find(path.sub_service);
                if (charged_to != charged_to_.end() && on <= charged_to->second) return;
                auto& started = grid_started_on_.try_emplace(path.sub_service, Date::from_days(0)).first->second;
                const auto when = started == on ? ChangeWhen::now : one_of({ChangeWhen::now, ChangeWhen::next_period});
                if (when == ChangeWhen::now) started = on;
                return say(std::string("change to ") + service + (when == ChangeWhen::now ? " now" : " later"),
                           does.change_service(on, path, service, when));
            }
            case 6:
                return say("add ip", does.add_item(on, path, catalog::ProductType::add_on, {.code = "ip"}));
            case 7:
                return say("remove ip", does.remove_add_on(on, path, "ip", one_in(2), false));
            case 8:
                return say("add router", does.add_item(on, path, catalog::ProductType::cpe, {.code = "router"}));
            case 9:
                return say("move", does.move_to_current_price(on, path));
            case 10: {
                const auto price = Decimal::from_scaled(Int128{number(0, 99'999)} * 10'000'000);
                return say("price of net " + price.text(),
                           does.change_price(on, catalog::ProductType::service, "net", price));
            }
            case 13:
            case 14:
                return correct(on);
            case 11:
                return say("pay", does.record_payment(on, "anna", Money::minor(number(1, 20'000), shop_.op.currency),
                                                      "cash", ""));
            default:
                if (!one_in(3)) return;
                return say("cancel", does.cancel(on, path,
                                                 {.at = one_of({CancelAt::now, CancelAt::end_of_period}),
                                                  .credit = one_in(2),
                                                  .waive_installments = one_in(2)}));
        }
    }

    std::mt19937 random_;
    Shop shop_;
    std::unique_ptr<app::Hasher> hasher_ = connect::sha256_hasher();
    std::unique_ptr<app::Store> store_;
    std::vector<std::string> told_;
    std::map<std::string, Date> grid_started_on_;
    std::map<std::string, Date> charged_to_;
};

TEST(VerifyLives, FindsNothingWrongInAnyOfThem) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        RandomLife life(seed);
        std::string wrong;
        try {
            life.live();
        } catch (const BrokenPromise& broken) {
            wrong = "a command broke a promise: " + std::string(broken.what()) + "\n";
        }
        for (const auto& parked : life.parked()) wrong += "parked: " + parked.reason + "\n";
        for (const auto& [code, where, message] : life.verify().findings)
            wrong += code + " at " + where + ": " + message + "\n";
        if (wrong.empty()) continue;
        for (const auto& told : life.told()) wrong += told + "\n";
        for (const auto& line : life.lines()) wrong += line + "\n";
        FAIL() << "seed " << seed << "\n" << wrong;
    }
}

}  // namespace
}  // namespace sluice::contract
