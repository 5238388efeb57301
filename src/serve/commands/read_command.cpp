#include "serve/commands/read_command.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/cash_desk.hpp"
#include "serve/scenario/read_setup.hpp"

namespace sluice::serve {
namespace {

using app::CommandResult;
using app::Commands;
using app::ItemRequest;
using app::SubServicePath;
using catalog::ProductType;
using Action = std::function<CommandResult(Commands&)>;

class Reader {
public:
    Reader(Currency currency, KnownCodes& codes) : currency_(currency), codes_(codes) {}

    Command read(const std::string& name, Fields& fields, Date date) {
        const auto command = commands().find(name);
        check(command != commands().end(), "only commands that there are are read");
        auto action = (this->*command->second)(fields, date);
        return {name, std::move(action), touched_};
    }

    using Read = Action (Reader::*)(Fields&, Date);
    static const std::map<std::string, Read, std::less<>>& commands() {
        using T = Reader;
        static const std::map<std::string, Read, std::less<>> table{
            {"create_subscriber", &T::create_subscriber},
            {"create_unit", &T::create_unit},
            {"add_sub_service", &T::add_sub_service},
            {"import_sub_service", &T::import_sub_service},
            {"activate", &T::activate},
            {"suspend", &T::suspend},
            {"resume", &T::resume},
            {"exhaust_data", &T::exhaust_data},
            {"restore_data", &T::restore_data},
            {"cancel", &T::cancel},
            {"change_service", &T::change_service},
            {"add_add_on", &T::add_add_on},
            {"remove_add_on", &T::remove_add_on},
            {"attach_cpe", &T::attach_cpe},
            {"return_cpe", &T::return_cpe},
            {"change_price", &T::change_price},
            {"move_to_current_price", &T::move_to_current_price},
            {"record_payment", &T::record_payment},
            {"transfer", &T::transfer},
            {"set_aside", &T::set_aside},
            {"release", &T::release},
            {"refund", &T::refund},
            {"charge_back", &T::charge_back},
            {"credit_note", &T::credit_note},
            {"write_off", &T::write_off},
            {"collect", &T::collect},
            {"collection_hold", &T::collection_hold},
            {"payment_plan", &T::payment_plan},
            {"promise_payment", &T::promise_payment},
            {"receive_cheque", &T::receive_cheque},
            {"clear_cheque", &T::clear_cheque},
            {"bounce_cheque", &T::bounce_cheque},
            {"place_order", &T::place_order},
            {"withdraw_pro_forma", &T::withdraw_pro_forma},
            {"issue_pro_formas", &T::issue_pro_formas},
            {"issue_advance_payment", &T::issue_advance_payment},
            {"grant_discount", &T::grant_discount},
            {"revoke_discount", &T::revoke_discount},
            {"redeem_code", &T::redeem_code}};
        return table;
    }

private:
    std::string known_subscriber(Fields& fields, std::string_view key) {
        auto code = fields.code(key);
        codes_.check_subscriber(code, fields, key);
        return code;
    }

    std::string known_product(Fields& fields, std::string_view key, ProductType type) {
        auto code = fields.code(key);
        codes_.check_product(code, type, fields.line_of(key), fields.path() + "." + std::string(key));
        return code;
    }

    SubServicePath path_of(Fields& fields) {
        const auto text = fields.text("sub_service");
        const auto slash = text.find('/');
        if (slash == std::string::npos || !is_code(text.substr(0, slash)) || !is_code(text.substr(slash + 1)))
            fields.fail("sub_service", "\"" + text + "\" is no sub-service; write subscriber-code/sub-service-code");
        codes_.check_sub_service(text, fields);
        touched_ = SubServicePath{text.substr(0, slash), text.substr(slash + 1)};
        return *touched_;
    }

