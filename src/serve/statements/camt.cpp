// camt.053, versions 02 to 13: an end-of-day statement in XML (ISO 20022). The file streams through; one entry at a
// time is in memory.
#include <expat.h>

#include <algorithm>
#include <memory>

#include "serve/statements/readers.hpp"
#include "serve/text/utf8.hpp"

namespace sluice::serve {
namespace {

constexpr std::size_t most_depth = 50;
constexpr std::size_t most_text_bytes = 4'096;     // of one element; what is longer is cut
constexpr std::size_t most_transactions = 50'000;  // of one entry
constexpr std::size_t block_bytes = 64 * 1024;

struct AmountText {
    std::string amount;
    std::string currency;
};

// One payment; an entry may hold several.
struct Transaction {
    AmountText amount;
    std::string direction;
    std::string bank_reference;
    std::string reference;
    std::string end_to_end_id;
    std::string payer;
    std::string ultimate_payer;
    std::string payer_account;
};

struct Entry {
    std::int64_t line;
    AmountText amount;
    std::string direction;
    std::string reversal;
    std::string status;
    std::string booked;
    std::string valued;
    std::string bank_reference;
    std::string info;
    std::vector<Transaction> transactions;
};

std::string reference_of(const Transaction& transaction) {
    auto reference = transaction.reference;
    if (!is_no_reference(transaction.end_to_end_id)) append_words(reference, transaction.end_to_end_id);
    return reference;
}

class CamtReader {
public:
    explicit CamtReader(StatementCollector& collector) : collector_(collector), parser_(XML_ParserCreate("UTF-8")) {
        check(parser_ != nullptr, "there is memory for a reader of XML");
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(
            parser_.get(),
            [](void* self, const XML_Char* name, const XML_Char** attributes) {
                of(self).guarded([&] { of(self).start(name, attributes); });
            },
            [](void* self, const XML_Char*) { of(self).guarded([&] { of(self).end(); }); });
        XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* text, int size) {
            of(self).guarded([&] { of(self).text({text, static_cast<std::size_t>(size)}); });
        });
        // Statements have none; entities, which can make a small file endless, are declared in it.
        XML_SetStartDoctypeDeclHandler(
            parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
                of(self).guarded([&] {
                    of(self).give_up(
                        "the file has a document type declaration, which no statement needs; have the bank's "
                        "own file imported");
                });
            });
    }

    void read(std::string_view bytes) {
        if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
        bool is_last = false;
        while (!is_last && !stopped_) {
            const auto block = bytes.substr(0, block_bytes);
            bytes.remove_prefix(block.size());
            is_last = bytes.empty();
            const auto status = XML_Parse(parser_.get(), block.data(), static_cast<int>(block.size()), is_last);
            if (failure_) std::rethrow_exception(failure_);
            if (status != XML_STATUS_ERROR || stopped_) continue;
            return give_up(std::string("this is no XML: ") + XML_ErrorString(XML_GetErrorCode(parser_.get())) +
                           "; is the file complete?");
        }
        if (!stopped_ && !collector_.has_statement())
            collector_.fault(0, "the file holds no statement (no <Stmt> in a <BkToCstmrStmt>)");
    }

