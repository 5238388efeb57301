// What holds for all pages: how they are served, found, spoken and reached.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage } from './world.mjs'

export function testShell(world) {
  test('the console is served with what keeps others out of it', async () => {
    const root = await fetch(`${world().url}/`, { redirect: 'manual' })
    assert.equal(root.status, 302)
    assert.equal(root.headers.get('location'), '/console/')
    const page = await fetch(`${world().url}/console/subscribers/anybody`)
    assert.equal(page.headers.get('cache-control'), 'no-cache')
    const policy = page.headers.get('content-security-policy')
    assert.match(policy, /script-src 'self';/)
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/)
    const script = /src="(\/console\/assets\/[^"]+\.js)"/.exec(await page.text())[1]
    const asset = await fetch(world().url + script)
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(asset.headers.get('content-encoding'), 'gzip')
    assert.equal((await fetch(`${world().url}/console/assets/gone-12345678.js`)).status, 404)
  })

  // A second is what is wanted; a machine that compiles beside the tests is given more.
  test('the first page loads less than 300 kB of scripts and is soon there', async () => {
    const context = await world().browser.newContext({ storageState: world().signed_in })
    const page = await context.newPage()
    let bytes = 0
    page.on('response', async (response) => {
      if (response.url().endsWith('.js')) bytes += Number(response.headers()['content-length'] ?? 0)
    })
    const began = performance.now()
    await page.goto(`${world().url}/console/subscribers`)
    await page.getByRole('link', { name: /\w/ }).first().waitFor()
    await page.getByRole('searchbox').waitFor()
    const took = performance.now() - began
    console.log(`  first page: ${(bytes / 1000).toFixed(0)} kB of scripts, ${took.toFixed(0)} ms`)
    assert.ok(bytes > 50_000 && bytes < 300_000, `${bytes} bytes`)
    assert.ok(took < 6000, `${took} ms`)
    await context.close()
  })

  test('the palette finds a subscriber by the beginning of any word', async () => {
    const { page, close } = await openPage(world(), { path: '/console/dashboard' })
    const search = page.getByPlaceholder('Name, code, organization or a page')
    // A page hears keys a moment after it is seen.
    for (let times = 0; times < 30 && !(await search.isVisible()); ++times) {
      await page.keyboard.press('Control+k')
      await page.waitForTimeout(1000)
    }
    await search.fill('lakeview condos 18')
    await page.getByRole('button', { name: /Lakeview Condos 18/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: /Lakeview Condos 18/ }).click()
    await page.waitForURL(/subscribers\/S000018/)
    await close()
  })

  test('keys go to pages, and a question mark tells which', async () => {
    const { page, close } = await openPage(world(), { path: '/console/dashboard' })
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.waitForURL(/\/subscribers$/)
    await close()
  })

  test('Arabic is laid out from right to left, and what it tells of keeps its own direction', async () => {
    const arabic = await openPage(world(), { path: '/console/subscribers', language: 'ar' })
    assert.equal(await arabic.page.locator('html').getAttribute('dir'), 'rtl')
    const box = await arabic.page.getByRole('navigation').boundingBox()
    assert.ok(box.x > 700, 'the navigation stands on the right')
    await arabic.page.getByText('50 صفًا معروضًا، وهناك المزيد').waitFor()
    const right = (cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().right))
    const ends = await arabic.page.locator('tbody td[data-numeric] > span').evaluateAll(right)
    assert.ok(ends.length >= 50 && new Set(ends).size === 1, 'the last digits stand below one another')
    await arabic.close()

    const { page, complaints, close } = await openPage(world(), { path: '/console/subscribers/S000018/documents', language: 'ar' })
    await page.getByRole('button', { name: /^INV-/ }).first().click()
    await page.getByRole('button', { name: /^لماذا هذا المبلغ؟ \w/ }).first().click()
    const sentence = page.getByRole('dialog').last().getByRole('listitem').filter({ hasText: /^\s*أي / })
    assert.match(await sentence.innerText(), /أي \u2068\u2066[\d.\u2068\u2069]+ × .*\u2069 = \u2068+[\d.]+\u2069/)
    assert.deepEqual(complaints, [])
    await close()
  })

  test('Spanish is spoken where it is chosen', async () => {
    const { page, close } = await openPage(world(), { path: '/console/subscribers', language: 'es' })
    await page.getByRole('heading', { name: 'Abonados' }).waitFor()
    await close()
  })

  test('another operator is another console', async () => {
    const { page, close } = await openPage(world(), { path: '/console/subscribers' })
    await page.getByRole('button', { name: 'Operator: Metro Fiber' }).click()
    await page.getByRole('menuitem', { name: 'GreenTower Networks' }).click()
    await page.getByText('GreenTower Networks · ').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Subscribers' }).click()
    await page.getByRole('link', { name: 'GreenTower Apartments' }).waitFor()
    await close()
  })
}
