import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { ask, launchBrowser, openPlayground } from './browser.ts'
import { faults } from './faults.ts'

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

describe.for(['light', 'dark'] as const)('the playground in %s colours', (theme) => {
  describe.for(['en', 'de'] as const)('in %s', (language) => {
    it.for([1440, 390])(
      'has no serious fault of accessibility at %d pixels',
      async (width, { onTestFinished }) => {
        const page = await openPlayground(browser, inject('url'), { width, language, theme })
        onTestFinished(() => page.context().close())
        await ask(page, language === 'de' ? 'Zähle bis dreißig.' : 'Count to thirty.')
        await page.keyboard.press('Escape')
        await page.locator('[data-heard=false]').waitFor({ state: 'attached' })
        expect(await faults(page)).toEqual([])
        // Narrow windows show one section at a time.
        for (const tab of await page.locator('.view:visible').all()) {
          await tab.click()
          expect(await faults(page)).toEqual([])
        }
      },
    )
  })
})
