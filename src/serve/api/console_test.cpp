#include "serve/api/console.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "serve/api/embedded_files.hpp"

namespace sluice::serve::api {
namespace {

std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

std::string script() {
    const auto& files = console_files();
    const auto found = std::find_if(files.begin(), files.end(), [](const auto& file) {
        return file.path.starts_with("/console/assets/") && file.path.ends_with(".js");
    });
    return found == files.end() ? std::string() : std::string(found->path);
}

TEST(Console, TheRootLeadsToIt) {
    for (const auto* path : {"/", "/console"}) {
        const auto answer = console_answer("GET", path);
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->status, 302);
        EXPECT_EQ(header(*answer, "Location"), "/console/");
    }
}

TEST(Console, WhatNamesNoFileIsItsPageAndIsAskedForAnew) {
    const auto page = console_answer("GET", "/console/");
    ASSERT_TRUE(page);
    const auto deep = console_answer("GET", "/console/subscribers/anybody");
    ASSERT_TRUE(deep);
    EXPECT_EQ(deep->body, page->body);
    EXPECT_EQ(deep->content_type, "text/html; charset=utf-8");
    EXPECT_EQ(header(*deep, "Cache-Control"), "no-cache");
    EXPECT_NE(header(*deep, "Content-Security-Policy").find("script-src 'self';"), std::string::npos);
}

TEST(Console, AnAssetIsKeptForGood) {
    const auto answer = console_answer("GET", script());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->content_type, "text/javascript");
    EXPECT_EQ(header(*answer, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(*answer, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST(Console, AnAssetOfAnOlderConsoleIsNotThere) {
    EXPECT_FALSE(console_answer("GET", "/console/assets/index-00000000.js"));
}

TEST(Console, NothingElseIsItsBusiness) {
    EXPECT_FALSE(console_answer("GET", "/api/v1/subscribers"));
    EXPECT_FALSE(console_answer("GET", "/consolex"));
    EXPECT_FALSE(console_answer("POST", "/console/"));
    EXPECT_TRUE(console_answer("HEAD", "/console/"));
}

}  // namespace
}  // namespace sluice::serve::api