    Action create_subscriber(Fields& fields, Date) {
        customers::Subscriber subscriber;
        subscriber.code = fields.code("code");
        subscriber.contact = fields.text_or("contact", "");
        subscriber.organization = fields.text_or("organization", "");
        subscriber.country = fields.text_or("country", "");
        subscriber.region = fields.text_or("region", "");
        subscriber.pop = fields.text_or("pop", "");
        subscriber.category = fields.text_or("category", "");
        subscriber.email = fields.text_or("email", "");
        if (!subscriber.email.empty() && !customers::is_email_address(subscriber.email))
            fields.fail("email", "\"" + subscriber.email + "\" is no address; write one as ada@example.com");
        subscriber.language = fields.text_or("language", "");
        if (!subscriber.language.empty() && !customers::is_language_tag(subscriber.language))
            fields.fail("language", "\"" + subscriber.language + "\" is no language; write one as en or pt-BR");
        subscriber.billing = billing_of(fields);
        if (const auto* node = fields.take("payment")) {
            Fields settings(*node, fields.path() + ".payment");
            subscriber.payment = read_payment_settings(settings, currency_);
            settings.done();
        }
        codes_.add_subscriber(subscriber.code);
        return [subscriber](Commands& c) { return c.create_subscriber(subscriber); };
    }

    customers::BillingSettings billing_of(Fields& fields) {
        const auto* node = fields.take("billing");
        if (!node) return {};
        Fields settings(*node, fields.path() + ".billing");
        auto read = read_billing_settings(settings);
        settings.done();
        return read;
    }

    Action create_unit(Fields& fields, Date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        customers::Unit unit;
        unit.code = fields.code("code");
        unit.name = fields.text_or("name", unit.code);
        unit.billing = billing_of(fields);
        return [subscriber, unit](Commands& c) { return c.create_unit(subscriber, unit); };
    }

    ItemRequest read_item(const Node& node, const std::string& path, ProductType type, bool imported) {
        ItemRequest item;
        if (node.kind == Node::Kind::text) {
            item.code = node.text;
            codes_.check_product(item.code, type, node.line, path);
            return item;
        }
        Fields fields(node, path);
        item.code = known_product(fields, "code", type);
        item.quantity = fields.integer("quantity", 1, app::max_quantity).value_or(1);
        if (type == ProductType::cpe) item.serial = fields.text_or("serial", "");
        if (imported)
            item.installments_charged =
                static_cast<std::int32_t>(fields.integer("installments_charged", 0, 1200).value_or(0));
        fields.done();
        return item;
    }

    app::SubServiceRequest sub_service_request(Fields& fields, bool imported) {
        app::SubServiceRequest request;
        request.subscriber = known_subscriber(fields, "subscriber");
        request.code = fields.code("code");
        request.service = known_product(fields, "service", ProductType::service);
        if (fields.has("unit") && fields.take("unit")) request.unit = fields.code("unit");
        for (const auto& [path, node] : fields.take_list("add_ons"))
            request.add_ons.push_back(read_item(*node, path, ProductType::add_on, imported));
        for (const auto& [path, node] : fields.take_list("cpes"))
            request.cpes.push_back(read_item(*node, path, ProductType::cpe, imported));
        request.billing = billing_of(fields);
        codes_.add_sub_service(request.subscriber + "/" + request.code);
        touched_ = SubServicePath{request.subscriber, request.code};
        return request;
    }

    Action add_sub_service(Fields& fields, Date date) {
        const auto request = sub_service_request(fields, false);
        return [date, request](Commands& c) { return c.add_sub_service(date, request); };
    }

    Action import_sub_service(Fields& fields, Date date) {
        const auto request = sub_service_request(fields, true);
        const auto status = fields.word<subscriptions::Status>(
            "status", {"inactive", "active", "suspended", "data_exhausted", "cancelled"});
        const charging::TakenOver taken_over{.status = status.value_or(subscriptions::Status::active),
                                             .activated_on = fields.date("activated_on"),
                                             .charged_to = fields.date("charged_to")};
        return [date, request, taken_over](Commands& c) { return c.import_sub_service(date, request, taken_over); };
    }

