// A real provider of OpenID Connect on this machine, certified as such: the package oidc-provider, with its own pages for
// developers, where anybody is whoever they say.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const client_secret = 'a secret of Sluice'

// Known as "localhost", while Sluice is 127.0.0.1: to a browser they are different sites, as they are in life.
// `people`: by their subject, which is what they type, what is told of them: email, email_verified.
// GIVES: its issuer, the client that it knows, and `stop`.
export async function startIdentityProvider(redirect_uri, people) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://localhost:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'sluice', client_secret, redirect_uris: [redirect_uri], grant_types: ['authorization_code'], response_types: ['code'] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of cookies'] },
    findAccount: (_, sub) => people[sub] && { accountId: sub, claims: async () => ({ sub, ...people[sub] }) },
  })
  server.on('request', provider.callback())
  const stop = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { issuer, client_id: 'sluice', client_secret, stop }
}
