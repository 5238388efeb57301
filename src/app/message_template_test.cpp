#include "app/message_template.hpp"

#include <gtest/gtest.h>

#include <array>

#include "app/message_kinds.hpp"

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 2> names{"amount", "due_date"};

TEST(MessageTemplate, PutsInWhatIsKnown) {
    EXPECT_EQ(fill_in("Pay {{amount}} by {{ due_date }}.", {{"amount", "5.00 EUR"}, {"due_date", "2026-02-03"}}),
              "Pay 5.00 EUR by 2026-02-03.");
    EXPECT_EQ(fill_in("{{amount}}{{amount}}", {{"amount", "1"}}), "11");
    EXPECT_EQ(fill_in("a {{other}} b", {}), "a  b");
}

TEST(MessageTemplate, NeverReadsAgainWhatWasPutIn) {
    EXPECT_EQ(fill_in("{{amount}}", {{"amount", "{{due_date}}"}, {"due_date", "no"}}), "{{due_date}}");
}

TEST(MessageTemplate, RefusesWhatIsNotKnownAndSaysWhatIs) {
    EXPECT_FALSE(fault_in_template("Pay {{amount}} by {{ due_date }}. } {", names));
    const auto fault = fault_in_template("Pay {{amont}}", names);
    ASSERT_TRUE(fault);
    EXPECT_EQ(*fault, "has the placeholder {{amont}}, which is not known here; there are {{amount}}, {{due_date}}");
    EXPECT_TRUE(fault_in_template("{{amount", names));
    EXPECT_TRUE(fault_in_template("{{}}", names));
    EXPECT_TRUE(fault_in_template("{{amount }", names));
}

TEST(MessageKinds, EachHasWordingsThatKeepItsPlaceholders) {
    for (const auto& kind : message_kinds()) {
        EXPECT_EQ(find_message_kind(kind.name), &kind);
        EXPECT_EQ(message_kind_of(kind.event), &kind);
        for (const auto* language : {"en", "de"}) {
            const auto& wording = choose_template({}, kind.name, language, {});
            EXPECT_EQ(wording.language, language) << kind.name;
            EXPECT_FALSE(fault_in_template(wording.subject, kind.placeholders)) << kind.name;
            EXPECT_FALSE(fault_in_template(wording.body, kind.placeholders)) << kind.name;
        }
    }
    for (const auto& wording : built_in_templates()) EXPECT_TRUE(find_message_kind(wording.kind)) << wording.kind;
}

TEST(MessageKinds, TheLanguageIsTheSubscribersElseTheOperatorsElseEnglish) {
    const std::vector<MessageTemplate> own{{"document_issued", "de-AT", "Servus", "x"},
                                           {"document_issued", "pl", "Witaj", "x"}};
    const auto subject = [&](const char* subscriber, const char* op) {
        return choose_template(own, "document_issued", subscriber, op).subject;
    };
    EXPECT_EQ(subject("de-at", "en"), "Servus");
    EXPECT_EQ(choose_template(own, "document_issued", "de-CH", "pl").language, "de");
    EXPECT_EQ(subject("", "pl"), "Witaj");
    EXPECT_EQ(subject("fr", "pl"), "Witaj");
    EXPECT_EQ(choose_template(own, "document_issued", "fr", "it").language, "en");
}

}  // namespace
}  // namespace sluice::app
