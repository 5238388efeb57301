// node check_examples.mjs openapi.yaml: what a general linter does not look at.
//  * every example fits its schema, to the letter;
//  * objects say whether other members are welcome, and use no keyword of JSON Schema that the server does not know;
//  * every operation says who may (x-role), and shows an example of what it takes and gives.
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

const keywords = new Set(
  ('type properties required additionalProperties items minItems maxItems enum const minLength maxLength minimum maximum ' +
    'pattern format oneOf anyOf allOf default $ref description title examples readOnly deprecated x-hint').split(' '),
)
const ownFormats = ['decimal', 'code', 'currency', 'time-zone', 'multiline']
const formats = new Set(['date', 'date-time', ...ownFormats])
const roles = new Set(['none', 'signature', 'session', 'viewer', 'clerk', 'owner', 'platform'])
const open = new Set(['none', 'signature'])

const api = parse(readFileSync(process.argv[2], 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
for (const format of ownFormats) ajv.addFormat(format, true)
ajv.addSchema({ $id: 'api:/', components: api.components })

const faults = []
let examples = 0
const named = (node) => (node.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], api) : node)

function checkSchema(schema, where) {
  for (const key of Object.keys(schema)) if (!keywords.has(key)) faults.push(`${where}: the server does not know ${key}`)
  if (schema.format && !formats.has(schema.format)) faults.push(`${where}: the server does not know ${schema.format}`)
  if ([schema.type].flat().includes('object') && schema.additionalProperties === undefined)
    faults.push(`${where}: does not say whether other members are welcome`)
  for (const name of schema.required ?? [])
    if (!schema.properties?.[name]) faults.push(`${where}: requires ${name} without describing it`)
  for (const [name, member] of Object.entries(schema.properties ?? {})) checkSchema(member, `${where}.${name}`)
  if (typeof schema.additionalProperties === 'object') checkSchema(schema.additionalProperties, `${where}.*`)
  if (schema.items) checkSchema(schema.items, `${where}[]`)
  for (const part of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) checkSchema(part, where)
}

function checkContent(content, where) {
  for (const [type, { schema, examples: shown = {} }] of Object.entries(content ?? {})) {
    if (!schema.$ref) checkSchema(schema, where)
    if (schema.$ref || schema.oneOf)
      if (Object.keys(shown).length === 0) faults.push(`${where}: ${type} without an example`)
    const fits = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api:/#/')))
    for (const [name, example] of Object.entries(shown)) {
      examples += 1
      if (!fits(named(example).value)) faults.push(`${where}: example ${name}: ${ajv.errorsText(fits.errors)}`)
    }
  }
}

for (const [name, schema] of Object.entries(api.components.schemas)) checkSchema(schema, name)
for (const [name, parameter] of Object.entries(api.components.parameters)) checkSchema(parameter.schema, name)
let operations = 0
for (const [path, item] of Object.entries(api.paths))
  for (const [method, operation] of Object.entries(item)) {
    if (method === 'parameters') continue
    operations += 1
    const where = operation.operationId ?? `${method} ${path}`
    if (!roles.has(operation['x-role'])) faults.push(`${where}: x-role is missing`)
    if (open.has(operation['x-role']) !== (operation.security?.length === 0))
      faults.push(`${where}: x-role and security say different things`)
    checkContent(operation.requestBody?.content, `${where}, body`)
    for (const [status, answer] of Object.entries(operation.responses))
      checkContent(named(answer).content, `${where}, ${status}`)
  }

for (const fault of faults) console.error(fault)
console.log(`${operations} operations, ${examples} examples, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
