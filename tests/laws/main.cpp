// Laws over random cases. A failure prints the seed; RC_PARAMS="seed=… max_success=…" repeats it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
    // What the caller asks for comes last and wins.
    const char* asked = std::getenv("RC_PARAMS");
    const std::string params = std::string("max_success=2000 ") + (asked ? asked : "");
    setenv("RC_PARAMS", params.c_str(), 1);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
