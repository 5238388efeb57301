// One function per command of the command line; each in a file of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/bill_accounts.hpp"
#include "serve/cli/cli.hpp"
#include "values/date.hpp"
#include "values/id.hpp"
#include "values/zone.hpp"

namespace sluice::serve {

// What every command gets: the parts, the ids, and the present moment, asked once.
struct Session {
    const Parts& parts;
    IdSource ids;
    Instant now;
    bool progress_on_terminal;

    Date today(const customers::Operator& op) const;
};

struct StoreOptions {
    std::string db;
    std::string op;  // code; empty: all, or the only one
    bool json = false;
};

struct SimulateOptions {
    std::vector<std::string> files;
    bool check = false;
    bool json = false;
};
int simulate(Session& session, const SimulateOptions& options);

struct ImportOptions {
    std::string directory;
    std::string as_of;
    std::string db;
    bool partial = false;
    std::string rejects = "rejects";
    bool json = false;
};
int import_operator(Session& session, const ImportOptions& options);

struct BillOptions : StoreOptions {
    std::string through;
    bool dry_run = false;
};
int bill(Session& session, const BillOptions& options);

struct DocumentsOptions : StoreOptions {
    std::string subscriber;
    std::string number;
    std::int64_t limit = 100;
};
int list_documents(Session& session, const DocumentsOptions& options);
int show_document(Session& session, const DocumentsOptions& options);
int export_documents(Session& session, const StoreOptions& options);
int list_balances(Session& session, const StoreOptions& options);
int list_operators(Session& session, const StoreOptions& options);

struct ExplainOptions : StoreOptions {
    std::string line;
};
int explain_line(Session& session, const ExplainOptions& options);

struct ParkedOptions : StoreOptions {
    std::string subscriber;
};
int list_parked(Session& session, const ParkedOptions& options);
int show_parked(Session& session, const ParkedOptions& options);
int replay_parked(Session& session, const ParkedOptions& options);

int verify_books(Session& session, const StoreOptions& options);

struct ServeOptions {
    std::string db;
    std::string listen = "127.0.0.1:8080";
    std::string certificate;
    std::string private_key;
    bool behind_proxy = false;
    std::string log_format = "text";
    std::string log_level = "info";
    int io_threads = 2;
    int workers = 2;
    std::size_t max_group = 512;
};
int serve(Session& session, const ServeOptions& options);

// Helpers that the commands share. They throw BadInput, which ends the command with exit status 2.
class BadInput : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
Date date_option(const std::string& name, const std::string& text);
// The operators that the options select: the one named, or all.
std::vector<customers::Operator> selected_operators(app::Store& store, const StoreOptions& options);
// The one operator that the options select; when there are several and none is named, that is bad input.
customers::Operator selected_operator(app::Store& store, const StoreOptions& options);

// A line on standard error that is written over on a terminal, and now and then elsewhere.
class ProgressLine {
public:
    ProgressLine(std::ostream& err, bool on_terminal);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(const std::string& text);

private:
    std::ostream& err_;
    bool on_terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace sluice::serve
