// People who sign in: who they are, what lets them in and for how long, and the log of what was done.
#include <algorithm>

#include "app/sign_in.hpp"
#include "connect/crypto/credentials.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::AttemptsOf;
using app::StaffRole;
using app::UserId;
using support::Shop;
using Texts = std::vector<std::string>;

Instant at(std::string_view text) { return parse_instant(text).value(); }

app::Hash hash(unsigned char number) {
    app::Hash hash{};
    hash.front() = number;
    hash.back() = 0xFF;
    return hash;
}

std::string tell(const std::optional<Instant>& instant) {
    return instant ? std::to_string(instant->time_since_epoch().count()) : "never";
}

std::string tell(const app::User& user) {
    std::string text = user.id.text() + '|' + user.login + '|' + user.name + '|' + user.language + '|' +
                       user.password_hash + '|' + (user.disabled ? "disabled" : "") + '|' + user.sealed_totp + '|' +
                       user.pending_totp + '|' + std::to_string(user.totp_step) + '|' + tell(user.created_at) + '|' +
                       tell(user.last_signed_in_at);
    for (const auto& grant : user.grants)
        text += '|' + (grant.op ? grant.op->text() : "platform") + ':' + std::string(name_of(grant.role));
    return text;
}

std::string tell(const app::StoredSession& session) {
    return app::hex(session.token) + '|' + session.user.text() + '|' + tell(session.created_at) + '|' +
           tell(session.last_seen_at) + '|' + tell(session.expires_at) + '|' + session.address + '|' + session.agent;
}

std::string tell(const app::AuditEntry& entry) {
    return entry.id.text() + '|' + (entry.op ? entry.op->text() : "platform") + '|' + tell(entry.at) + '|' +
           std::string(name_of(entry.actor)) + '|' + (entry.actor_id ? std::to_string(*entry.actor_id) : "nobody") +
           '|' + entry.actor_name + '|' + entry.address + '|' + entry.operation + '|' +
           (entry.subscriber ? entry.subscriber->text() : "none") + '|' + entry.request + '|' +
           entry.before.value_or("none") + '|' + entry.after.value_or("none") + '|' + std::to_string(entry.status);
}

template <typename Row>
Texts told(const std::vector<Row>& rows) {
    Texts texts;
    for (const auto& row : rows) texts.push_back(tell(row));
    return texts;
}

// Two operators, and Ann, who is a clerk of the one.
class StaffOfStore : public Contract {
protected:
    StaffOfStore() {
        found(shop);
        auto second = shop.op;
        second.id = other;
        second.code = "other";
        ann.grants = {{shop.op.id, StaffRole::clerk}};
        written([&] {
            store().add(second);
            staff().add(ann);
        });
    }

    app::StaffStore& staff() { return store().staff(); }
    app::User user(std::string login) {
        return {.id = shop.ids.next<UserId>(),
                .login = std::move(login),
                .name = "Somebody",
                .language = "en",
                .created_at = at("2026-01-05T08:00:00Z")};
    }
    // What is there, as it was written.
    std::string stored(UserId id) {
        reopen();
        const auto found = staff().find_user(id);
        return found ? tell(*found) : "nobody";
    }
    Texts sessions_at(std::string_view now) {
        auto texts = told(staff().sessions(at(now)));
        std::sort(texts.begin(), texts.end());
        return texts;
    }
    app::StoredSession session(unsigned char number, UserId of, std::string_view expires_at) {
        return {hash(number), of,         at("2026-01-05T08:00:00Z"), at("2026-01-05T08:00:00Z"), at(expires_at),
                "10.0.0.1",   "Firefox 1"};
    }

    Shop shop;
    customers::OperatorId other{2};
    app::User ann = user("ann@x.example");
};

// ---- users

