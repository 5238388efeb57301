// Double entry: every document, payment, refund and adjustment is one balanced entry that is only ever appended.
// Source: billing rules, Ledger.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/customers.hpp"
#include "values/date.hpp"
#include "values/money.hpp"
#include "values/result.hpp"

namespace sluice::ledger {

struct EntryTag {
    static constexpr std::string_view prefix = "entry";
};
using EntryId = Id<EntryTag>;

// Each exists once per subscriber; an operator's totals are sums over them.
enum class Account { receivable, revenue, tax_payable, cash, bad_debt, wallet };

struct Posting {
    Account account;
    Money amount;  // debit positive, credit negative
};

enum class Source { document, payment, refund, charge_back, write_off };
enum class EntryRefusal { does_not_balance, no_postings };

// A balanced entry is the only kind there is: balance() is the only way to make one.
class Entry {
public:
    struct Header {
        EntryId id;
        customers::SubscriberId subscriber;
        Date date;
        Source source;
        std::int64_t source_id;
    };
    static Result<Entry, EntryRefusal> balance(Header header, std::vector<Posting> postings);

    const Header& header() const { return header_; }
    std::span<const Posting> postings() const { return postings_; }
    // What the entry does to the subscriber's balance: positive when it is in their favour.
    Money balance_effect() const;

private:
    Entry(Header header, std::vector<Posting> postings) : header_(header), postings_(std::move(postings)) {}

    Header header_;
    std::vector<Posting> postings_;
};

// The entry of a document: the subscriber owes the total, of which the net is revenue and the rest tax.
Entry entry_of_document(Entry::Header header, Money net, Money tax, Money total);
// The entry of a payment: cash came in, or what was set aside is used; the subscriber owes less.
Entry entry_of_payment(Entry::Header header, Money amount, Account from = Account::cash);

// The entry of a refund or a charge-back: cash went out, but for a fee that the operator keeps, or was set aside; the
// subscriber owes more.
Entry entry_of_refund(Entry::Header header, Money amount, Money fee, Account into = Account::cash);
// The entry of a write-off: the subscriber owes less, at the operator's cost.
Entry entry_of_write_off(Entry::Header header, Money amount);

// The text that an entry's hash covers, beside the hash before it: field by field, each ended by a line feed.
std::string canonical_text(const Entry::Header& header, std::span<const Posting> postings);

std::string_view name_of(Account account);  // "receivable", "revenue", "tax_payable", "cash", "bad_debt", "wallet"
std::optional<Account> parse_account(std::string_view name);
std::string_view name_of(Source source);  // "document", "payment", "refund", "charge_back", "write_off"

}  // namespace sluice::ledger
