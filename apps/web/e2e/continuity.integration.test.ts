import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { ask, launchBrowser, openPlayground } from './browser.ts'
import { connected, notice, openMemorySettings, showMemory } from './panels.ts'
import { startStack, type Stack } from './servers.ts'
import { startUpstreams, type Upstreams } from './upstreams.ts'

/** Tests that start servers of their own, and end them in between, take longer. */
const ownServersMs = 150_000

const stack = new AsyncDisposableStack()
let browser: Browser
let upstreams: Upstreams
let servers: Stack

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
  upstreams = stack.use(await startUpstreams())
  servers = stack.use(await startStack(upstreams.settings))
})
afterAll(() => stack.disposeAsync())

/** How each backend is asked what it knows: stand-ins follow a script, the local answerer understands. */
const recollections = {
  local: { question: 'What is my name?', answer: /Ada/ },
  openai: { question: 'What did I say?', answer: /My name is Ada/ },
  'voice-live': { question: 'What did I say?', answer: /My name is Ada/ },
  'gemini-live': { question: 'What did I say?', answer: /My name is Ada/ },
  duet: { question: 'What is my name?', answer: /Ada/ },
} as const
type BackendName = keyof typeof recollections

/** The stand-ins for OpenAI and Voice Live give the same ids, which real services never do. */
const pairs: readonly (readonly [BackendName, BackendName])[] = [
  ['local', 'openai'],
  ['local', 'voice-live'],
  ['local', 'gemini-live'],
  ['local', 'duet'],
  ['openai', 'local'],
  ['openai', 'gemini-live'],
]

describe('a conversation', () => {
  it.each(pairs)('begun on %s goes on with %s, which knows what was said', async (first, second) => {
    const page = await openPlayground(browser, servers.url)
    await page.getByTestId('backend').selectOption(first)
    await ask(page, 'My name is Ada.')
    // An answer that was cut off before a word of it was heard is not told.
    await page.locator('[data-testid=activity][data-activity=quiet]').waitFor({ timeout: 45_000 })

    await page.getByTestId('backend').selectOption(second)
    const { question, answer } = recollections[second]
    expect(await ask(page, question)).toMatch(answer)

    expect(await page.locator('[data-testid=turn][data-role=user]').count()).toBe(2)
    const said = page.locator('[data-testid=turn][data-role=assistant]')
    const by = (place: number): Promise<string | null> => said.nth(place).getByTestId('turn-by').textContent()
    expect(await notice(page, 'switched').textContent()).toContain(`${await by(1)} answers from here on`)
    expect(await by(0)).not.toBe(await by(1))
    const memory = await showMemory(page)
    const told = memory.getByTestId('told-now').getByTestId('told-items')
    expect(await told.getAttribute('data-count')).toBe('2')
    await page.context().close()
  })
})

describe('a backend that is gone', () => {
  it(
    'is followed by the next one of the list, which knows what was said, and the page says so',
    async () => {
      await using own = await startUpstreams()
      await using stackOfOwn = await startStack(own.settings)
      const page = await openPlayground(browser, stackOfOwn.url)
      await page.getByTestId('backend').selectOption('openai')
      await openMemorySettings(page)
      await page.getByTestId('failover-add').selectOption('local')
      await ask(page, 'My name is Ada.')

      await own.openai[Symbol.asyncDispose]()
      await notice(page, 'migrated').waitFor({ timeout: 30_000 })
      expect(await notice(page, 'migrated').textContent()).toContain('Local goes on')
      await connected(page)
      expect(await page.getByTestId('connection-state').textContent()).toContain('Local')
      expect(await ask(page, 'What is my name?')).toContain('Ada')

      await notice(page, 'migrated').getByTestId('notice-memory').click()
      const told = page.getByTestId('told-now').getByTestId('told-items')
      expect(await told.getAttribute('data-count')).toBe('2')
      await page.context().close()
    },
    ownServersMs,
  )
})

describe('a backend that cannot be reached when a session begins', () => {
  it(
    'is stood in for by the next one of the list, and the page says so',
    async () => {
      await using own = await startUpstreams()
      await using stackOfOwn = await startStack(own.settings)
      const page = await openPlayground(browser, stackOfOwn.url)
      await page.getByTestId('backend').selectOption('openai')
      await openMemorySettings(page)
      await page.getByTestId('failover-add').selectOption('local')
      await own.openai[Symbol.asyncDispose]()

      await ask(page, 'My name is Ada.')
      expect(await page.getByTestId('connection-state').textContent()).toContain('Local')
      expect(await notice(page, 'stoodIn').textContent()).toContain('Local answers instead')
      expect(await page.getByTestId('problem').count()).toBe(0)
      await page.context().close()
    },
    ownServersMs,
  )
})