    Action activate(Fields& fields, Date date) {
        std::string code;
        if (fields.has("promo_code") && fields.take("promo_code")) code = fields.code("promo_code");
        return [date, code, path = path_of(fields)](Commands& c) { return c.activate(date, path, code); };
    }
    Action suspend(Fields& fields, Date date) {
        const auto reason = fields.text_or("reason", "");
        return [date, reason, path = path_of(fields)](Commands& c) { return c.suspend(date, path, reason); };
    }
    Action resume(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.resume(date, path); };
    }
    Action exhaust_data(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.exhaust_data(date, path); };
    }
    Action restore_data(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.restore_data(date, path); };
    }

    Action cancel(Fields& fields, Date date) {
        const auto path = path_of(fields);
        charging::Cancellation how;
        how.at = fields.word<charging::CancelAt>("at", {"end_of_period", "now"}).value_or(how.at);
        how.credit = fields.boolean("credit").value_or(false);
        how.waive_installments = fields.boolean("waive_installments").value_or(false);
        return [date, path, how](Commands& c) { return c.cancel(date, path, how); };
    }

    Action change_service(Fields& fields, Date date) {
        const auto path = path_of(fields);
        const auto service = known_product(fields, "service", ProductType::service);
        const auto when =
            fields.word<charging::ChangeWhen>("when", {"now", "next_period"}).value_or(charging::ChangeWhen::now);
        return [date, path, service, when](Commands& c) { return c.change_service(date, path, service, when); };
    }

    Action add_add_on(Fields& fields, Date date) {
        const auto path = path_of(fields);
        ItemRequest item{.code = known_product(fields, "add_on", ProductType::add_on)};
        item.quantity = fields.integer("quantity", 1, app::max_quantity).value_or(1);
        return [date, path, item](Commands& c) { return c.add_item(date, path, ProductType::add_on, item); };
    }

    Action remove_add_on(Fields& fields, Date date) {
        const auto path = path_of(fields);
        const auto add_on = known_product(fields, "add_on", ProductType::add_on);
        const bool credit = fields.boolean("credit").value_or(false);
        const bool waive = fields.boolean("waive_installments").value_or(false);
        return [=](Commands& c) { return c.remove_add_on(date, path, add_on, credit, waive); };
    }

    Action attach_cpe(Fields& fields, Date date) {
        const auto path = path_of(fields);
        ItemRequest item{.code = known_product(fields, "cpe", ProductType::cpe)};
        item.serial = fields.text_or("serial", "");
        item.quantity = fields.integer("quantity", 1, app::max_quantity).value_or(1);
        return [date, path, item](Commands& c) { return c.add_item(date, path, ProductType::cpe, item); };
    }

    Action return_cpe(Fields& fields, Date date) {
        const auto path = path_of(fields);
        const auto serial = fields.text("serial");
        const bool credit = fields.boolean("credit").value_or(false);
        const bool waive = fields.boolean("waive_installments").value_or(false);
        return [=](Commands& c) { return c.return_cpe(date, path, serial, credit, waive); };
    }

    Action change_price(Fields& fields, Date date) {
        static constexpr std::array<std::pair<std::string_view, ProductType>, 3> types{
            {{"service", ProductType::service}, {"add_on", ProductType::add_on}, {"cpe", ProductType::cpe}}};
        const auto named = std::find_if(types.begin(), types.end(), [&](const auto& t) { return fields.has(t.first); });
        if (named == types.end()) fields.fail("", "needs a service, an add_on or a cpe");
        const auto type = named->second;
        const auto code = known_product(fields, named->first, type);
        const auto price = read_price(fields, "price", currency_);
        return [date, type, code, price](Commands& c) { return c.change_price(date, type, code, price); };
    }

    Action move_to_current_price(Fields& fields, Date date) {
        return [date, path = path_of(fields)](Commands& c) { return c.move_to_current_price(date, path); };
    }

    Action record_payment(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto amount = read_money(fields, "amount", currency_);
        const auto method = read_method(fields);
        const auto reference = fields.text_or("reference", "");
        return [=](Commands& c) -> CommandResult {
            const auto paid = c.take_payment(date, subscriber, amount, method, reference);
            if (!paid) return Refused{paid.refusal()};
            return Done{};
        };
    }

    // By its id, or by its reference where only one of the subscriber's payments has it.
    struct PaymentName {
        std::string subscriber;
        std::string name;
    };
    PaymentName payment_of(Fields& fields) {
        auto subscriber = known_subscriber(fields, "subscriber");
        return {std::move(subscriber), fields.text("payment")};
    }
    template <typename Request, typename CarryOut>
    static CommandResult on_payment(Commands& c, const PaymentName& of, Request request, const CarryOut& carry_out) {
        const auto payment = c.find_payment(of.subscriber, of.name);
        if (!payment) return Refused{payment.refusal()};
        request.payment = payment.value();
        if (const auto result = carry_out(request); !result) return Refused{result.refusal()};
        return Done{};
    }

    Action transfer(Fields& fields, Date date) {
        const app::TransferRequest request{.from = known_subscriber(fields, "from"),
                                           .to = known_subscriber(fields, "to"),
                                           .amount = optional_money(fields, "amount"),
                                           .reference = fields.text_or("reference", "")};
        return [=](Commands& c) -> CommandResult {
            const auto paid = c.transfer(date, request);
            if (!paid) return Refused{paid.refusal()};
            return Done{};
        };
    }

    // For a unit or a sub-service of the subscriber, each by its own code.
    app::WalletRequest wallet_request(Fields& fields) {
        app::WalletRequest request{.subscriber = known_subscriber(fields, "subscriber"),
                                   .unit = fields.text_or("unit", ""),
                                   .sub_service = fields.text_or("sub_service", ""),
                                   .amount = optional_money(fields, "amount")};
        if (request.unit.empty() == request.sub_service.empty())
            fields.fail("unit", "name a unit or a sub_service, and not both");
        return request;
    }

    Action set_aside(Fields& fields, Date date) {
        const auto request = wallet_request(fields);
        return [=](Commands& c) -> CommandResult {
            const auto wallet = c.set_aside(date, request);
            if (!wallet) return Refused{wallet.refusal()};
            return Done{};
        };
    }

    Action release(Fields& fields, Date date) {
        const auto request = wallet_request(fields);
        return [=](Commands& c) -> CommandResult {
            const auto paid = c.release(date, request);
            if (!paid) return Refused{paid.refusal()};
            return Done{};
        };
    }

    Action refund(Fields& fields, Date date) {
        const auto of = payment_of(fields);
        const app::RefundRequest request{.payment = payments::PaymentId{0},
                                         .amount = optional_money(fields, "amount"),
                                         .fee = optional_money(fields, "fee"),
                                         .method = read_method(fields),
                                         .reference = fields.text_or("reference", "")};
        return [=](Commands& c) {
            return on_payment(c, of, request, [&](const auto& r) { return c.corrections().refund(date, r); });
        };
    }

    Action charge_back(Fields& fields, Date date) {
        const auto of = payment_of(fields);
        const app::ChargeBackRequest request{.payment = payments::PaymentId{0},
                                             .amount = optional_money(fields, "amount"),
                                             .reference = fields.text_or("reference", "")};
        return [=](Commands& c) {
            return on_payment(c, of, request, [&](const auto& r) { return c.corrections().charge_back(date, r); });
        };
    }

    Action credit_note(Fields& fields, Date date) {
        auto number = fields.text("document");
        const auto request = read_credit_note(fields, std::move(number), currency_);
        return [=](Commands& c) -> CommandResult {
            const auto noted = c.corrections().credit(date, request);
            if (!noted) return Refused{noted.refusal()};
            return Done{};
        };
    }

    Action write_off(Fields& fields, Date date) {
        auto number = fields.text("document");
        const auto request = read_write_off(fields, std::move(number), currency_);
        return [=](Commands& c) -> CommandResult {
            const auto given_up = c.corrections().write_off(date, request);
            if (!given_up) return Refused{given_up.refusal()};
            return Done{};
        };
    }

    Action receive_cheque(Fields& fields, Date date) {
        const app::Cheques::Received cheque{.subscriber = known_subscriber(fields, "subscriber"),
                                            .amount = read_money(fields, "amount", currency_),
                                            .number = fields.text("number"),
                                            .bank = fields.text_or("bank", ""),
                                            .method = fields.text_or("method", "cheque")};
        return [=](Commands& c) -> CommandResult {
            if (const auto done = c.cheques().receive(date, cheque); !done) return Refused{done.refusal()};
            return Done{};
        };
    }

    Action clear_cheque(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto number = fields.text("number");
        return [=](Commands& c) -> CommandResult {
            const auto cheque = c.cheques().find(subscriber, number);
            if (!cheque) return Refused{cheque.refusal()};
            if (const auto done = c.cheques().clear(date, *cheque); !done) return Refused{done.refusal()};
            return Done{};
        };
    }

    Action bounce_cheque(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto number = fields.text("number");
        const auto reason = fields.text("reason");
        return [=](Commands& c) -> CommandResult {
            const auto cheque = c.cheques().find(subscriber, number);
            if (!cheque) return Refused{cheque.refusal()};
            if (const auto done = c.cheques().bounce(date, *cheque, reason); !done) return Refused{done.refusal()};
            return Done{};
        };
    }

    // A sub-service, or a subscriber with all of theirs.
    app::Discounts::Whose whose(Fields& fields) {
        if (fields.has("sub_service")) {
            if (fields.has("subscriber"))
                fields.fail("subscriber", "goes without sub_service, which names one already");
            const auto path = path_of(fields);
            return {path.subscriber, path.sub_service};
        }
        return {known_subscriber(fields, "subscriber"), {}};
    }

    Action grant_discount(Fields& fields, Date date) {
        const auto to = whose(fields);
        const auto discount = fields.code("discount");
        const auto reason = fields.text_or("reason", "");
        return [=](Commands& c) { return done_or_refused(c.discounts().grant(date, to, discount, reason)); };
    }

    Action revoke_discount(Fields& fields, Date date) {
        const auto from = whose(fields);
        const auto discount = fields.code("discount");
        return [=](Commands& c) -> CommandResult {
            const auto grant = c.discounts().find(from, discount);
            if (!grant) return Refused{grant.refusal()};
            return done_or_refused(c.discounts().revoke(date, *grant));
        };
    }

    Action redeem_code(Fields& fields, Date date) {
        const auto to = whose(fields);
        const auto code = fields.code("code");
        return [=](Commands& c) { return done_or_refused(c.discounts().redeem(date, to, code)); };
    }

    std::optional<Money> optional_money(Fields& fields, std::string_view key) {
        return fields.has(key) ? std::optional(read_money(fields, key, currency_)) : std::nullopt;
    }

    Action collect(Fields&, Date date) {
        return [date](Commands& c) -> CommandResult {
            c.collect(date);
            return Done{};
        };
    }

    Action collection_hold(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto until = fields.date("until");
        const auto reason = fields.text_or("reason", "");
        return [=](Commands& c) -> CommandResult {
            const auto held = c.debtors().hold(date, subscriber, until, reason);
            if (!held) return Refused{held.refusal()};
            return Done{};
        };
    }

    Action payment_plan(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto parts = read_plan_parts(fields, currency_);
        return [=](Commands& c) -> CommandResult {
            const auto agreed = c.debtors().agree_on_plan(date, subscriber, parts);
            if (!agreed) return Refused{agreed.refusal()};
            return Done{};
        };
    }

    Action promise_payment(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto amount = optional_money(fields, "amount");
        std::optional<int> days;
        if (const auto said = fields.integer("days", 1, 60)) days = static_cast<int>(*said);
        return [=](Commands& c) -> CommandResult {
            const auto promised = c.debtors().promise(date, subscriber, amount, days);
            if (!promised) return Refused{promised.refusal()};
            return Done{};
        };
    }

    Action place_order(Fields& fields, Date date) {
        const auto request = read_order(fields, known_subscriber(fields, "subscriber"));
        return [=](Commands& c) -> CommandResult {
            const auto placed = c.pro_formas().order(date, request);
            if (!placed) return Refused{placed.refusal()};
            return Done{};
        };
    }

    Action withdraw_pro_forma(Fields& fields, Date date) {
        const auto number = fields.text("number");
        const auto reason = fields.text_or("reason", "");
        return [=](Commands& c) { return c.pro_formas().withdraw(date, number, reason); };
    }

    // Those of that day.
    Action issue_pro_formas(Fields&, Date date) {
        return [=](Commands& c) -> CommandResult {
            c.issue_pro_formas(date);
            return Done{};
        };
    }

    Action issue_advance_payment(Fields& fields, Date date) {
        const auto subscriber = known_subscriber(fields, "subscriber");
        const auto payment = fields.text("payment");
        return [=](Commands& c) -> CommandResult {
            const auto found = c.find_payment(subscriber, payment);
            if (!found) return Refused{found.refusal()};
            const auto issued = c.pro_formas().issue_advance_payment(date, found.value());
            if (!issued) return Refused{issued.refusal()};
            return Done{};
        };
    }

    Currency currency_;
    KnownCodes& codes_;
    std::optional<SubServicePath> touched_ = {};
};