TEST_P(StaffOfStore, AUserIsReadAsWritten) {
    auto bob = user("bob@x.example");
    bob.name = "Bób Ünlü";
    bob.language = "es";
    bob.grants = {{std::nullopt, StaffRole::viewer}, {shop.op.id, StaffRole::owner}, {other, StaffRole::cashier}};
    bob.password_hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    bob.sealed_totp = "sealed";
    bob.pending_totp = "pending";
    bob.totp_step = 58'913'371;
    bob.created_at = at("2026-01-05T08:00:00.123456Z");
    bob.last_signed_in_at = at("2026-01-06T09:10:11.654321Z");
    written([&] { staff().add(bob); });
    EXPECT_EQ(stored(bob.id), tell(bob));
    EXPECT_EQ(stored(ann.id), tell(ann)) << "of others there is nothing in it";
    EXPECT_EQ(told(staff().users()), (Texts{tell(ann), tell(bob)})) << "in order of creation";
    EXPECT_TRUE(staff().find_user(bob.id)->has_second_factor());
    EXPECT_FALSE(staff().find_user(ann.id)->has_second_factor());
}

TEST_P(StaffOfStore, ALoginIsFoundInWhicheverCase) {
    const auto bob = user("Bob@X.Example");
    written([&] { staff().add(bob); });
    for (const char* login : {"bob@x.example", "BOB@X.EXAMPLE", "Bob@X.Example"}) {
        const auto found = staff().find_user(login);
        ASSERT_TRUE(found) << login;
        EXPECT_EQ(found->id, bob.id) << login;
        EXPECT_EQ(found->login, "bob@x.example") << "as it is stored";
    }
    EXPECT_FALSE(staff().find_user("bob@x.exampl"));
    EXPECT_FALSE(staff().find_user("b_b@x.example")) << "it is no pattern";
    EXPECT_FALSE(staff().find_user(""));
    EXPECT_FALSE(staff().find_user(shop.ids.next<UserId>()));
}

TEST_P(StaffOfStore, ALoginIsThereOnce) {
    for (const char* login : {"ann@x.example", "ANN@x.example"})
        EXPECT_THROW(written([&] { staff().add(user(login)); }), app::ConstraintViolated) << login;
    EXPECT_EQ(told(staff().users()), Texts{tell(ann)});
}

TEST_P(StaffOfStore, AChangeReplacesAllButTheLogin) {
    const auto bob = user("bob@x.example");
    written([&] { staff().add(bob); });
    auto changed = ann;
    changed.login = "elsewhere@x.example";
    changed.name = "Ann B.";
    changed.language = "ar";
    changed.password_hash = "hash";
    changed.sealed_totp = "sealed";
    changed.totp_step = 7;
    changed.last_signed_in_at = at("2026-01-06T09:00:00Z");
    changed.grants = {{std::nullopt, StaffRole::support}, {other, StaffRole::owner}};
    written([&] { staff().update(changed); });
    changed.login = ann.login;
    EXPECT_EQ(stored(ann.id), tell(changed));
    EXPECT_EQ(stored(bob.id), tell(bob)) << "and nobody else";
}

TEST_P(StaffOfStore, GrantsAreOneForEachOperatorAndOneForThePlatform) {
    const auto grants_of = [&](std::vector<app::UserGrant> grants) {
        auto changed = ann;
        changed.grants = std::move(grants);
        written([&] { staff().update(changed); });
        return stored(ann.id) == tell(changed);
    };
    for (const auto role :
         {StaffRole::viewer, StaffRole::cashier, StaffRole::support, StaffRole::clerk, StaffRole::owner})
        EXPECT_TRUE(grants_of({{std::nullopt, role}, {shop.op.id, role}})) << name_of(role);
    EXPECT_TRUE(grants_of({}));
    EXPECT_TRUE(grants_of({{other, StaffRole::clerk}}));
    EXPECT_THROW(grants_of({{other, StaffRole::clerk}, {other, StaffRole::owner}}), app::ConstraintViolated);
    EXPECT_THROW(grants_of({{std::nullopt, StaffRole::clerk}, {std::nullopt, StaffRole::owner}}),
                 app::ConstraintViolated);
    EXPECT_THROW(grants_of({{customers::OperatorId{99}, StaffRole::clerk}}), app::ConstraintViolated);
    auto left = ann;
    left.grants = {{other, StaffRole::clerk}};
    EXPECT_EQ(stored(ann.id), tell(left)) << "what was refused has left nothing";
}

