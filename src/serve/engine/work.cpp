#include "serve/engine/work.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/collection_run.hpp"
#include "app/dry_run.hpp"
#include "app/import_operator.hpp"
#include "app/verify.hpp"
#include "serve/engine/bill_work.hpp"
#include "serve/engine/charge_work.hpp"
#include "serve/engine/compare_work.hpp"
#include "serve/import/import_files.hpp"
#include "serve/scenario/read_setup.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view key) { return std::string(object.at(key).as_string()); }

void try_billing(Engine& engine, app::Job& job, Date through, bool compared, const Report& report) {
    auto lease = engine.readers().lend();
    const auto op = lease.store().find_operator(*job.op);
    check(op.has_value(), "the operator of a bill run exists");
    IdSource ids(0, engine.parts().node);  // for lines that are thrown away
    app::DryRun run(lease.store(), ids, *op, through);
    BillRunState state{.due_at_start = lease.store().count_due(op->id, through),
                       .totals = app::BillingTotals::zero(op->currency),
                       .since = engine.now(),
                       .after = op->billed_through};
    std::optional<CompareWork> comparing;
    if (compared) comparing.emplace(engine, lease.store(), *op, job.id, state.after, through);
    if (comparing)
        run.watch([&](const auto& facts, auto drafts, bool is_parked) { comparing->expect(facts, drafts, is_parked); });
    while (run.step()) {
        if (comparing) comparing->compare_to(run.last(), [&] { report(job); });
        state.date = through;
        state.at = engine.now();
        state.sub_services = run.progress().sub_services;
        state.totals = run.progress().totals;
        job.progress = text_of(state);
        report(job);
    }
    if (comparing) comparing->compare_to(std::nullopt, [&] { report(job); });
    finish(job, state, run.summary());
    if (comparing) comparing->add_to(job);
    job.progress = text_of(state);
}

void run_bill(Engine& engine, app::Job& job, const Report& report) {
    const auto request = json::parse(job.request).as_object();
    const auto through = Date::parse(text(request, "through"));
    check(through.has_value(), "a stored bill run has a date");
    const auto* compare = request.if_contains("compare");  // a run of an older program says nothing
    const bool compared = compare && compare->as_bool();
    if (request.at("dry_run").as_bool()) return try_billing(engine, job, *through, compared, report);
    bill(engine, job, *through, static_cast<int>(request.at("workers").to_number<std::int64_t>()), report);
    if (compared) compare_run(engine, job, *through, report);
}

void verify(Engine& engine, app::Job& job, const Report& report) {
    auto lease = engine.readers().lend();
    const auto op = lease.store().find_operator(*job.op);
    check(op.has_value(), "the operator of a verification exists");
    const auto progress = [&](const app::VerifyReport& at) {
        job.progress = json::serialize(json::object{
            {"accounts", at.accounts}, {"documents", at.documents}, {"lines", at.lines}, {"entries", at.entries}});
        report(job);
    };
    const auto verified = app::verify(lease.store(), *engine.parts().hasher, *op, progress);
    progress(verified);
    json::array findings;
    for (const auto& [code, where, message] : verified.findings)
        findings.push_back(json::object{{"code", code}, {"where", where}, {"message", message}});
    job.result = json::serialize(json::object{{"findings", std::move(findings)}});
}

// A directory of its own, gone afterwards.
class ScratchDirectory {
public:
    ScratchDirectory() {
        auto pattern = (std::filesystem::temp_directory_path() / "sluice-import-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a directory for the files of the import");
        path_ = pattern;
    }
    ~ScratchDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

    void write(const std::string& name, const std::string& text) const {
        if (text.empty()) return;
        std::ofstream file(path_ / name, std::ios::binary);
        file << text;
        if (!file.flush()) throw std::runtime_error("cannot write the files of the import");
    }

private:
    std::filesystem::path path_;
};

// A transaction of the writer for each batch of debtors.
void run_collection(Engine& engine, app::Job& job, const Report& report) {
    const auto date = Date::parse(text(json::parse(job.request).as_object(), "date"));
    check(date.has_value(), "a stored collection run has a date");
    app::CollectionRun::Place place;
    for (bool more = true; more;) {
        auto reached = place;
        engine.writer().run([&](app::Store& store) {
            store.set_occasion({engine.now(), job.actor});
            const auto op = store.find_operator(*job.op);
            check(op.has_value(), "the operator of a collection run exists");
            app::CollectionRun run(store, *engine.parts().hasher, engine.ids(), *op, *date);
            run.go_to(place);
            more = run.step();
            reached = run.place();
        });
        place = reached;
        const auto& done = place.figures;
        job.progress = json::serialize(json::object{{"debtors", done.debtors},
                                                    {"reminders", done.reminders},
                                                    {"late_fees", done.late_fees},
                                                    {"suspended", done.suspended},
                                                    {"terminated", done.terminated},
                                                    {"resumed", done.resumed}});
        report(job);
    }
}

json::object problem_json(std::string_view file, std::int64_t line, std::string_view column, std::string_view message) {
    return {{"file", file}, {"line", line}, {"column", column}, {"message", message}};
}

json::object report_json(const customers::Operator& op, const app::ImportReport& report) {
    json::array errors;
    for (const auto& problem : report.problems)
        errors.push_back(problem_json(problem.file, problem.line, problem.column, app::text_of(problem)));
    return {{"operator", op.code},
            {"stored", report.is_stored},
            {"subscribers", report.subscribers},
            {"units", report.units},
            {"sub_services", report.sub_services},
            {"items", report.items},
            {"rejected", report.bad_rows[0] + report.bad_rows[1] + report.bad_rows[2]},
            {"problem_count", report.problem_count},
            {"errors", std::move(errors)}};
}

