#include "connect/crypto/sha256_hasher.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace sluice::connect {
namespace {

TEST(Sha256, HashesAsTheStandardSays) {
    EXPECT_EQ(app::hex(sha256_hasher()->of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, ThreadsThatHashAtTheSameTimeDoNotDisturbEachOther) {
    const auto hasher = sha256_hasher();
    const std::string text(1'000, 'x');
    const auto right = hasher->of(text);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int turn = 0; turn < 20'000; ++turn)
                if (hasher->of(text) != right) ++wrong;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace sluice::connect
