// Whom bank lines lead to: a few queries for all lines of a batch.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "store/sql/document_rows.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/search_words.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sql/wanted_texts.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

namespace {

// A code without case and punctuation, as the index subscriber_codes_by_key has it. (SQLite compares what a function
// gives by that index with what a function gives alone.)
constexpr std::string_view by_code =
    "SELECT w.word, c.subscriber_id FROM wanted w CROSS JOIN subscriber_codes c WHERE c.operator_id = ? AND "
    "lower(replace(replace(replace(replace(c.code, '-', ''), '.', ''), '_', ''), ':', '')) = lower(w.word)";
constexpr std::string_view by_document =
    "SELECT w.word, d.subscriber_id FROM wanted w CROSS JOIN documents d WHERE d.operator_id = ? AND d.number = w.word";
constexpr std::string_view by_account =
    "SELECT w.word, a.subscriber_id FROM wanted w CROSS JOIN payer_accounts a WHERE a.operator_id = ? AND a.account = "
    "w.word";
constexpr std::string_view by_name =
    "SELECT s.subscriber_id, s.contact, s.organization FROM wanted w CROSS JOIN subscribers s WHERE s.operator_id = ? "
    "AND s.sort_name = w.word";
// The directory may lead to some who are not called so any more.
constexpr std::string_view by_contact =
    "SELECT s.subscriber_id, s.contact, s.organization FROM wanted w CROSS JOIN subscriber_words d JOIN subscribers s "
    "ON s.subscriber_id = d.subscriber_id WHERE d.operator_id = ? AND d.word = w.word";

using Found = std::unordered_map<std::string, std::vector<SubscriberId>>;

// What all lines ask together: each once.
class Wanted {
public:
    void add(const std::string& text) {
        if (!text.empty()) texts_.push_back(text);
    }
    std::span<const std::string> all() {
        std::sort(texts_.begin(), texts_.end());
        texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
        return texts_;
    }

private:
    std::vector<std::string> texts_;
};

Found find_by(Connection& db, OperatorId op, Wanted& wanted, std::string_view select) {
    Found found;
    each_row_for(
        db, wanted.all(), select,
        [&](Query& row) {
            auto word = row.get<std::string>();
            found[std::move(word)].push_back(row.get<SubscriberId>());
        },
        op);
    return found;
}

void add_named(Found& found, Query& row) {
    const auto subscriber = row.get<SubscriberId>();
    const auto contact = folded(row.get<std::string>());
    const auto organization = folded(row.get<std::string>());
    if (!contact.empty()) found[contact].push_back(subscriber);
    if (!organization.empty() && organization != contact) found[organization].push_back(subscriber);
}

void append(std::vector<SubscriberId>& all, const Found& found, const std::string& word) {
    const auto some = found.find(word);
    if (some != found.end()) all.insert(all.end(), some->second.begin(), some->second.end());
}

void keep_each_once(std::vector<SubscriberId>& all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
}

void keep_few(std::vector<SubscriberId>& all) {
    keep_each_once(all);
    if (all.size() > app::most_of_one_name) all.clear();
}

// Whom the lines lead to already, and of those who are called as a payer the ones who owe just that amount. Nobody else
// can be paid by these lines, or has to be held for them.
std::unordered_set<SubscriberId> who_may_be_paid(Connection& db, std::span<const app::LineQuestion> questions,
                                                 std::span<const app::LineAnswer> answers) {
    std::unordered_set<SubscriberId> all;
    std::vector<RowKey> owing;  // an amount in place of a row's id
    for (std::size_t i = 0; i < questions.size(); ++i) {
        for (const auto* some : {&answers[i].named, &answers[i].paid_from}) all.insert(some->begin(), some->end());
        for (const auto& alike : answers[i].called_alike)
            owing.push_back({alike.value(), questions[i].amount.minor_units()});
    }
    each_row_of(db, owing,
                "SELECT o.subscriber_id FROM page p CROSS JOIN open_documents o WHERE o.subscriber_id = "
                "p.subscriber_id AND o.open = p.id",
                [&](Query& row) { all.insert(row.get<SubscriberId>()); });
    return all;
}

}  // namespace

