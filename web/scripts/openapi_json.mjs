// node openapi_json.mjs FROM.yaml TO.json: the same description as JSON.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const [from, to] = process.argv.slice(2)
writeFileSync(to, JSON.stringify(parse(readFileSync(from, 'utf8'), { maxAliasCount: 0 })) + '\n')
