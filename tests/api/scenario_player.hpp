// A scenario file played over HTTP: each step by the route of its command, bill runs between the dates, and what is
// then to be read held against what the file expects.
#pragma once

#include <string>
#include <vector>

#include "api/client.hpp"
#include "serve/scenario/scenario.hpp"

namespace sluice::test {

class ScenarioPlayer {
public:
    // `code`: the operator that is made for it.
    ScenarioPlayer(const Client& platform, const std::string& file, const std::string& code);

    void play();
    // What differs, in words.
    std::vector<std::string> differences();
    Client& client() { return client_; }

private:
    void set_up(const serve::Node& root);
    void carry_out(const std::string& command, const serve::Node& arguments, const std::string& date);
    void bill(const std::string& through);
    void ask(const std::string& method, const std::string& target, const boost::json::object& body);
    std::string shifted(std::string text) const;
    boost::json::value json_of(const serve::Node& node, const std::string& key) const;
    boost::json::object object_of(const serve::Node& node) const;
    std::string date_of(const std::string& at) const;
    std::string difference(const serve::Expected& expected, const boost::json::value& document,
                           const boost::json::value& line);

    Client client_;
    std::string code_;
    std::string file_;
    std::string currency_;
    std::string time_zone_;
    std::string through_;
    int years_back_ = 0;
    std::string refused_ = {};  // what the present step is to be refused as; empty: it is granted
    std::string problem_;
};

}  // namespace sluice::test
