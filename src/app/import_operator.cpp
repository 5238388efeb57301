#include "app/import_operator.hpp"

#include <algorithm>

#include "app/commands.hpp"
#include "app/import_directory.hpp"
#include "app/import_records.hpp"
#include "values/check.hpp"

namespace sluice::app {
namespace {

using catalog::ProductType;
using customers::BillingSettings;
using customers::Subscriber;
using customers::SubscriberId;
using customers::Unit;
using customers::UnitId;
using subscriptions::Status;
using Entry = ImportDirectory::Entry;

constexpr std::int64_t batch_rows = 1'000;

// Codes hold no NUL, which no field of an import can.
std::string path_key(std::string_view owner, std::string_view code) {
    std::string key(owner);
    key += '\0';
    return key += code;
}

std::string key_of(const ImportRowReader& row, std::span<const std::string_view> columns) {
    std::string key;
    for (const auto column : columns) (key += row.text(column)) += '\0';
    return key;
}

class Importer {
public:
    Importer(Store& store, IdSource& ids, const OperatorSetup& setup, ImportSource& source,
             const ImportOptions& options)
        : store_(store), ids_(ids), setup_(setup), source_(source), options_(options) {
        for (const auto& product : setup.products) catalog_.add(product);
        for (const auto& version : setup.prices) catalog_.add(version);
        for (const auto& rule : setup.taxes) catalog_.add(rule);
    }

    ImportReport run() {
        refuse_known_operator();
        Transaction transaction(store_);
        check_header(ImportTable::subscribers, true);
        check_header(ImportTable::units, false);
        check_header(ImportTable::sub_services, true);
        if (may_store()) store_setup(store_, setup_);
        read_table(ImportTable::subscribers, &Importer::read_subscriber);
        read_table(ImportTable::units, &Importer::read_unit);
        read_table(ImportTable::sub_services, &Importer::read_sub_service);
        if (may_store()) {
            transaction.commit();
            report_.is_stored = true;
        } else {
            report_.subscribers = report_.units = report_.sub_services = report_.items = 0;
        }
        return std::move(report_);
    }

private:
    using ReadRow = void (Importer::*)(ImportRowReader&);

    // Nothing can be stored any more once this is false; the rows are checked all the same.
    bool may_store() const { return !is_refused_ && (options_.partial || report_.problem_count == 0); }
    bool& is_unreadable(ImportTable table) { return unreadable_[static_cast<std::size_t>(table)]; }

    void refuse_known_operator();
    void refuse(ImportProblem problem);
    void report(const std::vector<ImportProblem>& problems);
    void check_header(ImportTable table, bool is_needed);
    void read_table(ImportTable table, ReadRow read_row);
    void finish_row(ImportTable table, const ImportRowReader& row);
    void tell_progress(const std::string& file, std::int64_t rows);

    void read_subscriber(ImportRowReader& row);
    void read_unit(ImportRowReader& row);
    void read_sub_service(ImportRowReader& row);
    void build(ImportRowReader& row, const SubServiceRequest& request, const charging::TakenOver& taken_over);
    void explain_refusal(ImportRowReader& row, const SubServiceRequest& request, const Subscriber& subscriber,
                         const Unit* unit, const Refusal& refusal);

    bool claim(ImportDirectory& directory, ImportRowReader& row, std::string_view column, std::string_view key,
               Entry*& entry);
    const Entry* find_owner(ImportRowReader& row, std::string_view column, const ImportDirectory& directory,
                            std::string_view key, ImportTable table, std::string_view noun);
    void claim_serials(ImportRowReader& row, const std::vector<ItemRequest>& cpes);

    Subscriber subscriber_of(const Entry& entry, std::string_view code) const;

    void flush_subscribers();
    void flush_units();
    void flush_sub_services();
    void flush();

    Store& store_;
    IdSource& ids_;
    const OperatorSetup& setup_;
    ImportSource& source_;
    const ImportOptions& options_;
    catalog::Catalog catalog_;

    bool is_refused_ = false;
    std::array<bool, 3> unreadable_{};
    ImportReport report_;

    ImportDirectory subscribers_;
    ImportDirectory units_;         // by subscriber and code
    ImportDirectory sub_services_;  // by subscriber and code
    ImportDirectory serials_;
    ImportProfiles<Subscriber> subscriber_profiles_;
    ImportProfiles<BillingSettings> settings_profiles_;

