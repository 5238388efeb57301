#include "contract/store_home.hpp"

#include <sstream>

#include "contract/store_files.hpp"
#include "store/open_store.hpp"
#include "store/postgres/postgres_connection.hpp"
#include "store/sqlite/sqlite_connection.hpp"
#include "support/postgres_server.hpp"

namespace sluice::contract {
namespace {

class SqliteHome final : public StoreHome {
public:
    std::unique_ptr<app::Store> open() override { return store::open_store("sqlite:" + path_, false); }
    std::unique_ptr<store::Connection> connect() override { return store::open_sqlite(path_, false); }
    std::string address() const override { return "sqlite:" + path_; }
    bool is_shared() const override { return false; }
    std::string address_of_nothing() const override { return "sqlite:" + (folder_ / "nothing.db").string(); }

private:
    TemporaryFolder folder_;
    std::string path_ = (folder_ / "store.db").string();
};

// One database for all tests, empty at the beginning of each.
class PostgresHome final : public StoreHome {
public:
    PostgresHome() { server_.query(address(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public"); }
    std::unique_ptr<app::Store> open() override { return store::open_store(address(), false); }
    std::unique_ptr<store::Connection> connect() override {
        return store::open_postgres(address(), store::PostgresUse::write);
    }
    std::string address() const override {
        static const auto address = server_.new_database();
        return address;
    }
    bool is_shared() const override { return true; }
    std::string address_of_nothing() const override { return server_.address("nothing"); }

private:
    test::PostgresServer& server_ = test::PostgresServer::forgetful();
};

// Appends "name=value" for whatever can be told.
class Teller {
public:
    template <typename T>
    Teller& operator()(const char* name, const T& value) {
        out_ << name << '=';
        tell(value);
        out_ << '\n';
        return *this;
    }
    std::string text() const { return out_.str(); }

private:
    void tell(const std::string& value) { out_ << '"' << value << '"'; }
    void tell(bool value) { out_ << (value ? "yes" : "no"); }
    void tell(std::int64_t value) { out_ << value; }
    void tell(std::int32_t value) { out_ << value; }
    void tell(Date value) { out_ << value.text(); }
    void tell(Decimal value) { out_ << value.text(); }
    void tell(Money value) { out_ << value.text() << ' ' << value.currency().code(); }
    void tell(Period value) { out_ << value.start.text() << ".." << value.end.text(); }
    void tell(PeriodLength value) { out_ << value.text(); }
    void tell(const app::Hash& value) { out_ << app::hex(value); }
    template <typename Kind>
    void tell(Id<Kind> value) {
        out_ << value.text();
    }
    template <typename Enum>
    requires std::is_enum_v<Enum>
    void tell(Enum value) { out_ << static_cast<int>(value); }
    template <typename T>
    void tell(const std::optional<T>& value) {
        if (value)
            tell(*value);
        else
            out_ << "none";
    }
    template <typename T>
    void tell(const std::vector<T>& values) {
        for (const auto& value : values) {
            tell(value);
            out_ << ' ';
        }
    }

    std::ostringstream out_;
};

std::string state_of(const subscriptions::SubService& sub) {
    Teller t;
    t("id", sub.id)("subscriber", sub.subscriber)("unit", sub.unit)("code", sub.code)("status", sub.status);
    t("suspend_reason", sub.suspend_reason)("started_on", sub.started_on)("restarted", sub.restarted);
    t("billed_to", sub.billed_to)("changed_on", sub.changed_on)("cancel_on", sub.cancel_on);
    t("waive_installments", sub.waive_installments)("spans", std::int64_t(sub.suspended_spans.size()));
    if (sub.grid) t("grid", sub.grid->boundary_0())("day", sub.grid->day())("length", sub.grid->length());
    for (const auto& item : sub.items)
        t("item", item.id)("price", item.price)("starts_on", item.starts_on)("ends_on", item.ends_on)(
            "running", item.running)("parts", item.parts_charged)("waived", item.waived);
    return t.text() + tell(sub.billing);
}

}  // namespace

std::vector<StoreKind> store_kinds() {
    return {{"Sqlite", [] { return std::make_unique<SqliteHome>(); }},
            {"Postgres", [] { return std::make_unique<PostgresHome>(); }}};
}

void Contract::found(const support::Shop& shop) {
    written([&] {
        store().add(shop.op);
        for (const auto& product : shop.catalog.products()) store().add(shop.op.id, product);
        for (const auto& version : shop.catalog.prices()) store().add(shop.op.id, version);
        for (const auto& rule : shop.catalog.taxes()) store().add(shop.op.id, rule);
    });
}

std::string tell(const customers::BillingSettings& s) {
    Teller t;
    t("model", s.model)("cycle_day", s.cycle_day)("first_charge", s.first_charge)("threshold_day", s.threshold_day);
    t("invoicing", s.invoicing)("stops", s.suspension_stops_billing)("credit_suspension", s.credit_suspension);
    return t.text();
}

std::string tell(const customers::Operator& op) {
    Teller t;
    t("id", op.id)("code", op.code)("name", op.name)("currency", std::string(op.currency.code()));
    t("time_zone", op.time_zone)("rounding", op.rounding)("due_days", op.due_days);
    t("invoice_number", op.invoice_number)("credit_note_number", op.credit_note_number);
    t("billed_through", op.billed_through);
    std::string text = t.text() + tell(op.billing);
    for (const auto& policy : op.policies) {
        Teller p;
        p("region", policy.region)("pop", policy.pop)("category", policy.category);
        text += p.text() + tell(policy.settings);
    }
    return text;
}

std::string tell(const customers::Subscriber& s) {
    Teller t;
    t("id", s.id)("code", s.code)("contact", s.contact)("organization", s.organization)("country", s.country);
    t("region", s.region)("pop", s.pop)("category", s.category);
    return t.text() + tell(s.billing);
}

std::string tell(const customers::Unit& unit) {
    Teller t;
    t("id", unit.id)("code", unit.code)("name", unit.name);
    return t.text() + tell(unit.billing);
}

std::string tell(const catalog::Catalog& catalog) {
    Teller t;
    for (const auto& p : catalog.products())
        t("product", p.id)("type", p.type)("code", p.code)("name", p.name)("kind", p.kind)("mode", p.mode)(
            "installments", p.installments)("length", p.length)("timing", p.timing)("taxes", p.tax_codes);
    for (const auto& v : catalog.prices())
        t("price", v.id)("of", v.product)("version", v.version)("valid_from", v.valid_from)("price", v.price)(
            "setup_fee", v.setup_fee);
    for (const auto& r : catalog.taxes())
        t("tax", r.id)("code", r.code)("name", r.name)("rate", r.rate)("included", r.included)("country", r.country)(
            "region", r.region)("valid_from", r.valid_from);
    return t.text();
}

std::string tell(const invoicing::Line& line) {
    const auto& c = line.charge;
    Teller t;
    t("id", c.id)("sub_service", c.sub_service)("item", c.item)("product", c.product)("price", c.price);
    t("kind", c.kind)("billing_date", c.billing_date)("period", c.period)("days", c.days)("of_days", c.of_days);
    t("quantity", c.quantity)("unit_price", c.unit_price)("proration", c.proration)("rounding", c.rounding);
    if (c.parts) t("first", c.parts->first)("last", c.parts->last)("of", c.parts->of);
    t("credits", c.credits)("revision", c.revision)("amount", c.amount);
    for (const auto& tax : line.taxes)
        t("tax", tax.tax)("code", tax.code)("name", tax.name)("rate", tax.rate)("included", tax.included)("amount",
                                                                                                          tax.amount);
    t("net", line.net)("tax", line.tax)("gross", line.gross);
    return t.text();
}

std::string tell(const app::BillingFacts& facts) {
    std::string text = tell(facts.account.subscriber);
    for (const auto& unit : facts.account.units) text += tell(unit);
    for (const auto& sub : facts.account.sub_services) {
        text += state_of(sub.state);
        for (const auto& line : sub.open_lines) text += "open " + tell(line);
    }
    for (const auto& line : facts.account.pending_lines) text += "pending " + tell(line);
    Teller t;
    t("entries", facts.head.entries)("hash", facts.head.hash)("balance", facts.head.balance);
    for (const auto& credit : facts.open_credits) t("credit", credit.id)("from", credit.from)("left", credit.left);
    for (const auto& debt : facts.open_documents)
        t("debt", debt.id)("due", debt.due)("date", debt.date)("sequence", debt.sequence)("total", debt.total)(
            "open", debt.open);
    return text + t.text();
}

std::string tell(const app::StoredDocument& stored) {
    const auto& d = stored.document;
    Teller t;
    t("id", d.id)("subscriber", d.subscriber)("type", d.type)("year", d.year)("sequence", d.sequence);
    t("number", d.number)("date", d.date)("due", d.due)("currency", std::string(d.currency.code()))("unit", d.unit);
    t("contact", d.contact)("organization", d.organization)("country", d.country)("region", d.region);
    t("net", d.net)("tax", d.tax)("total", d.total)("state", d.state)("paid", stored.paid);
    t("subscriber_code", stored.subscriber_code)("unit_code", stored.unit_code)("subs", stored.sub_service_codes);
    std::string text = t.text();
    for (const auto& line : d.lines) text += tell(line);
    return text;
}

}  // namespace sluice::contract
