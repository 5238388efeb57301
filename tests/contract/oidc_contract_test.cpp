// Sign-on through providers: whom they are trusted to name, and that each way there and back is gone once.
#include "app/ports/oidc_store.hpp"

#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::LinkedBy;
using app::OidcProviderId;
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

std::string tell(const app::OidcProvider& p) {
    return p.id.text() + '|' + p.name + '|' + p.label + '|' + p.issuer + '|' + p.client_id + '|' + p.sealed_secret +
           '|' + std::string(name_of(p.linked_by)) + '|' + std::to_string(p.created_at.time_since_epoch().count());
}

std::string tell(const std::optional<app::UserIdentity>& identity) {
    if (!identity) return "nobody";
    return identity->provider.text() + '|' + identity->subject + '|' + identity->user.text() + '|' +
           std::to_string(identity->linked_at.time_since_epoch().count());
}

// Two providers, Ann and Bob.
class SignOnOfStore : public Contract {
protected:
    SignOnOfStore() {
        found(shop);
        written([&] {
            for (const auto& one : {ann, bob}) store().staff().add(one);
            for (const auto& one : {work, home}) oidc().add(one);
        });
    }

    app::OidcStore& oidc() { return store().staff().oidc(); }
    app::User user(std::string login) {
        return {.id = shop.ids.next<UserId>(),
                .login = std::move(login),
                .name = "Somebody",
                .language = "en",
                .created_at = noon};
    }
    app::OidcProvider provider(std::string name, LinkedBy linked_by) {
        return {.id = shop.ids.next<OidcProviderId>(),
                .name = name,
                .label = "Únlü " + name,
                .issuer = "https://" + name + ".example",
                .client_id = "sluice",
                .sealed_secret = "sealed " + name,
                .linked_by = linked_by,
                .created_at = at("2026-01-05T08:00:00.123456Z")};
    }
    void link(const app::OidcProvider& to, const std::string& subject, const app::User& of) {
        written([&] { oidc().add(app::UserIdentity{to.id, subject, of.id, noon}); });
    }
    bool take(unsigned char token, const app::OidcProvider& of, Instant now) {
        bool is_taken = false;
        written([&] { is_taken = oidc().take_sign_on(hash(token), of.id, now); });
        return is_taken;
    }

    Shop shop;
    const Instant noon = at("2026-01-05T12:00:00Z");
    app::User ann = user("ann@x.example");
    app::User bob = user("bob@x.example");
    app::OidcProvider work = provider("work", LinkedBy::email);
    app::OidcProvider home = provider("home", LinkedBy::subject);
};

TEST_P(SignOnOfStore, AProviderIsReadAsWritten) {
    reopen();
    Texts texts;
    for (const auto& one : oidc().providers()) texts.push_back(tell(one));
    EXPECT_EQ(texts, (Texts{tell(home), tell(work)})) << "by name";
    EXPECT_EQ(tell(*oidc().find_provider("work")), tell(work));
    EXPECT_FALSE(oidc().find_provider("WORK"));
    EXPECT_FALSE(oidc().find_provider("elsewhere"));
}

TEST_P(SignOnOfStore, ANameIsOfOneProvider) {
    EXPECT_THROW(written([&] { oidc().add(provider("work", LinkedBy::email)); }), app::ConstraintViolated);
}

TEST_P(SignOnOfStore, ASubjectIsAUserOfItsProviderAlone) {
    link(work, "s-1", ann);
    link(home, "s-1", bob);
    reopen();
    EXPECT_EQ(tell(oidc().find_identity(work.id, "s-1")), tell(app::UserIdentity{work.id, "s-1", ann.id, noon}));
    EXPECT_EQ(oidc().find_identity(home.id, "s-1")->user, bob.id);
    EXPECT_EQ(oidc().find_identity(work.id, ann.id)->subject, "s-1");
    EXPECT_EQ(tell(oidc().find_identity(work.id, "S-1")), "nobody") << "to the letter";
    EXPECT_EQ(tell(oidc().find_identity(work.id, bob.id)), "nobody");
}

