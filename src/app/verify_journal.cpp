// The journal: balanced, one entry for each document, payment, refund and write-off, and a chain of hashes that nothing
// was changed behind.
#include <functional>
#include <map>

#include "app/journal.hpp"
#include "app/verify_account.hpp"

namespace sluice::app {
namespace {

using ledger::Posting;
using ledger::Source;

ledger::Account account_of(const std::optional<invoicing::WalletId>& wallet) {
    return wallet ? ledger::Account::wallet : ledger::Account::cash;
}

class JournalCheck {
public:
    JournalCheck(const Account& account, const Hasher& hasher, Findings& findings)
        : account_(account), hasher_(hasher), findings_(findings), balance_(Money::zero(account.op.currency)) {
        book_all();
    }

    void run() {
        for (const auto& stored : account_.history.entries) findings_.guard(place(stored), [&] { entry(stored); });
        missing();
        head();
    }

private:
    // Documents are known by their numbers, payments by their ids.
    std::string source_text(Source source, std::int64_t id) const {
        if (source == Source::payment) return payments::PaymentId{id}.text();
        if (source == Source::write_off) return payments::WriteOffId{id}.text();
        if (source != Source::document) return payments::RefundId{id}.text();
        const auto* stored = account_.document(invoicing::DocumentId{id});
        return stored ? stored->document.number : invoicing::DocumentId{id}.text();
    }
    std::string place(const StoredEntry& stored) const {
        return source_text(stored.header.source, stored.header.source_id);
    }
    void found(std::string code, const StoredEntry& stored, const std::string& message) {
        findings_.add(std::move(code), place(stored),
                      account_.code() + ": the journal entry " + stored.header.id.text() + " " + message);
    }

    void entry(const StoredEntry& stored) {
        balance(stored);
        source(stored);
        chain(stored);
    }

    void balance(const StoredEntry& stored) {
        std::map<std::string_view, std::int64_t> sums;  // by currency
        for (const auto& [posting, amount] : stored.postings) {
            if (posting == ledger::Account::receivable) balance_ -= amount;
            auto& sum = sums[amount.currency().code()];
            sum = (Money::minor(sum, amount.currency()) + amount).minor_units();
        }
        for (const auto& [currency, sum] : sums)
            if (sum != 0)
                found("entry_balance", stored,
                      "does not balance: debits and credits differ by " +
                          words(Money::minor(sum, Currency::from_code(currency).value())));
    }

    // What there is to be booked, and how.
    void book_all() {
        const auto& history = account_.history;
        const auto book = [&](Source source, std::int64_t id, Date date, auto&& entry_of) {
            const ledger::Entry::Header header{ledger::EntryId{0}, history.subscriber.id, date, source, id};
            booked_.emplace(std::pair(source, id), std::pair(date, [header, entry_of] { return entry_of(header); }));
        };
        for (const auto& stored : history.documents) {
            const auto& d = stored.document;
            book(Source::document, d.id.value(), d.date,
                 [&d](auto header) { return ledger::entry_of_document(header, d.net, d.tax, d.total); });
        }
        for (const auto& p : history.payments)
            book(Source::payment, p.id.value(), p.date,
                 [&p](auto header) { return ledger::entry_of_payment(header, p.amount, account_of(p.wallet)); });
        for (const auto& r : history.refunds)
            book(r.kind == payments::RefundKind::refund ? Source::refund : Source::charge_back, r.id.value(), r.date,
                 [&r](auto header) { return ledger::entry_of_refund(header, r.amount, r.fee, account_of(r.wallet)); });
        for (const auto& w : history.write_offs)
            book(Source::write_off, w.id.value(), w.date,
                 [&w](auto header) { return ledger::entry_of_write_off(header, w.amount); });
    }

    void source(const StoredEntry& stored) {
        const auto& header = stored.header;
        if (++entries_of_[{header.source, header.source_id}] == 2)
            found("entry_twice", stored, "is not the first of its " + std::string(name_of(header.source)));
        const auto booked = booked_.find({header.source, header.source_id});
        if (booked == booked_.end())
            return found("entry_for_nothing", stored,
                         "books a " + std::string(name_of(header.source)) + " that is not there");
        const auto& [date, entry] = booked->second;
        same(stored, date, entry());
    }

    void same(const StoredEntry& stored, Date date, const ledger::Entry& expected) {
        if (stored.header.date != date)
            found("entry_date", stored, "is of " + stored.header.date.text() + ", what it books is of " + date.text());
        const auto& postings = stored.postings;
        const auto of = expected.postings();
        const auto text = [](std::span<const Posting> all) {
            std::string told;
            for (const auto& [account, amount] : all)
                told += (told.empty() ? "" : ", ") + std::string(name_of(account)) + " " + words(amount);
            return told.empty() ? "nothing" : told;
        };
        if (text(postings) != text(of))
            found("entry_postings", stored, "books " + text(postings) + ", but should book " + text(of));
    }

    // The next entry is chained to the stored hash, so that one wrong is one finding.
    void chain(const StoredEntry& stored) {
        const Hash previous = previous_;
        previous_ = stored.hash;
        std::optional<invoicing::Document> document;
        if (stored.header.source == Source::document) {
            const auto* booked = account_.document(invoicing::DocumentId{stored.header.source_id});
            if (!booked) return;  // found already
            document = booked->document;
            for (const auto* line : account_.lines_on(document->id)) document->lines.push_back(*line);
        }
        const auto hash =
            chain_hash(hasher_, previous, stored.header, stored.postings, document ? &*document : nullptr);
        if (hash != stored.hash)
            found("hash_chain", stored,
                  "has another hash than it was sealed with: it, its document or a line was changed afterwards, or the "
                  "entry before it is gone");
    }

    void missing() {
        for (const auto& [source, booked] : booked_)
            if (!entries_of_.contains(source))
                findings_.add(
                    "entry_missing", source_text(source.first, source.second),
                    account_.code() + ": the " + std::string(name_of(source.first)) + " is not booked in the journal");
    }

    void head() {
        const auto entries = static_cast<std::int64_t>(account_.history.entries.size());
        const auto stored = account_.history.head.value_or(JournalHead{.balance = Money::zero(account_.op.currency)});
        if (stored.entries != entries)
            findings_.add("journal_length", account_.code(),
                          "the journal has " + std::to_string(entries) + " entries, but ought to have " +
                              std::to_string(stored.entries));
        const auto& all = account_.history.entries;
        const auto last = all.empty() ? 0 : all.back().header.id.value();
        if (stored.hash != previous_ || stored.last_entry != last)
            findings_.add("journal_end", account_.code(),
                          "the journal does not end with the entry that was added last");
        if (stored.balance != balance_)
            findings_.add(
                "balance", account_.code(),
                "the balance is " + words(stored.balance) + ", but the postings sum up to " + words(balance_));
    }

    const Account& account_;
    const Hasher& hasher_;
    Findings& findings_;
    Money balance_;
    Hash previous_{};
    std::map<std::pair<Source, std::int64_t>, int> entries_of_;
    std::map<std::pair<Source, std::int64_t>, std::pair<Date, std::function<ledger::Entry()>>> booked_;
};

}  // namespace

void verify_journal(const Account& account, const Hasher& hasher, Findings& findings) {
    findings.guard(account.code(), [&] { JournalCheck(account, hasher, findings).run(); });
}

}  // namespace sluice::app