// Most lines name somebody; only of the others is more asked.
std::vector<app::LineAnswer> SqlStore::answers_to(OperatorId op, std::span<const app::LineQuestion> questions) {
    Wanted codes, numbers;
    for (const auto& question : questions) {
        for (const auto& code : question.code_keys) codes.add(code);
        for (const auto& number : question.document_numbers) numbers.add(number);
    }
    const auto of_code = find_by(*db_, op, codes, by_code);
    const auto of_number = find_by(*db_, op, numbers, by_document);
    std::vector<app::LineAnswer> answers(questions.size());
    Wanted accounts, names, contacts;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const auto& question = questions[i];
        auto& named = answers[i].named;
        for (const auto& code : question.code_keys) append(named, of_code, code);
        for (const auto& number : question.document_numbers) append(named, of_number, number);
        keep_each_once(named);
        if (!named.empty()) continue;
        accounts.add(std::string(question.payer_account));
        if (question.payer.empty()) continue;
        names.add(name_key(question.payer));
        contacts.add(contact_word(question.payer));
    }
    const auto of_account = find_by(*db_, op, accounts, by_account);
    Found of_name;
    const auto add = [&](Query& row) { add_named(of_name, row); };
    each_row_for(*db_, names.all(), by_name, add, op);
    each_row_for(*db_, contacts.all(), by_contact, add, op);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        auto& answer = answers[i];
        if (!answer.named.empty()) continue;
        append(answer.paid_from, of_account, std::string(questions[i].payer_account));
        keep_few(answer.paid_from);
        if (!questions[i].payer.empty()) append(answer.called_alike, of_name, folded(questions[i].payer));
        keep_few(answer.called_alike);
    }
    const auto payable = who_may_be_paid(*db_, questions, answers);
    for (auto& answer : answers)
        std::erase_if(answer.called_alike, [&](const auto& subscriber) { return !payable.contains(subscriber); });
    return answers;
}

void SqlStore::learn(OperatorId op, std::span<const app::PayerAccount> accounts) {
    Inserter rows(*db_, "payer_accounts", {"operator_id", "account", "subscriber_id"});
    rows.or_update("(operator_id, account, subscriber_id) DO NOTHING");
    for (const auto& [account, subscriber] : accounts) rows.row(op, account, subscriber);
    rows.flush();
}

void SqlStore::unlearn(OperatorId op, const app::PayerAccount& known) {
    Query(*db_, "DELETE FROM payer_accounts WHERE operator_id = ? AND account = ? AND subscriber_id = ?", op,
          known.account, known.subscriber)
        .run();
}

std::vector<app::BillingFacts> SqlStore::payment_facts_of(std::span<const SubscriberId> subscribers,
                                                          Currency currency) {
    std::vector<RowKey> keys;
    for (const auto& id : subscribers) keys.push_back({id.value(), id.value()});
    std::vector<app::BillingFacts> all;
    all.reserve(keys.size());
    std::unordered_map<SubscriberId, std::size_t> place;
    each_row_of(
        *db_, keys,
        "SELECT h.subscriber_id, h.entries, h.hash, h.balance, h.last_entry_id FROM page p CROSS JOIN "
        "journal_heads h WHERE h.subscriber_id = p.subscriber_id",
        [&](Query& row) {
            customers::Subscriber subscriber{};
            subscriber.id = row.get<SubscriberId>();
            app::JournalHead head{.balance = Money::zero(currency)};
            head.entries = row.get<std::int64_t>();
            head.hash = row.get<app::Hash>();
            head.balance = row.money(currency);
            head.last_entry = row.get<std::int64_t>();
            place.emplace(subscriber.id, all.size());
            all.push_back(
                {.account = {.subscriber = std::move(subscriber), .units = {}, .sub_services = {}, .pending_lines = {}},
                 .head = head,
                 .open_credits = {},
                 .open_documents = {}});
        });
    check(all.size() == keys.size(), "every subscriber has a journal");
    std::vector<RowKey> indebted;
    each_row_of(*db_, keys,
                "SELECT o.subscriber_id, " + open_document_columns +
                    " FROM page p CROSS JOIN open_documents o WHERE o.subscriber_id = p.subscriber_id",
                [&](Query& row) {
                    const auto id = row.get<SubscriberId>();
                    auto& facts = all[place.at(id)];
                    if (facts.open_documents.empty()) indebted.push_back({id.value(), id.value()});
                    facts.open_documents.push_back(read_open_document(row, currency));
                });
    // Hardly anybody has both: credit pays debts as soon as there are any.
    std::vector<SubscriberId> with_credit;
    each_row_of(*db_, indebted,
                "SELECT DISTINCT o.subscriber_id FROM page p CROSS JOIN open_credits o WHERE o.subscriber_id = "
                "p.subscriber_id",
                [&](Query& row) { with_credit.push_back(row.get<SubscriberId>()); });
    for (const auto& id : with_credit) {
        std::vector<app::BillingFacts> one;
        one.push_back(std::move(all[place.at(id)]));
        load_credits(one, id, id, currency);
        all[place.at(id)] = std::move(one.front());
    }
    return all;
}

void SqlStore::add_payments(OperatorId op, std::span<const payments::Payment> payments) {
    Inserter rows(
        *db_, "payments",
        {"subscriber_id", "id", "operator_id", "date", "currency", "amount", "method", "reference", "wallet_id"});
    for (const auto& payment : payments)
        rows.row(payment.subscriber, payment.id, op, payment.date, payment.amount.currency().code(), payment.amount,
                 payment.method, payment.reference, payment.wallet);
    rows.flush();
}

}  // namespace sluice::store
