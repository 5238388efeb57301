// A POST whose answer got lost is sent again under the same key, so that a payment is not recorded twice. Once it was
// answered, the same words are a new wish and get a new key.
const unanswered = new Map<string, string>()
const names = new WeakMap<Request, string>()

export async function takeUp(request: Request): Promise<string> {
  const name = `${request.url}\n${request.headers.get('Sluice-Operator') ?? ''}\n${await request.clone().text()}`
  names.set(request, name)
  const key = unanswered.get(name) ?? newKey()
  unanswered.set(name, key)
  return key
}

export function settle(request: Request): void {
  const name = names.get(request)
  if (name !== undefined) unanswered.delete(name)
}

// crypto.randomUUID is there on secure origins only, and a console in a local network may have none.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
