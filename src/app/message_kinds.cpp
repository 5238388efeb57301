#include "app/message_kinds.hpp"

#include <algorithm>
#include <array>

#include "values/check.hpp"

namespace sluice::app {
namespace {

using Names = std::vector<std::string_view>;

Names with(Names more) {
    Names names{"subscriber_name", "subscriber_code", "operator_name", "balance", "event_date"};
    names.insert(names.end(), more.begin(), more.end());
    return names;
}

Names of_document() {
    return with({"document_number", "document_date", "document_total", "document_open", "due_date"});
}
Names of_pro_forma() { return with({"document_number", "document_date", "document_total", "due_date"}); }
Names of_money() { return with({"amount", "date", "method"}); }
Names of_sub_service() { return with({"sub_service"}); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view without_region(std::string_view language) { return language.substr(0, language.find('-')); }

const MessageTemplate* find(std::span<const MessageTemplate> templates, std::string_view kind,
                            std::string_view language) {
    const auto found = std::find_if(templates.begin(), templates.end(), [&](const MessageTemplate& one) {
        return one.kind == kind && is_same_language(one.language, language);
    });
    return found == templates.end() ? nullptr : &*found;
}

std::string text_of(Money money) { return money.text() + " " + std::string(money.currency().code()); }

}  // namespace

// One line for each kind; its wordings are below.
std::span<const MessageKind> message_kinds() {
    static const std::vector<MessageKind> kinds{
        {"document_issued", EventType::document_issued, true, of_document()},
        {"document_reopened", EventType::document_reopened, false, of_document()},
        {"payment_reminder", EventType::document_reminded, true, of_document()},
        {"payment_received", EventType::payment_recorded, true, of_money()},
        {"payment_refunded", EventType::payment_refunded, false, of_money()},
        {"payment_charged_back", EventType::payment_charged_back, false, of_money()},
        {"sub_service_suspended", EventType::sub_service_suspended, true, of_sub_service()},
        {"sub_service_resumed", EventType::sub_service_resumed, false, of_sub_service()},
        {"sub_service_cancelled", EventType::sub_service_cancelled, false, of_sub_service()},
        {"checkout_failed", EventType::checkout_failed, false, with({"amount"})},
        {"pro_forma_issued", EventType::pro_forma_issued, true, of_pro_forma()},
        {"pro_forma_reminder", EventType::pro_forma_reminded, true, of_pro_forma()},
        {"automatic_payment_above_cap", EventType::automatic_payment_above_cap, true, with({"amount"})},
        {"automatic_payment_declined", EventType::automatic_payment_declined, true, with({"amount"})},
        {"automatic_payment_stopped", EventType::automatic_payment_stopped, true, with({"amount"})},
    };
    return kinds;
}

std::span<const MessageTemplate> built_in_templates() {
    static const std::vector<MessageTemplate> templates{
        {"document_issued", "en", "{{operator_name}}: document {{document_number}}",
         "Dear {{subscriber_name}},\n\nwe have issued document {{document_number}} of {{document_date}} over "
         "{{document_total}}.\nOpen are {{document_open}}, due on {{due_date}}.\n\n{{operator_name}}\n"},
        {"document_issued", "de", "{{operator_name}}: Beleg {{document_number}}",
         "Guten Tag {{subscriber_name}},\n\nwir haben den Beleg {{document_number}} vom {{document_date}} über "
         "{{document_total}} ausgestellt.\nOffen sind {{document_open}}, fällig am "
         "{{due_date}}.\n\n{{operator_name}}\n"},
        {"document_reopened", "en", "{{operator_name}}: document {{document_number}} is open again",
         "Dear {{subscriber_name}},\n\na payment of document {{document_number}} has gone back. Open are "
         "{{document_open}}, which were due on {{due_date}}.\n\n{{operator_name}}\n"},
        {"document_reopened", "de", "{{operator_name}}: Beleg {{document_number}} ist wieder offen",
         "Guten Tag {{subscriber_name}},\n\neine Zahlung des Belegs {{document_number}} ist zurückgegangen. Offen sind "
         "{{document_open}}, fällig waren sie am {{due_date}}.\n\n{{operator_name}}\n"},
        {"payment_reminder", "en", "{{operator_name}}: {{document_open}} due on {{due_date}}",
         "Dear {{subscriber_name}},\n\nof document {{document_number}} of {{document_date}}, {{document_open}} are "
         "open, due "
         "on {{due_date}}.\nIf you have paid in the meantime, please take no notice of this.\n\n{{operator_name}}\n"},
        {"payment_reminder", "de", "{{operator_name}}: {{document_open}} fällig am {{due_date}}",
         "Guten Tag {{subscriber_name}},\n\nvom Beleg {{document_number}} vom {{document_date}} sind {{document_open}} "
         "offen, "
         "fällig am {{due_date}}.\nFalls Sie inzwischen gezahlt haben, betrachten Sie dies bitte als "
         "gegenstandslos.\n\n"
         "{{operator_name}}\n"},
        {"payment_received", "en", "{{operator_name}}: your payment of {{amount}}",
         "Dear {{subscriber_name}},\n\nthank you for your payment of {{amount}} on {{date}}.\nYour balance is "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"payment_received", "de", "{{operator_name}}: Ihre Zahlung über {{amount}}",
         "Guten Tag {{subscriber_name}},\n\nvielen Dank für Ihre Zahlung über {{amount}} am {{date}}.\nIhr Kontostand "
         "ist {{balance}}.\n\n{{operator_name}}\n"},
        {"payment_refunded", "en", "{{operator_name}}: a refund of {{amount}}",
         "Dear {{subscriber_name}},\n\non {{date}} we have given back {{amount}}.\nYour balance is {{balance}}.\n\n"
         "{{operator_name}}\n"},
        {"payment_refunded", "de", "{{operator_name}}: Erstattung von {{amount}}",
         "Guten Tag {{subscriber_name}},\n\nam {{date}} haben wir Ihnen {{amount}} erstattet.\nIhr Kontostand ist "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"payment_charged_back", "en", "{{operator_name}}: your payment of {{amount}} has gone back",
         "Dear {{subscriber_name}},\n\nyour bank has taken back {{amount}} on {{date}}.\nYour balance is "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"payment_charged_back", "de", "{{operator_name}}: Ihre Zahlung über {{amount}} ist zurückgegangen",
         "Guten Tag {{subscriber_name}},\n\nIhre Bank hat am {{date}} {{amount}} zurückgezogen.\nIhr Kontostand ist "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"sub_service_suspended", "en", "{{operator_name}}: your service is suspended",
         "Dear {{subscriber_name}},\n\nyour service {{sub_service}} is suspended since {{event_date}}.\nYour balance "
         "is "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"sub_service_suspended", "de", "{{operator_name}}: Ihr Dienst ist gesperrt",
         "Guten Tag {{subscriber_name}},\n\nIhr Dienst {{sub_service}} ist seit {{event_date}} gesperrt.\nIhr "
         "Kontostand ist {{balance}}.\n\n{{operator_name}}\n"},
        {"sub_service_resumed", "en", "{{operator_name}}: your service runs again",
         "Dear {{subscriber_name}},\n\nyour service {{sub_service}} runs again since {{event_date}}.\n\n"
         "{{operator_name}}\n"},
        {"sub_service_resumed", "de", "{{operator_name}}: Ihr Dienst läuft wieder",
         "Guten Tag {{subscriber_name}},\n\nIhr Dienst {{sub_service}} läuft seit {{event_date}} wieder.\n\n"
         "{{operator_name}}\n"},
        {"sub_service_cancelled", "en", "{{operator_name}}: your service is cancelled",
         "Dear {{subscriber_name}},\n\nyour service {{sub_service}} has been cancelled on {{event_date}}.\n\n"
         "{{operator_name}}\n"},
        {"sub_service_cancelled", "de", "{{operator_name}}: Ihr Dienst ist gekündigt",
         "Guten Tag {{subscriber_name}},\n\nIhr Dienst {{sub_service}} wurde am {{event_date}} gekündigt.\n\n"
         "{{operator_name}}\n"},
        {"checkout_failed", "en", "{{operator_name}}: a payment has failed",
         "Dear {{subscriber_name}},\n\na payment of {{amount}} could not be taken on {{event_date}}. Please try "
         "again.\n\n{{operator_name}}\n"},
        {"checkout_failed", "de", "{{operator_name}}: Zahlung fehlgeschlagen",
         "Guten Tag {{subscriber_name}},\n\neine Zahlung über {{amount}} ist am {{event_date}} fehlgeschlagen. Bitte "
         "versuchen Sie es noch einmal.\n\n{{operator_name}}\n"},
        {"pro_forma_issued", "en", "{{operator_name}}: please pay {{document_total}} by {{due_date}}",
         "Dear {{subscriber_name}},\n\nplease pay {{document_total}} by {{due_date}}, with the reference "
         "{{document_number}}, so that your services go on or begin.\nYour balance is "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"pro_forma_issued", "de", "{{operator_name}}: bitte zahlen Sie {{document_total}} bis {{due_date}}",
         "Guten Tag {{subscriber_name}},\n\nbitte zahlen Sie {{document_total}} bis {{due_date}} unter Angabe von "
         "{{document_number}}, damit Ihre Dienste weiterlaufen oder beginnen.\nIhr Kontostand ist "
         "{{balance}}.\n\n{{operator_name}}\n"},
        {"pro_forma_reminder", "en", "{{operator_name}}: {{document_total}} are needed by {{due_date}}",
         "Dear {{subscriber_name}},\n\nyour balance of {{balance}} lasts until {{due_date}}. Please pay "
         "{{document_total}} with the reference {{document_number}}.\nIf you have paid in the meantime, please take no "
         "notice of this.\n\n{{operator_name}}\n"},
        {"pro_forma_reminder", "de", "{{operator_name}}: bis {{due_date}} fehlen {{document_total}}",
         "Guten Tag {{subscriber_name}},\n\nIhr Kontostand von {{balance}} reicht bis {{due_date}}. Bitte zahlen Sie "
         "{{document_total}} unter Angabe von {{document_number}}.\nFalls Sie inzwischen gezahlt haben, betrachten Sie "
         "dies bitte als gegenstandslos.\n\n{{operator_name}}\n"},
        {"automatic_payment_above_cap", "en", "{{operator_name}}: {{amount}} was not charged",
         "Dear {{subscriber_name}},\n\n{{amount}} would have been charged on {{event_date}}, which is more than what "
         "we may "
         "charge by ourselves. Please pay it yourself.\nYour balance is {{balance}}.\n\n{{operator_name}}\n"},
        {"automatic_payment_above_cap", "de", "{{operator_name}}: {{amount}} nicht eingezogen",
         "Guten Tag {{subscriber_name}},\n\nam {{event_date}} wären {{amount}} eingezogen worden. Das ist mehr, als "
         "wir von "
         "selbst einziehen dürfen; bitte zahlen Sie selbst.\nIhr Kontostand ist {{balance}}.\n\n{{operator_name}}\n"},
        {"automatic_payment_declined", "en", "{{operator_name}}: your payment was declined",
         "Dear {{subscriber_name}},\n\nthe payment of {{amount}} that we wanted to charge on {{event_date}} was "
         "declined. We "
         "shall try again.\nYour balance is {{balance}}.\n\n{{operator_name}}\n"},
        {"automatic_payment_declined", "de", "{{operator_name}}: Ihre Zahlung wurde abgelehnt",
         "Guten Tag {{subscriber_name}},\n\ndie Zahlung über {{amount}}, die wir am {{event_date}} einziehen wollten, "
         "wurde "
         "abgelehnt. Wir versuchen es noch einmal.\nIhr Kontostand ist {{balance}}.\n\n{{operator_name}}\n"},
        {"automatic_payment_stopped", "en", "{{operator_name}}: your saved payment method does not work any more",
         "Dear {{subscriber_name}},\n\nthe payment of {{amount}} on {{event_date}} was declined for good. We shall not "
         "charge "
         "this payment method again; please pay yourself, and save another one.\nYour balance is {{balance}}.\n\n"
         "{{operator_name}}\n"},
        {"automatic_payment_stopped", "de", "{{operator_name}}: Ihre gespeicherte Zahlungsart gilt nicht mehr",
         "Guten Tag {{subscriber_name}},\n\ndie Zahlung über {{amount}} am {{event_date}} wurde endgültig abgelehnt. "
         "Wir "
         "belasten diese Zahlungsart nicht mehr; bitte zahlen Sie selbst und speichern Sie eine andere.\nIhr "
         "Kontostand "
         "ist {{balance}}.\n\n{{operator_name}}\n"},
    };
    return templates;
}

const MessageKind* find_message_kind(std::string_view name) {
    const auto kinds = message_kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

const MessageKind* message_kind_of(EventType event) {
    const auto kinds = message_kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.event == event; });
    return found == kinds.end() ? nullptr : &*found;
}

bool is_same_language(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

const MessageTemplate& choose_template(std::span<const MessageTemplate> own, std::string_view kind,
                                       std::string_view subscriber_language, std::string_view operator_language) {
    for (const auto language : {subscriber_language, without_region(subscriber_language), operator_language,
                                without_region(operator_language), std::string_view("en")}) {
        if (language.empty()) continue;
        if (const auto* found = find(own, kind, language)) return *found;
        if (const auto* found = find(built_in_templates(), kind, language)) return *found;
    }
    fail_promise("each kind of message has a wording in English", __FILE__, __LINE__);
}

PlaceholderValues values_of(const MessageFacts& facts, const customers::Operator& op, Date event_date) {
    PlaceholderValues values{
        {"subscriber_name", facts.contact.empty() ? facts.organization : facts.contact},
        {"subscriber_code", facts.event.subscriber_code},
        {"operator_name", op.name},
        {"balance", text_of(facts.balance)},
        {"event_date", event_date.text()},
        {"document_number", facts.document_number},
        {"method", facts.method},
        {"sub_service", facts.sub_service},
    };
    const auto money = [&](const char* name, const std::optional<Money>& value) {
        if (value) values[name] = text_of(*value);
    };
    const auto date = [&](const char* name, const std::optional<Date>& value) {
        if (value) values[name] = value->text();
    };
    money("document_total", facts.document_total);
    money("document_open", facts.document_open);
    money("amount", facts.amount);
    date("document_date", facts.document_date);
    date("due_date", facts.document_due);
    date("date", facts.date);
    return values;
}

PlaceholderValues sample_values(Currency currency, Date today) {
    const auto amount = "10.00 " + std::string(currency.code());
    return {{"document_number", "INV-0000"},
            {"document_date", today.text()},
            {"document_total", amount},
            {"document_open", amount},
            {"due_date", today.text()},
            {"amount", amount},
            {"date", today.text()},
            {"method", "cash"},
            {"sub_service", "internet"},
            {"event_date", today.text()},
            {"balance", amount}};
}

}  // namespace sluice::app
