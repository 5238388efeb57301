#include "realistic_operator.hpp"

#include <algorithm>
#include <set>

#include "measuring.hpp"
#include "serve/scenario/read_setup.hpp"
#include "store/open_store.hpp"

namespace sluice::bench {

const Date first_of_month = *Date::parse("2026-03-01");

namespace {

using subscriptions::Status;

constexpr std::int64_t sub_services_in_a_transaction = 5'000;

}  // namespace

const std::string operator_yaml = R"(operator:
  code: bench
  name: Bench Fibre
  currency: EUR
  time_zone: Europe/Warsaw
  billing: {model: cycle, invoicing: independent}
  policies:
  - {when: {category: business}, model: pro_rata, cycle_day: '1', invoicing: merged}
  - {when: {category: building}, model: pro_rata, cycle_day: '1', invoicing: merged_per_unit}
  - {when: {category: complex}, model: pro_rata, cycle_day: '1', invoicing: merged}
catalog:
  taxes:
  - {code: vat, name: VAT, rate: '23', included: true}
  - {code: vat-top, name: VAT, rate: '23', included: false}
  - {code: levy, name: Regional levy, rate: '1.5', included: false, region: region-3}
  services:
  - {code: net-100, name: Internet 100, kind: internet, price: '24.90', period: 1 month, taxes: [vat]}
  - {code: net-300, name: Internet 300, kind: internet, price: '34.90', period: 1 month, taxes: [vat]}
  - {code: net-1000, name: Internet 1000, kind: internet, price: '59.99', period: 1 month, taxes: [vat]}
  - {code: net-year, name: Internet 300 for a year, kind: internet, price: '359.00', period: 1 year, taxes: [vat]}
  - {code: line, name: Leased line, kind: internet, price: '149.00', period: 1 month, taxes: [vat-top, levy]}
  - {code: tv, name: Television, kind: tv, price: '12.50', period: 1 month, taxes: [vat]}
  - {code: voip, name: Telephone, kind: voice, price: '5.00', period: 1 month, timing: arrears, taxes: [vat-top]}
  add_ons:
  - {code: public-ip, name: Public address, mode: recurring, price: '3.00', taxes: [vat]}
  - {code: antivirus, name: Antivirus, mode: recurring, price: '2.49', taxes: [vat]}
  cpes:
  - {code: ont, name: Optical terminal, mode: recurring, price: '1.50', taxes: [vat]}
  - {code: router, name: Router, mode: installments, installments: 24, price: '119.00', taxes: [vat]}
)";

std::int64_t Customer::due() const {
    return std::count_if(contracts.begin(), contracts.end(),
                         [](const Contract& contract) { return contract.taken_over.status == Status::active; });
}

std::int64_t Customer::documents() const {
    if (subscriber.category == "residential") return due();
    std::set<std::string> places;
    for (const auto& contract : contracts)
        if (contract.taken_over.status == Status::active)
            places.insert(subscriber.category == "building" ? contract.request.unit : "");
    return static_cast<std::int64_t>(places.size());
}

Customer RealisticCustomers::next(std::int64_t max_sub_services) {
    const auto kind = below(100);
    const auto at_most = [&](std::size_t wanted) {
        return std::min(static_cast<std::int64_t>(wanted), max_sub_services);
    };
    if (kind < 80) return home(1);
    if (kind < 89) return home(at_most(2 + below(2)));
    if (kind < 99) return business(at_most(2 + below(7)));
    return building("building", at_most(8 + below(33)));
}

Customer RealisticCustomers::customer(const std::string& category) {
    Customer made;
    auto& s = made.subscriber;
    s.code = "S" + std::to_string(1'000'000 + count_++);
    const auto last =
        one_of({"García",   "Müller",    "Nowak",   "Rossi",   "Silva",   "Smith",  "Novák",     "Dubois",  "Ivanov",
                "Kowalski", "Andersen",  "Öztürk",  "Horváth", "Popescu", "Jensen", "Fernández", "Schmidt", "Bianchi",
                "Kovač",    "Lindqvist", "O'Brien", "Martin",  "Weber",   "Santos", "Zieliński"});
    s.contact = one_of({"Anna",   "Bruno",  "Carla", "Diego",   "Élodie", "Fatima", "Goran", "Hana",    "Ingrid",
                        "João",   "Karel",  "Lucía", "Mārtiņš", "Nadia",  "Olga",   "Pedro", "Quentin", "Rosa",
                        "Stefan", "Tomasz", "Ulla",  "Viktor",  "Wanda",  "Xenia",  "Yusuf", "Zofia"}) +
                " " + last;
    if (category != "residential") {
        s.organization = last + " " +
                         one_of({"Bakery", "Clinic", "Garage", "Hotel", "Institute", "Library", "Museum", "Pharmacy",
                                 "Restaurant", "School", "Studio", "Workshop"});
        s.organization += " " + std::to_string(below(500));
    }
    s.country = "PL";
    s.region = "region-" + std::to_string(below(16));
    s.pop = "pop-" + std::to_string(below(300));
    s.category = category;
    return made;
}

Customer RealisticCustomers::home(std::int64_t sub_services) {
    auto made = customer("residential");
    sell(made, one_of({"net-100", "net-100", "net-100", "net-300", "net-300", "net-1000", "net-year"}));
    if (sub_services > 1) sell(made, "tv");
    if (sub_services > 2) sell(made, "voip");
    return made;
}

