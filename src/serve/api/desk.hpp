// One request at work: what was asked, by whom, and what a handler needs to answer it.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/ports/staff_store.hpp"
#include "serve/api/description.hpp"
#include "serve/api/problem.hpp"
#include "serve/engine/engine.hpp"
#include "serve/http/message.hpp"

namespace sluice::serve::api {

// Who asks: the key that the request bears, or this program itself.
struct Principal {
    std::optional<app::ApiKeyId> key;
    std::optional<customers::OperatorId> op;  // none: the platform
    std::optional<std::string> op_code;
    app::Role role;
    std::string name = {};  // of the key or user
    // Of people: who it is, by which session, and as what.
    std::optional<app::UserId> user = {};
    std::optional<app::Hash> session = {};
    std::optional<app::StaffRole> staff_role = {};

    bool is_platform() const { return !op.has_value(); }
    // As events and jobs name who did it.
    std::string actor() const { return key ? key->text() : user ? user->text() : "sluice"; }
};

// A request that has been checked against the description.
struct Call {
    const Operation* operation;
    Texts path;
    Texts query;
    boost::json::value body;
    std::optional<Principal> principal;       // none on open routes
    std::optional<customers::OperatorId> op;  // that the request acts for; none: the platform itself
    std::string operator_named;               // in Sluice-Operator
    std::string idempotency_key;
    std::string if_match;
    std::string if_none_match;
    std::string request_id;
    Instant now;
    std::string address = {};  // of the client
    std::string agent = {};    // what it says it is
    std::string cookie = {};   // the session's token
    bool is_secure = false;    // came over https
};

class Desk {
public:
    Desk(const Call& call, Engine& engine, app::Store& store) : call_(call), engine_(engine), store_(store) {}

    const Call& call() const { return call_; }
    app::Store& store() { return store_; }
    Engine& engine() { return engine_; }

    const std::string& path(std::string_view name) const { return call_.path.find(name)->second; }
    // The parameter as it was sent, or its default; nothing when there is neither.
    std::optional<std::string> query(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    std::optional<Date> date(std::string_view name) const;
    bool is_set(std::string_view name) const { return query(name) == "true"; }

    // REQUIRES: the request acts for an operator. Its book is read only where more than the id is needed.
    customers::OperatorId op_id() const {
        check(call_.op.has_value(), "an operation on an operator's data knows the operator");
        return *call_.op;
    }
    const OperatorBook& book();
    const customers::Operator& op() { return book().op; }
    const catalog::Catalog& catalog() { return book().catalog; }
    Date today() { return book().zone.date_at(call_.now); }

    // What the path names; a Problem when it is not there.
    customers::Subscriber subscriber();
    customers::Subscriber held_subscriber();  // until the request is done: for what is read, compared and then changed
    const catalog::Product& product(catalog::ProductType type, std::string_view parameter);

    // What the query names: a Problem (invalid request) when it is not there.
    std::optional<customers::SubscriberId> subscriber_in_query();

    // For the writing thread alone.
    app::Commands& commands() {
        auto& commands = engine_.commands(store_, book());
        commands.set_today(today());
        return commands;
    }
    // REQUIRED after a command has changed the catalogue.
    void catalog_changed() {
        engine_.drop_commands();
        book_.reset();
    }
    IdSource& ids() { return engine_.ids(); }
    // The date that the command counts for: `date` of the body, else today. A Problem when it lies in the future.
    Date command_date(const boost::json::object& body);
    void add_event(app::EventType type, std::optional<customers::SubscriberId> subscriber, std::int64_t object) {
        store_.add_event(op_id(), {type, subscriber, object});
    }

    // Done when what the handler has written is durable.
    void afterwards(std::function<void()> action) { afterwards_.push_back(std::move(action)); }
    std::vector<std::function<void()>> take_afterwards() { return std::move(afterwards_); }
    // A repetition of the request gets this body: for answers with a secret, which is stored nowhere.
    void keep_instead(const boost::json::value& body) { kept_body_ = boost::json::serialize(body); }
    const std::optional<std::string>& kept_body() const { return kept_body_; }

private:
    const Call& call_;
    Engine& engine_;
    app::Store& store_;
    std::shared_ptr<const OperatorBook> book_;
    std::vector<std::function<void()>> afterwards_;
    std::optional<std::string> kept_body_;
};

// Answers.
http::Response ok(const boost::json::value& body, int status = 200);
http::Response created(const boost::json::value& body, std::string location);
// With its ETag; 304 when the client has it already.
http::Response tagged(Desk& desk, const boost::json::value& body, const boost::json::value& editable, int status = 200);
// A Problem when the client has read something else than what is there now.
void require_match(Desk& desk, const boost::json::value& editable);

// Percent-encoded for a path.
std::string segment(std::string_view text);

}  // namespace sluice::serve::api
