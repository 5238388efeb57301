// node browser.mjs PROGRAM: the console in a browser, against the real program.
import { after, before } from 'node:test'
import { testDashboard } from './dashboard.mjs'
import { testOffice } from './office.mjs'
import { testPages } from './pages.mjs'
import { testSell } from './sell.mjs'
import { testShell } from './shell.mjs'
import { testSignIn } from './sign_in.mjs'
import { testSignOn } from './sign_on.mjs'
import { testSubscribers } from './subscribers.mjs'
import { startWorld } from './world.mjs'

const program = process.argv[2]
let world
before(async () => {
  world = await startWorld(program)
})
after(() => world?.stop())

const there = () => world
testSignIn(there)
testSignOn(there)
testShell(there)
testDashboard(there)
testSubscribers(there)
testSell(there)
testOffice(there)
testPages(there)
