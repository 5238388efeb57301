#include "app/preview_policies.hpp"

#include <algorithm>

#include "app/ports/settings_store.hpp"

namespace sluice::app {
namespace {

constexpr std::int64_t accounts_per_batch = 500;

class Preview {
public:
    Preview(const customers::Operator& before, const customers::Operator& after, std::size_t most)
        : before_(before), after_(after), most_(most) {}

    void look_at(const SettingsOfAccount& account) {
        const auto& subscriber = account.subscriber;
        ++found_.all_subscribers;
        bool is_other = note(subscriber, "", customers::payment_changes(before_, after_, subscriber));
        for (const auto& sub : account.sub_services) {
            ++found_.all_sub_services;
            const auto unit = std::find_if(account.units.begin(), account.units.end(),
                                           [&](const auto& each) { return sub.unit == each.id; });
            const auto* place = unit == account.units.end() ? nullptr : &*unit;
            const auto was = customers::resolve_terms(before_, subscriber, place, sub.billing);
            const auto is = customers::resolve_terms(after_, subscriber, place, sub.billing);
            if (!note(subscriber, sub.code, customers::changes(was, is))) continue;
            ++found_.sub_services;
            is_other = true;
        }
        if (is_other) ++found_.subscribers;
    }
    PolicyPreview take() { return std::move(found_); }

private:
    bool note(const customers::Subscriber& subscriber, const std::string& sub_service,
              std::vector<customers::SettingChange> changes) {
        if (changes.empty()) return false;
        for (const auto& change : changes) ++found_.settings[change.setting];
        if (found_.effects.size() < most_)
            found_.effects.push_back({subscriber.code,
                                      subscriber.organization.empty() ? subscriber.contact : subscriber.organization,
                                      sub_service, std::move(changes)});
        return true;
    }

    const customers::Operator& before_;
    const customers::Operator& after_;
    std::size_t most_;
    PolicyPreview found_;
};

}  // namespace

PolicyPreview preview_policies(Store& store, const customers::Operator& op, std::vector<customers::Policy> policies,
                               std::size_t most) {
    auto after = op;
    after.policies = std::move(policies);
    Preview preview(op, after, most);
    std::optional<customers::SubscriberId> last;
    for (;;) {
        const auto accounts = store.settings().accounts(op.id, last, accounts_per_batch);
        if (accounts.empty()) return preview.take();
        for (const auto& account : accounts) preview.look_at(account);
        last = accounts.back().subscriber.id;
    }
}

}  // namespace sluice::app