Customer RealisticCustomers::business(std::int64_t sub_services) {
    auto made = customer("business");
    for (std::int64_t i = 0; i < sub_services; ++i) sell(made, one_of({"line", "line", "net-1000", "voip"}));
    return made;
}

Customer RealisticCustomers::building(const std::string& category, std::int64_t flats) {
    auto made = customer(category);
    for (std::int64_t i = 1; i <= flats; ++i) {
        const auto number = std::to_string(i);
        customers::Unit flat;
        flat.code = "u" + number;
        flat.name = "Flat " + number;
        made.units.push_back(std::move(flat));
        sell(made, one_of({"net-100", "net-300"}), "u" + number);
    }
    return made;
}

Customer RealisticCustomers::apartment_complex(std::int64_t flats) { return building("complex", flats); }

// Of a calendar of cycles only those that began on a first are due on one; the others are due then whenever they began.
void RealisticCustomers::sell(Customer& customer, const std::string& service, const std::string& unit) {
    const bool is_home = customer.subscriber.category == "residential";
    const bool is_internet = service.starts_with("net") || service == "line";
    const auto months = static_cast<int>(below(48));
    const auto activated =
        Date::clamped(first_of_month.months_since_year_0() - 1 - (service == "net-year" ? 11 : months),
                      is_home ? 1 : 1 + static_cast<int>(below(28)));
    Contract contract{
        .request = {.subscriber = customer.subscriber.code,
                    .code = "s" + std::to_string(customer.contracts.size()),
                    .service = service,
                    .unit = unit},
        .taken_over = {.status = is_home && is_internet && in_hundred(1) ? Status::suspended : Status::active,
                       .activated_on = activated,
                       .charged_to = first_of_month}};
    auto& [request, taken_over] = contract;
    if (service == "voip")  // in arrears: what is charged is the month before the one that has ended
        taken_over.charged_to = std::max(activated, Date::clamped(first_of_month.months_since_year_0() - 1, 1));
    if (in_hundred(20)) request.add_ons.push_back({.code = is_internet ? "public-ip" : "antivirus"});
    if (is_internet && in_hundred(33))
        request.cpes.push_back({.code = "ont", .serial = "ONT-" + std::to_string(++devices_)});
    if (is_internet && in_hundred(10))
        request.cpes.push_back({.code = "router",
                                .serial = "RTR-" + std::to_string(++devices_),
                                .installments_charged = 1 + static_cast<std::int32_t>(below(20))});
    customer.contracts.push_back(std::move(contract));
}

void Made::count(const Customer& customer) {
    ++subscribers;
    units += static_cast<std::int64_t>(customer.units.size());
    sub_services += static_cast<std::int64_t>(customer.contracts.size());
    due += customer.due();
    documents += customer.documents();
}

app::OperatorSetup realistic_setup(IdSource& ids) { return serve::read_operator_text(operator_yaml, ids); }

StoreMaker::StoreMaker(const std::string& address) : store_(store::open_store(address, false)) {
    app::Transaction transaction(*store_);
    app::store_setup(*store_, setup_);
    transaction.commit();
    catalog_ = store_->catalog(setup_.op.id);
}

void StoreMaker::add(Customer customer) {
    made_.count(customer);
    sub_services_waiting_ += static_cast<std::int64_t>(customer.contracts.size());
    waiting_.push_back(std::move(customer));
    if (sub_services_waiting_ >= sub_services_in_a_transaction) write();
}

Made StoreMaker::finish(bool all_due) {
    write();
    if (all_due) expect_equal("sub-services that are due", store_->count_due(setup_.op.id, first_of_month), made_.due);
    return made_;
}

void StoreMaker::write() {
    std::vector<customers::Subscriber> subscribers;
    std::vector<app::NewUnit> units;
    std::vector<app::BuiltSubService> built;
    for (auto& [subscriber, flats, contracts] : waiting_) {
        subscriber.id = ids_.next<customers::SubscriberId>();
        subscribers.push_back(subscriber);
        std::size_t flat = 0;
        for (const auto& [request, taken_over] : contracts) {
            const customers::Unit* unit = nullptr;
            if (!request.unit.empty()) {
                flats[flat].id = ids_.next<customers::UnitId>();
                expect(flats[flat].code == request.unit, "flats have a contract each, in order");
                units.push_back({subscriber.id, flats[flat]});
                unit = &flats[flat++];
            }
            auto sub_service = app::build_sub_service(setup_.op, catalog_, ids_, subscriber, unit, request,
                                                      first_of_month, &taken_over);
            if (!sub_service) give_up(sub_service.refusal().message);
            built.push_back(std::move(sub_service).value());
        }
    }
    std::vector<app::NewSubService> rows;
    for (const auto& sub : built) rows.push_back({&sub.state, sub.next_billing_date, sub.lines});
    app::Transaction transaction(*store_);
    store_->add(setup_.op.id, subscribers);
    store_->add(units);
    store_->add(setup_.op.id, rows);
    transaction.commit();
    waiting_.clear();
    sub_services_waiting_ = 0;
}

Made make_realistic_store(const std::string& address, Size size) {
    StoreMaker maker(address);
    each_realistic_customer(size, [&](Customer customer) { maker.add(std::move(customer)); });
    return maker.finish();
}

}  // namespace sluice::bench
