// Makes the data of the benches: a store, or the files of an import. The same sizes give the same data.
#include <cstdio>
#include <limits>

#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"

int main(int argc, char** argv) {
    using namespace sluice::bench;
    CLI::App app("Makes a realistic operator, all of whose sub-services fall due on " + first_of_month.text() + ".");
    std::string store;
    std::string directory;
    std::int64_t subscribers = std::numeric_limits<std::int64_t>::max();
    std::int64_t sub_services = std::numeric_limits<std::int64_t>::max();
    auto* into_store =
        app.add_option("--store", store, "an address as sluice takes it with --db, where no store is yet");
    app.add_option("--import", directory, "a directory for the files of an import")->excludes(into_store);
    app.add_option("--subscribers", subscribers, "how many at most");
    app.add_option("--sub-services", sub_services, "how many at most; one of the two must be given");
    CLI11_PARSE(app, argc, argv);
    expect(app.count("--subscribers") + app.count("--sub-services") > 0, "the number of one of the two is given");
    expect(store.empty() != directory.empty(), "one of --store and --import is given");
    const Size size{.subscribers = subscribers, .sub_services = sub_services};
    const Stopwatch watch;
    const auto made = in_own_process(
        [&] { return store.empty() ? make_realistic_import(directory, size) : make_realistic_store(store, size); });
    std::printf("%lld subscribers, %lld units, %lld sub-services, %lld documents to be; %.1f seconds, %.0f MB\n",
                static_cast<long long>(made.result.subscribers), static_cast<long long>(made.result.units),
                static_cast<long long>(made.result.sub_services), static_cast<long long>(made.result.documents),
                watch.seconds(), made.peak_megabytes);
    return 0;
}
