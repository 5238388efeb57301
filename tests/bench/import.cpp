// How fast an import of CSV files is, against the ceiling: the same rows, written by the database's fastest means in
// one transaction as well.
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "app/import_operator.hpp"
#include "ceiling.hpp"
#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"
#include "report.hpp"
#include "serve/import/import_files.hpp"
#include "serve/scenario/read_setup.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"

namespace sluice::bench {
namespace {

namespace fs = std::filesystem;

class TemporaryDirectory {
public:
    ~TemporaryDirectory() { fs::remove_all(path); }
    const fs::path path = fs::temp_directory_path() / ("sluice-bench-import-" + std::to_string(::getpid()));
};

// GIVES: seconds.
double import(const std::string& address, const fs::path& directory, const Made& made) {
    IdSource ids(1'700'000'000'000, 0);
    const auto store = store::open_store(address, false);
    const auto setup = serve::read_operator_file((directory / "operator.yaml").string(), ids);
    const Stopwatch watch;
    serve::ImportFiles files(directory, directory / "rejects");
    const auto report = app::import_operator(*store, ids, setup, files, {.as_of = first_of_month});
    const double seconds = watch.seconds();
    expect(report.is_stored, "the import has no faults");
    expect_equal("subscribers", report.subscribers, made.subscribers);
    expect_equal("units", report.units, made.units);
    expect_equal("sub-services", report.sub_services, made.sub_services);
    return seconds;
}

double ceiling(const std::string& imported, const std::string& bare) {
    store::open_store(bare, false);  // makes the tables
    return write_again(imported, bare, written_by_an_import(), {.sub_services = 50'000, .in_one_transaction = true});
}

void measure(Stores& stores, const Options& options, std::int64_t sub_services, Report& report) {
    const TemporaryDirectory files;
    const auto made = in_own_process([&] { return make_realistic_import(files.path, {.sub_services = sub_services}); });
    std::vector<double> ours;
    std::vector<double> bare;
    double megabytes = 0;
    for (int run = 0; run < options.runs; ++run) {
        const auto imported = stores.make_room("imported");
        const auto done = in_own_process([&] { return import(imported, files.path, made.result); });
        ours.push_back(done.result);
        megabytes = std::max(megabytes, done.peak_megabytes);
        const auto target = stores.make_room("bare");
        bare.push_back(in_own_process([&] { return ceiling(imported, target); }).result);
    }
    const auto rows = static_cast<double>(made.result.subscribers + made.result.units + made.result.sub_services);
    report.add(std::to_string(sub_services), {{"sub_services", static_cast<double>(made.result.sub_services)},
                                              {"rows_of_the_files", rows},
                                              {"runs", static_cast<double>(options.runs)},
                                              {"seconds", median(ours), 2},
                                              {"rows_per_second", rows / median(ours)},
                                              {"ceiling_rows_per_second", rows / median(bare)},
                                              {"ratio_to_ceiling", median(bare) / median(ours), 2},
                                              {"peak_megabytes", megabytes}});
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    using namespace sluice::bench;
    Options options("How fast an import of CSV files is, against the ceiling of the same rows.");
    std::vector<std::int64_t> sizes{10'000, 100'000};
    options.add("--sub-services", sizes, "how many; several sizes one after the other");
    options.read(argc, argv);
    const auto stores = open_stores(options.server);
    Report report("import", stores->kind());
    for (const auto size : sizes) measure(*stores, options, size, report);
    report.print();
    report.write_json(options.json);
    return 0;
}
