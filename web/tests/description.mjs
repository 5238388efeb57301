// What openapi.yaml says of an exchange, by a schema library that nobody here wrote: requests that were granted and all
// answers are compared with it, to the letter. The server's own checks share no code with this.
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

// Answers that any request may get, whatever its operation lists; the guide's table of errors tells of them.
const anywhere = new Set([405, 408, 411, 414, 417, 431, 500])

const ownFormats = {
  decimal: /^-?\d{1,19}(\.\d{1,9})?$/,
  code: /^[A-Za-z0-9._:-]{1,64}$/,
  currency: (text) => Intl.supportedValuesOf('currency').includes(text),
  'time-zone': isTimeZone,
  multiline: true,
}

function isTimeZone(text) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined
  } catch {
    return false
  }
}

function escaped(text) {
  return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
}

export class Description {
  constructor(file) {
    this.api = parse(readFileSync(file, 'utf8'))
    this.ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, keywords: ['components', 'x-hint'] })
    addFormats(this.ajv)
    for (const [name, format] of Object.entries(ownFormats)) this.ajv.addFormat(name, format)
    this.ajv.addSchema({ $id: 'api:/', components: this.#absolute({ schemas: this.api.components.schemas }) })
    this.operations = []
    for (const [path, item] of Object.entries(this.api.paths)) this.#addPath(path, item)
    // What is written out wins over what a parameter would take.
    this.operations.sort((a, b) => a.open - b.open)
    this.codes = codesByStatus(this.api.info.description)
  }

  #addPath(path, item) {
    const pattern = new RegExp('^' + escaped(path).replace(/\{[^}]*\}/g, '[^/]+') + '$')
    for (const [method, operation] of Object.entries(item)) {
      if (method === 'parameters') continue
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((node) => this.#named(node))
      const known = new Set(parameters.filter((p) => p.in === 'query').map((p) => p.name))
      const count = path.split('{').length - 1
      this.operations.push({ ...operation, method: method.toUpperCase(), path, pattern, known, open: count })
    }
  }

  // Schemas are compiled outside of the document that they come from.
  #absolute(schema) {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api:/#/'))
  }
  #named(node) {
    return node.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], this.api) : node
  }
  #complaints(schema, value) {
    schema.compiled ??= this.ajv.compile(this.#absolute(schema))
    return schema.compiled(value) ? [] : schema.compiled.errors.map((e) => `${e.instancePath || 'it'} ${e.message}`)
  }

  operationOf(method, target) {
    const path = target.split('?')[0]
    return this.operations.find((operation) => operation.method === method && operation.pattern.test(path))
  }

  // What is wrong with an exchange: {method, target, body} and {status, headers, body}, bodies as texts.
  faults(request, answer) {
    const operation = this.operationOf(request.method, request.target)
    const of = `${request.method} ${request.target} → ${answer.status}`
    const faults = operation
      ? [...this.#faultsOfRequest(operation, request, answer), ...this.#faultsOfAnswer(operation, answer)]
      : this.#faultsOfStray(answer)
    return faults.map((fault) => `${of}: ${fault}`)
  }

  // What was granted must have been allowed.
  #faultsOfRequest(operation, request, answer) {
    if (answer.status >= 400) return []
    const faults = []
    for (const [name] of new URLSearchParams(request.target.split('?')[1] ?? ''))
      if (!operation.known.has(name)) faults.push(`the parameter ${name} is not described, and was let through`)
    const schema = operation.requestBody?.content['application/json'].schema
    if (request.body !== '' && !schema) faults.push('a body is not described, and was let through')
    if (request.body !== '' && schema)
      for (const complaint of this.#complaints(schema, JSON.parse(request.body)))
        faults.push(`the body was let through: ${complaint}`)
    return faults
  }

  #faultsOfStray(answer) {
    if (answer.status !== 404 && answer.status !== 405) return ['nothing like it is described']
    return this.#faultsOfProblem(answer)
  }

  #faultsOfAnswer(operation, answer) {
    const described = operation.responses[String(answer.status)]
    if (!described) return anywhere.has(answer.status) ? this.#faultsOfProblem(answer) : ['the status is not described']
    const { headers = {}, content } = this.#named(described)
    const faults = this.#faultsOfHeaders(headers, answer)
    if (answer.status >= 400) return [...faults, ...this.#faultsOfProblem(answer)]
    return [...faults, ...this.#faultsOfContent(content, answer)]
  }

  #faultsOfHeaders(headers, answer) {
    return Object.entries(headers).flatMap(([name, node]) => {
      const { schema, required } = this.#named(node)
      const text = answer.headers[name.toLowerCase()]
      if (text === undefined) return required ? [`the header ${name} is missing`] : []
      const value = schema.type === 'integer' ? Number(text) : text
      return this.#complaints(schema, value).map((complaint) => `the header ${name}: ${complaint}`)
    })
  }

  #faultsOfContent(content, answer) {
    if (!content) return answer.body === '' ? [] : ['a body is not described']
    const whole = answer.headers['content-type'] ?? ''
    const type = Object.keys(content).find((one) => whole.startsWith(one))
    if (!type) return [`the content type "${whole}" is not described`]
    const { schema } = content[type]
    return type.endsWith('json') && schema.type !== 'string' ? this.#complaints(schema, JSON.parse(answer.body)) : []
  }

  #faultsOfProblem(answer) {
    const faults = this.#faultsOfContent(this.api.components.responses.BadRequest.content, answer)
    if (faults.length > 0) return faults
    const { status, code, instance } = JSON.parse(answer.body)
    if (status !== answer.status) faults.push(`the problem says that its status is ${status}`)
    const isReplayed = answer.headers['idempotency-replayed'] === 'true'
    if (!isReplayed && instance !== answer.headers['x-request-id']) faults.push('the problem names another request')
    if (!this.codes.get(answer.status)?.has(code)) faults.push(`the table of errors does not know ${code} with it`)
    return faults
  }
}

// The table of errors: which codes come with which status.
export function codesByStatus(text) {
  const codes = new Map()
  for (const [, statuses, words] of text.matchAll(/^\| (\d{3}(?:, \d{3})*) \| ([^|]*) \|/gm))
    for (const status of statuses.split(', ').map(Number)) {
      const known = codes.get(status) ?? new Set()
      for (const [, code] of words.matchAll(/`([a-z_]+)`/g)) known.add(code)
      codes.set(status, known)
    }
  return codes
}
