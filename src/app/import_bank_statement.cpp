#include "app/import_bank_statement.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/resume_waiting.hpp"
#include "domain/payments/reference_text.hpp"
#include "values/zone.hpp"

namespace sluice::app {

using customers::SubscriberId;
using payments::BankLine;

const std::string bank_transfer = "bank_transfer";

namespace {

constexpr std::size_t batch_lines = 2'500;
constexpr std::size_t fingerprint_digits = 32;  // 128 bits of the hash
constexpr std::size_t reference_bytes = 200;

void add_once(std::vector<SubscriberId>& all, SubscriberId one) {
    const auto at = std::lower_bound(all.begin(), all.end(), one);
    if (at == all.end() || *at != one) all.insert(at, one);
}

std::vector<SubscriberId> everybody_in(const std::vector<LineAnswer>& answers) {
    std::vector<SubscriberId> all;
    for (const auto& answer : answers)
        for (const auto* some : {&answer.named, &answer.called_alike, &answer.paid_from})
            all.insert(all.end(), some->begin(), some->end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

// At most so many bytes, never a part of a character.
std::string cut(const std::string& text, std::size_t most) {
    if (text.size() <= most) return text;
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace

NewPayment payment_of(const BankLine& line) {
    return {line.date, line.amount, bank_transfer,
            cut(line.bank_reference.empty() ? line.reference : line.bank_reference, reference_bytes)};
}

ImportedBankStatement BankImport::run(const BankFile& file, Occasion occasion) {
    Transaction transaction(store_);
    if (auto earlier = store_.find_bank_statement(op_.id, file.hash)) return {std::move(*earlier), false};
    today_ = Zone::named(op_.time_zone)->date_at(occasion.at);
    BankStatement statement{.id = ids_.next<payments::BankStatementId>(),
                            .file_name = file.name,
                            .file_hash = file.hash,
                            .format = file.format,
                            .imported_at = occasion.at,
                            .imported_by = std::move(occasion.actor),
                            .statements = std::ssize(file.statements),
                            .debits = file.debits,
                            .reversals = file.reversals,
                            .pending = file.pending};
    // Lines refer to it; what came of them is known at the end.
    store_.add_bank_statement(op_.id, statement);
    add_all(file, statement);
    store_.update_bank_statement(op_.id, statement);
    store_.add_event(op_.id, {EventType::bank_statement_imported, std::nullopt, statement.id.value()});
    transaction.commit();
    return {std::move(statement), true};
}

void BankImport::add_all(const BankFile& file, BankStatement& statement) {
    std::vector<StoredBankLine> batch;
    const auto flush = [&] {
        add_new(without_known(std::move(batch), statement), statement);
        batch.clear();
    };
    for (const auto& lines : file.statements) {
        std::map<std::string, std::int64_t> occurrences;
        for (const auto& line : lines) {
            ++statement.credits;
            auto identity = payments::identity_of(line);
            const auto occurrence = ++occurrences[identity];
            identity += std::to_string(occurrence);
            batch.push_back({.id = ids_.next<payments::BankLineId>(),
                             .statement = statement.id,
                             .fingerprint = hex(hasher_.of(identity)).substr(0, fingerprint_digits),
                             .line = line});
            if (batch.size() == batch_lines) flush();
        }
    }
    flush();
}

std::vector<StoredBankLine> BankImport::without_known(std::vector<StoredBankLine> lines, BankStatement& statement) {
    std::erase_if(lines, [&](const auto& line) {
        const bool is_new = seen_.insert(line.fingerprint).second;
        if (!is_new) ++statement.known;
        return !is_new;
    });
    std::vector<std::string> fingerprints;
    for (const auto& line : lines) fingerprints.push_back(line.fingerprint);
    auto known = store_.known_fingerprints(op_.id, fingerprints);
    std::sort(known.begin(), known.end());
    statement.known += std::ssize(known);
    std::erase_if(lines,
                  [&](const auto& line) { return std::binary_search(known.begin(), known.end(), line.fingerprint); });
    return lines;
}

void BankImport::add_new(std::vector<StoredBankLine> lines, BankStatement& statement) {
    const auto answers = ask(lines);
    load_accounts(answers);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        match(lines[i], answers[i]);
        if (lines[i].state == BankLineState::matched) ++statement.matched;
    }
    save(lines);
}

std::vector<LineAnswer> BankImport::ask(const std::vector<StoredBankLine>& lines) {
    const std::array<std::string, 2> patterns{op_.invoice_number, op_.credit_note_number};
    std::vector<LineQuestion> questions;
    questions.reserve(lines.size());
    for (const auto& stored : lines) {
        auto named = payments::read_reference(stored.line.reference, patterns);
        questions.push_back({std::move(named.document_numbers), std::move(named.code_keys), stored.line.payer,
                             stored.line.payer_account, stored.line.amount});
    }
    return store_.answers_to(op_.id, questions);
}

// Held, for they may all be paid.
void BankImport::load_accounts(const std::vector<LineAnswer>& answers) {
    accounts_.clear();
    const auto everybody = everybody_in(answers);
    if (everybody.empty()) return;
    store_.hold(everybody, true);
    for (auto& facts : store_.payment_facts_of(everybody, op_.currency)) {
        const auto id = facts.account.subscriber.id;
        accounts_.emplace(id, AccountPayments(std::move(facts)));
    }
}

// Decided by what the lines before it have left, as if each had been imported alone.
void BankImport::match(StoredBankLine& stored, const LineAnswer& answer) {
    const auto& line = stored.line;
    if (line.amount.currency() != op_.currency) return;
    payments::MatchClues clues{.named = answer.named, .paid_from = answer.paid_from};
    for (const auto& subscriber : answer.called_alike)
        if (accounts_.at(subscriber).has_debt_of(line.amount)) clues.owing.push_back(subscriber);
    if (const auto learned = learned_.find(line.payer_account); learned != learned_.end())
        for (const auto& subscriber : learned->second) add_once(clues.paid_from, subscriber);
    auto match = payments::match(clues);
    stored.candidates = std::move(match.candidates);
    if (!match.subscriber) return;
    auto& account = accounts_.at(*match.subscriber);
    payments_.push_back(account.record(hasher_, ids_, payment_of(line)));
    stored.state = BankLineState::matched;
    stored.by = match.by;
    stored.subscriber = match.subscriber;
    stored.payment = payments_.back().id;
    if (payments::teaches_account(match.by) && !line.payer_account.empty())
        add_once(learned_[line.payer_account], *match.subscriber);
}

void BankImport::save(const std::vector<StoredBankLine>& lines) {
    std::vector<BilledAccount> billed;
    std::vector<NewEvent> events;
    for (const auto& [id, account] : accounts_) {
        if (account.is_unpaid()) continue;
        billed.push_back(account.billed());
        const auto some = account.events(billed.back());
        events.insert(events.end(), some.begin(), some.end());
    }
    std::sort(billed.begin(), billed.end(),
              [](const auto& one, const auto& other) { return one.subscriber < other.subscriber; });
    std::stable_sort(events.begin(), events.end(),
                     [](const auto& one, const auto& other) { return one.subscriber < other.subscriber; });
    store_.add_payments(op_.id, payments_);
    store_.save(op_.id, billed);
    store_.add_events(op_.id, events);
    store_.add_bank_lines(op_.id, lines);
    std::vector<PayerAccount> learned;
    for (const auto& [account, subscribers] : learned_)
        for (const auto& subscriber : subscribers) learned.push_back({account, subscriber});
    store_.learn(op_.id, learned);
    std::vector<SubscriberId> paid;
    for (const auto& account : billed) paid.push_back(account.subscriber);
    resume_waiting(store_, hasher_, ids_, op_, paid, today_);
    payments_.clear();
    learned_.clear();
}

}  // namespace sluice::app
