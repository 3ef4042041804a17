import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { launchBrowser, openTab } from './browser.ts'
import { serveSite } from './serve-site.ts'

const stack = new AsyncDisposableStack()
let browser: Browser
let url: string

beforeAll(async () => {
  url = stack.use(await serveSite(resolve(import.meta.dirname, '../out'))).url
  browser = stack.use(await launchBrowser(inject('browserPath')))
})
afterAll(() => stack.disposeAsync())

async function open(path: string, width?: number): Promise<Page> {
  const page = await openTab(browser, width === undefined ? {} : { width })
  onTestFinished(() => page.context().close())
  await page.goto(`${url}${path}`)
  await page.locator('.search-button[aria-keyshortcuts]').waitFor({ state: 'attached' })
  return page
}

describe('the search', () => {
  it.for([
    ['/', 'Search', 'interruption stops both', '/docs/guides/duet/'],
    ['/de/', 'Suchen', 'Unterbrechung hält beide', '/docs/de/guides/duet/'],
    ['/', 'Search', 'conversation_in_use', '/docs/reference/errors/'],
    ['/', 'Search', 'gateway pings Wi-Fi', '/docs/guides/lost-networks/'],
    ['/de/', 'Suchen', 'Token schätzen Vokabular', '/docs/de/concepts/context/'],
  ] as const)('on %s finds "%s" by a click on it', async ([path, button, words, found]) => {
    const page = await open(path)
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('searchbox').fill(words)
    const first = page.getByRole('dialog').getByRole('listitem').getByRole('link').first()
    await first.waitFor()
    expect(await first.getAttribute('href')).toBe(found)
    await first.click()
    await page.waitForURL(`**${found}**`)
  })

  it('finds English pages from German ones, whose translation is not there', async () => {
    const page = await open('/de/')
    await page.getByRole('button', { name: 'Suchen' }).click()
    await page.getByRole('searchbox').fill('Prometheus')
    await page.getByRole('dialog').getByRole('link', { name: 'Metrics', exact: true }).first().click()
    await page.waitForURL('**/docs/reference/metrics/**')
  })

  it('opens with a slash, says how much it found, and closes with Escape', async () => {
    const page = await open('/guides/duet/')
    await page.keyboard.press('/')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('zzzqj')
    await dialog.getByText('Nothing found.').waitFor()
    await page.getByRole('searchbox').fill('voice')
    await dialog.getByText(/^\d results$/).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it('is gone through with arrow keys, and Enter opens a hit', async () => {
    const page = await open('/guides/duet/')
    await page.keyboard.press('/')
    await page.keyboard.type('voice')
    const hits = page.getByRole('dialog').locator('ol > li > a')
    await hits.nth(1).waitFor()
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('href') ?? null)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const second = (await hits.nth(1).getAttribute('href')) ?? expect.fail()
    expect(await focused()).toBe(second)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${second}**`)
  })

  it('opens the first hit with Enter in the field', async () => {
    const page = await open('/guides/duet/')
    await page.keyboard.press('/')
    await page.keyboard.type('conversation_in_use')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/docs/reference/errors/**')
  })

  it('opens with a slash from a checkbox, a radio button and a slider', async () => {
    const page = await open('/')
    for (const role of ['checkbox', 'radio'] as const) {
      await page.getByRole(role).first().focus()
      await page.keyboard.press('/')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
    }
    const other = await open('/backends/openai/')
    await other.getByRole('slider').first().focus()
    await other.keyboard.press('/')
    await other.getByRole('dialog').waitFor()
  })

  it('loads nothing before it is opened', async () => {
    const page = await openTab(browser)
    onTestFinished(() => page.context().close())
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${url}/`, { waitUntil: 'networkidle' })
    expect(asked.filter((address) => address.includes('pagefind'))).toEqual([])
  })
})
