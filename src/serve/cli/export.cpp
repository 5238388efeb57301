#include <ostream>

#include "serve/cli/commands.hpp"
#include "serve/export/export_documents.hpp"

namespace sluice::serve {

int export_documents(Session& session, const StoreOptions& options) {
    const auto store = session.parts.open_store(options.db, true);
    export_documents(*store, selected_operator(*store, options).id, session.parts.out);
    return exit_done;
}

}  // namespace sluice::serve
