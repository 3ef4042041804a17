import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { ask, launchBrowser, openPlayground } from './browser.ts'

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
        await page.evaluate(axe.source)
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

/** Serious and critical findings, each with the first element it concerns. */
async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`)
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}
