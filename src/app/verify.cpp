#include "app/verify.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/verify_account.hpp"
#include "app/verify_cash.hpp"
#include "app/verify_discounts.hpp"
#include "app/verify_pro_formas.hpp"

namespace sluice::app {
namespace {

using customers::SubscriberId;
using invoicing::Document;
using invoicing::DocumentType;

// Which numbers of one series are taken: one bit each, in blocks, so that a wrong number costs no memory.
class TakenNumbers {
public:
    // False if it is taken already.  REQUIRES: number > 0.
    bool take(std::int64_t number) {
        auto& bits = blocks_[number / block_size][static_cast<std::size_t>(number % block_size) / 64];
        const auto bit = std::uint64_t{1} << (number % 64);
        const bool is_new = (bits & bit) == 0;
        bits |= bit;
        last_ = std::max(last_, number);
        return is_new;
    }
    bool has(std::int64_t number) const {
        const auto block = blocks_.find(number / block_size);
        if (block == blocks_.end()) return false;
        const auto at = static_cast<std::size_t>(number % block_size);
        return (block->second[at / 64] >> (at % 64) & 1) != 0;
    }
    std::int64_t last() const { return last_; }

    // Calls `gap(first, last)` for each span of numbers below `end` that are not taken.
    template <typename Gap>
    void gaps(std::int64_t end, Gap gap) const {
        std::int64_t next = 1;
        for (const auto& [block, words] : blocks_)
            for (std::int64_t i = 0; i < block_size; ++i) {
                if ((words[static_cast<std::size_t>(i) / 64] >> (i % 64) & 1) == 0) continue;
                const auto number = block * block_size + i;
                if (number >= end) break;
                if (number > next) gap(next, number - 1);
                next = number + 1;
            }
        if (next < end) gap(next, end - 1);
    }

private:
    static constexpr std::int64_t block_size = 4'096;

    std::map<std::int64_t, std::array<std::uint64_t, block_size / 64>> blocks_;
    std::int64_t last_ = 0;
};

class NumberCheck {
public:
    NumberCheck(Findings& findings, const customers::Operator& op) : findings_(findings), op_(op) {}

    void add(const Document& document) {
        const auto numbered = [&](DocumentType type) {
            return invoicing::format_number(pattern_of(type), document.year, document.sequence);
        };
        if (document.number == numbered(other(document.type)) && document.number != numbered(document.type))
            strangers_.push_back({{document.type, document.year}, document.sequence});
        if (document.sequence < 1)
            findings_.add("document_number", document.number,
                          "numbers count from 1, this is " + std::to_string(document.sequence));
        else if (!taken_[{document.type, document.year}].take(document.sequence))
            findings_.add("number_twice", document.number,
                          "there is another " + series_text(document.type, document.year) + " with number " +
                              std::to_string(document.sequence));
    }

    void run(const std::vector<NumberSeries>& stored) {
        std::map<Series, std::int64_t> next;
        for (const auto& series : stored) next[{series.type, series.year}] = series.next;
        for (const auto& [series, numbers] : taken_) next.try_emplace(series, 1);
        for (const auto& [series, then] : next) compare(series, then, taken_[series]);
        for (const auto& [series, number] : strangers_) {
            const Series home{other(series.first), series.second};
            if (number >= next[home] || taken_[home].has(number)) continue;  // an earlier pattern of its own series
            findings_.add("document_number", invoicing::format_number(pattern_of(home.first), series.second, number),
                          "is a number of the " + series_text(home.first, home.second) + ", where it is missing");
        }
    }

private:
    using Series = std::pair<DocumentType, std::int32_t>;

    static DocumentType other(DocumentType type) {
        return type == DocumentType::invoice ? DocumentType::credit_note : DocumentType::invoice;
    }
    const std::string& pattern_of(DocumentType type) const {
        return type == DocumentType::invoice ? op_.invoice_number : op_.credit_note_number;
    }

    static std::string series_text(DocumentType type, std::int32_t year) {
        return std::string(type == DocumentType::invoice ? "invoice" : "credit note") + " of " + std::to_string(year);
    }

