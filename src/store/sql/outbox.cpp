// What is told to others has stores of its own, on the same connection.
#include "store/sql/automatic.hpp"
#include "store/sql/comparisons.hpp"
#include "store/sql/messages.hpp"
#include "store/sql/notes.hpp"
#include "store/sql/payouts.hpp"
#include "store/sql/price_uses.hpp"
#include "store/sql/pro_formas.hpp"
#include "store/sql/reports.hpp"
#include "store/sql/settings.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sql/staff.hpp"
#include "store/sql/webhooks.hpp"

namespace sluice::store {

SqlStore::SqlStore(std::unique_ptr<Connection> connection)
    : db_(std::move(connection)),
      pro_formas_(std::make_unique<SqlProFormas>(*db_)),
      webhooks_(std::make_unique<SqlWebhooks>(*db_)),
      messages_(std::make_unique<SqlMessages>(*db_)),
      automatic_(std::make_unique<SqlAutomatic>(*db_)),
      payouts_(std::make_unique<SqlPayouts>(*db_)),
      reports_(std::make_unique<SqlReports>(*db_)),
      staff_(std::make_unique<SqlStaff>(*db_)),
      comparisons_(std::make_unique<SqlComparisons>(*db_)),
      price_uses_(std::make_unique<SqlPriceUses>(*db_)),
      settings_(std::make_unique<SqlSettings>(*db_)),
      notes_(std::make_unique<SqlNotes>(*db_)) {}

SqlStore::~SqlStore() = default;

app::ProFormaStore& SqlStore::pro_formas() { return *pro_formas_; }
app::WebhookStore& SqlStore::webhooks() { return *webhooks_; }
app::MessageStore& SqlStore::messages() { return *messages_; }
app::AutomaticStore& SqlStore::automatic() { return *automatic_; }
app::PayoutStore& SqlStore::payouts() { return *payouts_; }
app::ReportStore& SqlStore::reports() { return *reports_; }
app::StaffStore& SqlStore::staff() { return *staff_; }
app::ComparisonStore& SqlStore::comparisons() { return *comparisons_; }
app::PriceUseStore& SqlStore::price_uses() { return *price_uses_; }
app::SettingsStore& SqlStore::settings() { return *settings_; }
app::NoteStore& SqlStore::notes() { return *notes_; }

}  // namespace sluice::store
