// The rules of storage, on the schema as the migrations leave it in each database; and that a table that breaks one is
// found.
#include "contract/schema.hpp"

#include <algorithm>

#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

class SchemaRules : public Contract {
protected:
    SchemaRules() {
        close();
        connection_ = home->connect();
    }

    // What is broken when this has been added to the schema, which it is not for long.
    std::vector<std::string> broken_by(const std::string& migration) {
        connection_->begin();
        connection_->run_script(connection_->in_dialect(migration));
        auto broken = broken_rules(read_schema(*connection_));
        connection_->rollback();
        return broken;
    }
    void expect_found(const std::string& migration, const std::string& message) {
        const auto broken = broken_by(migration);
        EXPECT_TRUE(std::any_of(broken.begin(), broken.end(),
                                [&](const auto& text) { return text.find(message) != std::string::npos; }))
            << migration << "\nshould be found as: " << message
            << "\nand is found as: " << testing::PrintToString(broken);
    }

    std::unique_ptr<store::Connection> connection_;
};

const std::string of_a_subscriber = "CREATE TABLE planted (subscriber_id {int} NOT NULL, id {int} NOT NULL, ";
const std::string with_its_key = "PRIMARY KEY (subscriber_id, id)";

TEST_P(SchemaRules, HoldForEveryTable) {
    const auto schema = read_schema(*connection_);
    EXPECT_GT(schema.tables.size(), 20U);
    EXPECT_EQ(schema.tables.at("lines").keys.size(), 2U);
    EXPECT_EQ(schema.tables.at("lines").foreign_keys.size(), 2U);
    for (const auto& broken : broken_rules(schema)) ADD_FAILURE() << broken;
}

TEST_P(SchemaRules, ATableThatKeepsThemIsNotBlamed) {
    EXPECT_EQ(broken_by(of_a_subscriber + "document_id {int}, amount {int}, date {date}, " + with_its_key +
                        ", UNIQUE (document_id, subscriber_id), FOREIGN KEY (subscriber_id, document_id) REFERENCES "
                        "documents (subscriber_id, id)){strict}"),
              std::vector<std::string>{});
}

TEST_P(SchemaRules, AKeyWithoutTheSubscriberIsFound) {
    expect_found(of_a_subscriber + "PRIMARY KEY (id)){strict}", "planted: the primary key is without subscriber_id");
    expect_found("CREATE TABLE planted (subscriber_id {int}, id {int} NOT NULL){strict}",
                 "planted: has no primary key");
    expect_found("CREATE TABLE planted (subscriber_id {int}, id {int} NOT NULL){strict}", "subscriber_id may be null");
    expect_found(of_a_subscriber + "code TEXT UNIQUE, " + with_its_key + "){strict}", "is without subscriber_id");
    expect_found("CREATE UNIQUE INDEX planted ON documents (operator_id, number)",
                 "documents: the unique planted is without subscriber_id");
    expect_found("CREATE UNIQUE INDEX planted ON documents (number) WHERE total < 0",
                 "documents: the unique planted is without subscriber_id");
    expect_found("CREATE UNIQUE INDEX planted ON documents (lower(number))",
                 "documents: the unique planted is without subscriber_id");
}

TEST_P(SchemaRules, AForeignKeyThatLeavesTheSubscriberIsFound) {
    expect_found(
        of_a_subscriber + "owner_id {int} REFERENCES subscribers (subscriber_id), " + with_its_key + "){strict}",
        "planted: the foreign key to subscribers is without subscriber_id");
    expect_found(of_a_subscriber + "unit_id {int}, " + with_its_key +
                     ", FOREIGN KEY (unit_id, subscriber_id) REFERENCES units (subscriber_id, id)){strict}",
                 "planted: the foreign key to units is without subscriber_id");
    expect_found("ALTER TABLE products ADD COLUMN seller_id {int} REFERENCES subscribers (subscriber_id)",
                 "products: the foreign key to subscribers leads to a table of subscribers");
    expect_found("ALTER TABLE events ADD COLUMN seller_id {int} REFERENCES subscribers (subscriber_id)",
                 "events: the foreign key to subscribers leads to a table of subscribers");
    expect_found("ALTER TABLE payments ADD COLUMN job_id {int} REFERENCES jobs (id)",
                 "payments: the foreign key to jobs leads to a table that is not with the subscriber");
}

TEST_P(SchemaRules, ATableOfNoClassIsFound) {
    expect_found("CREATE TABLE planted (id {int} PRIMARY KEY){strict}", "planted: neither of a subscriber nor");
    expect_found("ALTER TABLE products ADD COLUMN subscriber_id {int}", "products: a reference table belongs to no");
}

TEST_P(SchemaRules, AColumnOfAWrongTypeIsFound) {
    expect_found("ALTER TABLE payments ADD COLUMN balance TEXT",
                 "payments.balance: money, ids and instants are 64-bit");
    expect_found("ALTER TABLE payments ADD COLUMN sent_at TEXT",
                 "payments.sent_at: money, ids and instants are 64-bit");
    expect_found("ALTER TABLE payments ADD COLUMN weight REAL",
                 "payments.weight: of a type that the store does not use");
    expect_found("ALTER TABLE payments ADD COLUMN booked_on {int}", "payments.booked_on: a date is no ");
    if (!home->is_shared()) return;
    expect_found("ALTER TABLE payments ADD COLUMN booked_on TEXT", "payments.booked_on: a date is no text");
    expect_found("ALTER TABLE payments ADD COLUMN booked {date}", "payments.booked: a date has to be called like one");
    expect_found("ALTER TABLE payments ADD COLUMN number INT", "of a type that the store does not use, integer");
}

TEST_P(SchemaRules, WorkThatTheDatabaseWouldDoIsFound) {
    expect_found("ALTER TABLE payments ADD COLUMN twice {int} GENERATED ALWAYS AS (amount * 2) " +
                     std::string(home->is_shared() ? "STORED" : "VIRTUAL"),
                 "a generated column: payments.twice");
    expect_found(of_a_subscriber + "document_id {int}, " + with_its_key +
                     ", FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id) DEFERRABLE "
                     "INITIALLY DEFERRED){strict}",
                 "a deferrable constraint: planted");
    if (home->is_shared()) {
        expect_found(of_a_subscriber + "position BIGSERIAL, " + with_its_key + ")",
                     "ids that the database makes: planted");
        expect_found(of_a_subscriber + "position {int} GENERATED ALWAYS AS IDENTITY, " + with_its_key + ")",
                     "ids that the database makes: planted");
        expect_found("CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                     "a stored procedure: planted");
        expect_found(
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER "
            "planted BEFORE INSERT ON lines FOR EACH ROW EXECUTE FUNCTION planted()",
            "a trigger: planted");
        expect_found("CREATE RULE planted AS ON DELETE TO lines DO INSTEAD NOTHING", "a rule: planted");
        expect_found("ALTER TABLE lines ADD CONSTRAINT planted EXCLUDE (id WITH =)",
                     "an exclusion constraint: planted");
    } else {
        expect_found("CREATE TABLE planted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                     "ids that the database makes: planted");
        expect_found("CREATE TRIGGER planted AFTER INSERT ON lines BEGIN SELECT 1; END", "a trigger: planted");
        expect_found(of_a_subscriber + with_its_key + ")", "not strict: planted");
    }
}

SLUICE_ON_EACH_STORE(SchemaRules);

}  // namespace
}  // namespace sluice::contract
