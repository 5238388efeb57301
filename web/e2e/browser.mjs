// node browser.mjs PROGRAM [STORE]: the console in a browser, against the real program; on both stores at once, unless one is
// named. What a page looks like does not depend on the store: on PostgreSQL, what is done with money and accounts is tried,
// and who may do it.
import { after, before, describe } from 'node:test'
import { testCollection } from './collection.mjs'
import { testDashboard } from './dashboard.mjs'
import { testGateway } from './gateway.mjs'
import { testOffice } from './office.mjs'
import { testPages } from './pages.mjs'
import { testRoles } from './roles.mjs'
import { testSell } from './sell.mjs'
import { testShell } from './shell.mjs'
import { testSessions, testSignIn } from './sign_in.mjs'
import { testSignOn } from './sign_on.mjs'
import { testSubscribers } from './subscribers.mjs'
import { startWorld } from './world.mjs'

const [program, only] = process.argv.slice(2)
const tests = {
  sqlite: [testSignIn, testSignOn, testShell, testDashboard, testSubscribers, testSell, testGateway, testCollection, testOffice, testPages],
  postgresql: [testSessions, testSell, testGateway, testCollection, testOffice, testRoles],
}

describe('the console', { concurrency: 2 }, () => {
  for (const store of only ? [only] : Object.keys(tests))
    describe(`on ${store}`, { concurrency: 1 }, () => {
      let world
      before(async () => {
        world = await startWorld(program, store)
      })
      after(() => world?.stop())
      for (const each of tests[store]) each(() => world)
    })
})
