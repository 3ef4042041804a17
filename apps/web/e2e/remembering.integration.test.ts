import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Locator, Page } from 'playwright-core'
import type { StoredConversation } from '../src/gateway-client.ts'
import { ask, launchBrowser, openPlayground } from './browser.ts'
import { faults } from './faults.ts'
import { notice, openMemorySettings, showMemory } from './panels.ts'
import { startStack, type Stack } from './servers.ts'

const stack = new AsyncDisposableStack()
let browser: Browser
let servers: Stack

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
  servers = stack.use(await startStack({ PARLEY_PEOPLE: 'on' }))
})
afterAll(() => stack.disposeAsync())

const turns = (page: Page, role: 'user' | 'assistant'): Locator =>
  page.locator(`[data-testid=turn][data-role=${role}]`)

async function currentId(page: Page): Promise<string> {
  const row = page.locator('[data-testid=conversation][data-current=true]')
  return (await row.getAttribute('data-id')) ?? ''
}

async function stored(id: string): Promise<StoredConversation> {
  return (await fetch(`${servers.gatewayUrl}/v1/conversations/${id}`)).json()
}

/** Opens the menu of a conversation and chooses from it. */
async function choose(page: Page, id: string, action: string): Promise<void> {
  const row = page.locator(`[data-testid=conversation][data-id=${id}]`)
  await row.hover()
  await row.getByTestId('conversation-menu').click()
  await page.getByTestId(action).click()
}

describe('a conversation', () => {
  it('is continued from any turn in a new one, by keys alone', async () => {
    const page = await openPlayground(browser, servers.url)
    await ask(page, 'My name is Ada.')
    await ask(page, 'My name is Grace.')
    const first = await currentId(page)

    const menu = turns(page, 'assistant').first().getByTestId('turn-menu')
    await menu.focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-testid=turn-fork]:focus').waitFor()
    await page.keyboard.press('Enter')
    await turns(page, 'user').nth(1).waitFor({ state: 'detached' })

    expect(await ask(page, 'What is my name?')).toContain('Ada')
    const second = await currentId(page)
    expect(second).not.toBe(first)
    expect((await stored(first)).items).toHaveLength(4)
    expect((await stored(second)).items).toHaveLength(4)
    await page.context().close()
  })

  it('comes back from its file after it was deleted for good', async () => {
    const page = await openPlayground(browser, servers.url)
    await ask(page, 'My name is Ada.')
    const id = await currentId(page)
    const download = page.waitForEvent('download')
    await choose(page, id, 'export-json')
    const file = await readFile(await (await download).path())

    await choose(page, id, 'delete-conversation')
    await page.getByTestId('delete-sure').click()
    await page.locator(`[data-testid=conversation][data-id=${id}]`).waitFor({ state: 'detached' })
    expect((await fetch(`${servers.gatewayUrl}/v1/conversations/${id}`)).status).toBe(404)

    await page.getByTestId('import-conversation-file').setInputFiles({
      name: 'kept.json',
      mimeType: 'application/json',
      buffer: file,
    })
    await turns(page, 'user').filter({ hasText: 'My name is Ada.' }).waitFor()
    expect(await ask(page, 'What is my name?')).toContain('Ada')
    await page.context().close()
  })

  it.each([
    ['markdown', /# |My name is Ada/],
    ['html', /<!doctype html>/i],
  ] as const)('is exported as %s', async (format, beginning) => {
    const page = await openPlayground(browser, servers.url)
    await ask(page, 'My name is Ada.')
    const download = page.waitForEvent('download')
    await choose(page, await currentId(page), `export-${format}`)
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text).toMatch(beginning)
    expect(text).toContain('My name is Ada.')
    await page.context().close()
  })

  it('is not taken from a file that is none, and the page says so until that is put away', async () => {
    const page = await openPlayground(browser, servers.url)
    await page.getByTestId('import-conversation-file').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ id: 'conv_x', items: [{ item: { type: 'message' } }] })),
    })
    const failure = page.getByTestId('import-failure')
    await failure.waitFor()
    expect(await failure.innerText()).toMatch(/not a conversation exported from Parley: other\.json/)
    expect(await failure.innerText()).not.toContain('entries')
    await failure.locator('summary').click()
    expect(await failure.locator('details p').innerText()).not.toBe('')
    await page.getByTestId('import-failure-close').click()
    await failure.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('is kept as long as a person says', async () => {
    const page = await openPlayground(browser, servers.url)
    await ask(page, 'My name is Ada.')
    await showMemory(page)
    await page.getByTestId('retention').selectOption(String(7 * 86_400))
    const id = await currentId(page)
    await expect.poll(async () => (await stored(id)).retentionSeconds).toBe(7 * 86_400)
    await page.getByTestId('retention').selectOption('')
    await expect.poll(async () => (await stored(id)).retentionSeconds).toBeUndefined()
    await page.context().close()
  })

  it('plays its sound again where a person wanted that kept', async () => {
    const page = await openPlayground(browser, servers.url)
    await openMemorySettings(page)
    await page.getByTestId('keep-audio').check()
    await ask(page, 'My name is Ada.')
    await page.locator('[data-testid=activity][data-activity=quiet]').waitFor()
    const id = await currentId(page)
    await expect.poll(async () => (await stored(id)).audio?.length).toBe(1)

    const button = turns(page, 'assistant').first().getByTestId('turn-play')
    const sound = page.waitForResponse(/\/audio\//)
    await button.click()
    expect((await sound).status()).toBe(200)
    await button.and(page.locator('[data-playing=true]')).click()
    await button.and(page.locator('[data-playing=false]')).waitFor()
    expect(await page.getByTestId('turn-outcome').count()).toBe(0)
    await page.context().close()
  })
})

