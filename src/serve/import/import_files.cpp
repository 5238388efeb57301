#include "serve/import/import_files.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "serve/csv/csv_writer.hpp"

namespace sluice::serve {
namespace {

namespace fs = std::filesystem;
using app::ImportTable;

constexpr std::array<const char*, 3> names{"subscribers.csv", "units.csv", "sub_services.csv"};

const char* name_of(ImportTable table) { return names[static_cast<std::size_t>(table)]; }

// 0 for what is not there, or is no file.
std::int64_t size_of(const fs::path& path) {
    std::error_code none;
    const auto size = fs::file_size(path, none);
    return none ? 0 : static_cast<std::int64_t>(size);
}

[[noreturn]] void fail(const std::string& what, const fs::path& path, int error) {
    throw std::runtime_error(what + " " + path.string() + ": " + std::strerror(error));
}

}  // namespace

ImportFiles::ImportFiles(fs::path directory, fs::path rejects_directory)
    : directory_(std::move(directory)), rejects_directory_(std::move(rejects_directory)) {
    std::error_code none;
    if (!fs::is_directory(directory_, none))
        throw std::runtime_error("there is no directory " + directory_.string() + " to import");
    if (fs::equivalent(directory_, rejects_directory_, none))
        throw std::runtime_error("rows that are rejected would be written over the files that are imported; choose " +
                                 std::string("another directory for them than ") + directory_.string());
    for (const auto* name : names) bytes_total_ += size_of(directory_ / name);
}

template <typename Read>
auto ImportFiles::read_file(const Read& read) {
    try {
        return read();
    } catch (const std::runtime_error& failure) {
        throw std::runtime_error(path_.string() + ": " + failure.what());
    }
}

std::string ImportFiles::file_of(ImportTable table) const { return name_of(table); }

bool ImportFiles::open(ImportTable table) {
    table_ = table;
    reader_.reset();
    has_header_ = false;
    if (rejects_file_.is_open()) rejects_file_.close();
    bytes_before_ = 0;
    for (std::size_t before = 0; before < static_cast<std::size_t>(table); ++before)
        bytes_before_ += size_of(directory_ / names[before]);

    path_ = directory_ / name_of(table);
    std::error_code none;
    if (!fs::exists(path_, none)) return false;
    file_ = std::ifstream(path_, std::ios::binary);
    if (!file_) fail("cannot read", path_, errno);
    reader_ = read_file([&] { return std::make_unique<CsvReader>(file_); });
    return true;
}

const app::ImportRow* ImportFiles::next() {
    const auto* row = read_file([&] { return reader_->next(); });
    if (!row) return nullptr;
    row_ = {.line = row->line,
            .fields = row->fields,
            .fault = row->fault ? message(*row->fault) : std::string_view{},
            .fault_line = row->fault_line};
    if (!has_header_) header_.assign(row->fields.begin(), row->fields.end());
    has_header_ = true;
    return &row_;
}

void ImportFiles::set_aside(std::string_view reason) {
    if (!rejects_file_.is_open()) open_rejects();
    std::vector<std::string_view> fields(row_.fields.begin(), row_.fields.end());
    // The reason stands in the last column, whatever the row lacks.
    if (fields.size() < header_.size()) fields.resize(header_.size());
    fields.push_back(reason);
    CsvWriter(rejects_file_).row(fields);
    if (!rejects_file_.flush()) fail("cannot write", rejects_.back(), errno);
}

void ImportFiles::open_rejects() {
    std::error_code none;
    fs::create_directories(rejects_directory_, none);
    const auto path = rejects_directory_ / name_of(table_);
    rejects_file_ = std::ofstream(path, std::ios::binary | std::ios::trunc);
    if (!rejects_file_) fail("cannot write", path, errno);
    rejects_.push_back(path);
    std::vector<std::string_view> fields(header_.begin(), header_.end());
    fields.emplace_back("reason");
    CsvWriter(rejects_file_).row(fields);
}

}  // namespace sluice::serve
