// The commands about money that comes in, goes back or is let off.
#include <set>

#include "serve/cli/add_command.hpp"

namespace sluice::serve {

namespace {

void payment_method_options(CLI::App& command, PaymentMethodOptions& options) {
    command.add_option("CODE", options.code, "The payment method's code")->required();
    command.add_option("--name", options.name, "For those who pay");
    command.add_option("--setting", options.settings, "A setting of the gateway: NAME=VALUE, or NAME=@FILE");
    command.add_option("--minimum", options.minimum, "The smallest amount that it takes");
    command.add_option("--maximum", options.maximum, "The largest amount that it takes");
    command.add_option("--percent", options.percent, "Commission: percent of the amount");
    command.add_option("--fixed", options.fixed, "Commission: so much each time");
    command.add_flag("--on-top", options.on_top, "The payer pays the commission beside the amount");
    command.add_flag("--enable", options.enable, "From now on it can be paid by it");
    command.add_flag("--disable", options.disable, "Nobody is sent to pay by it any more");
    command.add_flag("--test-mode", options.test_mode, "With keys that move no money");
    command.add_flag("--live-mode", options.live_mode, "With keys that do");
}

}  // namespace

void add_payment_methods(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("payment-methods", "Ways to pay that an operator offers");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const PaymentMethodOptions&)) {
        const auto options = std::make_shared<PaymentMethodOptions>();
        auto& sub = add_command(*command, chosen, name, description, "  sluice payment-methods " + name + example,
                                options, carry_out);
        if (name != "list") payment_method_options(sub, *options);
        if (name == "create") sub.add_option("--gateway", options->gateway, "Which gateway")->capture_default_str();
        json_option(sub, *options);
    };
    add("list", "List them in their order", " --db sqlite:sluice.db --operator metro", list_payment_methods);
    add("create", "Make one of a gateway",
        " card --gateway stripe --setting secret_key=@key.txt --setting webhook_secrets=@whsec.txt --percent 2 --fixed "
        "1.00 --on-top --enable --db sqlite:sluice.db --operator metro",
        create_payment_method);
    add("update", "Change one", " card --disable --db sqlite:sluice.db --operator metro", update_payment_method);
}

