#include "serve/scenario/run_scenario.hpp"

#include <algorithm>

#include "app/bill_accounts.hpp"

namespace sluice::serve {
namespace {

constexpr std::int64_t page = 500;

void bill_through(const Scenario& scenario, Stage& stage, const app::Hasher& hasher, IdSource& ids, Date through) {
    const auto op = scenario.setup.op.id;
    // Date by date, so that a stage can do what it does between dates; a bill run does the same in one go.
    for (std::optional<Date> date; (date = stage.store().next_billing_date(op, date)) && *date <= through;) {
        stage.before_date(*date);
        for (int run = 0; run < stage.bill_runs(); ++run)
            app::BillRun(stage.store(), hasher, ids, scenario.setup.op).run(*date);
    }
}

std::string in_words(const app::AutomaticPaymentRow& row) {
    const auto& payment = row.payment;
    std::string words(payments::name_of(payment.what));
    if (payment.is_stopped) return words + " stopped: " + row.stop_reason;
    if (payment.failed_on) words += " again on " + payment.next_on.text();
    if (row.told_amount) words += " above cap " + row.told_amount->text();
    return words;
}

ScenarioResult collect(const Scenario& scenario, app::Store& store) {
    const auto& op = scenario.setup.op;
    ScenarioResult result{.op = op, .catalog = store.catalog(op.id), .through = scenario.through};
    std::optional<std::pair<Date, invoicing::DocumentId>> after;
    for (;;) {
        auto documents = store.documents(op.id, {.with_lines = true}, after, page);
        if (documents.empty()) break;
        after = {documents.back().document.date, documents.back().document.id};
        std::move(documents.begin(), documents.end(), std::back_inserter(result.documents));
    }
    std::optional<customers::SubscriberId> last;
    for (;;) {
        auto balances = store.balances(op.id, last, page);
        if (balances.empty()) break;
        last = balances.back().subscriber;
        std::move(balances.begin(), balances.end(), std::back_inserter(result.balances));
    }
    result.parked = store.parked_accounts(op.id);
    app::SubServiceQuery query{.paging = {.limit = page}};
    do {
        auto found = store.list(op.id, query);
        for (const auto& row : found.rows) {
            const auto& sub = row.sub_service;
            std::string state(subscriptions::name_of(sub.status));
            if (sub.status == subscriptions::Status::suspended &&
                sub.suspended_for != subscriptions::SuspendedFor::request)
                state += " for " + std::string(subscriptions::name_of(sub.suspended_for));
            result.sub_services.emplace_back(row.subscriber_code + "/" + sub.code, std::move(state));
        }
        query.paging.after = std::move(found.next);
    } while (query.paging.after);
    // A scenario's are few.
    for (const auto& row : store.pro_formas().list(op.id, app::ProFormaQuery{.limit = page}))
        result.pro_formas.emplace_back(row.pro_forma.number, std::string(invoicing::name_of(row.pro_forma.state)) +
                                                                 " " + row.pro_forma.total.text());
    for (const auto& row : store.pro_formas().list(op.id, app::AdvancePaymentQuery{.limit = page}))
        result.pro_formas.emplace_back(row.advance.number, row.advance.amount.text());
    app::CheckoutQuery query_of_checkouts{.limit = page};
    for (auto rows = store.checkouts(op.id, query_of_checkouts); !rows.empty();
         rows = store.checkouts(op.id, query_of_checkouts)) {
        query_of_checkouts.before = rows.back().checkout.id;
        std::move(rows.begin(), rows.end(), std::back_inserter(result.charges));
    }
    std::reverse(result.charges.begin(), result.charges.end());
    for (const auto& balance : result.balances)
        for (const auto& row : store.automatic().of_subscriber(balance.subscriber, op.currency))
            result.automatic_payments.emplace_back(row.sub_service_code.empty()
                                                       ? balance.subscriber_code
                                                       : balance.subscriber_code + "/" + row.sub_service_code,
                                                   in_words(row));
    return result;
}

}  // namespace

ScenarioResult run_scenario(const Scenario& scenario, Stage& stage, const app::Hasher& hasher, IdSource& ids) {
    {
        app::Transaction transaction(stage.store());
        app::store_setup(stage.store(), scenario.setup);
        transaction.commit();
    }
    for (std::size_t i = 0; i < scenario.timeline.size();) {
        const Date date = scenario.timeline[i].date;
        bill_through(scenario, stage, hasher, ids, date.plus_days(-1));
        stage.before_date(date);
        app::Commands commands(stage.store(), hasher, ids, scenario.setup.op);
        app::Books books{stage.store(), commands, ids};
        for (; i < scenario.timeline.size() && scenario.timeline[i].date == date; ++i) {
            const auto& step = scenario.timeline[i];
            const auto done = step.carry_out(books);
            const auto refused = done ? std::string() : std::string(app::name_of(done.refusal()));
            if (refused == step.refused) continue;
            if (!done) throw InputError(step.line, step.path, done.refusal().message + " (on " + date.text() + ")");
            throw InputError(step.line, step.path, "is carried out, but was to be refused as " + step.refused);
        }
    }
    bill_through(scenario, stage, hasher, ids, scenario.through);
    return collect(scenario, stage.store());
}

}  // namespace sluice::serve
