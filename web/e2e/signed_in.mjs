// In front of a server stands somebody who is signed in already: every request bears an API key, and GET /session tells
// of a session. For tests and `vite dev` while the server has no sign-in of its own.
import http from 'node:http'

const json = { 'Content-Type': 'application/json' }

const session = {
  user: { id: 'user_ann', login: 'ann@example.net', name: 'Ann Clerk', language: 'en', two_factor: false },
  grants: [{ operator: null, operator_name: null, role: 'owner' }],
  csrf_token: 'of-the-tests',
  expires_at: '2099-01-01T00:00:00Z',
}
const not_authenticated = {
  type: 'about:blank', title: 'Unauthorized', status: 401, code: 'not_authenticated', detail: 'nobody is signed in', instance: 'req_test',
}

// GIVES: where it listens, a way to say whether somebody is signed in, and one to stop.
export function signedIn(server, key, port = 0) {
  let signed_in = true
  const made = {
    'GET /api/v1/session': () => (signed_in ? [200, session] : [401, not_authenticated]),
    'POST /api/v1/session': () => {
      signed_in = true
      return [201, session]
    },
    'DELETE /api/v1/session': () => {
      signed_in = false
      return [204]
    },
    'GET /api/v1/sign-in-options': () => [200, { oidc: [{ name: 'Keycloak', url: '/api/v1/oidc/keycloak/start' }] }],
    'POST /api/v1/password-reset-requests': () => [202],
  }
  const proxy = http.createServer((request, response) => {
    const answer = made[`${request.method} ${request.url}`]
    if (answer) {
      const [status, body] = answer()
      request.resume()
      response.writeHead(status, json).end(body && JSON.stringify(body))
      return
    }
    const { host, 'sluice-csrf': csrf, ...headers } = request.headers
    if (!signed_in && request.url.startsWith('/api/v1/')) {
      request.resume()
      response.writeHead(401, json).end(JSON.stringify(not_authenticated))
      return
    }
    if (request.url.startsWith('/api/v1/')) headers.authorization = `Bearer ${key}`
    const onward = http.request(`${server}${request.url}`, { method: request.method, headers }, (answered) => {
      response.writeHead(answered.statusCode, answered.headers)
      answered.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  return new Promise((resolve) =>
    proxy.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${proxy.address().port}`,
        be: (now) => (signed_in = now),
        stop: () => {
          proxy.closeAllConnections()
          proxy.close()
        },
      }),
    ),
  )
}

// node signed_in.mjs SERVER KEY PORT
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [server, key, port] = process.argv.slice(2)
  console.log((await signedIn(server, key, Number(port))).url)
}
