// Starts the viewer on this server's own description. Nothing is asked of any other server: no fonts, no proxy, no
// telemetry, no assistant. An API key that somebody types in stays in the page and is gone with it.
const url = new URL('openapi.json', document.baseURI).href

// The viewer shows no x-role, but who may is the first question about an operation.
function sayWhoMay(operation) {
  const role = operation['x-role']
  if (role && role !== 'none') operation.description = `Role: \`${role}\`\n\n${operation.description}`
}

async function description() {
  const answer = await fetch(url)
  const api = await answer.json()
  for (const operations of Object.values(api.paths)) Object.values(operations).forEach(sayWhoMay)
  return api
}

description().then((content) =>
  Scalar.createApiReference('#viewer', {
    content,
    // The root under which the API is, also behind a proxy that puts a path before it.
    servers: [{ url: new URL('..', document.baseURI).href.replace(/\/$/, ''), description: 'This server' }],
    authentication: { preferredSecurityScheme: 'key' },
    persistAuth: false,
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
    documentDownloadType: 'none',
    hideModels: true,
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    metaData: { title: 'Sluice API' },
  }),
)