    std::vector<Subscriber> new_subscribers_;
    std::vector<NewUnit> new_units_;
    std::vector<BuiltSubService> new_sub_services_;
};

void Importer::refuse_known_operator() {
    for (const auto& op : store_.operators())
        if (op.code == setup_.op.code)
            refuse({"operator.yaml", 0, "operator.code", op.code, "is an operator of this store already",
                    "import into another store, or give the new operator another code"});
}

void Importer::refuse(ImportProblem problem) {
    is_refused_ = true;
    report({std::move(problem)});
}

void Importer::report(const std::vector<ImportProblem>& problems) {
    report_.problem_count += static_cast<std::int64_t>(problems.size());
    for (const auto& problem : problems)
        if (report_.problems.size() < options_.max_problems) report_.problems.push_back(problem);
}

// All headers are checked before the first row is read, so that no row is set aside of an import that cannot be.
void Importer::check_header(ImportTable table, bool is_needed) {
    const auto file = source_.file_of(table);
    is_unreadable(table) = true;
    if (!source_.open(table)) {
        if (is_needed) refuse({file, 0, "", "", "is missing", "put it into the directory that is imported"});
        is_unreadable(table) = is_needed;
        return;
    }
    const auto* header = source_.next();
    if (!header) return refuse({file, 1, "", "", "is empty", "begin it with a line that names its columns"});
    ImportRowReader row(file, import_columns(table), optional_columns(table));
    is_unreadable(table) = !row.read_header(*header);
    is_refused_ = is_refused_ || is_unreadable(table);
    report(row.problems());
}

void Importer::read_table(ImportTable table, ReadRow read_row) {
    if (is_unreadable(table) || !source_.open(table)) return;
    const auto file = source_.file_of(table);
    ImportRowReader row(file, import_columns(table), optional_columns(table));
    const auto* header = source_.next();
    check(header && row.read_header(*header), "a header that was right stays so");
    std::int64_t rows = 0;
    while (const auto* fields = source_.next()) {
        if (row.start(*fields)) (this->*read_row)(row);
        finish_row(table, row);
        if (++rows % batch_rows == 0) {
            flush();
            tell_progress(file, rows);
        }
    }
    flush();
    tell_progress(file, rows);
}

void Importer::finish_row(ImportTable table, const ImportRowReader& row) {
    if (row.is_good()) return;
    ++report_.bad_rows[static_cast<std::size_t>(table)];
    report(row.problems());
    if (!options_.partial || is_refused_) return;
    std::string reason;
    for (const auto& problem : row.problems()) reason += (reason.empty() ? "" : " | ") + reason_of(problem);
    source_.set_aside(reason);
}

void Importer::tell_progress(const std::string& file, std::int64_t rows) {
    if (options_.progress) options_.progress({file, rows, source_.bytes_read(), source_.bytes_total()});
}

// False when another row has the code, which is complained about.
bool Importer::claim(ImportDirectory& directory, ImportRowReader& row, std::string_view column, std::string_view key,
                     Entry*& entry) {
    const auto added = directory.add(key, row.line());
    entry = &added.entry;
    if (!added.is_new)
        row.complain(column, "stands on line " + std::to_string(added.entry.line) + " already",
                     "give each a code of its own");
    return added.is_new;
}

void Importer::read_subscriber(ImportRowReader& row) {
    auto subscriber = read_subscriber_fields(row);
    Entry* entry = nullptr;
    if (subscriber.code.empty() || !claim(subscribers_, row, "code", subscriber.code, entry) || !row.is_good()) return;
    subscriber.id = ids_.next<SubscriberId>();
    entry->id = subscriber.id.value();
    entry->profile = subscriber_profiles_.add(key_of(row, profile_columns(ImportTable::subscribers)), [&] {
        auto profile = subscriber;
        profile.code.clear();
        profile.contact.clear();
        profile.organization.clear();
        profile.email.clear();
        profile.language.clear();
        return profile;
    });
    new_subscribers_.push_back(std::move(subscriber));
}

// The imported row that is named; null when there is none. A row that was itself refused is no fault of this one: it is
// said only where rows are set aside.
const Entry* Importer::find_owner(ImportRowReader& row, std::string_view column, const ImportDirectory& directory,
                                  std::string_view key, ImportTable table, std::string_view noun) {
    if (is_unreadable(table) || !is_import_code(row.text(column))) return nullptr;
    const auto file = source_.file_of(table);
    const auto* entry = directory.find(key);
    if (!entry) {
        row.complain(column, "is no " + std::string(noun), "add it to " + file + ", or correct the code");
        return nullptr;
    }
    if (entry->id != 0) return entry;
    if (options_.partial)
        row.complain(column, "was rejected itself (" + file + ", line " + std::to_string(entry->line) + ")",
                     "correct that row first");
    return nullptr;
}

void Importer::read_unit(ImportRowReader& row) {
    auto unit = read_unit_fields(row);
    const auto owner_code = row.code("subscriber");
    const auto* owner = find_owner(row, "subscriber", subscribers_, owner_code, ImportTable::subscribers, "subscriber");
    Entry* entry = nullptr;
    if (unit.code.empty() || !claim(units_, row, "code", path_key(owner_code, unit.code), entry)) return;
    if (!owner || !row.is_good()) return;
    unit.id = ids_.next<UnitId>();
    entry->id = unit.id.value();
    entry->profile =
        settings_profiles_.add(key_of(row, profile_columns(ImportTable::units)), [&] { return unit.billing; });
    new_units_.push_back({SubscriberId{owner->id}, std::move(unit)});
}

void Importer::claim_serials(ImportRowReader& row, const std::vector<ItemRequest>& cpes) {
    for (const auto& item : cpes) {
        if (item.serial.empty()) continue;
        const auto added = serials_.add(item.serial, row.line());
        if (!added.is_new)
            row.complain("cpes", item.serial,
                         added.entry.line == row.line() ? "is named twice on this sub-service"
                                                        : "is the serial number of a device on line " +
                                                              std::to_string(added.entry.line) + " already",
                         "a device is on one sub-service at a time");
    }
}

void Importer::read_sub_service(ImportRowReader& row) {
    const auto record = read_sub_service_fields(row, catalog_, options_.as_of);
    // A cancelled sub-service has given its devices back.
    if (record.taken_over.status != Status::cancelled) claim_serials(row, record.request.cpes);
    Entry* entry = nullptr;
    if (!record.request.code.empty())
        claim(sub_services_, row, "code", path_key(record.request.subscriber, record.request.code), entry);
    build(row, record.request, record.taken_over);
}

Subscriber Importer::subscriber_of(const Entry& entry, std::string_view code) const {
    auto subscriber = subscriber_profiles_[entry.profile];
    subscriber.id = SubscriberId{entry.id};
    subscriber.code = code;
    return subscriber;
}

void Importer::build(ImportRowReader& row, const SubServiceRequest& request, const charging::TakenOver& taken_over) {
    if (request.subscriber.empty()) return;
    const auto* owner =
        find_owner(row, "subscriber", subscribers_, request.subscriber, ImportTable::subscribers, "subscriber");
    const bool has_unit = !request.unit.empty();
    const auto* place = !has_unit || !owner
                            ? nullptr
                            : find_owner(row, "unit", units_, path_key(request.subscriber, request.unit),
                                         ImportTable::units, "unit of " + request.subscriber);
    if (!owner || (has_unit && !place) || !row.is_good()) return;
    const auto subscriber = subscriber_of(*owner, request.subscriber);
    Unit unit;
    if (place) {
        unit.id = UnitId{place->id};
        unit.billing = settings_profiles_[place->profile];
    }
    try {
        auto built = build_sub_service(setup_.op, catalog_, ids_, subscriber, place ? &unit : nullptr, request,
                                       options_.as_of, &taken_over);
        if (built)
            new_sub_services_.push_back(std::move(built).value());
        else
            explain_refusal(row, request, subscriber, place ? &unit : nullptr, built.refusal());
    } catch (const ArithmeticOverflow&) {
        row.complain("", "comes to an amount that is too large", "write smaller quantities or prices");
    }
}

void Importer::explain_refusal(ImportRowReader& row, const SubServiceRequest& request, const Subscriber& subscriber,
                               const Unit* unit, const Refusal& refusal) {
    const auto terms = customers::refuse(customers::resolve_terms(setup_.op, subscriber, unit, request.billing));
    if (terms == customers::TermsRefusal::pro_rata_needs_a_cycle_day)
        row.complain("cycle_day", "is missing", std::string(customers::message(*terms)));
    else if (terms)
        row.complain("first_charge", "cannot be charged like this", std::string(customers::message(*terms)));
    else
        row.complain("", refusal.message, "");
}

void Importer::flush() {
    if (may_store()) {
        flush_subscribers();
        flush_units();
        flush_sub_services();
    }
    new_subscribers_.clear();
    new_units_.clear();
    new_sub_services_.clear();
}

void Importer::flush_subscribers() {
    if (new_subscribers_.empty()) return;
    store_.add(setup_.op.id, new_subscribers_);
    report_.subscribers += static_cast<std::int64_t>(new_subscribers_.size());
}

void Importer::flush_units() {
    if (new_units_.empty()) return;
    store_.add(new_units_);
    report_.units += static_cast<std::int64_t>(new_units_.size());
}

void Importer::flush_sub_services() {
    if (new_sub_services_.empty()) return;
    std::vector<NewSubService> added;
    added.reserve(new_sub_services_.size());
    for (const auto& built : new_sub_services_) {
        added.push_back({&built.state, built.next_billing_date, built.lines});
        report_.items += static_cast<std::int64_t>(built.state.items.size());
    }
    store_.add(setup_.op.id, added);
    report_.sub_services += static_cast<std::int64_t>(added.size());
}

}  // namespace

ImportReport import_operator(Store& store, IdSource& ids, const OperatorSetup& setup, ImportSource& source,
                             const ImportOptions& options) {
    return Importer(store, ids, setup, source, options).run();
}

}  // namespace sluice::app
