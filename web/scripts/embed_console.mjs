// node embed_console.mjs DIST OUT.cpp: what vite built as a source of the program, which takes each file in with .incbin.
// Names of assets bear the hash of what they hold, so that only this script, after the build, knows them.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const packed_already = new Set(['.woff2', '.gz'])

const [dist, out] = process.argv.slice(2)
const files = readdirSync(dist, { recursive: true })
  .map((name) => join(dist, name))
  .filter((file) => statSync(file).isFile() && extname(file) !== '.gz')
  .sort()

const bytes = []
const names = []
const rows = []
files.forEach((file, i) => {
  const type = types[extname(file)]
  if (!type) throw new Error(`embed_console.mjs does not know what ${file} is`)
  const gzipped = !packed_already.has(extname(file))
  const taken = gzipped ? `${file}.gz` : file
  if (gzipped) writeFileSync(taken, gzipSync(readFileSync(file), { level: 9 }))
  const name = `sluice_console_${i}`
  for (const symbol of [name, `${name}_end`])
    names.push(`extern "C" __attribute__((visibility("hidden"))) const char ${symbol}[];`)
  bytes.push(
    `    .globl ${name}\n    .hidden ${name}\n${name}:\n    .incbin "${taken}"\n` +
      `    .globl ${name}_end\n    .hidden ${name}_end\n${name}_end:\n    .byte 0`,
  )
  const path = `/console/${relative(dist, file).split(sep).join('/')}`
  rows.push(`        {"${path}", "${type}", {${name}, static_cast<std::size_t>(${name}_end - ${name})}, ${gzipped}},`)
})

writeFileSync(
  out,
  `// Made by web/scripts/embed_console.mjs.
#include "serve/api/embedded_files.hpp"

asm(R"(
    .section .rodata
${bytes.join('\n')}
    .previous
)");

${names.join('\n')}

namespace sluice::serve::api {

const std::vector<EmbeddedFile>& console_files() {
    static const std::vector<EmbeddedFile> all{
${rows.join('\n')}
    };
    return all;
}

}  // namespace sluice::serve::api
`,
)