TEST_P(StaffOfStore, WhoIsDisabledIsThereStillAndMayBeEnabled) {
    auto changed = ann;
    changed.disabled = true;
    written([&] { staff().update(changed); });
    EXPECT_EQ(stored(ann.id), tell(changed));
    EXPECT_TRUE(staff().find_user("ann@x.example")->disabled);
    EXPECT_EQ(staff().users().size(), 1U);
    changed.disabled = false;
    written([&] { staff().update(changed); });
    EXPECT_EQ(stored(ann.id), tell(ann));
}

// ---- sessions

TEST_P(StaffOfStore, ASessionIsFoundByItsHashUntilItExpires) {
    const auto one = session(1, ann.id, "2026-01-12T08:00:00.000001Z");
    const auto longer = session(2, ann.id, "2026-01-12T09:00:00Z");
    written([&] {
        staff().add(one);
        staff().add(longer);
    });
    reopen();
    EXPECT_EQ(sessions_at("2026-01-05T08:00:00Z"), (Texts{tell(one), tell(longer)}));
    EXPECT_EQ(sessions_at("2026-01-12T08:00:00Z"), (Texts{tell(one), tell(longer)}));
    EXPECT_EQ(sessions_at("2026-01-12T08:00:00.000001Z"), Texts{tell(longer)}) << "at its end it has ended";
    EXPECT_EQ(sessions_at("2026-01-12T09:00:00Z"), Texts{});
    EXPECT_THROW(written([&] { staff().add(one); }), app::ConstraintViolated) << "a token is there once";
    EXPECT_THROW(written([&] { staff().add(session(3, shop.ids.next<UserId>(), "2026-01-12T08:00:00Z")); }),
                 app::ConstraintViolated)
        << "of nobody";
}

TEST_P(StaffOfStore, ASessionIsSeenLaterAndNeverEarlier) {
    auto one = session(1, ann.id, "2026-01-12T08:00:00Z");
    const auto another = session(2, ann.id, "2026-01-12T08:00:00Z");
    const std::string now = "2026-01-05T09:00:00Z";
    written([&] {
        staff().add(one);
        staff().add(another);
        staff().touch_session(one.token, at(now));
    });
    one.last_seen_at = at(now);
    EXPECT_EQ(sessions_at(now), (Texts{tell(one), tell(another)}));
    written([&] {
        staff().touch_session(one.token, at("2026-01-05T08:30:00Z"));
        staff().touch_session(hash(9), at(now));
    });
    EXPECT_EQ(sessions_at(now), (Texts{tell(one), tell(another)}));
}

TEST_P(StaffOfStore, AnEndedSessionIsGone) {
    const auto bob = user("bob@x.example");
    const std::string end = "2026-01-12T08:00:00Z";
    const std::string now = "2026-01-05T09:00:00Z";
    const auto theirs = session(4, bob.id, end);
    written([&] {
        staff().add(bob);
        for (unsigned char number = 1; number <= 3; ++number) staff().add(session(number, ann.id, end));
        staff().add(theirs);
    });
    written([&] { staff().end_session(hash(1)); });
    EXPECT_EQ(sessions_at(now), (Texts{tell(session(2, ann.id, end)), tell(session(3, ann.id, end)), tell(theirs)}));
    written([&] { staff().end_sessions(ann.id, hash(3)); });
    EXPECT_EQ(sessions_at(now), (Texts{tell(session(3, ann.id, end)), tell(theirs)})) << "all but one";
    written([&] { staff().end_sessions(ann.id); });
    reopen();
    EXPECT_EQ(sessions_at(now), Texts{tell(theirs)}) << "nobody else's";
}