// "12.34", or as programs write it: {amount: "12.34", currency: USD}, in the currency that is billed in.
std::string amount_text(Fields& fields, std::string_view key, Currency currency) {
    const auto* node = fields.take(key);
    if (!node || node->kind != Node::Kind::map) return fields.text(key);
    Fields money(*node, fields.path() + (fields.path().empty() ? "" : ".") + std::string(key));
    auto amount = money.text("amount");
    const auto code = money.text("currency");
    if (code != currency.code())
        money.fail("currency", "is " + code + ", but the operator bills in " + std::string(currency.code()));
    money.done();
    return amount;
}

}  // namespace

Command read_command(const std::string& name, Fields& fields, Date date, Currency currency, KnownCodes& codes) {
    return Reader(currency, codes).read(name, fields, date);
}

app::CreditNoteRequest read_credit_note(Fields& fields, std::string document, Currency currency) {
    app::CreditNoteRequest request{
        .document = std::move(document), .lines = {}, .reason = fields.text_or("reason", "")};
    for (const auto& [path, node] : fields.take_list("lines")) {
        Fields line(*node, path);
        const auto position = line.integer("line", 1, 1'000'000);
        if (!position) line.fail("line", "is missing: which line of the document, from 1");
        app::LineCredit credit{.position = static_cast<std::size_t>(*position)};
        if (line.has("amount")) credit.amount = read_money(line, "amount", currency);
        line.done();
        request.lines.push_back(credit);
    }
    return request;
}

