#include "serve/scenario/card_commands.hpp"

#include <algorithm>
#include <array>

#include "app/automatic_payments.hpp"
#include "app/prepare_checkout.hpp"
#include "serve/scenario/simulated_gateway.hpp"

namespace sluice::serve {
namespace {

using app::Books;
using app::CommandResult;

constexpr std::array<std::string_view, 4> command_words{"save_card", "automatic_payment", "end_automatic_payment",
                                                        "charge_automatically"};
constexpr std::int64_t batch_size = 250;  // accounts, as the task has it
constexpr int noon = 12;

// There are no settings to keep secret, and nobody to ask.
class NoSecrets final : public app::SecretBox {
public:
    std::string seal(std::string_view secret) override { return std::string(secret); }
    std::string open(std::string_view sealed) override { return std::string(sealed); }
};
class NoNetwork final : public app::HttpClient {
public:
    app::HttpReply send(const app::HttpRequest&) override { throw app::HttpFailure("a scenario asks nobody"); }
};

// The method that all cards of a scenario are of.
app::PaymentMethodId card_method(Books& books, Instant now) {
    const auto& op = books.commands.op();
    for (const auto& method : books.store.payment_methods(op.id))
        if (method.code == "card") return method.id;
    const app::PaymentMethod method{.id = books.ids.next<app::PaymentMethodId>(),
                                    .op = op.id,
                                    .code = "card",
                                    .name = "Card",
                                    .gateway = "simulated",
                                    .is_enabled = true,
                                    .is_test = true,
                                    .terms = {.commission = {.fixed = Money::zero(op.currency)}},
                                    .sealed_settings = {},
                                    .created_at = now};
    books.store.add_payment_method(method);
    return method.id;
}

std::string token_of(const std::string& subscriber, const std::string& card) { return subscriber + "/" + card; }

// Whose, and what for: a sub-service by its path, or `for` with the subscriber.
struct Wish {
    std::string subscriber;
    std::string sub_service = {};
};

Wish read_wish(Fields& fields, KnownCodes& codes) {
    if (!fields.has("sub_service")) {
        const auto subscriber = fields.code("subscriber");
        codes.check_subscriber(subscriber, fields, "subscriber");
        return {subscriber};
    }
    if (fields.has("subscriber"))
        fields.fail("subscriber", "goes without sub_service, which names the subscriber already");
    const auto path = fields.text("sub_service");
    codes.check_sub_service(path, fields);
    const auto slash = path.find('/');
    return {path.substr(0, slash), path.substr(slash + 1)};
}

class Day {
public:
    Day(std::shared_ptr<SimulatedGateway> gateway, Date date, Instant now)
        : gateway_(std::move(gateway)), gateways_{gateway_}, date_(date), now_(now) {}

    CommandResult save_card(Books& books, const std::string& code, const std::string& card,
                            const std::vector<Answer>& answers) const {
        app::Transaction transaction(books.store);
        const auto& op = books.commands.op();
        books.store.hold(op.id, code);
        const auto subscriber = books.store.find_subscriber(op.id, code);
        if (!subscriber) return Refused{app::unknown_thing(app::RefusalCode::unknown_subscriber, "subscriber", code)};
        books.store.add_saved_method({.id = books.ids.next<app::SavedMethodId>(),
                                      .subscriber = subscriber->id,
                                      .op = op.id,
                                      .method = card_method(books, now_),
                                      .token = token_of(code, card),
                                      .customer = code,
                                      .brand = "test",
                                      .last4 = "4242",
                                      .expires_month = 12,
                                      .expires_year = date_.year() + 3,
                                      .created_at = now_});
        transaction.commit();
        gateway_->will_answer(token_of(code, card), answers);
        return Done{};
    }

    CommandResult enable(Books& books, app::EnableAutomatic wish, const std::string& card) const {
        app::Transaction transaction(books.store);
        const auto subscriber = books.store.find_subscriber(books.commands.op().id, wish.subscriber);
        const auto cards = subscriber ? books.store.saved_methods(subscriber->id) : std::vector<app::SavedMethod>{};
        const auto named = std::find_if(cards.begin(), cards.end(),
                                        [&](const auto& one) { return one.token == token_of(wish.subscriber, card); });
        if (named == cards.end())
            return Refused{
                app::unknown_thing(app::RefusalCode::unknown_saved_method, "card of " + wish.subscriber, card)};
        wish.saved = named->id;
        const auto enabled = app::enable_automatic(books, gateways_, wish, now_, date_);
        if (enabled) transaction.commit();
        return done_or_refused(enabled);
    }

