#include "cli/command_line.hpp"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sluice::test {

namespace fs = std::filesystem;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

void CommandLine::SetUp() {
    directory_ = fs::temp_directory_path() / ("sluice-cli-" + std::to_string(::getpid()));
    fs::remove_all(directory_);
    fs::create_directories(directory_);
}

void CommandLine::TearDown() { fs::remove_all(directory_); }

std::string CommandLine::read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

void CommandLine::write(const std::string& name, const std::string& text) const { std::ofstream(file(name)) << text; }

Outcome CommandLine::sluice(const std::string& arguments, const std::string& environment,
                            const std::string& input) const {
    const auto command = std::string("cd " SLUICE_SOURCE_DIR " && env -u SLUICE_DB -u SLUICE_SERVER -u SLUICE_KEY ") +
                         environment + " " SLUICE_BINARY " " + arguments + " >" + file("out") + " 2>" + file("err") +
                         " <" + input;
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(file("out")), read(file("err"))};
}

void CommandLine::import_greentower(const std::string& where) const {
    ASSERT_EQ(sluice("import demo/greentower --as-of 2026-01-17" + where).status, 0);
}

std::string CommandLine::operator_with_a_bad_account() const {
    fs::create_directories(directory_ / "in");
    write("in/operator.yaml",
          "operator: {code: op, name: Op, currency: USD, time_zone: UTC}\n"
          "catalog:\n  services: [{code: net, name: Net, kind: internet, price: 40.00, period: 1 month}]\n"
          "  add_ons: [{code: big, name: Big, mode: recurring, price: '90000000000000.00'}]\n");
    write("in/subscribers.csv",
          "code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing\n"
          "bad,Bad,,,,,,,,,\ngood,Good,,,,,,,,,\n");
    write("in/sub_services.csv",
          "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,"
          "invoicing\n"
          "bad,,s,net,active,2026-01-01,2026-01-01,big*1000000,,,,,\ngood,,s,net,active,2026-01-01,2026-01-01,,,,,,\n");
    return file("in");
}

void CommandLine::mend(const std::string& store) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(store.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, "PRAGMA busy_timeout = 5000; UPDATE items SET quantity = 2 WHERE quantity > 1000",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
}

}  // namespace sluice::test
