#include "crash/crash.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <tuple>

#include "store/open_store.hpp"
#include "support/account.hpp"
#include "support/postgres_server.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

std::int64_t wish(const char* name, std::int64_t otherwise) {
    const char* value = std::getenv(name);
    return value ? std::stoll(value) : otherwise;
}

std::string in_words(const app::StoredDocument& stored, const catalog::Catalog& catalog) {
    const auto& d = stored.document;
    std::ostringstream text;
    text << name_of(d.type) << ' ' << d.number << ' ' << d.date.text() << " due " << d.due.text() << " for "
         << stored.subscriber_code << ' ' << stored.unit_code << " (" << d.contact << ", " << d.organization << ", "
         << d.country << ", " << d.region << "): " << d.net.text() << " + " << d.tax.text() << " = " << d.total.text()
         << ' ' << d.currency.code() << ", " << name_of(d.state) << ", paid " << stored.paid.text() << '\n';
    for (std::size_t i = 0; i < d.lines.size(); ++i)
        text << "  " << stored.sub_service_codes.at(i) << ' ' << d.lines[i].charge.quantity << " x "
             << support::tell(d.lines[i], catalog) << '\n';
    return text.str();
}

std::int64_t numbers_given(app::Store& store) {
    std::int64_t count = 0;
    for (const auto& op : store.operators())
        for (const auto& series : store.number_series(op.id)) count += series.next - 1;
    return count;
}

std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

}  // namespace

Place::Place(StoreKind kind, const fs::path& path)
    : server_(kind == StoreKind::sqlite ? nullptr : &PostgresServer::shared()),
      address_(server_ == nullptr ? "sqlite:" + path.string() : server_->new_database()) {}

Place::Place(PostgresServer& server) : server_(&server), address_(server.new_database()) {}

Place::~Place() {
    if (server_ != nullptr) server_->drop_database(address_);
}

int kills() { return static_cast<int>(wish("SLUICE_CRASH_KILLS", 6)); }
std::uint32_t seed() { return static_cast<std::uint32_t>(wish("SLUICE_SEED", 20'261'124)); }

Crash::Crash() { std::cout << "SLUICE_SEED=" << seed() << " SLUICE_CRASH_KILLS=" << kills() << std::endl; }

std::unique_ptr<Place> Crash::place(const std::string& name) const {
    return std::make_unique<Place>(GetParam(), file(name + ".db"));
}

Ended Crash::sluice(std::vector<std::string> arguments, const Place& at) const {
    arguments.insert(arguments.end(), {"--db", at.address()});
    return run(arguments, file("log"));
}

void Crash::expect_sound_books(const Place& at) const {
    const auto verified = sluice({"verify"}, at);
    EXPECT_EQ(verified.status, 0) << verified.said;
}

void import_operators(const Place& at) {
    constexpr const char* from = SLUICE_SOURCE_DIR "/demo/metro-fiber";
    const TemporaryDirectory directory;
    for (const std::string code : {"metro1", "metro2"}) {
        const auto copy = directory.path() / code;
        fs::copy(from, copy);
        auto text = read(copy / "operator.yaml");
        const std::string before = "code: metro\n";
        text.replace(text.find(before), before.size(), "code: " + code + "\n");
        std::ofstream(copy / "operator.yaml") << text;
        const auto imported = run({"import", copy, "--as-of", "2026-04-01", "--db", at.address()}, copy / "log");
        ASSERT_EQ(imported.status, 0) << imported.said;
    }
}

std::int64_t document_count(const Place& at) { return numbers_given(*store::open_store(at.address(), true)); }

Documents documents_of(const Place& at) {
    constexpr std::int64_t page_size = 1'000;
    const auto store = store::open_store(at.address(), true);
    Documents all;
    for (const auto& op : store->operators()) {
        const auto catalog = store->catalog(op.id);
        std::optional<std::pair<Date, invoicing::DocumentId>> after;
        for (;;) {
            const auto page = store->documents(op.id, {.with_lines = true}, after, page_size);
            for (const auto& stored : page) {
                const auto& [id, date] = std::tie(stored.document.id, stored.document.date);
                const auto name = op.code + " " + stored.document.number;
                const bool is_new = all.emplace(name, DocumentInWords{date, in_words(stored, catalog)}).second;
                EXPECT_TRUE(is_new) << name << " is there twice";
                after = {date, id};
            }
            if (page.size() < page_size) break;
        }
    }
    EXPECT_EQ(static_cast<std::int64_t>(all.size()), numbers_given(*store)) << "a number that no document has";
    return all;
}

void expect_equal(const Documents& documents, const Documents& expected) {
    EXPECT_GT(expected.size(), 0U);
    EXPECT_EQ(documents.size(), expected.size());
    int differences = 0;
    for (const auto& [name, wanted] : expected) {
        const auto found = documents.find(name);
        const auto text = found == documents.end() ? "nothing" : found->second.text;
        if (text == wanted.text) continue;
        ADD_FAILURE() << name << ": " << text << "\ninstead of\n" << wanted.text;
        if (++differences == 5) break;
    }
}

}  // namespace sluice::test
