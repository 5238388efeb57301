#include "serve/engine/engine.hpp"

namespace sluice::serve {
namespace {

std::int64_t unix_ms(Instant instant) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count();
}

}  // namespace

Engine::Engine(std::unique_ptr<app::Database> database, EngineParts parts)
    : database_(std::move(database)),
      parts_(std::move(parts)),
      ids_(ids_of(database_->writer())),
      readers_(*database_),
      writer_(database_->writer(), parts_.max_group),
      jobs_(*this),
      scheduler_(*this) {}

Engine::~Engine() { close(); }

void Engine::close() {
    scheduler_.stop();
    jobs_.stop();
    writer_.close();
}

IdSource Engine::ids_of(app::Store& writer) const { return {unix_ms(parts_.now()), writer.take_node(parts_.node)}; }

app::Commands& Engine::commands(app::Store& store, const OperatorBook& book) {
    const auto found = commands_.find(book.op.id);
    if (found != commands_.end() && found->second.revision == book.revision) return found->second.commands;
    if (found != commands_.end()) commands_.erase(found);
    return commands_
        .emplace(book.op.id,
                 KeptCommands{book.revision, app::Commands(store, *parts_.hasher, ids_, book.op, book.catalog)})
        .first->second.commands;
}

}  // namespace sluice::serve
