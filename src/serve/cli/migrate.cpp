// The schema of a store, brought to this program's. It goes past the API, which opens no store of another schema.
#include <ostream>

#include "app/ports/store_address.hpp"
#include "serve/cli/commands.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::string schema_text(const app::SchemaPlan& plan) {
    return plan.present == 0 ? "is empty" : "has schema " + std::to_string(plan.present);
}

void print_json(std::ostream& out, const std::string& store, const app::SchemaPlan& plan, bool is_done) {
    json::array steps;
    for (const auto& step : plan.steps) steps.emplace_back(step);
    const auto before = plan.present == 0 ? json::value(nullptr) : json::value(plan.present);
    out << pretty(json::object{{"store", store},
                               {"schema_before", before},
                               {"schema_of_program", plan.known},
                               {"steps", std::move(steps)},
                               {"done", is_done}});
}

}  // namespace

int migrate(Session& session, const MigrateOptions& options) {
    const auto db = session.local_store("a store is migrated", "--db sqlite:PATH or --db postgresql://…");
    const auto& migrate = session.parts.migrate;
    auto& out = session.parts.out;
    const auto store = app::without_password(db);
    auto plan = migrate(db, app::Migration::only_planned);
    const bool is_to_run = !options.plan && !plan.steps.empty();
    if (options.json) {
        if (is_to_run) plan = migrate(db, app::Migration::carried_out);
        print_json(out, store, plan, !options.plan || plan.steps.empty());
        return exit_done;
    }
    out << store << ' ' << schema_text(plan) << ", this program's is " << plan.known << ".\n";
    if (plan.steps.empty()) {
        out << "There is nothing to do.\n";
        return exit_done;
    }
    out << (options.plan ? "It would run:\n" : "Running:\n");
    for (const auto& step : plan.steps) out << "  " << step << '\n';
    if (options.plan) {
        out << "Nothing was changed.\n";
        return exit_done;
    }
    out << std::flush;  // it may take long
    migrate(db, app::Migration::carried_out);
    out << "Done: it has schema " << plan.known << " now.\n";
    return exit_done;
}

}  // namespace sluice::serve
