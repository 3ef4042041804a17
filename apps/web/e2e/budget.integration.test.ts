import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'

/** Most JavaScript the playground may send before a person can talk, bytes as compressed. */
const maxScriptBytes = 200_000

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

describe('the first load of the playground', () => {
  it('sends less than 200 KB of compressed JavaScript', async ({ task }) => {
    const page = await browser.newPage()
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    const scripts = new Map<string, string>()
    const sizes = new Map<string, number>()
    network.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script') scripts.set(requestId, new URL(response.url).pathname)
    })
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const path = scripts.get(requestId)
      if (path !== undefined) sizes.set(path, encodedDataLength)
    })
    await page.goto(inject('url'))
    await page.locator('[data-testid=backend]:enabled').waitFor({ state: 'attached' })

    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    task.meta.figures = { scriptBytes: total }
    console.info('JavaScript of the first load', total, Object.fromEntries(sizes))
    expect(sizes.size).toBeGreaterThan(0)
    expect(total).toBeLessThan(maxScriptBytes)
  })
})
