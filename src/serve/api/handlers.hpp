// Which function carries out which operation of the description.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "serve/api/desk.hpp"
#include "serve/api/errand.hpp"

namespace sluice::serve::api {

// Where an operation runs. At a desk of the writing thread in a transaction that others share; at a reader's desk, at
// once on the I/O thread for single rows, in the pool for whatever may take longer.
// What asks other machines runs in a pool of its own, and holds no store while it waits for them.
// So does what hashes passwords, in a smaller one, since each takes its time and memory.
enum class Runs { at_once, in_pool, in_writer, outside, hashing };

struct Handler {
    Runs runs;
    std::function<http::Response(Desk&)> answer;
    bool for_operator = true;                            // false: it may be asked without saying for which operator
    std::function<http::Response(Errand&)> errand = {};  // instead of `answer`, when it runs outside
};
inline Handler outside(std::function<http::Response(Errand&)> errand) {
    return {Runs::outside, {}, true, std::move(errand)};
}

inline Handler hashing(std::function<http::Response(Errand&)> errand) {
    return {Runs::hashing, {}, false, std::move(errand)};
}

using Handlers = std::map<std::string, Handler, std::less<>>;  // by operationId

// One function for each file of resources.
void add_api_keys(Handlers& handlers);
void add_operators(Handlers& handlers);
void add_catalog(Handlers& handlers);
void add_subscribers(Handlers& handlers);
void add_sub_services(Handlers& handlers);
void add_commands(Handlers& handlers);
void add_bill_runs(Handlers& handlers);
void add_documents(Handlers& handlers);
void add_payments(Handlers& handlers);
void add_bank_statements(Handlers& handlers);
void add_bank_lines(Handlers& handlers);
void add_payment_methods(Handlers& handlers);
void add_checkouts(Handlers& handlers);
void add_collection(Handlers& handlers);
void add_automatic_payments(Handlers& handlers);
void add_payouts(Handlers& handlers);
void add_webhooks(Handlers& handlers);
void add_messages(Handlers& handlers);
void add_parked_accounts(Handlers& handlers);
void add_events(Handlers& handlers);
void add_verifications(Handlers& handlers);
void add_imports(Handlers& handlers);
void add_simulations(Handlers& handlers);
void add_schedule(Handlers& handlers);
void add_cash_desk(Handlers& handlers);
void add_cheques(Handlers& handlers);
void add_pro_formas(Handlers& handlers);
void add_discounts(Handlers& handlers);
void add_reports(Handlers& handlers);
void add_session(Handlers& handlers);
void add_users(Handlers& handlers);
void add_oidc(Handlers& handlers);
void add_sign_on_providers(Handlers& handlers);
void add_audit_log(Handlers& handlers);
void add_notes(Handlers& handlers);

Handlers all_handlers();

}  // namespace sluice::serve::api
