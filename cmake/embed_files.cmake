# sluice_embed_files(NAME) makes a library of that name: what the server serves as it is - the API's description, the
# page that shows it, and the operator console - becomes part of the program, and src/serve/api/embedded_files.hpp tells
# how it is found there.
#
# The assembler takes the bytes in (.incbin), so that no compiler has to read them. The viewer and the console are
# compressed here, once, and served as they are; the description stays plain, since the server reads it itself.
function(sluice_embed_files name_of_library)
  set(web ${PROJECT_SOURCE_DIR}/web)
  foreach(needed ${web}/viewer/viewer.js ${web}/node_modules/yaml/package.json ${web}/node_modules/vite/package.json)
    if(NOT EXISTS ${needed})
      file(RELATIVE_PATH missing ${PROJECT_SOURCE_DIR} ${needed})
      message(FATAL_ERROR "${missing} is missing: it comes from npm. Run scripts/setup, which installs it.")
    endif()
  endforeach()
  find_program(NODE NAMES node nodejs REQUIRED)
  find_program(GZIP gzip REQUIRED)

  set(made ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  file(MAKE_DIRECTORY ${made})
  add_custom_command(
    OUTPUT ${made}/openapi.json
    COMMAND ${NODE} ${web}/scripts/openapi_json.mjs ${PROJECT_SOURCE_DIR}/openapi.yaml ${made}/openapi.json
    DEPENDS ${PROJECT_SOURCE_DIR}/openapi.yaml ${web}/scripts/openapi_json.mjs
    COMMENT "Writing openapi.json" VERBATIM)
  add_custom_command(
    OUTPUT ${made}/viewer.js.gz
    COMMAND ${CMAKE_COMMAND} -DGZIP=${GZIP} -DFROM=${web}/viewer/viewer.js -DTO=${made}/viewer.js.gz
            -P ${PROJECT_SOURCE_DIR}/cmake/compress.cmake
    DEPENDS ${web}/viewer/viewer.js ${PROJECT_SOURCE_DIR}/cmake/compress.cmake
    COMMENT "Compressing the viewer of the API's description" VERBATIM)

  # Where it is served; what it is; the file; whether it is compressed.
  set(paths /api/openapi.yaml /api/openapi.json /api/docs /api/docs/before.js /api/docs/boot.js /api/docs/viewer.css
            /api/docs/viewer.js)
  set(types application/yaml application/json "text/html, charset=utf-8" text/javascript text/javascript text/css
            text/javascript)
  set(files ${PROJECT_SOURCE_DIR}/openapi.yaml ${made}/openapi.json ${web}/docs/index.html ${web}/docs/before.js
            ${web}/docs/boot.js ${web}/docs/viewer.css ${made}/viewer.js.gz)
  set(compressed false false false false false false true)

  set(bytes "")
  set(names "")
  set(rows "")
  list(LENGTH paths count)
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    list(GET paths ${i} path)
    list(GET types ${i} type)
    string(REPLACE ", " "; " type "${type}")
    list(GET files ${i} file)
    list(GET compressed ${i} gzipped)
    set(name sluice_embedded_${i})
    string(APPEND bytes
      "    .globl ${name}\n    .hidden ${name}\n${name}:\n    .incbin \"${file}\"\n"
      "    .globl ${name}_end\n    .hidden ${name}_end\n${name}_end:\n    .byte 0\n")
    string(APPEND names
      "extern \"C\" __attribute__((visibility(\"hidden\"))) const char ${name}[];\n"
      "extern \"C\" __attribute__((visibility(\"hidden\"))) const char ${name}_end[];\n")
    string(APPEND rows "        {\"${path}\", \"${type}\", between(${name}, ${name}_end), ${gzipped}},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_files.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[// Made by cmake/embed_files.cmake.
#include "serve/api/embedded_files.hpp"

asm(R"(
    .section .rodata
@bytes@    .previous
)");

@names@
namespace sluice::serve::api {
namespace {

std::string_view between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

const std::vector<EmbeddedFile>& embedded_files() {
    static const std::vector<EmbeddedFile> all{
@rows@    };
    return all;
}

}  // namespace sluice::serve::api
]])
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}")

  # The console's files get their names when vite builds it.
  set(console ${made}/console)
  file(GLOB_RECURSE sources_of_console CONFIGURE_DEPENDS ${web}/console/*)
  list(FILTER sources_of_console EXCLUDE REGEX "_test\\.tsx?$|/schema\\.d\\.ts$|/console/dist/")
  add_custom_command(
    OUTPUT ${made}/console_files.cpp
    COMMAND ${NODE} ${web}/scripts/on_node_22.mjs vite build --config ${web}/console/vite.config.ts --outDir ${console}
            --emptyOutDir --logLevel warn
    COMMAND ${NODE} ${web}/scripts/embed_console.mjs ${console} ${made}/console_files.cpp
    DEPENDS ${sources_of_console} ${web}/package-lock.json ${web}/scripts/on_node_22.mjs ${web}/scripts/embed_console.mjs
    COMMENT "Building the operator console" VERBATIM)

  # A library of its own, which waits for no other.
  add_library(${name_of_library} STATIC ${source} ${made}/console_files.cpp)
  target_include_directories(${name_of_library} PRIVATE ${PROJECT_SOURCE_DIR}/src)
endfunction()
