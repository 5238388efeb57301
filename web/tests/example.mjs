// node example.mjs SLUICE: the client of examples/typescript against the program, with every answer compared with
// openapi.yaml. The amounts are checked by the client itself.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Description } from './description.mjs'
import { startServer } from './server.mjs'
import { watched } from './watcher.mjs'

const [program, file = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))] = process.argv.slice(2)
const client = fileURLToPath(new URL('../../examples/typescript/build/main.js', import.meta.url))

const { exchanges } = await watched(startServer, program, new Description(file), async (url, key) => {
  const env = { ...process.env, SLUICE_URL: url, SLUICE_KEY: key }
  const [status] = await once(spawn(process.execPath, [client], { env, stdio: 'inherit' }), 'close')
  if (status !== 0) throw new Error(`the example ended with ${status}`)
})
if (process.exitCode) console.error('example: not as openapi.yaml describes it')
else console.log(`example: ${exchanges.length} answers, all as openapi.yaml describes them`)
