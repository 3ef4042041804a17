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
  await page.goto(`${url}${path}`, { waitUntil: 'networkidle' })
  return page
}

const shown = (page: Page): Promise<readonly (string | null)[]> =>
  page.locator('[data-backend]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-backend')))

describe('the comparison', () => {
  it('shows what meets every need, and keeps the needs in the address', async () => {
    const page = await open('/')
    const all = await shown(page)
    await page.getByLabel('No cloud').press('Space')
    await page.getByLabel('German', { exact: true }).press('Space')
    expect(await shown(page)).toEqual(['local', 'cascade'])
    expect(new URL(page.url()).searchParams.get('needs')).toBe('german,no-cloud')
    await page.reload({ waitUntil: 'networkidle' })
    expect(await shown(page)).toEqual(['local', 'cascade'])
    await page.getByRole('button', { name: 'Show all' }).click()
    expect(await shown(page)).toEqual(all)
    expect(new URL(page.url()).search).toBe('')
  })

  it('says so when nothing is left', async () => {
    const page = await open('/de/?needs=memory,mcp')
    await page.getByText('Kein Backend kann das alles.', { exact: false }).waitFor()
    expect(await shown(page)).toEqual([])
    await page.getByRole('button', { name: 'Ohne „Gedächtnis im Backend“' }).click()
    expect((await shown(page)).length).toBeGreaterThan(0)
  })

  it('leads from a cell to its source', async () => {
    const page = await open('/')
    const link = page.locator('[data-backend=openai] td[data-column=Input]').getByRole('link').first()
    const target = page.locator((await link.getAttribute('href')) ?? '')
    expect(await target.textContent()).toContain('npm openai@')
  })

  it('says that it goes on to the side at 1440 px', async () => {
    const page = await open('/', 1440)
    const [inner, outer] = await page
      .locator('.compare')
      .evaluate((table) => [table.scrollWidth, table.clientWidth])
    expect(inner).toBeGreaterThan(outer ?? 0)
    expect(await page.getByText('the table scrolls sideways').isVisible()).toBe(true)
  })

  it('is a list of cards on a phone, without scrolling sideways', async () => {
    const page = await open('/', 390)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
  })
})

describe('the four questions', () => {
  it('name a backend by keyboard, and keep the answers in the address', async () => {
    const page = await open('/')
    await page.getByRole('radio', { name: 'To any vendor' }).press('ArrowDown')
    await page.getByRole('radio', { name: 'I do not mind' }).press('ArrowUp')
    await page.getByRole('radio', { name: 'To start at once' }).press('ArrowDown')
    const choice = page.locator('.choice')
    expect(await choice.textContent()).toContain('Take Azure Voice Live with your own model')
    await page.reload({ waitUntil: 'networkidle' })
    expect(await choice.textContent()).toContain('Take Azure Voice Live with your own model')
  })
})

describe('the page of a backend', () => {
  it('computes what a call costs as it is changed', async () => {
    const page = await open('/backends/openai/')
    const sum = page.locator('.cost-sum')
    const typical = await sum.textContent()
    await page.getByLabel('Length of the call').fill('10')
    expect(await sum.textContent()).not.toBe(typical)
    await page.getByLabel('Length of the call').fill('5')
    expect(await sum.textContent()).toBe(typical)
  })

  it('says that a price is not known', async () => {
    const page = await open('/backends/azure-openai/')
    await page.getByText('Unknown: what it costs depends on a contract', { exact: false }).waitFor()
  })
})

describe('the frame', () => {
  it('changes the language of the page and keeps the page', async () => {
    const page = await open('/guides/duet/')
    await page.getByRole('link', { name: 'Deutsch' }).click()
    await page.waitForURL('**/docs/de/guides/duet/')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByRole('link', { name: 'English' }).click()
    await page.waitForURL('**/docs/guides/duet/')
  })

  it('has its pages behind a button on a phone', async () => {
    const page = await open('/', 390)
    const link = page.getByRole('link', { name: 'Settings' })
    expect(await link.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await link.click()
    await page.waitForURL('**/docs/settings/')
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    expect(await link.isVisible()).toBe(false)
  })

  it('leads from an old address to the new one, anchor included', async () => {
    const page = await open('/voices/#voice-live')
    await page.waitForURL('**/docs/guides/voices/#voice-live')
  })

  it('follows the appearance chosen in the playground', async () => {
    const page = await openTab(browser, { theme: 'light' })
    onTestFinished(() => page.context().close())
    await page.context().addCookies([{ name: 'parley-theme', value: 'dark', url }])
    await page.goto(`${url}/`)
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })
})
