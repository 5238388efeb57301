// A running server with what most situations need: an operator, a catalogue, somebody who buys.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "api/client.hpp"
#include "api/running_server.hpp"

namespace sluice::test {

// Each test has a server and a store of its own.
class OverHttp : public testing::Test {
protected:
    // As the platform's owner.
    Client platform() const { return {server_.port(), server_.first_key()}; }

    TemporaryDirectory directory_;
    RunningServer server_{directory_.path()};
};

// Makes an operator in USD and UTC, billed by cycle; the client acts for it with the platform's key.
Client make_operator(const Client& platform, const std::string& code);
// Services `net` (40.00 a month), `fast` (70.00 a month) and `metered` (30.00 in arrears), add-ons `ip` (5.00 a month)
// and `install` (60.00 in 3 instalments), CPE `router` (99.00 once), all with the tax `vat` (10 % on top).
void make_catalog(Client& op);
// A subscriber with a contact.
void make_subscriber(Client& op, const std::string& code);
// Sub-service `subscriber/code` of `net`, active from `date` on.
void sell_net(Client& op, const std::string& subscriber, const std::string& code, const std::string& date);
// A key of the client's operator with that role.
std::string make_key(Client& op, const std::string& role);
// The books as the API and the program itself see them.
void expect_sound_books(Client& op);

std::string sub_service_path(const std::string& subscriber, const std::string& code);

}  // namespace sluice::test