describe('a long conversation on a phone', () => {
  it('opens at its end', async () => {
    const page = await openPlayground(browser, servers.url, { width: 390, height: 600 })
    for (const count of ['eight', 'nine', 'ten']) await ask(page, `Count to ${count}.`)
    await page.reload()
    const turns = page.getByTestId('turn')
    await turns.nth(5).waitFor()
    await page.getByTestId('view-history').click()
    await page.getByTestId('conversation').locator('.conversation-open[aria-current=true]').click()
    await expect
      .poll(() =>
        page
          .locator('.transcript-scroll')
          .evaluate((e) => e.scrollTop > 0 && e.scrollHeight - e.scrollTop - e.clientHeight < 32),
      )
      .toBe(true)
    await page.context().close()
  })
})

describe('a page that lost its network in the middle of an answer', () => {
  it(
    'comes back to the same session, with all of the answer',
    async () => {
      const page = await openPlayground(browser, servers.url)
      const words = 'Count to thirty.'
      await page.getByTestId('composer-input').fill(words)
      await page.getByTestId('composer-input').press('Enter')
      await page.locator('[data-testid=turn][data-role=assistant][data-sounding]').waitFor()

      await page.context().setOffline(true)
      await page.locator('[data-testid=connection-state][data-state=reconnecting]').waitFor()
      // Typed without a network: it goes out with the next connection.
      await page.getByTestId('composer-input').fill('My name is Ada.')
      await page.context().setOffline(false)
      await connected(page)
      await notice(page, 'resumed').waitFor()

      const answer = page.locator('[data-testid=turn][data-role=assistant]').first()
      await answer.and(page.locator('[data-status=done]')).waitFor()
      expect(await answer.locator('.turn-text').textContent()).toContain('30')
      await page.locator('[data-testid=activity][data-activity=quiet]').waitFor({ timeout: 45_000 })
      expect(await answer.locator('[data-heard=false]').count()).toBe(0)
      await page.getByTestId('composer-input').press('Enter')
      await page.locator('[data-testid=turn][data-role=assistant][data-status=done]').nth(1).waitFor()
      expect(await ask(page, 'What is my name?')).toContain('Ada')
      expect(await page.locator('[data-testid=turn][data-role=user]').count()).toBe(3)
      await page.context().close()
    },
    ownServersMs,
  )
})

describe('a gateway that goes and comes back during a call', () => {
  it(
    'killed in the middle of an answer leaves as much of it as was heard, in its place, here and when it is opened again',
    async () => {
      await using own = await startStack()
      const page = await openPlayground(browser, own.url)
      await page.getByTestId('composer-input').fill('Count to thirty.')
      await page.getByTestId('composer-input').press('Enter')
      const said = page.locator('[data-testid=turn]:not([data-role=notice])')
      await said.and(page.locator('[data-sounding]')).waitFor()
      await own.killGateway()
      await page.locator('[data-testid=connection-state][data-state=reconnecting]').waitFor()
      await own.restartGateway()
      await notice(page, 'continued').waitFor()
      await connected(page)

      await ask(page, 'My name is Ada.')
      const roles = (): Promise<readonly (string | null)[]> =>
        page.getByTestId('turn').evaluateAll((turns) => turns.map((turn) => turn.getAttribute('data-role')))
      expect(await roles()).toEqual(['user', 'assistant', 'notice', 'user', 'assistant'])
      expect(await said.nth(1).textContent()).toContain('Broke off')
      expect(await page.getByTestId('problem').count()).toBe(0)

      await page.reload()
      await said.nth(3).waitFor()
      expect(await said.nth(1).textContent()).toContain('1')
      expect(await said.count()).toBe(4)
      await page.context().close()
    },
    ownServersMs,
  )

  it.each(['stop', 'kill'] as const)(
    'on %s leaves the conversation whole',
    async (how) => {
      await using own = await startStack()
      const page = await openPlayground(browser, own.url)
      await ask(page, 'My name is Grace.')

      await (how === 'stop' ? own.stopGateway() : own.killGateway())
      await page.locator('[data-testid=connection-state][data-state=reconnecting]').waitFor()
      await own.restartGateway()
      await connected(page)

      expect(await ask(page, 'What is my name?')).toContain('Grace')
      const said = page.locator('[data-testid=turn][data-role=user]')
      expect(await said.count()).toBe(2)
      const id = await page.locator('[data-testid=conversation][data-current=true]').getAttribute('data-id')
      const { items } = await (await fetch(`${own.gatewayUrl}/v1/conversations/${id}`)).json()
      expect(items).toHaveLength(4)
      await page.context().close()
    },
    ownServersMs,
  )
})