describe('facts', () => {
  it('are pinned to a conversation, changed and deleted, and the panel shows that they are told', async () => {
    const page = await openPlayground(browser, servers.url)
    await ask(page, 'Hello.')
    const memory = await showMemory(page)
    const pinned = memory.getByTestId('pinned-facts')
    const told = memory.getByTestId('preview').getByTestId('told-facts')

    await pinned.getByTestId('fact-input').fill('The order number is 4711.')
    await page.keyboard.press('Enter')
    await pinned.getByTestId('fact').filter({ hasText: '4711' }).waitFor()
    await told.and(page.locator('[data-count="1"]')).waitFor()

    await pinned.getByTestId('fact-edit').click()
    await pinned.getByTestId('fact-input').first().fill('The order number is 4712.')
    await page.keyboard.press('Enter')
    await pinned.getByTestId('fact').filter({ hasText: '4712' }).waitFor()
    expect(await pinned.getByTestId('fact').count()).toBe(1)

    await pinned.getByTestId('fact-delete').click()
    await pinned.getByTestId('fact').waitFor({ state: 'detached' })
    await told.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('about a person are known in the next conversation, until the person has them forgotten', async () => {
    const page = await openPlayground(browser, servers.url)
    await openMemorySettings(page)
    await page.getByTestId('person').fill('ada')
    await page.keyboard.press('Enter')
    await ask(page, 'My name is Ada and I live in Ulm.')
    await ask(page, 'Thank you.')
    const memory = await showMemory(page)
    const known = memory.getByTestId('person-facts').getByTestId('fact')
    await known.filter({ hasText: 'Ada' }).first().waitFor()

    await page.getByTestId('new-conversation').click()
    expect(await ask(page, 'What is my name?')).toContain('Ada')

    await memory.getByTestId('forget-all').click()
    await memory.getByTestId('forget-all-sure').click()
    await known.first().waitFor({ state: 'detached' })
    await page.getByTestId('new-conversation').click()
    expect(await ask(page, 'What is my name?')).not.toContain('Ada')
    await page.context().close()
  })
})

describe('a gateway that wants a key', () => {
  it('is asked through the page for all that is remembered, and is come back to', async () => {
    await using own = await startStack({ PARLEY_KEY: 'key-of-the-page', PARLEY_PEOPLE: 'on' })
    const page = await openPlayground(browser, own.url)
    await openMemorySettings(page)
    await page.getByTestId('person').fill('ada')
    await page.keyboard.press('Enter')
    await ask(page, 'My name is Ada.')
    await ask(page, 'Thank you.')
    const memory = await showMemory(page)
    await memory.getByTestId('person-facts').getByTestId('fact').first().waitFor()

    const pinned = memory.getByTestId('pinned-facts')
    await pinned.getByTestId('fact-input').fill('4711')
    await page.keyboard.press('Enter')
    await pinned.getByTestId('fact-edit').click()
    await pinned.getByTestId('fact-input').first().fill('4712')
    await page.keyboard.press('Enter')
    await pinned.getByTestId('fact').filter({ hasText: '4712' }).waitFor()
    await page.getByTestId('retention').selectOption(String(86_400))
    await page.reload()
    await page.getByTestId('conversation').first().locator('.conversation-open').click()
    await showMemory(page)
    await expect.poll(() => page.getByTestId('retention').inputValue()).toBe(String(86_400))

    expect(await ask(page, 'What is my name?')).toContain('Ada')
    await page.context().setOffline(true)
    await page.locator('[data-testid=connection-state][data-state=reconnecting]').waitFor()
    await page.context().setOffline(false)
    await notice(page, 'resumed').waitFor({ timeout: 30_000 })
    await page.context().close()
  }, 150_000)
})

describe.for(['light', 'dark'] as const)('what is remembered in %s colours', (theme) => {
  describe.for(['en', 'de'] as const)('in %s', (language) => {
    it.for([1440, 390])('has no serious fault of accessibility at %d pixels', async (width) => {
      const page = await openPlayground(browser, servers.url, { width, language, theme })
      await ask(page, language === 'de' ? 'Mein Name ist Ada.' : 'My name is Ada.')
      const memory = await showMemory(page)
      await memory.getByTestId('preview').waitFor()
      await memory.getByTestId('pinned-facts').getByTestId('fact-input').fill('4711')
      await page.keyboard.press('Enter')
      await memory.getByTestId('fact-edit').first().click()
      for (const fold of await memory.locator('summary').all()) await fold.click()
      expect(await faults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      await openMemorySettings(page)
      expect(await faults(page)).toEqual([])
      await page.context().close()
    })
  })
})