TEST_P(SignOnOfStore, ASubjectIsOneUserAndAUserOneSubject) {
    link(work, "s-1", ann);
    EXPECT_THROW(link(work, "s-1", bob), app::ConstraintViolated);
    EXPECT_THROW(link(work, "s-2", ann), app::ConstraintViolated);
    link(work, "s-2", bob);
}

TEST_P(SignOnOfStore, TellsWhomUsersAreAtProviders) {
    EXPECT_TRUE(oidc().identities().empty());
    link(home, "b-1", bob);
    link(home, "a-2", ann);
    link(work, "a-1", ann);
    reopen();
    const auto told = [](const std::vector<app::UserIdentity>& identities) {
        Texts texts;
        for (const auto& one : identities) texts.push_back(tell(one));
        return texts;
    };
    const auto first = tell(app::UserIdentity{work.id, "a-1", ann.id, noon});
    const auto second = tell(app::UserIdentity{home.id, "a-2", ann.id, noon});
    const auto third = tell(app::UserIdentity{home.id, "b-1", bob.id, noon});
    EXPECT_EQ(told(oidc().identities()), (Texts{first, second, third})) << "by user, then by provider";
    EXPECT_EQ(told(oidc().identities(ann.id)), (Texts{first, second}));
    EXPECT_EQ(told(oidc().identities(bob.id)), (Texts{third}));
}

TEST_P(SignOnOfStore, WhoIsUnlinkedMayBeLinkedAnew) {
    link(work, "s-1", ann);
    link(home, "s-1", ann);
    link(work, "s-2", bob);
    written([&] { oidc().remove_identities(ann.id); });
    EXPECT_EQ(tell(oidc().find_identity(work.id, ann.id)), "nobody");
    EXPECT_EQ(tell(oidc().find_identity(home.id, ann.id)), "nobody");
    EXPECT_EQ(oidc().find_identity(work.id, "s-2")->user, bob.id);
    link(work, "s-3", ann);
}

TEST_P(SignOnOfStore, AWayBackIsTakenOnce) {
    written([&] { oidc().add_sign_on(hash(1), work.id, noon); });
    reopen();
    const auto before = noon - std::chrono::seconds{1};
    EXPECT_FALSE(take(2, work, before)) << "nobody has gone";
    EXPECT_FALSE(take(1, home, before)) << "to another provider";
    EXPECT_FALSE(take(1, work, noon)) << "too late";
    EXPECT_TRUE(take(1, work, before));
    EXPECT_FALSE(take(1, work, before)) << "once";
}

TEST_P(SignOnOfStore, WaysThatNobodyComesBackAreForgotten) {
    written([&] {
        oidc().add_sign_on(hash(1), work.id, noon);
        oidc().add_sign_on(hash(2), work.id, noon + std::chrono::hours{1});
        store().staff().forget_before(noon + std::chrono::minutes{1});
    });
    const auto before = noon - std::chrono::hours{1};
    EXPECT_FALSE(take(1, work, before));
    EXPECT_TRUE(take(2, work, before));
}

TEST_P(SignOnOfStore, ARemovedProviderLeavesNothingBehind) {
    link(work, "s-1", ann);
    link(home, "s-2", ann);
    written([&] {
        oidc().add_sign_on(hash(1), work.id, noon);
        oidc().remove(work.id);
    });
    reopen();
    EXPECT_FALSE(oidc().find_provider("work"));
    EXPECT_EQ(oidc().find_identity(home.id, "s-2")->user, ann.id);
    auto again = provider("work", LinkedBy::email);
    written([&] { oidc().add(again); });
    EXPECT_EQ(tell(oidc().find_identity(again.id, "s-1")), "nobody") << "whoever it is now, it is to be shown anew";
    EXPECT_FALSE(take(1, again, noon - std::chrono::hours{1}));
}

SLUICE_ON_EACH_STORE(SignOnOfStore);

}  // namespace
}  // namespace sluice::contract