app::OrderRequest read_order(Fields& fields, std::string subscriber) {
    app::OrderRequest request{.subscriber = std::move(subscriber), .items = {}};
    for (const auto& [path, node] : fields.take_list("items")) {
        Fields item(*node, path);
        app::OrderedRequest ordered{.sub_service = item.code("sub_service")};
        if (item.has("add_on") && item.has("cpe")) item.fail("cpe", "does not go with add_on: write an item for each");
        const bool is_cpe = item.has("cpe");
        if (is_cpe || item.has("add_on")) {
            ordered.product = item.code(is_cpe ? "cpe" : "add_on");
            ordered.type = is_cpe ? ProductType::cpe : ProductType::add_on;
        }
        const auto quantity = item.integer("quantity", 1, app::max_quantity);
        ordered.quantity = quantity.value_or(1);
        item.done();
        request.items.push_back(std::move(ordered));
    }
    if (request.items.empty()) fields.fail("items", "is missing; write a list of sub-services and what they get");
    if (const auto days = fields.integer("days", 1, 365)) request.days = static_cast<int>(*days);
    return request;
}

std::vector<collection::Plan::Part> read_plan_parts(Fields& fields, Currency currency) {
    std::vector<collection::Plan::Part> parts;
    for (const auto& [path, node] : fields.take_list("parts")) {
        Fields part(*node, path);
        const auto due = part.date("due");
        if (!due) part.fail("due", "is missing; write the date by which this part is to be paid");
        parts.push_back({*due, read_money(part, "amount", currency)});
        part.done();
    }
    if (parts.empty()) fields.fail("parts", "is missing; write a list of dates and amounts");
    return parts;
}

