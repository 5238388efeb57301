// A PostgreSQL of the tests' own, from Debian's package: on the loopback, in a temporary directory, gone when the tests end,
// in whatever way they do.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../tests/server.mjs'

const versions = '/usr/lib/postgresql'
const patience_ms = 60_000

// Debian keeps the versions beside each other.
function newestBinaries() {
  const found = existsSync(versions) ? readdirSync(versions).filter((one) => existsSync(join(versions, one, 'bin/postgres'))) : []
  if (found.length === 0) throw new Error('these tests need a PostgreSQL server: install postgresql-15, as scripts/setup does')
  return join(versions, found.sort((a, b) => b - a)[0], 'bin')
}

// It refuses to run as root; the package has made a user for it.
function userToBecome() {
  if (process.getuid() !== 0) return {}
  const id = (option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

// A process that outlives this one: it reads until nobody is left who could write, and then cleans up.
const clean_up = `
  cat >/dev/null
  if read -r server <"$1/data/postmaster.pid"; then
    kill -QUIT "$server"
    for i in $(seq 100); do kill -0 "$server" && sleep 0.05; done
  fi
  rm -rf "$1" || { sleep 1; rm -rf "$1"; }`

// GIVES: the address of an empty database, and `stop`. It does not wait for the disk: nothing is killed here.
export async function startPostgres() {
  const binaries = newestBinaries()
  const user = userToBecome()
  const directory = mkdtempSync(join(tmpdir(), 'sluice-postgres-'))
  if (user.uid !== undefined) chownSync(directory, user.uid, user.gid)
  const watcher = spawn('/bin/sh', ['-c', clean_up, 'sh', directory], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const stop = async () => {
    const ended = once(watcher, 'close')
    watcher.stdin.end()
    await ended
  }
  const data = join(directory, 'data')
  try {
    const words = ['--username=sluice', '--encoding=UTF8', '--locale=C.UTF-8', '--auth=trust', '--no-sync', '--no-instructions']
    await promisify(execFile)(join(binaries, 'initdb'), [`--pgdata=${data}`, ...words], { ...user, cwd: directory })
    const port = await freePort()
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'full_page_writes=off']
    const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', port, ...settings.flatMap((one) => ['-c', one])], {
      ...user, cwd: directory, stdio: 'ignore', detached: true,
    })
    await isReady(server, join(data, 'postmaster.pid'))
    return { address: `postgresql://sluice@127.0.0.1:${port}/postgres`, stop }
  } catch (failure) {
    await stop()
    throw failure
  }
}

// The server tells it in the eighth line of this file.
async function isReady(server, file) {
  const until = Date.now() + patience_ms
  for (;;) {
    if (existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.startsWith('ready')) return
    if (server.exitCode !== null || Date.now() > until) throw new Error('PostgreSQL does not start')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
