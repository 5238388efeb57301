// Money that is set aside for one unit or sub-service, and what is taken out again.
#include <algorithm>

#include "app/commands.hpp"
#include "app/resume_waiting.hpp"
#include "app/words.hpp"

namespace sluice::app {
namespace {

using invoicing::Wallet;
using invoicing::WalletId;

Refused<Refusal> refuse(RefusalCode code, std::string message) { return {Refusal{code, std::move(message)}}; }

// The wallet for what the request names, a new one where there was none.
class WalletFinder {
public:
    WalletFinder(Store& store, IdSource& ids, const customers::Operator& op, const customers::Subscriber& subscriber)
        : store_(store), ids_(ids), op_(op), subscriber_(subscriber) {}

    Result<Wallet, Refusal> find(const WalletRequest& request) {
        check(request.unit.empty() != request.sub_service.empty(), "a wallet is for a unit or a sub-service");
        Wallet wallet{ids_.next<WalletId>(), std::nullopt, std::nullopt, Money::zero(op_.currency)};
        const auto where = subscriber_.code + "/";
        if (!request.unit.empty()) {
            const auto unit = store_.find_unit(subscriber_.id, request.unit);
            if (!unit) return refuse(RefusalCode::unknown_unit, "there is no unit \"" + where + request.unit + "\"");
            wallet.unit = unit->id;
        } else {
            const auto sub_service = store_.find_sub_service(subscriber_.id, request.sub_service);
            if (!sub_service)
                return refuse(RefusalCode::unknown_sub_service,
                              "there is no sub-service \"" + where + request.sub_service + "\"");
            wallet.sub_service = sub_service->sub_service.id;
        }
        for (const auto& known : store_.wallets(subscriber_.id))
            if (known.wallet.unit == wallet.unit && known.wallet.sub_service == wallet.sub_service) return known.wallet;
        return wallet;
    }

private:
    Store& store_;
    IdSource& ids_;
    const customers::Operator& op_;
    const customers::Subscriber& subscriber_;
};

}  // namespace

Result<customers::Subscriber, Refusal> Commands::hold_subscriber(const std::string& code) {
    store_.hold(op_.id, code);
    auto subscriber = store_.find_subscriber(op_.id, code);
    if (!subscriber) return refuse(RefusalCode::unknown_subscriber, "there is no subscriber \"" + code + "\"");
    return std::move(*subscriber);
}

Result<WalletId, Refusal> Commands::set_aside(Date date, const WalletRequest& request) {
    Transaction transaction(store_);
    const auto held = hold_subscriber(request.subscriber);
    if (!held) return Refused{held.refusal()};
    const auto& subscriber = held.value();
    const auto found = WalletFinder(store_, ids_, op_, subscriber).find(request);
    if (!found) return Refused{found.refusal()};
    auto wallet = found.value();
    store_.save_wallets(subscriber.id, {&wallet, 1});
    const auto taken = take_ahead(date, subscriber, request.amount,
                                  {.payment = payments::PaymentId{0},
                                   .method = "wallet",
                                   .reference = request.unit + request.sub_service,
                                   .wallet = wallet.id},
                                  "set aside");
    if (!taken) return Refused{taken.refusal()};
    wallet.amount += taken.value();
    store_.save_wallets(subscriber.id, {&wallet, 1});
    store_.add_event(op_.id, {EventType::wallet_changed, subscriber.id, wallet.id.value()});
    resume_waiting(store_, hasher_, ids_, op_, {&subscriber.id, 1}, std::max(date, today_.value_or(date)));
    transaction.commit();
    return wallet.id;
}

Result<payments::PaymentId, Refusal> Commands::release(Date date, const WalletRequest& request) {
    Transaction transaction(store_);
    const auto subscriber = hold_subscriber(request.subscriber);
    if (!subscriber) return Refused{subscriber.refusal()};
    const auto found = WalletFinder(store_, ids_, op_, subscriber.value()).find(request);
    if (!found) return Refused{found.refusal()};
    auto wallet = found.value();
    const auto whose = request.unit + request.sub_service;
    const Money released = request.amount.value_or(wallet.amount);
    if (!released.is_positive() || released > wallet.amount)
        return refuse(RefusalCode::amount_not_allowed, words(released) + " cannot be released: the wallet for " +
                                                           whose + " holds " + words(wallet.amount));
    wallet.amount -= released;
    store_.save_wallets(subscriber.value().id, {&wallet, 1});
    auto paid = record_payment(date, request.subscriber, released, "wallet", whose, wallet.id);
    if (paid) transaction.commit();
    return paid;
}

}  // namespace sluice::app