    void compare(const Series& series, std::int64_t next, const TakenNumbers& numbers) {
        const auto where = series_text(series.first, series.second);
        if (numbers.last() >= next)
            findings_.add("number_series", where,
                          "the next number is to be " + std::to_string(next) + ", but " +
                              std::to_string(numbers.last()) + " is given already");
        numbers.gaps(std::max(next, numbers.last() + 1), [&](std::int64_t first, std::int64_t last) {
            findings_.add(
                "number_missing", where,
                (first == last ? "there is no number " + std::to_string(first)
                               : "there are no numbers " + std::to_string(first) + " to " + std::to_string(last)) +
                    ", though later ones were given");
        });
    }

    Findings& findings_;
    const customers::Operator& op_;
    std::map<Series, TakenNumbers> taken_;
    std::vector<std::pair<Series, std::int64_t>> strangers_;  // called as the other series calls its documents now
};

class Verification {
public:
    Verification(Store& store, const Hasher& hasher, const customers::Operator& op)
        : store_(store),
          hasher_(hasher),
          op_(op),
          catalog_(store.catalog(op.id)),
          numbers_(findings_, op_),
          discounts_(findings_) {}

    VerifyReport run(const std::function<void(const VerifyReport&)>& progress) {
        std::optional<SubscriberId> after;
        for (auto page = next_page(after); !page.empty(); page = next_page(after)) {
            for (const auto& history : page) verify_account(history);
            after = page.back().subscriber.id;
            if (progress) progress(report_);
        }
        if (all_read_) numbers_.run(store_.number_series(op_.id));
        if (all_read_) discounts_.run(store_.promo_codes(op_.id));
        verify_cash(store_, op_, findings_);
        verify_pro_formas(store_, op_, findings_);
        verify_bank_lines();
        for (const auto& payout : store_.payouts().unsound(op_.id))
            findings_.add("payout", payout, "it is not what its refund pays out");
        report_.findings = findings_.take();
        return std::move(report_);
    }

private:
    static constexpr std::int64_t accounts_per_page = 200;

    void verify_bank_lines() {
        for (const auto& [line, amount, paid] :
             store_.lines_unlike_their_payments(op_.id, static_cast<std::int64_t>(Findings::most)))
            findings_.add("bank_line_payment", line.text(),
                          !paid             ? "is matched, but its payment is not there"
                          : *paid != amount ? "is of " + words(amount) + ", its payment of " + words(*paid)
                                            : "has a payment that is another line's, too");
    }

    // A page that cannot be read is read account by account; one that cannot be read by itself is a finding.
    std::vector<AccountHistory> next_page(std::optional<SubscriberId>& after) {
        try {
            return store_.histories(op_, after, accounts_per_page);
        } catch (const BrokenPromise&) {
            return next_readable(after);
        }
    }
    std::vector<AccountHistory> next_readable(std::optional<SubscriberId>& after) {
        for (;;) {
            const auto next = store_.balances(op_.id, after, 1);
            if (next.empty()) return {};
            try {
                return store_.histories(op_, after, 1);
            } catch (const BrokenPromise& broken) {
                findings_.add("unreadable", next.front().subscriber_code,
                              "the account cannot be read, so that no number can be missed either: " +
                                  std::string(broken.what()));
                all_read_ = false;
                ++report_.accounts;
                after = next.front().subscriber;
            }
        }
    }

    void verify_account(const AccountHistory& history) {
        const Account account(history, op_, catalog_);
        for (const auto& row : history.loose_rows)
            findings_.add("loose_row", account.code(), "the store holds " + row + ", which is not there");
        verify_lines(account, findings_);
        verify_documents(account, findings_);
        verify_periods(account, findings_);
        verify_parts(account, findings_);
        verify_suspensions(account, findings_);
        verify_payments(account, findings_);
        verify_journal(account, hasher_, findings_);
        discounts_.add(account);
        for (const auto& stored : history.documents) numbers_.add(stored.document);
        ++report_.accounts;
        report_.documents += static_cast<std::int64_t>(history.documents.size());
        report_.lines += static_cast<std::int64_t>(history.lines.size());
        report_.entries += static_cast<std::int64_t>(history.entries.size());
    }

    Store& store_;
    const Hasher& hasher_;
    const customers::Operator& op_;
    catalog::Catalog catalog_;
    VerifyReport report_;
    Findings findings_;
    NumberCheck numbers_;
    DiscountCheck discounts_;
    bool all_read_ = true;
};

}  // namespace

VerifyReport verify(Store& store, const Hasher& hasher, const customers::Operator& op,
                    const std::function<void(const VerifyReport&)>& progress) {
    return Verification(store, hasher, op).run(progress);
}

}  // namespace sluice::app
