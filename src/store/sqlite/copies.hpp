// Backups of SQLite stores, and stores made of them: app/ports/copies.hpp.
#pragma once

#include "app/ports/copies.hpp"

namespace sluice::store {

// Takes no lock: it reads one moment of the store, whoever writes or begins to write meanwhile.
Result<app::CopyContents, app::CopyRefusal> back_up(const app::BackupWish& wish, const app::CopyProgress& progress);

// At every moment there is the old store, none, or the new one; never a mixture. Holds the store's lock.
Result<app::Restored, app::CopyRefusal> restore(const app::RestoreWish& wish, const app::CopyProgress& progress);

}  // namespace sluice::store
