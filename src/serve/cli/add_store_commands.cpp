// Commands for a store as a whole, on the machine that has it: serving, migrating and copying it.
#include "serve/cli/add_command.hpp"

namespace sluice::serve {

void add_serve(CLI::App& app, Chosen& chosen, Where& where) {
    const auto options = std::make_shared<ServeOptions>();
    auto& command =
        add_command(app, chosen, "serve", "Serve the REST API and its documentation over HTTP",
                    "  sluice serve --db sqlite:sluice.db\n"
                    "  sluice serve --db sqlite:sluice.db --listen :443 --certificate chain.pem "
                    "--private-key key.pem\n"
                    "  sluice serve --config sluice.toml      # db = \"sqlite:sluice.db\" and so on, by the "
                    "options' names",
                    options, serve);
    command.add_option("--db", where.db,
                       "The store, as sqlite:PATH or postgresql://… (or SLUICE_DB); made when there is none");
    command.add_option("--listen", options->listen, "Address and port; :8080 for all addresses")
        ->envname("SLUICE_LISTEN")
        ->capture_default_str();
    command.add_option("--certificate", options->certificate, "TLS certificate chain, a PEM file")
        ->envname("SLUICE_CERTIFICATE");
    command.add_option("--private-key", options->private_key, "Its private key, a PEM file")
        ->envname("SLUICE_PRIVATE_KEY");
    command
        .add_flag("--behind-proxy", options->behind_proxy,
                  "A proxy in front tells the client's address in X-Forwarded-For")
        ->envname("SLUICE_BEHIND_PROXY");
    command.add_option("--log-format", options->log_format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->envname("SLUICE_LOG_FORMAT")
        ->capture_default_str();
    command.add_option("--log-level", options->log_level, "error, warn, info (each request) or debug")
        ->check(CLI::IsMember({"error", "warn", "info", "debug"}))
        ->envname("SLUICE_LOG_LEVEL")
        ->capture_default_str();
    command
        .add_option("--charges-at-once", options->charges_at_once, "Automatic charges that wait for gateways together")
        ->check(CLI::Range(1, 2000))
        ->envname("SLUICE_CHARGES_AT_ONCE")
        ->capture_default_str();
    command.add_option("--io-threads", options->io_threads, "Threads that read and write connections")
        ->check(CLI::Range(1, 64))
        ->envname("SLUICE_IO_THREADS")
        ->capture_default_str();
    command.add_option("--workers", options->workers, "Threads that answer lists and searches")
        ->check(CLI::Range(1, 64))
        ->envname("SLUICE_WORKERS")
        ->capture_default_str();
    command.add_option("--max-group", options->max_group, "Writing requests that share one commit, at most")
        ->check(CLI::Range(1, 10'000))
        ->envname("SLUICE_MAX_GROUP")
        ->capture_default_str();
    command
        .add_option(
            "--secret-key-file", options->secret_key_file,
            "Holds the key that settings of payment methods are sealed with; made when it is not there. Without "
            "it the store's own name with .key, or SLUICE_SECRET_KEY")
        ->envname("SLUICE_SECRET_KEY_FILE");
    command
        .add_flag("--no-scheduler", options->no_scheduler,
                  "Do nothing by itself, such as daily billing: other servers do, or nobody")
        ->envname("SLUICE_NO_SCHEDULER");
    command.set_config("--config", "", "A TOML file with options by their names")->envname("SLUICE_CONFIG");
}

void add_copies(CLI::App& app, Chosen& chosen, Where& where) {
    const auto backup = std::make_shared<CopyOptions>();
    auto& made =
        add_command(app, chosen, "backup", "Copy a SQLite store to a file, also while `sluice serve` has it and writes",
                    "  sluice backup --db sqlite:sluice.db --to sluice-backup.db\n"
                    "  sluice backup --db sqlite:sluice.db --to /mnt/backups/sluice.db --force",
                    backup, back_up);
    made.add_option("--db", where.db, "The store, as sqlite:PATH (or SLUICE_DB)");
    made.add_option("--to", backup->file, "The file to make; it gets this name when it is whole and checked")
        ->required();
    made.add_flag("--force", backup->force, "Replace the file when there is one");
    json_option(made, *backup);
    const auto restore_options = std::make_shared<CopyOptions>();
    auto& restored = add_command(app, chosen, "restore", "Make a SQLite store of a backup; billing goes on from there",
                                 "  sluice restore --from sluice-backup.db --db sqlite:sluice.db\n"
                                 "  sluice restore --from sluice-backup.db --db sqlite:sluice.db --force",
                                 restore_options, restore);
    restored.add_option("--db", where.db, "The store to make, as sqlite:PATH (or SLUICE_DB)");
    restored.add_option("--from", restore_options->file, "The backup")->required();
    restored.add_flag("--force", restore_options->force,
                      "When there is a store, rename it to PATH.before-restore-TIME first");
    json_option(restored, *restore_options);
}

void add_migrate(CLI::App& app, Chosen& chosen, Where& where) {
    const auto options = std::make_shared<MigrateOptions>();
    auto& command = add_command(app, chosen, "migrate", "Bring a store to this program's schema, step by step",
                                "  sluice migrate --db sqlite:sluice.db --plan\n"
                                "  sluice migrate --db postgresql://sluice@db.example.com/sluice",
                                options, migrate);
    command.add_option("--db", where.db, "The store, as sqlite:PATH or postgresql://… (or SLUICE_DB)");
    command.add_flag("--plan", options->plan, "Only say what would be run; change nothing");
    json_option(command, *options);
}

void add_copy(CLI::App& app, Chosen& chosen) {
    const auto options = std::make_shared<MoveOptions>();
    auto& command = add_command(app, chosen, "copy", "Move a SQLite store to PostgreSQL: everything, or nothing",
                                "  sluice copy --from sqlite:sluice.db --to postgresql://sluice@db.example.com/sluice",
                                options, copy);
    command.add_option("--from", options->from, "The store, as sqlite:PATH; no server may have it")->required();
    command.add_option("--to", options->to, "An empty database, as postgresql://USER@HOST/DATABASE")->required();
    json_option(command, *options);
}

}  // namespace sluice::serve
