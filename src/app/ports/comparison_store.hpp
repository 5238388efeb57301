// What bill runs are compared by: the lines that documents of certain dates have, and the differences that were found.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/ports/administration.hpp"
#include "app/ports/listing.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/reports/compare.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

// A sub-service that has a line on either side.
struct ComparedSubService {
    customers::SubscriberId subscriber;
    subscriptions::SubServiceId id;
    subscriptions::Status status;
    std::optional<Date> started_on;  // as in SubService
    bool restarted;
    std::optional<int> grid_day;  // the day of the month on which its periods begin
    bool has_resumed;             // from a suspension without billing, since the first of the dates compared with
    bool is_parked;               // its account is
    struct OfDocument {
        invoicing::DocumentId document;
        Date date;  // of the document
        bool is_of_run;
        invoicing::Line line;
    };
    std::vector<OfDocument> lines = {};  // in order of creation
};

struct RunDifference {
    customers::SubscriberId subscriber;
    subscriptions::SubServiceId sub_service;
    reports::Cause cause;
    Money amount;
    Money before;  // of the sub-service, all causes together, as the next
    Money now;
    std::optional<invoicing::DocumentId> before_document = {};  // the latest one
    std::optional<invoicing::DocumentId> now_document = {};     // likewise; none in a dry run
};

// In order of sub-services as they were created, then of causes' names.
struct RunDifferenceQuery {
    JobId run;
    std::optional<reports::Cause> cause = {};
    Paging paging = {};  // ascending
};
struct RunDifferenceRow {
    RunDifference difference;
    std::string subscriber_code;
    std::string subscriber_name;  // of the organization, else of the contact
    std::string sub_service_code;
    std::string before_document;  // numbers; empty: none
    std::string now_document;
};

// How long the differences of a run are kept: the month of a year ago can be looked at beside this one, and a month is
// left to do it. The totals by cause are kept with the run.
constexpr std::chrono::days differences_kept_for{400};

class ComparisonStore {
public:
    virtual ~ComparisonStore() = default;

    // The last of the next `limit` subscribers after `after`, and not after `last`; nothing when there are none.
    virtual std::optional<customers::SubscriberId> end_of_batch(customers::OperatorId op,
                                                                std::optional<customers::SubscriberId> after,
                                                                std::optional<customers::SubscriberId> last,
                                                                std::int64_t limit) = 0;
    // What documents that bill runs have issued (not those of clerks) of the dates of the run, of `run` itself, and of
    // the dates compared with have for the subscribers after `after`, to `last`. By subscriber, then in order of
    // creation. Documents of some days around the dates compared with are there, too.
    virtual std::vector<ComparedSubService> sub_services(customers::OperatorId op, JobId run,
                                                         const reports::ComparedDates& dates,
                                                         std::optional<customers::SubscriberId> after,
                                                         customers::SubscriberId last, Currency currency) = 0;
    virtual void add_differences(JobId run, std::span<const RunDifference> differences) = 0;
    virtual void remove_differences(JobId run) = 0;
    // Those of runs that were asked for before `time`, oldest first, of about `limit` sub-services. False: none are
    // left.
    virtual bool forget_differences_before(Instant time, std::int64_t limit) = 0;
    virtual Page<RunDifferenceRow> differences(customers::OperatorId op, const RunDifferenceQuery& query) = 0;
};

}  // namespace sluice::app