private:
    struct Free {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };
    static CamtReader& of(void* self) { return *static_cast<CamtReader*>(self); }

    // No exception passes through the library.
    template <typename Action>
    void guarded(const Action& action) noexcept {
        if (stopped_) return;
        try {
            action();
            if (collector_.is_full()) stop();
        } catch (...) {
            failure_ = std::current_exception();
            stop();
        }
    }
    void stop() {
        stopped_ = true;
        XML_StopParser(parser_.get(), XML_FALSE);
    }
    void give_up(std::string what) {
        collector_.fault(line(), std::move(what));
        stop();
    }
    std::int64_t line() const { return static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_.get())); }

    void start(std::string_view name, const XML_Char** attributes) {
        name.remove_prefix(name.rfind(':') + 1);  // npos + 1 is 0: nothing to remove
        if (ends_.size() == most_depth)
            return give_up(
                "the elements lie too deep in each other for a statement; have the bank's own file imported");
        if (name == "BkToCstmrAcctRpt")
            return give_up("this is camt.052, a report within the day; import the bank's camt.053 of the day instead");
        if (name == "BkToCstmrDbtCdtNtfctn")
            return give_up("this is camt.054, a notification; import the bank's camt.053 of the day instead");
        ends_.push_back(path_.size());
        (path_ += '/') += name;
        text_.clear();
        attribute_.clear();
        for (; *attributes; attributes += 2)
            if (std::string_view(*attributes) == "Ccy") attribute_ = attributes[1];
        if (path_.ends_with("/BkToCstmrStmt/Stmt")) {
            base_ = path_.size() + 1;
            account_.clear();
            account_currency_.clear();
            collector_.begin_statement();
        } else if (inside() == "Ntry") {
            entry_ = {.line = line()};
        } else if (inside() == "Ntry/NtryDtls/TxDtls") {
            if (entry_.transactions.size() == most_transactions)
                return give_up("an entry has more than 50,000 transactions; have the bank split it");
            entry_.transactions.emplace_back();
        }
    }

    void text(std::string_view more) {
        if (base_ > 0 && text_.size() + more.size() <= most_text_bytes) text_ += more;
    }

    void end() {
        if (base_ > 0) {
            const auto place = inside();
            if (!place.empty()) keep(place);
            if (place == "Ntry") finish_entry();
            if (path_.size() < base_) base_ = 0;
        }
        path_.resize(ends_.back());
        ends_.pop_back();
        text_.clear();
    }

    // Where we are in the statement: "Ntry/Amt".
    std::string_view inside() const {
        return base_ > 0 && path_.size() > base_ ? std::string_view(path_).substr(base_) : std::string_view{};
    }

    void keep(std::string_view place) {
        constexpr std::string_view in_transaction = "Ntry/NtryDtls/TxDtls/";
        if (place.starts_with(in_transaction)) return keep_transaction(place.substr(in_transaction.size()));
        const auto value = tidy(text_, most_text_bytes);
        if (place == "Acct/Id/IBAN" || (place == "Acct/Id/Othr/Id" && account_.empty())) account_ = value;
        if (place == "Acct/Ccy") account_currency_ = value;
        if (place == "Ntry/Amt") entry_.amount = {value, attribute_};
        if (place == "Ntry/CdtDbtInd") entry_.direction = value;
        if (place == "Ntry/RvslInd") entry_.reversal = value;
        if ((place == "Ntry/Sts" || place == "Ntry/Sts/Cd" || place == "Ntry/Sts/Prtry") && !value.empty())
            entry_.status = value;
        if (place == "Ntry/BookgDt/Dt" || place == "Ntry/BookgDt/DtTm") entry_.booked = value;
        if (place == "Ntry/ValDt/Dt" || place == "Ntry/ValDt/DtTm") entry_.valued = value;
        if (place == "Ntry/AcctSvcrRef") entry_.bank_reference = value;
        if (place == "Ntry/AddtlNtryInf") entry_.info = value;
    }

    void keep_transaction(std::string_view place) {
        auto& transaction = entry_.transactions.back();
        const auto value = tidy(text_, most_text_bytes);
        if (place == "Amt" || (place == "AmtDtls/TxAmt/Amt" && transaction.amount.amount.empty()))
            transaction.amount = {value, attribute_};
        if (place == "CdtDbtInd") transaction.direction = value;
        if (place == "Refs/AcctSvcrRef") transaction.bank_reference = value;
        if (place == "Refs/EndToEndId") transaction.end_to_end_id = value;
        if (place == "RltdPties/Dbtr/Nm" || place == "RltdPties/Dbtr/Pty/Nm") transaction.payer = value;
        if (place == "RltdPties/UltmtDbtr/Nm" || place == "RltdPties/UltmtDbtr/Pty/Nm")
            transaction.ultimate_payer = value;
        if (place == "RltdPties/DbtrAcct/Id/IBAN" ||
            (place == "RltdPties/DbtrAcct/Id/Othr/Id" && transaction.payer_account.empty()))
            transaction.payer_account = value;
        const bool is_reference = place == "RmtInf/Ustrd" || place == "RmtInf/Strd/CdtrRefInf/Ref" ||
                                  place == "RmtInf/Strd/RfrdDocInf/Nb" || place == "RmtInf/Strd/AddtlRmtInf";
        if (is_reference && transaction.reference.size() < most_text_bytes) append_words(transaction.reference, value);
    }

    void finish_entry() {
        if (entry_.status.empty())
            return collector_.fault(entry_.line,
                                    "the entry does not say whether it is booked (<Sts>); have the bank's "
                                    "own file imported");
        if (entry_.status != "BOOK") return collector_.pending();
        if (entry_.direction != "CRDT" && entry_.direction != "DBIT")
            return collector_.fault(entry_.line, "<CdtDbtInd> of the entry is \"" + shown(entry_.direction) +
                                                     "\"; it must be CRDT or DBIT");
        if (entry_.reversal == "true" || entry_.reversal == "1") return collector_.reversal();
        if (entry_.direction == "DBIT") return collector_.debit();
        finish_credit();
    }

    void finish_credit() {
        const auto amount = money_of(entry_.amount);
        const auto& day = entry_.booked.empty() ? entry_.valued : entry_.booked;
        const auto date = Date::parse(std::string_view(day).substr(0, 10));
        if (!amount)
            return collector_.fault(entry_.line, "the amount of the entry is \"" + shown(entry_.amount.amount) + "\" " +
                                                     shown(entry_.amount.currency) +
                                                     "; it must be a number with at most the decimals of its currency");
        if (!date)
            return collector_.fault(
                entry_.line, "the entry's date of booking is \"" + shown(day) + "\"; it must be a date, as 2026-01-31");
        if (account_.empty())
            return collector_.fault(entry_.line, "the statement does not say of which account it is (<Acct><Id>)");
        if (entry_.transactions.size() > 1 && add_transactions(*date, *amount)) return;
        Transaction together;
        for (const auto& one : entry_.transactions)
            if (together.reference.size() < most_text_bytes) append_words(together.reference, reference_of(one));
        if (entry_.transactions.size() == 1) together = entry_.transactions.front();
        // The bank's reference of the booking stands for all of it.
        if (!entry_.bank_reference.empty()) together.bank_reference = entry_.bank_reference;
        add(together, *date, *amount);
    }

    // True when the transactions are told with their amounts, which add up to the entry's.
    bool add_transactions(Date date, Money total) {
        std::vector<Money> amounts;
        auto left = total;
        for (const auto& transaction : entry_.transactions) {
            const auto amount = money_of(transaction.amount);
            if (!amount || amount->currency() != total.currency() || amount->is_negative()) return false;
            amounts.push_back(*amount);
            left -= transaction.direction == "DBIT" ? -*amount : *amount;
        }
        if (!left.is_zero()) return false;
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            auto transaction = entry_.transactions[i];
            if (transaction.direction == "DBIT") {
                collector_.debit();
                continue;
            }
            if (transaction.bank_reference.empty() && !entry_.bank_reference.empty())
                transaction.bank_reference = entry_.bank_reference + "/" + std::to_string(i + 1);
            add(transaction, date, amounts[i]);
        }
        return true;
    }

    void add(const Transaction& transaction, Date date, Money amount) {
        auto reference = reference_of(transaction);
        if (reference.empty()) reference = entry_.info;
        collector_.credit(
            entry_.line,
            {.account = account_,
             .date = date,
             .amount = amount,
             .bank_reference = is_no_reference(transaction.bank_reference) ? "" : transaction.bank_reference,
             .reference = std::move(reference),
             .payer = transaction.payer.empty() ? transaction.ultimate_payer : transaction.payer,
             .payer_account = transaction.payer_account});
    }

    std::optional<Money> money_of(const AmountText& text) const {
        const auto currency = Currency::from_code(text.currency.empty() ? account_currency_ : text.currency);
        return currency ? read_amount(text.amount, *currency) : std::nullopt;
    }

    StatementCollector& collector_;
    std::unique_ptr<XML_ParserStruct, Free> parser_;
    std::exception_ptr failure_;
    bool stopped_ = false;
    std::string path_;               // "/Document/BkToCstmrStmt/Stmt/Ntry"
    std::vector<std::size_t> ends_;  // of the path outside of each element
    std::size_t base_ = 0;           // where the path inside of the statement begins; 0: outside of all
    std::string text_;               // of the element
    std::string attribute_;          // Ccy
    std::string account_;
    std::string account_currency_;
    Entry entry_{};
};

}  // namespace

void read_camt(std::string_view text, StatementCollector& collector) { CamtReader(collector).read(text); }

}  // namespace sluice::serve