// ---- second factor

TEST_P(StaffOfStore, AStepIsTakenOnce) {
    const auto credentials = connect::credentials();
    const std::string secret = "12345678901234567890";
    const auto now = at("2026-01-05T08:00:00Z");
    const auto step = now.time_since_epoch() / std::chrono::seconds{30};
    // As signing in does: against what is stored, which says then what was taken.
    const auto takes = [&](std::int64_t of) {
        bool taken = false;
        written([&] {
            auto stored = *staff().find_user(ann.id);
            const auto found =
                app::step_of_code(*credentials, secret, credentials->code_at(secret, of), stored.totp_step, now);
            taken = found.has_value();
            if (!found) return;
            stored.totp_step = *found;
            staff().update(stored);
        });
        reopen();
        return taken;
    };
    EXPECT_TRUE(takes(step));
    EXPECT_EQ(staff().find_user(ann.id)->totp_step, step);
    EXPECT_FALSE(takes(step)) << "it was taken";
    EXPECT_FALSE(takes(step - 1)) << "an earlier one that was not";
    EXPECT_TRUE(takes(step + 1));
    EXPECT_FALSE(takes(step + 1));
    EXPECT_FALSE(takes(step + 2)) << "too early";
    EXPECT_EQ(staff().find_user(ann.id)->totp_step, step + 1);
}

TEST_P(StaffOfStore, ARecoveryCodeIsOfOneUse) {
    const auto bob = user("bob@x.example");
    const auto now = at("2026-01-05T08:00:00Z");
    const std::vector<app::Hash> codes{hash(1), hash(2), hash(3)};
    written([&] {
        staff().add(bob);
        staff().replace_recovery_codes(ann.id, codes);
        staff().replace_recovery_codes(bob.id, {codes.data(), 1});
    });
    const auto uses = [&](UserId who, unsigned char number) {
        bool used = false;
        written([&] { used = staff().use_recovery_code(who, hash(number), now); });
        reopen();
        return used;
    };
    EXPECT_TRUE(uses(ann.id, 1));
    EXPECT_FALSE(uses(ann.id, 1));
    EXPECT_TRUE(uses(bob.id, 1)) << "the same code of somebody else";
    EXPECT_FALSE(uses(bob.id, 2)) << "that is Ann's";
    EXPECT_FALSE(uses(ann.id, 9)) << "none";
    {
        app::Transaction undone(store());
        EXPECT_TRUE(staff().use_recovery_code(ann.id, hash(2), now));
    }
    EXPECT_TRUE(uses(ann.id, 2)) << "what was undone has used nothing";
    const std::vector<app::Hash> anew{hash(4), hash(1)};
    written([&] { staff().replace_recovery_codes(ann.id, anew); });
    EXPECT_FALSE(uses(ann.id, 3)) << "those of before are gone";
    EXPECT_TRUE(uses(ann.id, 1)) << "a new one";
    EXPECT_TRUE(uses(ann.id, 4));
    written([&] { staff().replace_recovery_codes(ann.id, codes); });
    written([&] { staff().replace_recovery_codes(ann.id, {}); });
    EXPECT_FALSE(uses(ann.id, 2));
}

// ---- one-time links

