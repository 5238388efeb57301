// Bank statements: the files that were imported, the credits in them, and what tells whose money each is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/listing.hpp"
#include "domain/payments/bank_line.hpp"
#include "domain/payments/match_line.hpp"
#include "values/zone.hpp"

namespace sluice::app {

struct BillingFacts;

// One imported file, which may hold several statements.
struct BankStatement {
    payments::BankStatementId id;
    std::string file_name;
    std::string file_hash;
    std::string format;  // "camt", "mt940", "csv"
    Instant imported_at;
    std::string imported_by;  // as events name who did it
    std::int64_t statements = 0;
    std::int64_t credits = 0;  // booked; each is a line of this or an earlier file
    std::int64_t known = 0;    // of them: in an earlier file already
    std::int64_t matched = 0;  // of the others, by the import
    // Passed over:
    std::int64_t debits = 0;
    std::int64_t reversals = 0;
    std::int64_t pending = 0;
};

enum class BankLineState { unmatched, matched, set_aside };

struct StoredBankLine {
    payments::BankLineId id;
    payments::BankStatementId statement;
    std::string fingerprint;
    payments::BankLine line;
    BankLineState state = BankLineState::unmatched;
    // Of a matched one:
    std::optional<payments::MatchedBy> by = {};
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<payments::PaymentId> payment = {};
    std::string reason = {};                               // why it is set aside
    std::vector<customers::SubscriberId> candidates = {};  // of an unmatched one
};

struct BankLineRow {
    StoredBankLine stored;
    std::string subscriber_code = {};               // empty: none
    std::vector<std::string> candidate_codes = {};  // in order of their ids
};

// In order of date, then of import.
struct BankLineQuery {
    std::optional<BankLineState> state = {};
    std::optional<payments::BankStatementId> statement = {};
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<Date> from = {};
    std::optional<Date> to = {};
    Paging paging = {};
};

// What a line says that may lead to subscribers.
struct LineQuestion {
    std::vector<std::string> document_numbers = {};
    std::vector<std::string> code_keys = {};
    std::string_view payer = {};
    std::string_view payer_account = {};
    Money amount;
};
// Whom it leads to; each once, sorted. Where somebody is named, no more is asked.
struct LineAnswer {
    std::vector<customers::SubscriberId> named = {};
    // Contact or organization is the payer's name, folded, and a document is open with the amount; also those without
    // one to whom another of the lines leads, for what it pays may change what is open.
    std::vector<customers::SubscriberId> called_alike = {};
    std::vector<customers::SubscriberId> paid_from = {};
};
// A name that more subscribers have tells nobody apart; nor does an account that more have paid from.
inline constexpr std::size_t most_of_one_name = 50;

struct PayerAccount {
    std::string account;
    customers::SubscriberId subscriber;
};

class BankStatements {
public:
    virtual ~BankStatements() = default;

    virtual void add_bank_statement(customers::OperatorId op, const BankStatement& statement) = 0;
    virtual void update_bank_statement(customers::OperatorId op, const BankStatement& statement) = 0;  // its counts
    virtual std::optional<BankStatement> find_bank_statement(customers::OperatorId op, std::string_view file_hash) = 0;
    virtual std::optional<BankStatement> find_bank_statement(customers::OperatorId op,
                                                             payments::BankStatementId id) = 0;
    // Newest first.
    virtual Page<BankStatement> bank_statements(customers::OperatorId op, const Paging& paging) = 0;

    virtual void add_bank_lines(customers::OperatorId op, std::span<const StoredBankLine> lines) = 0;
    // State, match and reason.
    virtual void update_bank_line(customers::OperatorId op, const StoredBankLine& line) = 0;
    // Those of the fingerprints that are there.
    virtual std::vector<std::string> known_fingerprints(customers::OperatorId op,
                                                        std::span<const std::string> fingerprints) = 0;
    virtual Page<BankLineRow> bank_lines(customers::OperatorId op, const BankLineQuery& query) = 0;
    virtual std::optional<BankLineRow> find_bank_line(customers::OperatorId op, payments::BankLineId id) = 0;
    // The same, held until the transaction ends: nobody else changes it meanwhile.
    virtual std::optional<BankLineRow> hold_bank_line(customers::OperatorId op, payments::BankLineId id) = 0;

    // Matched lines whose payment is not there, is of another amount, or is that of an earlier line, too.
    struct Unlike {
        payments::BankLineId line;
        Money amount;
        std::optional<Money> paid;
    };
    virtual std::vector<Unlike> lines_unlike_their_payments(customers::OperatorId op, std::int64_t limit) = 0;

    // Whom the lines lead to, in their order.
    virtual std::vector<LineAnswer> answers_to(customers::OperatorId op, std::span<const LineQuestion> questions) = 0;
    virtual void learn(customers::OperatorId op, std::span<const PayerAccount> accounts) = 0;
    virtual void unlearn(customers::OperatorId op, const PayerAccount& account) = 0;

    // Many accounts as payment_facts() gives one: of the subscribers the ids alone.
    virtual std::vector<BillingFacts> payment_facts_of(std::span<const customers::SubscriberId> subscribers,
                                                       Currency currency) = 0;
    virtual void add_payments(customers::OperatorId op, std::span<const payments::Payment> payments) = 0;
};

}  // namespace sluice::app
