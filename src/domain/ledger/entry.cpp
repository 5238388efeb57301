#include "domain/ledger/entry.hpp"

#include <array>

#include "values/check.hpp"

namespace sluice::ledger {
namespace {

constexpr std::array<std::string_view, 6> account_names{"receivable", "revenue",  "tax_payable",
                                                        "cash",       "bad_debt", "wallet"};
constexpr std::array<std::string_view, 5> source_names{"document", "payment", "refund", "charge_back", "write_off"};

Entry balanced(Entry::Header header, std::vector<Posting> postings) {
    std::erase_if(postings, [](const Posting& p) { return p.amount.is_zero() && p.account != Account::receivable; });
    auto entry = Entry::balance(header, std::move(postings));
    check(entry.ok(), "an entry that Sluice makes balances");
    return std::move(entry).value();
}

}  // namespace

Result<Entry, EntryRefusal> Entry::balance(Header header, std::vector<Posting> postings) {
    if (postings.empty()) return Refused{EntryRefusal::no_postings};
    Money sum = Money::zero(postings.front().amount.currency());
    for (const auto& posting : postings) sum += posting.amount;
    if (!sum.is_zero()) return Refused{EntryRefusal::does_not_balance};
    return Entry{header, std::move(postings)};
}

Money Entry::balance_effect() const {
    Money effect = Money::zero(postings_.front().amount.currency());
    for (const auto& posting : postings_)
        if (posting.account == Account::receivable) effect -= posting.amount;
    return effect;
}

Entry entry_of_document(Entry::Header header, Money net, Money tax, Money total) {
    return balanced(header, {{Account::receivable, total}, {Account::revenue, -net}, {Account::tax_payable, -tax}});
}

Entry entry_of_payment(Entry::Header header, Money amount, Account from) {
    return balanced(header, {{from, amount}, {Account::receivable, -amount}});
}

Entry entry_of_refund(Entry::Header header, Money amount, Money fee, Account into) {
    return balanced(header, {{Account::receivable, amount}, {into, fee - amount}, {Account::revenue, -fee}});
}

Entry entry_of_write_off(Entry::Header header, Money amount) {
    return balanced(header, {{Account::bad_debt, amount}, {Account::receivable, -amount}});
}

std::string canonical_text(const Entry::Header& header, std::span<const Posting> postings) {
    std::string text;
    text.reserve(192);
    const auto field = [&text](std::string_view value) {
        text += value;
        text += '\n';
    };
    field(std::to_string(header.id.value()));
    field(std::to_string(header.subscriber.value()));
    field(header.date.text());
    field(name_of(header.source));
    field(std::to_string(header.source_id));
    for (const auto& posting : postings) {
        field(name_of(posting.account));
        field(std::to_string(posting.amount.minor_units()));
        field(posting.amount.currency().code());
    }
    return text;
}

std::string_view name_of(Account account) { return account_names[static_cast<std::size_t>(account)]; }

std::optional<Account> parse_account(std::string_view name) {
    for (std::size_t i = 0; i < account_names.size(); ++i)
        if (account_names[i] == name) return static_cast<Account>(i);
    return std::nullopt;
}

std::string_view name_of(Source source) { return source_names[static_cast<std::size_t>(source)]; }

}  // namespace sluice::ledger