void add_checkouts(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("checkouts", "Payments through gateways");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const CheckoutOptions&)) {
        const auto options = std::make_shared<CheckoutOptions>();
        auto& sub = add_command(*command, chosen, name, description, "  sluice checkouts " + name + example, options,
                                carry_out);
        if (name == "show" || name == "query")
            sub.add_option("CHECKOUT", options->id, "Its id, checkout_…")->required();
        if (name == "list") {
            sub.add_option("--subscriber", options->subscriber, "Only this subscriber, by code");
            sub.add_option("--limit", options->limit, "At most so many")
                ->check(CLI::Range(1, 100'000))
                ->capture_default_str();
        }
        if (name == "begin") {
            sub.add_option("SUBSCRIBER", options->subscriber, "Who pays, by code")->required();
            sub.add_option("--method", options->method, "The payment method, by code")->required();
            sub.add_option("--document", options->document, "The number of the invoice to be paid");
            sub.add_option("--amount", options->amount, "So much in advance instead");
            sub.add_flag("--save-method", options->save_method, "So that the card can be charged again");
            sub.add_option("--return-url", options->return_url, "Where the payer comes back to")->required();
        }
        json_option(sub, *options);
    };
    add("list", "List them, newest first", " --db sqlite:sluice.db --operator metro", list_checkouts);
    add("begin", "Begin one: prints the address of the page to pay on",
        " S000009 --method card --document INV-2026-000001 --return-url https://portal.example.com --db "
        "sqlite:sluice.db --operator metro",
        begin_checkout);
    add("show", "Show one", " checkout_6h0w7mrpqmg21 --db sqlite:sluice.db --operator metro", show_checkout);
    add("events", "Show what gateways told and the books could not take", " --db sqlite:sluice.db --operator metro",
        list_gateway_events);
    add("query", "Ask the gateway how one stands", " checkout_6h0w7mrpqmg21 --db sqlite:sluice.db --operator metro",
        query_checkout);
}

void add_cash(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("cash", "Cash desks: shifts, receipts, what was counted");
    command->require_subcommand(1);
    const std::string at = " --db sqlite:sluice.db --operator metro";
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         const std::set<std::string>& taken, int (*carry_out)(Session&, const CashOptions&)) {
        const auto options = std::make_shared<CashOptions>();
        auto& sub = add_command(*command, chosen, name, description, "  sluice cash " + name + example + at, options,
                                carry_out);
        const auto has = [&](const std::string& what) { return taken.contains(what); };
        if (has("desk")) sub.add_option("DESK", options->name, "The desk, by its code")->required();
        if (has("shift"))
            sub.add_option("SHIFT", options->name, "A desk with an open shift, or a shift's id")->required();
        if (has("receipt")) sub.add_option("NUMBER", options->name, "The receipt's number")->required();
        if (has("subscriber")) sub.add_option("SUBSCRIBER", options->subscriber, "Who pays, by code")->required();
        if (has("payment"))
            sub.add_option("PAYMENT", options->payment, "The payment that is refunded, by its id")->required();
        if (has("amount")) sub.add_option("AMOUNT", options->amount, "As 50.00")->required();
        if (has("date")) sub.add_option("DATE", options->date, "As 2026-02-03")->required();
        if (has("--desk")) sub.add_option("--desk", options->name, "Only of this desk");
        if (has("--clerk")) sub.add_option("--clerk", options->clerk, "Who is at the till");
        if (has("--amount")) sub.add_option("--amount", options->amount, "As 50.00; all there is, unless said");
        if (has("--fee"))
            sub.add_option("--fee", options->fee, "What is kept of it; by the operator's rule, unless said");
        if (has("--method")) sub.add_option("--method", options->method, "The payment's method")->capture_default_str();
        if (has("--reference")) sub.add_option("--reference", options->reference, "By which it is found again");
        if (has("reason")) sub.add_option("--reason", options->reason, "What it is")->required();
        if (has("--reason")) sub.add_option("--reason", options->reason, "Why the till does not hold what it should");
        if (has("--limit"))
            sub.add_option("--limit", options->limit, "At most so many")
                ->check(CLI::Range(1, 100'000))
                ->capture_default_str();
        json_option(sub, *options);
    };
    add("list", "List shifts, newest first", "", {"--desk", "--limit"}, list_cash_shifts);
    add("open", "Open a shift at a desk, with a float", " front 100.00 --clerk Maria", {"desk", "amount", "--clerk"},
        open_cash_shift);
    add("pay", "Take a payment, and print its receipt", " front S000009 50.00",
        {"desk", "subscriber", "amount", "--method", "--reference"}, take_cash);
    add("refund", "Refund a payment out of the till", " front pay_6h0w7mrpqmg09 --amount 20.00",
        {"desk", "payment", "--amount", "--fee", "--reference"}, pay_out_cash);
    add("in", "Put money into the till that is no subscriber's", " front 20.00 --reason \"change from the safe\"",
        {"desk", "amount", "reason"}, put_cash_in);
    add("out", "Take money out of the till", " front 500.00 --reason \"to the bank\"", {"desk", "amount", "reason"},
        take_cash_out);
    add("close", "Close a shift with what was counted", " front 114.52", {"desk", "amount", "--reason"},
        close_cash_shift);
    add("show", "Show a shift and what went through its till", " front", {"shift"}, show_cash_shift);
    add("receipt", "Print a receipt", " RCPT-2026-000001", {"receipt"}, show_cash_receipt);
    add("report", "All shifts of a day, with their sums", " 2026-02-03", {"date", "--limit"}, report_cash);
}

void add_cheques(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("cheques", "Cheques that were handed in");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const ChequeOptions&)) {
        const auto options = std::make_shared<ChequeOptions>();
        auto& sub = add_command(*command, chosen, name, description,
                                "  sluice cheques " + name + example + " --db sqlite:sluice.db --operator metro",
                                options, carry_out);
        if (name == "list") {
            sub.add_option("--state", options->state, "received, cleared or bounced")
                ->check(CLI::IsMember({"received", "cleared", "bounced"}));
            sub.add_option("--subscriber", options->subscriber, "Only this subscriber's, by code");
            sub.add_option("--limit", options->limit, "At most so many")
                ->check(CLI::Range(1, 100'000))
                ->capture_default_str();
        } else if (name == "receive") {
            sub.add_option("SUBSCRIBER", options->subscriber, "Who pays, by code")->required();
            sub.add_option("AMOUNT", options->amount, "As 50.00")->required();
            sub.add_option("--number", options->number, "As it is printed")->required();
            sub.add_option("--bank", options->bank, "On which it is drawn");
            sub.add_option("--method", options->method, "The payment's method")->capture_default_str();
        } else {
            sub.add_option("CHEQUE", options->id, "The cheque's id")->required();
        }
        if (name == "bounce") sub.add_option("--reason", options->reason, "What the bank says")->required();
        if (name != "list") sub.add_option("--date", options->date, "As 2026-02-28; today, unless said");
        json_option(sub, *options);
    };
    add("list", "List them, newest first", " --state received", list_cheques);
    add("receive", "Record one: it is a payment at once", " S000009 50.00 --number 000817", receive_cheque);
    add("clear", "The bank has paid one", " cheque_6h0w7mrpqmg40", clear_cheque);
    add("bounce", "The bank has not: what it paid is open again", " cheque_6h0w7mrpqmg40 --reason \"no funds\"",
        bounce_cheque);
}

void add_pro_formas(CLI::App& app, Chosen& chosen) {
    auto* command =
        app.add_subcommand("pro-formas", "What is to be paid in advance: orders, and before money runs out");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const ProFormaOptions&)) {
        const auto options = std::make_shared<ProFormaOptions>();
        auto& sub = add_command(*command, chosen, name, description,
                                "  sluice pro-formas " + name + example + " --db sqlite:sluice.db --operator metro",
                                options, carry_out);
        if (name == "list") {
            sub.add_option("--state", options->state, "open, paid, expired or withdrawn")
                ->check(CLI::IsMember({"open", "paid", "expired", "withdrawn"}));
            sub.add_option("--purpose", options->purpose, "projected_spending or order")
                ->check(CLI::IsMember({"projected_spending", "order"}));
            sub.add_option("--subscriber", options->subscriber, "Only this subscriber's, by code");
            sub.add_option("--limit", options->limit, "At most so many")
                ->check(CLI::Range(1, 100'000))
                ->capture_default_str();
        } else if (name == "order") {
            sub.add_option("SUBSCRIBER", options->subscriber, "Who orders, by code")->required();
            sub.add_option("SUB_SERVICE", options->sub_services, "What is activated, or gets what follows, by code")
                ->required()
                ->expected(1, 100);
            sub.add_option("--add-on", options->add_ons, "An add-on that it gets, as STATIC-IP or STATIC-IP=2");
            sub.add_option("--cpe", options->cpes, "A CPE that it gets, as ROUTER");
            sub.add_flag("--activate", options->activate, "Activate it, too, when it gets add-ons or CPEs");
            sub.add_option("--days", options->days,
                           "For how many days it can be paid; as the settings say, unless said")
                ->check(CLI::Range(1, 365));
        } else {
            sub.add_option("NUMBER", options->number, "Its number")->required();
        }
        if (name == "withdraw") sub.add_option("--reason", options->reason, "Why");
        if (name == "order" || name == "withdraw")
            sub.add_option("--date", options->date, "As 2026-02-28; today, unless said");
        json_option(sub, *options);
    };
    add("list", "List them, newest first", " --state open", list_pro_formas);
    add("show", "Show one with its lines", " PF-2026-000001", show_pro_forma);
    add("order", "Order what begins when it is paid", " S000009 main --add-on STATIC-IP", place_order);
    add("withdraw", "Withdraw one: nothing begins any more when it is paid",
        " PF-2026-000001 --reason \"Changed their mind\"", withdraw_pro_forma);
}

void add_advance_payments(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("advance-payments", "Documents of money that was paid ahead");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const ProFormaOptions&)) {
        const auto options = std::make_shared<ProFormaOptions>();
        auto& sub =
            add_command(*command, chosen, name, description,
                        "  sluice advance-payments " + name + example + " --db sqlite:sluice.db --operator metro",
                        options, carry_out);
        if (name == "list") {
            sub.add_option("--subscriber", options->subscriber, "Only this subscriber's, by code");
            sub.add_option("--limit", options->limit, "At most so many")
                ->check(CLI::Range(1, 100'000))
                ->capture_default_str();
        } else if (name == "issue") {
            sub.add_option("PAYMENT", options->number, "The payment's id")->required();
            sub.add_option("--date", options->date, "As 2026-02-28; today, unless said");
        } else {
            sub.add_option("NUMBER", options->number, "Its number")->required();
        }
        json_option(sub, *options);
    };
    add("list", "List them, newest payment first", "", list_advance_payments);
    add("show", "Show one", " ADV-2026-000001", show_advance_payment);
    add("issue", "Issue one for what a payment pays nothing with", " pay_6h0w7mrpqmg09", issue_advance_payment);
}

namespace {

using DiscountCommand = int (*)(Session&, const DiscountOptions&);

CLI::App& add_discount_command(CLI::App& command, Chosen& chosen, const std::string& name,
                               const std::string& description, const std::string& example,
                               const std::shared_ptr<DiscountOptions>& options, DiscountCommand carry_out) {
    auto& sub =
        add_command(command, chosen, name, description,
                    "  sluice " + command.get_name() + " " + name + example + " --db sqlite:sluice.db --operator metro",
                    options, carry_out);
    if (name == "list" || name == "grants")
        sub.add_option("--limit", options->limit, "At most so many")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
    if (name == "grant" || name == "revoke" || name == "redeem")
        sub.add_option("--date", options->date, "As 2026-02-28; today, unless said");
    if (name != "remove") json_option(sub, *options);
    return sub;
}

void add_span_options(CLI::App& sub, DiscountOptions& options) {
    sub.add_option("--from", options.from, "The first day, as 2026-02-28");
    sub.add_option("--to", options.to, "The first day without it");
}

}  // namespace

void add_discounts(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("discounts", "What is taken off charges, and who was granted it");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         DiscountCommand carry_out) {
        const auto options = std::make_shared<DiscountOptions>();
        auto& sub = add_discount_command(*command, chosen, name, description, example, options, carry_out);
        if (name == "grant")
            sub.add_option("WHOSE", options->whose, "subscriber/sub-service, or a subscriber with all of theirs")
                ->required();
        if (name == "grants") {
            sub.add_option("--subscriber", options->whose, "Only this subscriber's, by code");
            sub.add_option("--discount", options->code, "Only of this discount, by code");
        } else if (name == "revoke") {
            sub.add_option("GRANT", options->code, "The grant's id")->required();
        } else if (name != "list") {
            sub.add_option("DISCOUNT", options->code, "Its code")->required();
        }
        if (name == "end") sub.add_option("DATE", options->to, "The first billing date without it")->required();
        if (name == "grant") sub.add_option("--reason", options->reason, "Why it is given");
        if (name != "create") return;
        sub.add_option("--name", options->name, "As it is printed; the code, unless said");
        sub.add_option("--percent", options->percent, "Of what is left of the line, as 20");
        sub.add_option("--fixed", options->fixed, "For each unit and full period instead, as 5.00");
        sub.add_option("--type", options->type, "Only of services, add-ons or CPEs")
            ->check(CLI::IsMember({"service", "add_on", "cpe"}));
        sub.add_option("--product", options->product, "Only of this product of that type, by code");
        sub.add_option("--kind", options->kind, "Only of services of this kind");
        sub.add_option("--charges", options->charges, "Of periods, of what falls due once, or both")
            ->check(CLI::IsMember({"recurring", "one_time", "all"}))
            ->capture_default_str();
        sub.add_option("--region", options->region, "Only for subscribers of this region");
        sub.add_option("--pop", options->pop, "Only for subscribers at this point of presence");
        sub.add_option("--category", options->category, "Only for subscribers of this category");
        add_span_options(sub, *options);
        sub.add_option("--periods", options->periods, "So many periods of each item; without an end, unless said")
            ->check(CLI::Range(1, 1'200));
        sub.add_option("--priority", options->priority, "Lower ones are taken first")
            ->check(CLI::Range(0, 1'000))
            ->capture_default_str();
        sub.add_flag("--stacks", options->stacks, "Taken after others, from what is left; else only the best is taken");
        sub.add_flag("--automatic", options->automatic, "Whoever matches has it; else who was granted it");
    };
    add("list", "List them", "", list_discounts);
    add("create", "Add one", " students --percent 20 --category student --automatic", create_discount);
    add("show", "Show one", " students", show_discount);
    add("end", "End one: later billing dates have it no more", " students 2026-07-01", end_discount);
    add("remove", "Remove one that nothing goes back to", " students", remove_discount);
    add("grant", "Grant one", " S000009/net welcome --reason \"moved in\"", grant_discount);
    add("revoke", "Revoke a grant: later billing dates have it no more", " grant_6h0w7mrpqmg50", revoke_discount);
    add("grants", "List what was granted, newest first", " --subscriber S000009", list_discount_grants);
}

void add_promo_codes(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("promo-codes", "Codes that grant a discount to who redeems them");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         DiscountCommand carry_out) {
        const auto options = std::make_shared<DiscountOptions>();
        auto& sub = add_discount_command(*command, chosen, name, description, example, options, carry_out);
        if (name != "list") sub.add_option("CODE", options->code, "The promo code")->required();
        if (name == "end") sub.add_option("DATE", options->to, "The first day without it")->required();
        if (name == "redeem")
            sub.add_option("WHOSE", options->whose, "subscriber/sub-service, or a subscriber with all of theirs")
                ->required();
        if (name != "create") return;
        sub.add_option("DISCOUNT", options->product, "That it grants, by code")->required();
        sub.add_option("--max-uses", options->max_uses, "How often it can be redeemed; without a limit, unless said")
            ->check(CLI::Range(1, 1'000'000'000));
        sub.add_option("--max-uses-per-subscriber", options->max_uses_per_subscriber, "Likewise, by one subscriber")
            ->check(CLI::Range(1, 1'000'000));
        add_span_options(sub, *options);
    };
    add("list", "List them, with how often they were redeemed", "", list_promo_codes);
    add("create", "Add one", " HELLO welcome --max-uses 100", create_promo_code);
    add("show", "Show one", " HELLO", show_promo_code);
    add("end", "End one: it cannot be redeemed any more", " HELLO 2026-07-01", end_promo_code);
    add("redeem", "Redeem one", " HELLO S000009/net", redeem_promo_code);
}

void add_saved_methods(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("saved-methods", "Cards that may be charged again");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const SavedMethodOptions&)) {
        const auto options = std::make_shared<SavedMethodOptions>();
        auto& sub = add_command(
            *command, chosen, name, description,
            "  sluice saved-methods " + name + " S000009" + example + " --db sqlite:sluice.db --operator metro",
            options, carry_out);
        sub.add_option("SUBSCRIBER", options->subscriber, "Whose they are, by code")->required();
        if (name != "list") sub.add_option("SAVED_METHOD", options->id, "Its id")->required();
        if (name == "charge") {
            sub.add_option("--document", options->document, "The number of the invoice to be paid");
            sub.add_option("--amount", options->amount, "So much in advance instead");
        }
        if (name != "remove") json_option(sub, *options);
    };
    add("list", "List those of a subscriber", "", list_saved_methods);
    add("charge", "Charge one", " saved_6h0w7mrpqmg22 --document INV-2026-000001", charge_saved_method);
    add("remove", "Forget one, here and at the gateway", " saved_6h0w7mrpqmg22", remove_saved_method);
}

void add_payouts(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("payouts", "Refunds whose money has to reach the payer");
    command->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const PayoutOptions&)) {
        const auto options = std::make_shared<PayoutOptions>();
        auto& sub = add_command(*command, chosen, name, description,
                                "  sluice payouts " + name + example + " --db sqlite:sluice.db --operator metro",
                                options, carry_out);
        if (name != "list") sub.add_option("PAYOUT", options->id, "Its id, as `payouts list` shows it")->required();
        if (name == "pay") sub.add_option("--reference", options->reference, "By which it is found again");
        if (name == "list")
            sub.add_option("--state", options->state, "Only those that are under_way, open, paid or cancelled")
                ->check(CLI::IsMember({"under_way", "open", "paid", "cancelled"}));
        json_option(sub, *options);
    };
    add("list", "List them, the newest first", " --state open", list_payouts);
    add("pay", "Say that somebody has made one", " payout_6h0w7mrpqmg0p --reference \"transfer 17\"", pay_payout);
    add("cancel", "Make one no more: the money is the subscriber's again", " payout_6h0w7mrpqmg0p", cancel_payout);
    add("query", "Have the gateway make one now, or tell how it stands", " payout_6h0w7mrpqmg0p", query_payout);
}

void add_automatic_payments(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("automatic-payments", "Saved methods that are charged by themselves");
    command->require_subcommand(1);
    using Options = AutomaticOptions;
    const auto add = [&](const std::string& name, const std::string& description, const std::string& example,
                         int (*carry_out)(Session&, const Options&)) {
        const auto options = std::make_shared<Options>();
        auto& sub =
            add_command(*command, chosen, name, description,
                        "  sluice automatic-payments " + name + example + " --db sqlite:sluice.db --operator metro",
                        options, carry_out);
        return std::pair<CLI::App*, Options*>(&sub, options.get());
    };
    const auto list = add("list", "List those of a subscriber", " S000009", list_automatic_payments);
    list.first->add_option("SUBSCRIBER", list.second->subscriber, "By code")->required();
    json_option(*list.first, *list.second);
    const auto enable = add("enable", "Charge a saved method by itself, from today on",
                            " S000009 --top-up --saved-method saved_6h0w7mrpqmg22", enable_automatic_payment);
    enable.first->add_option("SUBSCRIBER", enable.second->subscriber, "By code")->required();
    auto* what = enable.first->add_option_group("What for", "");
    what->add_flag("--top-up", enable.second->top_up, "What the forecast lacks, before a renewal that is not covered");
    what->add_flag("--documents", enable.second->documents, "Each document when it is due");
    what->add_option("--sub-service", enable.second->sub_service, "What this one renews for, by code");
    what->require_option(1);
    enable.first->add_option("--saved-method", enable.second->saved_method, "Its id, as `saved-methods list` shows it")
        ->required();
    json_option(*enable.first, *enable.second);
    const auto disable = add("disable", "Charge it no more", " S000009 auto_6h0w7mrpqmg0m", disable_automatic_payment);
    disable.first->add_option("SUBSCRIBER", disable.second->subscriber, "By code")->required();
    disable.first->add_option("AUTOMATIC_PAYMENT", disable.second->id, "Its id")->required();
    const auto preview =
        add("preview", "Show who would be charged what, and who would not, and why", "", preview_automatic_payments);
    const auto run = add("run", "Charge what is due, each once for a date", "", run_automatic_payments);
    for (const auto& one : {preview, run}) {
        one.first->add_option("--date", one.second->date, "As 2026-03-01; today, unless said");
        json_option(*one.first, *one.second);
    }
}

}  // namespace sluice::serve
