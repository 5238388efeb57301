// Starts the viewer on this server's own description. Nothing is asked of any other server: no fonts, no proxy, no
// telemetry, no assistant. An API key that somebody types in stays in the page and is gone with it.
Scalar.createApiReference('#viewer', {
  url: new URL('openapi.json', document.baseURI).href,
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
  hideModels: true,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  metaData: { title: 'Sluice API' },
})