TEST_P(StaffOfStore, ALinkIsGoodOnceAndForSomeTime) {
    const auto bob = user("bob@x.example");
    const auto end = at("2026-01-05T09:00:00Z");
    const auto before = at("2026-01-05T08:59:59.999999Z");
    written([&] {
        staff().add(bob);
        staff().add_reset(hash(1), ann.id, end);
        staff().add_reset(hash(2), ann.id, end);
        staff().add_reset(hash(3), bob.id, end);
    });
    reopen();
    EXPECT_EQ(staff().find_reset(hash(1), before), ann.id);
    EXPECT_EQ(staff().find_reset(hash(3), before), bob.id);
    EXPECT_EQ(staff().find_reset(hash(1), end), std::nullopt) << "at its end it has expired";
    EXPECT_EQ(staff().find_reset(hash(9), before), std::nullopt);
    written([&] { staff().end_resets(ann.id, before); });
    reopen();
    EXPECT_EQ(staff().find_reset(hash(1), before), std::nullopt);
    EXPECT_EQ(staff().find_reset(hash(2), before), std::nullopt) << "the other one of hers, too";
    EXPECT_EQ(staff().find_reset(hash(3), before), bob.id);
    written([&] { staff().add_reset(hash(4), ann.id, end); });
    EXPECT_EQ(staff().find_reset(hash(4), before), ann.id) << "a new one";
    EXPECT_THROW(written([&] { staff().add_reset(hash(1), ann.id, end); }), app::ConstraintViolated)
        << "a token is there once, also when it was used";
}

// ---- attempts

TEST_P(StaffOfStore, FailuresAreCountedByLoginAndByAddress) {
    const auto now = at("2026-01-05T08:00:00.000007Z");
    const auto failures = [&](AttemptsOf kind, std::string_view who) { return staff().attempts(kind, who).failures; };
    const auto fails = [&](AttemptsOf kind, std::string_view who) {
        written([&] { staff().save(kind, who, app::with_another(staff().attempts(kind, who), now)); });
    };
    EXPECT_EQ(failures(AttemptsOf::login, "ann@x.example"), 0);
    for (int i = 0; i < 3; ++i) fails(AttemptsOf::login, "ann@x.example");
    fails(AttemptsOf::login, "nobody@x.example");  // they need not be there
    fails(AttemptsOf::address, "10.0.0.1");
    fails(AttemptsOf::address, "ann@x.example");
    reopen();
    EXPECT_EQ(failures(AttemptsOf::login, "ann@x.example"), 3);
    EXPECT_EQ(staff().attempts(AttemptsOf::login, "ann@x.example").last_at, now);
    EXPECT_EQ(failures(AttemptsOf::login, "nobody@x.example"), 1);
    EXPECT_EQ(failures(AttemptsOf::login, "10.0.0.1"), 0);
    EXPECT_EQ(failures(AttemptsOf::address, "10.0.0.1"), 1);
    EXPECT_EQ(failures(AttemptsOf::address, "ann@x.example"), 1);
    written([&] { staff().forget_attempts(AttemptsOf::login, "ann@x.example"); });
    reopen();
    EXPECT_EQ(failures(AttemptsOf::login, "ann@x.example"), 0) << "she is in";
    EXPECT_EQ(failures(AttemptsOf::login, "nobody@x.example"), 1);
    EXPECT_EQ(failures(AttemptsOf::address, "ann@x.example"), 1) << "that is an address";
}

TEST_P(StaffOfStore, WhatIsStoredTellsHowLongToWait) {
    const std::string login = "ann@x.example";
    auto now = at("2026-01-05T08:00:00Z");
    const auto wait_at = [&](Instant moment) {
        return app::wait_left(AttemptsOf::login, staff().attempts(AttemptsOf::login, login), moment).count();
    };
    const auto fails = [&] {
        written([&] {
            staff().save(AttemptsOf::login, login, app::with_another(staff().attempts(AttemptsOf::login, login), now));
        });
        reopen();
        return wait_at(now);
    };
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 8; ++i) waits.push_back(fails());
    EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 0, 0, 1, 2, 4, 8}));
    EXPECT_EQ(wait_at(now + std::chrono::seconds{5}), 3);
    EXPECT_EQ(wait_at(now + std::chrono::seconds{8}), 0) << "the window is over";
    for (int i = 0; i < 20; ++i) fails();
    EXPECT_EQ(wait_at(now), 15 * 60) << "at most";
    now += std::chrono::hours{24};
    EXPECT_EQ(fails(), 0);
    EXPECT_EQ(staff().attempts(AttemptsOf::login, login).failures, 1) << "those of yesterday count no more";
    written([&] { staff().forget_attempts(AttemptsOf::login, login); });
    EXPECT_EQ(wait_at(now), 0);
}

