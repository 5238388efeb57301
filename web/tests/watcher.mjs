// Stands between a client and the server, and compares all that passes with the description. Neither of them notices.
import { createServer, request as send } from 'node:http'
import { once } from 'node:events'

const textOf = async (stream) => {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

// GIVES: its own address, the exchanges with their operation so far, the faults so far, and `stop`.
export async function watch(server, description) {
  const exchanges = []
  const faults = []
  const pass = async (incoming, outgoing) => {
    const request = { method: incoming.method, target: incoming.url, body: await textOf(incoming) }
    const headers = { ...incoming.headers, host: new URL(server).host }
    const onward = send(new URL(request.target, server), { method: request.method, headers })
    onward.end(request.body)
    const [reply] = await once(onward, 'response')
    const answer = { status: reply.statusCode, headers: reply.headers, body: await textOf(reply) }
    faults.push(...description.faults(request, answer))
    const operation = description.operationOf(request.method, request.target)?.operationId
    exchanges.push({ ...request, operation, status: answer.status, answer: answer.body })
    outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  }
  const proxy = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch((failure) => {
      faults.push(`${incoming.method} ${incoming.url}: ${failure.message}`)
      outgoing.destroy()
    })
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const stop = () => {
    proxy.close()
    proxy.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${proxy.address().port}`, exchanges, faults, stop }
}

// Runs `play(url, key, exchanges)` against a fresh server, watched; throws when anything was not as it is described.
export async function watched(startServer, program, description, play) {
  const server = await startServer(program)
  const watcher = await watch(server.url, description)
  try {
    await play(watcher.url, server.key, watcher.exchanges)
  } finally {
    watcher.stop()
    const status = await server.stop()
    for (const fault of watcher.faults) console.error(fault)
    if (status !== 0) console.error(`sluice serve ended with ${status}`)
    if (watcher.faults.length > 0 || status !== 0) process.exitCode = 1
  }
  return watcher
}
