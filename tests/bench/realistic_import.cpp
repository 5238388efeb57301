// The customers of realistic_operator.hpp as the files of an import; settings are left to the operator's policies.
#include <filesystem>
#include <fstream>

#include "app/import_records.hpp"
#include "measuring.hpp"
#include "realistic_operator.hpp"
#include "serve/csv/csv_writer.hpp"

namespace sluice::bench {

namespace {

std::string entries_of(std::span<const app::ItemRequest> items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ";") + item.code;
        if (!item.serial.empty()) text += ":" + item.serial;
        if (item.installments_charged > 0) text += "@" + std::to_string(item.installments_charged);
    }
    return text;
}

class ImportMaker {
public:
    explicit ImportMaker(const std::filesystem::path& directory)
        : subscribers_file_(directory / "subscribers.csv"),
          units_file_(directory / "units.csv"),
          sub_services_file_(directory / "sub_services.csv") {
        subscribers_.row(app::import_columns(app::ImportTable::subscribers));
        units_.row(app::import_columns(app::ImportTable::units));
        sub_services_.row(app::import_columns(app::ImportTable::sub_services));
    }

    void add(const Customer& customer) {
        const auto& s = customer.subscriber;
        subscribers_.row({s.code, s.contact, s.organization, s.country, s.region, s.pop, s.category, "", "", "", ""});
        for (const auto& unit : customer.units) units_.row({s.code, unit.code, unit.name, "", "", "", ""});
        for (const auto& [request, taken_over] : customer.contracts)
            sub_services_.row({s.code, request.unit, request.code, request.service,
                               subscriptions::name_of(taken_over.status), taken_over.activated_on->text(),
                               taken_over.charged_to->text(), entries_of(request.add_ons), entries_of(request.cpes), "",
                               "", "", ""});
    }
    void finish() {
        for (auto* file : {&subscribers_file_, &units_file_, &sub_services_file_}) {
            file->close();
            expect(!file->fail(), "the files of an import can be written");
        }
    }

private:
    std::ofstream subscribers_file_;
    std::ofstream units_file_;
    std::ofstream sub_services_file_;
    serve::CsvWriter subscribers_{subscribers_file_};
    serve::CsvWriter units_{units_file_};
    serve::CsvWriter sub_services_{sub_services_file_};
};

}  // namespace

Made make_realistic_import(const std::filesystem::path& directory, Size size) {
    std::filesystem::create_directories(directory);
    std::ofstream(directory / "operator.yaml") << operator_yaml;
    ImportMaker maker(directory);
    Made made;
    each_realistic_customer(size, [&](const Customer& customer) {
        maker.add(customer);
        made.count(customer);
    });
    maker.finish();
    return made;
}

}  // namespace sluice::bench