// One transaction of the writer: nothing is stored unless everything is.
void run_import(Engine& engine, app::Job& job, const Report& report) {
    const auto request = json::parse(job.request).as_object();
    const auto as_of = Date::parse(text(request, "as_of"));
    const auto input = std::static_pointer_cast<const ImportInput>(engine.jobs().input_of(job.id));
    check(as_of && input, "an import has a date and its texts");
    engine.writer().run([&](app::Store& store) {
        ScratchDirectory scratch;
        scratch.write("subscribers.csv", input->subscribers);
        scratch.write("units.csv", input->units);
        scratch.write("sub_services.csv", input->sub_services);
        try {
            const auto setup = read_operator_text(input->operator_yaml, engine.ids());
            ImportFiles files(scratch.path(), scratch.path() / "rejects");
            store.set_occasion({engine.now(), job.actor});
            const auto progress = [&](const app::ImportProgress& at) {
                job.progress = json::serialize(json::object{
                    {"file", at.file}, {"rows", at.rows}, {"bytes", at.bytes}, {"bytes_total", at.bytes_total}});
                report(job);
            };
            const auto imported = app::import_operator(
                store, engine.ids(), setup, files,
                {.as_of = *as_of, .partial = request.at("partial").as_bool(), .progress = progress});
            if (imported.is_stored)
                store.add_event(setup.op.id, {app::EventType::operator_created, std::nullopt, setup.op.id.value()});
            job.result = json::serialize(report_json(setup.op, imported));
        } catch (const InputError& error) {
            json::array errors{problem_json("operator.yaml", error.line(), error.key(), error.what())};
            job.result = json::serialize(json::object{{"problem_count", 1}, {"errors", std::move(errors)}});
        }
    });
    engine.operators_changed();
}

}  // namespace

std::optional<std::int64_t> BillRunState::per_second() const {
    const auto billed = sub_services - billed_before;
    if (!since || !at || billed <= 0 || *at <= *since) return std::nullopt;
    constexpr std::int64_t us_per_second = 1'000'000;
    return std::max<std::int64_t>(1, billed * us_per_second / (*at - *since).count());
}

std::optional<std::int64_t> BillRunState::seconds_left() const {
    const auto rate = per_second();
    if (!rate) return std::nullopt;
    const auto left = std::max<std::int64_t>({0, due_at_start - sub_services, due_on_date - billed_on_date});
    return (left + *rate - 1) / *rate;
}

BillRunState read_bill_run_state(const std::string& progress, Currency currency) {
    BillRunState state{.totals = app::BillingTotals::zero(currency)};
    const auto value = json::parse(progress).as_object();
    const auto* totals = value.if_contains("totals");
    if (!totals) return state;
    const auto number = [](const json::value& object, std::string_view key) {
        return object.as_object().at(key).to_number<std::int64_t>();
    };
    if (const auto* date = value.at("date").if_string()) state.date = Date::parse(*date);
    state.due_at_start = number(value, "due_at_start");
    state.sub_services = number(value, "sub_services");
    state.parked = number(value, "parked");
    if (value.contains("since")) {  // a run of an older program has none
        const auto instant = [&](std::string_view key) -> std::optional<Instant> {
            if (value.at(key).is_null()) return std::nullopt;
            return Instant{std::chrono::microseconds{number(value, key)}};
        };
        state.due_on_date = number(value, "due_on_date");
        state.billed_on_date = number(value, "billed_on_date");
        state.since = instant("since");
        state.billed_before = number(value, "billed_before");
        state.at = instant("at");
    }
    if (const auto* after = value.if_contains("after"); after && after->is_string())
        state.after = Date::parse(after->as_string());
    state.totals.invoices = number(*totals, "invoices");
    state.totals.credit_notes = number(*totals, "credit_notes");
    state.totals.lines = number(*totals, "lines");
    state.totals.net = Money::minor(number(*totals, "net"), currency);
    state.totals.tax = Money::minor(number(*totals, "tax"), currency);
    state.totals.total = Money::minor(number(*totals, "total"), currency);
    return state;
}

std::string text_of(const BillRunState& state) {
    const auto& totals = state.totals;
    const auto instant = [](std::optional<Instant> at) {
        return at ? json::value(at->time_since_epoch().count()) : json::value(nullptr);
    };
    return json::serialize(
        json::object{{"date", state.date ? json::value(state.date->text()) : json::value(nullptr)},
                     {"due_at_start", state.due_at_start},
                     {"sub_services", state.sub_services},
                     {"parked", state.parked},
                     {"due_on_date", state.due_on_date},
                     {"billed_on_date", state.billed_on_date},
                     {"since", instant(state.since)},
                     {"billed_before", state.billed_before},
                     {"at", instant(state.at)},
                     {"after", state.after ? json::value(state.after->text()) : json::value(nullptr)},
                     {"totals",
                      {{"invoices", totals.invoices},
                       {"credit_notes", totals.credit_notes},
                       {"lines", totals.lines},
                       {"net", totals.net.minor_units()},
                       {"tax", totals.tax.minor_units()},
                       {"total", totals.total.minor_units()}}}});
}

void carry_out(Engine& engine, app::Job& job, const Report& report) {
    switch (job.kind) {
        case app::JobKind::bill_run:
            return run_bill(engine, job, report);
        case app::JobKind::verification:
            return verify(engine, job, report);
        case app::JobKind::import:
            return run_import(engine, job, report);
        case app::JobKind::collection_run:
            return run_collection(engine, job, report);
        case app::JobKind::automatic_payment_run:
            return charge_automatically(engine, job, report);
    }
    fail_promise("each kind of long work is carried out", __FILE__, __LINE__);
}

}  // namespace sluice::serve