    CommandResult disable(Books& books, const Wish& wish) const {
        app::Transaction transaction(books.store);
        const auto& op = books.commands.op();
        const auto subscriber = books.store.find_subscriber(op.id, wish.subscriber);
        auto ended = payments::AutomaticPaymentId{0};
        if (subscriber)
            for (const auto& row : books.store.automatic().of_subscriber(subscriber->id, op.currency))
                if (row.sub_service_code == wish.sub_service) ended = row.payment.id;
        const auto done = app::disable_automatic(books, wish.subscriber, ended);
        if (done) transaction.commit();
        return done_or_refused(done);
    }

    // As the task does it, one charge after another.
    CommandResult charge_all(Books& books) const {
        const auto in_books = [&](const std::function<void(Books&)>& step) {
            app::Transaction transaction(books.store);
            step(books);
            transaction.commit();
        };
        NoSecrets secrets;
        NoNetwork network;
        app::Checkouts checkouts({.gateways = gateways_,
                                  .secrets = secrets,
                                  .http = network,
                                  .in_books = in_books,
                                  .now = now_,
                                  .today = date_});
        const app::AutomaticRun run{gateways_, date_, date_.days_since_1970(), now_};
        std::vector<app::CheckoutId> begun;
        std::optional<customers::SubscriberId> after;
        do {
            app::AutomaticBatch batch;
            in_books([&](Books& open) { batch = app::begin_charges(open, run, after, batch_size); });
            after = batch.after;
            // What comes of it is in the checkout, a refusal too.
            for (const auto& charge : batch.charges) {
                (void)checkouts.carry_out(charge);
                begun.push_back(charge.made->checkout.id);
            }
        } while (after);
        const auto op = books.commands.op().id;
        for (const auto id : begun)
            if (books.store.find_checkout(op, id)->checkout.state == app::CheckoutState::unknown)
                (void)checkouts.query(id);
        return Done{};
    }

private:
    std::shared_ptr<SimulatedGateway> gateway_;
    app::Gateways gateways_;
    Date date_;
    Instant now_;
};

std::vector<Answer> read_answers(Fields& fields) {
    static constexpr std::array<std::string_view, 6> words{
        "succeeded", "declined", "declined_for_good", "authentication_required", "silent", "unreachable"};
    std::vector<Answer> answers;
    for (const auto& [path, node] : fields.take_list("answers")) {
        const auto word = std::find(words.begin(), words.end(), node->text);
        if (word == words.end()) {
            std::string known;
            for (const auto one : words) known += (known.empty() ? "" : ", ") + std::string(one);
            throw InputError(node->line, path, "\"" + node->text + "\" is no answer of a gateway; known are: " + known);
        }
        answers.push_back(static_cast<Answer>(word - words.begin()));
    }
    return answers;
}

}  // namespace

CardCommands::CardCommands(const Zone& zone) : zone_(zone), gateway_(std::make_shared<SimulatedGateway>()) {}

bool CardCommands::is_command(std::string_view name) {
    return std::find(command_words.begin(), command_words.end(), name) != command_words.end();
}

std::string CardCommands::names() {
    std::string names;
    for (const auto word : command_words) names += (names.empty() ? "" : ", ") + std::string(word);
    return names;
}

CardCommands::Action CardCommands::read(std::string_view name, Fields& fields, Date date, KnownCodes& codes) const {
    const Day day(gateway_, date, zone_.instant_at(date, noon));
    if (name == "charge_automatically") return [day](Books& books) { return day.charge_all(books); };
    if (name == "save_card" && fields.has("sub_service"))
        fields.fail("sub_service", "has no cards of its own; name the subscriber");
    const auto wish = read_wish(fields, codes);
    if (name == "end_automatic_payment") return [day, wish](Books& books) { return day.disable(books, wish); };
    const auto card = fields.text_or("card", "card");
    if (name == "save_card") {
        const auto answers = read_answers(fields);
        return [=](Books& books) { return day.save_card(books, wish.subscriber, card, answers); };
    }
    app::EnableAutomatic enable{.subscriber = wish.subscriber,
                                .what = payments::AutomaticFor::sub_service,
                                .sub_service = wish.sub_service,
                                .saved = app::SavedMethodId{0}};
    if (wish.sub_service.empty()) {
        const auto what = fields.word<payments::AutomaticFor>("for", {"top_up", "documents"});
        if (!what) fields.fail("for", "is missing; write top_up or documents, or name a sub_service");
        enable.what = *what;
    }
    return [=](Books& books) { return day.enable(books, enable, card); };
}

}  // namespace sluice::serve