app::WriteOffRequest read_write_off(Fields& fields, std::string document, Currency currency) {
    app::WriteOffRequest request{.document = std::move(document), .amount = {}, .reason = fields.text_or("reason", "")};
    if (fields.has("amount")) request.amount = read_money(fields, "amount", currency);
    return request;
}

bool is_command(std::string_view name) { return Reader::commands().contains(name); }

std::string command_names() {
    std::string names;
    for (const auto& [name, read] : Reader::commands()) names += (names.empty() ? "" : ", ") + name;
    return names;
}

Money read_money(Fields& fields, std::string_view key, Currency currency) {
    const auto text = amount_text(fields, key, currency);
    const auto money = Money::parse(text, currency);
    if (!money)
        fields.fail(key, "\"" + text + "\" is no amount in " + std::string(currency.code()) + ", which has " +
                             std::to_string(currency.minor_digits()) + " decimals");
    return *money;
}

Decimal read_price(Fields& fields, std::string_view key, Currency currency) {
    const auto* node = fields.take(key);
    if (!node || node->kind != Node::Kind::map) return fields.decimal(key);
    const auto text = amount_text(fields, key, currency);
    const auto price = Decimal::parse(text);
    if (!price || price->is_negative())
        fields.fail(key, "\"" + text + "\" is no price; write digits with a point and at most 9 decimals, as 40.00");
    return *price;
}

std::string read_method(Fields& fields) {
    auto method = fields.text_or("method", "");
    if (method == "transfer")
        fields.fail("method",
                    "\"transfer\" is the word for money between two subscribers; say bank_transfer, or another word");
    return method;
}

}  // namespace sluice::serve
