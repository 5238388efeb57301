#include <gtest/gtest.h>

#include "serve/statements/statement_file.hpp"
#include "support/statements.hpp"

namespace sluice::serve {
namespace {

using support::Lines;

constexpr auto camt = StatementFormat::camt;

std::string document(const std::string& entries, const std::string& version = "02") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." +
           version +
           "\">\n<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>\n<Stmt><Id>1</Id>\n<Acct><Id><IBAN>DE89 3704 0044 "
           "0532 0130 00</IBAN></Id><Ccy>EUR</Ccy></Acct>\n" +
           entries + "</Stmt></BkToCstmrStmt></Document>\n";
}

// Entry with what differs.
std::string entry(const std::string& amount, const std::string& direction, const std::string& rest,
                  const std::string& status = "<Sts>BOOK</Sts>") {
    return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + direction + "</CdtDbtInd>" + status +
           "<BookgDt><Dt>2026-02-10</Dt></BookgDt><ValDt><Dt>2026-02-11</Dt></ValDt>" + rest + "</Ntry>\n";
}

const std::string details =
    "<AcctSvcrRef>FT1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E-7</EndToEndId></Refs><RltdPties><Dbtr><Nm>"
    "M\xC3\xBCller &amp; S\xC3\xB6hne</Nm></Dbtr><DbtrAcct><Id><IBAN>de02 1203</IBAN></Id></DbtrAcct></"
    "RltdPties><RmtInf><Ustrd>Rechnung\n INV-2026-000001</Ustrd><Ustrd>danke</Ustrd></RmtInf></TxDtls></NtryDtls>";

TEST(Camt, ReadsABookedCredit) {
    EXPECT_EQ(support::lines_of(document(entry("1234.50", "CRDT", details)), camt),
              (Lines{"DE89370400440532013000 2026-02-10 1234.50 EUR [FT1] Rechnung INV-2026-000001 danke E2E-7 | "
                     "M\xC3\xBCller & S\xC3\xB6hne | DE021203"}));
}

TEST(Camt, ReadsLaterVersionsWithTheirPartiesAndStates) {
    const auto later =
        "<NtryDtls><TxDtls><Amt Ccy=\"EUR\">5.00</Amt><RltdPties><Dbtr><Pty><Nm>Ann</Nm></Pty></Dbtr><DbtrAcct><Id>"
        "<Othr><Id>77</Id></Othr></Id></DbtrAcct></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>RF18INV2026000001</Ref></"
        "CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>";
    EXPECT_EQ(support::lines_of(document(entry("5.00", "CRDT", later, "<Sts><Cd>BOOK</Cd></Sts>"), "08"), camt),
              (Lines{"DE89370400440532013000 2026-02-10 5.00 EUR [] RF18INV2026000001 | Ann | 77"}));
}

TEST(Camt, TakesAnEntryApartWhenItsTransactionsAddUp) {
    const auto batch =
        "<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls><TxDtls><Amt Ccy=\"EUR\">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf>"
        "<Ustrd>one</Ustrd></RmtInf></TxDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">4.000</Amt></TxAmt></"
        "AmtDtls><Refs><AcctSvcrRef>T2</AcctSvcrRef></Refs><RmtInf><Ustrd>two</Ustrd></RmtInf></TxDtls><TxDtls><Amt "
        "Ccy=\"EUR\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>";
    const auto file = support::read_file(document(entry("5.00", "CRDT", batch)), camt);
    EXPECT_EQ(support::tell(file), (Lines{"DE89370400440532013000 2026-02-10 2.00 EUR [B1/1] one |  | ",
                                          "DE89370400440532013000 2026-02-10 4.00 EUR [T2] two |  | "}));
    EXPECT_EQ(file.debits, 1);
    EXPECT_EQ(support::lines_of(document(entry("6.00", "CRDT", batch)), camt),
              (Lines{"DE89370400440532013000 2026-02-10 6.00 EUR [B1] one two |  | "}))
        << "parts that do not add up are told together";
}

TEST(Camt, CountsWhatItPassesOver) {
    const auto file = support::read_file(
        document(entry("1.00", "DBIT", "") + entry("2.00", "CRDT", "", "<Sts>PDNG</Sts>") +
                 entry("2.00", "CRDT", "", "<Sts><Cd>INFO</Cd></Sts>") +
                 entry("3.00", "CRDT", "<RvslInd>true</RvslInd>") + entry("3.00", "DBIT", "<RvslInd>1</RvslInd>")),
        camt);
    EXPECT_EQ(support::tell(file), Lines{});
    EXPECT_EQ(file.statements.size(), 1U);
    EXPECT_EQ(file.debits, 1);
    EXPECT_EQ(file.pending, 2);
    EXPECT_EQ(file.reversals, 2);
}

TEST(Camt, ReadsSeveralStatementsAndPrefixesAndTimes) {
    auto text = document(entry("1.00", "CRDT", ""));
    const auto second = text.substr(text.find("<Stmt>"), text.find("</BkToCstmrStmt>") - text.find("<Stmt>"));
    text.insert(text.find("</BkToCstmrStmt>"), second);
    EXPECT_EQ(support::read_file(text, camt).statements.size(), 2U);
    std::string prefixed = document(entry("1.00", "CRDT", ""));
    for (std::size_t at = 0; (at = prefixed.find('<', at)) != std::string::npos; ++at)
        if (prefixed[at + 1] != '?') prefixed.insert(prefixed[at + 1] == '/' ? at + 2 : at + 1, "ns:");
    prefixed.replace(prefixed.find("<ns:Dt>2026-02-10</ns:Dt>"), 25, "<ns:DtTm>2026-02-12T08:00:00</ns:DtTm>");
    EXPECT_EQ(support::lines_of(prefixed, camt), (Lines{"DE89370400440532013000 2026-02-12 1.00 EUR []  |  | "}));
}

TEST(Camt, SaysWhereAndWhatIsWrong) {
    const auto fault = [](const std::string& text) { return support::faults_of(text, camt).front(); };
    EXPECT_EQ(fault(document(entry("1.005", "CRDT", ""))),
              "line 6: the amount of the entry is \"1.005\" EUR; it must be a number with at most the decimals of its "
              "currency");
    EXPECT_EQ(fault(document(entry("1.00", "BOTH", ""))),
              "line 6: <CdtDbtInd> of the entry is \"BOTH\"; it must be CRDT or DBIT");
    EXPECT_NE(fault(document(entry("1.00", "CRDT", "", ""))).find("does not say whether it is booked"),
              std::string::npos);
    auto text = document(entry("1.00", "CRDT", ""));
    EXPECT_NE(fault(text.substr(0, text.size() / 2)).find("is the file complete?"), std::string::npos);
    text.replace(text.find("2026-02-10"), 10, "2026-02-31");
    EXPECT_NE(fault(text).find("date of booking is \"2026-02-31\""), std::string::npos);
    text.replace(text.find("2026-02-31"), 10, "2999-02-01");
    EXPECT_NE(fault(text).find("lies in the future"), std::string::npos);
    EXPECT_NE(fault("<Document><BkToCstmrAcctRpt/></Document>").find("camt.052"), std::string::npos);
    EXPECT_NE(fault("<Document><BkToCstmrDbtCdtNtfctn/></Document>").find("camt.054"), std::string::npos);
    EXPECT_NE(fault("<html/>").find("holds no statement"), std::string::npos);
}

TEST(Camt, TellsAllFaultsUpToTwenty) {
    std::string entries;
    for (int i = 0; i < 30; ++i) entries += entry("x", "CRDT", "");
    EXPECT_EQ(support::faults_of(document(entries), camt).size(), StatementFaults::most);
}

TEST(Camt, DeclaresNoEntities) {
    const auto bomb =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<Document>&b;"
        "</Document>";
    const auto faults = support::faults_of(bomb, camt);
    EXPECT_EQ(faults.size(), 1U);
    EXPECT_NE(faults.front().find("line 2: the file has a document type declaration"), std::string::npos);
    const auto outside = "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\">]><Document>&file;</Document>";
    EXPECT_NE(support::faults_of(outside, camt).front().find("document type declaration"), std::string::npos);
}

TEST(Camt, DoesNotGoDeeperThanStatementsGo) {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<a>";
    EXPECT_NE(support::faults_of(deep, camt).front().find("too deep"), std::string::npos);
}

}  // namespace
}  // namespace sluice::serve
