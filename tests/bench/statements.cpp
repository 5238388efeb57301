// How many lines of bank statements are matched and recorded a second: files of camt.053 are read, each booked credit
// becomes a line, and nine in ten of them payments, booked, allocated, and durable. Two in three lines name a document
// (most of them otherwise than it is printed), one in six the subscriber's code, one in twelve neither, so that amount
// and name tell; the others are nobody's.
#include <cstdio>

#include "app/bill_accounts.hpp"
#include "app/import_bank_statement.hpp"
#include "bare_store.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "measuring.hpp"
#include "options.hpp"
#include "realistic_operator.hpp"
#include "report.hpp"
#include "serve/statements/statement_file.hpp"
#include "store/open_store.hpp"
#include "stores.hpp"

namespace sluice::bench {
namespace {

struct Wish {
    std::int64_t lines = 50'000;
    std::int64_t lines_per_file = 10'000;
};

// A payer who settles a document.
struct Debt {
    std::string number;
    std::string subscriber;
    std::string name;
    Money open;
};

std::string reference_of(std::int64_t i, const Debt& debt) {
    auto loose = debt.number;
    for (auto& c : loose)
        if (c == '-') c = ' ';
    switch (i % 12) {
        case 0:
        case 1:
            return "customer " + debt.subscriber;
        case 2:
            return "with thanks";
        case 3:
            return "from somebody";
        case 4:
        case 5:
            return debt.number;
        default:
            return "Rechnung " + loose + " vom 1. des Monats";
    }
}

class File {
public:
    explicit File(std::string_view currency) : currency_(currency) {}
    void add(std::int64_t i, const Debt& debt) {
        const bool is_nobodys = i % 12 == 3;
        const auto number = std::to_string(i);
        text_ +=
            "<Ntry><Amt Ccy=\"" + currency_ + "\">" + debt.open.text() +
            "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>" + first_of_month.text() +
            "</Dt></BookgDt><AcctSvcrRef>FT" + number +
            "</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>" +
            escaped(is_nobodys ? "Somebody Else" : debt.name) + "</Nm></Dbtr><DbtrAcct><Id><IBAN>DE" +
            std::string(18 - number.size(), '0') + number + "</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>" +
            escaped(reference_of(i, debt)) + "</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n";
    }
    std::string finish() const {
        return "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">"
               "<BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>\n" +
               text_ + "</Stmt></BkToCstmrStmt></Document>\n";
    }

private:
    static std::string escaped(const std::string& text) {
        std::string result;
        for (const char c : text) result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
        return result;
    }
    std::string currency_;
    std::string text_;
};

struct Made {
    std::int64_t subscribers;
    std::int64_t documents;
};

Made make_billed_store(const std::string& address, const Wish& wish) {
    const auto made = make_realistic_store(address, {.sub_services = 2 * wish.lines});
    const auto store = store::open_store(address, true);
    const auto hasher = connect::sha256_hasher();
    IdSource ids(1'800'000'000'000, store->take_node(1));
    const auto op = store->operators().front();
    app::BillRun(*store, *hasher, ids, op).run(first_of_month);
    return {made.subscribers, made.documents};
}

std::vector<std::string> make_files(app::Store& store, const customers::Operator& op, const Wish& wish) {
    std::vector<std::string> files;
    app::DocumentQuery query{.order = app::DocumentOrder::number, .paging = {.limit = 500}};
    std::int64_t lines = 0;
    while (lines < wish.lines) {
        File file(op.currency.code());
        for (std::int64_t in_file = 0; in_file < wish.lines_per_file && lines < wish.lines;) {
            const auto page = store.list(op.id, query);
            for (const auto& row : page.rows) {
                const auto& d = row.document;
                if (!d.total.is_positive() || in_file == wish.lines_per_file || lines == wish.lines) continue;
                file.add(lines++,
                         {d.number, row.subscriber_code, d.organization.empty() ? d.contact : d.organization, d.total});
                ++in_file;
            }
            expect(page.next.has_value() || lines == wish.lines, "there are documents enough");
            query.paging.after = page.next;
        }
        files.push_back(file.finish());
    }
    return files;
}

struct Rates {
    double read;
    double all;
    double matched;
    double again;
};

Rates measure(const std::string& address, const Wish& wish) {
    const auto store = store::open_store(address, true);
    const auto hasher = connect::sha256_hasher();
    IdSource ids(1'900'000'000'000, store->take_node(1));
    const auto op = store->operators().front();
    const auto files = make_files(*store, op, wish);
    const auto read = [&](const std::string& text) {
        auto file = serve::read_statement(text, serve::StatementFormat::camt, nullptr, op.currency, first_of_month);
        file.hash = app::hex(hasher->of(text));
        return file;
    };
    double reading = 0;
    std::int64_t matched = 0;
    const Stopwatch watch;
    for (const auto& text : files) {
        const Stopwatch of_file;
        const auto file = read(text);
        reading += of_file.seconds();
        matched += app::BankImport(*store, *hasher, ids, op).run(file, {Instant{}, "bench"}).statement.matched;
    }
    const auto seconds = watch.seconds();
    const auto db = open_bare_store(address);
    expect_equal("lines", db->number("(SELECT COUNT(*) FROM bank_lines)"), wish.lines);
    expect_equal("payments", db->number("(SELECT COUNT(*) FROM payments)"), matched);
    expect_equal("sums", db->number("(SELECT SUM(amount) FROM bank_lines WHERE state = 'matched')"),
                 db->number("(SELECT SUM(amount) FROM payments)"));
    expect(matched > wish.lines * 8 / 10, "most lines are matched");
    // The same bookings in other files.
    const Stopwatch of_second;
    for (const auto& text : files) {
        auto file = read(text);
        file.hash += "again";
        const auto again = app::BankImport(*store, *hasher, ids, op).run(file, {Instant{}, "bench"}).statement;
        expect_equal("known lines", again.known, again.credits);
    }
    const auto lines = static_cast<double>(wish.lines);
    return {lines / reading, lines / seconds, static_cast<double>(matched) / seconds, lines / of_second.seconds()};
}

}  // namespace
}  // namespace sluice::bench

int main(int argc, char** argv) {
    using namespace sluice::bench;
    Options options("How many lines of bank statements are matched and recorded as payments a second.");
    Wish wish;
    options.add("--lines", wish.lines, "of all files together");
    options.add("--lines-per-file", wish.lines_per_file, "each file is a transaction");
    options.read(argc, argv);
    const auto stores = open_stores(options.server);
    const auto made = in_own_process([&] { return make_billed_store(stores->make_room("before"), wish); }).result;
    std::vector<double> read, all, matched, again;
    for (int run = 0; run < options.runs; ++run) {
        const auto address = stores->copy("before", "statements");
        const auto rates = in_own_process([&] { return measure(address, wish); }).result;
        read.push_back(rates.read);
        all.push_back(rates.all);
        matched.push_back(rates.matched);
        again.push_back(rates.again);
    }
    Report report("statements", stores->kind());
    report.add("camt.053", {{"lines", static_cast<double>(wish.lines)},
                            {"subscribers", static_cast<double>(made.subscribers)},
                            {"runs", static_cast<double>(options.runs)},
                            {"lines_read_per_second", median(read)},
                            {"lines_per_second", median(all)},
                            {"matched_lines_per_second", median(matched)},
                            {"known_lines_per_second", median(again)}});
    report.print();
    report.write_json(options.json);
    return 0;
}
