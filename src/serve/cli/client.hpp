// The API as the commands use it: on a store that this program opens, or on a server. What a command prints comes out
// of the same answers either way.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "serve/cli/cli.hpp"
#include "serve/http/message.hpp"
#include "values/currency.hpp"

namespace sluice::serve {

// Which books, and whose.
struct Where {
    std::string db;      // "sqlite:PATH", or …
    std::string server;  // … "https://billing.example.com", with a key
    std::string key;
    std::string op;  // code; empty: all, or the only one

    // What the command line does not say, the environment may. Throws BadInput unless just one place is said.
    void fill_in(bool one_is_needed = true);
};

// Something that can be edited, with the tag by which a change in between is noticed.
struct Edition {
    boost::json::value body;
    std::string etag;
};

class Client {
public:
    virtual ~Client() = default;

    // GIVES: the body of a good answer.  `op`: the operator to act for, by its code; empty: not said.
    // Throws BadInput with what the API says against the request, std::runtime_error when there is no proper answer.
    boost::json::value get(const std::string& target, const std::string& op = {});
    boost::json::value post(const std::string& target, const std::string& op, const boost::json::value& body = nullptr);
    // `etag`: of what was read; empty: whatever it is now. When somebody else has changed it since, that is BadInput,
    // and nothing is changed.
    boost::json::value patch(const std::string& target, const std::string& op, const boost::json::value& body,
                             const std::string& etag = {});
    boost::json::value put(const std::string& target, const std::string& op, const boost::json::value& body,
                           const std::string& etag = {});
    Edition read(const std::string& target, const std::string& op = {});
    void remove(const std::string& target, const std::string& op);

    // The items of a list, page by page, at most `most` of them. GIVES: the cursor of what follows; null at the end.
    boost::json::value each(const std::string& list, const std::string& op,
                            const std::function<void(const boost::json::object&)>& action,
                            std::int64_t most = INT64_MAX);

    // Starts long work and waits until it has ended, which it may have by failing.  `progress` is called now and then.
    // With `on_interrupt`, Ctrl-C calls it and then has the work cancelled.
    boost::json::object carry_out(const std::string& target, const std::string& op, const boost::json::value& body,
                                  const std::function<void(const boost::json::object&)>& progress,
                                  const std::function<void()>& on_interrupt = {});

private:
    virtual http::Response send(http::Request request) = 0;
    http::Response call(std::string method, const std::string& target, const std::string& op,
                        const boost::json::value* body, const std::string& etag = {});
};

// REQUIRES: filled in. Throws app::StoreFailure for a store that cannot be opened.
std::unique_ptr<Client> open_client(const Parts& parts, const Where& where);
std::unique_ptr<Client> local_client(const Parts& parts, const std::string& db);
std::unique_ptr<Client> remote_client(const Parts& parts, const std::string& server, const std::string& key);

struct OperatorFacts {
    std::string code;
    std::string name;
    Currency currency;
};
// The operators that are meant: the one named, or all, of which there may be none.
std::vector<OperatorFacts> selected_operators(Client& client, const Where& where);
// The one operator that is meant; when there are several and none is named, that is bad input.
OperatorFacts selected_operator(Client& client, const Where& where);

}  // namespace sluice::serve
