// Bank statements come in: what is new of them becomes bank lines, and what is known to be a subscriber's becomes a
// payment, in the same transaction.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/account_payments.hpp"
#include "app/ports/store.hpp"

namespace sluice::app {

// A file as it was read. Its lines have no control characters.
struct BankFile {
    std::string name;
    std::string hash;    // of its bytes
    std::string format;  // "camt", "mt940", "csv"
    std::vector<std::vector<payments::BankLine>> statements = {};
    // Passed over:
    std::int64_t debits = 0;
    std::int64_t reversals = 0;
    std::int64_t pending = 0;
};

struct ImportedBankStatement {
    BankStatement statement;
    bool is_new = true;  // false: this very file was imported before, and nothing was added
};

// How payments that come from bank lines are told apart from others.
extern const std::string bank_transfer;
NewPayment payment_of(const payments::BankLine& line);

class BankImport {
public:
    BankImport(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op)
        : store_(store), hasher_(hasher), ids_(ids), op_(op) {}

    // One transaction: all of it, or nothing.
    ImportedBankStatement run(const BankFile& file, Occasion occasion);

private:
    void add_all(const BankFile& file, BankStatement& statement);
    std::vector<StoredBankLine> without_known(std::vector<StoredBankLine> lines, BankStatement& statement);
    void add_new(std::vector<StoredBankLine> lines, BankStatement& statement);
    std::vector<LineAnswer> ask(const std::vector<StoredBankLine>& lines);
    void load_accounts(const std::vector<LineAnswer>& answers);
    void match(StoredBankLine& line, const LineAnswer& answer);
    void save(const std::vector<StoredBankLine>& lines);

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    const customers::Operator& op_;
    Date today_ = Date::from_days(0);
    std::set<std::string> seen_;  // fingerprints of this file
    // Of the present batch:
    std::unordered_map<customers::SubscriberId, AccountPayments> accounts_;
    std::vector<payments::Payment> payments_;
    std::unordered_map<std::string, std::vector<customers::SubscriberId>> learned_;  // by the payer's account
};

}  // namespace sluice::app
