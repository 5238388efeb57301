// The checks of `sluice verify` on one account. Each looks at one promise and adds a finding where it is broken.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"
#include "app/verify.hpp"
#include "app/words.hpp"

namespace sluice::app {

// Collects findings; beyond `most` it only counts.
class Findings {
public:
    static constexpr std::size_t most = 1'000;

    void add(std::string code, std::string where, std::string message) {
        if (found_.size() < most)
            found_.push_back({std::move(code), std::move(where), std::move(message)});
        else
            ++not_kept_;
    }
    // Runs a check on facts that may be damaged beyond computing with them, which is a finding too.
    template <typename Check>
    void guard(const std::string& where, Check check) {
        try {
            check();
        } catch (const BrokenPromise& broken) {
            add("cannot_be_computed", where, "cannot be computed from what is stored: " + std::string(broken.what()));
        } catch (const ArithmeticOverflow& overflow) {
            add("cannot_be_computed", where, "cannot be computed from what is stored: " + std::string(overflow.what()));
        }
    }
    std::vector<Finding> take();

private:
    std::vector<Finding> found_;
    std::int64_t not_kept_ = 0;
};

struct HeldItem {
    const subscriptions::SubService* sub_service;
    const subscriptions::Item* item;
};

// What is stored of one account, with its rows found by their ids.
class Account {
public:
    Account(const AccountHistory& account, const customers::Operator& op, const catalog::Catalog& catalog);

    const AccountHistory& history;
    const customers::Operator& op;
    const catalog::Catalog& catalog;

    const StoredLine* line(charging::LineId id) const;
    const StoredDocument* document(invoicing::DocumentId id) const;
    const subscriptions::SubService* sub_service(subscriptions::SubServiceId id) const;
    HeldItem item(subscriptions::ItemId id) const;  // two nulls: there is none
    // In order of id, which is the order in which they were made.
    const std::vector<const invoicing::Line*>& lines_of(subscriptions::ItemId item) const;
    const std::vector<const invoicing::Line*>& credits_of(charging::LineId line) const;
    // In order of printing.
    const std::vector<const invoicing::Line*>& lines_on(invoicing::DocumentId document) const;

    // The part of `span` that the line has charged and no credit has given back, when it is worth anything.
    std::vector<Period> not_credited(const invoicing::Line& line, Period span) const;

    const std::string& code() const { return history.subscriber.code; }
    std::string path(const subscriptions::SubService& sub_service) const { return code() + "/" + sub_service.code; }
    // "net-101 on INV-2026-000001", "net-101, on no document yet".
    std::string place(const invoicing::Line& line) const;

private:
    using Lines = std::vector<const invoicing::Line*>;

    std::unordered_map<charging::LineId, const StoredLine*> lines_;
    std::unordered_map<invoicing::DocumentId, const StoredDocument*> documents_;
    std::unordered_map<subscriptions::SubServiceId, const subscriptions::SubService*> sub_services_;
    std::unordered_map<subscriptions::ItemId, HeldItem> items_;
    std::unordered_map<subscriptions::ItemId, Lines> lines_of_;
    std::unordered_map<charging::LineId, Lines> credits_of_;
    std::unordered_map<invoicing::DocumentId, Lines> lines_on_;
};

std::string words(Period period);  // "2026-01-10 to 2026-02-10"

void verify_lines(const Account& account, Findings& findings);
void verify_documents(const Account& account, Findings& findings);
void verify_periods(const Account& account, Findings& findings);
void verify_parts(const Account& account, Findings& findings);
void verify_journal(const Account& account, const Hasher& hasher, Findings& findings);
void verify_payments(const Account& account, Findings& findings);
void verify_suspensions(const Account& account, Findings& findings);

}  // namespace sluice::app
