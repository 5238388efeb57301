// Brings the one file of the documentation viewer's package that is used, its browser bundle, to web/viewer/viewer.js.
// Installing the package as a dependency would bring 270 others (310 MB), of all of which the bundle needs none. What
// comes is checked against the integrity that package.json names; what is there already is left as it is.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('..', import.meta.url))
const wanted = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8')).viewer
const target = join(web, 'viewer')
const mark = join(target, 'integrity')

if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted.integrity) process.exit(0)

const work = mkdtempSync(join(tmpdir(), 'sluice-viewer-'))
try {
  execFileSync('npm', ['pack', '--silent', `${wanted.package}@${wanted.version}`, '--pack-destination', work], {
    cwd: web,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const archive = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')))
  const integrity = 'sha512-' + createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (integrity !== wanted.integrity) {
    console.error(`${wanted.package}@${wanted.version} is not what package.json expects: it has ${integrity}`)
    process.exit(1)
  }
  execFileSync('tar', ['-xzf', archive, '-C', work, '--no-same-owner', `package/${wanted.file}`])
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target)
  copyFileSync(join(work, 'package', wanted.file), join(target, 'viewer.js'))
  writeFileSync(mark, wanted.integrity)
} finally {
  rmSync(work, { recursive: true, force: true })
}
