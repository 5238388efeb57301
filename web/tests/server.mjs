// The real program on a fresh store and a free port, gone afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const patience_ms = 30_000

// GIVES: where it listens, the first key, which it prints at its first start, its directory, `stop`, and `kill`, which
// leaves the directory for a next one: `before` is that server, or names the store, `db`, that is served.
// At a port of its own, or at `port`.
export async function startServer(program, environment = {}, before = null, port = 0) {
  const directory = before?.directory ?? mkdtempSync(join(tmpdir(), 'sluice-serve-'))
  const db = before?.db ?? `sqlite:${join(directory, 'store.db')}`
  const child = spawn(program, ['serve', '--db', db, '--listen', `127.0.0.1:${port}`], {
    env: { ...process.env, SLUICE_STRIPE_API: 'http://127.0.0.1:1', ...environment },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  child.stderr.on('data', (text) => (said += text))
  const stop = async () => {
    child.kill('SIGTERM')
    const status = await ended
    rmSync(directory, { recursive: true, force: true })
    return status
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  try {
    const { 1: heard_at, input } = await heard(child, () => said, /on http:\/\/\S+:(\d+)/)
    const key = before?.key ?? /slk_\w+/.exec(input)[0]
    return { url: `http://127.0.0.1:${heard_at}`, key, directory, stop, kill }
  } catch (failure) {
    await stop()
    throw failure
  }
}

// GIVES: a port that nobody listens at, for a server that has to be told its own address.
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

// The words that the child prints, once they are as `pattern` wants them.
function heard(child, complaints, pattern) {
  return new Promise((resolve, reject) => {
    let text = ''
    const fail = (why) => reject(new Error(`sluice serve ${why}\n${text}${complaints()}`))
    const timer = setTimeout(() => fail(`says nothing useful within ${patience_ms} ms`), patience_ms)
    child.once('error', (failure) => fail(failure.message))
    child.once('close', (status) => fail(`ended with ${status}`))
    child.stdout.on('data', (more) => {
      text += more
      const match = pattern.exec(text)
      if (!match) return
      clearTimeout(timer)
      resolve(match)
    })
  })
}