TEST_P(StaffOfStore, WhatNobodyNeedsIsForgotten) {
    const auto time = at("2026-01-05T08:00:00Z");
    const auto before = time - std::chrono::microseconds{1};
    auto ended = session(1, ann.id, "2026-01-05T07:59:59Z");
    const auto present = session(2, ann.id, "2026-01-05T08:00:00Z");
    written([&] {
        staff().save(AttemptsOf::login, "old", {4, before});
        staff().save(AttemptsOf::login, "new", {5, time});
        staff().add(ended);
        staff().add(present);
        staff().forget_before(time);
    });
    EXPECT_EQ(staff().attempts(AttemptsOf::login, "old").failures, 0);
    EXPECT_EQ(staff().attempts(AttemptsOf::login, "new").failures, 5);
    EXPECT_EQ(sessions_at("2026-01-01T00:00:00Z"), Texts{tell(present)});
}

// ---- the log

class LogOfStore : public StaffOfStore {
protected:
    LogOfStore() {
        written([&] {
            for (const auto& entry : entries) staff().add(entry);
        });
        reopen();
    }

    app::AuditEntry entry(int number, std::string_view when) {
        return {.id = app::AuditId{number},
                .op = shop.op.id,
                .at = at(when),
                .actor = app::ActorKind::user,
                .actor_id = ann.id.value(),
                .actor_name = "Ann",
                .address = "10.0.0.1",
                .operation = "update_subscriber",
                .request = "{}",
                .status = 200};
    }
    std::vector<app::AuditEntry> written_entries() {
        auto first = entry(1, "2026-01-05T08:00:00Z");
        auto second = entry(2, "2026-01-05T09:00:00Z");
        second.operation = "create_subscriber";
        second.subscriber = anna;
        second.request = R"({"code": "ünlü"})";
        second.status = 201;
        auto of_other = entry(3, "2026-01-05T09:30:00Z");
        of_other.op = other;
        of_other.actor = app::ActorKind::api_key;
        of_other.actor_id = 77;
        of_other.actor_name = "shop window";
        auto of_platform = entry(4, "2026-01-05T09:45:00Z");
        of_platform.op = std::nullopt;
        of_platform.actor = app::ActorKind::program;
        of_platform.actor_id = std::nullopt;
        of_platform.actor_name = "sluice";
        // Three at one moment, one of them with an earlier id than those before it.
        auto same = entry(0, "2026-01-05T10:00:00Z");
        auto as = entry(5, "2026-01-05T10:00:00Z");
        as.subscriber = anna;
        as.before = R"({"email": ""})";
        as.after = R"({"email": "a@x.example"})";
        auto this_one = entry(6, "2026-01-05T10:00:00Z");
        this_one.operation = "sign_in";
        this_one.status = 401;
        return {first, second, of_other, of_platform, same, as, this_one};
    }
    using Numbers = std::vector<std::int64_t>;
    static Numbers numbers_in(const app::Page<app::AuditEntry>& page) {
        Numbers numbers;
        for (const auto& row : page.rows) numbers.push_back(row.id.value());
        return numbers;
    }
    // Of the one operator, unless the query says another.
    Numbers numbers(app::AuditQuery query) {
        if (!query.op) query.op = shop.op.id;
        const auto page = staff().audit_log(query);
        EXPECT_FALSE(page.next);
        return numbers_in(page);
    }

    customers::SubscriberId anna{41};
    std::vector<app::AuditEntry> entries = written_entries();
};

