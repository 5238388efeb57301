// The files of an import: a directory with subscribers.csv, units.csv and sub_services.csv.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "app/ports/import_source.hpp"
#include "serve/csv/csv_reader.hpp"

namespace sluice::serve {

// Throws std::runtime_error when a file cannot be read or written.
class ImportFiles final : public app::ImportSource {
public:
    // Rows that are set aside go to files of the same names in `rejects_directory`, which is made when it is needed.
    // Throws when that is the directory of the import itself.
    ImportFiles(std::filesystem::path directory, std::filesystem::path rejects_directory);

    std::string file_of(app::ImportTable table) const override;
    bool open(app::ImportTable table) override;
    const app::ImportRow* next() override;
    void set_aside(std::string_view reason) override;
    std::int64_t bytes_read() const override { return bytes_before_ + (reader_ ? reader_->bytes_read() : 0); }
    std::int64_t bytes_total() const override { return bytes_total_; }

    // Where rows have been set aside, in the order of the tables.
    const std::vector<std::filesystem::path>& rejects() const { return rejects_; }

private:
    void open_rejects();
    // Runs `read`, and says of which file it is when that fails.
    template <typename Read>
    auto read_file(const Read& read);

    std::filesystem::path directory_;
    std::filesystem::path rejects_directory_;
    std::int64_t bytes_before_ = 0;  // of the tables before the open one
    std::int64_t bytes_total_ = 0;

    app::ImportTable table_ = app::ImportTable::subscribers;
    std::filesystem::path path_;  // of the open table
    std::ifstream file_;
    std::unique_ptr<CsvReader> reader_;
    app::ImportRow row_;
    bool has_header_ = false;
    std::vector<std::string> header_;
    std::ofstream rejects_file_;
    std::vector<std::filesystem::path> rejects_;
};

}  // namespace sluice::serve
