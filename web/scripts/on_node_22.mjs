// Runs a tool of node_modules/.bin with the Node 22 of the package "node": Debian 12 has Node 18, on which it stumbles.
import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const [tool, ...args] = process.argv.slice(2)
const node = join(modules, 'node', 'bin', 'node')
if (!existsSync(node)) {
  console.error('The tools are not installed; run: npm ci --prefix web')
  process.exit(1)
}
const env = {
  ...process.env,
  PATH: [join(modules, 'node', 'bin'), process.env.PATH].join(delimiter),
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
}
const { status } = spawnSync(node, [realpathSync(join(modules, '.bin', tool)), ...args], { stdio: 'inherit', env })
process.exit(status ?? 1)