TEST_P(LogOfStore, IsReadAsWrittenTheNewestFirst) {
    const auto all = staff().audit_log({});
    EXPECT_EQ(numbers_in(all), (Numbers{6, 5, 0, 4, 3, 2, 1}));
    EXPECT_FALSE(all.next);
    auto expected = told(entries);
    auto read = told(all.rows);
    std::sort(expected.begin(), expected.end());
    std::sort(read.begin(), read.end());
    EXPECT_EQ(read, expected);
}

TEST_P(LogOfStore, AnOperatorSeesItsOwn) {
    EXPECT_EQ(numbers({}), (Numbers{6, 5, 0, 2, 1})) << "nothing of the platform or of others";
    EXPECT_EQ(numbers({.op = other}), Numbers{3});
    EXPECT_EQ(numbers({.op = customers::OperatorId{99}}), Numbers{});
    EXPECT_EQ(numbers({.op = other, .actor = ann.id.value()}), Numbers{});
    EXPECT_EQ(numbers({.op = other, .subscriber = anna}), Numbers{}) << "a subscriber of the first";
}

TEST_P(LogOfStore, IsAskedByWhoAndWhatAndWhen) {
    const auto nine = at("2026-01-05T09:00:00Z");
    const auto ten = at("2026-01-05T10:00:00Z");
    EXPECT_EQ(numbers({.actor = ann.id.value()}), (Numbers{6, 5, 0, 2, 1}));
    EXPECT_EQ(numbers({.actor = 77}), Numbers{});
    EXPECT_EQ(numbers({.op = other, .actor = 77}), Numbers{3});
    EXPECT_EQ(numbers({.operation = "update_subscriber"}), (Numbers{5, 0, 1}));
    EXPECT_EQ(numbers({.operation = "update"}), Numbers{}) << "a name is whole";
    EXPECT_EQ(numbers({.subscriber = anna}), (Numbers{5, 2}));
    EXPECT_EQ(numbers({.subscriber = customers::SubscriberId{42}}), Numbers{});
    EXPECT_EQ(numbers({.since = nine}), (Numbers{6, 5, 0, 2})) << "from that moment on";
    EXPECT_EQ(numbers({.until = nine}), Numbers{1}) << "before that moment";
    EXPECT_EQ(numbers({.since = nine, .until = ten}), Numbers{2});
    EXPECT_EQ(numbers({.since = ten, .until = ten}), Numbers{});
    EXPECT_EQ(numbers({.actor = ann.id.value(), .operation = "update_subscriber", .subscriber = anna, .since = ten}),
              Numbers{5});
}

TEST_P(LogOfStore, IsReadPageByPage) {
    for (std::int64_t limit = 1; limit <= 6; ++limit) {
        app::AuditQuery query{.op = shop.op.id, .paging = {.limit = limit}};
        Numbers all;
        for (int pages = 0; pages < 10; ++pages) {
            const auto page = staff().audit_log(query);
            EXPECT_LE(static_cast<std::int64_t>(page.rows.size()), limit);
            for (const auto number : numbers_in(page)) all.push_back(number);
            if (!page.next) break;
            query.paging.after = page.next;
        }
        EXPECT_EQ(all, (Numbers{6, 5, 0, 2, 1})) << limit << " at a time";
    }
    app::AuditQuery query{.op = shop.op.id, .operation = "update_subscriber", .paging = {.limit = 1}};
    query.paging.after = staff().audit_log(query).next;
    written([&] { staff().add(entry(7, "2026-01-05T11:00:00Z")); });
    EXPECT_EQ(numbers_in(staff().audit_log(query)), Numbers{0}) << "what came since shifts nothing";
}

TEST_P(LogOfStore, APositionOfAnotherListIsNoFailure) {
    for (const char* key : {"", "Ann", "12x", "99999999999999999999", "-5", " 1"})
        EXPECT_NO_THROW(staff().audit_log({.paging = {.after = app::Position{key, 5}}})) << key;
}

SLUICE_ON_EACH_STORE(StaffOfStore);
SLUICE_ON_EACH_STORE(LogOfStore);

}  // namespace
}  // namespace sluice::contract
